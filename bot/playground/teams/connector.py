"""The Bot Connector as a bot meets it: `/v3/conversations` and `/v3/teams`.

Routes only: what may be posted is judged in `posting.py`, what there is stands in `state.py`.
"""

from collections.abc import Awaitable, Callable, Sequence
from json import JSONDecodeError
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.teams import posting, tenant, weather
from bot.playground.teams.entrance import entrance, passes
from bot.playground.teams.keys import BOT_SCOPE
from bot.playground.teams.places import Conversation
from bot.playground.teams.posting import Refusal
from bot.playground.teams.rates import PER_CONVERSATION, PER_TENANT
from bot.playground.teams.state import TeamsState
from bot.playground.wire import Json

Deed = Callable[[], Awaitable[Response]]

PAGE = 500
"""Members on one page when the caller does not say (Teams, "Fetch the roster": default 200, at most 500)."""


def teams_app(state: TeamsState) -> FastAPI:
    """The connector with its keys and its token endpoint, to be mounted at the service URL's path."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(entrance(state))
    app.include_router(_conversations(state))
    app.include_router(_rosters(state))
    return app


def _conversations(state: TeamsState) -> APIRouter:  # noqa: C901 (routes are closures over the state)
    router = APIRouter(prefix="/v3/conversations")

    @router.post("")
    async def create(request: Request) -> Response:
        async def deed() -> Response:
            made, activity_id = posting.create(state, await _body(request))
            more = {"activityId": activity_id} if activity_id else {}
            return JSONResponse({"id": made, "serviceUrl": state.service_url, **more}, 201)

        return await _answer(state, request, "create", deed)

    @router.post("/{place}/activities")
    @router.post("/{place}/activities/{reply_to}")
    async def send(request: Request, place: str, reply_to: str = "") -> Response:
        async def deed() -> Response:
            targeted = request.query_params.get("isTargetedActivity") == "true"
            posted = posting.send(state, place, await _body(request), reply_to=reply_to, targeted=targeted)
            return JSONResponse({"id": posted}, 201)

        return await _answer(state, request, "send", deed)

    @router.put("/{place}/activities/{message}")
    async def update(request: Request, place: str, message: str) -> Response:
        async def deed() -> Response:
            posting.update(state, place, message, activity=await _body(request))
            return JSONResponse({"id": message})

        return await _answer(state, request, "send", deed)

    @router.delete("/{place}/activities/{message}")
    async def delete(request: Request, place: str, message: str) -> Response:
        async def deed() -> Response:
            posting.delete(state, place, message)
            return Response(status_code=200)

        return await _answer(state, request, "send", deed)

    return router


def _rosters(state: TeamsState) -> APIRouter:  # noqa: C901 (routes are closures over the state)
    router = APIRouter(prefix="/v3")

    @router.get("/conversations/{place}/members")
    async def members(request: Request, place: str) -> Response:
        async def deed() -> Response:
            return JSONResponse(_accounts(state, posting.open_to_bot(state, place)))

        return await _answer(state, request, "members", deed)

    @router.get("/conversations/{place}/pagedmembers")
    async def paged(request: Request, place: str) -> Response:
        async def deed() -> Response:
            return JSONResponse(_page(_accounts(state, posting.open_to_bot(state, place)), request))

        return await _answer(state, request, "members", deed)

    @router.get("/conversations/{place}/members/{member}")
    async def one(request: Request, place: str, member: str) -> Response:
        async def deed() -> Response:
            accounts = _accounts(state, posting.open_to_bot(state, place))
            found = [account for account in accounts if member in (account["id"], account["aadObjectId"])]
            if not found:
                raise Refusal(404, "MemberNotFoundInConversation", "Member not found in conversation.")
            return JSONResponse(found[0])

        return await _answer(state, request, "members", deed)

    @router.get("/teams/{team}")
    async def details(request: Request, team: str) -> Response:
        async def deed() -> Response:
            return JSONResponse(_team(state, team))

        return await _answer(state, request, "members", deed)

    @router.get("/teams/{team}/conversations")
    async def channels(request: Request, team: str) -> Response:
        async def deed() -> Response:
            _team(state, team)
            listed = [{"id": found.id, "name": found.name} for found in (state.general, state.leads)]
            return JSONResponse({"conversations": [{"id": listed[0]["id"]}, *listed[1:]]})

        return await _answer(state, request, "members", deed)

    return router


async def _answer(state: TeamsState, request: Request, limit: str, deed: Deed) -> Response:
    if not passes(state, request, BOT_SCOPE):
        return JSONResponse({"message": "Authorization has been denied for this request."}, 401)
    ordered = state.weather.connector.take(limit)
    trouble = weather.instead(ordered) if ordered else _throttled(state, request, limit)
    if trouble:
        return trouble
    try:
        done = await deed()
    except Refusal as refusal:
        state.refusals.append(f"{refusal.code}: {refusal.words}")
        return weather.problem(refusal.status, refusal.code, refusal.words)
    return (await weather.after(ordered) if ordered else None) or done


def _throttled(state: TeamsState, request: Request, limit: str) -> Response | None:
    if not state.weather.connector.throttled:
        return None
    where = request.path_params.get("place") or request.path_params.get("team") or ""
    seconds = state.weather.throttle.wait_for(f"{limit}/{where}", PER_CONVERSATION[limit])
    seconds = seconds or state.weather.throttle.wait_for("tenant", PER_TENANT)
    return weather.too_many(seconds) if seconds else None


async def _body(request: Request) -> Json:
    try:
        body: Any = await request.json()
    except (JSONDecodeError, UnicodeDecodeError):
        raise Refusal(400, "BadSyntax", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Refusal(400, "BadSyntax", "The body is not a JSON object.")
    return body  # pyright: ignore[reportUnknownVariableType]


def _accounts(state: TeamsState, place: Conversation) -> list[Json]:
    people = [state.person(aad) for aad in place.members]
    return [tenant.account(person, state.tenant_id) for person in people if person]


def _page(accounts: Sequence[Json], request: Request) -> Json:
    size, start = (request.query_params.get(name, "") for name in ("pageSize", "continuationToken"))
    begin = int(start) if start.isdecimal() else 0
    end = begin + (int(size) if size.isdecimal() and size != "0" else PAGE)
    more = {"continuationToken": str(end)} if end < len(accounts) else {}
    return {"members": list(accounts[begin:end]), **more}


def _team(state: TeamsState, team: str) -> Json:
    if team != state.general.id:
        raise Refusal(404, "NotFound", "Team not found.")
    return {
        "id": team,
        "name": state.cast.school,
        "aadGroupId": tenant.group_id(team),
        "channelCount": 2,
        "memberCount": len(state.general.members),
    }
