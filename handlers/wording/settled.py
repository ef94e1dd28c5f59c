"""What an account plainly says by its shape: a day, a date, a clock, a lesson; a room. A model may not ask for it then.

Not allowed here: a weight, a word list (they are data), a look inside a quotation.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from handlers.wording.lexicon import members, read_toml, words_of
from handlers.wording.phrases import places_said
from handlers.wording.shapes import Index, index_of, places_of
from handlers.wording.text import NUMBER, Tokens

WHEN, WHERE = "plain:when", "plain:where"
_DAYS = words_of("settled_days")
_DAYS_OR_WORDS = words_of("settled_days_or_words")
_MONTHS = words_of("settled_months")
_BEFORE_A_DAY = words_of("settled_before_a_day")
_PART_OF_DAY = words_of("settled_part_of_day")
_MERIDIEM = words_of("settled_meridiem")
_ORDINAL = words_of("settled_ordinal")
_BEFORE_A_DATE = words_of("settled_before_a_date")
_BEHIND_NO_DATE = words_of("settled_behind_no_date")
_BEHIND_TWO = words_of("settled_behind_two")
_UNITS = members("measure") | words_of("settled_units")
_STOPS = frozenset([".", ",", ":", ";", "-", "\n", ""])
DAYS, MONTHS, HOURS, MINUTES = 31, 12, 23, 59
CLOCK, YEAR = 4, range(1990, 2100)
"""Digits of a clock without a mark: "0905", "1550"; and what four digits may say instead."""


def plainly(tokens: Tokens, symbols: Sequence[tuple[str, int]]) -> set[str]:
    """Which of when and where are said; `symbols`: the words outside quotations, with their tokens."""
    words = [word for word, _ in symbols]
    found: set[str] = set()
    if any(_is_when(tokens, at) for word, at in symbols if word != "<quote>") or _has_shape(words, "plainly_when"):
        found.add(WHEN)
    if places_said(words) or _has_shape(words, "plainly_where") or any(_is_room(tokens, at) for _, at in symbols):
        found.add(WHERE)
    return found


def _has_shape(words: Sequence[str], name: str) -> bool:
    """Whether the shape stands there, and not in what leaves it open ("one morning break", "the other lunch time")."""
    places = places_of(_shapes(), words)
    left_open = {near for at in places.get("unsettled", ()) for near in range(at, at + _REACH)}
    return any(at not in left_open for at in places.get(name, ()))


_REACH = 4


@cache
def _shapes() -> Index:
    tables = cast("Mapping[str, Sequence[str]]", read_toml("slots.toml"))
    return index_of({name: tables[name] for name in ("plainly_when", "plainly_where", "unsettled")})


def _is_when(tokens: Tokens, at: int) -> bool:
    """Whether a day, a date or a clock stands here."""
    word = tokens.words[at]
    before, behind = _word(tokens, at - 1), _word(tokens, at + 1)
    if tokens.symbols[at] == NUMBER:
        texted = word == "2" and behind in _BEHIND_TWO and tokens.starts[at + 1] == tokens.ends[at]
        return texted or _is_date(tokens, at) or _is_clock(tokens, at)
    if word in _DAYS_OR_WORDS:  # "He sat", "the sun"
        return before in _BEFORE_A_DAY or behind in _PART_OF_DAY or behind[:1].isdecimal()
    return word in _DAYS or (word in _MONTHS and (_is_day(before) or _is_day(behind)))


def _is_room(tokens: Tokens, at: int) -> bool:
    """The code of a room, or a stage with its place: M4, IT2, E12, KS2 yard; not P2, Y9, KS1, nor a sheet of A4."""
    word, code = tokens.words[at], _word(tokens, at - 1)
    joined = at > 0 and tokens.starts[at] == tokens.ends[at - 1] and code.isalpha()
    if not joined or not word.isdecimal() or len(word) > LONGEST_ROOM or len(code) > LONGEST_ROOM:
        return False
    if code in _STAGES:
        return _word(tokens, at + 1) in members("place")
    return code not in _CLASS_CODES and _SHEETS.isdisjoint(tokens.words[max(0, at - 3) : at + 2])


LONGEST_ROOM = 2
_STAGES = words_of("settled_stages")
_CLASS_CODES = words_of("settled_class_codes")
_SHEETS = words_of("settled_sheets")


def _word(tokens: Tokens, at: int) -> str:
    return tokens.words[at] if 0 <= at < len(tokens) else ""


def _is_day(word: str) -> bool:
    return word.isdecimal() and 0 < int(word) <= DAYS


def _is_date(tokens: Tokens, at: int) -> bool:
    """21/11, 21.11.26, 21-11-26, "the 24th", "Mon 3rd"."""
    parts = tokens.words[at].replace(".", "/").replace(":", "/").split("/")
    dashed = at + 1 < len(tokens) and tokens.words[at + 1] == "-" and tokens.starts[at + 1] == tokens.ends[at]
    if dashed and len(parts) == 1:
        parts = [parts[0], *_dashed(tokens, at + 2)]
    behind = _word(tokens, at + 1)
    if len(parts) == 1:
        return _is_day(parts[0]) and behind in _ORDINAL and _is_ordinal_date(tokens, at)
    day_and_month = _is_day(parts[0]) and _is_day(parts[1]) and int(parts[1]) <= MONTHS
    slashed = "/" in tokens.words[at] and behind not in _UNITS
    return day_and_month and (slashed or len(parts) > 2)


def _dashed(tokens: Tokens, at: int) -> list[str]:
    """The month and the year behind a day, joined to it by dashes without a space."""
    found: list[str] = []
    while len(found) < 2 and _word(tokens, at).isdecimal() and tokens.starts[at] == tokens.ends[at - 1]:
        found.append(tokens.words[at])
        joined = _word(tokens, at + 1) == "-" and tokens.starts[at + 1] == tokens.ends[at]
        at += 2 if joined else len(tokens)
    return found


def _is_ordinal_date(tokens: Tokens, at: int) -> bool:
    before, behind = _word(tokens, at - 1), _word(tokens, at + 2)
    dated = before in _BEFORE_A_DATE or before in _DAYS or before in _MONTHS or before in _DAYS_OR_WORDS
    on_the = before == "the" and _word(tokens, at - 2) == "on" and behind not in _BEHIND_NO_DATE
    return behind in _MONTHS or on_the or (dated and (behind in _STOPS or behind in _PART_OF_DAY))


def _is_clock(tokens: Tokens, at: int) -> bool:
    """10.15, 9:05, 3pm, 0905 where it heads the note or stands before a day."""
    word, before, behind = tokens.words[at], _word(tokens, at - 1), _word(tokens, at + 1)
    if behind in _UNITS or before in {"£", "$"}:
        return False
    if word.isdecimal():
        return behind in _MERIDIEM or (len(word) == CLOCK and _is_bare_clock(word, before, behind))
    hours, _, minutes = word.replace(":", ".").partition(".")
    return hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2 and _is_time(int(hours), int(minutes))


def _is_bare_clock(word: str, before: str, behind: str) -> bool:
    told = before in {"at", "", ".", "\n"} or behind in _DAYS or behind in _MERIDIEM
    return told and int(word) not in YEAR and _is_time(int(word[:2]), int(word[2:]))


def _is_time(hours: int, minutes: int) -> bool:
    return hours <= HOURS and minutes <= MINUTES
