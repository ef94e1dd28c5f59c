"""What somebody says of the school's days is in the calendar of every unit of work after it, in this process and in
another, and of no other school's. While nothing new is said it costs no question.
"""

from datetime import date, time
from uuid import UUID

from handlers.ports import UnitOfWork
from handlers.rules import closed
from handlers.rules.calendar import Hours
from handlers.rules.chronology import Deed, Entry
from handlers.rules.closed import Change
from store.opening import open_units
from store.unit_of_work import Units
from tests.postgres import as_the_program
from tests.statements import heard
from tests.store.sample import AT, ROOT, Sample, sample

DAY = date(2026, 12, 1)
EARLY = Change(first=DAY, last=DAY, closes=time(11, 20))
ORDINARY, SHORT = Hours(opens=time(8, 30), closes=time(15, 30)), Hours(opens=time(8, 30), closes=time(11, 20))


async def _says(uow: UnitOfWork, lead: UUID) -> Change:
    by, facts, why = sample().person("lead").id, EARLY.facts(), {"reason": "CANARY snow"}
    assert by == lead
    entry = Entry(deed=Deed.SCHOOL_CLOSED, at=AT, by=by, thing=uow.school.id, facts=facts, words=why)
    return closed.read([await uow.trail.append(entry)])[0]


async def test_every_unit_of_work_after_it_has_it_in_its_calendar(database_url: str, units: Units, school: Sample):
    other = sample("two")
    both = (school.roll, other.roll)
    elsewhere = await open_units(as_the_program(database_url), root_key=ROOT, schools=both)
    lead = school.person("lead").id
    async with elsewhere.looking(school.id) as uow:
        assert uow.school.calendar.hours(DAY) == ORDINARY
    async with units(school.id) as uow:
        said = await _says(uow, lead)
    for process in (units, elsewhere):
        async with process(school.id) as uow:
            assert uow.school.calendar.hours(DAY) == SHORT
        async with process.looking(school.id, at=AT) as uow:
            assert (uow.school.calendar.hours(DAY), uow.school.calendar.today) == (SHORT, AT.date())
    async with elsewhere(other.id) as uow:
        assert uow.school.calendar.hours(DAY) == ORDINARY
    facts = closed.back_facts(closed.taken_back(said, today=DAY))
    async with elsewhere(school.id) as uow:
        await uow.trail.append(Entry(deed=Deed.SCHOOL_OPEN, at=AT, by=lead, thing=school.id, facts=facts))
    async with units.looking(school.id) as uow:
        assert uow.school.calendar.hours(DAY) == ORDINARY
        lines = await uow.trail.of(school.id, words=True)
        assert [line.entry.words for line in lines] == [{"reason": "CANARY snow"}, {}]
    await elsewhere.close()


async def test_what_is_not_committed_was_not_said(units: Units, school: Sample):
    try:
        async with units(school.id) as uow:
            await _says(uow, school.person("lead").id)
            raise KeyError
    except KeyError:
        pass
    async with units(school.id) as uow:
        assert uow.school.calendar.said == {}


async def test_it_is_read_once_for_each_state_of_the_school(units: Units, school: Sample):
    async with units(school.id) as uow:
        await _says(uow, school.person("lead").id)
    async with units.looking(school.id):
        pass
    with heard(units) as statements:
        async with units.looking(school.id) as uow:
            assert uow.school.calendar.hours(DAY) == SHORT
    assert [one for one in statements if "entries" in one] == []
