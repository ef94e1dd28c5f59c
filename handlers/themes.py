"""What to train next: which findings recur in a term, by department. Counts alone; it opens no account.

Not allowed here: a person's name, a number small enough to be one, anything of a concern that the asker has no part in.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from handlers.cards.model import Card
from handlers.cards.themes import themes_card
from handlers.errors import Refused
from handlers.forms import tally
from handlers.ports import UnitOfWork
from handlers.rules import training
from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Route
from handlers.rules.people import LEADS, Person, PersonId, Role
from handlers.rules.training import Written

_COUNTED: Mapping[Role, frozenset[Route]] = {
    **dict.fromkeys(LEADS, frozenset({Route.LEADS})),
    Role.HEAD: frozenset({Route.LEADS, Route.HEAD}),
}
"""Whose themes are made of what: concerns about adults share nothing with the leads."""


async def themes(uow: UnitOfWork, *, by: Person, at: datetime, back: int = 0) -> Card:
    """This term's themes, or those of the term `back` before; for a lead or the head, and kept that they looked."""
    if by.role not in _COUNTED:
        raise Refused("Training themes are for the safeguarding leads and the head.")
    calendar = uow.school.calendar
    term = training.term_at(calendar, at.astimezone(calendar.zone).date(), back=back)
    await uow.trail.append(Entry(deed=Deed.THEMES, at=at, by=by.id, thing=None))
    if term is None:
        return themes_card(None, ())
    since, until = _bounds(term, calendar)
    counted = {c.id for c in await uow.concerns.since(since, until) if _counts(by, c)}
    departments = {person.id: person.department for person in await uow.people.all()}
    raised = await uow.trail.raised(since, until)
    written = [_written(one, departments) for one in raised if one.thing in counted and tally.READ in one.facts]
    return themes_card(term, training.rows(written))


def _bounds(term: Term, calendar: Calendar) -> tuple[datetime, datetime]:
    """From the first midnight of the term to the midnight after its last day."""
    first = datetime.combine(term.first, time.min, calendar.zone)
    return first, datetime.combine(term.last + timedelta(days=1), time.min, calendar.zone)


def _counts(by: Person, concern: Concern) -> bool:
    """Never a drill, never one that is sealed, never one that names the asker."""
    if concern.drill or concern.sealed or by.id in concern.named:
        return False
    return concern.route in _COUNTED[by.role]


def _written(entry: Entry, departments: Mapping[PersonId, str]) -> Written:
    return Written(
        writer=entry.by,
        department=departments.get(entry.by, "") if entry.by else "",
        kinds=tally.kinds(entry.facts),
        open=tally.missing(entry.facts),
    )
