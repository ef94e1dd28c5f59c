"""`python -m bot wording`: JSON lines in, JSON lines out. What cannot be read is told in a sentence; the others go on.

Not allowed here: a judgement of a text (handlers/wording has those), the web, a platform.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO, cast

from handlers.wording.guard import Checked, Field, check

LONGEST_TEXT = 100_000
LONGEST_LINE = 800_000
"""Bytes of one line: a text of the longest kind, with each character escaped."""


class Unreadable(ValueError):
    """Why a line cannot be answered, in a sentence."""

    def __init__(self, why: str, id_: Any = None) -> None:
        super().__init__(why)
        self.id = id_


def answer_lines(source: BinaryIO, sink: BinaryIO) -> int:
    """Answer each line as it comes; the number of lines that could not be."""
    wrong = 0
    for number, raw in enumerate(_lines(source), 1):
        if raw is not None and not raw.strip():
            continue
        try:
            reply = _answer(raw)
        except Unreadable as why:
            wrong += 1
            reply = {"id": why.id, "line": number, "error": str(why)}
        sink.write(json.dumps(reply, ensure_ascii=True).encode() + b"\n")
        sink.flush()
    return wrong


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long, which is read past and never held whole."""
    while line := source.readline(LONGEST_LINE):
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (more := source.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        yield None


def _answer(raw: bytes | None) -> dict[str, Any]:
    if raw is None:
        raise Unreadable(f"The line is longer than {LONGEST_LINE} bytes.")
    item = _parsed(raw)
    id_ = item.get("id")
    id_ = id_ if isinstance(id_, str | int) else None
    if "field" not in item:
        raise Unreadable('There is no "field": it is facts, own_words or completeness.', id_)
    try:
        field = Field(item["field"])
    except (ValueError, TypeError):
        raise Unreadable('The "field" is not one of facts, own_words, completeness.', id_) from None
    text, year = _text(item, id_), item.get("year", "")
    if year is not None and not isinstance(year, str):
        raise Unreadable('The "year" is not a string.', id_)
    return _drawn(id_, check(field, text, year=year or ""))


def _text(item: dict[str, Any], id_: Any) -> str:
    text = item.get("text")
    if not isinstance(text, str):
        raise Unreadable('There is no "text", or it is not a string.', id_)
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"The text is longer than {LONGEST_TEXT} characters.", id_)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Unreadable("The text holds half of a character (a lone surrogate).", id_)
    return text


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        item = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Unreadable("The line is not UTF-8.") from None
    except (ValueError, RecursionError):
        raise Unreadable("The line is not JSON.") from None
    if not isinstance(item, dict):
        raise Unreadable("The line is not a JSON object.")
    return cast("dict[str, Any]", item)


def _drawn(id_: Any, checked: Checked) -> dict[str, Any]:
    return {"id": id_, "findings": [asdict(one) for one in checked.findings], "missing": list(checked.missing)}
