"""The self-test's table as lines for the technician: roles and keys of the staff list, no name and no concern."""

from collections.abc import Mapping, Sequence

from handlers.rules.people import Person, PersonId
from handlers.rules.selftest import CHILD, GRAVE, Fault, Row

Keys = Mapping[PersonId, str]
_FAULT = {
    Fault.NOBODY: "NOBODY would receive it",
    Fault.UNREACHABLE: "NOBODY who would receive it can be reached: none has an account on a platform that is set up",
    Fault.ALONE: "nobody else would have it: the outside contact's number is shown, and no second person can agree",
    Fault.FIRST_UNREACHABLE: "the first in line cannot be reached; the next are told when the clock has run",
}


def lines(rows: Sequence[Row], keys: Keys) -> list[tuple[str, bool]]:
    """Each line, and whether it is wrong; subjects that go the same way stand on one line.

    A school is not refused for having no vice-chair: where nobody would receive what is about an adult it is said, and
    the receipt shows whom to ring. That nobody would receive what is about a child is wrong.
    """
    together: dict[tuple[str, str, Fault | None], list[str]] = {}
    for row in rows:
        who = row.subject.who
        way = (row.subject.what, _way(row, keys), row.fault)
        together.setdefault(way, []).append(_key(who, keys) if who else "")
    return [
        (_line(what, subjects, way, fault), fault in GRAVE and what == CHILD)
        for (what, way, fault), subjects in together.items()
    ]


def _line(what: str, subjects: Sequence[str], way: str, fault: Fault | None) -> str:
    named = ", ".join(one for one in subjects if one)
    count = "" if named or len(subjects) == 1 else f" ({len(subjects)})"
    about = f"{what} {named}".strip() + count
    return f"  {about}: {way}{'' if fault is None or not way else '; '}{_FAULT[fault] if fault else ''}"


def _way(row: Row, keys: Keys) -> str:
    """Who is told, rung by rung; a rung that is the one before again is left out."""
    rungs = [", ".join(_key(person, keys) for person in rung) for rung in row.told]
    return "; then ".join(rung for rung in dict.fromkeys(rungs) if rung)


def _key(person: Person, keys: Keys) -> str:
    return f"{keys.get(person.id, '?')} ({', '.join(person.held())})"
