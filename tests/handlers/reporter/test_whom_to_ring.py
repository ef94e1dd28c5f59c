"""Whom to ring, wherever numbers are shown: whoever is away comes last and says so, and nobody who has no part in it.

One about a child and an adult tells its reporter in one message a rung of both parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from uuid import UUID, uuid4

import pytest

from handlers.conversation import FormSubmitted, NextPage, Tell
from handlers.reporter import danger_chasing
from handlers.rules.chronology import Answers
from handlers.rules.people import Login, Person
from handlers.triage import chasing
from handlers.ui.card import Card, Facts, Press, Words
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import (
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    MIA,
    OTHER_MIA,
    PEOPLE,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
)
from tests.handlers.triage.test_away import goes

NOW: Answers = {**ANSWERS, "urgency": "now"}
BOTH: Answers = {**NOW, "about": "both", "adult": str(TOM.id), "adult_weight": "allegation"}
OUTSIDE = SCHOOL.outside.name
TELEPHONES = {person.id: f"01632 960 1{number:02d}" for number, (person, _) in enumerate(PEOPLE)}
AWAY = "(away until Fri 27 Nov)"


@pytest.fixture
async def school(sqlite_url: str):
    """The small school with everybody's number; some `without` an account, some who have `left`."""
    opened = []

    async def open(*, without: Sequence[Person] = (), left: Sequence[Person] = ()) -> tuple[Here, Post]:
        logins: Mapping[object, tuple[Login, ...]] = {person.id: found for person, found in PEOPLE}
        people = [
            (replace(one, telephone=TELEPHONES[one.id]), () if one in without else logins[one.id]) for one, _ in PEOPLE
        ]
        for some in (people, [pair for pair in people if pair[0].id not in {one.id for one in left}]):
            roll = Roll(school=SCHOOL, people=some, pupils=(MIA, OTHER_MIA))
            opened.append(await open_units(sqlite_url, root_key=bytes(range(1, 33)), schools=(roll,)))
        return Here(opened[-1]), Post()

    yield open
    for units in opened:
        await units.close()


def names(parts: Sequence[object]) -> list[str]:
    """Those beside whom a telephone number stands, in order."""
    pairs = [pair for part in parts if isinstance(part, Facts) for pair in part.pairs]
    numbered = (name for name, value in pairs if value.startswith("01632"))
    return [name.removesuffix(" (outside school)") for name in numbered]


async def nobody_answers(here: Here, post: Post, *, minutes: int) -> list[Card]:
    """Each message of a rung that its reporter has had, minute by minute, the newest last."""
    came: dict[str, Card] = {}
    for _ in range(minutes):
        here.later(minutes=1)
        await chasing.chase_unaccepted(here.units, {}, at=here.at)
        await works(here, post)
        came |= {id: card for id, (where, card) in post.standing.items() if where == chat_with(TESS)}
    return [card for card in came.values() if "Ask for one of them" in card.summary]


async def test_a_concern_about_a_child_and_an_adult_has_one_message_a_rung_that_tells_of_both(school):
    here, post = await school()
    await here.raises(TESS, BOTH)
    await works(here, post)
    first = await nobody_answers(here, post, minutes=6)
    assert len(first) == 1
    assert {LEE.name, PRIYA.name, DANA.name, HELEN.name} <= set(names(first[0].parts))
    rings = await nobody_answers(here, post, minutes=12)
    assert len(rings) == 3, "the one of five minutes as it stood, then at ten and at fifteen"


async def test_it_goes_on_for_the_part_that_waits_and_ends_with_the_last(school):
    here, post = await school()
    concern = await here.raises(TESS, BOTH)
    await works(here, post)
    await nobody_answers(here, post, minutes=6)
    async with here.units(SCHOOL.id) as uow:
        (part,) = [one for one in await uow.concerns.open() if one.id != concern.id]
    await here.press(HELEN, Press.ACCEPT, concern.id)
    await works(here, post)
    (standing,) = [card for card in post.at(chat_with(TESS)) if "Ask for one of them" in card.summary]
    assert part.reference in standing.summary
    assert HELEN.name not in names(standing.parts)
    assert LEE.name in names(standing.parts)
    await here.press(LEE, Press.ACCEPT, part.id)
    await works(here, post)
    assert [card for card in post.at(chat_with(TESS)) if "Ask for one of them" in card.summary] == []
    assert len([card for card in post.at(chat_with(TESS)) if "Somebody has answered" in card.summary]) == 1


async def test_whoever_is_away_comes_last_and_says_so_wherever_numbers_stand(school):
    here, post = await school()
    await goes(here, LEE)
    reply = await here.raises_as_told(TESS, NOW, key=uuid4())
    await works(here, post)
    (ring,) = await nobody_answers(here, post, minutes=6)
    form = (await here.answers(says({**NOW, "danger": "yes"}))).form
    help, mine = await here.command(TESS, "help"), await here.command(TESS, "rota")
    assert isinstance(help, Tell)
    assert isinstance(mine, Tell)
    for parts in (reply.card.parts, ring.parts, form.parts, help.card.parts):
        listed = names(parts)
        assert f"{LEE.name} {AWAY}" in listed
        assert listed.index(f"{LEE.name} {AWAY}") > max(listed.index(one.name) for one in (PRIYA, DANA))
        assert LEE.name not in listed


def says(values: Answers) -> FormSubmitted:
    return FormSubmitted(who=account(TESS), form="concern", key=str(uuid4()), page=1, values=values)


async def test_where_all_of_them_are_away_the_number_outside_comes_first(school):
    here, post = await school()
    for lead in (LEE, PRIYA, DANA):
        await goes(here, lead, cover=str(HELEN.id))
    reply = await here.raises_as_told(TESS, NOW, key=uuid4())
    assert names(reply.card.parts)[0] == OUTSIDE
    assert all(AWAY in name for name in names(reply.card.parts)[1:])
    await works(here, post)
    for ring in await nobody_answers(here, post, minutes=20):
        assert AWAY not in names(ring.parts)[0]
    help = await here.command(TESS, "help")
    assert isinstance(help, Tell)
    assert names(help.card.parts)[0] == OUTSIDE


async def test_nobody_who_has_left_or_is_named_is_anywhere_among_them(school):
    here, post = await school(left=(PRIYA,))
    answers = {**NOW, "close": str(LEE.id)}
    reply = await here.raises_as_told(TESS, answers, key=uuid4())
    await works(here, post)
    rings = await nobody_answers(here, post, minutes=20)
    page = says({**answers, "danger": "yes", "involved": "close"})
    await here.answers(page)
    form = (await here.answers(replace(page, page=2))).form
    assert len(rings) == 3
    for parts in (reply.card.parts, form.parts, *(ring.parts for ring in rings)):
        assert not {LEE.name, PRIYA.name} & set(names(parts))
        assert DANA.name in names(parts)


async def test_while_it_is_not_said_which_lead_is_involved_only_the_number_outside_is_shown(school):
    here, _ = await school()
    reply = await here.answers(says({**NOW, "danger": "yes", "involved": "close"}))
    assert isinstance(reply, NextPage)
    assert names(reply.form.parts) == [OUTSIDE]


async def test_nobody_is_told_to_ring_themselves(school):
    here, post = await school()
    reply = await here.raises_as_told(LEE, NOW, key=uuid4())
    assert LEE.name not in names(reply.card.parts)
    await works(here, post)
    here.later(minutes=6)
    await chasing.chase_unaccepted(here.units, {}, at=here.at)
    await works(here, post)
    rings = [card for card in post.at(chat_with(LEE)) if "Ask for one of them" in card.summary]
    assert rings
    assert not any(LEE.name in names(ring.parts) for ring in rings)


async def test_whoever_has_no_chat_is_not_said_to_have_been_asked(school):
    here, post = await school(without=(DANA, COLIN))
    await here.raises(TESS, NOW)
    await works(here, post)
    (ring,) = await nobody_answers(here, post, minutes=6)
    lists = {
        before.text: names([after]) for before, after in pairwise(ring.parts)
        if isinstance(before, Words) and isinstance(after, Facts)
    }  # fmt: skip
    assert lists["Heard has no chat with these, so ring them:"] == [DANA.name]
    assert DANA.name not in lists["These have been asked and have not answered:"]


@pytest.mark.parametrize("ends", ["accepted", "no longer said"])
async def test_an_alarm_that_is_over_says_who_is_on_it_or_that_nobody_need_be_rung(here: Here, post: Post, ends):
    key = str(uuid4())
    await _says(here, key, "yes")
    await _climbs(here, post, minutes=6)
    assert [card for card in post.at(chat_with(TESS)) if "Ask for one of them" in card.summary]
    if ends == "accepted":
        await here.press(LEE, Press.ON_IT, UUID(key))
        said = f"Lee Abara has been on it since {here.at.astimezone(SCHOOL.calendar.zone):%H:%M}: you said that"
    else:
        await _says(here, key, "no")
        said = "You need ring nobody from this list any more"
    await _climbs(here, post, minutes=5)
    assert [card for card in post.at(chat_with(TESS)) if "Ask for one of them" in card.summary] == []
    assert [card for card in post.at(chat_with(TESS)) if card.summary.startswith(said)] != []


async def _says(here: Here, key: str, danger: str) -> None:
    values = {**ANSWERS, "danger": danger}
    await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=1, values=values))


async def _climbs(here: Here, post: Post, *, minutes: int) -> None:
    here.later(minutes=minutes)
    await danger_chasing.chase_danger(here.units, at=here.at)
    await works(here, post)
