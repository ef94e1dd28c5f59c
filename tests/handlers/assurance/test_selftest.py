"""The nightly self-test: of every possible subject, who would receive it; what is wrong is told without a name."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.assurance import selftest
from handlers.notice import NoticeKind
from handlers.post import cards as drawing
from handlers.rules import selftest as rules
from handlers.rules.chronology import Deed
from handlers.rules.people import Role
from handlers.rules.routing import Policy
from handlers.rules.selftest import Fault
from tests.handlers.acting import told
from tests.handlers.keeping import CANARY, alarmed, seals
from tests.handlers.posting import chat_with
from tests.handlers.school import COLIN, DANA, HELEN, LEE, PEOPLE, PRIYA, SCHOOL, TESS, THEO, TUESDAY, Here

STAFF = tuple(person for person, _ in PEOPLE if not person.has(Role.PUPIL))
EVERYBODY = frozenset(person.id for person in STAFF)
BOTH = {"slack", "teams"}


def table(people=STAFF, reached=EVERYBODY, sealed=()):
    return rules.rows(people, reached, policy=Policy(), sealed=sealed, at=TUESDAY)


def row(found, what, who=None):
    return next(r for r in found if r.subject.what == what and r.subject.who == who)


def night(day: int = 24, hour: int = 2, minute: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


def test_every_member_of_staff_is_asked_about_and_nobody_receives_what_names_them():
    found = table()
    for person in STAFF:
        asked = [r for r in found if r.subject.who == person]
        assert len(asked) >= 3
        assert not any(one.id == person.id for r in asked for rung in r.told for one in rung)


def test_it_goes_where_the_rules_say():
    found = table()
    assert row(found, "an allegation against", TESS).told[0] == (HELEN,)
    assert row(found, "an allegation against", HELEN).told[0] == (COLIN,)
    assert row(found, "a child").told[0] == (LEE, PRIYA)
    assert row(found, "a child, too close:", LEE).told[0] == (PRIYA,)
    assert row(found, "a child").fault is None


def test_without_a_vice_chair_and_a_nominated_person_the_chair_and_the_pair_have_nobody():
    found = table()
    assert {r.subject.what for r in found if r.fault is Fault.NOBODY} == {
        "an allegation against", "low-level, about", "their own report by", "how the school does things, left out:",
        "an adult who is not listed (chair)", "the head and the chair",
    }  # fmt: skip
    assert all(r.subject.who in {COLIN, None} for r in found if r.fault is Fault.NOBODY)
    more = (replace(TESS, roles=frozenset({Role.VICE_CHAIR})), replace(THEO, roles=frozenset({Role.NOMINATED})))
    whole = (*STAFF, *more)
    assert not any(r.fault for r in table(whole, frozenset(person.id for person in whole)))


def test_somebody_without_an_account_cannot_be_reached_and_the_next_rung_is_told_apart_from_none():
    found = table(reached=EVERYBODY - {HELEN.id, COLIN.id})
    assert row(found, "an allegation against", TESS).fault is Fault.UNREACHABLE
    found = table(reached=EVERYBODY - {HELEN.id})
    assert row(found, "an allegation against", TESS).fault is Fault.FIRST_UNREACHABLE


@pytest.mark.parametrize("held", [True, False])
async def test_a_sealed_concern_whose_people_have_all_left_is_counted(here, held):
    concern = await here.raises(answers=CANARY)
    await seals(here, LEE, concern, DANA)
    sealed = await here.concern(concern.id)
    here_now = STAFF if held else tuple(person for person in STAFF if person.id != DANA.id)
    found = table(people=here_now, sealed=(sealed,))
    assert row(found, "a sealed concern").fault is (None if held else Fault.NOBODY)


async def runs(here: Here, at: datetime, platforms=BOTH) -> int:
    return await selftest.run_all(here.units, platforms, at=at)


async def test_it_runs_once_a_night_and_not_in_the_day(here):
    assert await runs(here, night(hour=2, minute=29)) == 0
    assert await runs(here, night()) == 1
    assert await runs(here, night(minute=35)) == 0
    assert await runs(here, night(hour=12)) == 0
    assert await runs(here, night(25)) == 1


async def test_the_head_and_the_technician_are_told_how_many_and_no_name(here):
    await runs(here, night())
    assert {(kind, to) for kind, to, _ in await told(here)} == {
        (NoticeKind.ALARM, HELEN.id),
        (NoticeKind.ALARM, THEO.id),
    }
    assert "nobody_could_be_reached" in await alarmed(here)
    card = await alarm(here)
    assert "possible subjects would reach nobody: run python -m bot check" in card
    for person in STAFF:
        assert person.name not in card


async def test_where_no_platform_is_set_up_nobody_is_reached(here):
    async with here.units(SCHOOL.id) as uow:
        assert all(r.fault for r in await selftest.table(uow, (), at=here.at))
        assert not all(r.fault for r in await selftest.table(uow, BOTH, at=here.at))


async def test_a_night_without_a_fault_takes_the_alarm_away(here, monkeypatch):
    await runs(here, night())
    assert await alarm(here) is not None
    monkeypatch.setattr(rules, "rows", lambda *_args, **_more: ())
    await runs(here, night(25))
    assert await alarm(here, 25) is None


async def alarm(here: Here, day: int = 24) -> str | None:
    from handlers.notice import Notice
    async with here.units(SCHOOL.id) as uow:
        subject = selftest._week(uow, night(day))
        notice = Notice(kind=NoticeKind.ALARM, place=chat_with(HELEN), subject=subject, to=HELEN.id, step=selftest.STEP)
        card = await drawing.draw(uow, notice, at=here.at)
        lines = [line.entry.deed for line in await uow.trail.of(subject)]
    assert Deed.SELF_TESTED in lines
    return None if card is None else str(card)
