"""What a typeahead finds: pupils, staff, leads. A query is never kept and never logged."""

from handlers.ports import UnitOfWork
from handlers.rules import lookup
from handlers.rules.people import FINDERS, IN_CHARGE, Person
from handlers.ui import who
from handlers.ui.form import OF_PUPILS, Option, Source

MOST = 20
"""Of those who are found, the nearest to what was typed; it is said how many there are, and more letters tell more."""
SHORTEST = 2
"""Letters before anything is searched (PLATFORMS, Slack: minimum query 2)."""


async def suggest(uow: UnitOfWork, source: Source, query: str, *, by: Person) -> tuple[Option, ...]:
    """Everybody who is found, each with what tells them apart from their namesakes; `MOST` of them are shown."""
    if len(lookup.fold(query).replace(" ", "")) < SHORTEST:
        return ()
    if source in OF_PUPILS:
        left = source is Source.EVERY_PUPIL and by.among(FINDERS)
        return who.pupils(await uow.pupils.search(query, left=left))
    here = await uow.people.all()
    wanted = [person for person in here if source is Source.STAFF or person.among(IN_CHARGE)]
    offered = zip(wanted, who.found(wanted, among=here), strict=True)
    lines = [lookup.line(option, person.name) for person, option in offered]
    lines.sort(key=lambda line: (line.text, line.thing.label))
    typed = lookup.fold(query)
    return tuple(sorted(lookup.search(lines, query), key=lambda option: lookup.fold(option.label) != typed))


async def everybody_in_charge(uow: UnitOfWork) -> tuple[Option, ...]:
    """Whoever `Source.LEADS` searches, as one list: whole where they are few, else nobody: they are searched for."""
    here = await uow.people.all()
    wanted = [person for person in here if person.among(IN_CHARGE)]
    return who.found(wanted, among=here) if len(wanted) <= MOST else ()
