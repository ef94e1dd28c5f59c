"""One transaction for one school: whole or not at all, and in turn."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from handlers.errors import Away
from handlers.ports import UnitsOfWork
from handlers.rules.trouble import Trouble
from store.opening import open_units
from store.unit_of_work import Units
from tests.postgres import Server
from tests.store.sample import AT, ROOT, Sample, notice, sample

_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"


async def test_the_port_is_met(units: Units, school: Sample) -> None:
    port: UnitsOfWork = units
    assert port.schools() == (school.id,)


async def test_a_block_that_fails_leaves_nothing(units: Units, school: Sample) -> None:
    concern = school.concern()

    async def fails() -> None:
        async with units(school.id) as uow:
            await uow.concerns.save(concern, because=school.raised(concern))
            await uow.outbox.put(notice())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with units(school.id) as uow:
        assert await uow.concerns.get(concern.id) is None
        assert not await uow.trail.of(concern.id)
        assert not await uow.outbox.claim(most=5)


async def test_fifty_units_at_once_queue_and_none_fails(units: Units, school: Sample) -> None:
    async def raise_one() -> str:
        async with units(school.id) as uow:
            concern = school.concern(await uow.concerns.free_reference(at=AT))
            await uow.concerns.save(concern, because=school.raised(concern))
            await uow.outbox.put(notice(subject=concern.id))
        return concern.reference

    references = await asyncio.gather(*(raise_one() for _ in range(50)))
    assert len(set(references)) == 50


async def test_a_second_unit_inside_the_first_is_refused_rather_than_waiting_for_itself(
    units: Units, school: Sample
) -> None:
    async with units(school.id):
        with pytest.raises(RuntimeError, match="open already"):
            await units(school.id).__aenter__()


async def test_a_workspace_belongs_to_its_school_and_a_strange_one_to_nobody(units: Units, school: Sample) -> None:
    who = school.who("teacher")
    assert await units.school_of(who) == school.id
    stranger = type(who)(platform="slack", tenant="T-strange", user=who.user)
    assert await units.school_of(stranger) is None


async def test_an_unknown_school_opens_nothing(units: Units) -> None:
    with pytest.raises(LookupError):
        await units(sample("nobody's").id).__aenter__()


async def test_addresses_are_remembered_by_tenant(units: Units) -> None:
    known = units.addresses("slack", "T-one")
    assert await known.recall("U1") is None
    await known.remember("U1", "D1")
    await known.remember("U1", "D2")
    assert await known.recall("U1") == "D2"
    with pytest.raises(LookupError):
        units.addresses("slack", "T-strange")


async def test_the_operator_gets_counts_and_whether_the_database_answers(units: Units, school: Sample) -> None:
    concern = school.concern()
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
        await uow.outbox.put(notice())
        await uow.outbox.put(notice("C2"))
        (first, _) = await uow.outbox.claim(most=5)
        await uow.outbox.postpone(first, wait=300, reason="x", aside=AT)
    counts = (await units.counts())[school.id]
    troubles = {f"trouble_{one.value}": 0 for one in Trouble}
    assert counts == {"outbox_waiting": 2, "outbox_dead": 0, "outbox_stuck": 1, "concerns_unaccepted": 1} | troubles
    assert await units.ready()


async def test_what_waits_of_a_school_that_is_not_served_here_is_in_no_figure(
    units: Units, school: Sample, database_url: str
) -> None:
    other = sample("two")
    theirs = await open_units(database_url, root_key=ROOT, schools=(other.roll,))
    concern = other.concern()
    async with theirs(other.id) as uow:
        await uow.concerns.save(concern, because=other.raised(concern))
        await uow.outbox.put(notice())
        (item,) = await uow.outbox.claim(most=5)
        await uow.outbox.postpone(item, wait=300, reason="x", aside=AT)
    assert set((await units.counts())[school.id].values()) == {0}
    assert (await theirs.counts())[other.id]["outbox_stuck"] == 1
    assert set(await units.counts()) == {school.id}
    await theirs.close()


async def test_counts_and_readiness_wait_for_no_unit_of_work(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        await uow.outbox.put(notice())
        assert await asyncio.wait_for(units.ready(), 1)
        assert (await units.counts())[school.id]["outbox_waiting"] == 0


async def test_an_exception_of_the_database_does_not_repeat_what_was_stored(units: Units, school: Sample) -> None:
    concern = school.concern(reporter=sample("other").person("lead").id)

    async def names_a_stranger() -> None:
        async with units(school.id) as uow:
            await uow.concerns.save(concern, because=school.raised(concern))

    with pytest.raises(IntegrityError) as caught:
        await names_a_stranger()
    assert "26-48213" not in f"{caught.value} {caught.value.__cause__}"


async def test_a_database_that_is_neither_is_refused() -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        await open_units("mysql+aiomysql://127.0.0.1/x", root_key=ROOT, schools=())


async def test_a_new_sqlite_file_is_its_owners_alone(tmp_path: Path, school: Sample) -> None:
    file = tmp_path / "heard.db"
    units = await open_units(f"sqlite+aiosqlite:///{file}", root_key=ROOT, schools=(school.roll,))
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    await units.close()
    assert modes["heard.db"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.usefixtures("in_earnest")
async def test_sqlite_runs_with_the_settings_that_keep_what_was_acknowledged(tmp_path: Path, school: Sample) -> None:
    units = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}", root_key=ROOT, schools=(school.roll,))
    async with units.reading() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    await units.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 1500}


@pytest.mark.usefixtures("in_earnest")
async def test_a_frozen_postgresql_is_given_up_after_its_deadline(
    postgres_server: Server, postgres_url: str, school: Sample
) -> None:
    units = await open_units(postgres_url, root_key=ROOT, schools=(school.roll,))
    frozen: list[int] = []

    async def read_everyone() -> None:
        async with units(school.id) as uow:
            await uow.people.all()

    try:
        async with units.reading() as connection:
            backends = await connection.exec_driver_sql(_BACKENDS)
            frozen = [postgres_server.process.pid, *(pid for (pid,) in backends)]
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        with pytest.raises(Away):
            await read_everyone()
        assert not await units.ready()
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    assert await units.ready()
    await units.close()
