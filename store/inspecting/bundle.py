"""Makes an inspector's bundle of one school's trail: as it is stored, whether it holds or not. Nothing is opened.

No name and no text is in it: bodies hold ids, times, deeds and codes, and of sealed words there is a digest alone.
"""

import base64
import json
import re
import zipfile
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.chronology import Deed
from handlers.rules.school import SchoolId
from store import checkpoints
from store.checkpoints import Kept
from store.inspecting.reading import FORMATS
from store.memory import Row
from store.notes import NoNote, origin_of
from store.packing import canonical
from store.tables import heads
from store.trail_tables import entries
from store.tree import Peaks, inclusions

_HERE = Path(__file__).parent
_PARTS = ("ed25519", "notes", "reading", "verify")
_OF_OURS = re.compile(r"^from store\.inspecting\.\w+ import [^\n]*\n", re.MULTILINE)
_RAISED = canonical({"deed": Deed.RAISED.value})[1:-1]
_PAGE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    entries: int
    checkpoints: int
    proofs: int


def alone() -> str:
    """The program that verifies, in one file."""
    return "\n\n".join(_OF_OURS.sub("", (_HERE / f"{part}.py").read_text("utf-8")) for part in _PARTS)


async def make(
    connection: AsyncConnection,
    school: SchoolId,
    file: Path,
    *,
    outside: Sequence[Kept],
    public: bytes | None,
    at: datetime,
) -> Made:
    """Write it. `outside`: the checkpoints that lie apart from the database."""
    inside = await checkpoints.every(connection, school)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", (_HERE / "bundle.txt").read_text("utf-8"))
        packed.writestr("verify.py", alone())
        if public:
            packed.writestr("key.pub", base64.b64encode(public) + b"\n")
        for folder, kept in (("checkpoints", inside), ("outside", outside)):
            _put_notes(packed, folder, kept)
        leaves, raised = await _put_entries(packed, connection, school)
        proofs = _put_proofs(packed, leaves, raised, [*inside, *outside])
        about = {"format": FORMATS[-1], "school": str(school), "origin": origin_of(school), "made": at.isoformat()}
        packed.writestr("about.json", json.dumps({**about, "head": await _head(connection, school)}, indent=1))
    return Made(entries=len(leaves), checkpoints=len(inside) + len(outside), proofs=proofs)


def _put_notes(packed: zipfile.ZipFile, folder: str, kept: Sequence[Kept]) -> None:
    for number, one in enumerate(kept):
        packed.writestr(f"{folder}/{number:06d}.note", one.note)
        packed.writestr(f"{folder}/{number:06d}.evidence", one.evidence)


async def _put_entries(
    packed: zipfile.ZipFile, connection: AsyncConnection, school: SchoolId
) -> tuple[list[bytes], list[int]]:
    """Their leaves, and at which of them a concern was raised, from 0."""
    leaves: list[bytes] = []
    raised: list[int] = []
    with packed.open("entries.jsonl", "w", force_zip64=True) as out:
        async for row in _entries(connection, school):
            raised += [len(leaves)] if _RAISED in row["body"] else []
            leaves.append(row["leaf"])
            out.write(_line(row))
    return leaves, raised


async def _entries(connection: AsyncConnection, school: SchoolId) -> AsyncIterator[Row]:
    written = [column for column in entries.columns if column.computed is None]
    wanted = select(*written).where(entries.c.school == school).order_by(entries.c.sequence).limit(_PAGE)
    after = -(2**62)
    while rows := (await connection.execute(wanted.where(entries.c.sequence > after))).mappings().all():
        for row in rows:
            yield row
        after = rows[-1]["sequence"]


def _line(row: Row) -> bytes:
    """A body is a text, unless somebody made another of it."""
    try:
        body = {"body": row["body"].decode()}
    except UnicodeDecodeError:
        body = {"body64": base64.b64encode(row["body"]).decode()}
    words, thing = row["words"], row["thing"]
    told = {
        "sequence": row["sequence"],
        "leaf": row["leaf"].hex(),
        "thing": None if thing is None else str(thing),
        "words": None if words is None else sha256(words).hexdigest(),
    }
    if (wrote := row["wrote"]) is not None:  # the program of before told of no rows
        told["wrote"] = sha256(wrote).hexdigest() if wrote else None
    return json.dumps({**told, **body}).encode() + b"\n"


def _put_proofs(packed: zipfile.ZipFile, leaves: Sequence[bytes], raised: Sequence[int], kept: Sequence[Kept]) -> int:
    """Against the newest checkpoint that the log leads to; none where there is no such."""
    size = _led_to(leaves, kept)
    wanted = [at for at in raised if at < size]
    with packed.open("proofs.jsonl", "w", force_zip64=True) as out:
        for at, nodes in zip(wanted, inclusions(leaves[:size], wanted), strict=True):
            proof = {"sequence": at + 1, "leaf": leaves[at].hex(), "size": size, "nodes": [one.hex() for one in nodes]}
            out.write(json.dumps(proof).encode() + b"\n")
    return len(wanted)


def _led_to(leaves: Sequence[bytes], kept: Sequence[Kept]) -> int:
    """The size of the newest checkpoint whose root is the log's own there; 0 where there is none."""
    peaks, found = Peaks(), 0
    for size, root in sorted(_told(kept)):
        peaks.extend(leaves[peaks.size : size])
        found = size if (peaks.size, peaks.root()) == (size, root) else found
    return found


def _told(kept: Sequence[Kept]) -> Iterator[tuple[int, bytes]]:
    for one in kept:
        try:
            yield one.checkpoint.size, one.checkpoint.root
        except NoNote:
            continue


async def _head(connection: AsyncConnection, school: SchoolId) -> dict[str, object] | None:
    mine = select(heads.c.sequence, heads.c.newest, heads.c.peaks).where(heads.c.school == school)
    row = (await connection.execute(mine)).first()
    return None if row is None else {"sequence": row.sequence, "newest": row.newest.hex(), "peaks": row.peaks.hex()}
