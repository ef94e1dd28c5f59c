"""The Web API as an app meets it: `/api/<method>`, and the response URLs.

Routes only: what each method does is in `conversations.py`, `posting.py`, `modals.py` and `home.py`.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.playground.dead_line import LineGoesDead
from bot.playground.slack import conversations, home, modals, posting
from bot.playground.slack.rates import BY_METHOD, PER_CHANNEL, TIER_3
from bot.playground.slack.refusal import CIRCUMSTANCES, Refusal
from bot.playground.slack.state import Call, SlackState
from bot.playground.switchboard import Fault, Ordered
from bot.playground.wire import Json, as_form, as_text

Deed = Callable[[SlackState, Json], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    deed: Deed
    scopes: frozenset[str] = frozenset()
    """One of them is needed."""


_WRITES = frozenset({"chat:write"})
_READS = frozenset({"im:read", "channels:read", "groups:read", "mpim:read"})
_HISTORY = frozenset({"im:history", "channels:history", "groups:history", "mpim:history"})
METHODS: Mapping[str, Method] = {
    "auth.test": Method(deed=conversations.auth_test),
    "blocks.validate": Method(deed=modals.blocks_validate),
    "chat.delete": Method(deed=posting.delete, scopes=_WRITES),
    "chat.postEphemeral": Method(deed=posting.post_ephemeral, scopes=_WRITES),
    "chat.postMessage": Method(deed=posting.post_message, scopes=_WRITES),
    "chat.update": Method(deed=posting.update, scopes=_WRITES),
    "conversations.history": Method(deed=conversations.history, scopes=_HISTORY),
    "conversations.info": Method(deed=conversations.info, scopes=_READS),
    "conversations.members": Method(deed=conversations.members, scopes=_READS),
    "conversations.open": Method(deed=conversations.open_im, scopes=frozenset({"im:write"})),
    "team.info": Method(deed=conversations.team_info, scopes=frozenset({"team:read"})),
    "users.info": Method(deed=conversations.users_info, scopes=frozenset({"users:read"})),
    "views.open": Method(deed=modals.views_open),
    "views.publish": Method(deed=home.views_publish),
    "views.push": Method(deed=modals.views_push),
    "views.update": Method(deed=modals.views_update),
}
_NESTED = ("blocks", "view", "metadata", "message", "attachments")
"""Arguments that are JSON inside a form or a query."""


def slack_app(world: SlackState) -> FastAPI:
    """The Web API with its response URLs, to be mounted at the path of `service_url`."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.api_route("/api/{method}", methods=["GET", "POST"])
    async def call(request: Request, method: str) -> Response:
        return await _answer(world, request, method)

    @app.post("/response/{secret}")
    async def respond(request: Request, secret: str) -> Response:
        return await _respond(world, request, secret)

    return app


async def _answer(state: SlackState, request: Request, method: str) -> Response:
    ordered = state.switchboard.take(method)
    args: Json = {}
    try:
        args = await _arguments(request)
        token = _token(request, args)
        _refuse_weather(state, method, args, ordered)
        _refuse_strangers(state, method, token)
        answer = {"ok": True, **METHODS[method].deed(state, args)}
    except Refusal as refusal:
        return _refused(state, method, args, refusal)
    state.calls.append(Call(method=method, body=args, error=""))
    return await _late(ordered) or JSONResponse(answer, headers={"x-oauth-scopes": conversations.granted(state)})


async def _respond(state: SlackState, request: Request, secret: str) -> Response:
    args: Json = {}
    ordered = state.switchboard.take("response_url")
    try:
        args = await _arguments(request)
        _refuse_weather(state, "response_url", args, ordered)
        posting.respond(state, state.hooks.take(secret), args)
    except Refusal as refusal:
        return _refused(state, "response_url", args, refusal)
    state.calls.append(Call(method="response_url", body=args, error=""))
    return await _late(ordered) or Response("ok")


def _refused(state: SlackState, method: str, args: Json, refusal: Refusal) -> Response:
    state.calls.append(Call(method=method, body=args, error=refusal.error))
    if isinstance(refusal, _Weather):
        return JSONResponse(refusal.answer(), refusal.status, headers=refusal.headers)
    if refusal.error not in CIRCUMSTANCES:
        state.refusals.append(f"{method}: {refusal}")
    status = 200 if method != "response_url" else 404
    return JSONResponse(refusal.answer(), status)


class _Weather(Refusal):
    """Not the app's doing: a rate limit, or a fault that was ordered."""

    def __init__(self, error: str, status: int, *, retry_after: float = 0) -> None:
        super().__init__(error)
        self.status = status
        self.headers = {"retry-after": str(max(1, round(retry_after + 0.499)))} if status == 429 else {}


def _refuse_weather(state: SlackState, method: str, args: Json, ordered: Ordered | None) -> None:
    if ordered and ordered.fault is Fault.TOO_MANY:
        raise _Weather("ratelimited", 429, retry_after=ordered.retry_after)
    if ordered and ordered.fault.value.isdecimal():
        raise _Weather("internal_error", int(ordered.fault))
    wait = _wait(state, method, args) if state.switchboard.throttled and ordered is None else 0
    if wait > 0:
        raise _Weather("ratelimited", 429, retry_after=wait)


def _wait(state: SlackState, method: str, args: Json) -> float:
    if method == "chat.postMessage":
        return state.throttle.wait_for(f"{method}/{args.get('channel')}", PER_CHANNEL)
    if method == "response_url":
        return 0
    return state.throttle.wait_for(method, BY_METHOD.get(method, TIER_3))


def _refuse_strangers(state: SlackState, method: str, token: str) -> None:
    if method not in METHODS:
        raise Refusal("unknown_method")
    if not token:
        raise Refusal("not_authed")
    if token != state.bot_token:
        raise Refusal("invalid_auth")
    needed = METHODS[method].scopes
    if needed and state.scopes is not None and not needed & state.scopes:
        raise Refusal("missing_scope", needed=",".join(sorted(needed)), provided=conversations.granted(state))


async def _late(ordered: Ordered | None) -> Response | None:
    """What happens to the answer of a deed that was done; None when it may be given after all."""
    if ordered is None:
        return None
    await asyncio.sleep(ordered.seconds)
    return LineGoesDead() if ordered.fault is Fault.DROP else None


def _token(request: Request, args: Json) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    given = as_text(args.pop("token", ""))
    return token if kind == "Bearer" else given


async def _arguments(request: Request) -> Json:
    found: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        found |= _object(await request.body())
    elif request.method == "POST":
        found |= as_form(await request.body())
    return {key: _nested(key, value) for key, value in found.items() if value is not None}


def _object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        found: Any = json.loads(body)
    except (JSONDecodeError, UnicodeDecodeError):
        raise Refusal("invalid_json") from None
    if not isinstance(found, dict):
        raise Refusal("json_not_object")
    return cast(Json, found)


def _nested(key: str, value: object) -> object:
    if key not in _NESTED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except JSONDecodeError:
        raise Refusal("invalid_arguments", [f"[ERROR] must be JSON [json-pointer:/{key}]"]) from None
