"""Whatever was accepted in a short form is drawn again whole, in any script: no card of it is larger than may be."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from bot.teams import render
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST, size
from handlers.account import meant_form
from handlers.conversation import Complaints, FormSubmitted, NextPage, OpenForm, Who
from handlers.desk import counters, room, submissions
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.meant import Sure
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.verdict import Meant
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, Part, TextField, TimeField
from tests.bot.teams.test_portions import held
from tests.examples import FORMS

SCRIPTS = {"three bytes": "語", "Cyrillic": "ж", "quotation marks": '"', "emoji": "🙂", "line ends": "\n"}
SENT = {
    name: form for name, form in FORMS.items()
    if not form.kept and form.fields() and form.id in {*counters.FORMS, *counters.PAGES}
}  # fmt: skip
SAID = "Say more about this, please: it is needed."
WHO = Who(platform="teams", tenant="t", user="u")


def filled(form: Form, sign: str) -> Form:
    """With every field answered, each text as long as Teams lets it be: its lengths are in UTF-16."""
    return replace(form, values={**form.values, **{field.name: _most(field, sign) for field in form.fields()}})


def _most(field: Field, sign: str) -> str | tuple[str, ...]:
    match field:
        case TextField():
            return sign * (field.most // (len(sign.encode("utf-16-le")) // 2))
        case ChoiceField(options=options):
            return options[-1].key
        case ChoicesField(options=options, most=most):
            return tuple(option.key for option in options[-most:])
        case DateField():
            return "2026-11-24"
        case TimeField():
            return "10:15"
        case _:
            return "5a1d7c1e-0000-4000-8000-000000000009"


def texts(values: Answers, form: Form) -> dict[str, object]:
    return {field.name: values[field.name] for field in form.fields() if isinstance(field, TextField)}


ASKING = {
    name: form for name, form in SENT.items()
    if (filed := counters.FORMS.get(form.id)) and not filed.unasked and filed.doing is not None
    and any(isinstance(field, TextField) for field in form.fields())
}  # fmt: skip
"""Forms about a concern in which somebody may be named: each is asked about below the fields."""


def named(many: int, name: str) -> tuple[Part, ...]:
    """The questions about so many people, each with posts and an answer still to come."""
    posts = frozenset({Role.DEPUTY, Role.HEAD, Role.SAFEGUARDING_GOVERNOR})
    people = [Person(id=PersonId(UUID(int=900 + one)), name=f"{name} {one}", roles=posts) for one in range(many)]
    return meant_form.asked([Meant(person=one, as_the_adult=False, sure=Sure.NAME, stamp="") for one in people])


def with_room(form: Form, questions: tuple[Part, ...]) -> Form:
    """The same as it is once nothing is complained about any more: the longest text made shorter by what was said."""
    asked = [part for part in questions if isinstance(part, ChoiceField)]
    while lacking := room.lacking(form, asked):
        ((name, said),) = lacking.items()
        less = int(re.sub(r"\D", "", said))
        form = replace(form, values={**form.values, name: str(form.values[name])[:-less]})
    return form


@pytest.mark.parametrize("many", [1, verdict.MOST, verdict.MOST + 9])
@pytest.mark.parametrize("person", ["Alexandra Featherstonehaugh", "語" * 40])
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", ASKING)
def test_the_questions_about_names_fit_below_all_that_is_taken_with_them(
    name: str, script: str, person: str, many: int
):
    questions = named(many, person)
    full = with_room(filled(ASKING[name], SCRIPTS[script]), questions)
    form = replace(full, parts=(*full.parts, *questions))
    answered = {field.name: "about" for field in form.fields() if field.name.startswith(verdict.ANSWER)}
    sent = FormSubmitted(
        who=WHO, form=form.id, key=form.key, page=form.page, values={**form.values, **answered}
    )  # fmt: skip
    refused = Complaints(form=form, by_field={field.name: SAID for field in form.fields()})
    fault = Complaints(form=submissions.as_typed(sent), by_field={"": SAID * 3}, unseen=True)
    for reply in (NextPage(form), refused, fault):
        for answer in (render.dialog_answer(reply), render.message_answer(reply, to_a_form=True)):
            assert size(answer) <= LARGEST


@pytest.mark.parametrize("many", [1, 6, verdict.MOST])
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", ASKING)
def test_nobody_is_asked_to_write_less_where_the_card_would_have_had_room(name: str, script: str, many: int):
    questions = named(many, "Alexandra Featherstonehaugh")
    full = filled(ASKING[name], SCRIPTS[script])
    if with_room(full, questions) == full:
        return
    form = replace(full, parts=(*full.parts, *questions))
    refused = Complaints(form=form, by_field={field.name: SAID for field in form.fields()})
    assert size(render.message_answer(refused, to_a_form=True)) > LARGEST - _RECKONED_OVER


_RECKONED_OVER = 1800
"""Bytes: by how much the reckoning may be over what is drawn, of 25 KB."""


@pytest.mark.parametrize("name", ASKING)
def test_nobody_who_writes_english_has_to_make_a_word_shorter_for_them(name: str):
    form = filled(ASKING[name], "x")
    assert with_room(form, named(verdict.MOST, "Alexandra Featherstonehaugh")) == form


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", SENT)
def test_it_is_drawn_first_and_refused_and_after_a_fault_and_after_back_with_all_that_was_typed(name: str, script: str):
    form = filled(SENT[name], SCRIPTS[script])
    assert size(render.dialog_answer(OpenForm(SENT[name]))) <= LARGEST
    sent = FormSubmitted(who=WHO, form=form.id, key=form.key, page=form.page, values=form.values)
    fault = Complaints(form=submissions.as_typed(sent), by_field={"": SAID * 3}, unseen=True)
    refused = Complaints(form=form, by_field={field.name: SAID for field in form.fields()})
    back = NextPage(form)
    for reply in (refused, fault, back):
        for answer in (render.dialog_answer(reply), render.message_answer(reply, to_a_form=True)):
            assert size(answer) <= LARGEST
        by_field = {} if reply is back else reply.by_field
        drawn = held(render.form_card(reply.form, by_field, surface=Surface.DIALOG))
        assert {field: drawn[field] for field in texts(form.values, form)} == texts(form.values, form)
