"""How answers and particulars become bytes before they are sealed, and what they are afterwards. Nothing is lost."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from handlers.rules.chronology import Answers

_T = TypeVar("_T")


def canonical(value: object) -> bytes:
    """One text for one value: sorted keys, no spaces, ASCII alone."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def pack_answers(answers: Answers) -> bytes:
    """In their own order: what was asked first stays first. Even half a surrogate pair survives."""
    return json.dumps(dict(answers), separators=(",", ":"), ensure_ascii=True).encode("ascii")


def unpack_answers(packed: bytes) -> Answers:
    raw: Mapping[str, str | list[str]] = json.loads(packed)
    return {name: value if isinstance(value, str) else tuple(value) for name, value in raw.items()}


def unpack_texts(packed: bytes) -> Mapping[str, str]:
    raw: Mapping[str, str] = json.loads(packed)
    return raw


def pages(rows: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """So many at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
