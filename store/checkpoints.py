"""Signs how far each log has come, and only what has grown out of what was signed before.

With each note its evidence is kept: the peaks of the log as they were at the note before, and the leaves since. They
lead to the root that is signed, so they need no signature; and they name the entry that somebody changed afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.school import SchoolId
from store import statements
from store.notes import Checkpoint, Signer, origin_of, read_note
from store.tables import heads
from store.trail_tables import NOBODYS, checkpoints, entries, turned_away, turned_away_head
from store.tree import HASH_BYTES, Peaks

_SIZE_BYTES = 8


class NotGrown(Exception):
    """The log is not what was signed before with entries added: it was changed, and is not signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What leads from one checkpoint to the next."""

    before: Peaks
    leaves: Sequence[bytes]

    def after(self) -> Peaks:
        peaks = Peaks(self.before.size, list(self.before.roots))
        peaks.extend(self.leaves)
        return peaks

    def packed(self) -> bytes:
        size = self.before.size.to_bytes(_SIZE_BYTES, "big")
        return size + self.before.packed() + b"".join(self.leaves)

    @classmethod
    def unpacked(cls, packed: bytes) -> "Evidence":
        """ValueError where it is none."""
        size = int.from_bytes(packed[:_SIZE_BYTES], "big")
        end = _SIZE_BYTES + size.bit_count() * HASH_BYTES
        rest = packed[end:]
        if len(packed) < end or len(rest) % HASH_BYTES:
            raise ValueError("this is no evidence")
        leaves = [rest[at : at + HASH_BYTES] for at in range(0, len(rest), HASH_BYTES)]
        return cls(before=Peaks.unpacked(size, packed[_SIZE_BYTES:end]), leaves=leaves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A checkpoint as it is kept, here and outside."""

    note: str
    evidence: bytes

    @property
    def checkpoint(self) -> Checkpoint:
        """Raises `NoNote`."""
        return read_note(self.note)


async def newest(connection: AsyncConnection, school: SchoolId | None) -> Kept | None:
    mine = select(checkpoints).where(checkpoints.c.school == (school or NOBODYS))
    row = (await connection.execute(mine.order_by(checkpoints.c.size.desc()).limit(1))).mappings().first()
    return None if row is None else _kept(row["note"], row["evidence"])


async def every(connection: AsyncConnection, school: SchoolId | None) -> Sequence[Kept]:
    """From the smallest."""
    mine = select(checkpoints.c.note, checkpoints.c.evidence).where(checkpoints.c.school == (school or NOBODYS))
    rows = await connection.execute(mine.order_by(checkpoints.c.size))
    return [_kept(note, evidence) for note, evidence in rows]


def _kept(note: bytes, evidence: bytes) -> Kept:
    return Kept(note=note.decode(errors="replace"), evidence=evidence)


async def sign(connection: AsyncConnection, school: SchoolId | None, signer: Signer) -> Kept | None:
    """Sign how far the log has come; None where nothing was added. Raises `NotGrown`, and keeps nothing then."""
    head, last = await _head(connection, school), await newest(connection, school)
    before = Peaks() if last is None else grown(last)
    if head.size == before.size:
        return None
    evidence = Evidence(before=before, leaves=await leaves_after(connection, school, before.size, head.size))
    if evidence.after() != head:
        raise NotGrown
    note = signer.sign(Checkpoint(origin=origin_of(school), size=head.size, root=head.root()))
    row = {"school": school or NOBODYS, "size": head.size, "note": note.encode(), "evidence": evidence.packed()}
    # Two processes may sign the same at once: it is the same note.
    await connection.execute(statements.insert(connection, checkpoints).values(row).on_conflict_do_nothing())
    return Kept(note=note, evidence=evidence.packed())


def grown(last: Kept) -> Peaks:
    """The log as it was when that was signed. Raises `NotGrown` where its evidence does not lead there."""
    try:
        peaks, told = Evidence.unpacked(last.evidence).after(), last.checkpoint
    except ValueError:
        raise NotGrown from None
    if (peaks.size, peaks.root()) != (told.size, told.root):
        raise NotGrown
    return peaks


async def _head(connection: AsyncConnection, school: SchoolId | None) -> Peaks:
    table = turned_away_head if school is None else heads
    query = select(table.c.sequence, table.c.peaks)
    row = (await connection.execute(query if school is None else query.where(heads.c.school == school))).first()
    try:
        return Peaks() if row is None else Peaks.unpacked(row.sequence, row.peaks)
    except ValueError:
        raise NotGrown from None


async def leaves_after(
    connection: AsyncConnection, school: SchoolId | None, after: int, until: int | None = None
) -> Sequence[bytes]:
    """As they are stored, up to the one at `until`, or to the end."""
    table, number = (turned_away, turned_away.c.id) if school is None else (entries, entries.c.sequence)
    mine: list[ColumnElement[bool]] = [number > after]
    mine += [] if school is None else [entries.c.school == school]
    mine += [] if until is None else [number <= until]
    return (await connection.execute(select(table.c.leaf).where(*mine).order_by(number))).scalars().all()
