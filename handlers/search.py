"""What a typeahead finds: pupils, staff, leads. A query is never kept and never logged."""

from collections import Counter
from collections.abc import Sequence

from handlers.ports import UnitOfWork
from handlers.rules.people import IN_CHARGE, Person, Pupil, Role
from handlers.ui import say
from handlers.ui.form import Option, Source

MOST = 20
LONGEST_LABEL = 75
ALIKE = " · one of two alike: say which below"
"""Behind the label of a pupil whose name, form and year another has too."""
SHORTEST = 2
"""Letters before anything is searched (PLATFORMS, Slack: minimum query 2)."""


async def suggest(uow: UnitOfWork, source: Source, query: str) -> tuple[Option, ...]:
    """At most twenty, each with what tells it apart from its namesakes."""
    wanted = query.strip().casefold()
    if len(wanted) < SHORTEST:
        return ()
    if source is Source.PUPILS:
        found = await uow.pupils.search(wanted, most=MOST)
        return told_apart(found)
    people = [p for p in await uow.people.all() if source is Source.STAFF or p.among(IN_CHARGE)]
    name = wanted.partition("·")[0].strip()
    named = [person for person in people if name in person.name.casefold()]
    return tuple(Option(key=str(p.id), label=_label(p)) for p in named[:MOST])


def told_apart(pupils: Sequence[Pupil]) -> tuple[Option, ...]:
    """Each with form and year. Two who are alike in all three cannot be told apart here, and nobody shall guess."""
    alike = Counter(pupil.label() for pupil in pupils)
    return tuple(
        Option(key=str(pupil.id), label=_ending(pupil.label(), ALIKE if alike[pupil.label()] > 1 else ""))
        for pupil in pupils
    )


def _ending(label: str, end: str) -> str:
    return label[: LONGEST_LABEL - len(end)] + end


def _label(person: Person) -> str:
    return f"{person.name} · {say.posts(person, ROLES, 'Staff')}"[:75]


ROLES = {
    Role.LEAD: "Safeguarding lead",
    Role.DEPUTY: "Deputy lead",
    Role.HEAD: "Head",
    Role.CHAIR: "Chair of governors",
    Role.VICE_CHAIR: "Vice-chair of governors",
    Role.SAFEGUARDING_GOVERNOR: "Safeguarding governor",
    Role.WHISTLEBLOWING_LEAD: "Whistleblowing lead",
    Role.HR: "Human resources",
    Role.NOMINATED: "Nominated person",
    Role.TRUST_LEAD: "Trust's safeguarding lead",
    Role.TECHNICIAN: "School technician",
    Role.STAFF: "Staff",
}
