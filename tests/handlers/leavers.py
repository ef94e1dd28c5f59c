"""Somebody leaves the staff: as the load of a file without them does it."""

from sqlalchemy import update

from handlers.rules.people import PersonId
from store.tables import heads, people
from store.unit_of_work import Units


async def leaves_the_staff(units: Units, id: PersonId) -> None:
    async with units._writing(*units.schools()) as connection:
        await connection.execute(update(people).where(people.c.id == id).values(active=False))
        await connection.execute(update(heads).values(roll=heads.c.roll + 1))
