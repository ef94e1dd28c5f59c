"""SQLite under asyncio: statements are done where they stand, and what may take long keeps nobody waiting."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Boolean, literal_column, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from store import sqlite
from store.engine import execute, make_engine, reading

_MANY = 3_000_000
_EACH = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) SELECT i FROM n"
_COUNTED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) SELECT count(*) FROM n"


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    made = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}")
    async with made.begin() as connection:
        await connection.execute(text("CREATE TABLE things (thing INTEGER PRIMARY KEY)"))
    yield made
    await made.dispose()


@contextmanager
def _another_process_writes(engine: AsyncEngine, *, seconds: float) -> Iterator[None]:
    other = sqlite3.connect(engine.url.database or "", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    ends = threading.Timer(seconds, other.rollback)
    ends.start()
    try:
        yield
    finally:
        ends.cancel()
        ends.join()
        other.rollback()
        other.close()


async def _longest_silence(while_: "asyncio.Task[object]") -> float:
    """Seconds for which the program did nothing else."""
    longest, before = 0.0, time.monotonic()
    while not while_.done():
        await asyncio.sleep(0.001)
        longest, before = max(longest, time.monotonic() - before), time.monotonic()
    await while_
    return longest


async def _add(engine: AsyncEngine, thing: int) -> None:
    async with engine.begin() as connection:
        await execute(connection, text("INSERT INTO things VALUES (:thing)"), [{"thing": thing}])


async def _things(engine: AsyncEngine) -> list[int]:
    async with reading(engine) as connection:
        return list((await execute(connection, text("SELECT thing FROM things ORDER BY thing"))).scalars())


async def test_who_waits_for_another_process_keeps_nobody_waiting(engine: AsyncEngine) -> None:
    with _another_process_writes(engine, seconds=0.6):
        adding = asyncio.create_task(_add(engine, 1))
        await asyncio.sleep(0.05)
        assert await _things(engine) == []
        assert await _longest_silence(adding) < 0.4
    assert await _things(engine) == [1]


@pytest.mark.usefixtures("in_earnest")
async def test_another_process_that_does_not_end_is_waited_for_until_the_deadline(engine: AsyncEngine) -> None:
    with _another_process_writes(engine, seconds=6):
        began = time.monotonic()
        with pytest.raises(OperationalError, match="locked"):
            await _add(engine, 1)
        assert time.monotonic() - began > 1.3


async def test_a_query_at_length_keeps_nobody_waiting_and_gives_every_row(engine: AsyncEngine) -> None:
    async def read(query: str, many: int) -> list[int]:
        wanted = text(query).bindparams(many=many).execution_options(**{sqlite.AT_LENGTH: True})
        async with reading(engine) as connection:
            return list((await execute(connection, wanted)).scalars())

    assert await read(_EACH, 3000) == list(range(1, 3001))
    began = time.monotonic()
    reads = asyncio.create_task(read(_COUNTED, _MANY))
    assert await _longest_silence(reads) < (time.monotonic() - began) / 2
    assert reads.result() == [_MANY]


async def test_who_is_cancelled_waits_until_its_connection_is_let_go(engine: AsyncEngine) -> None:
    with _another_process_writes(engine, seconds=0.5):
        adding = asyncio.create_task(_add(engine, 1))
        await asyncio.sleep(0.1)
        adding.cancel()
        with pytest.raises(asyncio.CancelledError):
            await adding
    assert await _things(engine) == []
    await _add(engine, 2)
    assert await _things(engine) == [2]


async def test_a_connection_that_reads_cannot_write_and_may_afterwards(engine: AsyncEngine) -> None:
    for _ in range(engine.pool.size()):  # pyright: ignore[reportAttributeAccessIssue]
        async with reading(engine) as connection:
            with pytest.raises(OperationalError, match="readonly"):
                await execute(connection, text("INSERT INTO things VALUES (1)"))
    await _add(engine, 3)
    assert await _things(engine) == [3]


async def test_what_a_reader_sees_stays_while_others_write(engine: AsyncEngine) -> None:
    async with reading(engine) as connection:
        before = await execute(connection, text("SELECT count(*) FROM things"))
        assert before.scalar_one() == 0
        await _add(engine, 1)
        after = await execute(connection, text("SELECT count(*) FROM things"))
        assert after.scalar_one() == 0
    assert await _things(engine) == [1]


@pytest.mark.parametrize("stored", ["'x'", "X'ff'", "2", "'true'", "0.5"])
async def test_what_stands_where_yes_or_no_should_is_not_read_as_yes(sqlite_url: str, stored: str) -> None:
    engine = make_engine(sqlite_url)
    async with engine.connect() as connection:
        with pytest.raises(ValueError, match="neither yes nor no"):
            await connection.scalar(select(literal_column(stored, Boolean())))
        read = [await connection.scalar(select(literal_column(one, Boolean()))) for one in ("1", "0", "NULL")]
    await engine.dispose()
    assert read == [True, False, None]
