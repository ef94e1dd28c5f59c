"""What to train next: which findings recur in a term, by department. Counts alone; it opens no account.

Not allowed here: a person's name, a number small enough to be one, anything of a concern that the asker has no part in.
"""

from collections.abc import Mapping
from datetime import datetime

from handlers.account import tally
from handlers.oversight import figures
from handlers.oversight.themes_card import themes_card
from handlers.ports import UnitOfWork
from handlers.rules import training
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person, PersonId
from handlers.rules.training import Written
from handlers.ui.card import Card


async def themes(uow: UnitOfWork, *, by: Person, at: datetime, back: int = 0) -> Card:
    """This term's themes, or those of the term `back` before; for a lead or the head, and kept that they looked."""
    counted = await figures.of_term(uow, "themes", by=by, at=at, back=back)
    if counted is None:
        return themes_card(None, ())
    ids = {concern.id for concern in counted.concerns}
    departments = {person.id: person.department for person in await uow.people.ever()}
    raised = await uow.trail.done(Deed.RAISED, counted.since, counted.until)
    written = [_written(one, departments) for one in raised if one.thing in ids and tally.READ in one.facts]
    return themes_card(counted.term, training.rows(written))


def _written(entry: Entry, departments: Mapping[PersonId, str]) -> Written:
    return Written(
        writer=entry.by,
        department=departments.get(entry.by, "") if entry.by else "",
        kinds=tally.kinds(entry.facts),
        open=tally.missing(entry.facts),
    )
