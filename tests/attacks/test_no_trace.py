"""39 and 40: a lead who is named in a concern finds no trace of it, wherever they look.

Two schools, alike in everything but one concern that names a lead. Whatever that lead then asks, reads, presses or is
sent is the same in both, word for word: by list, count, search, find, look-back, chronology, patterns, themes, board,
digest, card and error. A reference that is in one and not in the other is "no such concern" in both.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from difflib import ndiff
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from handlers.conversation import FormSubmitted, NextPage, OpenForm
from handlers.post.deliveries import deliver_due
from handlers.rules.chronology import Answers
from handlers.rules.people import Person
from handlers.ui.card import Press
from handlers.ui.form import Form, Source
from schedules.timetable import TIMETABLE, Uses
from store.opening import open_units
from tests.attacks import cast
from tests.attacks.authority import FORMS
from tests.attacks.cast import ACCOUNT, DANA, DECISION, LEE, MIA, PRIYA, ROLLS, TESS, Stage
from tests.attacks.doors import Straight, card_text, seen
from tests.handlers.posting import Post
from tests.lots import drawing

IDS = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(:[0-9a-f]{12})?"
    r"|(?<=proof=')[0-9a-f]{32}(?=')|(?<='Proof', ')[0-9a-f]{20}(?=')"
)
"""Ids, keys of forms, the proofs of buttons and of entries: each school has its own, and none tells anything."""
NUMBERS = {"known": 48213, "secret": 75104, "after": 30977}
"""What is drawn in turn. In the school without it the lot falls on the others alone, and nothing is missing there."""
SECRET = f"26-{NUMBERS['secret']}"
"""The reference of the concern that the lead must not find. Another is raised after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One of the two schools."""

    stage: Stage
    post: Post
    known: UUID
    secret: UUID | None


async def _lived(folder: Path, name: str, *, how: str) -> Life:
    url = f"sqlite+aiosqlite:///{folder / f'{name}.db'}"
    lot = drawing(*(number for whose, number in NUMBERS.items() if how or whose != "secret"))
    stage, secret = Stage(await open_units(url, root_key=bytes(range(1, 33)), schools=ROLLS, lot=lot)), None
    known = await stage.raises(TESS, ACCOUNT, UUID(int=1001))
    await stage.press(PRIYA, Press.ACCEPT, known)
    if how == AN_ALLEGATION:
        secret = await _run_an_allegation(stage)
    elif how:
        close: Answers = {"close": str(PRIYA.id)} if how == "from the start" else {}
        secret = await stage.raises(TESS, {**ACCOUNT, **close}, UUID(int=1003))
        if how == "later":
            hers = {"person": str(PRIYA.id), "part": "close", "reason": "Her niece."}
            await stage.does(LEE, Press.NAME, secret, hers)
        await _worked(stage, secret)
    await stage.raises(TESS, {**ACCOUNT, "urgency": "record"}, UUID(int=1002))
    life = Life(stage=stage, post=Post(), known=known, secret=secret)
    for hours in (0, 3, 20, 26, 120):
        stage.at += timedelta(hours=hours)
        for job in TIMETABLE:
            await job.run(Uses(units=stage.units, directories={}), stage.at)
        for _ in range(20):
            if not await deliver_due(stage.units, {"slack": life.post}, at=stage.at, mishap=stage.keep):
                break
    assert stage.mishaps == []
    return life


AN_ALLEGATION = "an allegation, from its triage to its outcome"


async def _run_an_allegation(stage: Stage) -> UUID:
    """Against a colleague, by the head, and no child is named: nothing of it is the leads' to know."""
    about = {**ACCOUNT, "about": "adult", "adult": str(cast.TOM.id), "child_1": "", "role_1": ""}
    id = await stage.raises(TESS, about, UUID(int=1003))
    await stage.press(cast.HELEN, Press.ACCEPT, id)
    await stage.decides(cast.HELEN, id)
    for press in (Press.LADO, Press.STRATEGY, Press.SUSPENSION, Press.ADULT_SUPPORT):
        await stage.does(cast.HELEN, press, id, FORMS[press][1])
    await stage.does(cast.HELEN, Press.FINDING, id, {**cast.FOUND, "finding": "substantiated", "removed": "yes"})
    await stage.does(cast.HELEN, Press.BARRING, id, FORMS[Press.BARRING][1])
    return id


async def _worked(stage: Stage, id: UUID) -> None:
    """As much is done with it as may be told of."""
    await stage.press(LEE, Press.ACCEPT, id)
    await stage.does(LEE, Press.ASSIGN, id, {"kind": "call_home", "what": "CANARY-ASK", "owner": str(cast.TOM.id)})
    told = {"to_agency": "mash", "method": "telephone", "parents_of_referral": "CANARY-P Told."}
    await stage.does(LEE, Press.REFER, id, told)
    await stage.decides(LEE, id, outcome="no_further_action")


async def _looks(life: Life, person: Person) -> dict[str, str]:
    """Everything that person can look at, by what they did."""
    door, stage = Straight(life.stage.desk), life.stage
    found: dict[str, str] = {}
    lists = ("help", "mine", "board", "themes", "themes last", "patterns", "adults")
    words = (*lists, f"find {SECRET}", "find", "away", "closed")
    for typed in words:
        found[f"/concern {typed}"] = (await door.types(person, typed)).text
    for source, query in ((Source.PUPILS, "Mia"), (Source.STAFF, "Ra"), (Source.PUPILS, SECRET)):
        found[f"search {source} {query}"] = (await door.searches(person, source, query)).text
    window = await stage.opens(person, Press.FIND, life.known)
    for answers in ({"reference": SECRET}, {"reference": "26-71843"}, {"child": str(MIA.id)}):
        found[f"find {answers}"] = (await door.sends(person, window, answers)).text
    results = await stage.desk.answer(_sent(person, window, {"child": str(MIA.id)}))
    if isinstance(results, NextPage):
        found["chronology of the child"] = (await door.sends(person, results.form, {"which": "chronology"})).text
    for press in (Press.OPEN, Press.MORE, Press.DECIDE, Press.CHRONOLOGY, Press.ACTIONS, Press.REFERRALS, Press.BOARD):
        found[f"{press} what they have"] = (await door.presses(person, press, life.known)).text
    for press in (Press.MERGE, Press.CLOSE):
        reply = await stage.press(person, press, life.known)
        if isinstance(reply, OpenForm):
            answers: Answers = {"into": SECRET, "reason": "One event."}
            found[f"{press} into it"] = (await door.sends(person, reply.form, answers)).text
    reply = await stage.press(person, Press.DECIDE, life.known)
    found["look-back"] = seen(reply).text
    await stage.decides(person, life.known)
    closing = await stage.opens(person, Press.CLOSE, life.known)
    carry: Answers = {"outcome": "x", "open": "carry", "open_to": SECRET, "open_reason": "x"}
    found["carry over to it"] = (await door.sends(person, closing, carry)).text
    users = {account.user for account in cast.accounts(person)}
    chats = [card_text(card) for place, card in life.post.standing.values() if place.id in users]
    found["their chat"] = "\n".join(sorted(chats))
    channel = [card_text(card) for place, card in life.post.standing.values() if place.id == "C0LEADS"]
    found["the leads' channel"] = "\n".join(sorted(channel))
    return {what: IDS.sub("#", text) for what, text in found.items()}


def _apart(what: str, one: str, other: str) -> list[str]:
    """The lines that are in one and not in the other."""
    lines = ndiff(one.split("\n"), other.split("\n"))
    return [f"{what}: {line[:1500]}" for line in lines if line[0] in "+-?"]


def _sent(person: Person, form: Form, answers: Answers):
    who = cast.accounts(person)[0]
    return FormSubmitted(who=who, form=form.id, key=form.key, page=form.page, values=answers)


@pytest.fixture
async def lives(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Life, Life]]:
    pair = await _lived(tmp_path, "with", how=request.param), await _lived(tmp_path, "without", how="")
    yield pair
    for life in pair:
        await life.stage.units.close()


@pytest.mark.parametrize("lives", ["from the start", "later", AN_ALLEGATION], indirect=True)
async def test_a_lead_who_is_named_sees_a_school_without_it(lives: tuple[Life, Life]):
    one, other = [await _looks(life, PRIYA) for life in lives]
    differ = [line for what in one if one[what] != other[what] for line in _apart(what, one[what], other[what])]
    assert one.keys() == other.keys()
    assert differ == [], "\n".join(differ)


@pytest.mark.parametrize("lives", ["from the start"], indirect=True)
async def test_another_lead_sees_it_in_the_same_places(lives: tuple[Life, Life]):
    """So that the test above looks where there is something to see."""
    life, _ = lives
    assert life.secret is not None
    door = Straight(life.stage.desk)
    assert (await door.presses(DANA, Press.OPEN, life.secret)).code == "yes"
    assert SECRET in (await door.types(LEE, "board")).text
    window = await life.stage.opens(DANA, Press.FIND, life.secret)
    assert SECRET in (await door.sends(DANA, window, {"child": str(MIA.id)})).text
    assert "CANARY" in (await door.sends(DANA, window, {"reference": SECRET})).text
    assert DECISION["rationale"] in (await door.presses(DANA, Press.CHRONOLOGY, life.secret)).text


@pytest.mark.parametrize("lives", ["from the start"], indirect=True)
async def test_no_such_concern_and_not_theirs_ask_as_much_of_the_store(lives: tuple[Life, Life]):
    """The time is measured by the benchmark; what makes it is counted here."""
    life, _ = lives
    assert life.secret is not None
    theirs = await _asked(life, life.secret)
    assert theirs > 0
    assert await _asked(life, UUID(int=404)) == theirs


async def _asked(life: Life, subject: UUID) -> int:
    """How many statements the store makes of it when that lead presses a button with that id."""
    asked: list[str] = []

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    engine = life.stage.units._engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    assert (await Straight(life.stage.desk).presses(PRIYA, Press.MORE, subject)).code == "-"
    event.remove(engine, "before_cursor_execute", hear)
    return len(asked)
