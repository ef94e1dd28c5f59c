"""Whatever was accepted in a short form is drawn again whole, in any script: no card of it is larger than may be."""

from dataclasses import replace

import pytest

from bot.teams import render
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST, size
from handlers.conversation import Complaints, FormSubmitted, OpenForm, Who
from handlers.desk import counters, submissions
from handlers.rules.chronology import Answers
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, TextField, TimeField
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


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", SENT)
def test_it_is_drawn_first_and_refused_and_after_a_fault_with_all_that_was_typed(name: str, script: str):
    form = filled(SENT[name], SCRIPTS[script])
    assert size(render.dialog_answer(OpenForm(SENT[name]))) <= LARGEST
    sent = FormSubmitted(who=WHO, form=form.id, key=form.key, page=form.page, values=form.values)
    fault = Complaints(form=submissions.as_typed(sent), by_field={"": SAID * 3}, unseen=True)
    refused = Complaints(form=form, by_field={field.name: SAID for field in form.fields()})
    for reply in (refused, fault):
        for answer in (render.dialog_answer(reply), render.message_answer(reply, to_a_form=True)):
            assert size(answer) <= LARGEST
        drawn = held(render.form_card(reply.form, reply.by_field, surface=Surface.DIALOG))
        assert {field: drawn[field] for field in texts(form.values, form)} == texts(form.values, form)
