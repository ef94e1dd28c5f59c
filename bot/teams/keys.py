"""The keys that the Bot Connector signs with, from the metadata's `jwks_uri`, wherever that is.

Fetched at most once a minute whatever is asked for; no redirect is followed. A fetch that failed may be tried again
after five seconds, so that a network that was away for a moment does not shut the door for a minute.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import jwt

from bot import logs
from bot.intake import Json, Unreadable, strict_json
from bot.teams.wire import items, text

ISSUER = "https://api.botframework.com"
"""Who signs for the Bot Connector (Bot Connector authentication, step 4); the metadata may name another beside it."""
CHANNEL = "msteams"

PAUSE, PAUSE_AFTER_FAILURE = 60.0, 5.0
"""Seconds between two fetches."""
STALE = 24 * 3600.0
"""Seconds after which known keys are fetched anew (Bot Connector authentication: at least every 24 hours)."""
SECONDS = 3.0
LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was fetched: keys by id, and who signs with them."""

    keys: Mapping[str, jwt.PyJWK] = field(default_factory=dict[str, jwt.PyJWK])
    issuers: frozenset[str] = frozenset({ISSUER})


class KeyRing:
    """Keys by their id. `now` in seconds; `loopback` lets keys come over http."""

    def __init__(self, url: str, http: httpx.AsyncClient, *, now: Callable[[], float], loopback: bool) -> None:
        self._url = url
        self._http = http
        self._now = now
        self._loopback = loopback
        self._known = Known()
        self._fetched = float("-inf")
        self._not_before = float("-inf")
        self._one_at_a_time = asyncio.Lock()

    @property
    def issuers(self) -> frozenset[str]:
        return self._known.issuers

    async def warm(self) -> None:
        """Fetch before anybody asks. A failure leaves no mark: whoever asks first tries again."""
        async with self._one_at_a_time:
            if not self._known.keys:
                await self._try()
                self._not_before = float("-inf") if not self._known.keys else self._not_before

    async def key(self, kid: str) -> jwt.PyJWK | None:
        """The key with that id; None when the Bot Connector has none such. Waits for a fetch that is under way."""
        if self._is_wanting(kid):
            async with self._one_at_a_time:
                if self._is_wanting(kid) and self._now() >= self._not_before:
                    await self._try()
        return self._known.keys.get(kid)

    def _is_wanting(self, kid: str) -> bool:
        return kid not in self._known.keys or self._now() - self._fetched > STALE

    async def _try(self) -> None:
        self._not_before = self._now() + PAUSE
        try:
            self._known = await self._fetch()
        except (httpx.HTTPError, httpx.InvalidURL, Unreadable, ValueError) as error:
            self._not_before = self._now() + PAUSE_AFTER_FAILURE
            logs.event("teams_keys_not_fetched", type=type(error).__name__)
        else:
            self._fetched = self._now()

    async def _fetch(self) -> Known:
        metadata = await self._get(self._url)
        where = text(metadata, "jwks_uri")
        if urlsplit(where).scheme != "https" and not self._loopback:
            raise Unreadable("keys_not_over_https")
        found = await self._get(where)
        keys = {text(one, "kid"): key for one in items(found.get("keys")) if (key := _key(one))}
        issuer = text(metadata, "issuer")
        return Known(keys=keys, issuers=frozenset({ISSUER, *([issuer] if issuer else [])}))

    async def _get(self, url: str) -> Json:
        answer = await self._http.get(url, follow_redirects=False, timeout=SECONDS)
        if answer.status_code != 200 or len(answer.content) > LARGEST:
            raise Unreadable("no_good_answer")
        return strict_json(answer.content)


def _key(told: object) -> jwt.PyJWK | None:
    """An RSA key for signatures that speaks for Teams; None for anything else."""
    one = cast(Json, told) if isinstance(told, dict) else {}
    endorsed = one.get("endorsements")
    if one.get("kty") != "RSA" or one.get("use", "sig") != "sig" or not text(one, "kid"):
        return None
    if endorsed is not None and CHANNEL not in items(endorsed):
        return None
    try:
        key = jwt.PyJWK(one, algorithm="RS256")
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    size: Any = getattr(key.key, "key_size", 0)
    return key if size >= 2048 else None
