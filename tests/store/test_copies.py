"""A backup made while the database is used can be brought back, on either engine; what is not whole is refused."""

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, select

from store import copies
from store.copies import DATA, SAYS, BackupFaulty, RowsDiffer, make_backup, read, report, restore, verify_backup
from store.engine import make_engine, reading
from store.migrations.running import newest
from store.opening import open_units
from store.packing import canonical
from store.schema import metadata
from store.sealing import Key
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.postgres import Server
from tests.store.conftest import Tamper
from tests.store.sample import ROOT, Sample

AT = datetime(2026, 11, 9, 23, 0, tzinfo=UTC)
ANOTHER = bytes(range(32))


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Server) -> AsyncIterator[str]:
    """The address of a database with nothing in it, on each engine, whichever the backup came from."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/brought-back.db"
        return
    name = f"brought_back_{next(postgres_server.numbers)}"
    await postgres_server.run(f"CREATE DATABASE {name}")
    yield postgres_server.url(name)
    await postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


async def raises(units: Units, school: Sample, reference: str) -> None:
    concern = school.concern(reference)
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))


@pytest.fixture
async def backup(units: Units, school: Sample, database_url: str, tmp_path: Path) -> Path:
    for number in range(1, 4):
        await raises(units, school, f"26-000{number}")
    return await make_backup(database_url, ROOT, tmp_path / "backups", at=AT)


async def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Everything in it, by table."""
    engine = make_engine(url)
    try:
        async with reading(engine) as connection:
            tables = metadata.sorted_tables
            queries = {table.name: select(table).order_by(*table.primary_key.columns) for table in tables}
            return {name: [tuple(row) for row in await connection.execute(query)] for name, query in queries.items()}
    finally:
        await engine.dispose()


async def test_what_is_brought_back_is_the_same_to_the_last_row(
    backup: Path, units: Units, database_url: str, school: Sample, empty_url: str
):
    before = await rows(database_url)
    verified = await restore(backup, ROOT, empty_url)
    assert (verified.entries, verified.cases) == (3, 3)
    assert await rows(empty_url) == before
    again = await open_units(empty_url, root_key=ROOT, schools=(school.roll,))
    try:
        await raises(again, school, "26-61952")
        assert await verify_chain(again, school.id) is None
        async with again(school.id) as uow:
            found = [await uow.trail.answers(concern.id) for concern in await uow.concerns.open()]
        assert [answers["facts"] for answers in found] == ["CANARY-FACTS"] * 4
    finally:
        await again.close()


async def test_it_holds_nothing_readable_no_key_and_is_its_owners_alone(backup: Path):
    whole = b"".join(file.read_bytes() for file in sorted(backup.iterdir()))
    assert b"CANARY" not in whole
    assert ROOT not in whole
    assert {stat.S_IMODE(file.stat().st_mode) for file in backup.iterdir()} == {0o600}
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert sorted(file.name for file in backup.iterdir()) == [SAYS, DATA]


async def test_while_people_write_it_is_of_one_moment(
    units: Units, school: Sample, database_url: str, tmp_path: Path
):
    stop = asyncio.Event()
    told: list[int] = []

    async def write() -> None:
        while not stop.is_set():
            await raises(units, school, f"26-{len(told) + 1:04}")
            told.append(1)

    writing = asyncio.create_task(write())
    try:
        for number in range(5):
            before = len(told)
            made = await make_backup(database_url, ROOT, tmp_path / "backups", at=AT.replace(minute=number))
            verified = await verify_backup(made, ROOT)
            assert verified.backup.rows["concerns"] == verified.entries == verified.cases
            assert before <= verified.entries <= len(told) + 1
    finally:
        stop.set()
        await writing


def cut(backup: Path) -> None:
    os.truncate(backup / DATA, (backup / DATA).stat().st_size // 2)


def flipped(backup: Path) -> None:
    data = bytearray((backup / DATA).read_bytes())
    data[len(data) // 2] ^= 1
    (backup / DATA).write_bytes(data)


def unsaid(backup: Path) -> None:
    (backup / SAYS).unlink()


def without_data(backup: Path) -> None:
    (backup / DATA).unlink()


def half_said(backup: Path) -> None:
    (backup / SAYS).write_bytes((backup / SAYS).read_bytes()[:40])


def said_otherwise(backup: Path) -> None:
    said = json.loads((backup / SAYS).read_bytes())
    (backup / SAYS).write_bytes(canonical({**said, "made_at": datetime(2030, 1, 1, tzinfo=UTC).isoformat()}))


def newer(backup: Path) -> None:
    said = json.loads((backup / SAYS).read_bytes())
    said.pop("mark")
    said["schema"] = f"{int(newest()) + 1:04}"
    (backup / SAYS).write_bytes(canonical({**said, "mark": Key(ROOT).mark(canonical(said))}))


FAULTS: dict[Callable[[Path], None], str] = {
    cut: "is damaged",
    flipped: "is damaged",
    unsaid: "no whole backup",
    without_data: "its data is missing",
    half_said: "no whole backup",
    said_otherwise: "under another key, or changed since",
    newer: "a newer version of Heard",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: getattr(one, "__name__", ""))
async def test_what_is_not_whole_is_refused_with_the_reason_and_nothing_is_written(
    backup: Path, fault: Callable[[Path], None], empty_url: str
):
    fault(backup)
    with pytest.raises(BackupFaulty, match=FAULTS[fault]):
        await verify_backup(backup, ROOT)
    with pytest.raises(BackupFaulty, match=FAULTS[fault]):
        await restore(backup, ROOT, empty_url)
    engine = make_engine(empty_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
    await engine.dispose()


async def test_another_schools_key_is_refused(backup: Path):
    with pytest.raises(BackupFaulty, match="under another key"):
        await verify_backup(backup, ANOTHER)


TAMPERED = {
    "UPDATE entries SET body = (SELECT body FROM entries WHERE sequence = 1) WHERE sequence = 2": "entry 2 is",
    "DELETE FROM entries WHERE sequence = 3": "entry 3 is the first",
    'UPDATE case_keys SET "key" = (SELECT max("key") FROM case_keys)': "does not open",
}


@pytest.mark.parametrize("statement", TAMPERED, ids=["an entry changed", "the last one gone", "keys swapped"])
async def test_a_backup_of_a_record_that_does_not_hold_does_not_count(
    units: Units, school: Sample, tamper: Tamper, database_url: str, tmp_path: Path, statement: str
):
    for number in range(1, 4):
        await raises(units, school, f"26-000{number}")
    await tamper(statement, triggers=False)
    made = await make_backup(database_url, ROOT, tmp_path / "backups", at=AT)
    with pytest.raises(BackupFaulty, match=TAMPERED[statement]):
        await verify_backup(made, ROOT)


CHANGED = {
    "UPDATE concerns SET urgency = 'record' WHERE reference = '26-0002'": ("concerns", "as entry 2 wrote it: urgency"),
    "DELETE FROM case_keys": ("case_keys", "is missing"),
}


@pytest.mark.parametrize("statement", CHANGED, ids=["how soon", "the keys gone"])
async def test_a_row_that_somebody_changed_is_named_and_comes_back_only_with_their_number(
    units: Units, school: Sample, tamper: Tamper, database_url: str, tmp_path: Path, statement: str, empty_url: str
):
    for number in range(1, 4):
        await raises(units, school, f"26-000{number}")
    await tamper(statement, triggers=False)
    made = await make_backup(database_url, ROOT, tmp_path / "backups", at=AT)
    with pytest.raises(RowsDiffer) as wrong:
        await verify_backup(made, ROOT)
    faults = [fault for verdict in wrong.value.verdicts for fault in verdict.faults]
    table, what = CHANGED[statement]
    assert {fault.table for fault in faults} == {table}
    assert all(what in fault.what for fault in faults)
    for number in (0, len(faults) + 1):
        with pytest.raises(RowsDiffer):
            await restore(made, ROOT, empty_url, changed=number)
    engine = make_engine(empty_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
    await engine.dispose()
    verified = await restore(made, ROOT, empty_url, changed=len(faults))
    assert (verified.changed, verified.entries) == (len(faults), 3)


async def test_a_number_of_changed_rows_is_refused_where_there_are_none(backup: Path):
    with pytest.raises(RowsDiffer):
        await verify_backup(backup, ROOT, changed=1)


async def test_it_is_never_brought_back_over_what_is_there(backup: Path, database_url: str):
    with pytest.raises(BackupFaulty, match="into an empty one"):
        await restore(backup, ROOT, database_url)


async def test_what_fails_while_it_is_made_leaves_nothing(
    units: Units, school: Sample, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(path: Path, data: bytes) -> None:
        raise OSError("no room")

    monkeypatch.setattr(copies, "write_new", full)
    with pytest.raises(BackupFaulty, match="Nothing is left of it"):
        await make_backup(database_url, ROOT, tmp_path / "backups", at=AT)
    assert list((tmp_path / "backups").iterdir()) == []


async def test_an_address_with_nothing_behind_it_is_refused_and_makes_nothing(tmp_path: Path):
    with pytest.raises(BackupFaulty, match="no database at that address"):
        await make_backup(f"sqlite+aiosqlite:///{tmp_path}/nowhere.db", ROOT, tmp_path / "backups", at=AT)
    assert not (tmp_path / "nowhere.db").exists()


async def test_the_report_says_what_was_tried_and_is_marked(backup: Path):
    said = json.loads(report(await verify_backup(backup, ROOT), ROOT, at=AT))
    mark = said.pop("mark")
    assert mark == Key(ROOT).mark(canonical(said))
    assert said["entries"] == 3
    assert said["rows_as_the_trail_says"] == 6
    assert said["sha256"] == read(backup, ROOT).sha256
