"""Another root key (attack 66): under load nothing is lost or closed, and an end at any point can be gone on from."""

import asyncio
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.rules.concern import Concern
from store import rotating
from store.copies import BackupFaulty, make_backup, verify_backup
from store.keys import KeyFaulty, KeyFile, files_before, make_key_file, read_key_file
from store.opening import open_units
from store.rotating import fresh_file, rotate
from store.spool import Spool
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import WORDS, Sample, sample

AT = datetime(2026, 11, 9, 23, 0, tzinfo=UTC)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "heard.key"
    make_key_file(path)
    return path


async def opened(url: str, path: Path, *schools: Sample) -> Units:
    return await open_units(url, root_key=read_key_file(path), schools=[school.roll for school in schools])


async def raised(units: Units, school: Sample, reference: str) -> Concern:
    concern = school.concern(reference)
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
    return concern


async def test_66_under_load_nothing_is_lost_and_everything_opens_under_the_new_key(
    database_url: str, key_file: Path
) -> None:
    school, other = sample("one"), sample("two")
    before = await opened(database_url, key_file, school, other)
    told, ends = [await raised(before, other, "26-0001")], asyncio.Event()

    async def writes() -> int:
        since = 0
        while not ends.is_set() or since < 3:
            told.append(await raised(before, school, f"26-{len(told) + 1:04d}"))
            async with before.looking(school.id) as uow:
                assert await uow.trail.answers(told[-1].id) == WORDS
            since += ends.is_set()
        return since

    writer = asyncio.create_task(writes())
    for number in range(3):
        done = await rotate(database_url, KeyFile(key_file), at=AT.replace(hour=number))
        assert (done.many, done.kept.exists(), done.shut) == (2, True, [])
    ends.set()
    assert await writer == 3, "who ran before goes on"
    await before.close()
    assert len(files_before(key_file)) == 3

    after = await opened(database_url, key_file, school, other)
    for concern in told:
        whose = other if concern is told[0] else school
        async with after(whose.id) as uow:
            assert await uow.trail.answers(concern.id) == WORDS
    await after.close()
    for old in files_before(key_file):
        with pytest.raises(KeyFaulty, match="does not belong to this database"):
            await opened(database_url, old, school)


WHERE = {"new key made": (rotating, "_under"), "database changed": (os, "link"), "old key named": (Path, "replace")}


@pytest.mark.parametrize("at", WHERE)
async def test_ended_at_any_point_the_same_again_finishes_it(
    database_url: str, key_file: Path, school: Sample, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    units = await opened(database_url, key_file, school)
    concern = await raised(units, school, "26-0001")
    await units.close()
    old = read_key_file(key_file)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(*WHERE[at], killed)
        with pytest.raises(KeyboardInterrupt):
            await rotate(database_url, KeyFile(key_file), at=AT)
    assert read_key_file(key_file) == old
    assert fresh_file(key_file).exists()
    if at != "new key made":
        with pytest.raises(KeyFaulty):
            await opened(database_url, key_file, school)
    await rotate(database_url, KeyFile(key_file), at=AT)
    assert not fresh_file(key_file).exists()
    assert [read_key_file(path) for path in files_before(key_file)] == [old]
    units = await opened(database_url, key_file, school)
    async with units(school.id) as uow:
        assert await uow.trail.answers(concern.id) == WORDS
    await units.close()


async def test_each_key_file_is_its_owners_alone_and_they_differ(database_url: str, key_file: Path) -> None:
    await (await opened(database_url, key_file, sample())).close()
    await rotate(database_url, KeyFile(key_file), at=AT)
    files = [key_file, *files_before(key_file)]
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600, 0o600]
    assert len({read_key_file(path) for path in files}) == 2


async def test_a_database_of_another_key_is_left_as_it_is(
    database_url: str, key_file: Path, tmp_path: Path, tamper: Tamper
) -> None:
    await (await opened(database_url, key_file, sample("one"), sample("two"))).close()
    before = await tamper("SELECT school, key FROM schools ORDER BY school")
    make_key_file(tmp_path / "another.key")
    with pytest.raises(KeyFaulty, match="does not belong to this database"):
        await rotate(database_url, KeyFile(tmp_path / "another.key"), at=AT)
    assert await tamper("SELECT school, key FROM schools ORDER BY school") == before


async def test_what_an_old_root_key_wrapped_is_in_the_database_no_more(
    database_url: str, key_file: Path, tamper: Tamper
) -> None:
    await (await opened(database_url, key_file, sample())).close()
    ((before,),) = await tamper("SELECT key FROM schools")
    await rotate(database_url, KeyFile(key_file), at=AT)
    ((after,),) = await tamper("SELECT key FROM schools")
    assert before != after


async def test_an_old_backup_opens_with_the_key_of_its_time_alone(
    database_url: str, key_file: Path, tmp_path: Path, school: Sample
) -> None:
    units = await opened(database_url, key_file, school)
    await raised(units, school, "26-0001")
    await units.close()
    backup = await make_backup(database_url, read_key_file(key_file), tmp_path / "backups", at=AT)
    kept = (await rotate(database_url, KeyFile(key_file), at=AT)).kept
    assert (await verify_backup(backup, read_key_file(kept))).cases == 1
    with pytest.raises(BackupFaulty):
        await verify_backup(backup, read_key_file(key_file))


async def test_what_waits_in_the_spool_from_before_is_read_under_the_new_key(
    database_url: str, key_file: Path, tmp_path: Path
) -> None:
    await (await opened(database_url, key_file, sample())).close()
    spool = Spool(tmp_path / "spool", read_key_file(key_file))
    spool.open_folder()
    spool.keep(b"before", once="a")
    await rotate(database_url, KeyFile(key_file), at=AT)
    before = [read_key_file(path) for path in files_before(key_file)]
    later = Spool(tmp_path / "spool", read_key_file(key_file), before=before)
    later.keep(b"after", once="b")
    assert sorted(later.read(item.name) for item in later.waiting()) == [b"after", b"before"]
