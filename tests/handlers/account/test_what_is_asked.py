"""The dialog asks what the earlier answers call for and no more, and marks as needed what it would refuse without."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.account import called_for, reported
from handlers.account import form as concern
from handlers.account.questions import PAGES
from handlers.conversation import Complaints, FormSubmitted, NextPage, Tell
from handlers.errors import InvalidForm
from handlers.notice import NoticeKind
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Route
from handlers.samples import CALENDAR, CHILD
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, PickField, TextField, TimeField
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.receiving import everything_waiting, told
from tests.handlers.school import ANSWERS, LEE, MIA, SCHOOL, TESS, TOM, account

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
FIELDS = concern.every_field()


def names(number: int, answers: Answers) -> set[str]:
    return {field.name for field in concern.page("", number, answers, {}).fields()}


def complaints(number: int, answers: Answers) -> set[str]:
    try:
        reported.check_page(number, answers, calendar=CALENDAR, at=AT)
    except InvalidForm as refusal:
        return set(refusal.by_field)
    return set()


def an_answer(field: Field) -> st.SearchStrategy[str | tuple[str, ...]]:
    """What a person may give, or nothing."""
    match field:
        case ChoiceField(options=options):
            return st.sampled_from(["", *(option.key for option in options)])
        case ChoicesField(options=options):
            return st.lists(st.sampled_from([option.key for option in options]), max_size=1).map(tuple)
        case DateField():
            return st.sampled_from(["", "2026-11-20"])
        case TimeField():
            return st.sampled_from(["", "08:15"])
        case PickField():
            return st.sampled_from(["", CHILD])
        case TextField():
            return st.sampled_from(["", "She came to me."])


@given(st.fixed_dictionaries({field.name: an_answer(field) for field in FIELDS}))
def test_whatever_is_answered_nothing_marked_as_optional_is_refused_for_being_empty(drawn: Answers):
    """Page by page as a person fills it: a complaint about an empty field is about one that was marked as needed.

    But for the one field of three in which what happened is told: there any one will do.
    """
    answers: Answers = {}
    for number in range(1, concern.LAST + 1):
        fields = concern.page("", number, answers, {}).fields()
        needed = {field.name for field in fields if field.required}
        told_here = {field.name: drawn[field.name] for field in fields if drawn[field.name]}
        answers = {**answers, **told_here}
        refused = complaints(number, answers)
        empty = {field.name for field in fields if field.name in refused and not answers.get(field.name)}
        assert empty - {"facts"} <= needed, refused
        if refused:
            return


@given(st.fixed_dictionaries({field.name: an_answer(field) for field in FIELDS}))
def test_what_was_written_is_found_as_where_every_field_is_looked_through(drawn: Answers):
    written = [field for field in concern.fields(drawn) if isinstance(field, TextField) and drawn[field.name]]
    assert [(one.name, one.asks) for one in concern.written(drawn)] == [(one.name, one.asks) for one in written]


@given(st.fixed_dictionaries({field.name: an_answer(field) for field in FIELDS}))
def test_whatever_is_answered_a_field_stands_on_one_page_but_for_what_may_wait_in_danger(drawn: Answers):
    answers = {name: value for name, value in drawn.items() if value}
    shown = [field.name for field in called_for.fields(PAGES, answers)]
    twice = {name for name in shown if shown.count(name) > 1}
    assert twice <= ({"about", "child_1"} if drawn["danger"] == "yes" else set())
    assert {name for number in range(1, 5) for name in names(number, answers)} == set(shown)


@pytest.mark.parametrize(
    ("answers", "number", "asked", "not_asked"),
    [
        ({}, 1, {"danger", "about", "child_1", "urgency", "told_lead", "involved"}, {"told_whom", "close", "relative"}),
        ({"told_lead": "yes"}, 2, {"told_whom"}, {"close"}),
        ({"involved": "close"}, 2, {"close"}, {"told_whom"}),
        ({"about": "child", "child_1": CHILD}, 2, {"role_1", "child_2"}, {"child_other", "adult", "child_3", "role_2"}),
        ({"about": "child"}, 2, {"child_other"}, {"role_1", "child_2"}),
        ({"about": "child", "child_1": CHILD, "child_2": CHILD}, 3, {"role_2", "child_3"}, {"role_3"}),
        ({"about": "adult"}, 2, {"adult", "adult_weight", "child_1"}, {"role_1", "adult_other", "parent_told"}),
        ({"about": "adult"}, 3, {"adult_other", "adult_post"}, set()),
        ({"about": "practice"}, 2, {"source"}, {"child_1", "adult", "role_1", "child_other", "parent_told"}),
        ({"about": "practice"}, 3, {"facts"}, {"own_words", "marks"}),
        ({"happened": "today", "source": "child"}, 3, {"own_words"}, {"happened_date", "learned"}),
        ({"happened": "then", "source": "saw"}, 3, {"happened_date"}, {"learned"}),
        ({"happened": "yesterday", "source": "adult"}, 3, {"learned", "learned_time", "others"}, {"learned_date"}),
        ({"learned": "then"}, 4, {"learned_date"}, set()),
        ({"source": "saw"}, 4, {"done"}, {"questions", "wishes", "said_whom", "looked", "present", "others"}),
        ({"source": "child"}, 4, {"questions", "wishes", "said_whom"}, {"told_with"}),
        ({"own_words": "no", "source": "saw"}, 4, {"told_by", "questions"}, set()),
        ({"told_by": "interpreter"}, 4, {"told_with"}, set()),
        ({"further": ("looked", "present", "others", "child")}, 4, {"looked", "present", "others"}, set()),
        ({"parent_told": "unsafe"}, 4, {"parent_words"}, set()),
        ({"about": "child", "urgency": "today"}, 4, {"child_now", "safe_home"}, {"parent_words"}),
        ({"about": "child", "urgency": "record"}, 4, {"done"}, {"child_now", "safe_home"}),
    ],
)  # fmt: skip
def test_a_page_asks_what_the_answers_before_it_call_for(answers, number, asked, not_asked):
    shown = names(number, answers)
    assert asked <= shown
    assert not not_asked & shown


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_of_the_domain_is_asked_for_some_answers(field: Field):
    """But for the relative, whom page 1 asks about: what older accounts say of it is still read."""
    asked = [one for page in PAGES for one in page if one.name == field.name and one.when is not called_for.never]
    assert asked or field.name == "relative"


async def sends(here, number: int, values: Answers, *, key: str, **more: bool):
    return await here.answers(
        FormSubmitted(who=account(TESS), form="concern", key=key, page=number, values=values, **more)
    )


async def test_that_somebody_is_in_danger_is_enough_for_the_leads_to_be_told(here):
    key = str(uuid4())
    reply = await sends(here, 1, {"danger": "yes"}, key=key)
    assert isinstance(reply, NextPage)
    assert reply.form.page == 2
    waiting = [item for item in await everything_waiting(here) if item.kind is NoticeKind.DANGER]
    assert {item.to for item in waiting} >= {LEE.id}
    assert "about" in {field.name for field in reply.form.fields()}


async def test_a_choice_of_danger_draws_the_page_anew_and_tells_nobody(here):
    key = str(uuid4())
    reply = await sends(here, 1, {"danger": "yes", "child_1": str(MIA.id)}, key=key, changed=True)
    assert isinstance(reply, NextPage)
    assert [field.name for field in reply.form.fields() if field.required] == ["danger"]
    assert "Ring 999 now" in told(reply.form)
    assert "01632 960 999" in told(reply.form)
    assert not [item for item in await everything_waiting(here) if item.kind is NoticeKind.DANGER]
    calm = await sends(here, 1, {"danger": "no"}, key=key, changed=True)
    assert "urgency" in {field.name for field in calm.form.fields() if field.required}


async def test_what_it_is_about_is_asked_before_it_is_sent_and_takes_the_warning_from_the_leads(here):
    key = str(uuid4())
    await sends(here, 1, {"danger": "yes"}, key=key)
    rest = {**ANSWERS, "danger": "yes", "urgency": "", "told_lead": ""}
    missing = await sends(here, 2, {**rest, "about": ""}, key=key)
    assert isinstance(missing, Complaints)
    assert "about" in missing.by_field
    for number in (2, 3, 4):
        reply = await sends(here, number, rest, key=key)
    assert isinstance(reply, Tell)


@pytest.mark.parametrize(("chosen", "days"), [("today", 0), ("yesterday", 1)])
async def test_a_day_that_is_named_is_kept_as_a_date_whenever_it_is_sent(here, chosen, days):
    key = uuid4()
    values = {**ANSWERS, "happened": chosen, "happened_time": "08:05", "source": "saw", "learned": ""}
    for number in (1, 2):
        await sends(here, number, values, key=str(key))
    day = (here.at - timedelta(days=days)).date().isoformat()
    here.later(days=2)
    for number in (3, 4, 5):
        reply = await sends(here, number, values, key=str(key))
    assert isinstance(reply, Tell)
    async with here.units(SCHOOL.id) as uow:
        kept = await uow.trail.answers(key)
    assert (kept["happened"], kept["happened_date"], kept["learned"]) == ("then", day, "same")


@pytest.mark.parametrize(
    ("weight", "about"), [("", About.BOTH), ("allegation", About.BOTH), ("low_level", About.ADULT)]
)
async def test_an_allegation_that_names_a_child_has_a_childs_part_for_the_leads(here, weight, about):
    answers = {**ANSWERS, "about": "adult", "adult": str(TOM.id), "adult_weight": weight}
    raised = await here.raises(answers=answers)
    assert (raised.about, raised.route) == (about, Route.HEAD)
    async with here.units(SCHOOL.id) as uow:
        parts = [one for one in await uow.concerns.open() if one.about is About.CHILD]
    assert len(parts) == (about is About.BOTH)


async def test_the_last_look_says_which_part_goes_where(here):
    key = str(uuid4())
    for number in (1, 2, 3, 4):
        reply = await sends(here, number, {**ANSWERS, "about": "adult", "adult": str(TOM.id)}, key=key)
    assert isinstance(reply, NextPage)
    said = told(reply.form)
    assert "The whole account goes to: the head" in said
    assert "The child's part, without the adult, goes to: the safeguarding leads" in said


@pytest.mark.parametrize("said", ["close", "both"])
async def test_where_one_of_them_is_involved_nobody_is_told_of_danger_before_it_is_said_who(here, said):
    key = str(uuid4())
    second = await sends(here, 1, {"danger": "yes", "about": "child", "involved": said}, key=key)
    assert not [item for item in await everything_waiting(here) if item.kind is NoticeKind.DANGER]
    assert "Say first who is involved" in told(second.form)
    assert "close" in {field.name for field in second.form.fields() if field.required}
    missing = await sends(here, 2, {"close": str(LEE.id)}, key=key)
    assert isinstance(missing, Complaints)
    reached = {item.to for item in await everything_waiting(here) if item.kind is NoticeKind.DANGER}
    assert reached and LEE.id not in reached


@pytest.mark.parametrize("taken", [{"about": "adult"}, {"involved": "close"}])
async def test_leads_who_lost_a_warning_by_one_answer_are_told_again_by_another(here, taken):
    key, post = str(uuid4()), Post()
    danger = {"danger": "yes", "about": "child"}
    for values, stands in ((danger, True), ({**danger, **taken}, False), ({**danger, "involved": "no"}, True)):
        await sends(here, 1, values, key=key)
        await works(here, post)
        assert bool(post.at(chat_with(LEE))) == stands, values


async def test_whom_to_ring_stays_in_sight_on_the_way_back_and_beside_a_complaint(here):
    key = str(uuid4())
    await sends(here, 1, {"danger": "yes"}, key=key)
    missing = await sends(here, 2, {}, key=key)
    assert isinstance(missing, Complaints)
    assert "01632 960 999" in told(missing.form)
    back = await sends(here, 2, {}, key=key, back=True)
    assert "01632 960 999" in told(back.form)
