"""What the operator may count of a school: nothing in it tells one concern from another, and nothing is a name."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.concern import Status
from handlers.rules.school import SchoolId
from handlers.rules.trouble import Trouble
from store.delivery_tables import outbox
from store.outbox import DEAD
from store.tables import concerns
from store.trouble_tables import troubles
from store.work import SCHOOL

Counts = Mapping[SchoolId, Mapping[str, int]]


def _many(table: Table, *wanted: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(table).where(table.c.school == SCHOOL, *wanted)


_WAITING = _many(outbox, outbox.c.state != DEAD)
_DEAD = _many(outbox, outbox.c.state == DEAD)
_STUCK = _many(outbox, outbox.c.aside_at.is_not(None))
_UNACCEPTED = _many(
    concerns, concerns.c.status.in_((Status.SUBMITTED, Status.SEEN)), concerns.c.owner.is_(None),
    concerns.c.drill.is_(False),
)  # fmt: skip
_LASTING = select(troubles.c.trouble).where(troubles.c.school == SCHOOL)
_COUNTED = {
    "outbox_waiting": _WAITING, "outbox_dead": _DEAD, "outbox_stuck": _STUCK, "concerns_unaccepted": _UNACCEPTED,
}  # fmt: skip


async def counted(connection: AsyncConnection, schools: Collection[SchoolId]) -> Counts:
    """Of each of those schools, and of no other that the database may hold: one after the other, by the indexes."""
    return {school: await _of(connection, school) for school in schools}


async def _of(connection: AsyncConnection, school: SchoolId) -> Mapping[str, int]:
    lasting = set(await connection.scalars(_LASTING, {"school": school}))
    return {
        **{f"trouble_{trouble}": int(trouble in lasting) for trouble in Trouble},
        **{name: await connection.scalar(query, {"school": school}) or 0 for name, query in _COUNTED.items()},
    }
