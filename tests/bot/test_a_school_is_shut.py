"""One school's key does not open: every other is served, what its staff send waits sealed, the operator is told."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from bot.checking import check_school
from bot.clock import Clock
from bot.spooling import Drainer, Keeper
from handlers.conversation import CommandTyped, FormSubmitted, Reply
from handlers.desk.desk import Desk
from handlers.errors import Shut
from handlers.rules.concern import ConcernId
from handlers.rules.people import Login
from store.keys import KeyFaulty
from store.opening import open_units
from store.spool import Spool
from store.tables import schools
from store.unit_of_work import Units
from tests.bot.test_spooling import KEY, QUICK, Posts
from tests.bot.two_schools import HERE, THERE, both_schools
from tests.handlers.school import ROLL, SCHOOL, TESS, TUESDAY, account, words
from tests.journeys.gestures import reports, sees
from tests.store.forging import past_the_triggers
from tests.store.sample import sample

OTHER = sample("other")
HURT, WHOLE = SCHOOL.id, OTHER.id
ROLLS = (ROLL, OTHER.roll)


async def damage(url: str, school: UUID, key: bytes = b"\x01no key at all, but long enough to be one of them") -> None:
    await past_the_triggers(url, schools.update().where(schools.c.school == school).values(key=key))


async def key_of(url: str, school: UUID) -> bytes:
    units = await open_units(url, root_key=KEY, schools=ROLLS)
    async with units.reading() as connection:
        key: bytes = await connection.scalar(schools.select().with_only_columns(schools.c.key).where(
            schools.c.school == school))  # fmt: skip
    await units.close()
    return key


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Units]:
    units = await open_units(url, root_key=KEY, schools=ROLLS)
    try:
        yield units
    finally:
        await units.close()


class Stage:
    def __init__(self, units: Units, spool: Spool) -> None:
        both = {roll.school.id: roll.school for roll in ROLLS}
        self.keeper = Keeper(spool=spool, schools=both, couriers={"slack": Posts(), "teams": Posts()})
        self.mishaps: list[str] = []
        self.desk = Desk(
            units=units, now=lambda: TUESDAY, wake=lambda: None, keeper=self.keeper,
            mishap=lambda at, error: self.mishaps.append(repr(error)),
        )  # fmt: skip
        self.drainer = Drainer(spool=spool, desk=self.desk, keeper=self.keeper, ready=units.ready)

    async def sends(self, who: Login, key: UUID, child: object) -> Reply:
        values = {**QUICK, "child_1": str(child)}
        return await self.desk.answer(FormSubmitted(who=who, form="quick", key=str(key), page=1, values=values))


async def test_the_others_are_served_and_the_one_is_named(database_url: str):
    await key_of(database_url, HURT)
    await damage(database_url, HURT)
    async with opened(database_url) as units:
        assert (units.shut(), units.schools()) == ((HURT,), (WHOLE,))
        async with units(WHOLE) as uow:
            concern = OTHER.concern()
            await uow.concerns.save(concern, because=OTHER.raised(concern))
        await units.fill(at=TUESDAY)
        for opening in (units, units.looking):
            with pytest.raises(Shut):
                async with opening(HURT):
                    pass
        assert (await units.counts())[WHOLE]["concerns_unaccepted"] == 1


@pytest.mark.parametrize("which", ["all", "the only one that is wanted"])
async def test_where_nothing_that_is_wanted_opens_it_is_another_root_key(database_url: str, which: str):
    await key_of(database_url, HURT)
    for school in (HURT, WHOLE) if which == "all" else (HURT,):
        await damage(database_url, school)
    with pytest.raises(KeyFaulty, match=f"school {HURT} in the table schools is damaged"):
        await open_units(database_url, root_key=KEY, schools=(ROLL,))
    if which == "all":
        with pytest.raises(KeyFaulty, match="does not belong to this database"):
            await open_units(database_url, root_key=KEY, schools=ROLLS)


async def test_what_is_sent_there_waits_holds_up_no_other_and_is_brought_in_when_the_key_is_mended(
    database_url: str, tmp_path: Path
):
    key, spool = await key_of(database_url, HURT), Spool(tmp_path / "heard.spool", KEY)
    spool.open_folder()
    await damage(database_url, HURT)
    mine, theirs = uuid4(), uuid4()
    async with opened(database_url) as units:
        stage = Stage(units, spool)
        told = words(await stage.sends(account(TESS), mine, QUICK["child_1"]))
        assert "saved safely" in told and "ring 999" in told
        typed = words(await stage.desk.answer(CommandTyped(who=account(TESS))))
        assert "nothing has been changed" in typed and "act without Heard" in typed
        waits = FormSubmitted(
            who=OTHER.who("teacher"), form="quick", key=str(theirs), page=1,
            values={**QUICK, "child_1": str(OTHER.roll.pupils[0].id)},
        )  # fmt: skip
        assert await stage.desk._kept(waits)
        assert await stage.drainer.drain() == 1
        assert len(spool.waiting()) == 1
        async with units(WHOLE) as uow:
            assert await uow.concerns.get(ConcernId(theirs)) is not None
        await stage.keeper.close()
    await damage(database_url, HURT, key)
    async with opened(database_url) as units:
        assert units.shut() == ()
        stage = Stage(units, spool)
        assert await stage.drainer.drain() == 1
        assert spool.waiting() == []
        async with units(HURT) as uow:
            assert await uow.concerns.get(ConcernId(mine)) is not None


async def test_the_whole_program_starts_serves_the_other_and_says_which_is_not(
    tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture
):
    async with both_schools(tmp_path, database_url, Clock.started_at(TUESDAY)) as both:
        shut, settings = both[THERE].file.school.id, both.settings
        paths = [one.path for one in both.places.values()]
    await damage(database_url, shut)
    with caplog.at_level(logging.ERROR):
        async with both_schools(tmp_path, database_url, Clock.started_at(TUESDAY)) as both:
            reference = await reports(both[HERE].person("slack", "tess"))
            await sees(both[HERE].person("slack", "lee"), reference)
            await sees(both[HERE].person("teams", "priya"), reference)
    said = [record.event for record in caplog.records if record.getMessage() == "school_shut"]  # type: ignore[attr-defined]
    assert [one["school"] for one in said] == [shut]
    assert f"The school {shut} is not served" in said[0]["say"]
    found = await check_school(settings, *paths)
    assert [line.text for line in found if str(shut) in line.text] == [said[0]["say"]]
    assert HERE not in said[0]["say"]
