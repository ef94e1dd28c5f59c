"""Whose figures are made of what: the terms and the concerns that themes and quality count. Counts alone.

Concerns about adults share nothing with the leads; nobody's figures hold a drill, a sealed concern, or one naming them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.rules import training
from handlers.rules.calendar import Term
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Route
from handlers.rules.people import LEADS, Person, Role

_COUNTED: Mapping[Role, frozenset[Route]] = {
    **dict.fromkeys(LEADS, frozenset({Route.LEADS})),
    Role.HEAD: frozenset({Route.LEADS, Route.HEAD}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A term, its first midnight and the midnight after its last day, and what that person's figures are made of."""

    term: Term
    since: datetime
    until: datetime
    concerns: Sequence[Concern]


async def of_term(uow: UnitOfWork, what: str, *, by: Person, at: datetime, back: int) -> Counted | None:
    """This term's, or those of the term `back` before, and kept that they looked; None where there is no such term.

    Refused to whoever is neither a lead nor the head. `what` is a code.
    """
    if not by.among(_COUNTED):
        raise Refused("These figures are for the safeguarding leads and the head.")
    calendar = uow.school.calendar
    await uow.trail.looked(Entry(deed=Deed.THEMES, at=at, by=by.id, thing=None, facts={"what": what}))
    term = training.term_at(calendar, at.astimezone(calendar.zone).date(), back=back)
    if term is None:
        return None
    since = datetime.combine(term.first, time.min, calendar.zone)
    until = datetime.combine(term.last + timedelta(days=1), time.min, calendar.zone)
    found = [concern for concern in await uow.concerns.since(since, until) if _counts(by, concern)]
    return Counted(term=term, since=since, until=until, concerns=found)


def _counts(by: Person, concern: Concern) -> bool:
    if concern.drill or concern.sealed or by.id in concern.named:
        return False
    return any(concern.route in _COUNTED[role] for role in by.roles & _COUNTED.keys())
