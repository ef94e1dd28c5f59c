"""Behind PostgreSQL's own walls one school's transaction sees and writes nothing of another's, whatever it asks for.

All store's tests on PostgreSQL run behind them, in the program's role (`tests/postgres.py`).
"""

# ruff: noqa: S608 (the names are those of our own tables)

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import Table
from typer.testing import CliRunner

from bot.__main__ import cli
from handlers.conversation import OpenForm
from store import walls
from store.copies import BackupFaulty, make_backup
from store.opening import open_units
from store.roles import allowed
from store.schema import metadata
from tests.faults.damaging import KEY, NOW, fill
from tests.handlers.school import SCHOOL, TESS, Here
from tests.postgres import Server, as_the_program

ANOTHER = UUID(int=0xA07)
NOW_AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
EVERY = [table.name for table in walls.behind()]


@pytest.fixture(scope="module")
def filled(postgres_server: Server, postgres_template: str) -> Iterator[str]:
    """A school in which every table holds something, as its owner reaches it."""
    name = "heard_walled"
    asyncio.run(postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY FILE_COPY"))
    asyncio.run(fill(as_the_program(postgres_server.url(name))))
    yield postgres_server.url(name)
    asyncio.run(postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def owner(filled: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(filled.replace("+asyncpg", ""))
    yield connection
    await connection.close()


@pytest.fixture
async def program(filled: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(as_the_program(filled).replace("+asyncpg", ""))
    yield connection
    await connection.close()


async def _for(program: asyncpg.Connection, *schools: UUID) -> None:
    await program.execute("SELECT set_config('heard.schools', $1, true)", ",".join(map(str, schools)))


async def _tries(program: asyncpg.Connection, said: UUID, statement: str, value: object) -> None:
    async with program.transaction():
        await _for(program, said)
        await program.execute(statement, value)


def test_every_table_is_behind_a_wall_or_says_why_not():
    assert set(walls.behind()) | set(walls.WITHOUT) == set(metadata.sorted_tables)
    assert all("school" in table.c for table in walls.behind())
    assert not [table.name for table in walls.WITHOUT if "school" in table.c]


def test_every_reference_holds_its_school_so_that_no_row_can_point_at_another_schools():
    def unheld(table: Table) -> list[str]:
        return [
            f"{table.name} -> {key.referred_table.name}"
            for key in table.foreign_key_constraints
            if "school" not in key.columns or "school" not in {one.column.name for one in key.elements}
        ]

    assert [found for table in metadata.sorted_tables for found in unheld(table)] == []


@pytest.mark.parametrize("name", EVERY)
async def test_48_who_says_no_school_or_another_sees_nothing_and_changes_nothing(owner, program, name):
    stored = await owner.fetchval(f"SELECT count(*) FROM {name} WHERE school = $1", SCHOOL.id)
    assert stored, "the test must have something to see"
    rights = allowed(metadata.tables[name])
    for said in ((), (ANOTHER,)):
        async with program.transaction():
            await _for(program, *said)
            seen = await program.fetchval(f"SELECT count(*) FROM {name}")
            assert seen == (1 if name == "schools" else 0)
            if "UPDATE" in rights:
                assert await program.execute(f"UPDATE {name} SET school = school") == "UPDATE 0"
            if "DELETE" in rights:
                assert await program.execute(f"DELETE FROM {name}") == "DELETE 0"
    async with program.transaction():
        await _for(program, ANOTHER, SCHOOL.id)
        assert await program.fetchval(f"SELECT count(*) FROM {name} WHERE school = $1", SCHOOL.id) == stored


@pytest.mark.parametrize("name", EVERY)
async def test_48_nobody_adds_a_row_to_another_school_or_moves_one_there(owner, program, name):
    row = json.loads(await owner.fetchval(f"SELECT to_jsonb(one) FROM {name} AS one WHERE school = $1", SCHOOL.id))
    written = ", ".join(f'"{column.name}"' for column in metadata.tables[name].columns if column.computed is None)
    adds = f"INSERT INTO {name} ({written}) SELECT {written} FROM jsonb_populate_record(NULL::{name}, $1::jsonb)"
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await _tries(program, ANOTHER, adds, json.dumps(row))
    if "UPDATE" in allowed(metadata.tables[name]):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await _tries(program, SCHOOL.id, f"UPDATE {name} SET school = $1", ANOTHER)


async def test_a_wall_does_not_outlive_its_transaction(program):
    async with program.transaction():
        await _for(program, SCHOOL.id)
        assert await program.fetchval("SELECT count(*) FROM people")
    assert await program.fetchval("SELECT count(*) FROM people") == 0


async def test_a_role_that_sees_no_school_backs_nothing_up_and_is_told_so(filled, owner, tmp_path):
    await owner.execute(
        "CREATE ROLE reads LOGIN; GRANT USAGE ON SCHEMA public TO reads; "
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reads"
    )
    try:
        with pytest.raises(BackupFaulty, match="may see none"):
            await make_backup(filled.replace("//postgres@", "//reads@"), KEY, tmp_path, at=NOW_AT)
        assert await make_backup(as_the_program(filled), KEY, tmp_path, at=NOW_AT)
    finally:
        await owner.execute("DROP OWNED BY reads; DROP ROLE reads")


def test_without_walls_it_goes_on_as_before_and_one_command_puts_them_up(
    postgres_server: Server, monkeypatch: pytest.MonkeyPatch
):
    """While a version that says no school is still running they would blind it, so they are a step of their own."""
    name = f"heard_bare_{next(postgres_server.numbers)}"
    asyncio.run(postgres_server.run(f"CREATE DATABASE {name}"))
    owner = postgres_server.url(name)
    monkeypatch.setenv("DATABASE_URL", as_the_program(owner))
    monkeypatch.setenv("DATABASE_OWNER_URL", owner)
    for command, up in (("grant", False), ("walls", True), ("grant", True)):
        done = CliRunner().invoke(cli, ["database", command])
        assert done.exit_code == 0, done.output
        assert ("keeps the schools apart now" in done.output) == (command == "walls")
        assert asyncio.run(_raises(as_the_program(owner))) is up


async def _raises(url: str) -> bool:
    """A concern goes in; whether walls stand."""
    units = await open_units(url, root_key=KEY, schools=(NOW,))
    try:
        here = Here(units)
        assert isinstance(await here.command(TESS), OpenForm)
        await here.raises(TESS)
        async with units.reading() as connection:
            return await walls.stand(connection)
    finally:
        await units.close()
