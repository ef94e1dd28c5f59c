"""`/metrics`: the figures, for whoever has the token and for nobody else. Where no token is set it is not there at all.

That is so on this machine as well: behind a reverse proxy everybody comes from it, and what must be switched off there
is forgotten. A list of schools' troubles would tell a stranger when nobody looks.
"""

import hmac
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from pydantic import SecretStr

from bot.figures import SAYS, Counted
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    token: SecretStr
    counts: Callable[[], Awaitable[Counted]]
    happened: CollectorRegistry
    """What is counted as it happens."""
    refusals: Refusals

    def router(self) -> APIRouter:
        router = APIRouter()
        if self.token.get_secret_value():
            router.add_api_route("/metrics", self._answer)
        return router

    async def _answer(self, request: Request) -> Response:
        try:
            self._check(request.headers.get("authorization", ""))
        except TurnedAway as refusal:
            await self.refusals.tell(refusal)
            return PlainTextResponse("refused\n", refusal.status, headers={"WWW-Authenticate": "Bearer"})
        now = _Now(await self.counts())
        return Response(generate_latest(now) + generate_latest(self.happened), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    def _check(self, authorization: str) -> None:
        """Raises `TurnedAway`. The scheme is written in any case (RFC 9110)."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer" or not given:
            raise TurnedAway(401, "metrics_no_token")
        if not hmac.compare_digest(given.strip().encode(), self.token.get_secret_value().encode()):
            raise TurnedAway(401, "metrics_wrong_token")


@dataclass(frozen=True, slots=True)
class _Now:
    """What is so at this moment, as Prometheus takes it."""

    counted: Counted

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, value in self.counted.program.items():
            yield GaugeMetricFamily(f"heard_{name}", SAYS[name], value=value)
        for name, values in self.counted.jobs.items():
            yield _labelled(name, "job", values)
        for name, values in self.counted.schools.items():
            yield _labelled(name, "school", values)


def _labelled(name: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"heard_{name}", SAYS[name], labels=(label,))
    for key, value in values.items():
        family.add_metric((key,), value)
    return family
