"""Nothing waits unseen: each step once, whoever ticks, after days down too."""

import asyncio
from collections.abc import Collection
from datetime import timedelta

from handlers.actions import chasing as action_chasing
from handlers.notice import NoticeKind
from handlers.overview import digests
from handlers.platform_ports import Undelivered
from handlers.rules.chronology import Deed
from handlers.rules.concern import Urgency
from handlers.triage import chasing
from handlers.ui.card import Press
from tests.handlers.school import ABOUT_LEE, ANSWERS, COLIN, DANA, HELEN, LEE, PRIYA, SCHOOL, TOM, Here, account

NOW = {**ANSWERS, "urgency": "now"}


class Absences:
    """A directory that knows who is out of office; the rest is not asked for here."""

    def __init__(self, *people) -> None:
        self.users = frozenset(account(person).user for person in people)

    async def away(self, tenant: str, users: Collection[str]) -> frozenset[str]:
        return self.users & frozenset(users)

    async def profile(self, tenant, user):
        raise Undelivered("not_asked")

    async def members(self, place):
        raise Undelivered("not_asked")


class Silent(Absences):
    async def away(self, tenant, users):
        raise Undelivered("timeout")


async def told(here: Here, kind: NoticeKind, subject) -> list[tuple[object, str]]:
    """(person, step) of every notice of that kind, taken out of the outbox."""
    found = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                await uow.outbox.settle(item)
                found += [(item.notice.to, item.notice.step)] if item.notice.kind is kind else []
    return [pair for pair in found if pair[1]]


async def chased(here: Here, **directories) -> int:
    return await chasing.chase_unaccepted(here.units, directories, at=here.at)


async def deeds(here: Here, thing, *wanted: Deed):
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(thing) if line.entry.deed in wanted]


async def test_an_urgent_concern_climbs_a_rung_at_each_of_its_steps(here):
    concern = await here.raises(answers=NOW)
    await told(here, NoticeKind.CHASE, concern.id)
    here.later(minutes=4)
    assert await chased(here) == 0
    here.later(minutes=1)
    await chased(here)
    assert await told(here, NoticeKind.CHASE, concern.id) == [(DANA.id, "now_5")]
    here.later(minutes=5)
    await chased(here)
    assert await told(here, NoticeKind.CHASE, concern.id) == [(HELEN.id, "now_10")]
    here.later(minutes=5)
    await chased(here)
    assert {who for who, _ in await told(here, NoticeKind.CHASE, concern.id)} == {LEE.id, PRIYA.id, DANA.id, HELEN.id}
    assert (await here.concern(concern.id)).rung == 3
    for minutes, step in ((15, "again_30"), (30, "again_60"), (60, "again_120"), (24 * 60, "again_1440")):
        here.later(minutes=minutes)
        assert await chased(here) == 1
        assert {step for _, step in await told(here, NoticeKind.CHASE, concern.id)} == {step}
        assert await chased(here) == 0
    await here.press(LEE, Press.ACCEPT, concern.id)
    here.later(days=1)
    assert await chased(here) == 0


async def test_after_three_days_down_everyone_is_told_once_at_the_step_that_is_reached(here):
    concern = await here.raises(answers=NOW)
    await told(here, NoticeKind.CHASE, concern.id)
    here.later(days=3)
    assert await chased(here) == 1
    assert await chased(here) == 0
    notices = await told(here, NoticeKind.CHASE, concern.id)
    assert sorted(str(who) for who, _ in notices) == sorted(str(p.id) for p in (LEE, PRIYA, DANA, HELEN))
    assert {step for _, step in notices} == {"again_4320"}
    assert [entry.facts["step"] for entry in await deeds(here, concern.id, Deed.CHASED)] == ["again_4320"]


async def test_eight_who_tick_at_once_chase_once(here):
    concern = await here.raises(answers=NOW)
    await told(here, NoticeKind.CHASE, concern.id)
    here.later(minutes=6)
    assert sum(await asyncio.gather(*(chased(here) for _ in range(8)))) == 1
    assert await told(here, NoticeKind.CHASE, concern.id) == [(DANA.id, "now_5")]


async def test_what_is_accepted_is_left_in_peace(here):
    concern = await here.raises(answers=NOW)
    await here.press(LEE, Press.ACCEPT, concern.id)
    here.later(days=3)
    assert await chased(here) == 0


async def test_leads_who_are_all_out_of_office_are_passed_over_at_once_and_it_is_recorded(here):
    concern = await here.raises(answers=NOW)
    await told(here, NoticeKind.CHASE, concern.id)
    assert await chased(here, slack=Absences(LEE, PRIYA)) == 1
    assert await told(here, NoticeKind.CHASE, concern.id) == [(DANA.id, "passed_over_0")]
    (entry,) = await deeds(here, concern.id, Deed.PASSED_OVER)
    assert set(entry.facts["away"].split()) == {str(LEE.id), str(PRIYA.id)}
    assert await chased(here, slack=Absences(LEE, PRIYA)) == 0


async def test_one_lead_who_is_there_is_enough_not_to_pass_over(here):
    await here.raises(answers=NOW)
    assert await chased(here, slack=Absences(LEE)) == 0


async def test_a_platform_that_does_not_answer_keeps_no_step_back(here):
    concern = await here.raises(answers=NOW)
    await told(here, NoticeKind.CHASE, concern.id)
    here.later(minutes=5)
    assert await chased(here, slack=Silent()) == 1


async def test_a_concern_about_a_lead_climbs_without_any_lead(here):
    concern = await here.raises(answers={**ABOUT_LEE, "urgency": "now"})
    await told(here, NoticeKind.CHASE, concern.id)
    here.later(days=3)
    await chased(here)
    assert {who for who, _ in await told(here, NoticeKind.CHASE, concern.id)} == {HELEN.id, COLIN.id}


async def test_a_concern_for_this_week_waits_over_night_but_not_over_the_day(here):
    here.later(hours=12)
    concern = await here.raises(answers={**ANSWERS, "urgency": "week"})
    await told(here, NoticeKind.CHASE, concern.id)
    here.later(hours=9)
    assert await chased(here) == 0
    here.later(hours=6)
    assert await chased(here) == 1


async def assigned(here: Here, *, due: str):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    await here.send(LEE, form, {"kind": "call_home", "owner": str(TOM.id), "what": "Ring.", "due_date": due})
    async with here.units(SCHOOL.id) as uow:
        (action,) = await uow.actions.of(concern.id)
    await told(here, NoticeKind.ACTION, action.id)
    return concern, action


async def test_an_action_is_nudged_and_then_told_above(here):
    concern, action = await assigned(here, due="2026-11-26")
    seen = {}
    for day in range(1, 8):
        here.at = action.due_at + timedelta(days=day - 2, minutes=1)
        await action_chasing.chase_actions(here.units, at=here.at)
        async with here.units(SCHOOL.id) as uow:
            while claimed := await uow.outbox.claim(most=50):
                for item in claimed:
                    await uow.outbox.settle(item)
                    if item.notice.step:
                        seen.setdefault(item.notice.step.split(":")[0], set()).add((item.notice.kind, item.notice.to))
    owes = (NoticeKind.ACTION, TOM.id)
    above = {(NoticeKind.OVERDUE, person.id) for person in (LEE, PRIYA, DANA)}
    assert seen == {
        "day_before": {owes},
        "due": {owes},
        "plus_1": {owes},
        "plus_2": {owes, (NoticeKind.OVERDUE, LEE.id)},
        "plus_3": {owes, *above},
    }
    nudged = await deeds(here, concern.id, Deed.NUDGED)
    assert [entry.facts["step"] for entry in nudged] == ["day_before", "due", "plus_1", "plus_2", "plus_3"]


async def test_an_action_found_days_late_is_nudged_once(here):
    concern, action = await assigned(here, due="2026-11-25")
    here.at = action.due_at + timedelta(days=9)
    assert await action_chasing.chase_actions(here.units, at=here.at) == 1
    assert await action_chasing.chase_actions(here.units, at=here.at) == 0
    assert await told(here, NoticeKind.ACTION, action.id) == [(TOM.id, "plus_3:2026-11-25T15:30")]
    assert len(await deeds(here, concern.id, Deed.NUDGED)) == 1


async def test_the_digest_is_sent_once_a_school_day(here):
    async def ticks() -> bool:
        async with here.units(SCHOOL.id) as uow:
            return await digests.send_digest(uow, at=here.at)

    assert [await ticks(), await ticks()] == [True, False]
    here.later(days=1)
    assert await ticks() is True
    here.later(days=3)
    assert await ticks() is False


async def test_the_digest_says_nothing_of_a_concern_that_the_leads_may_not_know_of(here):
    await here.raises(answers=ABOUT_LEE)
    open_one = await here.raises()
    async with here.units(SCHOOL.id) as uow:
        card = await digests.draw(uow, at=here.at)
    shown = str(card)
    assert open_one.reference in shown
    assert "26-48213" not in shown
    assert Urgency.TODAY.value not in shown
