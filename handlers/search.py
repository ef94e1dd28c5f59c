"""What a typeahead finds: pupils, staff, leads. A query is never kept and never logged."""

from handlers.forms.model import Option, Source
from handlers.ports import UnitOfWork
from handlers.rules.people import LEADS, Person, Role

MOST = 20
IN_CHARGE = LEADS | {Role.HEAD, Role.CHAIR}
SHORTEST = 2
"""Letters before anything is searched (PLATFORMS, Slack: minimum query 2)."""


async def suggest(uow: UnitOfWork, source: Source, query: str) -> tuple[Option, ...]:
    """At most twenty, each with what tells it apart from its namesakes."""
    wanted = query.strip().casefold()
    if len(wanted) < SHORTEST:
        return ()
    if source is Source.PUPILS:
        found = await uow.pupils.search(wanted, most=MOST)
        return tuple(Option(key=str(pupil.id), label=pupil.label()[:75]) for pupil in found)
    people = [p for p in await uow.people.all() if source is Source.STAFF or p.role in IN_CHARGE]
    name = wanted.partition("·")[0].strip()
    named = [person for person in people if name in person.name.casefold()]
    return tuple(Option(key=str(p.id), label=_label(p)) for p in named[:MOST])


def _label(person: Person) -> str:
    return f"{person.name} · {ROLES.get(person.role, 'Staff')}"[:75]


ROLES = {
    "lead": "Safeguarding lead",
    "deputy": "Deputy lead",
    "head": "Head",
    "chair": "Chair of governors",
    "technician": "School technician",
    "staff": "Staff",
}
