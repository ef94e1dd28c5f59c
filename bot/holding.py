"""What is said to the technician of a list of pupils that was not taken over: numbers, never a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.rules.roll import Held, Turnover, Why
from handlers.rules.school import SchoolId


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What was said of a list of pupils that takes many off the roll, and of which school's (`--accept-shrink`)."""

    number: int
    school: SchoolId


def lines(held: Held, faults: Sequence[str]) -> list[str]:
    """A sentence a line; `faults` are those of the file, where it could not be read."""
    stands = f"pupils: the list of before still stands, with {held.turnover.before} children in it."
    if held.why is Why.UNREADABLE:
        return [*faults, f"{stands} Put the file right and start Heard again."]
    return [*_change(held.turnover), f"{stands} {_way_on(held.turnover)}"]


def _change(change: Turnover) -> list[str]:
    lost = f"pupils: the new list would take {change.lost} of {change.before} children off the roll."
    said = [lost] if change.lost else []
    if change.rekeyed:
        said.append(
            f"pupils: {change.rekeyed} of them stand in it under another key. A child under a new key is another "
            "child, parted from their record: have the old keys exported."
        )
    if change.renamed:
        said.append(f"pupils: the new list puts another name to {change.renamed} of {change.before} keys.")
    return said


def _way_on(change: Turnover) -> str:
    return f"If the new list is right, start Heard once with --accept-shrink {change.number}."
