"""A week lived by an outsider: the last day before a holiday, an INSET day, a bank holiday; one lead, none, one who is
named. All the jobs of the timetable run by a clock that is set by hand, and what stands in each chat is read.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from handlers.rules.calendar import Term
from handlers.rules.chronology import Answers
from handlers.rules.people import Login, Person, Role
from handlers.ui.card import Card, Facts
from handlers.wing import Uses
from schedules.timetable import TIMETABLE
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import (
    ANSWERS,
    COLIN,
    HELEN,
    LEE,
    MIA,
    OTHER_MIA,
    PEOPLE,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    Here,
)

ZONE = SCHOOL.calendar.zone
CALENDAR = replace(
    SCHOOL.calendar,
    terms=(
        Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
        Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
        Term(first=date(2027, 1, 4), last=date(2027, 2, 12)),
    ),
    inset=frozenset({date(2026, 11, 2)}),
    bank_holidays=SCHOOL.calendar.bank_holidays | {date(2026, 11, 23)},
)
WEEK = replace(SCHOOL, calendar=CALENDAR)
LOOKS = (1, 5, 10, 15, 30, 60, 120, *range(240, 1500, 240))
"""Minutes after it is sent at which everything that is due is done; over the night, and into the next day."""
LONGEST = timedelta(hours=4, minutes=1)
"""Between two times that somebody is asked who has not answered (`clocks.asked_again`)."""
TODAY: Answers = {**ANSWERS, "urgency": "today"}
UNSURE: Answers = {**TODAY, "safe_home": "unsure"}
CLOSE: Answers = {**TODAY, "close": str(LEE.id)}
BOTH: Answers = {**TODAY, "about": "both", "adult": str(TOM.id), "adult_weight": "allegation", "safe_home": "no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    at: str
    answers: Answers
    people: Sequence[Person] = tuple(person for person, _ in PEOPLE)
    has_it: str = "The safeguarding leads"
    asked_by: timedelta = timedelta(minutes=30)
    """By when the first of them is asked in person."""


HEAD_AND_LEAD = replace(LEE, roles=frozenset({Role.HEAD, Role.LEAD}))
AT_ONCE = timedelta(minutes=1)
DAYS: Mapping[str, Day] = {
    "half-term, a Friday at ten past three": Day(at="2026-10-23 15:10", answers=TODAY),
    "half-term, not sure that it is safe to go home": Day(at="2026-10-23 14:00", answers=UNSURE, asked_by=AT_ONCE),
    "an INSET Monday": Day(at="2026-11-02 10:00", answers=TODAY, asked_by=AT_ONCE),
    "a bank holiday Monday": Day(at="2026-11-23 11:00", answers=TODAY, asked_by=AT_ONCE),
    "the last day of term, a minute before the bell": Day(at="2026-12-18 15:29", answers=TODAY),
    "a Sunday, about a child and an adult": Day(
        at="2026-11-29 20:00", answers=BOTH, has_it="The head", asked_by=AT_ONCE
    ),
    "one lead, who is the head": Day(
        at="2026-10-23 15:10", answers=TODAY, people=(HEAD_AND_LEAD, COLIN, TESS, TOM, THEO)
    ),
    "the only lead is too close": Day(
        at="2026-12-18 14:00", answers=CLOSE, people=(LEE, HELEN, COLIN, TESS, TOM, THEO), has_it="The head"
    ),
    "nobody leads and nobody heads": Day(
        at="2026-11-24 10:15", answers=TODAY, people=(TESS, TOM, THEO), has_it="Nobody in school yet: see below"
    ),
}


class Read(Post):
    """The courier, which also remembers when each new message came."""

    def __init__(self, here: Here) -> None:
        super().__init__()
        self.here = here
        self.came: list[tuple[datetime, str, Card]] = []

    async def post(self, place, card):  # type: ignore[no-untyped-def]
        message = await super().post(place, card)
        self.came.append((self.here.at, place.id, card))
        return message


@pytest.fixture
async def opened(sqlite_url: str) -> AsyncIterator[Callable[[Day], Awaitable[Here]]]:
    made = []

    async def open(day: Day) -> Here:
        logins: Mapping[object, tuple[Login, ...]] = {person.id: found for person, found in PEOPLE}
        people = [(replace(one, telephone=f"01632 960 1{n:02d}"), logins[one.id]) for n, one in enumerate(day.people)]
        roll = Roll(school=WEEK, people=people, pupils=(MIA, OTHER_MIA))
        made.append(await open_units(sqlite_url, root_key=bytes(range(1, 33)), schools=(roll,)))
        here = Here(made[-1])
        here.at = datetime.strptime(day.at, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).astimezone(UTC)
        return here

    yield open
    for units in made:
        await units.close()


async def passes(here: Here, post: Post) -> None:
    for job in TIMETABLE:
        await job.run(Uses(units=here.units, directories={}), here.at)
    await works(here, post)


def facts(card: Card) -> Mapping[str, str]:
    return {name: value for part in card.parts if isinstance(part, Facts) for name, value in part.pairs}


def asked(post: Read, reference: str) -> Iterator[tuple[datetime, str]]:
    """When somebody but the reporter was asked in a message of their own, and whom."""
    tess, channel = chat_with(TESS).id, WEEK.leads_places[0].id
    return ((at, to) for at, to, card in post.came if reference in card.summary and to not in {tess, channel})


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
async def test_nothing_sleeps_nothing_discloses_and_what_the_reporter_reads_is_so(opened, day: Day):
    here = await opened(day)
    post = Read(here)
    await passes(here, post)
    sent, post.came = here.at, []
    reply = await here.raises_as_told(TESS, day.answers, key=uuid4())
    await works(here, post)
    assert facts(reply.card)["Who has it"] == day.has_it
    reference = facts(reply.card)["Reference"]
    for minutes in LOOKS:
        here.at = sent + timedelta(minutes=minutes)
        await passes(here, post)
    moments = [at for at, _ in asked(post, reference)]
    if len(day.people) > 3:
        assert moments[0] - sent <= day.asked_by
        assert here.at - moments[-1] <= LONGEST
        assert all(after - before <= LONGEST for before, after in pairwise(moments))
    assert _kept_out(day).isdisjoint(to for _, to in asked(post, reference))
    told = [(at, card) for at, to, card in post.came if to == chat_with(TESS).id and reference in card.summary]
    _the_reporter_is_told_the_truth(told, day)
    every = " ".join(str(card) for _, _, card in post.came)
    assert MIA.name not in every
    assert TOM.name not in every
    assert "Bullying" not in every


def _kept_out(day: Day) -> set[str]:
    named = {str(value) for name, value in day.answers.items() if name.startswith(("close", "adult"))}
    return {chat_with(person).id for person, _ in PEOPLE if str(person.id) in named}


def _the_reporter_is_told_the_truth(told: Sequence[tuple[datetime, Card]], day: Day) -> None:
    """Of each message: nothing is said to be late that is not, and nobody is named who was kept out of it."""
    rings = [(at, card) for at, card in told if "your concern" in card.summary]
    assert len(rings) >= 3, "at each rung that passes"
    for at, card in rings:
        if "due since " in card.summary:
            since = card.summary.partition("due since ")[2].partition(". ")[0]
            due = datetime.strptime(f"{since} {at.year}", "%a %d %b, %H:%M %Y").replace(tzinfo=ZONE)
            assert due <= at, card.summary
        names = set(facts(card))
        assert not {person.name for person, _ in PEOPLE if chat_with(person).id in _kept_out(day)} & names
    assert SCHOOL.outside.telephone in str(rings[-1][1]), "in the end whom to ring outside"
