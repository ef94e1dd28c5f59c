"""A form that could not be taken is drawn again without a look at what is kept: nothing is lost, nothing demanded."""

from collections.abc import Mapping

import pytest

from handlers.conversation import FormSubmitted, Who
from handlers.desk import counters, submissions
from handlers.rules.chronology import Answers
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, PickField, TextField, TimeField
from tests.examples import FORMS

WHO = Who(platform="teams", tenant="t", user="u")
SOMEBODY = "5a1d7c1e-0000-4000-8000-000000000009"
SENT: Mapping[str, Form] = {
    name: form
    for name, form in FORMS.items()
    if form.fields() and (form.id in counters.FORMS or form.id in counters.PAGES)
}
PAGES = {name: form for name, form in SENT.items() if form.id == "concern" and form.page <= 4 and "unsent" not in name}
"""Less the question of what was begun before, which comes from what is kept alone."""


def answered(form: Form) -> Answers:
    """Something in every field."""
    return {field.name: answer(field) for field in form.fields()}


def answer(field: Field) -> str | tuple[str, ...]:
    match field:
        case TextField():
            return "What was typed"
        case ChoiceField(options=options):
            return options[-1].key
        case ChoicesField(options=options):
            return tuple(option.key for option in options[-2:])
        case DateField():
            return "2026-11-24"
        case TimeField():
            return "10:15"
        case PickField():
            return SOMEBODY


def sent(form: Form, values: Answers, stood: tuple[str, ...] | None = None) -> FormSubmitted:
    return FormSubmitted(who=WHO, form=form.id, key=form.key, page=form.page, values=values, stood=stood)


@pytest.mark.parametrize("name", SENT)
def test_whatever_was_answered_stands_in_it_and_can_be_sent_as_it_is(name: str):
    form, values = SENT[name], answered(SENT[name])
    again = submissions.as_typed(sent(form, values))
    fields = {field.name: field for field in again.fields()}
    assert fields.keys() >= values.keys()
    assert (again.id, again.key, again.page) == (form.id, form.key, form.page)
    assert not any(field.required for field in fields.values())
    for field in fields.values():
        given = values.get(field.name, ())
        if isinstance(field, ChoiceField | ChoicesField):
            assert {given} if isinstance(given, str) else set(given) <= {option.key for option in field.options}
    assert again.values == values


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_what_it_asked_and_nothing_more_whatever_of_it_was_answered(name: str):
    form = PAGES[name]
    stood = tuple(field.name for field in form.fields())
    for values in (answered(form), {}, dict(list(answered(form).items())[::2])):
        again = submissions.as_typed(sent(form, values, stood))
        assert {field.name for field in again.fields()} == set(stood)


def test_a_client_that_names_what_does_not_exist_is_asked_nothing_by_it():
    form = PAGES["concern_3"]
    again = submissions.as_typed(sent(form, {}, ("facts", "<at>x</at>", "carry_on")))
    assert [field.name for field in again.fields()] == ["facts"]
