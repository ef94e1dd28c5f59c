"""Attack 33: the whole table, relation by deed by state by entry point, is tried (ASSURANCE, C 33 to 48).

`authority.py` is the table; it is data, and this file only walks it. Every cell is tried at the desk by button, by its
form with good answers, by its form with empty ones, and from each list in which it can be chosen; a slice of one state
goes through the real doors of both platforms. What a cell does is taken back, so that the next finds the same state.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from handlers.conversation import FormSubmitted
from handlers.desk import submissions
from handlers.desk.desk import Desk
from handlers.rules.chronology import Answers
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import Form
from store.opening import open_units
from store.trail_tables import entries
from store.unit_of_work import Units
from tests.attacks import cast
from tests.attacks.authority import (
    ACTION_STATES,
    ADULT_SCENES,
    CONCERN_STATES,
    FORMS,
    LISTS,
    MAY,
    NOT_A_CONCERNS,
    OF_ACTIONS,
    OF_AN_ADULT,
    OF_AN_ALLEGATION,
    OF_REFERRALS,
    REFERRAL_STATES,
    WHEN,
    rows,
    said,
)
from tests.attacks.cast import SCENES, STATES, Placed, Rehearsal
from tests.attacks.doors import Door, Seen, Straight, at_slack, at_teams

pytestmark = pytest.mark.asyncio(loop_scope="module")
KEY = bytes(range(1, 33))
WHOLE = bool(os.environ.get("HEARD_WHOLE_TABLE"))
"""Every way in to every cell (some minutes), not one of them in turn."""
NOTHING = ("-", "nobody", "pupil")
ENDS = frozenset({Press.CLOSE, Press.MERGE})
"""What is refused at the press while a referral waits for its answer: nobody writes a resolution for nothing."""
OR_ELSE = {Press.SIGN_OFF: "|owed", Press.REASSIGN: "|shut|goes_on"}
"""What a form may say instead of its button, as true: that an action is owed still, or that the whole concern is
closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Somebody, and what they are to the concerns of a scene."""

    name: str
    scene: str
    person: Person
    column: str = ""
    """Which column of the table is theirs; empty: none, and nothing may be done."""
    instead: str = ""
    """What is said to them whatever they try, where that is not "no such concern"."""


RELATIONS = (
    Relation(name="owner", scene="child", person=cast.LEE, column="owner"),
    Relation(name="another lead", scene="child", person=cast.DANA, column="lead"),
    Relation(name="named in it", scene="child", person=cast.PRIYA),
    Relation(name="named later", scene="child", person=cast.NORA),
    Relation(name="reporter", scene="child", person=cast.TESS, column="reporter"),
    Relation(name="owner of an action", scene="child", person=cast.TOM, column="doer"),
    Relation(name="has a share", scene="child", person=cast.UNA, column="shared"),
    Relation(name="head not yet reached", scene="child", person=cast.HELEN),
    Relation(name="head with the emergency door open", scene="child", person=cast.HUGO, column="glass"),
    Relation(name="chair not yet reached", scene="child", person=cast.COLIN),
    Relation(name="staff", scene="child", person=cast.SOL),
    Relation(name="technician", scene="child", person=cast.THEO),
    Relation(name="lead who has left", scene="child", person=cast.GARY, instead="nobody"),
    Relation(name="lead of another school", scene="child", person=cast.ZARA),
    Relation(name="pupil", scene="child", person=cast.PUPIL, instead="pupil"),
    Relation(name="owner of a relative's", scene="relative", person=cast.LEE, column="owner"),
    Relation(name="lead who is a relative and reported it", scene="relative", person=cast.REG, column="apart"),
    Relation(name="sealed in, owner", scene="sealed", person=cast.LEE, column="owner"),
    Relation(name="sealed in", scene="sealed", person=cast.SAM, column="lead"),
    Relation(name="sealed out", scene="sealed", person=cast.DANA),
    Relation(name="head, sealed out", scene="sealed", person=cast.HELEN),
    Relation(name="head who owns it", scene="adult", person=cast.HELEN, column="owner"),
    Relation(name="another head", scene="adult", person=cast.HUGO, column="lead"),
    Relation(name="chair who oversees", scene="adult", person=cast.COLIN, column="overseer"),
    Relation(name="HR", scene="adult", person=cast.HATTIE, column="overseer"),
    Relation(name="adult named in it", scene="adult", person=cast.THEO),
    Relation(name="lead, of a concern about an adult", scene="adult", person=cast.LEE),
    Relation(name="reporter of an adult's", scene="adult", person=cast.TESS, column="reporter"),
    Relation(name="lead who reported themselves", scene="subject", person=cast.REG, column="apart"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    units: Units
    placed: dict[tuple[str, str], Placed]
    desk: Desk
    rehearsal: Rehearsal
    mishaps: list[str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Every kind of concern in every state, once; then somebody leaves."""
    url = f"sqlite+aiosqlite:///{Path(tmp_path_factory.mktemp('table')) / 'heard.db'}"
    units = await open_units(url, root_key=KEY, schools=cast.ROLLS)
    stage, placed = cast.Stage(units), {}
    for scene in SCENES.values():
        other = await cast.another(stage, scene)
        for state in STATES:
            placed[scene.name, state] = await cast.build(stage, scene, state, other)
        await cast.named_as_well(stage, scene, other)
    assert stage.mishaps == []
    await units.close()
    units = await open_units(url, root_key=KEY, schools=cast.WITHOUT_GARY)
    rehearsal, mishaps = Rehearsal(units), []
    desk = Desk(
        units=rehearsal, now=lambda: stage.at, wake=lambda: None,
        mishap=lambda reference, error: mishaps.append(f"{type(error).__name__}: {error}"),
    )  # fmt: skip
    yield World(units=units, placed=placed, desk=desk, rehearsal=rehearsal, mishaps=mishaps)
    await units.close()


def subject(deed: Press, placed: Placed) -> UUID:
    """What a button for that deed carries."""
    if deed in {row.deed for row in rows(OF_ACTIONS)} | {Press.OPEN_ACTION}:
        return placed.action
    if deed in {row.deed for row in rows(OF_REFERRALS)} | {Press.OPEN_REFERRAL}:
        return placed.referral
    return placed.share if deed is Press.READ_SHARE else placed.concern


def expected(relation: Relation, deed: Press, placed: Placed) -> str:
    """The cell: what that person must be told."""
    if relation.instead:
        return relation.instead
    if not relation.column or MAY[deed][relation.column] == "-":
        return "-"
    standing = "lead" if relation.column == "lead" else relation.column
    if deed in {row.deed for row in rows(OF_ACTIONS)}:
        return _of_action(deed, standing, placed)
    if deed in {row.deed for row in rows(OF_REFERRALS)}:
        return said(OF_REFERRALS, deed, standing, cast.settled_as(placed.scene) if _is_settled(placed) else "sent")
    if deed is Press.UNSEAL:
        return "yes" if placed.scene.name == "sealed" else "not_sealed"
    if deed in {row.deed for row in rows(OF_AN_ALLEGATION)} | {Press.ALLEGATION}:
        return said(OF_AN_ALLEGATION, deed, standing, placed.stands) if placed.scene.name in ADULT_SCENES else "childs"
    found = said(WHEN, deed, standing, placed.stands)
    if found == "yes" and deed is Press.ASK_MORE and placed.scene.reporter == cast.REG:
        return "not_asked"
    return "unsettled" if found == "yes" and deed in ENDS and not _is_settled(placed) else found


def _is_settled(placed: Placed) -> bool:
    """Whether the referral that every scene makes has been settled by then."""
    return placed.state in ("proposed", "closed", "merged")


def _of_action(deed: Press, standing: str, placed: Placed) -> str:
    settled = placed.state in ("proposed", "closed", "merged")
    if settled and deed is Press.SEND_BACK and placed.state != "proposed":
        return "shut" if placed.state == "closed" else "goes_on"
    return said(OF_ACTIONS, deed, standing, "verified" if settled else "open")


def filled(deed: Press, placed: Placed, at: datetime) -> Answers:
    """The good answers of its form, for that concern."""
    day = (at + timedelta(days=10)).date().isoformat()
    stand_for = {
        "@owner": str(placed.scene.owner.id),
        "@second": str(placed.scene.second.id), "@sol": str(cast.SOL.id), "@oskar": str(cast.OSKAR.id),
        "@other": placed.other, "@facts": ("facts",), "@share": str(placed.share), "@soon": day,
        "@today": at.date().isoformat(),
        "@later": (at + timedelta(days=20)).date().isoformat(),
        "@agency": "lado" if placed.scene.name in ADULT_SCENES else "mash",
    }  # fmt: skip
    return {name: stand_for.get(value, value) for name, value in form_of(deed, placed)[1].items()}


def form_of(deed: Press, placed: Placed) -> tuple[str, Answers]:
    """Which form it has there, with the page where it is not the first, and good answers."""
    own = OF_AN_ADULT.get(deed) if placed.scene.name in ADULT_SCENES else None
    return own or FORMS[deed]


def blank(deed: Press, placed: Placed, key: str) -> Form:
    """Its form, as far as its fields go, whatever the screen showed before."""
    name, _, page = form_of(deed, placed)[0].partition(":")
    who = cast.accounts(cast.LEE)[0]
    made = submissions.blank(FormSubmitted(who=who, form=name, key=key, page=int(page or 1), values={}))
    return replace(made, id=name, key=key, page=int(page or 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One cell at one entry point."""

    how: str
    wanted: str
    """A code of the table; where two sentences would be as true, both with a bar between."""
    shown: Seen

    @property
    def fault(self) -> str:
        found = self.shown.code
        if found in self.wanted.split("|"):
            return ""
        why = f": {self.shown.text[:160]}" if found == "again" else ""
        return f"{self.how}: wanted {self.wanted}, found {found}{why}"


def leaks(tried: Tried, placed: Placed) -> str:
    """What somebody who may not is shown all the same."""
    if tried.wanted not in NOTHING:
        return ""
    secret = (*cast.CANARIES, placed.reference, placed.scene.owner.name)
    shown = [words for words in secret if words in tried.shown.text]
    return f"{tried.how}: shows {shown}" if shown else ""


Way = tuple[str, str, Callable[[], Awaitable[Seen]]]
"""How it is tried, what is wanted, and the trying."""


def ways_in(door: Door, relation: Relation, deed: Press, placed: Placed, at: datetime) -> list[Way]:
    """Every way in to that deed."""
    wanted, person, id = expected(relation, deed, placed), relation.person, subject(deed, placed)
    label = f"{relation.name} / {deed} / {placed.state}"
    ways: list[Way] = [(f"{label} by button", wanted, lambda: door.presses(person, deed, id))]
    if deed in FORMS:
        form = blank(deed, placed, keys.key(id) if deed is not Press.OPEN else str(id))
        good = filled(deed, placed, at)
        also = OR_ELSE.get(deed, "") if wanted not in NOTHING else ""
        ways.append((f"{label} by form", wanted + also, lambda: door.sends(person, form, good)))
        if wanted in NOTHING:
            ways.append((f"{label} by an empty form", wanted, lambda: door.sends(person, form, {})))
    for name in [name for name, deeds in LISTS.items() if deed in deeds.split()]:
        answers: Answers = {"deed": deed.value, "which": str(placed.action)}
        chosen = "-" if relation.column == "doer" else wanted
        sheet = Form(id=name, key=keys.key(placed.concern), title="A list", parts=())
        ways.append((f"{label} from the list {name}", chosen, partial(door.sends, person, sheet, answers)))
    return ways


def some(ways: list[Way], turn: int) -> list[Way]:
    """One of them, another in each state and for each relation; all of them when the whole table is asked for."""
    return ways if WHOLE else [ways[turn % len(ways)]]


def states_for(relation: Relation) -> tuple[str, ...]:
    """Every state where the state has a say; of the others, who may do nothing whatever it is, some in turn."""
    if relation.instead:
        return CONCERN_STATES[:1]
    if relation.column in ("owner", "lead") or WHOLE:
        return CONCERN_STATES
    first = RELATIONS.index(relation) % 3
    return CONCERN_STATES[first::3]


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
async def test_every_deed_is_answered_as_the_table_says(world: World, relation: Relation):
    faults: list[str] = []
    for turn, state in enumerate(states_for(relation), start=RELATIONS.index(relation)):
        placed = world.placed[relation.scene, state]
        for number, deed in enumerate(MAY):
            for way in some(ways_in(Straight(world.desk), relation, deed, placed, world.desk.now()), turn + number):
                faults += await fault_of(way, placed)
    assert world.mishaps == []
    assert faults == [], "\n".join(faults)


async def fault_of(way: Way, placed: Placed) -> list[str]:
    how, wanted, do = way
    tried = Tried(how=how, wanted=wanted, shown=await do())
    return [fault for fault in (tried.fault, leaks(tried, placed)) if fault]


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_both_platforms_answer_every_relation_and_deed_as_the_table_says(world: World, platform: str):
    """One state of each kind, through the real doors: signed requests, tokens, what is drawn."""
    faults: list[str] = []
    async with (at_slack if platform == "slack" else at_teams)(world.desk) as door:
        for number, relation in enumerate(RELATIONS):
            placed = world.placed[relation.scene, CONCERN_STATES[number % len(CONCERN_STATES)]]
            for deed in MAY:
                ways = ways_in(door, relation, deed, placed, world.desk.now())
                faults += [fault for way in ways[: None if WHOLE else 1] for fault in await fault_of(way, placed)]
    assert world.mishaps == []
    assert faults == [], "\n".join(faults)


async def _action_in(stage: cast.Stage, action: UUID, state: str) -> None:
    """Bring the action of a concern into that state, by the people whose it is."""
    soon = (stage.at + timedelta(days=6)).date().isoformat()
    if state == "acknowledged":
        await stage.press(cast.TOM, Press.ACKNOWLEDGE, action)
    elif state == "in_progress":
        await stage.press(cast.TOM, Press.BEGIN, action)
    elif state == "waiting":
        await stage.does(cast.TOM, Press.WAIT, action, {"agency": "The hub", "until": soon})
    elif state == "cancelled":
        await stage.does(cast.LEE, Press.CANCEL_ACTION, action, {"reason": "Not needed."})
    elif state in ("done", "verified"):
        await stage.does(cast.TOM, Press.DONE, action, {"what_done": "I rang."})
    if state == "verified":
        await stage.press(cast.LEE, Press.VERIFY, action)


@pytest.mark.parametrize("state", ACTION_STATES)
async def test_every_deed_of_an_action_is_answered_as_its_state_says(world: World, state: str):
    stage, scene = cast.Stage(world.units), SCENES["relative"]
    placed = await cast.build(stage, scene, "accepted", await cast.another(stage, scene))
    await _action_in(stage, placed.action, state)
    faults: list[str] = []
    for column, person in (("doer", cast.TOM), ("owner", cast.LEE), ("lead", cast.DANA), ("reporter", cast.SOL)):
        for deed in dict.fromkeys(row.deed for row in rows(OF_ACTIONS)):
            wanted = said(OF_ACTIONS, deed, column, state) if MAY[deed][column] == "yes" else "-"
            press = partial(Straight(world.desk).presses, person, deed, placed.action)
            faults += await fault_of((f"{column} / {deed} / {state}", wanted, press), placed)
    assert faults == [], "\n".join(faults)


async def _referral_in(stage: cast.Stage, referral: UUID, state: str) -> None:
    no = {"answer": "refused", "agency_said": "Below the threshold."}
    if state in ("refused", "challenged", "resolved"):
        await stage.does(cast.LEE, Press.ANSWER_REFERRAL, referral, no)
    if state == "challenged":
        await stage.does(cast.LEE, Press.CHALLENGE_REFERRAL, referral, {"reason": "She is at risk."})
    elif state == "resolved":
        await stage.does(cast.LEE, Press.RESOLVE_REFERRAL, referral, {"reason": "Agreed."})
    elif state == "accepted":
        yes = {"answer": "accepted", "agency_said": "They will visit."}
        await stage.does(cast.LEE, Press.ANSWER_REFERRAL, referral, yes)
    elif state == "withdrawn":
        await stage.does(cast.LEE, Press.WITHDRAW_REFERRAL, referral, {"reason": "Made in error."})


@pytest.mark.parametrize("state", REFERRAL_STATES)
async def test_every_deed_of_a_referral_is_answered_as_its_state_says(world: World, state: str):
    stage, scene = cast.Stage(world.units), SCENES["relative"]
    placed = await cast.build(stage, scene, "accepted", await cast.another(stage, scene))
    await _referral_in(stage, placed.referral, state)
    faults: list[str] = []
    for column, person in (("owner", cast.LEE), ("lead", cast.DANA), ("reporter", cast.TESS), ("doer", cast.TOM)):
        for deed in dict.fromkeys(row.deed for row in rows(OF_REFERRALS)):
            wanted = said(OF_REFERRALS, deed, column, state) if MAY[deed][column] == "yes" else "-"
            press = partial(Straight(world.desk).presses, person, deed, placed.referral)
            faults += await fault_of((f"{column} / {deed} / {state}", wanted, press), placed)
    assert faults == [], "\n".join(faults)


OTHERS = {"reporter": cast.TESS, "staff": cast.SOL, "lead": cast.DANA, "named": cast.PRIYA}


@pytest.mark.parametrize("state", ["submitted", "closed"])
async def test_a_button_about_no_concern_tells_nothing_of_one_whose_id_it_is_given(world: World, state: str):
    placed, door = world.placed["child", state], Straight(world.desk)
    faults: list[str] = []
    for row in rows(NOT_A_CONCERNS):
        for who, wanted in row.cells.items():
            way = (f"{who} / {row.deed}", wanted, partial(door.presses, OTHERS[who], row.deed, placed.concern))
            faults += await fault_of(way, placed)
    assert faults == [], "\n".join(faults)


async def test_what_is_not_there_and_what_is_not_theirs_are_one_answer(world: World):
    """Word for word, by every button and every form, filled and empty: nothing tells that there is something."""
    placed, door, differ = world.placed["child", "triaged"], Straight(world.desk), []
    nothing = replace(placed, **dict.fromkeys(("concern", "action", "referral", "share"), UUID(int=404)))
    for relation in [one for one in RELATIONS if one.name in ("named in it", "staff", "lead of another school")]:
        for deed in MAY:
            theirs, none = (ways_in(door, relation, deed, one, world.desk.now()) for one in (placed, nothing))
            for (how, _, here), (_, _, nowhere) in zip(theirs, none, strict=True):
                if (one := (await here()).text) != (other := (await nowhere()).text):
                    differ.append(f"{how}: {one[:80]} | {other[:80]}")
    assert differ == [], "\n".join(differ)


async def test_a_refusal_of_what_is_not_theirs_is_kept(world: World):
    """34: not found, and audited."""
    placed = world.placed["child", "triaged"]
    stage = cast.Stage(world.units)
    before = await _kept(world)
    await stage.press(cast.SOL, Press.OPEN, placed.concern)
    await stage.press(cast.PRIYA, Press.MORE, placed.concern)
    await stage.press(cast.SOL, Press.OPEN, UUID(int=404))
    assert await _kept(world) == before + 3


async def _kept(world: World) -> int:
    async with world.units.reading() as connection:
        found = await connection.execute(select(func.count()).select_from(entries))
    return found.scalar_one()
