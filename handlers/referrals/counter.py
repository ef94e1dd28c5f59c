"""Referring a concern to an outside agency, and what follows from it."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from handlers.access import concern_for
from handlers.conversation import FormSubmitted, NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.record import of_several
from handlers.referrals import form, letter_counter
from handlers.referrals import moves as referrals
from handlers.referrals import window as referral_reading
from handlers.referrals.card import DEEDS, deeds, reference
from handlers.rules import order
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.referral import Method, Referral, ReferralId
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form, Part
from handlers.ui.reader import Reader

_Tried: TypeAlias = Callable[[UnitOfWork, Referral, datetime], object]


async def _refer(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.REFER, by=by)
    referrals.must_be_open(concern)
    return OpenForm(await _refer_form(uow, concern, keys.key(subject)))


async def _refer_form(uow: UnitOfWork, concern: Concern, key: str) -> Form:
    by_when = await referral_reading.deadlines(uow, concern)
    listed = await of_several.listed(uow, concern)
    return form.refer(key, concern.reference, referrals.offered(concern), by_when, children=listed)


async def _refer_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    return _blank_refer(inbound.key, "") if concern is None else await _refer_form(uow, concern, inbound.key)


def _blank_refer(key: str, reference: str) -> Form:
    return form.refer(key, reference, ENGLAND.agencies)


async def _referred(uow: UnitOfWork, sent: Sent) -> str:
    sending = referrals.Sending(
        agency=ENGLAND.agency(sent.reader.text(form.AGENCY)),
        method=Method(sent.reader.text(form.METHOD)),
        sent_at=_happened(uow, sent),
        words=_words(sent.reader, form.REFERENCE, form.CONTACT, form.TOLD, form.PARENTS),
        children=of_several.chosen(sent.inbound.values.get(form.CHILDREN, ())),
    )
    referral = await referrals.send_referral(uow, ConcernId(sent.id), sending, by=sent.by, at=sent.at)
    due = say.moment(referral.answer_by, uow.school.calendar)
    then = f"The referral is recorded as R{referral.number}. Its answer is due by {due}. Its card is in your chat."
    if referral.confirm_by is None:
        return then
    return f"{then} Confirm it in writing by {say.moment(referral.confirm_by, uow.school.calendar)}."


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await referral_reading.open_referral(uow, ReferralId(subject), by=by, at=at))


def _asks(make: Callable[..., Form], tried: _Tried) -> Callable[[UnitOfWork, UUID, Person, datetime], Awaitable[Reply]]:
    """A press that tries the move, and opens its form when that may be made."""

    async def pressed(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
        referral, concern = await referrals.referral_for(uow, ReferralId(subject), by=by)
        tried(uow, referral, at)
        return OpenForm(_about(make, uow, keys.key(subject), referral, concern, at))

    return pressed


def _again(make: Callable[..., Form]) -> Callable[[UnitOfWork, FormSubmitted], Awaitable[Form]]:
    """The same form with what it says of the referral, to be shown again with complaints."""

    async def again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
        referral = await uow.referrals.get(ReferralId(subject_of(inbound.key)))
        concern = await uow.concerns.get(referral.concern) if referral else None
        if referral is None or concern is None:
            return make(inbound.key, "")
        return make(inbound.key, reference(referral, concern), _which(uow, referral))

    return again


def _about(
    make: Callable[..., Form], uow: UnitOfWork, key: str, referral: Referral, concern: Concern, at: datetime
) -> Form:
    before = _which(uow, referral)
    if make is form.challenge:
        agency, next_one = ENGLAND.agency(referral.agency), referrals.next_stage(uow, referral, at=at)
        before += form.next_stage(
            agency.stages[next_one.stage - 1], next_one.stage, of=len(agency.stages), due=next_one.answer_by,
            calendar=uow.school.calendar,
        )
    return make(key, reference(referral, concern), before)


def _which(uow: UnitOfWork, referral: Referral) -> tuple[Part, ...]:
    agency = ENGLAND.agency(referral.agency)
    return form.which(agency, sent_at=referral.sent_at, calendar=uow.school.calendar)


async def _confirmed(uow: UnitOfWork, sent: Sent) -> str:
    words = {**_words(sent.reader, form.NOTE), form.METHOD: form.METHODS[Method(sent.reader.text(form.METHOD))]}
    await referrals.confirm_referral(
        uow, ReferralId(sent.id), words, written_at=_happened(uow, sent), by=sent.by, at=sent.at
    )
    return "It is recorded that the referral was confirmed in writing."


async def _answered(uow: UnitOfWork, sent: Sent) -> str:
    said = sent.reader.text(form.ANSWERED)
    words = {form.ANSWERED: form.ANSWERS[said], **_words(sent.reader, form.SAID, form.REFERENCE)}
    referral = await referrals.answer_referral(
        uow, ReferralId(sent.id), words, accepted=said == form.ACCEPTED, received_at=_happened(uow, sent),
        by=sent.by, at=sent.at,
    )
    if said == form.ACCEPTED:
        return "The agency's answer has been recorded."
    stages = ENGLAND.agency(referral.agency).stages
    if referral.stage >= len(stages):
        return "Their refusal has been recorded. It can go no further: press “Resolve” to say what is done."
    to, due = stages[referral.stage].whom, referrals.next_stage(uow, referral, at=sent.at).answer_by
    return (
        "Their refusal has been recorded. If you do not agree, press “Challenge” on its card: "
        f"stage {referral.stage + 1} of {len(stages)} goes to {to[0].lower()}{to[1:]}, "
        f"whose answer would be due by {say.moment(due, uow.school.calendar)}."
    )


async def _challenged(uow: UnitOfWork, sent: Sent) -> str:
    reason = sent.reader.text("reason")
    referral = await referrals.challenge_referral(uow, ReferralId(sent.id), reason, by=sent.by, at=sent.at)
    stages = ENGLAND.agency(referral.agency).stages
    due = say.moment(referral.answer_by, uow.school.calendar)
    return (
        f"The challenge is recorded at stage {referral.stage} of {len(stages)}: "
        f"{stages[referral.stage - 1].whom}. The answer is due by {due}. Send it to them yourself, in writing."
    )


async def _resolved(uow: UnitOfWork, sent: Sent) -> str:
    await referrals.resolve_referral(uow, ReferralId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at)
    return "The referral is resolved, with your reason."


async def _withdrawn(uow: UnitOfWork, sent: Sent) -> str:
    await referrals.withdraw_referral(uow, ReferralId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at)
    return "The referral is withdrawn, with your reason. Tell the agency too, if it has it."


async def _list(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.REFER, by=by)
    return OpenForm(await _listed(uow, concern, keys.key(subject), at=at))


async def _listed(uow: UnitOfWork, concern: Concern, key: str, *, at: datetime) -> Form:
    made = order.waiting(await uow.referrals.of(concern.id), lambda one: order.of_referral(one, concern, at=at))
    pairs = [(referral.number, ENGLAND.agency(referral.agency).name) for referral in made]
    return form.choose(key, concern.reference, pairs, _DEEDS)


async def _list_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """With a complaint: what is late stands where it would without being late, for no clock is at hand."""
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return _blank_list(inbound.key, "")
    return await _listed(uow, concern, inbound.key, at=concern.submitted_at)


def _blank_list(key: str, reference: str) -> Form:
    return form.choose(key, reference, [(number, "") for number in range(1, 101)], _DEEDS)


async def _chosen(uow: UnitOfWork, sent: Sent) -> Reply:
    """What was chosen is as if the button on that referral's card had been pressed."""
    concern = await concern_for(uow, ConcernId(sent.id), Doing.REFER, by=sent.by)
    number, press = sent.reader.text("referral"), Press(sent.reader.text("deed"))
    found = [r for r in await uow.referrals.of(concern.id) if str(r.number) == number]
    stages = len(ENGLAND.agency(found[0].agency).stages) if found else 0
    if not found or press not in (*deeds(found[0], at=sent.at, stages=stages), Press.ASK_LETTER):
        raise Refused("This cannot be done with that referral as it is now. Choose “Open” to read where it stands.")
    reply = await _PRESSES[press](uow, found[0].id, sent.by, sent.at)
    return NextPage(reply.form) if isinstance(reply, OpenForm) else reply


def _happened(uow: UnitOfWork, sent: Sent) -> datetime:
    moment = form.happened(sent.reader, uow.school.calendar, at=sent.at)
    sent.reader.finish()
    return moment


def _words(reader: Reader, *names: str) -> Answers:
    return {name: reader.text(name) for name in names if reader.text(name)}


_LISTED = {**DEEDS, Press.ASK_LETTER: "Ask for its letter"}
_DEEDS = tuple((press.value, label) for press, label in _LISTED.items())
_PRESSES = {
    Press.REFER: _refer,
    Press.REFERRALS: _list,
    Press.OPEN_REFERRAL: _open,
    Press.CONFIRM_REFERRAL: _asks(form.confirm, lambda _, referral, at: referral.confirm(at=at)),
    Press.ANSWER_REFERRAL: _asks(form.answer, lambda _, referral, at: referral.answered(accepted=True, at=at)),
    Press.CHALLENGE_REFERRAL: _asks(
        form.challenge, lambda uow, referral, at: referrals.next_stage(uow, referral, at=at)
    ),
    Press.RESOLVE_REFERRAL: _asks(form.resolve, lambda _, referral, at: referral.resolve(at=at)),
    Press.WITHDRAW_REFERRAL: _asks(form.withdraw, lambda _, referral, __: referral.withdraw()),
    Press.ASK_LETTER: letter_counter.pressed,
}
COUNTER = Counter(
    presses=_PRESSES,
    forms={
        form.REFER: Filed(take=_referred, blank=_blank_refer, again=_refer_again, doing=Doing.REFER),
        form.CONFIRM: Filed(take=_confirmed, blank=form.confirm, again=_again(form.confirm), doing=Doing.REFER),
        form.ANSWER: Filed(take=_answered, blank=form.answer, again=_again(form.answer), doing=Doing.REFER),
        form.CHALLENGE: Filed(take=_challenged, blank=form.challenge, again=_again(form.challenge), doing=Doing.REFER),
        form.RESOLVE: Filed(take=_resolved, blank=form.resolve, again=_again(form.resolve), doing=Doing.REFER),
        form.WITHDRAW: Filed(take=_withdrawn, blank=form.withdraw, again=_again(form.withdraw), doing=Doing.REFER),
        form.CHOOSE: Filed(take=_chosen, blank=_blank_list, again=_list_again, doing=Doing.REFER, once=False),
    },
)
