"""What else may be done with a concern now, by authority and by state: the list behind the card's last button.

To offer another deed, give its counter a press and name it in `OFFERS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers.access import concern_for
from handlers.conversation import OpenForm, Reply
from handlers.desk import more_form as more
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ConcernId, Second, Status
from handlers.rules.people import Person, PersonId
from handlers.rules.routing import Rung
from handlers.ui import keys as moves
from handlers.ui.card import Press

State = Callable[[Concern, PersonId], bool]
"""Whether it can be done with a concern as it is now, by that person."""


def _open(concern: Concern, _: PersonId) -> bool:
    return concern.status is not Status.CLOSED


def _any(_: Concern, __: PersonId) -> bool:
    return True


def _owned(concern: Concern, by: PersonId) -> bool:
    return _open(concern, by) and concern.owner is not None


def _theirs(concern: Concern, by: PersonId) -> bool:
    return _open(concern, by) and concern.owner == by


def _anothers(concern: Concern, by: PersonId) -> bool:
    return _owned(concern, by) and concern.owner != by


def _to_be_read(concern: Concern, by: PersonId) -> bool:
    return _open(concern, by) and concern.second is Second.WANTED and concern.decided_by != by


def _to_be_signed(concern: Concern, by: PersonId) -> bool:
    proposed = _open(concern, by) and concern.close_proposed_by is not None
    return proposed and by not in {concern.close_proposed_by, concern.owner}


def _offered(concern: Concern, by: PersonId) -> bool:
    return _open(concern, by) and concern.offered_to == by


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    press: Press
    label: str
    doing: Doing
    when: State = _open


OFFERS: tuple[Offer, ...] = (
    Offer(
        press=Press.SECOND_READ, label="Read a decision as second reader", doing=Doing.SECOND_READ,
        when=_to_be_read,
    ),
    Offer(
        press=Press.SIGN_OFF, label="Sign off the closing", doing=Doing.SIGN_OFF,
        when=_to_be_signed,
    ),
    Offer(
        press=Press.DECIDE, label="Decide again", doing=Doing.DECIDE,
        when=lambda concern, by: concern.status is Status.TRIAGED and concern.owner == by,
    ),
    Offer(press=Press.REFER, label="Refer to an outside agency", doing=Doing.REFER),
    Offer(press=Press.REFERRALS, label="Referrals: confirm, answer, challenge", doing=Doing.REFER, when=_any),
    Offer(press=Press.ACTIONS, label="Actions: verify, send back, more time", doing=Doing.RUN_ACTION, when=_any),
    Offer(
        press=Press.DECLINE, label="Decline what is offered", doing=Doing.ACCEPT,
        when=_offered,
    ),
    Offer(press=Press.COVER, label="Take over from an owner who is away", doing=Doing.ACCEPT, when=_anothers),
    Offer(press=Press.HAND_OVER, label="Hand over", doing=Doing.HAND_OVER, when=_theirs),
    Offer(
        press=Press.ESCALATE, label="Escalate", doing=Doing.ESCALATE,
        when=lambda concern, by: _open(concern, by) and concern.rung < Rung.OUTSIDE,
    ),
    Offer(press=Press.CHRONOLOGY, label="Chronology", doing=Doing.READ, when=_any),
    Offer(press=Press.CORRECT, label="Correct, or add a note", doing=Doing.CORRECT, when=_any),
    Offer(press=Press.SHARE, label="Share with a colleague", doing=Doing.SHARE),
    Offer(press=Press.UNSHARE, label="Shared with: see and end", doing=Doing.SHARE, when=_any),
    Offer(press=Press.REVIEW, label="Look at its quality as a record", doing=Doing.REVIEW, when=_any),
    Offer(press=Press.MERGE, label="Merge into another concern", doing=Doing.MERGE, when=_owned),
    Offer(press=Press.MISFILE, label="Another child's record", doing=Doing.MISFILE),
    Offer(press=Press.NAME, label="Somebody is named in it, or too close", doing=Doing.NAME, when=_any),
    Offer(press=Press.SEAL, label="Seal: open to named people only", doing=Doing.SEAL, when=_any),
    Offer(
        press=Press.UNSEAL, label="Take the seal off", doing=Doing.SEAL, when=lambda concern, _: concern.sealed
    ),
    Offer(
        press=Press.REOPEN, label="Open again", doing=Doing.REOPEN,
        when=lambda concern, _: concern.status is Status.CLOSED and concern.merged_into is None,
    ),
)  # fmt: skip


def offers(concern: Concern, by: Person) -> tuple[tuple[Press, str], ...]:
    """What that person may do with it now."""
    return tuple((o.press, o.label) for o in OFFERS if o.when(concern, by.id) and may(by, o.doing, concern))


async def open_more(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.READ, by=by)
    return OpenForm(more.form(moves.key(subject), concern.reference, offers(concern, by)))
