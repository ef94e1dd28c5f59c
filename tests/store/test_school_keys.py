"""Another key for each school (attack 66): under load nothing is lost or closed, and an end at any point can be gone on
from. A school that cannot be opened stops no other."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from store import school_keys
from store.keys import KeyFaulty, KeyFile, make_key_file, read_key_file, wrap_school_key
from store.opening import open_units
from store.ring import Ring
from store.rotating import rotate
from store.sealing import Key, SealBroken, bound_to
from store.tables import schools
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.store.conftest import Tamper
from tests.store.sample import WORDS, Sample, sample

AT = datetime(2026, 11, 9, 23, 0, tzinfo=UTC)
NOBODYS = {"note": "said of no case"}


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "heard.key"
    make_key_file(path)
    return path


async def opened(url: str, path: Path, *schools: Sample) -> Units:
    return await open_units(url, root_key=read_key_file(path), schools=[school.roll for school in schools])


async def raised(units: Units, school: Sample, number: int) -> Concern:
    concern = school.concern(f"26-{number:04d}")
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
    return concern


async def all_of(units: Units, school: Sample, told: list[Concern]) -> None:
    """Everything opens, by those who look and by those who write, and the trail tells of every row as it stands."""
    async with units.looking(school.id) as uow:
        assert (await uow.people.all())[0].name
        for concern in told:
            assert await uow.trail.answers(concern.id) == WORDS
    assert await units.examine(school.id) == frozenset()
    assert units.damaged(school.id) == frozenset()
    assert await verify_chain(units, school.id) is None


async def test_66_under_load_everything_comes_under_the_new_key_and_opens_before_and_after(
    database_url: str, key_file: Path
) -> None:
    school, other = sample("one"), sample("two")
    writes, looks = await opened(database_url, key_file, school, other), await opened(database_url, key_file, school)
    told, ends = [await raised(writes, school, number) for number in range(1, 4)], asyncio.Event()

    async def goes_on() -> int:
        since = 0
        while not ends.is_set() or since < 3:
            told.append(await raised(writes, school, len(told) + 1))
            async with looks.looking(school.id) as uow:
                assert await uow.trail.answers(told[-1].id) == WORDS
            since += ends.is_set()
        return since

    writer = asyncio.create_task(goes_on())
    for _ in range(3):
        before = len(told)
        done = await school_keys.change(database_url, read_key_file(key_file), at=AT)
        assert (set(done.many), done.shut, set(done.kept.values())) == ({school.id, other.id}, {}, {0})
        assert done.many[school.id] >= before
    ends.set()
    assert await writer == 3
    await all_of(writes, school, told)
    await all_of(looks, school, told)
    await writes.close()
    await looks.close()
    after = await opened(database_url, key_file, school, other)
    await all_of(after, school, told)
    async with after(school.id) as uow:
        entries = [line.entry for line in await uow.trail.of(school.id) if line.entry.deed is Deed.KEY_CHANGED]
    assert sum(not entry.facts for entry in entries) == 3, "each new key has its entry"
    await after.close()


async def test_nothing_is_left_under_the_former_key_and_it_is_gone(
    database_url: str, key_file: Path, school: Sample
) -> None:
    units = await opened(database_url, key_file, school)
    await raised(units, school, 1)
    root = Key(read_key_file(key_file))
    former = await _secrets(units, school, root)
    await school_keys.change(database_url, read_key_file(key_file), at=AT)
    newest = await _secrets(units, school, root)
    assert (len(former), len(newest)) == (32, 32)
    assert former != newest
    old = Ring(former, root=root, school=school.id)
    async with units.reading(school.id) as connection:
        for table, whose, column in school_keys._SEALED:
            rows = (await connection.execute(select(table.c[whose], table.c[column]))).all()
            assert rows
            for id, sealed in rows:
                with pytest.raises(SealBroken):
                    old.open(sealed, bound_to(school.id, id, table.name, column))
    await units.close()


async def test_a_former_key_that_sealed_words_of_no_case_stays_and_opens_them(
    database_url: str, key_file: Path, school: Sample
) -> None:
    units = await opened(database_url, key_file, school)
    async with units(school.id) as uow:
        await uow.trail.append(Entry(deed=Deed.THEMES, at=AT, by=None, thing=None, words=NOBODYS))
    done = await school_keys.change(database_url, read_key_file(key_file), at=AT)
    again = await school_keys.change(database_url, read_key_file(key_file), at=AT)
    assert (done.kept[school.id], again.kept[school.id]) == (1, 1), "of the two former ones only one sealed anything"
    await units.close()
    units = await opened(database_url, key_file, school)
    assert await units.examine(school.id) == frozenset()
    await units.close()


@pytest.mark.parametrize("turns", [1, 2, 3, 4])
async def test_ended_at_any_point_the_same_again_finishes_it(
    database_url: str, key_file: Path, school: Sample, monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    units = await opened(database_url, key_file, school)
    told = [await raised(units, school, number) for number in range(1, 4)]
    taken, turn = iter(range(100)), school_keys._Change._turn

    def until(change: object) -> object:
        if next(taken) >= turns + 3:  # the first three look whether a change was cut off
            raise KeyboardInterrupt
        return turn(change)  # type: ignore[arg-type]

    with monkeypatch.context() as cut:
        cut.setattr(school_keys._Change, "_turn", until)
        with pytest.raises(KeyboardInterrupt):
            await school_keys.change(database_url, read_key_file(key_file), at=AT)
    await all_of(units, school, told)
    done = await school_keys.change(database_url, read_key_file(key_file), at=AT)
    assert done.finished == ({school.id} if turns < 4 else set())
    assert done.kept[school.id] == 0
    await all_of(units, school, told)
    await units.close()


async def test_one_that_cannot_be_opened_is_named_and_stops_no_other(
    database_url: str, key_file: Path
) -> None:
    school, other = sample("one"), sample("two")
    units = await opened(database_url, key_file, school, other)
    concern = await raised(units, other, 1)
    async with units._writing(school.id) as connection:
        await connection.execute(update(schools).where(schools.c.school == school.id).values(key=b"no key"))
    await units.close()
    done = await school_keys.change(database_url, read_key_file(key_file), at=AT)
    assert (done.shut, set(done.many)) == ({school.id: "its key does not open"}, {other.id})
    rotated = await rotate(database_url, KeyFile(key_file), at=AT)
    assert (rotated.many, rotated.shut) == (1, [school.id])
    units = await opened(database_url, key_file, school, other)
    assert units.shut() == (school.id,)
    await all_of(units, other, [concern])
    await units.close()


async def test_another_root_key_changes_nothing(
    database_url: str, key_file: Path, tmp_path: Path, school: Sample, tamper: Tamper
) -> None:
    await (await opened(database_url, key_file, school)).close()
    before = await tamper("SELECT school, key FROM schools")
    make_key_file(tmp_path / "another.key")
    with pytest.raises(KeyFaulty, match="its key does not open"):
        await school_keys.change(database_url, read_key_file(tmp_path / "another.key"), at=AT)
    assert await tamper("SELECT school, key FROM schools") == before


async def _secrets(units: Units, school: Sample, root: Key) -> bytes:
    async with units.reading(school.id) as connection:
        wrapped = (await connection.execute(select(schools.c.key).where(schools.c.school == school.id))).scalar_one()
    return root.open(wrapped, bound_to(UUID(str(school.id)), None, "schools", "key"))


def test_who_looks_at_an_older_moment_takes_nobody_back_to_its_key() -> None:
    root, school = Key(bytes(range(32))), uuid4()
    bound = bound_to(school, None, "people", "particulars")
    first, second = bytes(range(1, 33)), bytes(range(2, 34))
    ring = Ring(first, root=root, school=school)
    old = ring.seal(b"before", bound)
    ring.take(wrap_school_key(root, school, second))
    assert not ring.learn(wrap_school_key(root, school, first)), "it is known here still"
    with pytest.raises(SealBroken):
        Key(first).open(ring.seal(b"after", bound), bound)
    assert ring.open(old, bound) == b"before"
    assert Ring(second, root=root, school=school).open(ring.seal(b"after", bound), bound) == b"after"
