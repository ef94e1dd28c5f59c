"""Finding: by reference or by child, only what that person may see. Not found and not theirs are one answer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from handlers.errors import InvalidForm, NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.record import lookback
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.people import FINDERS, Person, PupilId
from handlers.ui import say

NOTHING = "There is no such concern, or it is not yours to see."


def must_be_able_to_find(by: Person) -> None:
    """Whoever receives concerns may search; others have `/concern mine`. The answer tells nothing of what is there."""
    if not by.among(FINDERS):
        raise NoSuchConcern


async def by_reference(uow: UnitOfWork, reference: str, *, by: Person, at: datetime) -> Concern:
    """The concern of that reference; `InvalidForm` where there is none that they may see."""
    concern = await uow.concerns.find(reference.strip())
    await _keep(uow, concern, by=by, at=at)
    if concern is None or not may(by, Doing.READ, concern):
        raise InvalidForm({"reference": NOTHING})
    return concern


async def by_child(uow: UnitOfWork, child: PupilId, *, by: Person, at: datetime) -> tuple[str, Sequence[Concern]]:
    """The child's label and every concern of theirs that this person may see, the newest first."""
    pupil = (await uow.pupils.get([child])).get(child)
    if pupil is None:
        raise InvalidForm({"child": "This child is not on the list. Choose again from the list."})
    await uow.trail.append(Entry(deed=Deed.FOUND, at=at, by=by.id, thing=child))
    return pupil.label(), list(reversed(await lookback.seen_by(uow, child, by)))


async def _keep(uow: UnitOfWork, concern: Concern | None, *, by: Person, at: datetime) -> None:
    """Found or not, the same is written: the trail's length tells nothing either."""
    mine = concern is not None and may(by, Doing.READ, concern)
    thing = concern.id if concern is not None and mine else None
    await uow.trail.append(Entry(deed=Deed.FOUND, at=at, by=by.id, thing=thing))


def line(uow: UnitOfWork, concern: Concern) -> tuple[UUID, str]:
    """One result: its reference, its day, and where it is."""
    when = say.day(concern.submitted_at, uow.school.calendar)
    decided = say.OUTCOME[concern.outcome] if concern.outcome else concern.status.value
    return concern.id, f"{concern.reference} · {when} · {decided}"
