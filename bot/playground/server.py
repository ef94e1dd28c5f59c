"""The playground's page: the door, and who may come in. What the page asks for is in `page_api.py`.

Nothing of either platform is known here, and nothing of the bot. The platforms themselves are mounted beside the
page by whoever starts it.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.playground.cast import Cast
from bot.playground.page_api import page_api
from bot.playground.page_stage import ClockControl, PageStage
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.world import TeamsWorld

__all__ = ["ClockControl", "playground_app"]

PAGE = Path(__file__).parent / "page"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""Only the page's own files, and no text that becomes markup: `innerHTML` throws (CSP 3, Trusted Types)."""

HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def playground_app(
    *,
    cast: Cast,
    slack: SlackWorld,
    teams: TeamsWorld,
    clock: ClockControl,
    mounts: Mapping[str, ASGIApp] | None = None,
    zone: str = "Europe/London",
) -> FastAPI:
    """The page at `/`, its files at `/page`, its API at `/playground/api`; `mounts` are further apps by path."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Doorkeeper)
    stage = PageStage(cast=cast, slack=slack, teams=teams, clock=clock, zone=zone)
    app.include_router(page_api(stage), prefix="/playground/api")
    app.mount("/page", StaticFiles(directory=PAGE))
    for path, mounted in (mounts or {}).items():
        app.mount(path, mounted)

    @app.get("/")
    def index() -> FileResponse:
        return FileResponse(PAGE / "index.html", media_type="text/html")

    return app


class Doorkeeper:
    """Lets in what was addressed to this machine by name, and no page of another site.

    A name of somebody else's that resolves to 127.0.0.1 (DNS rebinding) would otherwise make this page
    part of a stranger's site; an `Origin` of a stranger's would let that site press buttons here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        app = self._app if _is_at_home(Headers(scope=scope)) else _STRANGER
        await app(scope, receive, _with_headers(send))


_STRANGER = PlainTextResponse("This playground answers to this machine alone.\n", 403)


def _is_at_home(headers: Headers) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin")
    if urlsplit(f"//{host}").hostname not in LOOPBACK:
        return False
    return origin is None or origin == f"http://{host}"


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent
