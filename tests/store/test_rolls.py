"""A list of pupils that would take many off the roll, or that cannot be read: the one of before stands."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from handlers.rules.people import Pupil, PupilId
from handlers.rules.roll import Held, Why
from store.opening import open_units
from store.rolls import Roll
from store.unit_of_work import Units
from tests.store.sample import ROOT, Sample, sample


@pytest.fixture
def school() -> Sample:
    return sample(pupils=tuple((f"Pupil N{n}", "8B", "8") for n in range(40)))


async def _on_the_roll(units: Units, school: Sample) -> int:
    async with units(school.id) as uow:
        return len(await uow.pupils.search("pupil"))


async def _again(url: str, roll: Roll) -> tuple[Held | None, int]:
    """What is held when it is opened again with that roll, and how many can be found then."""
    opened = await open_units(url, root_key=ROOT, schools=(roll,))
    try:
        return opened.held(roll.school.id), await _on_the_roll(opened, Sample(roll=roll))
    finally:
        await opened.close()


def _fewer(roll: Roll, left: int, **more: int) -> Roll:
    return replace(roll, pupils=tuple(roll.pupils)[left:], **more)  # type: ignore[arg-type]


async def test_a_few_leavers_are_taken_over(units: Units, school: Sample, database_url: str) -> None:
    assert await _again(database_url, _fewer(school.roll, 2)) == (None, 38)


@pytest.mark.parametrize("left", [3, 39, 40])
async def test_many_leavers_are_asked_about_and_the_old_roll_stands(
    units: Units, school: Sample, database_url: str, left: int
) -> None:
    held, found = await _again(database_url, _fewer(school.roll, left))
    assert held is not None
    assert (held.why, held.turnover.lost, held.turnover.before, found) == (Why.SHRINKS, left, 40, 40)


async def test_the_number_that_was_said_takes_it_over_and_no_other_number(
    units: Units, school: Sample, database_url: str
) -> None:
    for other in (0, 29, 31, 40):
        held, found = await _again(database_url, _fewer(school.roll, 30, accepted=other))
        assert held is not None and found == 40
    assert await _again(database_url, _fewer(school.roll, 30, accepted=30)) == (None, 10)
    assert await _again(database_url, _fewer(school.roll, 30)) == (None, 10)


async def test_an_acceptance_that_stays_behind_does_not_take_the_next_accident(
    units: Units, school: Sample, database_url: str
) -> None:
    await _again(database_url, _fewer(school.roll, 20, accepted=20))
    held, found = await _again(database_url, _fewer(school.roll, 35, accepted=20))
    assert held is not None and found == 20


async def test_keys_beside_other_names_are_asked_about(units: Units, school: Sample, database_url: str) -> None:
    names = [pupil.name for pupil in school.roll.pupils]
    slipped = [replace(pupil, name=name) for pupil, name in zip(school.roll.pupils, names[1:] + names[:1], strict=True)]
    held, _ = await _again(database_url, replace(school.roll, pupils=slipped))
    assert held is not None and held.turnover.renamed == 40


async def test_other_keys_are_asked_about(units: Units, school: Sample, database_url: str) -> None:
    rekeyed: Sequence[Pupil] = [replace(p, id=PupilId(school.person("lead").id)) for p in school.roll.pupils[:1]]
    held, found = await _again(database_url, replace(school.roll, pupils=[*rekeyed, *school.roll.pupils[3:]]))
    assert held is not None and (held.turnover.lost, held.turnover.rekeyed, found) == (3, 1, 40)


async def test_a_roll_that_cannot_be_read_leaves_the_old_one_and_everything_else_is_taken_over(
    units: Units, school: Sample, database_url: str
) -> None:
    people = [(replace(person, telephone="new"), held) for person, held in school.roll.people]
    unread = replace(school.roll, people=people, pupils=(), faults=("pupils: line 3 is wrong.",))
    held, found = await _again(database_url, unread)
    assert held is not None and (held.why, found) == (Why.UNREADABLE, 40)
    async with units(school.id) as uow:
        assert {person.telephone for person in await uow.people.all()} == {"new"}


async def test_without_a_roll_of_before_one_that_cannot_be_read_is_refused(database_url: str) -> None:
    fresh = replace(sample().roll, pupils=(), faults=("pupils: line 3 is wrong.", "pupils: line 4 is wrong."))
    with pytest.raises(ValueError, match=r"line 3 is wrong\.\npupils: line 4"):
        await open_units(database_url, root_key=ROOT, schools=(fresh,))
