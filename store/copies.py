"""A copy of the whole database, made while it is used, and the proof that a copy can be brought back.

A backup is a folder: `data.db`, a SQLite database of one moment whatever engine it came from, and `backup.json`, which
says what is in it, marked with the root key. It is written last: a backup that was cut off has none. The key is not in
it; it is kept apart (ASSURANCE, "Never lost", 8).
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Table, delete, func, insert, inspect, select, text, tuple_
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from handlers.rules.school import SchoolId
from store import engine as engines
from store import walls
from store.durable import flush_folder, write_new
from store.keys import KeyFaulty, school_key
from store.migrations.running import is_newest, newest, upgrade
from store.packing import canonical
from store.row_verdicts import RowVerdict, judge_rows
from store.schema import metadata
from store.sealing import Key, SealBroken, bound_to
from store.tables import case_keys, heads, schools
from store.trail_tables import entries, turned_away_head
from store.verifying import verify_chain

DATA, SAYS = "data.db", "backup.json"
_VERSION = 1
_DEADLINE = 600.0
"""Seconds that one statement may take: nobody waits for it in front of a form."""
_ROWS = 500
_CHUNK = 1 << 20
_GOES_ON = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last, :used)")
"""PostgreSQL numbers on from what was brought back."""


class BackupFaulty(Exception):
    """It cannot be made or trusted; the text is a sentence for the technician."""


class RowsDiffer(BackupFaulty):
    """It is whole, and holds rows that are not as its trail says: other than as many as were said to be known."""

    def __init__(self, verdicts: Sequence[RowVerdict]) -> None:
        super().__init__("Rows in the backup are not as its trail says.")
        self.verdicts = verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What `backup.json` says."""

    made_at: datetime
    schema: str
    rows: Mapping[str, int]
    """By table."""
    trails: Mapping[str, str]
    """By school: the number of its newest entry, and that entry's digest in hex."""
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was tried of a backup, and held."""

    backup: Backup
    entries: int
    cases: int
    """Cases whose key opens, and with it a text of theirs where there is one."""
    verdicts: Sequence[RowVerdict]
    """Of each school, how its rows stand against its trail."""

    @property
    def rows(self) -> int:
        """How many are as the trail says."""
        return sum(one.rows for one in self.verdicts)

    @property
    def changed(self) -> int:
        """How many are not, and were said to be known."""
        return sum(len(one.faults) for one in self.verdicts)


async def make_backup(url: str, root_key: bytes, folder: Path, *, at: datetime) -> Path:
    """A backup in a new folder inside that one. Raises `BackupFaulty`."""
    done = folder / f"heard-{at:%Y%m%dT%H%M%SZ}"
    part = folder / f".{done.name}.part"
    _make(part)
    try:
        async with _opened(url, read_only=True) as source, engines.reading(source) as reading:
            await _must_be_ours(reading)
            await walls.say_all(reading)
            await _must_see_schools(reading)
            await _fill(reading, _sqlite_in(part))
            says = await _said(reading, at=at, sha256=_digest(part / DATA))
        write_new(part / SAYS, canonical({**says, "mark": Key(root_key).mark(canonical(says))}))
        part.rename(done)
        flush_folder(folder)
    except BackupFaulty:
        shutil.rmtree(part, ignore_errors=True)
        raise
    except (SQLAlchemyError, OSError) as wrong:
        shutil.rmtree(part, ignore_errors=True)
        raise BackupFaulty(f"The backup was not made: {type(wrong).__name__}. Nothing is left of it.") from None
    return done


async def verify_backup(backup: Path, root_key: bytes, *, changed: int = 0) -> Verified:
    """Bring it up in a place of its own, which goes again, and try what a school would need of it. `changed`: how many
    rows that are not as the trail says somebody has been told of, and takes.

    Raises `BackupFaulty` with the reason: what is corrupt, cut, another's or not whole; `RowsDiffer` for other rows.
    """
    says = read(backup, root_key)
    with tempfile.TemporaryDirectory(prefix="heard-restore-") as scratch:
        shutil.copyfile(backup / DATA, Path(scratch) / DATA)
        if _digest(Path(scratch) / DATA) != says.sha256:
            raise BackupFaulty("The backup is damaged: its data is not what was written. Take an older one.")
        async with _opened(_sqlite_in(Path(scratch))) as engine:
            async with engine.begin() as connection:
                await connection.run_sync(upgrade)
            verified = await _tried(engine, says, Key(root_key))
    if verified.changed != changed:
        raise RowsDiffer(verified.verdicts)
    return verified


async def restore(backup: Path, root_key: bytes, url: str, *, changed: int = 0) -> Verified:
    """Bring it back into an empty database, after it was verified. Raises `BackupFaulty`, and writes nothing then."""
    verified = await verify_backup(backup, root_key, changed=changed)
    with tempfile.TemporaryDirectory(prefix="heard-restore-") as scratch:
        shutil.copyfile(backup / DATA, Path(scratch) / DATA)
        async with _opened(_sqlite_in(Path(scratch))) as source:
            async with source.begin() as connection:
                await connection.run_sync(upgrade)
            async with engines.reading(source) as reading:
                await _must_be_empty(url)
                await _fill(reading, url)
    return verified


def read(backup: Path, root_key: bytes) -> Backup:
    """What it says of itself. Raises `BackupFaulty` where it is not whole, was changed, or is under another key."""
    try:
        raw: dict[str, Any] = json.loads((backup / SAYS).read_bytes())
        mark = raw.pop("mark")
        ours = mark == Key(root_key).mark(canonical(raw))
        found = Backup(
            made_at=datetime.fromisoformat(raw["made_at"]), schema=raw["schema"], rows=raw["rows"],
            trails=raw["trails"], sha256=raw["sha256"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BackupFaulty(f"{backup} holds no whole backup: it was cut off, or is none of ours.") from None
    if not ours:
        raise BackupFaulty("The backup was made under another key, or changed since. Find the key file of that time.")
    if found.schema > newest():
        raise BackupFaulty("The backup was made by a newer version of Heard. Restore it with that one.")
    if not (backup / DATA).is_file():
        raise BackupFaulty(f"{backup} holds no whole backup: its data is missing.")
    return found


def report(verified: Verified, root_key: bytes, *, at: datetime) -> bytes:
    """What was verified and when, marked with the root key: to be kept with the backup."""
    says = {
        "version": _VERSION,
        "verified_at": at.isoformat(),
        "made_at": verified.backup.made_at.isoformat(),
        "sha256": verified.backup.sha256,
        "trails": dict(verified.backup.trails),
        "entries": verified.entries,
        "cases": verified.cases,
        "rows_as_the_trail_says": verified.rows,
        "rows": dict(verified.backup.rows),
    }
    return canonical({**says, "mark": Key(root_key).mark(canonical(says))})


@asynccontextmanager
async def _opened(url: str, *, read_only: bool = False) -> AsyncGenerator[AsyncEngine]:
    try:
        engine = engines.make_engine(url, deadline=_DEADLINE, migrating=not read_only, read_only=read_only)
    except (ValueError, OSError):
        raise BackupFaulty("There is no database at that address.") from None
    try:
        yield engine
    finally:
        await engine.dispose()


def _sqlite_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / DATA}"


async def _must_be_ours(reading: AsyncConnection) -> None:
    if not await reading.run_sync(lambda sync: inspect(sync).has_table(heads.name)):
        raise BackupFaulty("The database at that address is not one of Heard's. Nothing was backed up.")
    if not await reading.run_sync(is_newest):
        raise BackupFaulty("Another version of Heard wrote this database. Back it up with that, or start this once.")


async def _must_see_schools(reading: AsyncConnection) -> None:
    """Every row is a school's, so a role that sees no school would copy nothing without a word (`store.walls`)."""
    if reading.dialect.name == "postgresql" and not await reading.scalar(select(func.count()).select_from(schools)):
        raise BackupFaulty(
            "There is no school in that database, or the role in DATABASE_URL may see none. Nothing was backed up. Use "
            "the role that the program runs as."
        )


async def _must_be_empty(url: str) -> None:
    async with _opened(url) as engine, engine.connect() as connection:
        if await connection.run_sync(lambda sync: inspect(sync).get_table_names()):
            raise BackupFaulty("Something is in that database already. A backup is brought back into an empty one.")


async def _fill(reading: AsyncConnection, url: str) -> None:
    """Every row of the database that is read, in one transaction of the other."""
    async with _opened(url) as target, target.begin() as writing:
        await writing.run_sync(upgrade)
        await writing.execute(delete(turned_away_head))  # a new schema begins with one, and one is brought
        for table in metadata.sorted_tables:
            await _copy(reading, writing, table)


async def _copy(reading: AsyncConnection, writing: AsyncConnection, table: Table) -> None:
    """Some rows at a time, in the order of their keys: a table may be larger than memory."""
    keys = list(table.primary_key.columns)
    written = [column for column in table.columns if column.computed is None]  # the rest the other works out itself
    part = select(*written).order_by(*keys).limit(_ROWS)
    rows = (await reading.execute(part)).mappings().all()
    while rows:
        await writing.execute(insert(table), [dict(row) for row in rows])
        after = tuple_(*keys) > tuple(rows[-1][key] for key in keys)
        rows = (await reading.execute(part.where(after))).mappings().all()
    numbered = table.autoincrement_column
    if numbered is not None and writing.dialect.name == "postgresql":
        names = {"table": table.name, "column": numbered.name}
        last = await writing.scalar(select(func.max(numbered)))
        await writing.execute(_GOES_ON, {**names, "last": last or 1, "used": last is not None})


async def _said(reading: AsyncConnection, *, at: datetime, sha256: str) -> dict[str, Any]:
    rows = {table.name: await _count(reading, table) for table in metadata.sorted_tables}
    return {
        "version": _VERSION,
        "made_at": at.isoformat(),
        "schema": newest(),
        "rows": rows,
        "trails": await _trails(reading),
        "sha256": sha256,
    }


async def _trails(reading: AsyncConnection) -> dict[str, str]:
    found = await reading.execute(select(heads.c.school, heads.c.sequence, heads.c.newest))
    return {str(school): f"{sequence}:{leaf.hex()}" for school, sequence, leaf in found}


async def _count(reading: AsyncConnection, table: Table) -> int:
    return (await reading.execute(select(func.count()).select_from(table))).scalar_one()


async def _tried(engine: AsyncEngine, says: Backup, root: Key) -> Verified:
    async with engines.reading(engine) as reading:
        for table in metadata.sorted_tables:
            if table.name in says.rows and await _count(reading, table) != says.rows[table.name]:
                raise BackupFaulty(f"The backup is not whole: rows of {table.name} are missing. Take an older one.")
        served = [(school, key) for school, key in await reading.execute(select(schools.c.school, schools.c.key))]
        cases = sum([await _open_cases(reading, root, school, key) for school, key in served])
        written = await _count(reading, entries)
    for school, _ in served:
        if (bad := await verify_chain(_Readable(engine), SchoolId(school))) is not None:
            raise BackupFaulty(f"The trail in the backup does not hold: entry {bad} is the first. Take an older one.")
    async with engines.reading(engine) as reading:  # after the trail was followed: what it tells is believed here
        verdicts = [await judge_rows(reading, SchoolId(school)) for school, _ in served]
    return Verified(backup=says, entries=written, cases=cases, verdicts=verdicts)


async def _open_cases(reading: AsyncConnection, root: Key, school: UUID, wrapped: bytes) -> int:
    """Opens the key of every case, and one text under each that has one; how many cases there are."""
    try:
        of_school = school_key(root, school, wrapped)
    except KeyFaulty as fault:
        raise BackupFaulty(str(fault)) from None
    mine = (case_keys.c.school == school, func.length(case_keys.c.key) > 0)  # of what was disposed of it is empty
    query = select(case_keys.c.case, case_keys.c.key).where(*mine)
    cases: Sequence[tuple[UUID, bytes]] = [(case, key) for case, key in await reading.execute(query)]
    for case, key in cases:
        try:
            opened = Key(of_school.open(key, bound_to(school, case, "case_keys", "key")))
            if (words := await _words_of(reading, school, case)) is not None:
                opened.open(words, bound_to(school, case, "entries", "words"))
        except SealBroken:
            raise BackupFaulty(f"What is sealed of case {case} does not open. Take an older backup.") from None
    return len(cases)


async def _words_of(reading: AsyncConnection, school: UUID, case: UUID) -> bytes | None:
    mine = (entries.c.school == school, entries.c.thing == case, entries.c.words.is_not(None))
    return await reading.scalar(select(entries.c.words).where(*mine).order_by(entries.c.sequence).limit(1))


@dataclass(frozen=True, slots=True)
class _Readable:
    engine: AsyncEngine

    def reading(self) -> Any:
        return engines.reading(self.engine)


def _make(part: Path) -> None:
    try:
        part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
    except OSError:
        raise BackupFaulty(
            f"{part.parent} cannot be written, or a backup is being made there at this moment."
        ) from None


def _digest(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while some := opened.read(_CHUNK):
            found.update(some)
    return found.hexdigest()
