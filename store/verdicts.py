"""Holds a log against every checkpoint of it that is known, here and outside, and names the first entry that differs.

A checkpoint whose log was changed since tells so by its root; which entry it was, its evidence tells. The evidence
leads to the root that was signed, or it is not believed.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.school import SchoolId
from store.checkpoints import Evidence, Kept, leaves_after
from store.head import NO_LEAF
from store.inspecting.notes import Line, spoken
from store.notes import NoNote, is_signed, origin_of
from store.trail_tables import entries
from store.verifying import Fault, Log, walk

_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    entries: int
    """How many of the log were followed."""
    checkpoints: int
    signed: int
    """Up to which entry a checkpoint agrees."""
    fault: Fault | None


async def judge(
    connection: AsyncConnection,
    school: SchoolId | None,
    known: Sequence[Kept],
    *,
    public: bytes | None,
    line: Line | None = None,
) -> Verdict:
    """`public`: the key that signed them; without it their roots are compared, and nobody knows who made them. `line`:
    a checkpoint as somebody's card says it."""
    told = sorted((one for one in known if _is_one(one)), key=lambda one: one.checkpoint.size)
    sizes = [one.checkpoint.size for one in told] + ([line.size] if line else [])
    found = await walk(connection, Log(school), at=sizes)
    faults = [found.fault] if found.fault else []
    signed, below = 0, 0
    for kept in told:
        checkpoint = kept.checkpoint
        if checkpoint.origin != origin_of(school) or (public is not None and not is_signed(kept.note, public)):
            faults.append(Fault(sequence=signed + 1, what=_NOT_SIGNED))
        elif found.roots.get(checkpoint.size) == checkpoint.root:
            signed = checkpoint.size
            below = signed if line and signed <= line.size else below
        else:
            faults.append(await _differs(connection, school, kept, signed, reached=found.peaks.size))
    if len(told) < len(known):
        faults.append(Fault(sequence=signed + 1, what=_NOT_SIGNED))
    if line and (root := found.roots.get(line.size, b"")) and spoken(root) != line.words:
        faults.append(Fault(sequence=below + 1, what=_NOT_THE_CARD_S.format(size=line.size)))
    elif line and line.size > found.peaks.size:
        faults.append(Fault(sequence=found.peaks.size + 1, what=_SHORT.format(size=line.size)))
    fault = min(faults, key=lambda one: one.sequence, default=None)
    return Verdict(entries=found.peaks.size, checkpoints=len(told), signed=signed, fault=fault)


def _is_one(kept: Kept) -> bool:
    try:
        return kept.checkpoint.size >= 0
    except NoNote:
        return False


async def _differs(
    connection: AsyncConnection, school: SchoolId | None, kept: Kept, signed: int, *, reached: int
) -> Fault:
    """Where the log is not what that checkpoint was signed over. `reached`: how far the log could be followed."""
    size = kept.checkpoint.size
    first = await _first_that_differs(connection, school, kept)
    if first is not None:
        return Fault(sequence=first, what=_ANEW.format(size=size))
    if size > reached:
        return Fault(sequence=reached + 1, what=_CUT.format(size=size))
    return Fault(sequence=signed + 1, what=_ANEW.format(size=size))


_NOT_SIGNED = "is the first that no checkpoint vouches for: the one that should was not signed by the school's key"
_CUT = "is missing: a checkpoint was signed when there were {size}"
_NOT_THE_CARD_S = "is the first that may not be what it was when that card was made of {size} entries"
_SHORT = "is missing: that card was made when there were {size}"
_ANEW = "is the first that is not what it was when a checkpoint was signed over {size} entries"


async def _first_that_differs(connection: AsyncConnection, school: SchoolId | None, kept: Kept) -> int | None:
    """By the evidence of that checkpoint. None where it has none that is true, or where none of its entries differs."""
    try:
        evidence = Evidence.unpacked(kept.evidence)
    except ValueError:
        return None
    grown, told = evidence.after(), kept.checkpoint
    if (grown.size, grown.root()) != (told.size, told.root):
        return None
    stored = await leaves_after(connection, school, evidence.before.size, told.size)
    pairs = enumerate(zip(evidence.leaves, stored, strict=False), evidence.before.size + 1)
    return next((sequence for sequence, (was, now) in pairs if was != now), None)


async def find_receipt(connection: AsyncConnection, school: SchoolId, digits: str) -> int | None:
    """The sequence of the entry whose leaf begins with those digits, in hex; None where there is none.

    Receipts of before there was a tree show a leaf of the chain, which is made of the bodies of version 1.
    """
    chained = NO_LEAF
    async for sequence, body, leaf in _entries(connection, school):
        if leaf.hex().startswith(digits):
            return sequence
        if _FIRST_VERSION in body[-_TAIL:]:
            chained = sha256(chained + body).digest()
            if chained.hex().startswith(digits):
                return sequence
    return None


_FIRST_VERSION = b',"version":1,"words":'
_TAIL = 100
"""Bytes: what comes after the version in a body is never longer."""


async def _entries(connection: AsyncConnection, school: SchoolId) -> AsyncIterator[tuple[int, bytes, bytes]]:
    wanted = select(entries.c.sequence, entries.c.body, entries.c.leaf).where(entries.c.school == school)
    after = 0
    while rows := (
        await connection.execute(wanted.where(entries.c.sequence > after).order_by(entries.c.sequence).limit(_PAGE))
    ).all():
        for row in rows:
            yield row[0], row[1], row[2]
        after = rows[-1][0]
