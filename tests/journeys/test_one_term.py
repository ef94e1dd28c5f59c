"""A term in a school: forty concerns, and every nudge, escalation and clock on its minute (`term_story` is the table).

Told once. The whole of it is played at the desk, minute by minute, with the real store, jobs and deliveries; the weeks
around half-term on the stage as well, on Slack and on Teams and with everybody on the other platform. With
HEARD_TERM=whole the stage plays the whole term.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import logs
from schedules.timetable import TIMETABLE, Uses
from store.verifying import verify_chain
from tests.journeys.conftest import CANARY, _in_chat, _in_files
from tests.journeys.gestures import does_more, open_window
from tests.journeys.term import LONDON, SECOND, Line, StillClock, Stood, Told, expected, lines_of, school_of_the_term
from tests.journeys.term_deeds import card, does
from tests.journeys.term_desk import AtTheDesk, term_at_the_desk
from tests.journeys.term_stage import OnStage, term_on_stage
from tests.journeys.term_story import HALF_TERM, MONTHS, SCHOOL_DAYS, STORY, WEEKS, YEAR

PLAYED = STORY if os.environ.get("HEARD_TERM") == "whole" else {nick: STORY[nick] for nick in HALF_TERM}


@pytest.fixture
def log(tmp_path: Path, quiet_again: None) -> Iterator[Path]:
    file = tmp_path / "heard.log"
    logs.set_up(to=file)
    yield file
    assert '"event": "mishap"' not in file.read_text("utf-8")


@pytest.fixture
async def desk(tmp_path: Path, log: Path) -> AsyncIterator[AtTheDesk]:
    clock = StillClock(datetime(YEAR, 9, 1, 7, 0, tzinfo=LONDON))
    async with term_at_the_desk(tmp_path, school_of_the_term(mirrored=False), clock) as stood:
        yield stood
        assert [shown for wall in stood.walls.values() for shown in wall.ever if CANARY in shown] == []
    assert _in_files(tmp_path) == []


@pytest.fixture(params=[False, True], ids=["as they are", "on the other platform"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path, log: Path) -> AsyncIterator[OnStage]:
    clock = StillClock(min(line.at for line in lines_of(PLAYED, YEAR)) - timedelta(hours=1))
    async with term_on_stage(tmp_path, school_of_the_term(mirrored=request.param), clock) as stood:
        yield stood
        assert _in_chat(stood.stage) == []
    assert _in_files(tmp_path) == []


async def test_a_term_of_forty_concerns_in_which_everything_falls_on_its_minute(desk: AtTheDesk):
    await _plays(desk, STORY)
    assert desk.differences == []
    assert len(desk.references) == 40
    assert desk.side_by_side() == []
    _nobody_has_too_many(desk)
    await _is_in_order(desk, STORY)
    await _shows_nothing_to_those_it_keeps_out(desk)
    assert await verify_chain(desk.units, desk.file.school.id) is None


async def test_the_weeks_around_half_term_on_both_platforms(stage: OnStage):
    await _plays(stage, PLAYED)
    assert stage.differences == []
    await _is_in_order(stage, PLAYED)
    await _shows_nothing_to_those_it_keeps_out(stage)
    assert await verify_chain(stage.stage.program.units, stage.file.school.id) is None


MOST_A_DAY = 12
"""New messages that anybody has on one day: on the worst one of the term, a Saturday night of "now" included."""
MOST_A_WEEK = 25
"""In five working days, whoever it is: a lead had 41 after one week of 14 concerns."""


def _nobody_has_too_many(stood: Stood) -> None:
    weeks: Counter[tuple[str, int]] = Counter()
    for (who, day), count in stood.daily.items():
        weeks[who, day.isocalendar().week] += count
    table = "\n".join(_a_line(stood, who) for who in sorted({who for who, _ in stood.daily}))
    assert max(stood.daily.values()) <= MOST_A_DAY, table
    assert max(weeks.values()) <= MOST_A_WEEK, table


def _a_line(stood: Stood, who: str) -> str:
    """How many new messages one person had in the term, and on the days with most of them."""
    days = sorted(((count, day) for (whose, day), count in stood.daily.items() if whose == who), reverse=True)
    worst = ", ".join(f"{day:%a} {day.day} {day:%b} {count}" for count, day in days[:5])
    return f"{who}: {sum(count for count, _ in days)} in all, on {len(days)} days; most: {worst}"


async def _plays(stood: Stood, story: Mapping[str, str]) -> None:
    lines = lines_of(story, YEAR)
    for moment in sorted({line.at for line in lines}):
        await _one_minute(stood, moment, [line for line in lines if line.at == moment])
    await stood.to(lines[-1].at + timedelta(minutes=10))


async def _one_minute(stood: Stood, moment: datetime, lines: Sequence[Line]) -> None:
    """Nothing a second before; then what is due, what people do, and what is due because of that."""
    wanted = Counter(told for line in lines if not line.who for told in expected(line))
    early = Counter(await stood.to(moment - SECOND)) if wanted else Counter[Told]()
    heard = Counter(await stood.to(moment))
    for line in lines:
        if line.who:
            await does(stood, line)
            stood.forget()
    if wanted - heard:
        heard += Counter(await stood.to(moment + SECOND))
    when = moment.astimezone(LONDON).strftime("%a %-d %b %H:%M %Z")
    stood.differences += [f"{when}: too early, or not foreseen: {told}" for told in early.elements()]
    stood.differences += [f"{when}: missing: {told}" for told in (wanted - heard).elements()]
    stood.differences += [f"{when}: not foreseen: {told}" for told in (heard - wanted).elements()]


async def _is_in_order(stood: Stood, story: Mapping[str, str]) -> None:
    """The chronology of each concern holds what was done with it, and when it was chased, each at its moment."""
    clock = Counter((line.nick, line.at) for line in lines_of(story, YEAR) if _is_chase(line) or "woken" in line.words)
    for nick, reference in stood.references.items():
        shown = await _chronology(stood, nick, reference)
        people = [entry for entry in shown if entry[1] != "Heard"]
        assert people == [(title, who, _moment(at)) for at, title, who in stood.done[nick]], nick
        chased = {when for _, who, when in shown if who == "Heard"}
        assert chased == {_moment(at) for (whose, at) in clock if whose == nick}, nick
        moments = [datetime.strptime(f"{when} {YEAR} +0000", "%a %d %b, %H:%M %Y %z") for _, _, when in shown]
        assert moments == sorted(moments) or nick == "clocks", nick  # an hour of the twenty-fifth comes twice


def _is_chase(line: Line) -> bool:
    """Of a kind that stands in the chronology: nudges of actions and drafts are in the trail alone."""
    told = " ".join(line.words)
    return not line.who and any(f": {kind} " in told for kind in ("chase", "referral", "refer_due", "step_due"))


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


async def _chronology(stood: Stood, nick: str, reference: str) -> list[tuple[str, str, str]]:
    """Title, person and moment of every entry, as somebody reads them who has it."""
    readers = [line.who for line in lines_of({nick: STORY[nick]}, YEAR) if line.words[0] in _READERS]
    reader = readers[-1] if readers else "dana"
    person = stood.on(reader)
    line = Line(at=stood.clock(), nick=nick, who=reader, words=())
    await does_more(person, card(stood, line, "More"), "Chronology")
    entries: list[tuple[str, str, str]] = []
    while True:
        window = open_window(person)
        told = [text for text in window.words.splitlines() if text.startswith(f"{reference}: ")]
        entries += [_entry(text.removeprefix(f"{reference}: ")) for text in told]
        if "Go on" not in window.buttons:
            break
        await person.press("Go on")
    await person.close()
    return entries


_READERS = ("accepts", "decides", "closes", "signs")


def _entry(text: str) -> tuple[str, str, str]:
    title, who, when = text.split(" · ", 2)
    return title, who, when.rpartition("recorded ")[2]


async def _shows_nothing_to_those_it_keeps_out(stood: Stood) -> None:
    """Not on a card, in a place or by looking for it."""
    for nick, reference in stood.references.items():
        for key in stood.recused[nick]:
            person = stood.on(key)
            seen = [seen for place in ("leads", "bot") for seen in person.chat(place)]
            found = [one.words for one in seen if reference in f"{one.words} {one.preview} {one.raw}"]
            assert found == [], (nick, key)
            await person.say(f"/concern find {reference}")
            window = person.window()
            assert window is None or reference not in window.words, (nick, key)
            await person.close()


async def test_digests_huddles_and_samples_come_on_their_days_and_on_no_other(desk: AtTheDesk):
    """Each day of the term is tried, weekends and holidays too, a second before and at each of the three moments."""
    wanted = {f"{day} {month} digest" for month, days in SCHOOL_DAYS.items() for day in days.split(", ")}
    wanted |= {f"{day} huddle" for day in WEEKS} | {f"{day} sample" for day in MONTHS}
    jobs = [job for job in TIMETABLE if job.name in {"morning_digest", "weekly_huddle", "monthly_sample"}]
    uses = Uses(units=desk.units, directories=desk.walls)
    came: list[str] = []
    for moment in _mornings():
        for job in jobs:
            await job.run(uses, moment)
        kinds = {str(kind) for (kind,) in desk.rows("select kind from outbox where state = 'waiting'")}
        desk.clock.move(moment - desk.clock())
        if kinds:
            await desk.carried()
        early = moment.second == 59
        came += [f"{moment:%a} {moment.day} {moment:%b} {kind}{' early' * early}" for kind in kinds]
    assert sorted(came) == sorted(wanted)


def _mornings() -> Iterator[datetime]:
    for day in range(112):
        for hour, minute in ((8, 0), (8, 30), (9, 0)):
            moment = datetime(YEAR, 9, 1, hour, minute, tzinfo=LONDON) + timedelta(days=day)
            yield moment - SECOND
            yield moment
