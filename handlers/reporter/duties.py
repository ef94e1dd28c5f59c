"""Personal duties of whoever reports: what their words call for, and the log of their call. Use cases.

Nobody discharges a duty for another: accepting, deciding, closing leave it as it is, and only the reporter logs it.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from handlers.access import concern_for
from handlers.account import form as concern_form
from handlers.account import logged, meant_form, times
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.reporter import duty_form
from handlers.rules.authority import Doing
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.duty import MARK, Called, called_for, first_of_each, own
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.form import Form
from handlers.ui.reader import Reader


def marks(answers: Answers) -> dict[str, str]:
    """The fact of an entry whose words call for a duty: that there is one, never which."""
    return {MARK: "called"} if called_for(ENGLAND.duties, answers) else {}


async def marks_of_more(uow: UnitOfWork, concern: Concern, more: Answers) -> dict[str, str]:
    """The same for what is added: only where it calls for a duty that nothing has called for before."""
    wanted = {duty.key for duty in called_for(ENGLAND.duties, more)}
    known = {call.duty.key for call in await calls(uow, concern.id)} if wanted else set[str]()
    return {MARK: "called"} if wanted - known else {}


async def calls(uow: UnitOfWork, id: ConcernId) -> tuple[Called, ...]:
    """The duties that the reporter's words call for, each since it was first known. No word is opened without one."""
    if not own(await uow.trail.of(id)).called:
        return ()
    marked = [line.entry for line in await uow.trail.of(id, words=True) if MARK in line.entry.facts]
    return first_of_each(
        [
            Called(duty=duty, since=_known_since(entry))
            for entry in marked
            for duty in called_for(ENGLAND.duties, entry.words)
        ]
    )


def _known_since(entry: Entry) -> datetime:
    """When it was learned, by the delay that the entry keeps; for an addition, when it was added."""
    return entry.at - timedelta(minutes=int(entry.facts.get(times.RECORDED_AFTER, 0)))


async def beside(uow: UnitOfWork, form: Form, *, in_chat: bool = False, at: datetime) -> Form:
    """The last page before a concern is sent, with the duties that what was written so far calls for.

    That is the last look, or where it is urgent and goes without one, the page from which it is sent. Which duty it is
    would tell the chat what it is about (`in_chat`): there it stands behind the receipt alone.
    """
    if form.page < concern_form.LAST or form.page == meant_form.PAGE:
        return form
    draft = await uow.drafts.get(UUID(form.key))
    answers = {**(draft.answers if draft else {}), **form.values}
    if form.page == concern_form.LAST and not concern_form.is_urgent(answers):
        return form
    school = uow.school
    held = duty_form.called(answers, calendar=school.calendar, at=at)
    if in_chat:
        return duty_form.on(form, duty_form.in_a_chat(held))
    shown = duty_form.parts(held, calendar=school.calendar, at=at, outside=school.outside)
    return duty_form.on(form, (*duty_form.of_pictures(answers), *shown))


async def read_duty(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> Form:
    """The window behind the button on the receipt."""
    concern = await concern_for(uow, id, Doing.SEE_RECEIPT, by=by)
    held = await calls(uow, id)
    if not held:
        raise Refused("Nothing in this concern calls for a report of your own.")
    school = uow.school
    shown = duty_form.parts(held, calendar=school.calendar, at=at, outside=school.outside)
    return duty_form.form(keys.key(id), concern.reference, shown)


async def log_call(uow: UnitOfWork, id: ConcernId, typed: Answers, *, by: Person, at: datetime) -> Concern:
    """Keep the police's reference and when they were rung, or why it is not the reporter's to do. It closes nothing and
    settles nothing for the leads."""
    concern = await concern_for(uow, id, Doing.ADD, by=by)
    if not own(await uow.trail.of(id)).called:
        raise Refused("Nothing in this concern calls for a report of your own.")
    words = _call(typed, uow.school.calendar, at=at)
    deed = Deed.NOT_THEIRS if logged.NOT_THEIRS in words else Deed.REPORTED
    await record(uow, concern, because=Entry(deed=deed, at=at, by=by.id, thing=id, words=words))
    return concern


def _call(typed: Answers, calendar: Calendar, *, at: datetime) -> Answers:
    reader = Reader(typed)
    reader.check(duty_form.form("", "").fields())
    if reader.said(logged.NOT_THEIRS):
        _must_be_alone(reader)
    else:
        _must_be_whole(reader, calendar, at=at)
    reader.finish()
    return {name: reader.text(name) for name in logged.LABELS if reader.said(name)}


def _must_be_alone(reader: Reader) -> None:
    if reader.said(logged.REFERENCE):
        reader.complain(logged.NOT_THEIRS, "Give the reference, or say why it is not yours to do: not both.")


def _must_be_whole(reader: Reader, calendar: Calendar, *, at: datetime) -> None:
    for name, what in ((logged.REFERENCE, "Give the reference"), (logged.DATE, "Give the date of your call")):
        if not reader.said(name):
            reader.complain(name, f"{what}, or say below why it is not yours to do.")
    rung = reader.moment(logged.DATE, logged.TIME, calendar)
    if rung and (rung > at if reader.text(logged.TIME) else _day(rung, calendar) > _day(at, calendar)):
        reader.complain(logged.DATE, "This is in the future. Check the date and the time.")


def _day(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(calendar.zone).date()
