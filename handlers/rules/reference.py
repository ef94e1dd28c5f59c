"""A concern's reference: the school year, and a number drawn by lot. Pure; the lot is given.

One series for what is about a child and about an adult. Numbers that follow one another would tell whoever sees some
of them how many they do not see: 26-0003, then 26-0008. Of numbers drawn by lot none is missing.
"""

import re
import unicodedata
from collections.abc import Callable

Lot = Callable[[int], int]
"""A whole number from 0 to below that, each as likely as the next, and none to be foreseen."""
FEWEST = 5
"""Digits of a number: 90,000 of them. One more where those are scarce."""
_FIRST_MONTH = 9
"""The school year begins on 1 September (England)."""

_NUMBER = re.compile(r"\d{4,6}", re.ASCII)
_DATED = re.compile(r"(\d{2})[-./_ ]*(\d{4,6})", re.ASCII)
_TEST = re.compile(r"TEST-\d{4}-\d{2}", re.ASCII)
_WRITTEN = re.compile(rf"\d{{2}}-\d{{4,}}|{_TEST.pattern}", re.ASCII)
_BEFORE = re.compile(r"(?:concern|reference|ref|no)?[.:# ]*", re.IGNORECASE)
_AFTER = re.compile(r"(?<=\d{4})/R?\d{1,4}$", re.IGNORECASE)
"""An action's or a referral's own number."""
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u00ad]")


def year_of(year: int, month: int) -> int:
    """The starting year of the school year in which that month lies, on the school's own clock."""
    return year if month >= _FIRST_MONTH else year - 1


def drawn(year: int, lot: Lot, *, digits: int = FEWEST) -> str:
    """`26-48213`. Never a nought in front: nobody leaves it out, and no spreadsheet takes it away."""
    least = 10 ** (digits - 1)
    return written(year, str(least + lot(9 * least)))


def written(year: int, number: str) -> str:
    return f"{year % 100:02d}-{number}"


def of_any_year(number: str) -> tuple[str, ...]:
    """Every reference with that number: it is not drawn twice in a school, so the number alone is enough to find it."""
    return tuple(written(year, number) for year in range(100))


def is_one(text: str) -> bool:
    """Whether the program could have written it."""
    return _WRITTEN.fullmatch(text) is not None


def meant(typed: str) -> tuple[str, ...]:
    """The references that somebody may mean who types that: `26-48213`, `26 48213`, `48213`. Empty where none is."""
    said = _DASHES.sub("-", unicodedata.normalize("NFKC", typed)).strip(" .,;")
    said = _AFTER.sub("", _BEFORE.sub("", said, count=1))
    if _TEST.fullmatch(said.upper()):
        return (said.upper(),)
    dated = _DATED.fullmatch(said)
    alone = of_any_year(said) if _NUMBER.fullmatch(said) else ()
    return tuple(dict.fromkeys((*((written(int(dated[1]), dated[2]),) if dated else ()), *alone)))

