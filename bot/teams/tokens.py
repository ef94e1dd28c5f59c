"""Tokens of our own, for what we send: client credentials from one whole address, whatever that is.

A token is kept until shortly before it ends, and made once however many ask. Neither it nor the secret reaches a log.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from bot.front import seconds_asked
from bot.intake import Json, Unreadable, strict_json
from bot.teams.wire import text
from handlers.platform_ports import Fault, Undelivered

BOT_SCOPE = "https://api.botframework.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
SECONDS = 5.0
EARLY = 300.0
"""Seconds before its end at which a token is no longer used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    token: str
    until: float


class Tokens:
    """Application tokens by scope. `now` in seconds."""

    def __init__(
        self, http: httpx.AsyncClient, *, url: str, client_id: str, client_secret: str, now: Callable[[], float]
    ) -> None:
        self._http = http
        self._url = url
        self._client_id = client_id
        self._secret = client_secret
        self._now = now
        self._held: dict[str, _Held] = {}
        self._one_at_a_time: dict[str, asyncio.Lock] = {}

    async def get(self, scope: str = BOT_SCOPE) -> str:
        """A token that is good for some minutes yet. Raises `Undelivered`."""
        async with self._one_at_a_time.setdefault(scope, asyncio.Lock()):
            held = self._held.get(scope)
            if held is None or self._now() >= held.until:
                held = self._held[scope] = await self._fetch(scope)
            return held.token

    def forget(self, scope: str, token: str) -> None:
        """That token was refused: the next one is made anew. One that was made since then stays."""
        held = self._held.get(scope)
        if held is not None and held.token == token:
            del self._held[scope]

    async def _fetch(self, scope: str) -> _Held:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._secret,
            "scope": scope,
        }
        try:
            answer = await self._http.post(self._url, data=form, follow_redirects=False, timeout=SECONDS)
        except httpx.HTTPError:
            raise Undelivered("token_not_reached") from None
        if answer.status_code != 200:
            refused = answer.status_code in (400, 401, 403)
            raise Undelivered(
                f"token_refused_{answer.status_code}", after=seconds_asked(answer.headers.get("retry-after", "")),
                final=refused, fault=Fault.TOKEN if refused else Fault.PLATFORM,
            )  # fmt: skip
        return self._read(answer.content)

    def _read(self, raw: bytes) -> _Held:
        try:
            told = strict_json(raw)
        except Unreadable:
            raise Undelivered("token_unreadable") from None
        token, life = text(told, "access_token"), _life(told)
        if not token:
            raise Undelivered("token_unreadable")
        return _Held(token=token, until=self._now() + life - min(EARLY, life / 2))


def _life(told: Json) -> float:
    """Seconds, as a number or in words; some token endpoints send `"3599"`."""
    life = told.get("expires_in")
    if isinstance(life, str) and life.isascii() and life.isdigit():
        life = int(life[:7])
    good = isinstance(life, int | float) and not isinstance(life, bool) and 0 < life < 1e7
    return float(life) if good else 600.0  # pyright: ignore[reportArgumentType]
