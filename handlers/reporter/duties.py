"""Personal duties of whoever reports: what their words call for, the log of their call, the reminder. Use cases.

Nobody discharges a duty for another: accepting, deciding, closing leave it as it is, and only the reporter logs it.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from handlers import notices, ticking
from handlers.access import concern_for
from handlers.account import form as concern_form
from handlers.account import logged, meant_form, times
from handlers.account import logged as account_logged
from handlers.errors import Refused
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.reporter import duty_form
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.duty import MARK, Called, called_for, first_of_each, own, remind_on
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.school import SchoolId
from handlers.ui import keys, say
from handlers.ui.form import Form, is_date
from handlers.ui.reader import Reader

LOOKED_AT = timedelta(days=30)
"""Closed concerns are looked at for so long after they were sent; open ones always."""
LATEST = timedelta(days=7)
"""A reminder that is later than this is not sent: it would come out of the blue."""


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


async def beside(uow: UnitOfWork, form: Form, *, at: datetime) -> Form:
    """The last page before a concern is sent, with the duties that what was written so far calls for.

    That is the last look, or where it is urgent and goes without one, the page from which it is sent.
    """
    if form.page < concern_form.LAST or form.page == meant_form.PAGE:
        return form
    draft = await uow.drafts.get(UUID(form.key))
    answers = {**(draft.answers if draft else {}), **form.values}
    if form.page == concern_form.LAST and not concern_form.is_urgent(answers):
        return form
    school = uow.school
    held = duty_form.called(answers, calendar=school.calendar, at=at)
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
    """Keep the police's reference and when they were rung. It closes nothing and settles nothing for the leads."""
    concern = await concern_for(uow, id, Doing.ADD, by=by)
    if not own(await uow.trail.of(id)).called:
        raise Refused("Nothing in this concern calls for a report of your own.")
    words = _call(typed, uow.school.calendar, at=at)
    await record(uow, concern, because=Entry(deed=Deed.REPORTED, at=at, by=by.id, thing=id, words=words))
    return concern


def _call(typed: Answers, calendar: Calendar, *, at: datetime) -> Answers:
    reader = Reader(typed)
    reader.check(duty_form.form("", "").fields())
    rung = reader.moment(account_logged.DATE, account_logged.TIME, calendar)
    if rung and (rung > at if reader.text(account_logged.TIME) else _day(rung, calendar) > _day(at, calendar)):
        reader.complain(account_logged.DATE, "This is in the future. Check the date and the time.")
    reader.finish()
    return {name: reader.text(name) for name in logged.LABELS if reader.text(name)}


async def remind_all(units: UnitsOfWork, *, at: datetime) -> int:
    """On the morning of each working day: whoever has a duty due and has not logged it. Returns how many are told."""
    told = await ticking.each(
        units, lambda uow: _to_look_at(uow, at=at), lambda uow, one: _remind(uow, one, at=at)
    )
    await ticking.each(units, ticking.once, lambda uow, _: _looked(uow, at=at))
    return told


async def _to_look_at(uow: UnitOfWork, *, at: datetime) -> list[ConcernId]:
    """Every concern that may hold one, once a morning."""
    day, begun = _morning(uow.school.calendar, at)
    if not begun or day in await uow.steps.taken(_of_the_day(uow.school.id)):
        return []
    recent = await uow.concerns.since(at - LOOKED_AT, at)
    return list(dict.fromkeys(concern.id for concern in (*recent, *await uow.concerns.open())))


async def _looked(uow: UnitOfWork, *, at: datetime) -> bool:
    day, begun = _morning(uow.school.calendar, at)
    return begun and await uow.steps.take(_of_the_day(uow.school.id), day, at=at)


async def _remind(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    reporter = await uow.people.get(concern.reporter) if concern else None
    if concern is None or reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return False
    day = await _due_since(uow, concern, at=at)
    if not day or not await uow.steps.take(id, f"duty_{day}", at=at):
        return False
    await uow.trail.append(Entry(deed=Deed.REMINDED, at=at, by=None, thing=id))
    await notices.tell(uow, NoticeKind.DUTY, (reporter,), id, step=f"duty_{day}")
    return True


def due_on(step: str, calendar: Calendar) -> str:
    """The day that a reminder's step names, as it is shown: `Wed 25 Nov`; empty for any other step."""
    _, _, day = step.partition("_")
    return say.date_of(date.fromisoformat(day), calendar) if is_date(day) else ""


async def _due_since(uow: UnitOfWork, concern: Concern, *, at: datetime) -> str:
    """The day on whose morning a duty in force was due and still is; empty where there is nothing to remind of."""
    held = own(await uow.trail.of(concern.id))
    if not held.called or held.logged_at is not None:
        return ""
    calendar = uow.school.calendar
    today = _day(at, calendar)
    days = [
        remind_on(calendar, since=call.since) for call in await calls(uow, concern.id) if call.duty.binding(today)
    ]
    due = [day for day in days if today - LATEST <= day <= today]
    return max(due).isoformat() if due else ""


def _morning(calendar: Calendar, at: datetime) -> tuple[str, bool]:
    """The day, and whether its morning has come: an hour before school opens, on a working day, holidays included."""
    day = _day(at, calendar)
    return day.isoformat(), calendar.is_working_day(day) and at >= calendar.opening(day) - timedelta(hours=1)


def _day(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(calendar.zone).date()


def _of_the_day(school: SchoolId) -> UUID:
    return uuid5(school, "duties")
