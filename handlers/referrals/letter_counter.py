"""Asking for a referral's letter: one press, one window, and the words that are shown once."""

from datetime import datetime
from uuid import UUID

from handlers.conversation import FormSubmitted, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.referrals import asking, letter_form
from handlers.referrals.card import reference
from handlers.rules.authority import Doing
from handlers.rules.people import Person
from handlers.rules.referral import ReferralId
from handlers.ui import keys
from handlers.ui.form import Form

IN_A_WINDOW = (
    "What you would be shown may not stay in a chat. Press More on the concern's card, then Referrals, and ask there."
)


async def pressed(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    referral, concern = await asking.letter_for(uow, ReferralId(subject), by=by)
    return OpenForm(letter_form.ask(keys.key(subject), reference(referral, concern)))


async def _asked(uow: UnitOfWork, sent: Sent) -> Reply:
    if sent.inbound.in_chat:
        raise Refused(IN_A_WINDOW)
    found = await asking.ask(uow, ReferralId(sent.id), by=sent.by, at=sent.at)
    return Tell(
        letter_form.words_card(found.reference, found.words, until=found.until, calendar=uow.school.calendar)
    )


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    referral = await uow.referrals.get(ReferralId(subject_of(inbound.key)))
    concern = await uow.concerns.get(referral.concern) if referral else None
    return letter_form.ask(inbound.key, reference(referral, concern) if referral and concern else "")


COUNTER = Counter(
    forms={
        letter_form.LETTER: Filed(take=_asked, blank=letter_form.ask, again=_again, doing=Doing.EXPORT),
    },
)
