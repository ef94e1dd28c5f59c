"""The HTTP side of the program: the platforms' routes, and health for whoever keeps it running. No docs, no openapi."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException

from bot import logs
from bot.line import SAFE, Careful
from bot.meters import Meters, Timed

Checks = Callable[[], Awaitable[dict[str, bool]]]


def web_app(routers: Sequence[APIRouter], *, ready: Checks, meters: Meters) -> FastAPI:
    """The application. `ready` names what must work; `meters` measures how soon a platform is answered."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Careful)
    app.add_middleware(Timed, meters=meters)
    for router in routers:
        app.include_router(router)
    app.include_router(_health(ready))
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)
    return app


def _health(ready: Checks) -> APIRouter:
    router = APIRouter()

    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("alive\n")

    async def readyz() -> JSONResponse:
        checks = await ready()
        return JSONResponse(checks, 200 if all(checks.values()) else 503)

    router.add_api_route("/healthz", healthz)
    router.add_api_route("/readyz", readyz)
    return router


async def _refused(_: Request, error: Exception) -> Response:
    """A status and nothing of what was sent."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    return PlainTextResponse("refused\n", status)


async def _broken(_: Request, error: Exception) -> Response:
    logs.mishap("http", error)
    return PlainTextResponse("something went wrong\n", 500, headers=SAFE)  # it goes past every middleware
