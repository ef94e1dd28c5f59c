"""What nobody accepts is asked for on each school day, of more people, until somebody has it: nothing sleeps."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from handlers.rules import clocks
from handlers.rules.calendar import Term
from handlers.rules.concern import Urgency
from handlers.rules.routing import Rung
from handlers.triage.chasing import chase_unaccepted
from handlers.triage.chasing_owned import chase_owned
from handlers.ui.card import Press
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import (
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    PEOPLE,
    PRIYA,
    SCHOOL,
    TOM,
    about_adult,
)
from tests.rules.test_concern import RAISED

LEADS = {LEE, PRIYA, DANA}
ZONE = SCHOOL.calendar.zone


async def asked_on_each_day(here, post, *, days: int) -> list[set[object]]:
    """Of whom it is asked in a new message, day by day of the calendar."""
    found: list[set[object]] = []
    had = set(post.standing)
    for _ in range(days):
        came: set[object] = set()
        for _ in range(8):
            here.later(hours=3)
            await chase_owned(here.units, at=here.at)
            await chase_unaccepted(here.units, {}, at=here.at)
            await works(here, post)
            fresh = {id: where for id, (where, _) in post.standing.items() if id not in had}
            had |= set(fresh)
            came |= {one for one, _ in PEOPLE if chat_with(one) in fresh.values()}
        found.append(came)
    return found


@pytest.mark.parametrize(
    ("answers", "first", "later"),
    [
        ({**ANSWERS, "urgency": "week"}, LEADS, LEADS | {HELEN}),
        ({**ANSWERS, "urgency": "record"}, LEADS, LEADS | {HELEN}),
        ({**about_adult(TOM), "adult_weight": "low_level", "urgency": "week"}, {HELEN}, {HELEN, COLIN}),
        ({**about_adult(TOM), "adult_weight": "low_level", "urgency": "record"}, {HELEN}, {HELEN, COLIN}),
    ],
    ids=["this week", "for the record", "an adult, this week", "an adult, for the record"],
)
async def test_it_is_asked_for_on_each_school_day_and_from_the_second_of_the_next_in_line(
    here, post, answers, first, later
):
    concern = await here.raises(answers=answers)  # a Tuesday, 10:15
    await works(here, post)
    week = await asked_on_each_day(here, post, days=12)
    begins = 2 if answers["urgency"] == "week" else 3
    assert [day for day in range(begins, 12) if not week[day]] in ([4, 5, 11], [3, 4, 10, 11], [4, 5]), week
    assert first in week
    assert all(asked == later for asked in week[begins + 1 :] if asked), week
    await here.press(HELEN, Press.ACCEPT, concern.id)
    await works(here, post)
    assert not any("Not accepted" in card.summary for _, card in post.standing.values())


async def test_what_was_decided_and_has_lost_its_owner_is_asked_for_on_the_next_day(here, post, reads_again):
    """A decision lets "today" cross home time, and nobody may forget it for that."""
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern, level="medium")
    await works(here, post)
    await reads_again(people=[one for one in PEOPLE if one[0] != LEE])
    asked = await asked_on_each_day(here, post, days=6)
    assert all({PRIYA, DANA} <= asked[day] for day in (0, 1, 2)), asked
    assert HELEN in asked[2]
    said = " ".join(card.summary for card in post.at(chat_with(PRIYA)))
    assert "Not accepted in" in said


CALENDAR = replace(
    SCHOOL.calendar,
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
           Term(first=date(2026, 11, 2), last=date(2026, 12, 18))),
)  # fmt: skip


@pytest.mark.parametrize("urgency", [Urgency.WEEK, Urgency.RECORD])
@pytest.mark.parametrize("sent", ["2026-10-19 10:00", "2026-10-23 16:00", "2026-10-24 12:00", "2026-11-23 15:29"])
def test_one_step_a_school_day_none_on_another_day_and_never_an_end(urgency, sent):
    begun = datetime.strptime(sent, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    concern = replace(RAISED, urgency=urgency, submitted_at=begun)
    seen: dict[str, datetime] = {}
    for hour in range(24 * 28):
        at = begun + timedelta(hours=hour)
        for step in clocks.due_steps(concern, CALENDAR, at=at):
            seen.setdefault(step.name, at)
            assert step.due <= at
            if step.name.startswith(clocks.EACH_DAY):
                assert CALENDAR.is_school_day(step.due.astimezone(ZONE).date())
                assert step.rung in {Rung.DEPUTIES, Rung.HEAD}
    each = [name for name in seen if name.startswith(clocks.EACH_DAY)]
    days = [begun.date() + timedelta(days=n) for n in range(1, 28)]
    assert len(each) >= sum(map(CALENDAR.is_school_day, days)) - 4
    first = 2 if urgency is Urgency.WEEK else 3
    numbers = [int(name.removeprefix(clocks.EACH_DAY).partition(":")[0]) for name in each]
    assert numbers == list(range(first, first + len(each)))


class Counting(Post):
    """A courier that remembers each new message."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[str, str]] = []

    async def post(self, place, card):  # type: ignore[no-untyped-def]
        self.came.append((place.id, card.summary))
        return await super().post(place, card)


@pytest.mark.parametrize("owned", [False, True], ids=["nobody has it", "nothing is decided"])
async def test_whoever_it_climbs_to_has_one_message_of_it_and_not_the_plain_card_first(here, owned):
    post = Counting()
    concern = await here.raises(answers={**about_adult(TOM), "adult_weight": "allegation", "urgency": "now"})
    if owned:
        await here.press(HELEN, Press.ACCEPT, concern.id)
    await works(here, post)
    post.came.clear()
    for _ in range(40):
        here.later(minutes=11)
        await chase_unaccepted(here.units, {}, at=here.at)
        await chase_owned(here.units, at=here.at)
        await works(here, post)
        if came := [summary for place, summary in post.came if place == chat_with(COLIN).id]:
            break
    assert len(came) == 1, came
    assert came[0].endswith(("Press “Accept”.", "Press “Take over” or “Safe until”."))
