"""What lists concerns for a day, a week or a month, where it stands: drawn again when a concern in it changes.

A digest that goes on saying "2 to accept" after both were accepted is not believed the next morning. One of a day that
is over stays as it was, until somebody loses a concern that may stand in it: then it is taken away (`withdraw`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid5

from handlers.ports import UnitOfWork
from handlers.rules import routing
from handlers.rules.concern import Concern


def digest(uow: UnitOfWork, day: date) -> UUID:
    return uuid5(uow.school.id, f"digest/{day.isoformat()}")


def huddle(uow: UnitOfWork, day: date) -> UUID:
    year, week, _ = day.isocalendar()
    return uuid5(uow.school.id, f"huddle/{year}-{week}")


def sample(uow: UnitOfWork, day: date) -> UUID:
    """The records that the leads look at in the month of that day."""
    return uuid5(uow.school.id, f"sample/{day:%Y-%m}")


async def follow(uow: UnitOfWork, concern: Concern) -> None:
    """Today's and this week's, where they stand and it may stand in them: nothing else may move them."""
    today = uow.school.calendar.today
    if today is not None and routing.fits_the_leads_place(concern, await uow.people.all()):
        await _again(uow, {digest(uow, today), huddle(uow, today)})


async def withdraw(uow: UnitOfWork, concern: Concern) -> None:
    """Somebody has just lost it: what lists it is drawn again, and goes where its day, week or month is over.

    It stands in none from before it came.
    """
    calendar = uow.school.calendar
    today = calendar.today
    if today is None:
        return
    came = concern.submitted_at.astimezone(calendar.zone).date()
    days = [*_days(came, today)]
    await _again(uow, {list_of(uow, day) for day in days for list_of in (digest, huddle, sample)})


async def _again(uow: UnitOfWork, subjects: set[UUID]) -> None:
    for notice in await uow.posts.standing_of(subjects):
        await uow.outbox.put(notice)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
