"""The week of each form tutor: what they owe and what is shared with them, once a week, to themselves alone.

Nothing in it was not told to them before, and nobody whose list is empty has one. Not allowed here: anything by reason
of being a tutor. It stands among the boards (`board_standing`), and so follows whatever they lose.
"""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from handlers import board_standing, notices
from handlers.notice import Notice, NoticeKind
from handlers.overview import board
from handlers.overview.tutor_card import Week, tutor_card
from handlers.overview.waits import in_order
from handlers.ports import UnitOfWork
from handlers.rules import clocks, routing
from handlers.rules.concern import Urgency
from handlers.rules.order import Weight
from handlers.rules.people import Person
from handlers.ui import say
from handlers.ui.card import Card, Press
from handlers.ui.lines import Line


async def send_weeks(uow: UnitOfWork, *, at: datetime) -> bool:
    """Put each tutor's card into the outbox, once a week, whoever asks and however often. True where there was one."""
    calendar = uow.school.calendar
    year, week, _ = at.astimezone(calendar.zone).date().isocalendar()
    step = f"{year}-{week:02d}"
    subject = uuid5(uow.school.id, "tutors")
    if not clocks.huddle_due(calendar, at=at) or not await uow.steps.take(subject, step, at=at):
        return False
    cards = [await _notice(uow, one, step, at=at) for one in await uow.people.all() if one.tutor_of]
    sent = [notice for notice in cards if notice is not None]
    for notice in sent:
        await uow.outbox.put(notice)
    return bool(sent)


async def _notice(uow: UnitOfWork, person: Person, step: str, *, at: datetime) -> Notice | None:
    """None where nothing waits for them, or there is no chat with them."""
    place = await notices.place_of(uow, person)
    if place is None or not (await week_of(uow, person, at=at)).lists():
        return None
    return replace(board_standing.board_of(uow, person, place), kind=NoticeKind.TUTOR, step=step)


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """As things stand now; nothing once nothing waits for them."""
    person = await uow.people.get(notice.to) if notice.to else None
    week = await week_of(uow, person, at=at) if person is not None and person.active else Week()
    return tutor_card(week) if week.lists() else None


async def week_of(uow: UnitOfWork, person: Person, *, at: datetime) -> Week:
    owed = (await board.waits(uow, by=person, at=at)).owed
    first = min((line.weight.since for line in owed), default=None)
    return Week(
        owed=owed,
        shared=in_order(await _shared(uow, person, at=at)),
        first_due=say.moment(first, uow.school.calendar) if first else "",
    )


async def _shared(uow: UnitOfWork, person: Person, *, at: datetime) -> list[Line]:
    """What they may read for a time. How its concern stands is not told: they were not told that before."""
    found: list[Line] = []
    for given in await uow.shares.given_to(person.id):
        concern = await uow.concerns.get(given.concern) if given.live(at=at) else None
        if concern is not None and not concern.drill and person.id not in routing.conflicted(concern):
            until = f"Until {say.moment(given.until, uow.school.calendar)}"
            found.append(
                Line(
                    name=concern.reference, state=until, press=Press.READ_SHARE, subject=given.id,
                    version=given.version, weight=Weight(urgency=Urgency.RECORD, since=given.until),
                )
            )  # fmt: skip
    return found
