"""What the operator may count of a school: nothing in it tells one concern from another, and nothing is a name."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.concern import Status
from handlers.rules.school import SchoolId
from handlers.rules.trouble import Trouble
from store.delivery_tables import outbox
from store.tables import concerns
from store.trouble_tables import troubles

Counts = Mapping[SchoolId, Mapping[str, int]]


async def counted(connection: AsyncConnection, schools: Collection[SchoolId]) -> Counts:
    """Of each of those schools, and of no other that the database may hold."""
    unaccepted = concerns.c.owner.is_(None) & concerns.c.status.in_((Status.SUBMITTED, Status.SEEN))
    found = {
        "outbox_waiting": await _by_school(connection, outbox.c.school, outbox.c.state != "dead"),
        "outbox_dead": await _by_school(connection, outbox.c.school, outbox.c.state == "dead"),
        "outbox_stuck": await _by_school(connection, outbox.c.school, outbox.c.aside_at.is_not(None)),
        "concerns_unaccepted": await _by_school(
            connection, concerns.c.school, unaccepted & concerns.c.drill.is_(False)
        ),
    }
    rows = await connection.execute(select(troubles.c.school, troubles.c.trouble).distinct())
    lasting = {(row[0], row[1]) for row in rows}
    return {
        school: {
            **{f"trouble_{trouble}": int((school, trouble) in lasting) for trouble in Trouble},
            **{name: counts.get(school, 0) for name, counts in found.items()},
        }
        for school in schools
    }


async def _by_school(
    connection: AsyncConnection, school: ColumnElement[SchoolId], wanted: ColumnElement[bool]
) -> Mapping[SchoolId, int]:
    rows = await connection.execute(select(school, func.count()).where(wanted).group_by(school))
    return {row[0]: row[1] for row in rows}
