"""A workspace with a toy app in it, both in this process: what the tests of the local Slack stand on.

The toy checks every signature by itself, remembers what it was sent, and answers what the test tells it to.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.cast import Cast, Persona, SlackHome, TeamsHome
from bot.playground.slack.api import slack_app
from bot.playground.slack.world import SlackWorld

SECRET = "a-secret-of-the-toy"  # noqa: S105
TOKEN = "xoxb-toy"  # noqa: S105
Json = dict[str, Any]
Handler = Callable[[Json], Awaitable[Response]]

MANIFEST: Json = {
    "display_information": {"name": "Toy"},
    "features": {
        "bot_user": {"display_name": "Toy"},
        "app_home": {"messages_tab_enabled": True},
        "slash_commands": [{"command": "/toy", "description": "Opens the toy"}],
        "shortcuts": [
            {"name": "Open the toy", "type": "global", "callback_id": "open_toy"},
            {"name": "Report", "type": "message", "callback_id": "report_toy"},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["commands", "chat:write", "im:write", "users:read", "groups:read"], "bot_optional": []}
    },
    "settings": {
        "interactivity": {"is_enabled": True, "message_menu_options_url": "https://toy.example/slack/options"},
        "event_subscriptions": {"bot_events": ["message.im"]},
    },
}


def cast() -> Cast:
    people = (
        Persona(key="ann", name="Ann Lead", role="Lead", email="ann@toy.example", slack_user="U0ANN", lead=True),
        Persona(key="bob", name="Bob Staff", role="Teacher", email="bob@toy.example", slack_user="U0BOB"),
        Persona(key="gus", name="Gus", role="Guest", email="gus@else.example", slack_user="U0GUS", kind="guest"),
        Persona(key="pip", name="Pip", role="Pupil", email="pip@toy.example", slack_user="U0PIP", kind="pupil"),
        Persona(key="dee", name="Dee", role="Gone", email="dee@toy.example", slack_user="U0DEE", kind="deleted"),
    )
    return Cast(
        school="Toy School",
        people=people,
        slack=SlackHome(team="T0TOY", domain="toy", leads_channel="C0LEADS", bot_user="U0TOYBOT", app="A0TOY"),
        teams=TeamsHome(tenant="t", bot="b", team="g", leads_channel="l"),
    )


class Toy:
    """An app without a framework."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Json]] = []
        self.headers: list[dict[str, str]] = []
        self.answers: dict[str, Handler] = {}
        self.urls: list[str] = []
        self.asgi = FastAPI()
        self.asgi.post("/slack/events")(self.receive)
        self.asgi.post("/slack/options")(self.receive)

    async def receive(self, request: Request) -> Response:
        body = (await request.body()).decode()
        stamp = request.headers["x-slack-request-timestamp"]
        good = "v0=" + hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        if good != request.headers["x-slack-signature"] or abs(time.time() - int(stamp)) > 300:
            return Response(status_code=401)
        kind, payload = _parsed(body)
        self.heard.append((kind, payload))
        self.headers.append(dict(request.headers))
        self.urls.append(request.url.path)
        answer = self.answers.get(kind)
        return await answer(payload) if answer else Response()

    def last(self, kind: str) -> Json:
        return next(payload for heard, payload in reversed(self.heard) if heard == kind)

    def count(self, kind: str) -> int:
        return sum(heard == kind for heard, _ in self.heard)

    def on(self, kind: str, answer: object = None, *, status: int = 200) -> None:
        """Answer everything of that kind with this."""

        async def handler(_: Json) -> Response:
            return JSONResponse(answer, status) if answer is not None else Response(status_code=status)

        self.answers[kind] = handler


class Lab:
    """The world, the toy, and a caller of the Web API."""

    def __init__(self, **more: Any) -> None:
        self.toy = Toy()
        http = httpx.AsyncClient(transport=httpx.ASGITransport(self.toy.asgi))
        settings: Json = {"events_url": "http://toy.test/slack/events", "manifest": MANIFEST, **more}
        self.world = SlackWorld(
            cast(),
            signing_secret=SECRET,
            bot_token=TOKEN,
            service_url="http://slack.test",
            http=http,
            **settings,
        )
        self.world.switchboard.throttled = False
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(slack_app(self.world)), base_url="http://slack.test"
        )

    async def raw(self, method: str, body: Json | None = None, *, token: str = TOKEN) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.http.post(f"/api/{method}", json=body or {}, headers=headers)

    async def call(self, method: str, **body: Any) -> Json:
        return (await self.raw(method, body)).json()

    async def post(self, text: str = "Hello", *, channel: str = "C0LEADS", blocks: list[Json] | None = None) -> str:
        sent: Json = {"channel": channel, "text": text} | ({"blocks": blocks} if blocks else {})
        answer = await self.call("chat.postMessage", **sent)
        assert answer["ok"], answer
        return answer["ts"]

    def opens(self, view: Json) -> None:
        """Let the toy open this view for a command, a shortcut or a press."""

        async def handler(payload: Json) -> Response:
            answer = await self.call("views.open", trigger_id=payload["trigger_id"], view=view)
            assert answer["ok"], answer
            return Response()

        for kind in ("command", "shortcut", "message_action", "block_actions"):
            self.toy.answers[kind] = handler

    async def aclose(self) -> None:
        await self.world.aclose()
        await self.http.aclose()


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(label: str = "Press", action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **more}


def option(label: str, value: str = "") -> Json:
    return {"text": plain(label), "value": value or label.casefold()}


def entry(label: str, element: Json, block_id: str = "", **more: Any) -> Json:
    named = {"action_id": "value", **element}
    return {
        "type": "input",
        "block_id": block_id or label.casefold(),
        "label": plain(label),
        "element": named,
        **more,
    }


def text_input(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def radio(*labels: str, **more: Any) -> Json:
    return {"type": "radio_buttons", "options": [option(label) for label in labels], **more}


def modal(*blocks: Json, title: str = "A toy", submit: str | None = "Send", **more: Any) -> Json:
    view: Json = {"type": "modal", "title": plain(title), "blocks": list(blocks), **more}
    return view | ({"submit": plain(submit)} if submit else {})


def _parsed(body: str) -> tuple[str, Json]:
    if body.startswith("{"):
        event = json.loads(body)
        return event["type"], event
    form = dict(parse_qsl(body, keep_blank_values=True))
    if "payload" in form:
        payload = json.loads(form["payload"])
        return payload["type"], payload
    return "command", form
