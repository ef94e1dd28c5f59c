"""What else may be done with a concern now, by authority and by state: the list behind the card's last button.

To offer another deed, give its counter a press and name it in `OFFERS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers.access import concern_for
from handlers.cards.model import Press
from handlers.conversation import OpenForm, Reply
from handlers.forms import more, moves
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ConcernId, Second, Status
from handlers.rules.people import Person
from handlers.rules.routing import Rung

State = Callable[[Concern], bool]


def _open(concern: Concern) -> bool:
    return concern.status is not Status.CLOSED


def _any(_: Concern) -> bool:
    return True


def _owned(concern: Concern) -> bool:
    return _open(concern) and concern.owner is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    press: Press
    label: str
    doing: Doing
    when: State = _open


OFFERS: tuple[Offer, ...] = (
    Offer(
        press=Press.SECOND_READ, label="Read a decision as second reader", doing=Doing.SECOND_READ,
        when=lambda concern: _open(concern) and concern.second is Second.WANTED,
    ),
    Offer(
        press=Press.SIGN_OFF, label="Sign off the closing", doing=Doing.SIGN_OFF,
        when=lambda concern: _open(concern) and concern.close_proposed_by is not None,
    ),
    Offer(
        press=Press.DECIDE, label="Decide again", doing=Doing.DECIDE,
        when=lambda concern: concern.status is Status.TRIAGED,
    ),
    Offer(press=Press.REFER, label="Refer to an outside agency", doing=Doing.REFER),
    Offer(press=Press.REFERRALS, label="Referrals: confirm, answer, challenge", doing=Doing.REFER, when=_any),
    Offer(press=Press.ACTIONS, label="Actions: verify, send back, more time", doing=Doing.RUN_ACTION, when=_any),
    Offer(
        press=Press.DECLINE, label="Decline what is offered", doing=Doing.ACCEPT,
        when=lambda concern: _open(concern) and concern.offered_to is not None,
    ),
    Offer(press=Press.COVER, label="Take over from an owner who is away", doing=Doing.ACCEPT, when=_owned),
    Offer(press=Press.HAND_OVER, label="Hand over", doing=Doing.HAND_OVER, when=_owned),
    Offer(
        press=Press.ESCALATE, label="Escalate", doing=Doing.ESCALATE,
        when=lambda concern: _open(concern) and concern.rung < Rung.OUTSIDE,
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
        press=Press.UNSEAL, label="Take the seal off", doing=Doing.SEAL, when=lambda concern: concern.sealed
    ),
    Offer(
        press=Press.REOPEN, label="Open again", doing=Doing.REOPEN,
        when=lambda concern: concern.status is Status.CLOSED and concern.merged_into is None,
    ),
)  # fmt: skip


def offers(concern: Concern, by: Person) -> tuple[tuple[Press, str], ...]:
    """What that person may do with it now."""
    return tuple((o.press, o.label) for o in OFFERS if o.when(concern) and may(by, o.doing, concern))


async def open_more(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.READ, by=by)
    return OpenForm(more.form(moves.key(subject), concern.reference, offers(concern, by)))
