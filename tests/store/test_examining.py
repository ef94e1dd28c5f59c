"""Every row of a school is looked at, a page at a time: none is left out by what is torn on the way."""

import pytest

from store import examining
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import AT, Sample

_SEALED = {"sqlite": "UPDATE people SET particulars = x'00'", "postgresql": "UPDATE people SET particulars = '\\x00'"}
_TORN = {
    "sqlite": (
        "UPDATE entries SET sequence = 'two' WHERE sequence = 2",
        "UPDATE steps SET subject = x'ff' WHERE step = 'step 1'",
    ),
    "postgresql": (),
}  # fmt: skip


@pytest.mark.parametrize("page", [1, 3])
async def test_a_page_at_a_time_finds_what_is_found_at_once(
    units: Units, school: Sample, tamper: Tamper, database_url: str, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    async with units(school.id) as uow:
        for number in range(5):
            concern = school.concern(await uow.concerns.free_reference(at=AT))
            await uow.concerns.save(concern, because=school.raised(concern))
            await uow.steps.take(concern.id, f"step {number}", at=AT)
    engine = database_url.partition("+")[0]
    torn = _TORN[engine]
    await tamper(_SEALED[engine], *torn, triggers=False)
    at_once = await units.examine(school.id)
    monkeypatch.setattr(examining, "_PAGE", page)
    assert await units.examine(school.id) == at_once
    tables = [one.table for one in at_once]
    people = len(school.roll.people)
    assert (tables.count("people"), len(tables)) == (people, people + len(torn)), at_once
