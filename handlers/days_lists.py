"""What stands in the leads' places for the day and for the week: drawn again when a concern in it changes.

A digest that goes on saying "2 to accept" after both were accepted is not believed the next morning.
"""

from datetime import date
from uuid import UUID, uuid5

from handlers.ports import UnitOfWork
from handlers.rules import routing
from handlers.rules.concern import Concern


def digest(uow: UnitOfWork, day: date) -> UUID:
    return uuid5(uow.school.id, f"digest/{day.isoformat()}")


def huddle(uow: UnitOfWork, day: date) -> UUID:
    year, week, _ = day.isocalendar()
    return uuid5(uow.school.id, f"huddle/{year}-{week}")


async def follow(uow: UnitOfWork, concern: Concern) -> None:
    """Today's and this week's, where they stand and that concern may stand in them: nothing else may move them."""
    if routing.fits_the_leads_place(concern, await uow.people.all()):
        await draw_again(uow)


async def draw_again(uow: UnitOfWork) -> None:
    """Also where somebody has just lost a concern that stood in them until now."""
    today = uow.school.calendar.today
    if today is None:
        return
    for notice in await uow.posts.standing_of((digest(uow, today), huddle(uow, today))):
        await uow.outbox.put(notice)
