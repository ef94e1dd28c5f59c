"""Somebody named says why the child is safe until school opens again: then nothing of it counts as "now" until then.

Whoever has the concern may say it, its owner or not; the name and the reason stay in the record (DOMAIN, "Nothing
sleeps").
"""

from datetime import datetime
from uuid import UUID

from handlers.access import concern_for
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.errors import InvalidForm
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules import home_time
from handlers.rules.authority import Doing
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.triage import owning_form
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form
from handlers.ui.reader import Reader


async def say_safe(
    uow: UnitOfWork, id: ConcernId, reason: str, *, until: datetime, by: Person, at: datetime
) -> Concern:
    """Refused where nobody owns it, where it is decided, and for longer than until school opens again."""
    concern = await concern_for(uow, id, Doing.SAFE_UNTIL, by=by)
    safe = home_time.say_safe(concern, until=until, by=by.id, at=at, calendar=uow.school.calendar)
    entry = Entry(
        deed=Deed.SAFE_UNTIL, at=at, by=by.id, thing=id, facts={"until": until.isoformat()}, words={"reason": reason}
    )
    await record(uow, safe, because=entry)
    return safe


async def _opened(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SAFE_UNTIL, by=by)
    home_time.must_be_sayable(concern)
    return OpenForm(_form(keys.key(subject), concern, uow.school.calendar, at=at))


def _form(key: str, concern: Concern, calendar: Calendar, *, at: datetime) -> Form:
    return owning_form.safe(key, concern.reference, until=say.moment(home_time.latest(at, calendar), calendar))


async def _said(uow: UnitOfWork, sent: Sent) -> str:
    until = _until(sent.reader, uow.school.calendar, at=sent.at)
    concern = await say_safe(uow, ConcernId(sent.id), sent.reader.text("reason"), until=until, by=sent.by, at=sent.at)
    when = say.moment(until, uow.school.calendar)
    return f"Concern {concern.reference} may wait until {when}. Your reason is kept with your name."


def _until(reader: Reader, calendar: Calendar, *, at: datetime) -> datetime:
    """What was given; when school opens again where nothing was."""
    day, clock = reader.text(owning_form.UNTIL_DATE), reader.text(owning_form.UNTIL_TIME)
    if bool(day) != bool(clock):
        missing = owning_form.UNTIL_TIME if day else owning_form.UNTIL_DATE
        raise InvalidForm({missing: "Give both the date and the time, or leave both blank."})
    given = reader.moment(owning_form.UNTIL_DATE, owning_form.UNTIL_TIME, calendar)
    return given or home_time.latest(at, calendar)


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    return owning_form.safe(inbound.key, concern.reference if concern else "")


COUNTER = Counter(
    presses={Press.SAFE_UNTIL: _opened},
    forms={
        owning_form.SAFE: Filed(take=_said, blank=owning_form.safe, again=_again, doing=Doing.SAFE_UNTIL),
    },
)
