"""Whatever was accepted on a page is drawn again on every way back to it: in portions where it is too large."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.teams import limits, render
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST, faults, size
from handlers.conversation import FormSubmitted, Who
from handlers.desk import submissions, unanswered
from handlers.desk.desk import Desk
from handlers.errors import Away
from handlers.rules.chronology import Answers
from handlers.rules.people import Login
from handlers.ui.form import ChoiceField, ChoicesField, Form, TextField
from store.opening import open_units
from store.rolls import Roll
from store.unit_of_work import Units
from tests.bot.teams.conftest import TENANT, Stage, aad, on_stage
from tests.examples import FORMS
from tests.handlers.conftest import KEY
from tests.handlers.school import ANSWERS, MIA, PEOPLE, SCHOOL, TESS, TUESDAY

WHO = Who(platform="teams", tenant="t", user="u")
KEPT = {name: form for name, form in FORMS.items() if form.kept}
SCRIPTS = {"three bytes": "語", "Cyrillic": "ж", "quotation marks": '"', "emoji": "🙂", "plain": "x"}


def filled(form: Form, sign: str) -> Form:
    """Every text of the page as long as it may be."""
    texts = [one for one in form.fields() if isinstance(one, TextField)]
    return replace(form, values={**form.values, **{one.name: sign * (one.most // len(sign.encode("utf-16-le")) * 2)
                                                   for one in texts}})


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", sorted(KEPT))
@pytest.mark.parametrize("surface", Surface)
def test_every_page_can_be_drawn_in_portions_that_hold_all_of_it(name: str, script: str, surface: Surface):
    form = filled(KEPT[name], SCRIPTS[script])
    complaints = {one.name: "Say more about this, please: it is needed." for one in form.fields()[-3:]}
    for by_field in ({}, complaints):
        card = render.form_card(form, by_field, surface=surface)
        assert faults(card, dialog=surface is Surface.DIALOG) == []
    seen: dict[str, Any] = {}
    wanted = form.fields()[0].name
    for _ in range(20):
        card = render.form_card(form, surface=surface, wanted=wanted)
        assert size(card) <= LARGEST
        seen |= held(card)
        wanted = pressed(card, "Next").get("goto", "") if "Next" in titles(card) else ""
        if not wanted:
            break
    assert [name for name in seen if "~" not in name] == [one.name for one in form.fields()]
    assert {name: value for name, value in seen.items() if isinstance(form.values.get(name), str) and value} == {
        name: value for name, value in form.values.items() if isinstance(value, str) and value and name in seen
    }


@pytest.mark.parametrize("script", [*SCRIPTS, "as much as a card takes"])
@pytest.mark.parametrize("name", sorted(name for name, form in KEPT.items() if form.fields()))
@pytest.mark.parametrize("surface", Surface)
def test_a_page_of_which_nothing_could_be_kept_is_one_card_with_every_answer(name: str, script: str, surface: Surface):
    form = every_answer(KEPT[name], SCRIPTS.get(script, "語"), room=None if script in SCRIPTS else WORDS)
    stood = tuple(one.name for one in form.fields())
    typed = {one: value for one, value in form.values.items() if one in stood}
    sent = FormSubmitted(who=WHO, form=form.id, key=form.key, page=form.page, values=typed, stood=stood)
    drawn = submissions.as_typed(sent)
    told = {"": unanswered.NOT_SAVED.format(reference="0a1b2c3d")}
    card = render.form_card(drawn, told, surface=surface, unseen=True)
    texts = [one.name for one in form.fields() if isinstance(one, TextField)]
    words = sum(len(json.dumps(typed[one], ensure_ascii=False).encode()) for one in texts)
    assert size(card) <= LARGEST or words > WORDS
    assert faults(card, dialog=surface is Surface.DIALOG) in ([], [f"card: larger than {LARGEST} bytes"])
    chosen = {one.partition("~")[0]: value for one, value in held(card).items() if value}
    assert chosen.keys() >= {one for one, value in typed.items() if value}
    assert {one: chosen[one] for one in texts} == {one: typed[one] for one in texts}


WORDS = 18_000
"""Bytes of words that a page may hold beside every other answer and be one card still."""


def every_answer(form: Form, sign: str, *, room: int | None) -> Form:
    """Every field answered; each text as long as it may be, or as long as `room` for all of them lets it."""
    full = filled(form, sign)
    texts = [one.name for one in form.fields() if isinstance(one, TextField)]
    each = room // len(texts) // len(sign.encode()) if room and texts else None
    values = {name: str(full.values[name])[:each] for name in texts}
    chosen = {one.name: one.options[-1].key for one in form.fields() if isinstance(one, ChoiceField) and one.options}
    several = {
        one.name: tuple(option.key for option in one.options[-one.most :])
        for one in form.fields() if isinstance(one, ChoicesField)
    }  # fmt: skip
    return replace(full, values={**full.values, **values, **chosen, **several})


def held(card: dict[str, Any]) -> dict[str, str]:
    """What the inputs of a card hold, by name."""
    inputs = [one for one in limits._every(card) if str(one.get("type")).startswith("Input.")]
    return {one["id"]: one.get("value", "") for one in inputs}


def titles(card: dict[str, Any]) -> list[str]:
    return [action["title"] for action in card.get("actions", [])]


def pressed(card: dict[str, Any], title: str) -> dict[str, Any]:
    return next(action["data"]["heard"] for action in card["actions"] if action["title"] == title)


@dataclass
class Client:
    """What a client of Teams does with a dialog: it sends what the inputs hold, and what the button carries."""

    stage: Stage
    card: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    most: int = LARGEST

    async def begins(self) -> None:
        await self._sends("composeExtension/fetchTask", {"commandId": "raise", "commandContext": "compose"})

    async def presses(self, title: str, **typed: str) -> None:
        known = held(self.card)
        assert typed.keys() <= known.keys(), typed.keys() - known.keys()
        data = {**{name: value for name, value in (known | typed).items() if value}, "heard": pressed(self.card, title)}
        await self._sends("task/submit", {"data": data})

    async def fills(self, answers: Answers, title: str = "Next") -> None:
        here = held(self.card)
        said = {name: value if isinstance(value, str) else ",".join(value) for name, value in answers.items()}
        await self.presses(title, **{name: value for name, value in said.items() if name in here})

    async def _sends(self, name: str, value: dict[str, Any]) -> None:
        answer = await self.stage.send(self.stage.invoke(name, value))
        assert answer.status_code == 200, answer.text
        assert len(answer.content) <= self.most
        self.said = answer.text
        self.card = answer.json()["task"]["value"]["card"]["content"]

    @property
    def part(self) -> str:
        found = re.search(r"Part (\d of \d) of this page", self.said)
        return found[1] if found else ""


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[Units]:
    school = replace(SCHOOL, tenants=(("teams", TENANT),), leads_places=())
    people = tuple(
        (person, (Login(platform="teams", tenant=TENANT, user=aad(number)),))
        for number, (person, _) in enumerate(PEOPLE, start=1)
    )
    units = await open_units(sqlite_url, root_key=KEY, schools=(Roll(school=school, people=people, pupils=(MIA,)),))
    yield units
    await units.close()


@pytest.fixture
async def tess(units: Units) -> AsyncIterator[Client]:
    assert PEOPLE[5][0] == TESS
    broken: list[str] = []
    desk = Desk(units=units, now=lambda: TUESDAY, wake=lambda: None, mishap=lambda _, error: broken.append(repr(error)))
    async with on_stage(desk) as stage:
        yield Client(stage)
    assert all("Away" in one for one in broken)


LONG: Answers = {
    "facts": "語" * 2990, "own_words": "ж" * 2990, "questions": "問" * 1490, "others": "他" * 1990,
    "present": "人" * 490, "looked": "見" * 990, "view": "思" * 1990,
}  # fmt: skip


async def test_a_page_of_three_byte_text_is_drawn_again_on_the_way_back_and_is_whole(tess: Client):
    await tess.begins()
    for _ in range(2):
        await tess.fills(ANSWERS)
    sent = {name: value for name, value in LONG.items() if name in held(tess.card)}
    await tess.fills({**ANSWERS, **LONG})
    await tess.presses("Back")
    found = held(tess.card)
    while tess.part and "Next" in titles(tess.card) and pressed(tess.card, "Next").get("goto"):
        await tess.presses("Next")
        found |= held(tess.card)
    assert {name: found[name] for name in sent} == sent


async def test_a_page_that_fits_is_drawn_whole_and_its_buttons_carry_no_way_to_another_part(tess: Client):
    await tess.begins()
    await tess.fills(ANSWERS)
    assert tess.part == ""
    assert pressed(tess.card, "Next").keys() <= {"form", "draft", "page", "way", "many", "stood"}


async def test_a_page_of_three_byte_text_that_could_not_be_kept_is_drawn_with_all_of_it_and_can_be_sent_again(
    tess: Client, monkeypatch: pytest.MonkeyPatch
):
    """In parts, what the part that is shown does not hold would be nowhere."""
    await tess.begins()
    for _ in range(2):
        await tess.fills(ANSWERS)
    wide = {name: "語" * len(str(value)) for name, value in LONG.items()}
    sent = {name: value for name, value in wide.items() if name in held(tess.card)}

    async def away(*_: object, **__: object) -> None:
        raise Away

    with monkeypatch.context() as outage:
        outage.setattr(submissions, "take", away)
        tess.most = 2 * LARGEST
        await tess.fills({**ANSWERS, **wide})
    assert "NOT SAVED" in tess.said
    assert {name: held(tess.card)[name] for name in sent} == sent
    tess.most = LARGEST
    await tess.presses("Next")
    await tess.presses("Back")
    found = held(tess.card)
    while tess.part and "Next" in titles(tess.card) and pressed(tess.card, "Next").get("goto"):
        await tess.presses("Next")
        found |= held(tess.card)
    assert {name: found[name] for name in sent} == sent
