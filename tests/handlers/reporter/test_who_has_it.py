"""Who has it and who took it on, as its reporter reads it: the receipt, the list of theirs, the message that is over.

Each situation is lived through the desk and the post; what is said is held against who in fact received or did it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from handlers.conversation import Tell
from handlers.rules.chronology import Answers
from handlers.rules.people import Person, Role
from handlers.rules.routing import Policy
from handlers.triage import chasing
from handlers.ui.card import Card, Facts, Press
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.receiving import told
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
    THEO,
    TOM,
    Here,
    about_adult,
)

NOW: Answers = {**ANSWERS, "urgency": "now"}
ADULT: Answers = {**about_adult(TOM), "adult_weight": "allegation", "urgency": "now"}
LOW: Answers = {**about_adult(TOM), "adult_weight": "low_level"}
PRACTICE: Answers = {
    **{name: value for name, value in NOW.items() if not name.startswith(("child", "role"))},
    "about": "practice", "source": "adult", "own_words": "",
}  # fmt: skip
GOVERNOR = replace(THEO, roles=frozenset({Role.SAFEGUARDING_GOVERNOR}))
WHISTLE = replace(DANA, roles=frozenset({Role.WHISTLEBLOWING_LEAD}))
LEAD_AND_HEAD = replace(HELEN, roles=frozenset({Role.LEAD, Role.HEAD}))
CHAIR_AND_DEPUTY = replace(COLIN, roles=frozenset({Role.CHAIR, Role.DEPUTY}))
USUAL = (LEE, PRIYA, DANA, HELEN, COLIN, TESS, TOM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    has_it: str
    takes: Person
    taken: str
    answers: Answers = field(default_factory=lambda: NOW)
    people: Sequence[Person] = USUAL
    after: int = 0
    """Minutes in which nobody answers."""
    low_level_to_lead: bool = False
    there: str = ""
    """Whom one who stands beside a child is told to go to."""


CASES: Mapping[str, Case] = {
    "a lead": Case(has_it="The safeguarding leads", takes=LEE, taken="A lead", there="a lead"),
    "a deputy": Case(has_it="The safeguarding leads", takes=DANA, taken="A lead", there="a lead"),
    "the head, to whom it climbed": Case(
        has_it="The safeguarding leads and the head", takes=HELEN, taken="The head", after=11, there="a lead"
    ),
    "the only lead is the head": Case(
        has_it="The safeguarding leads", takes=LEAD_AND_HEAD, taken="A lead", people=(LEAD_AND_HEAD, COLIN, TESS, TOM),
        there="a lead",
    ),
    "nobody leads": Case(
        has_it="The head", takes=HELEN, taken="The head", people=(HELEN, COLIN, TESS), there="the head"
    ),
    "the only lead is too close": Case(
        has_it="The head", takes=HELEN, taken="The head", answers={**NOW, "close": str(LEE.id)},
        people=(LEE, HELEN, COLIN, TESS), there="the head",
    ),
    "the governor alone is left": Case(
        has_it="The safeguarding governor", takes=GOVERNOR, taken="The safeguarding governor",
        people=(GOVERNOR, TESS, TOM),
    ),
    "a deputy who is the chair": Case(
        has_it="The safeguarding leads", takes=CHAIR_AND_DEPUTY, taken="A lead", people=(CHAIR_AND_DEPUTY, TESS),
        there="a lead",
    ),
    "an adult, and the head": Case(has_it="The head", takes=HELEN, taken="The head", answers=ADULT, there="the head"),
    "an adult, and it climbed to the chair": Case(
        has_it="The head and the chair of governors", takes=COLIN, taken="The chair of governors", answers=ADULT,
        after=11, there="the head",
    ),
    "an adult, and there is no head": Case(
        has_it="The chair of governors", takes=COLIN, taken="The chair of governors", answers=ADULT,
        people=(LEE, COLIN, TESS, TOM),
    ),
    "an adult, and the head leads too": Case(
        has_it="The head", takes=LEAD_AND_HEAD, taken="The head", answers=ADULT, people=(LEAD_AND_HEAD, TESS, TOM),
        there="the head",
    ),
    "low-level, to the lead": Case(
        has_it="The safeguarding leads and the head", takes=LEE, taken="A lead", answers=LOW, low_level_to_lead=True,
        there="a lead",
    ),
    "low-level, and the head takes it": Case(
        has_it="The safeguarding leads and the head", takes=HELEN, taken="The head", answers=LOW,
        low_level_to_lead=True, there="a lead",
    ),
    "the school's practice, and the head": Case(
        has_it="The head", takes=HELEN, taken="The head", answers=PRACTICE, people=(HELEN, WHISTLE, TESS),
        there="the head",
    ),
    "the school's practice, and the whistleblowing lead": Case(
        has_it="Somebody who receives such concerns", takes=WHISTLE, taken="Somebody", answers=PRACTICE,
        people=(WHISTLE, TESS),
    ),
}  # fmt: skip


@pytest.fixture
async def lived(sqlite_url: str):
    opened = []

    async def live(case: Case, *, without: Sequence[Person] = ()) -> tuple[Here, Post]:
        logins = {person.id: found for person, found in PEOPLE}
        school = replace(SCHOOL, policy=Policy(low_level_to_lead=case.low_level_to_lead))
        people = [(one, () if one in without else logins[one.id]) for one in case.people]
        roll = Roll(school=school, people=people, pupils=(MIA, OTHER_MIA))
        opened.append(await open_units(sqlite_url, root_key=bytes(range(1, 33)), schools=(roll,)))
        return Here(opened[-1]), Post()

    yield live
    for units in opened:
        await units.close()


def facts(card: Card) -> Mapping[str, str]:
    return {name: value for part in card.parts if isinstance(part, Facts) for name, value in part.pairs}


def receipt_of(post: Post) -> Card:
    (card,) = [card for card in post.at(chat_with(TESS)) if card.summary.startswith("Your concern")]
    return card


async def raised(here: Here, post: Post, case: Case):
    concern = await here.raises(TESS, case.answers)
    await works(here, post)
    for _ in range(case.after):
        here.later(minutes=1)
        await chasing.chase_unaccepted(here.units, {}, at=here.at)
        await works(here, post)
    return concern


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_who_has_it_and_who_took_it_on_is_said_by_the_posts_of_those_who_did(lived, case: Case):
    here, post = await lived(case)
    concern = await raised(here, post, case)
    assert facts(receipt_of(post))["Who has it"] == case.has_it
    there = f" and tell {case.there} in person" if case.there else ""
    assert f"If a child may be in danger, ring 999{there}." in told(receipt_of(post))
    reply = await here.press(case.takes, Press.ACCEPT, concern.id)
    assert "It is yours now" in str(reply)
    await works(here, post)
    shown = facts(receipt_of(post))
    own = "A safeguarding lead" if case.taken == "A lead" else case.taken
    assert shown["State"] == f"{case.taken} has taken it on"
    assert shown["Who has it"] == (own if case.taken != "Somebody" else "Somebody who receives such concerns")
    assert "Taken on" in shown
    mine = await here.command(TESS, "mine")
    assert isinstance(mine, Tell)
    assert f"{case.taken} has taken it on" in str(mine.card)
    for over in [card for card in post.at(chat_with(TESS)) if "Somebody has answered" in card.summary]:
        assert facts(over)["State"] == f"{case.taken} has taken it on"


async def test_what_is_handed_on_is_said_to_be_with_whoever_has_it_now(lived):
    case = CASES["the head, to whom it climbed"]
    here, post = await lived(case)
    concern = await raised(here, post, case)
    await here.press(LEE, Press.ACCEPT, concern.id)
    first = here.at
    here.later(minutes=30)
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(HELEN.id), "note": "You know the family."})
    await here.press(HELEN, Press.ACCEPT, concern.id)
    await works(here, post)
    shown = facts(receipt_of(post))
    assert (shown["Who has it"], shown["State"]) == ("The head", "The head has taken it on")
    assert shown["Taken on"].endswith(f"{first:%H:%M}"), "when it was taken on, and not by whom it is had now"


async def test_a_seal_tells_its_reporter_nothing_of_whom_it_is_open_to(lived):
    case = CASES["the head, to whom it climbed"]
    here, post = await lived(case)
    concern = await raised(here, post, case)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    form = await here.opens(HELEN, Press.SEAL, concern.id)
    await here.send(HELEN, form, {"to_1": str(HELEN.id), "reason": "Kept close."})
    sealed = await here.concern(concern.id)
    assert sealed.sealed_to == {HELEN.id}
    await works(here, post)
    shown = facts(receipt_of(post))
    assert shown["Who has it"] == "Somebody who receives such concerns"
    assert shown["State"] == "Somebody has taken it on"


@pytest.mark.parametrize("without", [(HELEN,), (HELEN, COLIN)], ids=["the head", "the head and the chair"])
async def test_whoever_has_no_account_is_not_said_to_have_it(lived, without):
    here, post = await lived(Case(has_it="", takes=COLIN, taken="", answers=ADULT, people=USUAL), without=without)
    await here.raises(TESS, ADULT)
    await works(here, post)
    card = receipt_of(post)
    assert facts(card)["Who has it"] == "Nobody in school yet: see below"
    assert SCHOOL.outside.telephone in told(card)
