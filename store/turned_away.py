"""Those who were turned away: a log like a school's trail, of nobody's school. No word of what was sent is in it."""

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.chronology import Entry
from store.bodies import Place, body_of
from store.cause import cause
from store.trail_tables import turned_away, turned_away_head
from store.tree import Peaks, leaf_of


async def keep(connection: AsyncConnection, entry: Entry) -> None:
    """Add it; whoever comes at the same time waits. ValueError for words: what somebody sent is not kept."""
    if entry.words:
        raise ValueError("what somebody sent who was turned away is not kept")
    head = (await connection.execute(select(turned_away_head).with_for_update())).mappings().one()
    peaks = Peaks.unpacked(head["sequence"], head["peaks"])
    place = Place(school=None, sequence=peaks.size + 1, after=head["newest"])
    body = body_of(entry, place, words=None, cause=cause())
    leaf = leaf_of(body)
    await connection.execute(insert(turned_away).values(id=place.sequence, body=body, leaf=leaf))
    peaks.add(leaf)
    moved = {"sequence": peaks.size, "newest": leaf, "peaks": peaks.packed()}
    await connection.execute(update(turned_away_head).values(moved))
