"""Brings rows under the trail that a program wrote whose entries told of none: at the start, as they stand then.

How they stood before nobody knows. So that this was done, and up to which entry, is an entry itself; what no entry was
about is left out, and named by whoever verifies.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from handlers.rules.chronology import Deed, Entry
from store.audit import Trail
from store.memory import Row
from store.packing import pages
from store.row_verdicts import standing, untold
from store.trail_tables import entries
from store.wrote import CARRIED

_ROWS = 200
"""Of which one entry tells."""


async def bring_under(trail: Trail, *, at: datetime) -> int:
    """How many were brought. Only in the school's turn; it costs one look into an index where there is nothing to do.
    """
    work = trail.work
    things = await untold(work.connection, work.school, after=await _so_far(trail))
    if not things:
        return 0
    found = [(name, row) for name in CARRIED for row in await _of(trail, name, set(things))]
    for some in [*pages(found, _ROWS)] or [()]:
        for name, row in some:
            work.tell(CARRIED[name], row)
        facts = {"rows": str(len(some)), "entries": str(max(things.values()))}
        await trail.append(Entry(deed=Deed.BROUGHT_UNDER, at=at, by=None, thing=work.school, facts=facts))
    return len(found)


async def _so_far(trail: Trail) -> int:
    """Up to which entry it was done before."""
    query = select(func.max(entries.c.sequence).label("last"))
    its = (entries.c.school == trail.work.school, entries.c.deed == Deed.BROUGHT_UNDER.value)
    row = await trail.work.first(query.where(*its))
    return row["last"] or 0 if row else 0


async def _of(trail: Trail, name: str, things: set[UUID]) -> list[Row]:
    rows = [row async for row in standing(trail.work.connection, trail.work.school, name)]
    return [row for row in rows if row.get("id") in things or row.get("concern") in things]
