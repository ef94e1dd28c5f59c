"""What is wrong now: begun once and ended once, whoever finds it and however often, and one school's is no other's."""

import asyncio

from handlers.rules.trouble import Lasting, Trouble
from store.opening import open_units
from store.unit_of_work import Units
from tests.store.sample import AT, ROOT, Sample, sample

WHERE = "slack:T0SCHOOL"


async def _begin(units: Units, school: Sample, where: str = WHERE) -> bool:
    async with units(school.id) as uow:
        return await uow.troubles.begin(Trouble.PLATFORM_SILENT, where, reason="no_connection", at=AT)


async def _end(units: Units, school: Sample) -> bool:
    async with units(school.id) as uow:
        return await uow.troubles.end(Trouble.PLATFORM_SILENT, WHERE)


async def test_of_many_who_find_it_one_begins_it_and_one_ends_it(units: Units, school: Sample) -> None:
    assert sorted(await asyncio.gather(*(_begin(units, school) for _ in range(5)))) == [False] * 4 + [True]
    async with units(school.id) as uow:
        assert await uow.troubles.lasting() == (
            Lasting(trouble=Trouble.PLATFORM_SILENT, where=WHERE, reason="no_connection", since=AT),
        )
    assert sorted(await asyncio.gather(*(_end(units, school) for _ in range(5)))) == [False] * 4 + [True]
    assert await _begin(units, school), "it can begin again"


async def test_what_lasts_is_known_at_once_in_the_unit_of_work_that_begins_it(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        assert await uow.troubles.lasting() == ()
        await uow.troubles.begin(Trouble.PLACE_UNFIT, "slack:T:channel:C", reason="is_archived", at=AT)
        assert len(await uow.troubles.lasting()) == 1


async def test_one_schools_trouble_is_no_others(database_url: str) -> None:
    one, other = sample(), sample("other")
    units = await open_units(database_url, root_key=ROOT, schools=(one.roll, other.roll))
    assert await _begin(units, one)
    async with units(other.id) as uow:
        assert await uow.troubles.lasting() == ()
    assert await _begin(units, other)
    await units.close()
