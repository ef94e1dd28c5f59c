"""What must be answered in words is answered in words: "." is no reason, on no form and on neither platform."""

import ast
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType
from uuid import UUID, uuid4

import pytest

import handlers
from bot.slack.render import form_view
from bot.teams import render
from handlers.account import form as concern_form
from handlers.conversation import Complaints, FormSubmitted, NextPage, Reply, Tell
from handlers.desk.counters import FORMS
from handlers.rules.chronology import Answers
from handlers.ui import visible
from handlers.ui.card import Press, Words
from handlers.ui.form import Form, TextField
from handlers.ui.reader import Reader
from tests import examples
from tests.handlers.acting import assigned
from tests.handlers.adults import test_steps as steps
from tests.handlers.closing.test_closing import OUTCOME, decided
from tests.handlers.referring import RANG, owned
from tests.handlers.reporter.test_duties import FGM, logs
from tests.handlers.reporter.test_police_notice import sends as sends_notice
from tests.handlers.school import ABOUT_LEE, ANSWERS, HELEN, LEE, TESS, Here, account
from tests.handlers.triage.test_adults import ABOUT_TOM, ALLEGATION, form_for, triaged
from tests.sentences import Scope, calls_in, value

NOTHING = (
    ".", "-", "—", "…", "?", "!!", "/", "*", "_", "''", "( )", ". . .", "·", "#", "££", "👍", "🙂🙂", "ʼ", "ː",
    ".\u200b", "[U+200B].", "~", "\u0301.", "“”", "»", "、", "۔", "।",
)  # fmt: skip
SOMETHING = ("ok", "7", "x.", "да", "語", "نعم", "हाँ", "ไม่", "½", "Ⅳ", "é", "…no", "- a", "ª")
SAID = "Please write a few words here."
EVERY: dict[str, Form] = {
    **examples.FORMS, **{name: filed.blank(f"{UUID(int=1)}:n", "26-48213") for name, filed in FORMS.items()}
}  # fmt: skip
NEEDED = {
    name: fields for name, form in EVERY.items()
    if (fields := tuple(one for one in form.fields() if isinstance(one, TextField) and one.required))
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_no_form_takes_a_mark_for_words(name: str):
    for typed in NOTHING:
        assert _complained(name, typed) == {field.name: SAID for field in NEEDED[name]}, typed


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_a_letter_or_a_figure_of_any_script_is_an_answer(name: str):
    for typed in SOMETHING:
        assert _complained(name, typed) == {}, typed


def _complained(name: str, typed: str) -> Mapping[str, str]:
    reader = Reader({field.name: typed for field in NEEDED[name]})
    reader.check(NEEDED[name])
    return reader.complaints()


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_what_was_refused_stands_in_its_field_with_the_complaint_beside_it_on_both_platforms(name: str):
    by_field = {field.name: SAID for field in NEEDED[name]}
    refused = Complaints(form=replace(EVERY[name], values=dict.fromkeys(by_field, "…!")), by_field=by_field)
    for drawn in (str(form_view(refused.form, by_field)), str(render.dialog_answer(refused))):
        assert drawn.count(SAID) >= len(by_field)
        assert drawn.count("…!") >= len(by_field)


@pytest.mark.parametrize("typed", [".", "-", "...", "?", "…", "👍"])
def test_what_is_optional_may_be_a_dash(typed: str):
    reader = Reader({"note": typed})
    reader.check((TextField(name="note", label="Note"),))
    assert reader.complaints() == {}
    assert reader.text("note") == typed


PICTURES = (("😢", True), ("✊🏽", True), ("nej", True), (".", False), ("?!", False))


@pytest.mark.parametrize(("typed", "answers"), PICTURES)
def test_what_a_child_said_may_be_a_picture_and_no_mark(typed: str, answers: bool):
    assert visible.can_be_read(typed, signs=True) is answers


@pytest.mark.parametrize("said", ["😢", "🖐️", "[NO] [TV]", "♥"])
async def test_a_childs_words_that_are_a_picture_are_an_account(here: Here, said: str):
    reply = await page(here, 3, {**ANSWERS, "facts": "", "own_words": said})
    assert isinstance(reply, NextPage)


# What is needed by what else was answered. A row each: what is typed besides, the field, and how it is sent.


@dataclass(frozen=True, slots=True)
class Needs:
    field: str
    besides: Answers


async def page(here: Here, number: int, answers: Answers) -> Reply:
    key = str(uuid4())
    for one in range(1, number + 1):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=one, values=answers)
        )
        assert one == number or isinstance(reply, NextPage), reply
    return reply


UNPICKED: Answers = {**ANSWERS, "child_1": "", "role_1": ""}
AN_ADULT: Answers = {**ABOUT_LEE, "adult": "", "adult_post": "staff"}
OF_THE_ACCOUNT = {
    "told_whom": (2, {**ANSWERS, "told_lead": "yes"}),
    "child_other": (2, UNPICKED),
    "facts": (3, {**ANSWERS, "source": "saw", "own_words": ""}),
    "adult_other": (3, AN_ADULT),
}
"""By field: the page that asks for it, and the answers that make it needed."""


@pytest.mark.parametrize("typed", [".", "—", "?", "..", "👍"])
@pytest.mark.parametrize("field", OF_THE_ACCOUNT)
async def test_a_page_of_an_account_that_needs_words_goes_on_with_words_alone(here: Here, field: str, typed: str):
    number, answers = OF_THE_ACCOUNT[field]
    reply = await page(here, number, {**answers, field: typed})
    assert isinstance(reply, Complaints)
    assert reply.by_field[field] == SAID
    assert reply.form.values[field] == typed
    assert isinstance(await page(here, number, {**answers, field: "Mrs Doe, 4K"}), NextPage)


@pytest.mark.parametrize("marks", [{"facts": "."}, {"facts": ".", "own_words": "."}, {"others": "-", "own_words": "…"}])
async def test_an_account_of_marks_alone_is_none(here: Here, marks: Answers):
    reply = await page(here, 3, {**ANSWERS, "facts": "", "own_words": "", "others": "", **marks})
    assert isinstance(reply, Complaints)
    assert reply.by_field == {
        "facts": "Write what you saw or heard, or below it what the child or somebody else told you."
    }


@pytest.mark.parametrize("typed", [".", "–", "??"])
@pytest.mark.parametrize("field", ["facts", "child_other"])
async def test_a_quick_concern_needs_words(here: Here, field: str, typed: str):
    values = {"child_other": "Mia, 8B", "facts": "alone at the gate", "urgency": "today", field: typed}
    sent = FormSubmitted(who=account(TESS), form="quick", key=str(uuid4()), page=1, values=values)
    reply = await here.answers(sent)
    assert isinstance(reply, Complaints)
    assert (reply.by_field, reply.form.values[field]) == ({field: SAID}, typed)


@pytest.mark.parametrize("more", [{"others": "."}, {"child_1": "", "child_other": "-"}])
async def test_a_notice_of_the_police_needs_words(here: Here, more: Answers):
    _, reply = await sends_notice(here, **more)
    assert isinstance(reply, Complaints)
    assert set(reply.by_field.values()) == {SAID}


async def closing(here: Here, answers: Answers) -> Reply:
    concern = await decided(here)
    await assigned(here, concern)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    return await here.send(LEE, form, {**OUTCOME, "open": "cancel", **answers})


async def deciding(here: Here, answers: Answers) -> Reply:
    concern = await owned(here)
    return await here.decides(LEE, concern, parents="not_told", **answers)


async def of_an_adult(here: Here, answers: Answers) -> Reply:
    form = await form_for(here, await here.raises(answers=ABOUT_TOM))
    return await here.send(HELEN, form, {**ALLEGATION, "child_safe": "no", "safe_how": "Helen, at 3.", **answers})


async def refers(here: Here, answers: Answers) -> Reply:
    concern = await owned(here)
    return await here.send(LEE, await here.opens(LEE, Press.REFER, concern.id), {**RANG, **answers})


def step(press: Press, besides: Answers):
    async def records(here: Here, answers: Answers) -> Reply:
        concern = await triaged(here, ALLEGATION)
        return await steps.records(here, press, concern, {**besides, **answers})

    return records


async def barring(here: Here, answers: Answers) -> Reply:
    concern = await triaged(here, ALLEGATION)
    await steps.does(here, Press.FINDING, concern, steps.SUBSTANTIATED)
    spared = {"barring_body": "dbs", "barring_is": "not_needed"}
    return await steps.records(here, Press.BARRING, concern, {**spared, **answers})


async def duty(here: Here, answers: Answers) -> Reply:
    return await logs(here, await here.raises(answers=FGM), **answers)


TOLD: Answers = {"adult_told": "told", "adult_told_what": "That a concern was raised.", "named_contact": "Helen Marsh"}
OF_A_FORM = {
    "open_reason": closing,
    "parents_why": deciding,
    "child_why": of_an_adult,
    "safe_how": of_an_adult,
    "before_what": of_an_adult,
    "parents_of_referral": refers,
    "agency_said": step(Press.LADO, {**steps.RANG, "lado_said": "meets"}),
    "meeting_came_of": step(Press.STRATEGY, {"meeting_is": "not_held"}),
    "adult_told_what": step(Press.ADULT_SUPPORT, TOLD),
    "named_contact": step(Press.ADULT_SUPPORT, TOLD),
    "barring_why": barring,
    "police_reference": duty,
}


@pytest.mark.parametrize("typed", [".", "—", "?", "👍"])
@pytest.mark.parametrize("field", OF_A_FORM)
async def test_what_another_answer_makes_needed_is_given_in_words(here: Here, field: str, typed: str):
    reply = await OF_A_FORM[field](here, {field: typed})
    assert isinstance(reply, Complaints), reply
    assert set(reply.by_field) == {field}
    assert reply.form.values[field] == typed


@pytest.mark.parametrize("field", OF_A_FORM)
async def test_it_is_taken_in_words(here: Here, field: str):
    assert isinstance(await OF_A_FORM[field](here, {field: "Yes."}), Tell)


async def test_a_mark_in_the_place_of_a_reason_says_not_that_a_duty_is_not_theirs(here: Here):
    concern = await here.raises(answers=FGM)
    reply = await logs(here, concern, police_reference="", rung_date="", not_theirs=".")
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {"police_reference", "rung_date"}


async def test_a_pattern_is_dismissed_with_words(here: Here):
    for _ in range(3):
        await here.raises()
    form = (await here.command(LEE, "patterns")).form
    asked = await here.send(LEE, form, {"pattern": form.fields()[0].options[0].key, "reason": "."})
    assert isinstance(asked, NextPage)
    assert Words(text="Say what you found, then press Dismiss.", alert=True) in asked.form.parts
    assert asked.form.values["reason"] == "."


def test_each_text_that_another_answer_makes_needed_has_its_row():
    """Whatever a use case complains about and is a text that its form does not always need."""
    fields = [*concern_form.every_field(), *(one for form in EVERY.values() for one in form.fields())]
    texts = {one.name for one in fields if isinstance(one, TextField)}
    chosen = {one.name for one in fields if not isinstance(one, TextField)}
    complained = {name for module in _modules() for name in _complained_of(module)} & (texts - chosen)
    assert complained - LOOKED_UP - {*OF_A_FORM, *OF_THE_ACCOUNT, "not_theirs"} == set()
    assert {"open_reason", "barring_why", "parents_why", "safe_how", "agency_said"} <= complained


LOOKED_UP = frozenset({"reference", "open_to", "into", "what", "reason"})
"""References of other concerns, and what is corrected, which is chosen: "." is none, and that is said. Why school is
closed is always needed, and complained of where it names a child."""


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(handlers.__path__, "handlers."):
        if not found.ispkg:
            yield import_module(found.name)


def _complained_of(module: ModuleType) -> Iterator[str]:
    """The names under which it complains: `complain(name, ...)`, `InvalidForm({name: ...})`, `faults[name] = ...`."""
    for call, scope in calls_in(module):
        called = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if called == "complain" and call.args:
            yield from _known(call.args[0], scope)
        elif called == "InvalidForm" and call.args and isinstance(call.args[0], ast.Dict):
            for key in call.args[0].keys:
                yield from _known(key, scope)
    scope = Scope(vars(module))
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Assign(targets=[ast.Subscript(slice=key)], value=said) if _is_said(said):
                yield from _known(key, scope)
            case ast.Dict(keys=[key], values=[said]) if _is_said(said):
                yield from _known(key, scope)


def _is_said(said: ast.expr) -> bool:
    """Whether it is a sentence, or one of two."""
    if isinstance(said, ast.IfExp):
        return _is_said(said.body)
    return isinstance(said, ast.Constant) and str(said.value).endswith(".")


def _known(node: ast.expr | None, scope: Scope) -> Iterator[str]:
    found = value(node, scope) if node is not None else None
    if isinstance(found, str):
        yield found
