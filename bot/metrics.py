"""`/metrics`: the figures, for whoever has the token and for nobody else. Where no token is set it is not there at all.

That is so on this machine as well: behind a reverse proxy everybody comes from it, and what must be switched off there
is forgotten. A list of schools' troubles would tell a stranger when nobody looks.
"""

import hmac
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from pydantic import SecretStr

from bot.figures import Counted
from bot.front import Refusals
from bot.intake import TurnedAway
from bot.secret_file import read_secret
from bot.settings import SHORTEST_TOKEN, TOO_SHORT, Incomplete, Settings


def read_token(settings: Settings) -> SecretStr:
    """What opens /metrics; empty where nothing does. Raises `Incomplete`."""
    if settings.metrics_token_file is None:
        return settings.metrics_token
    if settings.metrics_token.get_secret_value():
        raise Incomplete("Set METRICS_TOKEN or METRICS_TOKEN_FILE, not both.")
    token = read_secret(settings.metrics_token_file)
    if len(token.get_secret_value()) < SHORTEST_TOKEN:
        raise Incomplete(f"{settings.metrics_token_file.name} {TOO_SHORT}")
    return token


@dataclass(slots=True, kw_only=True)
class Metrics:
    token: SecretStr
    counts: Callable[[], Awaitable[Counted]]
    refusals: Refusals
    _refused: int = field(default=0)
    """How often somebody asked without the token, since this process began."""

    def router(self) -> APIRouter:
        router = APIRouter()
        if self.token.get_secret_value():
            router.add_api_route("/metrics", self._answer)
        return router

    async def _answer(self, request: Request) -> PlainTextResponse:
        try:
            self._check(request.headers.get("authorization", ""))
        except TurnedAway as refusal:
            self._refused += 1
            await self.refusals.tell(refusal)
            return PlainTextResponse("refused\n", refusal.status, headers={"WWW-Authenticate": "Bearer"})
        counted = await self.counts()
        return PlainTextResponse("\n".join(_lines(counted, self._refused)) + "\n")

    def _check(self, authorization: str) -> None:
        """Raises `TurnedAway`. The scheme is written in any case (RFC 9110)."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer" or not given:
            raise TurnedAway(401, "metrics_no_token")
        if not hmac.compare_digest(given.strip().encode(), self.token.get_secret_value().encode()):
            raise TurnedAway(401, "metrics_wrong_token")


def _lines(counted: Counted, refused: int) -> Iterator[str]:
    for name, value in {**counted.program, "metrics_refused": refused}.items():
        yield f"heard_{name} {value}"
    for school, figures in counted.schools.items():
        for name, value in figures.items():
            yield f'heard_{name}{{school="{school}"}} {value}'
