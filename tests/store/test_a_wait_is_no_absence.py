"""A database that lets somebody wait is there: only silence is an absence. Who would wait too long is told at once."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from handlers.errors import Busy
from store.engine import make_engine
from store.turns import Turns
from store.unit_of_work import Units
from tests.postgres import drafts_locked
from tests.statements import heard
from tests.store.sample import AT, Sample

pytestmark = pytest.mark.usefixtures("in_earnest")

PATIENCE, LONG = 2.0, 30.0
_HOLDS = {"sqlite": "UPDATE heads SET serial = serial", "postgresql": "SELECT 1 FROM heads FOR UPDATE"}


@asynccontextmanager
async def held_by_another_process(url: str, *, seconds: float) -> AsyncIterator[None]:
    """The school's turn, through a connection that this store knows nothing of."""
    engine = make_engine(url)
    taken = asyncio.Event()

    async def hold() -> None:
        async with engine.begin() as connection:
            await connection.execute(text(_HOLDS[engine.dialect.name]))
            taken.set()
            await asyncio.sleep(seconds)

    holding = asyncio.create_task(hold())
    await taken.wait()
    try:
        yield
    finally:
        await holding
        await engine.dispose()


async def _raise(units: Units, school: Sample, *, patience: float = PATIENCE) -> str:
    async with units(school.id, patience=patience) as uow:
        concern = school.concern(await uow.concerns.free_reference(at=AT))
        await uow.concerns.save(concern, because=school.raised(concern))
    return concern.reference


async def test_who_waits_for_another_process_and_gets_their_turn_in_time_is_saved(
    units: Units, school: Sample, database_url: str
) -> None:
    async with held_by_another_process(database_url, seconds=1.2):
        found = await asyncio.gather(*(_raise(units, school, patience=LONG) for _ in range(6)))
    assert len(set(found)) == 6


async def test_who_waits_too_long_is_told_so_and_nobody_is_told_that_the_database_is_away(
    units: Units, school: Sample, database_url: str
) -> None:
    async with held_by_another_process(database_url, seconds=4.0):
        began = time.monotonic()
        told = await asyncio.gather(*(_raise(units, school) for _ in range(6)), return_exceptions=True)
        assert [type(one) for one in told] == [Busy] * 6
        assert time.monotonic() - began < 3.9
        assert await units.ready()
        assert units._silent_at == float("-inf")
        async with units.looking(school.id, patience=PATIENCE) as uow:
            assert await uow.people.all()
    assert await _raise(units, school)


async def test_who_looks_at_every_row_and_has_to_wait_is_told_so(
    units: Units, school: Sample, database_url: str
) -> None:
    if not database_url.startswith("postgresql"):
        return  # there whoever reads waits for nobody
    async with drafts_locked(database_url):
        with pytest.raises(Busy):
            await units.examine(school.id)
    assert await units.examine(school.id) == frozenset()


async def test_those_of_one_process_wait_here_and_never_ask_the_database_to_let_them_wait(
    units: Units, school: Sample
) -> None:
    with heard(units) as statements:
        await asyncio.gather(*(_raise(units, school) for _ in range(6)))
    assert not [one for one in statements if "SAVEPOINT" in one]
    taken = [one for one in statements if "FROM heads" in one]
    assert len(taken) == 6, "each asks once for the turn"


async def test_who_has_waited_for_their_school_waits_so_much_less_for_the_database(
    units: Units, school: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two queues, one patience: with several schools in one file both may be long."""
    asked: list[float] = []
    turn = units._turns.turn

    def noted(patience: float | None = None) -> object:
        asked.append(patience or 0)
        return turn(patience)

    async def writes() -> None:
        async with units(school.id, patience=60):
            pass

    monkeypatch.setattr(units._turns, "turn", noted)
    async with units._queues[school.id].turn():
        waiting = asyncio.create_task(writes())
        await asyncio.sleep(0.05)
        assert asked == []
    await waiting
    assert 0 < asked[0] < 60 - 0.04


async def test_who_would_wait_too_long_is_told_so_at_once() -> None:
    turns = Turns(1)

    async def takes(seconds: float) -> None:
        async with turns.turn():
            await asyncio.sleep(seconds)

    for _ in range(4):
        await takes(0.1)
    waiting = [asyncio.create_task(takes(0.1)) for _ in range(4)]
    await asyncio.sleep(0)
    began = time.monotonic()
    with pytest.raises(Busy):
        await turns.turn(0.05).__aenter__()
    assert time.monotonic() - began < 0.04
    async with turns.turn(5.0):
        assert all(task.done() for task in waiting)


async def test_who_waited_too_long_leaves_the_queue_and_those_behind_have_their_turn() -> None:
    turns, order = Turns(1), list[str]()

    async def takes(name: str, seconds: float, patience: float | None) -> None:
        try:
            async with turns.turn(patience):
                await asyncio.sleep(seconds)
                order.append(name)
        except Busy:
            order.append(f"{name} gave up")

    first = asyncio.create_task(takes("first", 0.3, None))
    await asyncio.sleep(0)
    await asyncio.gather(takes("second", 0, 0.1), takes("third", 0, None), first)
    assert order == ["second gave up", "first", "third"]
    async with asyncio.timeout(1), turns.turn():
        pass


async def test_a_process_that_is_frozen_between_two_parts_of_a_statement_loses_the_turn(
    units: Units, school: Sample, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has said what it will ask, and not that it asks it: to PostgreSQL it is at work, and not idle."""
    if not database_url.startswith("postgresql"):
        return  # one process works a file, and lets go of it when it ends
    monkeypatch.setattr("store.engine._LONGEST", 2.0)
    monkeypatch.setattr("store.engine._IDLE", 60.0)
    engine = make_engine(database_url, deadline=1.0)
    async with engine.connect() as connection:
        frozen = (await connection.get_raw_connection()).driver_connection
        assert frozen is not None
        await frozen.execute("BEGIN; SELECT 1 FROM heads FOR UPDATE")
        await frozen.prepare("SELECT 2")
        async with units(school.id, patience=10.0) as uow:
            await uow.steps.take(school.id, "one", at=AT)
        await connection.invalidate()
    await engine.dispose()
