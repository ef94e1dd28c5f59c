"""What the rules read from an account: which pupils it is about, and what part each has in it. Pure."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.people import PupilId

_NUMBERS = ("1", "2", "3")
PART = "part"
"""The word of an entry that says what part a child has who was linked later."""


def parts(answers: Answers) -> dict[PupilId, str]:
    """Each pupil who was found on the roll, with their part in it (`harmed`, `alleged` ...; empty when not said)."""
    return {id: str(answers.get(f"role_{number}") or "") for number, id in _picked(answers)}


def roles(answers: Answers, since: Iterable[Entry]) -> dict[PupilId, str]:
    """The part of each child who ever was in a concern: as the account says, then as was said when one was linked.

    Whoever takes the place of a wrong child has that one's part where nothing else was said.
    """
    said = parts(answers)
    for entry in since:
        if entry.deed in {Deed.LINKED, Deed.MISFILED} and (linked := _ids(entry.facts.get("to_child", ""))):
            before = next((said[id] for id in _ids(entry.facts.get("from", "")) if id in said), "")
            said[linked[0]] = str(entry.words.get(PART) or before)
    return said


def _ids(text: str) -> list[PupilId]:
    return [PupilId(UUID(word)) for word in text.split()]


def children(answers: Answers) -> tuple[PupilId, ...]:
    """The pupils who were found on the roll, in the order in which they were written down."""
    return tuple(parts(answers))


def _picked(answers: Answers) -> Iterator[tuple[str, PupilId]]:
    for number in _NUMBERS:
        try:
            yield number, PupilId(UUID(str(answers.get(f"child_{number}") or "")))
        except ValueError:
            continue
