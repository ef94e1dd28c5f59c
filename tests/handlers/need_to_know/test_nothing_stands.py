"""Once somebody has lost a concern nothing that stands in any chat of theirs holds it, whatever day it was posted.

Whoever reads each message is worked out from its place; what they may see is asked of `authority` and `routing` alone.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.conversation import OpenForm
from handlers.oversight import quality
from handlers.overview import digests, huddles
from handlers.rules import routing
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.triage import away
from handlers.ui.card import Buttons, Card, Press, Rows
from schedules.timetable import TIMETABLE, Uses
from store.opening import open_units
from tests.handlers.keeping import CANARY, names, seals
from tests.handlers.posting import Post, works
from tests.handlers.school import (
    DANA,
    LEADS_ON_SLACK,
    LEE,
    PEOPLE,
    PRIYA,
    ROLL,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
)

LONDON = ZoneInfo("Europe/London")
RAISED = datetime(2026, 11, 26, 10, 15, tzinfo=LONDON)
MORNINGS = tuple(datetime(2026, month, day, 9, 0, tzinfo=LONDON) for month, day in ((11, 27), (11, 30), (12, 1)))
"""A Friday, the Monday after with the week's huddle, and the first school day of a month with its sample."""
LATER = datetime(2026, 12, 8, 10, 0, tzinfo=LONDON)
"""Another week: digests and a huddle of the past stand."""
Loses = Callable[[Here, Concern], Awaitable[object]]
LOSES: Mapping[str, Loses] = {
    "sealed to a deputy": lambda here, concern: seals(here, LEE, concern, DANA),
    "sealed to its owner": lambda here, concern: seals(here, LEE, concern, LEE),
    "its owner is named": lambda here, concern: names(here, PRIYA, concern, LEE),
    "a lead is named": lambda here, concern: names(here, LEE, concern, PRIYA),
    "its reporter is named": lambda here, concern: names(here, LEE, concern, TESS),
    "who owes an action is named": lambda here, concern: names(here, LEE, concern, TOM),
}


async def stands(here: Here, post: Post, *, mornings: tuple[datetime, ...] = MORNINGS) -> Concern:
    """A concern in everything that lists concerns: digests, a huddle, a month's sample, boards, what is covered."""
    here.at = RAISED
    concern = await here.raises(answers=CANARY)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await _does(here, LEE, Press.ASSIGN, concern.id, ASKS)
    await _does(here, LEE, Press.SHARE, concern.id, SHARES)
    for person in (LEE, PRIYA, DANA, TOM):
        await here.command(person, "board")
    await _goes_away(here)
    await works(here, post)
    for morning in mornings:
        here.at = morning
        async with here.units(SCHOOL.id, at=here.at) as uow:
            await digests.send_digest(uow, at=here.at)
            await huddles.send_huddle(uow, at=here.at)
            await quality.send_sample(uow, at=here.at)
        await works(here, post)
    return await here.concern(concern.id)


async def _goes_away(here: Here) -> None:
    first, last = LATER.date(), LATER.replace(day=18).date()
    async with here.units(SCHOOL.id, at=here.at) as uow:
        await away.go_away(uow, away.Going(first=first, last=last, cover=PRIYA.id), by=LEE, at=here.at)


async def found(here: Here, post: Post, concern: Concern) -> list[str]:
    """Every message that holds it before somebody who may not see it, by who reads it."""
    async with here.units(SCHOOL.id) as uow:
        parts = [*await uow.actions.of(concern.id), *await uow.referrals.of(concern.id)]
        shares = await uow.shares.of(concern.id)
        parts += shares
        ids, people = {concern.id, *(part.id for part in parts)}, await uow.people.all()
        owing = {action.owner for action in await uow.actions.of(concern.id) if action.live}
        owing |= {share.to for share in shares if share.live(at=here.at)}
    readers = {account(person).user: person for person, _ in PEOPLE}
    wrong = []
    for place, card in post.standing.values():
        reader = readers.get(place.id)
        allowed = _may(reader, concern, owing) if reader else routing.fits_the_leads_place(concern, people)
        if not allowed and _holds(card, concern.reference, ids):
            wrong.append(f"{reader.name if reader else 'the channel'}: {card.summary}")
    return wrong


def _may(person: Person, concern: Concern, owing: set[object]) -> bool:
    if person.id in routing.conflicted(concern):
        return False
    return may(person, Doing.READ, concern) or may(person, Doing.SEE_RECEIPT, concern) or person.id in owing


def _holds(card: Card, reference: str, ids: set[UUID]) -> bool:
    buttons = [button for part in card.parts if isinstance(part, Buttons) for button in part.buttons]
    buttons += [row.button for part in card.parts if isinstance(part, Rows) for row in part.rows]
    return reference in str(card) or any(button.subject in ids for button in buttons)


def listing(post: Post, reference: str) -> set[str]:
    """How the messages that hold it begin."""
    return {" ".join(card.summary.split()[:2]) for _, card in post.standing.values() if reference in str(card)}


async def test_it_stands_in_all_of_them_before(here, post):
    concern = await stands(here, post)
    before = listing(post, concern.reference)
    assert {"This morning,", "This week,", "1 record", "You cover"} <= before, before
    assert len([card for card in post.at(LEADS_ON_SLACK) if card.summary.startswith("This morning")]) == 3
    assert await found(here, post, concern) == []


@pytest.mark.parametrize("how", LOSES)
@pytest.mark.parametrize("when", ["the same day", "another week"])
async def test_once_somebody_has_lost_it_nothing_that_stands_holds_it_for_them(here, post, how, when):
    concern = await stands(here, post)
    here.at = here.at if when == "the same day" else LATER
    await LOSES[how](here, concern)
    await works(here, post)
    assert await found(here, post, await here.concern(concern.id)) == []


async def test_what_lists_a_day_that_is_over_goes_and_todays_is_drawn_again(here, post):
    concern, other = await stands(here, post), await here.raises()
    await works(here, post)
    await seals(here, LEE, concern, DANA)
    await works(here, post)
    mornings = [card for card in post.at(LEADS_ON_SLACK) if card.summary.startswith("This morning")]
    assert [other.reference in str(card) for card in mornings] == [True]


async def test_lists_from_before_it_came_stay_as_they_were(here, post):
    first = await stands(here, post, mornings=MORNINGS[:1])
    here.at = MORNINGS[1]
    second = await here.raises()
    await seals(here, LEE, second, DANA)
    await works(here, post)
    assert [first.reference in str(card) for card in post.at(LEADS_ON_SLACK) if "Fri 27 Nov" in card.summary] == [True]


async def _does(here: Here, by: Person, press: Press, subject: UUID, values: Mapping[str, object]) -> None:
    reply = await here.press(by, press, subject)
    if isinstance(reply, OpenForm):
        await here.send(by, reply.form, values)  # type: ignore[arg-type]


async def _a_day_passes(here: Here, concern: Concern) -> None:
    """To nine o'clock of the next day, with whatever falls due."""
    here.at = datetime.combine(here.at.date() + timedelta(days=1), MORNINGS[0].timetz())
    for job in TIMETABLE:
        await job.run(Uses(units=here.units, directories={}), here.at)


ASKS = {"kind": "call_home", "what": "Ring", "owner": str(TOM.id), "urgency": "week"}
TELLS = {"to_agency": "mash", "method": "telephone", "parents_of_referral": "Told."}
SHARES = {"to": str(TOM.id), "fields": ("facts",), "until": "2026-12-31", "reason": "He teaches her."}
DEEDS: Mapping[str, Loses] = {
    "a day passes": _a_day_passes,
    "another comes in": lambda here, _: here.raises(answers={**CANARY, "urgency": "now"}),
    "accepted": lambda here, concern: here.press(LEE, Press.ACCEPT, concern.id),
    "accepted by another": lambda here, concern: here.press(PRIYA, Press.ACCEPT, concern.id),
    "escalated": lambda here, one: _does(here, LEE, Press.ESCALATE, one.id, {"reason": "x"}),
    "assigned": lambda here, one: _does(here, LEE, Press.ASSIGN, one.id, ASKS),
    "referred": lambda here, one: _does(here, LEE, Press.REFER, one.id, TELLS),
    "shared": lambda here, one: _does(here, LEE, Press.SHARE, one.id, SHARES),
    "handed over": lambda here, one: _does(here, LEE, Press.HAND_OVER, one.id, {"to": str(DANA.id), "note": "x"}),
    "boards": lambda here, _: _boards(here),
    "its owner goes away": lambda here, _: _goes_away(here),
    "its cover takes it": lambda here, _: here.press(PRIYA, Press.TAKE_ALL, LEE.id),
}


async def _boards(here: Here) -> None:
    for person in (LEE, PRIYA, DANA, TOM):
        await here.command(person, "board")


def test_whatever_was_done_with_it_before(sqlite_template: Path, tmp_path: Path) -> None:
    """Each deed is tried; what may not be done by then is refused, and changes nothing."""

    @settings(
        max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(st.sampled_from(sorted(DEEDS)), min_size=4, max_size=9), st.permutations(sorted(LOSES)))
    def lives(deeds: list[str], losses: list[str]) -> None:
        copy = shutil.copy(sqlite_template, tmp_path / f"{uuid4()}.db")
        asyncio.run(_lives(f"sqlite+aiosqlite:///{copy}", deeds, losses[:2]))

    lives()


async def _lives(url: str, deeds: list[str], losses: list[str]) -> None:
    here, post = Here(await open_units(url, root_key=bytes(range(1, 33)), schools=(ROLL,)), at=RAISED), Post()
    concern = await here.raises(answers=CANARY)
    await here.press(LEE, Press.ACCEPT, concern.id)
    for deed in ("a day passes", *deeds):
        await DEEDS[deed](here, concern)
        await works(here, post)
    for loses in losses:
        await _tried(LOSES[loses](here, concern))
        await works(here, post)
        assert await found(here, post, await here.concern(concern.id)) == [], (deeds, losses)
    await here.units.close()


async def _tried(losing: Awaitable[object]) -> None:
    """Whoever has lost it by then is shown no form to say so."""
    with suppress(AssertionError):
        await losing
