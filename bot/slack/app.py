"""Slack's door: our own route and gate, then Bolt's dispatch, then our listeners.

Bolt sees a request that is verified and whose kind we know: it logs the body of any other. Its loggers are shut, for
they hold bodies, queries and exceptions' texts.
"""

# slack_bolt's decorators are only partly typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import aiohttp
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_internals import build_async_context
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.front import FrontDesk, Noted, Refusals, unnoted
from bot.intake import Json, Quiet, TurnedAway, Unreadable
from bot.slack.body import part, read, text
from bot.slack.gate import Admitted, Gate, Replays
from bot.slack.grid import Installed, at_home, whose
from bot.slack.listeners import Listeners, Names, guarded, no_names
from bot.slack.windows import Windows
from handlers.errors import UnknownSchool

_INTERACTIONS = {"shortcut", "message_action", "block_actions", "view_submission", "block_suggestion"}
_ANY = re.compile(r"[\s\S]*")


def _shut_logger() -> logging.Logger:
    """Stands in no hierarchy and has no handler: what is given to it goes nowhere."""
    logger = logging.Logger("slack", logging.CRITICAL + 1)  # noqa: LOG001 (outside the hierarchy on purpose)
    logger.disabled = True
    return logger


def web_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """The one client: the session's own timeout holds, nothing is retried (a retry posts twice), nothing is logged."""
    return AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=[], logger=_shut_logger())


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One workspace where the app is: the client with its token, what its requests are signed with, whom it knows."""

    client: AsyncWebClient
    secrets: Sequence[str]
    """The one in use and, while rotating, the one before. Several workspaces may share an app, and so its secret."""
    names: Names = no_names
    installed: Installed = field(default_factory=Installed)


class SlackDoor:
    """`POST /slack/events`: commands, shortcuts, buttons, forms, typeaheads, events. `now` in seconds, real time.

    What comes from a workspace is answered with that workspace's client, and with no other.
    """

    def __init__(
        self, *, desk: FrontDesk, workspaces: Sequence[Workspace], now: Callable[[], float], noted: Noted = unnoted
    ) -> None:
        self._gate = Gate([one.secrets for one in workspaces], now)
        self._refusals = Refusals(desk=desk, quiet=Quiet(now), door="slack", noted=noted)
        self._replays = Replays(now)
        self._installed = [one.installed for one in workspaces]
        self._bolts = [
            _bolt(one.client, Listeners(desk, Windows(one.client), one.names)) for one in workspaces
        ]
        self.router = APIRouter()
        self.router.add_api_route("/slack/events", self._receive, methods=["POST"], response_model=None)

    async def start(self) -> None:
        """Nothing has to be warmed."""

    async def close(self) -> None:
        """Nothing of its own is held: the client's session belongs to whoever opened it."""

    async def _receive(self, request: Request) -> Response:
        try:
            admitted = await self._gate.admit(request)
        except TurnedAway as refusal:
            await self._refusals.tell(refusal)
            return Response(status_code=refusal.status)
        return await self._replays.once(admitted, partial(self._answer, admitted))

    async def _answer(self, admitted: Admitted) -> Response:
        try:
            body = read(admitted.headers.get("content-type", ""), admitted.body)
            if not _is_for_bolt(body):
                return Response(status_code=200)
            number = self._whose(body, admitted)
            if number is None:
                return await self._no_workspace_of_ours(body)
            answer = await self._dispatch(number, at_home(body, self._installed[number]), admitted)
        except Unreadable as refusal:
            logs.event("slack_unreadable", why=str(refusal))
            return Response(status_code=400)
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())

    def _whose(self, body: Json, admitted: Admitted) -> int | None:
        """The number of its workspace; Slack's question whether the address is ours is about none."""
        if text(body, "type") == "url_verification":
            return min(admitted.signed_by)
        return whose(body, self._installed, admitted.signed_by)

    async def _no_workspace_of_ours(self, body: Json) -> Response:
        """Kept as turned away. In words only where they go back on this connection: there is no token for it."""
        refusal = TurnedAway(403, "slack_unknown_workspace")
        await self._refusals.tell(refusal)
        if "command" in body:
            return JSONResponse({"response_type": "ephemeral", "text": str(UnknownSchool())})
        return Response(status_code=refusal.status)

    async def _dispatch(self, number: int, body: Json, admitted: Admitted) -> BoltResponse:
        """Our listeners raise nothing, so what is raised is Bolt tripping over a shape that Slack does not send."""
        try:
            return await self._bolts[number].async_dispatch(_bolt_request(body, admitted))
        except Exception:  # noqa: BLE001 (a signed request of an unknown shape is a 400, whatever Bolt makes of it)
            raise Unreadable("not_its_shape") from None


def _is_for_bolt(body: Json) -> bool:
    """Whether a listener of ours takes it; false where an empty 200 is all. Raises `Unreadable` for the rest."""
    kind = text(body, "type")
    if "command" in body or kind in _INTERACTIONS:
        return True
    if kind == "url_verification":
        return bool(text(body, "challenge")) or _unreadable("no_challenge")
    if kind == "event_callback":
        return bool(text(part(body, "event"), "type")) or _unreadable("no_event")
    return not (kind == "view_closed" or "ssl_check" in body) and _unreadable("unknown_type")


def _unreadable(why: str) -> bool:
    raise Unreadable(why)


def _bolt_request(body: Json, admitted: Admitted) -> AsyncBoltRequest:
    """A request for Bolt with the body as we read it: its own reading drops texts with the word "payload"."""
    request = AsyncBoltRequest(body="", headers=dict(admitted.headers))
    request.body = body
    request.context = build_async_context(AsyncBoltContext({}), body)
    return request


def _bolt(client: AsyncWebClient, listeners: Listeners) -> AsyncApp:
    app = AsyncApp(
        name="bolt",  # Bolt shuts every logger of this name with the one below: it must not be ours
        logger=_shut_logger(),
        client=client,
        authorize=partial(_authorize, client),
        signing_secret="verified-at-the-gate",  # noqa: S106 (not used: Bolt's own check is off)
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.command(_ANY)(guarded(listeners.command))
    app.shortcut(_ANY)(guarded(listeners.shortcut))
    app.action(_ANY)(guarded(listeners.action))
    app.view(_ANY)(guarded(listeners.view))
    app.options(_ANY)(guarded(listeners.options))
    app.event(_ANY)(guarded(listeners.event))
    app.error(_tripped)
    return app


async def _authorize(
    client: AsyncWebClient, enterprise_id: str | None = None, team_id: str | None = None
) -> AuthorizeResult:
    """One workspace, one token: no look-up, and no call of Slack on each request."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token, bot_user_id="-")


async def _tripped(error: Exception) -> BoltResponse:
    """Our listeners raise nothing, so it was Bolt that tripped, over a shape that Slack does not send."""
    logs.event("slack_unreadable", why="not_its_shape", type=type(error).__name__)
    return BoltResponse(status=400)
