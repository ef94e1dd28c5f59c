"""A local Microsoft Graph: people, the members of a channel, presence.

Read only, from the same tenant as the local Teams; mount it at `/graph`. Nothing is sent from here.
"""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from json import JSONDecodeError

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.cast import Persona
from bot.playground.teams import tenant, weather
from bot.playground.teams.entrance import passes
from bot.playground.teams.keys import GRAPH_SCOPE
from bot.playground.teams.places import Conversation, Posted
from bot.playground.teams.state import Presence, TeamsState
from bot.playground.wire import Json, as_list, as_object, as_objects

USUAL = ("id", "displayName", "givenName", "surname", "jobTitle", "mail", "userPrincipalName")
"""Properties of a user without `$select` (Graph, "user resource type"); the rest must be asked for."""
MOST_PRESENCES = 650
"""Ids in one getPresencesByUserId (Graph, same page)."""
MOST_MESSAGES = 50
"""On one page (Graph, "List channel messages")."""
PAGE = 100


def graph_app(state: TeamsState, *, page: int = PAGE) -> FastAPI:
    """The parts of Graph v1.0 that a bot for one tenant asks for; `page` is the members' page size."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(_users(state), prefix="/v1.0")
    app.include_router(_channels(state, page), prefix="/v1.0")
    return app


def _users(state: TeamsState) -> APIRouter:
    router = APIRouter()

    @router.get("/users/{user}")
    async def user(request: Request, user: str) -> Response:
        trouble = await _trouble(state, request)
        person = _living(state, user)
        return trouble or (JSONResponse(_selected(_user(person), request)) if person else _no_such("User"))

    @router.get("/users/{user}/presence")
    async def presence(request: Request, user: str) -> Response:
        trouble = await _trouble(state, request)
        person = _living(state, user)
        return trouble or (JSONResponse(_presence(state, person)) if person else _no_such("User"))

    @router.post("/communications/getPresencesByUserId")
    async def presences(request: Request) -> Response:
        trouble = await _trouble(state, request)
        ids = as_list((await _json(request)).get("ids"))
        if not ids or len(ids) > MOST_PRESENCES:
            trouble = trouble or weather.problem(400, "BadRequest", "The number of ids is out of range.")
        people = [person for one in ids if (person := _living(state, str(one)))]
        return trouble or JSONResponse({"value": [_presence(state, person) for person in people]})

    return router


def _channels(state: TeamsState, page: int) -> APIRouter:
    router = APIRouter()

    @router.get("/teams/{team}/channels/{channel}/members")
    @router.get("/teams/{team}/channels/{channel}/allMembers")
    async def members(request: Request, team: str, channel: str) -> Response:
        trouble = await _trouble(state, request)
        place = state.conversations.get(channel)
        if trouble or team != tenant.group_id(state.general.id) or place is None:
            return trouble or _no_such("Team or channel")
        return JSONResponse(_page(_members(state, place), request, page))

    @router.get("/teams/{team}/channels/{channel}/messages")
    async def messages(request: Request, team: str, channel: str) -> Response:
        trouble = await _trouble(state, request)
        place, most = state.conversations.get(channel), request.query_params.get("$top", "20")
        if trouble or team != tenant.group_id(state.general.id) or place is None:
            return trouble or _no_such("Team or channel")
        if not state.reads_messages or not place.with_bot:
            return weather.problem(403, "Forbidden", "Missing role permissions on the request.")
        if not most.isdecimal() or not 1 <= int(most) <= MOST_MESSAGES:
            return weather.problem(400, "BadRequest", "The limit for $top is 50.")
        newest = [_message(state, posted) for posted in reversed(place.messages) if posted.only_for is None]
        return JSONResponse(_page(newest, request, int(most)))

    return router


async def _trouble(state: TeamsState, request: Request) -> Response | None:
    if not passes(state, request, GRAPH_SCOPE):
        return weather.problem(401, "InvalidAuthenticationToken", "Access token is missing or not valid.")
    return await weather.before(state.weather.graph)


async def _json(request: Request) -> Json:
    try:
        return as_object(await request.json())
    except (JSONDecodeError, UnicodeDecodeError):
        return {}


def _no_such(what: str) -> Response:
    return weather.problem(404, "Request_ResourceNotFound", f"{what} does not exist.")


def _living(state: TeamsState, user: str) -> Persona | None:
    for person in tenant.on_teams(state.cast):
        if user in (tenant.aad_of(person), person.email) and person.kind != "deleted":
            return person
    return None


def _user(person: Persona) -> Json:
    given, _, surname = person.name.rpartition(" ")
    return {
        "id": tenant.aad_of(person),
        "displayName": person.name,
        "givenName": given or surname,
        "surname": surname,
        "jobTitle": person.role,
        "mail": person.email,
        "userPrincipalName": person.email,
        "userType": "Guest" if person.kind == "guest" else "Member",
        "accountEnabled": person.kind != "disabled",
    }


def _selected(user: Json, request: Request) -> Json:
    asked = request.query_params.get("$select")
    names: Sequence[str] = [name.strip() for name in asked.split(",")] if asked else USUAL
    base = request.base_url
    shown = {name: user[name] for name in names if name in user}
    return {"@odata.context": f"{base}v1.0/$metadata#users/$entity", **shown}


def _presence(state: TeamsState, person: Persona) -> Json:
    told = state.presence.get(tenant.aad_of(person), Presence())
    away = {"message": told.out_of_office, "isOutOfOffice": told.out_of_office is not None}
    return {
        "id": tenant.aad_of(person),
        "availability": told.availability,
        "activity": told.activity,
        "statusMessage": None,
        "outOfOfficeSettings": away,
    }


def _members(state: TeamsState, place: Conversation) -> list[Json]:
    people = [person for aad in place.members if (person := state.person(aad))]
    return [_member(state, place, person) for person in people]


def _member(state: TeamsState, place: Conversation, person: Persona) -> Json:
    aad = tenant.aad_of(person)
    return {
        "@odata.type": "#microsoft.graph.aadUserConversationMember",
        "id": base64.b64encode(f"{state.tenant_id}##{place.id}##{aad}".encode()).decode(),
        "roles": ["guest"] if person.kind == "guest" else [],
        "displayName": person.name,
        "visibleHistoryStartDateTime": "0001-01-01T00:00:00Z",
        "userId": aad,
        "email": person.email,
        "tenantId": state.tenant_id,
    }


def _message(state: TeamsState, posted: Posted) -> Json:
    """A chatMessage: a card is in it as text. What was deleted has nothing left."""
    bot = {"application": {"id": state.client_id, "displayName": state.bot_name, "applicationIdentityType": "bot"}}
    person = {"user": {"id": posted.author, "displayName": posted.author_name, "userIdentityType": "aadUser"}}
    cards = [] if posted.deleted else as_objects(posted.activity.get("attachments"))
    attached = [
        {"id": str(number), "contentType": card.get("contentType"), "content": json.dumps(card.get("content"))}
        for number, card in enumerate(cards)
    ]
    return {
        "id": posted.id,
        "replyToId": posted.activity.get("replyToId"),
        "messageType": "message",
        "createdDateTime": datetime.fromtimestamp(posted.at, UTC).isoformat(),
        "deletedDateTime": datetime.fromtimestamp(posted.at, UTC).isoformat() if posted.deleted else None,
        "from": person if posted.author else bot,
        "body": {"contentType": "html", "content": "" if posted.deleted else posted.text},
        "attachments": attached,
    }


def _page(members: list[Json], request: Request, page: int) -> Json:
    token = request.query_params.get("$skiptoken", "")
    begin = int(token) if token.isdecimal() else 0
    end = begin + page
    found: Json = {"@odata.count": len(members[begin:end]), "value": members[begin:end]}
    if end < len(members):
        found["@odata.nextLink"] = str(request.url.include_query_params(**{"$skiptoken": str(end)}))
    return found
