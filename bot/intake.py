"""What both doors do with a request before they know what it means: its body within a cap, its JSON strictly.

No platform is known here. Nothing of a body reaches a log or an exception: a refusal is a code.
"""

import json
from collections.abc import Callable
from typing import Any, TypeAlias, cast

from fastapi import Request
from starlette.requests import ClientDisconnect

from handlers.conversation import Who

Json: TypeAlias = dict[str, Any]

MOST_BYTES = 1_000_000
QUIET = 60.0
"""Seconds in which a refusal of one kind is told once: noise cannot fill the trail."""


class Unreadable(Exception):
    """This is nothing that a platform sends. The text is a code, never what was sent."""


class TurnedAway(Exception):
    """A request that goes no further; `why` is a code, `who` is known only when its proof was good."""

    def __init__(self, status: int, why: str, who: Who | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.why = why
        self.who = who


def refuse_announced(request: Request, *, door: str) -> None:
    """Raises `TurnedAway` for a body that announces more than the cap."""
    length = request.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > 9 or int(length) > MOST_BYTES):
        raise TurnedAway(413, f"{door}_too_large")


async def read_body(request: Request, *, door: str) -> bytes:
    """The body, never more than the cap of it in memory. Raises `TurnedAway`."""
    refuse_announced(request, door=door)
    raw = bytearray()
    try:
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > MOST_BYTES:
                raise TurnedAway(413, f"{door}_too_large")
    except ClientDisconnect:
        raise TurnedAway(400, f"{door}_cut_off") from None
    return bytes(raw)


def strict_json(raw: bytes | str) -> Json:
    """An object of UTF-8 JSON without NaN, keys given twice, or nesting no reader survives. Raises `Unreadable`."""
    try:
        words = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        found: object = json.loads(words, object_pairs_hook=_once, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Unreadable("not_utf8") from None
    except RecursionError:
        raise Unreadable("nested_too_deep") from None
    except ValueError:
        raise Unreadable("not_json") from None
    if not isinstance(found, dict):
        raise Unreadable("not_an_object")
    return cast(Json, found)


class Quiet:
    """Tells each kind of refusal once a minute. `now` in seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._told: dict[str, float] = {}

    def worth_telling(self, why: str) -> bool:
        now = self._now()
        if now - self._told.get(why, float("-inf")) < QUIET:
            return False
        self._told[why] = now
        return True


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a_key_twice")
    return found


def _no_number(_: str) -> None:
    raise Unreadable("not_a_number")
