"""The steps of a case about an adult: where it stands, and a form for each."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from handlers import allegation as cases
from handlers.access import concern_for
from handlers.adults import form, moves, standing
from handlers.adults.moves import case_for
from handlers.conversation import FormSubmitted, NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Pressed, Sent, subject_of
from handlers.errors import InvalidForm, Refused
from handlers.ports import UnitOfWork
from handlers.record import lookback
from handlers.referrals import form as referral
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.referral import Method
from handlers.ui import keys, pages
from handlers.ui.card import Press
from handlers.ui.form import Form

_Made = Callable[[UnitOfWork, str, Concern], Awaitable[Form]]
_LADO: Final = (referral.CONTACT, referral.REFERENCE, referral.TOLD, referral.PARENTS, referral.SAID)
NEXT: Final = "What comes next is under “Next steps”."


async def _steps(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await standing.open_steps(uow, keys.key(subject), ConcernId(subject), by=by, at=at))


async def _chosen(uow: UnitOfWork, sent: Sent) -> Reply:
    """What was chosen is as if its button had been pressed; its form takes the list's place."""
    concern = await concern_for(uow, ConcernId(sent.id), Doing.RUN_CASE, by=sent.by)
    deed = sent.reader.text("deed")
    if deed not in {press.value for press in form.LABELS}:
        raise Refused("Choose what you want to record.")
    reply = await _PRESSES[Press(deed)](uow, concern.id, sent.by, sent.at)
    return NextPage(reply.form) if isinstance(reply, OpenForm) else reply


async def _steps_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """With a complaint: what may be recorded, without how it stands, for no clock is at hand."""
    concern, by = await _concern(uow, inbound), await uow.people.identify(inbound.who)
    if concern is None or by is None:
        return form.steps(inbound.key, "")
    case = await cases.case_of(uow, concern)
    return form.steps(inbound.key, concern.reference, offered=standing.offered(concern, case, by))


def _asks(made: _Made, *, grave: bool = True) -> Pressed:
    """A press that tries whether the step may be recorded, and opens its form."""

    async def pressed(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
        concern, _ = await case_for(uow, ConcernId(subject), by=by, grave=grave)
        return OpenForm(await made(uow, keys.key(subject), concern))

    return pressed


def _plain(blank: Callable[[str, str], Form]) -> _Made:
    async def made(uow: UnitOfWork, key: str, concern: Concern) -> Form:
        return blank(key, concern.reference)

    return made


def _again(made: _Made, blank: Callable[[str, str], Form]) -> Callable[[UnitOfWork, FormSubmitted], Awaitable[Form]]:
    async def again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
        concern = await _concern(uow, inbound)
        return blank(inbound.key, "") if concern is None else await made(uow, inbound.key, concern)

    return again


async def _concern(uow: UnitOfWork, inbound: FormSubmitted) -> Concern | None:
    return await uow.concerns.get(ConcernId(subject_of(inbound.key)))


async def _lado(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    officer = cases.officer(uow)
    first = await moves.standing(uow, concern) is None
    return form.lado(key, concern.reference, (officer.name, officer.telephone), first=first, must=first)


async def _meeting(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    case = await cases.case_of(uow, concern)
    return form.meeting(key, concern.reference, first=case.unmet and case.support_at is None)


async def _support(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    case = await cases.case_of(uow, concern)
    return form.support(key, concern.reference, first=case.support_at is None)


async def _spoken(uow: UnitOfWork, sent: Sent) -> str:
    told, method = sent.inbound.values, sent.reader.text(referral.METHOD)
    if method not in {"", *Method}:
        raise InvalidForm({referral.METHOD: "Choose one of the answers offered."})
    contact = moves.Contact(
        method=Method(method) if method else None, at=_happened(uow, sent), said=sent.reader.text("lado_said"),
        words={name: str(told[name]) for name in _LADO if told.get(name)},
    )  # fmt: skip
    await moves.speak_to_lado(uow, ConcernId(sent.id), contact, by=sent.by, at=sent.at)
    if contact.said == "does_not":
        return f"What the LADO said is recorded. If you agree, press “Resolve” on its card, then “Decide again”. {NEXT}"
    return f"What the LADO said is recorded. {NEXT}"


async def _of_child(uow: UnitOfWork, sent: Sent) -> str:
    concern = await moves.say_of_child(uow, ConcernId(sent.id), sent.inbound.values, by=sent.by, at=sent.at)
    case = await cases.case_of(uow, concern)
    return f"It is recorded of the child: {standing.CHILD[case.child]}. {NEXT}"


async def _child(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern, case = await case_for(uow, ConcernId(subject), by=by)
    moves.must_be_unnamed(case)
    return OpenForm(form.child(keys.key(subject), concern.reference))


async def _met(uow: UnitOfWork, sent: Sent) -> str:
    calendar, reader = uow.school.calendar, sent.reader
    if reader.text(form.DATE) and not reader.text(form.TIME):
        raise InvalidForm({form.TIME: "Give the time too."})
    when = reader.moment(form.DATE, form.TIME, calendar)
    names = ("meeting_is", "meeting_who", "meeting_came_of")
    await moves.record_meeting(uow, ConcernId(sent.id), _words(sent, *names), when=when, by=sent.by, at=sent.at)
    return f"The meeting is recorded. {NEXT}"


async def _suspended(uow: UnitOfWork, sent: Sent) -> str:
    words = _words(sent, "suspended", "alternatives", "suspension_why", "decided_by", "written_date")
    await moves.record_suspension(uow, ConcernId(sent.id), words, by=sent.by, at=sent.at)
    return f"It is recorded that suspension was considered, with the reasons. {NEXT}"


async def _supported(uow: UnitOfWork, sent: Sent) -> str:
    words = _words(sent, "adult_told", "adult_told_what", "named_contact", "support_given")
    await moves.record_support(
        uow, ConcernId(sent.id), words, when=_happened(uow, sent), by=sent.by, at=sent.at
    )  # fmt: skip
    return f"It is recorded what the adult was told, or why not yet. {NEXT}"


async def _finding(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern, case = await case_for(uow, ConcernId(subject), by=by)
    moves.must_be_findable(concern, case, by)
    return OpenForm(form.finding(keys.key(subject), concern.reference))


async def _found(uow: UnitOfWork, sent: Sent) -> str:
    words = _words(sent, "finding", "finding_why", "removed", "teacher", "finding_told")
    outcome = await moves.record_finding(uow, ConcernId(sent.id), words, by=sent.by, at=sent.at)
    return f"The outcome is recorded: {outcome.label.lower()}. {outcome.in_reference} {NEXT}"


async def _barring(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern, case = await case_for(uow, ConcernId(subject), by=by)
    return OpenForm(form.barring(keys.key(subject), concern.reference, moves.must_be_called_for(case)))


async def _barring_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await _concern(uow, inbound)
    if concern is None:
        return form.barring(inbound.key, "")
    called = moves.must_be_called_for(await cases.case_of(uow, concern))
    return form.barring(inbound.key, concern.reference, called)


async def _barred(uow: UnitOfWork, sent: Sent) -> str:
    words = _words(sent, "barring_body", "barring_is", "barring_date", "barring_reference", "barring_why")
    await moves.record_barring(uow, ConcernId(sent.id), words, by=sent.by, at=sent.at)
    return f"It is recorded what became of it. {NEXT}"


async def _graver(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """The earlier ones come first: what is raised may be what they add up to."""
    concern, case = await case_for(uow, ConcernId(subject), by=by, grave=False)
    moves.must_be_low_level(case)
    read = pages.paged(await lookback.look_back(uow, concern.id, by=by, at=at))
    return OpenForm(form.graver(keys.key(subject), concern.reference, read, number=form.LAST + 1 - len(read)))


async def _made_graver(uow: UnitOfWork, sent: Sent) -> Reply | str:
    if sent.inbound.back or sent.inbound.page < form.LAST:
        return await _turned(uow, sent)
    concern = await moves.make_graver(uow, ConcernId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at)
    raised = f"Concern {concern.reference} counts as an allegation from now."
    if concern.owner != sent.by.id:
        return f"{raised} It goes to those who receive allegations, who are being told now."
    officer = cases.officer(uow)
    return f"{raised} Ring now: {officer.name}, {officer.telephone}. Then press “Decide again” to triage it as one."


async def _turned(uow: UnitOfWork, sent: Sent) -> Reply:
    """Another page of what is known; the last one asks why."""
    concern, case = await case_for(uow, ConcernId(sent.id), by=sent.by, grave=False)
    moves.must_be_low_level(case)
    read = pages.paged(await lookback.look_back(uow, concern.id, by=sent.by, at=sent.at))
    number = sent.inbound.page + (-1 if sent.inbound.back else 1)
    return NextPage(form.graver(sent.inbound.key, concern.reference, read, number=number))


def _words(sent: Sent, *names: str) -> Answers:
    return {name: sent.inbound.values[name] for name in names if sent.inbound.values.get(name)}


def _happened(uow: UnitOfWork, sent: Sent) -> datetime:
    moment = referral.happened(sent.reader, uow.school.calendar, at=sent.at)
    sent.reader.finish()
    return moment


_PRESSES: dict[Press, Pressed] = {
    Press.ALLEGATION: _steps,
    Press.LADO: _asks(_lado, grave=False),
    Press.CHILDS_PART: _child,
    Press.STRATEGY: _asks(_meeting),
    Press.SUSPENSION: _asks(_plain(form.suspension)),
    Press.ADULT_SUPPORT: _asks(_support),
    Press.FINDING: _finding,
    Press.BARRING: _barring,
    Press.GRAVER: _graver,
}
_RUN = Doing.RUN_CASE


def _filed(take: Callable[[UnitOfWork, Sent], Awaitable[Reply | str]], blank: Callable[[str, str], Form]) -> Filed:
    return Filed(take=take, blank=blank, again=_again(_plain(blank), blank), doing=_RUN)


COUNTER = Counter(
    presses=_PRESSES,
    forms={
        form.STEPS: Filed(take=_chosen, blank=form.steps, again=_steps_again, doing=Doing.READ, once=False),
        form.LADO: Filed(take=_spoken, blank=form.lado, again=_again(_lado, form.lado), doing=_RUN),
        form.CHILD: _filed(_of_child, form.child),
        form.MEETING: Filed(take=_met, blank=form.meeting, again=_again(_meeting, form.meeting), doing=_RUN),
        form.SUSPENSION: _filed(_suspended, form.suspension),
        form.SUPPORT: Filed(take=_supported, blank=form.support, again=_again(_support, form.support), doing=_RUN),
        form.FINDING: _filed(_found, form.finding),
        form.BARRING: Filed(take=_barred, blank=form.barring, again=_barring_again, doing=_RUN),
        form.GRAVER: _filed(_made_graver, form.graver),
    },
)
