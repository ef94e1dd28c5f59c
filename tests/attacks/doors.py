"""Three ways in to one desk: straight, by Slack's signed requests, by Teams' tokens. What a person saw, as text.

The platforms' shapes are those of the adapters' own tests. Nobody is identified by anything but the request.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol
from uuid import UUID

import aiohttp
import httpx
from fastapi import FastAPI

from bot.playground.teams import tenant
from bot.slack.app import SlackDoor, Workspace, web_client
from bot.slack.render import form_view
from handlers.conversation import (
    ButtonPressed,
    CommandTyped,
    Complaints,
    FormSubmitted,
    NextPage,
    OpenForm,
    Reply,
    SearchTyped,
    Suggestions,
    Tell,
)
from handlers.desk.desk import Desk
from handlers.rules.chronology import Answers
from handlers.rules.people import Person
from handlers.ui.card import OPENS_A_WINDOW, Card, Press
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, PickField, Source, TextField, TimeField
from tests.attacks.authority import ORDER, SENTENCES
from tests.attacks.cast import OTHER_TENANT, accounts
from tests.bot.slack import api as web_api
from tests.bot.slack.conftest import NOW, SECRET, Caller
from tests.bot.slack.payloads import chosen, press, submission, typed
from tests.bot.teams.conftest import TENANT, Stage, on_stage

BROKEN = ("NOT SAVED", "That did not work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was shown to whoever did it."""

    text: str
    again: bool = False
    """A form that was sent came back with complaints."""

    @property
    def code(self) -> str:
        """Which sentence it is; `yes` where it is none, `again` for complaints, `broken` for a bug."""
        if any(words in self.text for words in BROKEN):
            return "broken"
        code = next((code for code in ORDER if SENTENCES[code] in self.text), "yes")
        return "again" if code == "yes" and self.again else code


class Door(Protocol):
    async def presses(self, by: Person, press: Press, subject: UUID) -> Seen: ...
    async def sends(self, by: Person, form: Form, values: Answers) -> Seen: ...


class Straight:
    """To the desk itself."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    async def presses(self, by: Person, press: Press, subject: UUID) -> Seen:
        who = accounts(by)[0]
        return seen(await self.desk.answer(ButtonPressed(who=who, press=press, subject=subject, version=1)))

    async def sends(self, by: Person, form: Form, values: Answers) -> Seen:
        who = accounts(by)[0]
        sent = FormSubmitted(who=who, form=form.id, key=form.key, page=form.page, values=values)
        return seen(await self.desk.answer(sent))

    async def types(self, by: Person, text: str) -> Seen:
        return seen(await self.desk.answer(CommandTyped(who=accounts(by)[0], text=text)))

    async def searches(self, by: Person, source: Source, query: str) -> Seen:
        return seen(await self.desk.answer(SearchTyped(who=accounts(by)[0], source=source, query=query)))


def seen(reply: Reply) -> Seen:
    match reply:
        case OpenForm(form) | NextPage(form):
            return Seen(text=form_text(form))
        case Complaints(form=form, by_field=by_field):
            return Seen(text=" ".join([*by_field.values(), form_text(form)]), again=True)
        case Suggestions(options):
            return Seen(text=" ".join(option.label for option in options))
        case Tell(card):
            return Seen(text=card_text(card))


def form_text(form: Form) -> str:
    """Everything that is drawn of a form."""
    said = [form.title, *(repr(part) for part in form.parts)]
    return " ".join([*said, *(str(value) for value in form.values.values()), *form.names.values()])


def card_text(card: Card) -> str:
    return " ".join([card.summary, *(repr(part) for part in card.parts)])


class OnSlack:
    """Signed requests to the real door; what Slack was called with and answered."""

    def __init__(self, caller: Caller, api: web_api.Api) -> None:
        self.caller, self.api = caller, api
        self.number = count()

    async def presses(self, by: Person, pressed: Press, subject: UUID) -> Seen:
        return await self._seen(self._by(by, press(pressed.value, f"{subject}:1")))

    async def sends(self, by: Person, form: Form, values: Answers) -> Seen:
        state = {field.name: _slack_value(field, values.get(field.name, "")) for field in form.fields()}
        return await self._seen(self._by(by, submission(form_view(form), state)))

    def _by(self, by: Person, body: dict[str, Any]) -> dict[str, Any]:
        who = accounts(by)[0]
        user = {"id": who.user, "username": "somebody", "team_id": who.tenant}
        team, trigger = {"id": who.tenant, "domain": "x"}, f"1.2.{next(self.number)}"
        return {**body, "user": user, "team": team, "trigger_id": trigger}

    async def _seen(self, body: Mapping[str, Any]) -> Seen:
        self.api.calls.clear()
        return self._shown(await self.caller.interact(body))

    def _shown(self, answer: httpx.Response) -> Seen:
        assert answer.status_code == 200, answer.text
        last = [arguments for method, arguments in self.api.calls if method != "views.open"][-1:]
        shown = last or [arguments for method, arguments in self.api.calls if method == "views.open"]
        body = answer.json() if answer.content else {}
        again = body.get("response_action") == "errors" or "complaint" in json.dumps(body)
        return Seen(text=json.dumps([shown, body], ensure_ascii=False), again=again)


class OnTeams:
    """Invokes with a good token to the real door, and what it answers."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def presses(self, by: Person, press: Press, subject: UUID) -> Seen:
        data = {"heard": {"press": press.value, "subject": str(subject), "version": 1}}
        if press in OPENS_A_WINDOW:
            return await self._invoke(by, "task/fetch", {"data": data})
        return await self._invoke(by, "adaptiveCard/action", {"action": {"verb": press.value, "data": data}})

    async def sends(self, by: Person, form: Form, values: Answers) -> Seen:
        many = [field.name for field in form.fields() if isinstance(field, ChoicesField)]
        said = {name: value if isinstance(value, str) else ",".join(value) for name, value in values.items()}
        ours = {"form": form.id, "draft": form.key, "page": form.page, "way": "on", "many": many}
        return await self._invoke(by, "task/submit", {"data": {**said, "heard": ours}})

    async def _invoke(self, by: Person, name: str, value: Mapping[str, Any]) -> Seen:
        who = accounts(by)[1]
        base = self.stage.invoke(name, value)
        base["from"] = {"id": tenant.user_id(who.user), "name": by.name, "aadObjectId": who.user}
        base["conversation"] = {**base["conversation"], "id": f"a:{who.user}", "tenantId": who.tenant}
        base["channelData"] = {**base["channelData"], "tenant": {"id": who.tenant}}
        answer = await self.stage.send(base)
        assert answer.status_code == 200, answer.text
        return Seen(text=json.dumps(answer.json(), ensure_ascii=False))


@asynccontextmanager
async def at_slack(desk: Desk) -> AsyncIterator[OnSlack]:
    async with web_api.running() as api, aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        client = web_client("xoxb-test", api.base_url, session)
        door = SlackDoor(desk=desk, workspaces=[Workspace(client=client, secrets=[SECRET])], now=lambda: NOW)
        app = FastAPI()
        app.include_router(door.router)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://heard.test") as http:
            yield OnSlack(Caller(http), api)
        await door.close()


@asynccontextmanager
async def at_teams(desk: Desk) -> AsyncIterator[OnTeams]:
    async with on_stage(desk, tenants=frozenset({TENANT, OTHER_TENANT})) as stage:
        yield OnTeams(stage)


def _slack_value(field: Field, value: str | tuple[str, ...]) -> dict[str, Any]:
    match field:
        case TextField():
            return typed(str(value))
        case ChoiceField():
            return chosen(str(value), kind="static_select" if field.menu else "radio_buttons") if value else typed("")
        case ChoicesField():
            options = [{"text": {"type": "plain_text", "text": "x"}, "value": one} for one in value]
            return {"answer": {"type": "checkboxes", "selected_options": options}}
        case PickField():
            action = f"search_{field.source.value}"
            return chosen(str(value), kind="external_select", action=action) if value else typed("")
        case DateField():
            return {"answer": {"type": "datepicker", "selected_date": str(value) or None}}
        case TimeField():
            return {"answer": {"type": "timepicker", "selected_time": str(value) or None}}
