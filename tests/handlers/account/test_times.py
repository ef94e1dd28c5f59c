"""When it happened, was learned and was recorded: asked apart, counted, kept as plain facts, and shown to leads."""

from datetime import UTC, datetime

import pytest

from handlers.account import reported, times
from handlers.errors import InvalidForm
from handlers.rules.chronology import Answers, Deed
from handlers.samples import ANSWERS, CALENDAR
from handlers.ui.card import Press, Words
from tests.handlers.school import ANSWERS as SCHOOL_ANSWERS
from tests.handlers.school import LEE, SCHOOL, Here

AT = datetime(2026, 11, 19, 14, 20, tzinfo=UTC)
DATED: Answers = {
    "happened": "then", "happened_date": "2026-11-16", "happened_time": "10:15",
    "learned": "then", "learned_date": "2026-11-19", "learned_time": "12:15",
}
NO_TIMES = {"happened_time": "", "learned_time": ""}


def told(**changed: str) -> str:
    return times.sentence({**DATED, **changed}, calendar=CALENDAR, recorded=AT)


def counted(**changed: str) -> dict[str, str]:
    return times.facts({**DATED, **changed}, calendar=CALENDAR, at=AT)


def test_the_delays_are_said_one_after_the_other():
    assert told() == "Happened Mon 16 Nov, 10:15; learned 3 days later; recorded 2 hours after that"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (NO_TIMES, "Happened Mon 16 Nov; learned 3 days later; recorded the same day"),
        ({"learned": "same"}, "Happened Mon 16 Nov, 10:15; learned as it happened; recorded 3 days after that"),
        ({"happened": "over_time", "learned": "same"},
         "Happened over time; learned as it happened; recorded Thu 19 Nov, 14:20"),
        ({"happened": "over_time"}, "Happened over time; learned Thu 19 Nov, 12:15; recorded 2 hours after that"),
        ({"happened": "unknown"},
         "Not known when it happened; learned Thu 19 Nov, 12:15; recorded 2 hours after that"),
        ({"learned_date": "2026-11-16", "learned_time": "10:15"},
         "Happened Mon 16 Nov, 10:15; learned at once; recorded 3 days after that"),
    ],
)
def test_what_is_not_known_is_said_so_and_never_guessed(changed: dict[str, str], said: str):
    assert told(**changed) == said


def test_nothing_is_said_where_it_was_not_asked():
    assert times.sentence({"facts": "x"}, calendar=CALENDAR, recorded=AT) == ""
    assert times.facts({"facts": "x"}, calendar=CALENDAR, at=AT) == {}


def test_the_delays_are_kept_in_minutes_as_far_as_they_are_known():
    assert counted() == {"learned_after": "4440", "recorded_after": "125"}
    assert counted(**NO_TIMES) == {"learned_after": str(3 * 1440), "recorded_after": "0"}
    assert counted(learned="same") == {"learned_after": "0", "recorded_after": str(3 * 1440 + 245)}
    assert counted(happened="over_time") == {"recorded_after": "125"}
    assert counted(happened="over_time", learned="same") == {}
    assert counted(happened="unknown", learned="same") == {}


def test_learned_when_it_happened_cannot_be_where_that_is_not_known():
    changed = {**ANSWERS, "happened": "unknown", "happened_date": "", "happened_time": "", "learned": "same"}
    with pytest.raises(InvalidForm) as refusal:
        reported.read(changed, calendar=CALENDAR, at=datetime(2026, 11, 24, 10, 15, tzinfo=UTC))
    assert "say when you learned of it" in refusal.value.by_field["learned"]
    assert set(refusal.value.by_field) == {"learned"}


async def test_the_delay_is_a_plain_fact_of_the_entry_and_is_shown_to_the_lead(here: Here):
    dates = {"happened_date": "2026-11-20", "learned_date": "2026-11-24", "learned_time": "08:15"}
    concern = await here.raises(answers={**SCHOOL_ANSWERS, **DATED, **dates})
    async with here.units(SCHOOL.id) as uow:
        (entry,) = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.RAISED]
    assert {name: entry.facts[name] for name in ("learned_after", "recorded_after")} == {
        "learned_after": str(4 * 1440 - 120), "recorded_after": "120",
    }
    form = await here.opens(LEE, Press.OPEN, concern.id)
    said = [part.text for part in form.parts if isinstance(part, Words)]
    assert "Happened Fri 20 Nov, 10:15; learned 4 days later; recorded 2 hours after that" in said
