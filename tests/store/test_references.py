"""References are drawn by lot: none is missing, none comes twice in a school, old ones stay as they are."""

from datetime import datetime
from uuid import uuid4

from handlers.rules.concern import Concern, ConcernId
from handlers.rules.reference import Lot
from store.opening import open_units
from store.unit_of_work import Units
from tests.lots import drawing
from tests.store.sample import AT, ROOT, Sample


async def _opened(url: str, school: Sample, lot: Lot) -> Units:
    return await open_units(url, root_key=ROOT, schools=(school.roll,), lot=lot)


async def _keep(units: Units, school: Sample, reference: str = "", *, at: datetime = AT) -> Concern:
    async with units(school.id) as uow:
        reference = reference or await uow.concerns.free_reference(at=at)
        one = school.concern(reference, id=ConcernId(uuid4()), submitted_at=at)
        await uow.concerns.save(one, because=school.raised(one))
    return one


async def test_they_are_drawn_and_not_counted(sqlite_url: str, school: Sample) -> None:
    units = await _opened(sqlite_url, school, drawing(48213, 10000, 99999))
    assert [(await _keep(units, school)).reference for _ in range(3)] == ["26-48213", "26-10000", "26-99999"]
    await units.close()


async def test_a_number_that_something_has_is_drawn_again_whatever_its_year(database_url: str, school: Sample) -> None:
    units = await _opened(database_url, school, drawing(48213, 48213, 48213, 30977))
    await _keep(units, school)
    last_year = AT.replace(year=AT.year - 1)
    assert (await _keep(units, school, at=last_year)).reference == "25-30977"
    await units.close()


async def test_where_numbers_are_scarce_they_have_one_digit_more(sqlite_url: str, school: Sample) -> None:
    units = await _opened(sqlite_url, school, lambda below: below // 2)
    assert [(await _keep(units, school)).reference for _ in range(3)] == ["26-55000", "26-550000", "26-5500000"]
    await units.close()


async def test_the_school_year_begins_on_the_schools_own_first_of_september(units: Units, school: Sample) -> None:
    before, after = AT.replace(month=8, day=31, hour=22), AT.replace(month=8, day=31, hour=23, minute=30)
    async with units(school.id) as uow:
        assert (await uow.concerns.free_reference(at=before)).startswith("25-")
        assert (await uow.concerns.free_reference(at=after)).startswith("26-")  # 00:30 in British Summer Time


async def test_they_are_found_as_people_type_them_and_the_number_alone_is_enough(units: Units, school: Sample) -> None:
    one = await _keep(units, school, "26-48213")
    for typed in ("26-48213", "26 48213", "48213", "#48213", "2648213"):
        async with units.looking(school.id) as uow:
            found = await uow.concerns.find(typed)
        assert found and found.id == one.id, typed
    async with units.looking(school.id) as uow:
        assert [await uow.concerns.find(typed) for typed in ("25-48213", "48214", "Mia", "", "%")] == [None] * 5


async def test_old_ones_stay_as_they_are_and_of_their_numbers_the_newest_is_found(
    units: Units, school: Sample
) -> None:
    old = await _keep(units, school, "25-0001", at=AT.replace(year=AT.year - 1))
    new = await _keep(units, school, "26-0001")
    async with units.looking(school.id) as uow:
        found = [await uow.concerns.find(typed) for typed in ("25-0001", "25 0001", "26-0001", "0001")]
    assert [one and one.id for one in found] == [old.id, old.id, new.id, new.id]
