"""What the rules read from an account: which pupils it is about, and what part each has in it. Pure."""

from collections.abc import Iterator
from uuid import UUID

from handlers.rules.chronology import Answers
from handlers.rules.people import PupilId

_NUMBERS = ("1", "2", "3")


def parts(answers: Answers) -> dict[PupilId, str]:
    """Each pupil who was found on the roll, with their part in it (`harmed`, `alleged` ...; empty when not said)."""
    return {id: str(answers.get(f"role_{number}") or "") for number, id in _picked(answers)}


def children(answers: Answers) -> tuple[PupilId, ...]:
    """The pupils who were found on the roll, in the order in which they were written down."""
    return tuple(parts(answers))


def _picked(answers: Answers) -> Iterator[tuple[str, PupilId]]:
    for number in _NUMBERS:
        try:
            yield number, PupilId(UUID(str(answers.get(f"child_{number}") or "")))
        except ValueError:
            continue
