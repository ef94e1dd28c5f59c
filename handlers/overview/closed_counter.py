"""`/concern closed`: what is said of which days, shown with what it does, and done when it is sent as it was shown."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from handlers import staff
from handlers.conversation import CommandTyped, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Sent
from handlers.errors import InvalidForm
from handlers.overview import closed, closed_card, closed_effects, closed_form
from handlers.overview.closed import Said
from handlers.overview.closed_form import What
from handlers.ports import UnitOfWork
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.closed import LONGEST, Change
from handlers.rules.people import Person
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form
from handlers.ui.reader import Reader

TOO_LONG = f"That is more than {LONGEST} days. Ask your technician to change the school's file."
A_NAME = "This may name a child: “{word}” is a name on your list of pupils. Say why in other words, such as: snow."


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """The form, or the way to it."""
    closed.must_be_allowed(by)
    if inbound.in_chat:
        return Tell(closed_card.way_in(uow.school.id))
    return OpenForm(await _form(uow, keys.key(uow.school.id), at=at))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    del subject
    closed.must_be_allowed(by)
    return OpenForm(await _form(uow, keys.key(uow.school.id), at=at))


async def _form(uow: UnitOfWork, key: str, *, at: datetime) -> Form:
    return closed_form.form(key, await _said_before(uow, at=at))


async def _said_before(uow: UnitOfWork, *, at: datetime) -> Sequence[str]:
    calendar, names = uow.school.calendar, await staff.names(uow)
    lines = list[str]()
    for change, reason in await closed.standing(uow, at=at):
        until = f" It opens as usual from {say.date_of(change.back, calendar)}." if change.back else ""
        who = staff.name(names, change.by) if change.by else "a colleague"
        lines.append(f"{closed_card.words(change, calendar)}, says {who}: {reason.rstrip('.')}.{until}")
    return lines


async def _sent(uow: UnitOfWork, sent: Sent) -> Reply:
    """What it does, until it is sent as it was shown."""
    closed.must_be_allowed(sent.by)
    inbound, shown = sent.inbound, sent.inbound.page >= closed_form.SHOWN
    values = closed_form.carried(inbound) if shown else inbound.values
    if inbound.back:
        return NextPage(closed_form.form(inbound.key, await _said_before(uow, at=sent.at), values))
    reader = keys.check(closed_form.form(inbound.key), values)
    said = _meant(reader, uow.school.calendar, at=sent.at, shown=shown)
    await _must_name_nobody(uow, said.reason)
    if shown:
        new = await closed.say(uow, said, by=sent.by, at=sent.at)
        return _done(said, new)
    new = await closed.with_it(uow, said)
    effects = await closed_effects.shown(uow, new, by=sent.by, at=sent.at)
    return NextPage(closed_form.looked_at(inbound.key, _in_words(said, new), effects, _as_understood(reader, said)))


def _in_words(said: Said, calendar: Calendar) -> str:
    if said.change is not None:
        return closed_card.words(said.change, calendar)
    assert said.back is not None
    return closed_card.as_usual(said.back, calendar)


def _done(said: Said, new: Calendar) -> Tell:
    if said.change is None:
        return Tell(closed_card.done(_in_words(said, new), closed_card.STAYS_NOW))
    again = "" if said.change.opens else closed_card.opens_again(said.change, new)
    return Tell(closed_card.done(_in_words(said, new), again))


def _as_understood(reader: Reader, said: Said) -> Answers:
    change, what = said.change, reader.text("what")
    if change is None:
        assert said.back is not None
        return {"what": what, "first": said.back.isoformat(), "reason": said.reason}
    clock = change.opens or change.closes
    last = {"last": change.last.isoformat()} if what == What.CLOSED else {}
    at = {"clock": f"{clock:%H:%M}"} if clock else {}
    return {"what": what, "first": change.first.isoformat(), **last, **at, "reason": said.reason}


def _meant(reader: Reader, calendar: Calendar, *, at: datetime, shown: bool) -> Said:
    """Raises `InvalidForm` where it cannot be so. `shown`: the moment that it names may have passed while it was read.
    """
    what, reason, today = What(reader.text("what")), reader.text("reason"), at.astimezone(calendar.zone).date()
    first = _day(reader, "first") or today
    if first < today:
        raise InvalidForm({"first": "This day has passed. Choose today or a later one."})
    if what is What.AS_USUAL:
        return Said(change=None, back=first, reason=reason)
    if what is What.CLOSED:
        change = _closed(reader, first, calendar, at=at, shown=shown)
    else:
        change = _other_hours(reader, what, first, calendar, at=at, shown=shown)
    return Said(change=change, back=None, reason=reason)


def _closed(reader: Reader, first: date, calendar: Calendar, *, at: datetime, shown: bool) -> Change:
    last, clock, local = _day(reader, "last") or first, _clock(reader), at.astimezone(calendar.zone)
    hours = calendar.hours(first)
    if last < first:
        raise InvalidForm({"last": "The last day must not be before the first."})
    if (last - first).days >= LONGEST:
        raise InvalidForm({"last": TOO_LONG})
    if first == local.date() and clock is None and local.time() >= hours.opens and not shown:
        clock = local.time().replace(second=0, microsecond=0)
        if not calendar.is_open(at):
            first, clock = first + timedelta(days=1), None
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if not any(calendar.is_school_day(day) for day in days):
        raise InvalidForm({"first": "School is closed then already. Say which school day is closed."})
    if clock is not None:
        _must_be_ahead(first, clock, calendar, at=at, shown=shown)
        if clock >= hours.closes:
            raise InvalidForm({"clock": f"School closes at {hours.closes:%H:%M} that day anyway. Choose another time."})
        clock = clock if clock > hours.opens else None
    return Change(first=first, last=last, closes=clock)


def _other_hours(
    reader: Reader, what: What, day: date, calendar: Calendar, *, at: datetime, shown: bool
) -> Change:
    clock, last, ordinary = _clock(reader), _day(reader, "last"), calendar.as_in_the_file()
    if clock is None:
        raise InvalidForm({"clock": "Say at what time."})
    if last not in {None, day}:
        raise InvalidForm({"last": "Leave this blank: other hours are said of one day."})
    late = what is What.LATE
    if not (ordinary if late else calendar).is_school_day(day):
        raise InvalidForm({"first": "School is closed on that day. Choose a school day."})
    opens, closes = (one.hours(day) for one in ((ordinary, calendar) if late else (calendar, ordinary)))
    if not opens.opens < clock < closes.closes:
        raise InvalidForm({"clock": f"School is open from {opens.opens:%H:%M} to {closes.closes:%H:%M} that day."})
    if late:
        return Change(first=day, last=day, opens=clock)
    _must_be_ahead(day, clock, calendar, at=at, shown=shown)
    return Change(first=day, last=day, closes=clock)


def _must_be_ahead(day: date, clock: time, calendar: Calendar, *, at: datetime, shown: bool) -> None:
    now = at.replace(second=0, microsecond=0)
    if not shown and datetime.combine(day, clock, calendar.zone) < now:
        raise InvalidForm({"clock": "This time has passed. Choose a later one; left blank, it is closed from now."})


def _day(reader: Reader, name: str) -> date | None:
    return date.fromisoformat(reader.text(name)) if reader.text(name) else None


def _clock(reader: Reader) -> time | None:
    return time.fromisoformat(reader.text("clock")) if reader.text("clock") else None


async def _must_name_nobody(uow: UnitOfWork, reason: str) -> None:
    if word := await closed.names_a_child(uow, reason):
        raise InvalidForm({"reason": A_NAME.format(word=word)})


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """Without what stood over it: that is shown again once it can be understood."""
    del uow
    return closed_form.as_typed(inbound)


COUNTER = Counter(
    presses={Press.CLOSED: _open},
    forms={
        closed_form.ID: Filed(
            take=_sent, blank=closed_form.blank, again=_again, as_typed=closed_form.as_typed,
            unasked="It belongs to no concern, and is read by those alone who may say it.",
        )
    },
)
