"""Finding: by reference or by child, only what that person may see. Not found and not theirs are one answer."""

from collections.abc import Sequence
from datetime import datetime

from handlers import access
from handlers.access import may_read
from handlers.errors import InvalidForm, NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.rules import order
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.people import FINDERS, Person, PupilId
from handlers.ui import say
from handlers.ui.card import Press
from handlers.ui.lines import Line, Listed

_HALVES = {"Open": False, "Closed": True}
NOTHING = "There is no such concern, or it is not yours to see."


def must_be_able_to_find(by: Person) -> None:
    """Whoever receives concerns may search; others have `/concern mine`. The answer tells nothing of what is there."""
    if not by.among(FINDERS):
        raise NoSuchConcern


async def by_reference(uow: UnitOfWork, reference: str, *, by: Person, at: datetime) -> Concern:
    """The concern of that reference; `InvalidForm` where there is none that they may see, `CannotBeRead` where there is
    one that is damaged."""
    concern = await access.by_reference(uow, reference.strip(), by=by, at=at)
    theirs = concern if await may_read(uow, concern, by=by, at=at) else None
    # Found or not, the same is written: the trail's length tells nothing either.
    await uow.trail.looked(Entry(deed=Deed.FOUND, at=at, by=by.id, thing=theirs.id if theirs else None))
    if theirs is None:
        raise InvalidForm({"reference": NOTHING})
    return theirs


async def by_child(uow: UnitOfWork, child: PupilId, *, by: Person, at: datetime) -> tuple[str, Sequence[Concern]]:
    """The child's label and every concern of theirs that this person may see, in the one order."""
    pupil = (await uow.pupils.get([child])).get(child)
    if pupil is None:
        raise InvalidForm({"child": "This child is not on the list. Choose again from the list."})
    await uow.trail.looked(Entry(deed=Deed.FOUND, at=at, by=by.id, thing=child))
    held = [one for one in await uow.concerns.of_pupil(child) if not one.drill]
    seen = [one for one in held if await may_read(uow, one, by=by, at=at)]
    return pupil.label(), order.known(seen, lambda one: order.of_concern(one, uow.school.calendar, at=at))


def lists(uow: UnitOfWork, concerns: Sequence[Concern], *, at: datetime) -> list[Listed]:
    """What is open, then what is closed: each by its reference, its day, and where it is."""
    lines = [_line(concern, uow.school.calendar, at=at) for concern in concerns]
    halves = {title: [one for one in lines if one.weight.over == over] for title, over in _HALVES.items()}
    return [Listed(title=title, lines=half) for title, half in halves.items() if half]


def _line(concern: Concern, calendar: Calendar, *, at: datetime) -> Line:
    when = say.day(concern.submitted_at, calendar)
    decided = say.OUTCOME[concern.outcome] if concern.outcome else concern.status.value
    return Line(
        name=concern.reference, state=f"{when} · {say.URGENCY[concern.urgency]} · {decided}", press=Press.OPEN,
        subject=concern.id, version=concern.version, weight=order.of_concern(concern, calendar, at=at),
    )  # fmt: skip
