"""The form behind /concern: what is asked, complained about, and kept."""

from datetime import UTC, datetime

import pytest

from handlers.account import form as concern
from handlers.account import reported
from handlers.account import window as account
from handlers.errors import InvalidForm
from handlers.rules.concern import About, Urgency
from handlers.samples import ANSWERS, CALENDAR, CHILD, KEY, NAMES
from handlers.ui.card import Quote
from tests.examples import FORMS

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def complaints(**changed: object) -> dict[str, str]:
    with pytest.raises(InvalidForm) as refusal:
        reported.read({**ANSWERS, **changed}, calendar=CALENDAR, at=AT)
    return refusal.value.by_field


def test_a_full_account_is_read_with_every_word_as_it_was_typed():
    read = reported.read(ANSWERS, calendar=CALENDAR, at=AT)
    assert (read.about, read.urgency) == (About.CHILD, Urgency.TODAY)
    assert read.kept == ANSWERS


def test_danger_now_outweighs_the_urgency_that_was_chosen():
    assert reported.read({**ANSWERS, "danger": "yes"}, calendar=CALENDAR, at=AT).urgency is Urgency.NOW


def test_every_complaint_comes_at_once_beside_its_field():
    assert set(complaints(happened_date="", place="", facts="", own_words="", child_1="", role_1="")) == {
        "happened_date", "place", "facts", "child_other",
    }


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"happened_date": "2026-11-25"}, "happened_date"),
        ({"happened_date": "2026-11-24", "happened_time": "11:00"}, "happened_date"),
        ({"happened_date": "24/11/2026"}, "happened_date"),
        ({"happened_time": "9"}, "happened_time"),
        ({"learned_date": "2026-11-20"}, "learned_date"),
        ({"learned_date": ""}, "learned_date"),
        ({"role_1": ""}, "role_1"),
        ({"child_2": CHILD, "role_2": "witness"}, "child_2"),
        ({"role_2": "witness"}, "child_2"),
        ({"urgency": "whenever"}, "urgency"),
        ({"kinds": ("neglect", "emotional", "physical", "online")}, "kinds"),
        ({"kinds": ("made_up",)}, "kinds"),
        ({"facts": "x" * 3001}, "facts"),
        ({"about": "adult"}, "adult_other"),
        ({"about": "both", "adult_other": "A visitor"}, "adult_post"),
        ({"involved": "close"}, "close"),
        ({"told_lead": "yes", "told_whom": ""}, "told_whom"),
        ({"source": "saw", "facts": ""}, "facts"),
    ],
)
def test_an_answer_that_cannot_be_right_is_complained_about(changed, field):
    assert field in complaints(**changed)


def test_over_time_and_not_known_need_no_date():
    for answer in ("over_time", "unknown"):
        changed = {**ANSWERS, "happened": answer, "happened_date": "", "happened_time": ""}
        assert "happened_date" not in reported.read(changed, calendar=CALENDAR, at=AT).kept


def test_a_page_complains_only_about_itself():
    first = {name: ANSWERS[name] for name in ("danger", "about", "urgency", "told_lead", "told_whom")}
    reported.check_page(1, first, calendar=CALENDAR, at=AT)
    with pytest.raises(InvalidForm) as refusal:
        reported.check_page(2, {"about": "child"}, calendar=CALENDAR, at=AT)
    assert all(concern.page_of(name, {"about": "child"}) == 2 for name in refusal.value.by_field)


def test_answers_to_fields_that_are_not_shown_are_not_kept():
    sneaked = {**ANSWERS, "adult_other": "somebody", "is_admin": "yes"}
    assert not {"adult_other", "is_admin"} & reported.read(sneaked, calendar=CALENDAR, at=AT).kept.keys()


def test_the_window_shows_every_word_of_a_long_account_exactly_once():
    text = "".join(f"Line {n}: she said it again.\n" for n in range(100))
    first = account.window(KEY, "Concern", (), {**ANSWERS, "facts": text}, NAMES, number=1)
    quotes = [part.text for part in first.parts if isinstance(part, Quote)]
    assert text in "".join(quotes)


def test_a_long_account_is_read_in_parts_with_a_way_on_and_back():
    form = FORMS["account_long"]
    assert form.page == 2
    assert form.back


def test_every_form_keeps_to_what_both_platforms_take():
    for name, form in FORMS.items():
        assert len(form.title) <= 24, name
        assert len(form.submit) <= 24, name
        for field in form.fields():
            assert field.label and len(field.label) <= 75, (name, field.name)
            assert len(field.hint) <= 150, (name, field.name)


def test_a_second_childs_words_have_a_place_of_their_own_and_stay_when_the_child_is_taken_out():
    names = [field.name for field in concern.fields({"about": "child"})]
    assert "own_words_2" not in names
    both = {**ANSWERS, "child_2": "5a1d7c1e-0000-4000-8000-0000000000c2", "role_2": "witness", "own_words_2": "I saw"}
    assert reported.read(both, calendar=CALENDAR, at=AT).kept["own_words_2"] == "I saw"
    taken_out = {**both, "child_2": "", "role_2": ""}
    assert reported.read(taken_out, calendar=CALENDAR, at=AT).kept["own_words_2"] == "I saw"


@pytest.mark.parametrize(("marks", "shown"), [("", 0), ("0", 0), ("1", 1), ("3", 3), ("9 or so", 0)])
def test_each_mark_that_was_seen_has_its_own_place(marks, shown):
    names = [field.name for field in concern.fields({**ANSWERS, "marks": marks})]
    assert sum(name.startswith("mark_side_") for name in names) == shown


def test_what_others_told_is_enough_of_an_account():
    told = {**ANSWERS, "facts": "", "own_words": "", "others": "Mrs Obi saw her at the gate at 8:50."}
    assert reported.read(told, calendar=CALENDAR, at=AT).kept["others"]


def test_a_lead_who_is_too_close_is_read_for_the_recusal():
    lead = "5a1d7c1e-0000-4000-8000-0000000000d1"
    assert reported.read({**ANSWERS, "close": lead}, calendar=CALENDAR, at=AT).close == lead
