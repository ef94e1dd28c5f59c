"""A TOML file that a technician has written: what it holds, or what is wrong with it and on which line.

TOML's own words are those of its grammar. Of the slips that people make the sentence says what to type instead; it
never shows what stands there, which may be a name or a secret.
"""

import re
import tomllib
from typing import Any

_ENCODED = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_AT = re.compile(r"line (\d{1,9})")
_SLIPS = (
    (re.compile(r"[\u2018\u2019\u201a-\u201f\u00ab\u00bb]"), 'text stands in straight quotes: "like this"'),
    (re.compile(r"=\s{0,9}\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"), "a date is written 2026-09-01: year, month, day"),
    (re.compile(r"=\s{0,9}\d{1,2}[:.]\d{2}(\s|$)"), "a time is written 08:30:00, with seconds"),
    (re.compile(r"""=\s{0,9}["'][^"']{0,999}$"""), "a quote mark is not closed"),
    (re.compile(r"=\s{0,9}(True|False|TRUE|FALSE|yes|no|Yes|No)\b"), "write true or false, in small letters"),
    (re.compile(r"=\s{0,9}$"), "there is nothing after the ="),
    (re.compile(r"=\s{0,9}[^\s\"'\[{]"), 'text stands in quotes, a telephone number too: "like this"'),
    (re.compile(r"^\s{0,9}(\[[^\]]{0,999}|\[\[[^\]]{0,999}\]?\s{0,9})$"), "a square bracket is not closed"),
    (re.compile(r"^\s{0,9}[^\s#\[=][^=]{0,999}$"), "there is no = between a word and what it stands for"),
)
"""In this order: the first that fits is said."""


class Unreadable(Exception):
    """Why it cannot be read, to stand behind the file's name."""


def parsed(raw: bytes) -> dict[str, Any]:
    """What the file holds, a byte order mark at its beginning left out: Windows' editor writes one."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        encoded = _ENCODED.get(raw[:2])
        told = f"it is in {encoded}, so line 1 is not in UTF-8" if encoded else f"line {line} is not in UTF-8"
        raise Unreadable(f"is not readable as TOML: {told}. Save it again with the encoding UTF-8") from None
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Unreadable("is not readable as TOML: it is nested too deep") from None
    except ValueError as error:  # TOMLDecodeError is one; a number of thousands of figures is another
        raise Unreadable(f"is not readable as TOML: {_why(text, str(error))}") from None


def _why(text: str, told: str) -> str:
    found = _AT.search(told)
    if found is None:
        ends = "end of document" in told
        return "it ends in the middle of a line or a list" if ends else "a number in it is too long"
    number = int(found[1])
    if "twice" in told or "overwrite" in told or "immutable" in told:
        return f"line {number}: this word or table stands there twice, or in two ways"
    lines = text.splitlines()
    line = lines[number - 1] if number <= len(lines) else ""
    slip = next((says for shape, says in _SLIPS if shape.search(line[:2000])), "look at it, and at the line before")
    return f"line {number}: {slip}"
