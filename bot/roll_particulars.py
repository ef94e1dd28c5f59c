"""What a roll may say of a child beside name, form and year: date of birth, UPN, address, parents.

All of it is optional; what cannot be right is said by the line, never with what stands there.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date

from handlers.rules import upn
from handlers.ui import written

COLUMNS: Mapping[str, int] = {"preferred": 100, "date_of_birth": 40, "upn": 40, "address": 500, "parents": 1000}
"""Characters of a cell, for each of these columns."""
OLDEST = 30
"""Years: nobody on the roll of a school is older."""


def born(cell: str) -> date | None:
    """A date as people and spreadsheets write it, the day before its month; None where it is no date."""
    try:
        return date.fromisoformat(written.day(cell, UTC))
    except ValueError:
        return None


def number(row: Mapping[str, str]) -> str:
    """The child's UPN: of its own column, else the key where that is one; empty where neither is."""
    own = upn.read(row.get("upn", ""))
    key = upn.read(row["key"])
    return own or (key if upn.is_valid(key) else "")


def wrong(row: Mapping[str, str], *, today: date) -> Iterator[str]:
    """What cannot be right, as the rest of a sentence about the line."""
    if cell := row.get("date_of_birth", ""):
        day = born(cell)
        if day is None:
            yield "has a date of birth that is no date (write it as 4/5/2012 or 2012-05-04)"
        elif day > today:
            yield "has a date of birth that is still to come"
        elif day.year < today.year - OLDEST:
            yield f"has a date of birth more than {OLDEST} years ago"
    if (own := upn.read(row.get("upn", ""))) and not upn.is_valid(own):
        yield "has a UPN whose check letter does not fit"
