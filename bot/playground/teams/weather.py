"""Ordered faults as HTTP answers: what a caller of the connector, of Graph or of the token endpoint meets.

Only how a fault looks on the wire; `switchboard.py` says when it comes.
"""

import asyncio
import math

from fastapi.responses import JSONResponse, RedirectResponse, Response

from bot.playground.dead_line import LineGoesDead
from bot.playground.switchboard import Fault, Ordered, Switchboard
from bot.playground.wire import Json

_BEFORE: dict[Fault, tuple[int, str]] = {
    Fault.PRECONDITION: (412, "PreconditionFailed"),
    Fault.INTERNAL: (500, "InternalServerError"),
    Fault.BAD_GATEWAY: (502, "BadGateway"),
    Fault.UNAVAILABLE: (503, "ServiceUnavailable"),
    Fault.GATEWAY_TIMEOUT: (504, "GatewayTimeout"),
    Fault.UNAUTHORISED: (401, "Unauthorized"),
}


def problem(status: int, code: str, message: str) -> Response:
    """An error as Bot Framework and Graph both say it."""
    body: Json = {"error": {"code": code, "message": message}}
    return JSONResponse(body, status)


def too_many(seconds: float) -> Response:
    """429 with Retry-After in whole seconds, rounded up."""
    answer = problem(429, "TooManyRequests", "Too many requests. Try again later.")
    answer.headers["retry-after"] = str(max(1, math.ceil(seconds)))
    return answer


async def before(board: Switchboard) -> Response | None:
    """The trouble that a call runs into before anything is done; the tokens' and Graph's doors use it."""
    ordered = board.take()
    if ordered is None:
        return None
    trouble = instead(ordered)
    return trouble if trouble else await after(ordered)


def instead(ordered: Ordered) -> Response | None:
    """The answer when nothing is to be done; None for faults that come after the deed."""
    if ordered.fault is Fault.TOO_MANY:
        return too_many(ordered.retry_after)
    if ordered.fault is Fault.REDIRECT:
        return RedirectResponse(ordered.location, 307)
    if ordered.fault in _BEFORE:
        return problem(*_BEFORE[ordered.fault], "An ordered fault.")
    return None


async def after(ordered: Ordered) -> Response | None:
    """What happens to the answer of a deed that was done; None when it may be given after all."""
    await asyncio.sleep(ordered.seconds)
    return LineGoesDead() if ordered.fault is Fault.DROP else None
