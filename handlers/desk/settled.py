"""Who was first: added to a refusal that says that something is settled, for one who may read the concern."""

from collections.abc import Mapping

from handlers import staff
from handlers.conversation import ButtonPressed, FormSubmitted, Inbound
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import Person
from handlers.ui import keys, say
from handlers.ui.card import Press

_ENDED = {Deed.CLOSED: "closed it", Deed.MERGED: "agreed to merge it"}
_ANSWERED: Mapping[str, Mapping[Deed, str]] = {
    Press.SECOND_READ: {Deed.SECOND_READ: "read it"},
    Press.SIGN_OFF: {Deed.KEPT_OPEN: "kept it open"},
    Press.AGREE_MERGE: {Deed.MERGE_REFUSED: "did not agree to merge it", **_ENDED},
    Press.AGREE_DISPOSE: {Deed.DISPOSAL_REFUSED: "did not agree to dispose of it"},
}
"""By the press, or the form of the same name: what somebody else may have answered before."""


async def by_whom(uow: UnitOfWork, inbound: Inbound, refusal: Refused, by: Person | None) -> Refused:
    """The refusal with who did it and when; as it is where that cannot be said, or not to that person."""
    concern = await _of(uow, inbound)
    if concern is None or by is None or not may(by, Doing.READ, concern):
        return refusal
    asked = inbound.press.value if isinstance(inbound, ButtonPressed) else getattr(inbound, "form", "")
    wanted = _ENDED if concern.status is Status.CLOSED else _ANSWERED.get(asked, {})
    lines = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed in wanted]
    if not lines or lines[-1].by is None:
        return refusal
    who = "You" if lines[-1].by == by.id else await staff.name_of(uow, lines[-1].by)
    when = say.moment(lines[-1].at, uow.school.calendar)
    return Refused(f"{refusal} {who} {wanted[lines[-1].deed]}, {when}.")


async def _of(uow: UnitOfWork, inbound: Inbound) -> Concern | None:
    try:
        id = inbound.subject if isinstance(inbound, ButtonPressed) else keys.subject(getattr(inbound, "key", ""))
    except ValueError:
        return None
    return await uow.concerns.get(ConcernId(id)) if isinstance(inbound, ButtonPressed | FormSubmitted) else None
