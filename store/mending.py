"""Before a school is opened: the head of a trail that does not fit it is made anew, else nothing could be written.

What was made anew is told like every damaged row, and the trail keeps that it was. It hides nothing: what was taken
away or put in is named by its neighbours, by checkpoints and by receipts (`store.verifying`).
"""

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Damage
from handlers.rules.school import SchoolId
from store.damage import UNREADABLE, is_torn
from store.delivery_tables import outbox, posts
from store.head import NO_LEAF
from store.tables import heads
from store.trail_tables import entries, turned_away, turned_away_head
from store.tree import HASH_BYTES, Peaks, leaf_of
from store.verifying import Log


async def mend(connection: AsyncConnection, school: SchoolId) -> set[Damage]:
    """Make the head of that school's trail anew where it does not fit; which was."""
    return set() if await _fits(connection, school) else await _mend_head(connection, school)


async def mend_nobodys(connection: AsyncConnection) -> set[Damage]:
    """The same of the log of those who were turned away."""
    if await _goes_on(connection, Log(None)):
        return set()
    row = await _head_of(connection, Log(None))
    await connection.execute(update(turned_away_head).values(**row))
    return {Damage(table=turned_away_head.name, id="1")}


async def _fits(connection: AsyncConnection, school: SchoolId) -> bool:
    if not await _goes_on(connection, Log(school)):
        return False
    counts = (await connection.execute(select(heads.c.serial, heads.c.roll).where(heads.c.school == school))).one()
    whole = all(isinstance(count, int) for count in counts)
    return whole and counts.serial >= await _newest_serial(connection, school)


async def _goes_on(connection: AsyncConnection, log: Log) -> bool:
    """Whether its head can be read, and the next entry has a free place."""
    try:
        head = await log.head(connection)
    except Exception as error:
        if not (isinstance(error, UNREADABLE) or is_torn(error)):
            raise
        return False
    last = await connection.scalar(log.last) or 0
    return head is not None and len(head[0]) == HASH_BYTES and head[1].size >= last


async def _newest_serial(connection: AsyncConnection, school: SchoolId) -> int:
    numbers = [(outbox, outbox.c.id), (posts, posts.c.serial)]
    found = [await connection.scalar(select(func.max(number)).where(table.c.school == school))
             for table, number in numbers]  # fmt: skip
    return max((number for number in found if isinstance(number, int)), default=0)


async def _mend_head(connection: AsyncConnection, school: SchoolId) -> set[Damage]:
    row = await _head_of(connection, Log(school))
    serial = await _newest_serial(connection, school) + 1
    moved = {**row, "serial": serial, "roll": serial}  # another roll than any that is held in memory
    await connection.execute(update(heads).where(heads.c.school == school).values(**moved))
    return {Damage(table=heads.name, id=str(school))}


async def _head_of(connection: AsyncConnection, log: Log) -> dict[str, object]:
    """As it must be to go on behind what is stored. In the place of an entry that is missing stands an empty leaf."""
    if log.school is None:
        query = select(turned_away.c.id, turned_away.c.body, turned_away.c.leaf).order_by(turned_away.c.id)
    else:
        columns = (entries.c.sequence, entries.c.body, entries.c.leaf)
        query = select(*columns).where(entries.c.school == log.school).order_by(entries.c.sequence)
    leaves: list[bytes] = []
    for sequence, body, leaf in await connection.execute(query):
        leaves += [NO_LEAF] * (sequence - len(leaves) - 1)
        leaves.append(leaf if len(leaf) == HASH_BYTES else leaf_of(body))
    peaks = Peaks()
    peaks.extend(leaves)
    newest = leaves[-1] if leaves else NO_LEAF
    return {"sequence": peaks.size, "newest": newest, "peaks": peaks.packed()}
