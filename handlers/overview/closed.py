"""School is closed, closes early, opens late: said by whoever leads safeguarding, and followed by every clock at once.

What was said stands in the trail under the school's own id (`rules.closed`), and each unit of work's calendar has it.
Here it is written, and told: to the leads, and to each reporter whose time has moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers import board_standing, notices, staff
from handlers.errors import Refused
from handlers.notice import Notice, NoticeKind
from handlers.overview import closed_card, closed_effects
from handlers.ports import UnitOfWork
from handlers.reporter.receipt_card import MOVED
from handlers.rules import closed, lookup, typed_words
from handlers.rules.as_a_name import stands_as_a_name
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.closed import Change
from handlers.rules.concern import Concern, ReporterAs
from handlers.rules.people import LEADS, Person, Role
from handlers.ui.card import Card

MAY_SAY = LEADS | {Role.HEAD}
NOT_FOR_STAFF = "This is for the safeguarding leads and the head. Tell one of them that school is closed."
NOTHING_SAID = "Nothing is said of these days, so there is nothing to take back. School opens as its file says."
STEP = "said_"
"""Begins the step of the card that tells of it; the number of its entry follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says: something of some days, or (`back`) that from a day on nothing of it holds any more."""

    change: Change | None
    back: date | None
    reason: str


def must_be_allowed(by: Person) -> None:
    if not by.among(MAY_SAY):
        raise Refused(NOT_FOR_STAFF)


async def names_a_child(uow: UnitOfWork, reason: str) -> str:
    """A word of it that is a name on the list of pupils, and does not stand there as an ordinary word; else empty."""
    words = tuple(typed_words.read(reason))
    for at, word in enumerate(words):
        as_a_name = stands_as_a_name(reason, words, at) if word.capital else not word.plain
        if as_a_name and any(word.text in lookup.fold(one.name).split() for one in await uow.pupils.search(word.text)):
            return word.typed
    return ""


async def changes(uow: UnitOfWork) -> tuple[Change, ...]:
    return closed.read(await uow.trail.of(uow.school.id))


async def standing(uow: UnitOfWork, *, at: datetime) -> Sequence[tuple[Change, str]]:
    """What holds today or later, in order, each with the reason that was given."""
    today = at.astimezone(uow.school.calendar.zone).date()
    lines = await uow.trail.of(uow.school.id, words=True)
    reasons = {line.sequence: str(line.entry.words.get("reason", "")) for line in lines}
    return [(change, reasons.get(change.number, "")) for change in closed.standing(closed.read(lines), today)]


async def with_it(uow: UnitOfWork, said: Said) -> Calendar:
    """The calendar as it would be. Refused where there is nothing to take back."""
    before = await changes(uow)
    if said.change is not None:
        return closed.said((*before, said.change), uow.school.calendar)
    held = _taken_back(before, said)
    if not held:
        raise Refused(NOTHING_SAID)
    rest = [next((one for one in held if one.number == change.number), change) for change in before]
    return closed.said(rest, uow.school.calendar)


def _taken_back(before: Sequence[Change], said: Said) -> list[Change]:
    assert said.back is not None
    return [closed.taken_back(change, today=said.back) for change in closed.standing(before, said.back)]


async def say(uow: UnitOfWork, said: Said, *, by: Person, at: datetime) -> Calendar:
    """Write it down; the leads' places and whoever waits by another time from here are told. The calendar after it."""
    new = await with_it(uow, said)
    for kept in await _written(uow, said, by=by, at=at):
        await _tell_the_leads(uow, kept)
    for concern in await uow.concerns.open():
        if not concern.drill and await closed_effects.moves(uow, concern, new, at=at):
            await _follows(uow, concern, new, at=at)
    await board_standing.refresh_all(uow)
    return new


async def _written(uow: UnitOfWork, said: Said, *, by: Person, at: datetime) -> Sequence[Sealed]:
    words, school = {"reason": said.reason}, uow.school.id
    if said.change is not None:
        facts = said.change.facts()
        entry = Entry(deed=Deed.SCHOOL_CLOSED, at=at, by=by.id, thing=school, facts=facts, words=words)
        return (await uow.trail.append(entry),)
    held = _taken_back(await changes(uow), said)
    written = [
        Entry(deed=Deed.SCHOOL_OPEN, at=at, by=by.id, thing=school, facts=closed.back_facts(one), words=words)
        for one in held
    ]
    kept = [await uow.trail.append(entry) for entry in written]
    stood = {f"{STEP}{one.number}" for one in held}
    for notice in await uow.posts.standing(school):
        if notice.step in stood:
            await uow.outbox.put(notice)
    return kept[-1:]


async def _tell_the_leads(uow: UnitOfWork, kept: Sealed) -> None:
    step = f"{STEP}{kept.sequence}"
    for place in uow.school.leads_places:
        await uow.outbox.put(Notice(kind=NoticeKind.CLOSED, place=place, subject=uow.school.id, step=step))
    if not uow.school.leads_places:
        await notices.tell(uow, NoticeKind.CLOSED, await notices.leads(uow), uow.school.id, step=step)


async def _follows(uow: UnitOfWork, concern: Concern, new: Calendar, *, at: datetime) -> None:
    """Its cards show the new times; its reporter reads theirs in a message of its own, where they wait by another."""
    reporter = await uow.people.get(concern.reporter)
    if reporter is not None and _reads(reporter, concern) and await _waits_otherwise(uow, concern, new, at=at):
        number = (await uow.trail.of(uow.school.id))[-1].sequence
        await notices.tell(uow, NoticeKind.RECEIPT, (reporter,), concern.id, step=f"{MOVED}{number}")
    await notices.refresh(uow, concern)


def _reads(reporter: Person, concern: Concern) -> bool:
    return concern.reporter_as is ReporterAs.STAFF and may(reporter, Doing.SEE_RECEIPT, concern)


async def _waits_otherwise(uow: UnitOfWork, concern: Concern, new: Calendar, *, at: datetime) -> bool:
    """Not where it counts as "now" from this moment: of that they are told as of every other."""
    since = await notices.waits_since(uow, concern)
    before, after = (
        closed_effects.expects(concern, one, since=since, at=at) for one in (uow.school.calendar, new)
    )
    return before != after and not closed_effects.wakes_by(concern, new, since=since, at=at)


async def draw(uow: UnitOfWork, notice: Notice, _: datetime) -> Card | None:
    """What was said, and by whom; that it was taken back, where it was."""
    lines = await uow.trail.of(uow.school.id)
    line = next((one for one in lines if f"{STEP}{one.sequence}" == notice.step), None)
    if line is None or line.entry.by is None:
        return None
    calendar, who = uow.school.calendar, await staff.name_of(uow, line.entry.by)
    if line.entry.deed is Deed.SCHOOL_OPEN:
        day = date.fromisoformat(line.entry.facts["from"])
        return closed_card.card(closed_card.as_usual(day, calendar), who, line.entry.at, calendar)
    change = next((one for one in closed.read(lines) if one.number == line.sequence), None)
    if change is None:
        return None
    words = closed_card.words(replace(change, back=None), calendar)
    return closed_card.card(words, who, line.entry.at, calendar, back=change.back)
