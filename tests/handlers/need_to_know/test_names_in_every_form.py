"""A name that is typed into any form is asked about, or the form says why not: a lead's words name people too."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from handlers.account import form as concern_form
from handlers.account import police_notice, quick
from handlers.adults import form as adult_form
from handlers.closing import disposing_form, merging_form
from handlers.closing import form as closing_form
from handlers.conversation import Complaints, FormSubmitted, NextPage, OpenForm, Tell
from handlers.counter import Filed
from handlers.desk import asking, counters
from handlers.need_to_know import break_glass_form
from handlers.record import correct_form, share_form
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.triage import form as triage_form
from handlers.ui.card import Press
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, PickField, TextField, TimeField
from tests.examples import FORMS as EXAMPLES
from tests.handlers.account.test_who_is_meant import NOBODY
from tests.handlers.acting import assigned
from tests.handlers.adults.test_steps import SUBSTANTIATED, does
from tests.handlers.closing.test_disposing import ORDERED
from tests.handlers.keeping import entries
from tests.handlers.posting import Post, works
from tests.handlers.referring import made, refers
from tests.handlers.school import ANSWERS, COLIN, DANA, HELEN, LEE, MIA, PRIYA, TESS, TOM, Here, account, words
from tests.handlers.triage.test_adults import ALLEGATION, triaged

ASK_BY_THEMSELVES = {concern_form.ID, quick.ID, police_notice.ID}
"""`test_names_that_are_typed` types each post's name into each of their fields, `test_police_notice` into its own."""
TYPED = "Priya Raman"


def texts(form: Form) -> list[TextField]:
    return [field for field in form.fields() if isinstance(field, TextField)]


def asked_in() -> Iterator[tuple[str, str]]:
    """Every field of every form in which the desk asks."""
    for id, filed in counters.FORMS.items():
        if filed.doing is not None and not filed.unasked:
            yield from ((id, field.name) for field in texts(filed.blank("k", "")))


def test_every_form_with_a_field_to_write_in_asks_or_says_why_it_need_not():
    for id, filed in counters.FORMS.items():
        if texts(filed.blank(f"{uuid4()}:{'0' * 12}", "")):
            assert bool(filed.doing) != bool(filed.unasked) or filed.unasked.startswith("It asks by itself"), id


def test_no_form_that_is_drawn_has_a_field_to_write_in_that_no_counter_knows():
    for name, form in EXAMPLES.items():
        if texts(form):
            assert form.id in counters.FORMS or form.id in ASK_BY_THEMSELVES, name


def value(field: Field) -> str | tuple[str, ...]:
    """Something that the field takes."""
    match field:
        case TextField():
            return "26-9"
        case ChoiceField():
            return field.options[0].key if field.options else NOBODY
        case ChoicesField():
            return (field.options[0].key,) if field.options else ("facts",)
        case DateField():
            return "2026-11-27"
        case TimeField():
            return "09:00"
        case PickField():
            return str(MIA.id)


async def _decided(here: Here, concern: Concern) -> None:
    await here.decides(LEE, concern, outcome="no_further_action", level="high")


async def _closed(here: Here, concern: Concern, *, level: str = "medium") -> None:
    await here.decides(LEE, concern, level=level)
    await here.send(LEE, await here.opens(LEE, Press.CLOSE, concern.id), {"outcome": "They are friends."})


async def _may_go(here: Here, concern: Concern) -> None:
    await _closed(here, concern, level="low")
    await here.send(LEE, await here.opens(LEE, Press.DISPOSE, concern.id), ORDERED)


SECOND_HANDS = {triage_form.SECOND: _decided, closing_form.SIGN_OFF: _closed, disposing_form.AGREE: _may_go}
"""What a second person is asked about, as the first has left it."""


async def subject_for(here: Here, filed: Filed, id: str) -> tuple[UUID, Person]:
    """What such a form is about, and somebody who may send it."""
    if id == adult_form.BARRING:
        found = await triaged(here, ALLEGATION)
        await does(here, Press.FINDING, found, SUBSTANTIATED)
        return found.id, HELEN
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    if filed.doing in {Doing.ADD, Doing.SEE_RECEIPT}:
        return concern.id, TESS
    if filed.doing in {Doing.FINISH_ACTION, Doing.RUN_ACTION}:
        return (await assigned(here, concern, owner=TOM)).id, LEE
    if id == merging_form.AGREE:
        form = await here.opens(PRIYA, Press.MERGE, concern.id)
        other = await here.raises()
        await here.send(PRIYA, form, {"into": other.reference, "reason": "They are one."})
    if id in SECOND_HANDS:
        await SECOND_HANDS[id](here, concern)
        return concern.id, DANA
    if id.startswith("referral_"):
        await refers(here, await here.concern(concern.id))
        return (await made(here, concern))[0].id, LEE
    return concern.id, LEE


def sent(id: str, subject: UUID, by: Person, values: Answers, *, key: str = "0123456789ab") -> FormSubmitted:
    page = counters.FORMS[id].blank("k", "").page
    return FormSubmitted(who=account(by), form=id, key=f"{subject}:{key}", page=page, values=values)


def questions(form: Form) -> list[ChoiceField]:
    return [field for field in form.fields() if field.name.startswith("meant_") and isinstance(field, ChoiceField)]


@pytest.mark.parametrize(("id", "name"), list(asked_in()))
async def test_a_leads_name_typed_into_any_field_is_asked_about_before_anything_is_done(here: Here, id: str, name: str):
    filed = counters.FORMS[id]
    subject, by = await subject_for(here, filed, id)
    fields = filed.blank("k", "").fields()
    values = {field.name: value(field) for field in fields if field.required} | {name: TYPED}
    reply = await here.answers(sent(id, subject, by, values))
    assert isinstance(reply, NextPage), reply
    (question,) = questions(reply.form)
    assert question.label == "Priya Raman is a lead. Is this about them?"
    assert {option.key for option in question.options} == {"about", "close", "no", "unsure"}
    assert reply.form.values[name] == TYPED


async def corrected(here: Here, concern: Concern, by: Person, text: str, said: str = "") -> object:
    form = await here.opens(by, Press.CORRECT, concern.id)
    typed = {"what": "facts", "now": text, "reason": "She told me."}
    reply = await here.send(by, form, typed)
    assert isinstance(reply, NextPage), reply
    (question,) = questions(reply.form)
    assert question.required
    return await here.send(by, reply.form, {**typed, **({question.name: said} if said else {})})


async def owned(here: Here, post: Post) -> Concern:
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    return await here.concern(concern.id)


@pytest.mark.parametrize(
    ("said", "loses"), [("about", True), ("close", True), ("unsure", True), ("", True), ("no", False)]
)
async def test_whom_a_correction_is_about_loses_it_and_who_is_only_mentioned_does_not(here, post, said, loses):
    concern = await owned(here, post)
    reply = await corrected(here, concern, LEE, "It was Priya Raman who held her arm.", said=said)
    assert "is kept beside what was written" in words(reply)
    after = await here.concern(concern.id)
    assert (PRIYA.id in after.named) == loses
    assert len(await entries(here, concern, Deed.CORRECTED)) == 1
    assert len(await entries(here, concern, Deed.NAMED)) == int(loses)
    reply = await here.press(PRIYA, Press.OPEN, concern.id)
    assert isinstance(reply, Tell if loses else OpenForm)


async def test_the_same_form_sent_again_names_nobody_a_second_time(here, post):
    concern = await owned(here, post)
    form = await here.opens(LEE, Press.CORRECT, concern.id)
    typed = {"what": "facts", "now": "It was Priya Raman.", "reason": "She told me."}
    asked = await here.send(LEE, form, typed)
    answered = {**typed, questions(asked.form)[0].name: "no"}
    await here.send(LEE, asked.form, answered)
    assert "done already" in words(await here.send(LEE, asked.form, typed))
    assert (await here.concern(concern.id)).named == frozenset()


async def test_who_wrote_it_and_who_has_lost_it_already_are_not_asked_about(here, post):
    concern = await owned(here, post)
    await corrected(here, concern, LEE, "It was Priya Raman.", said="about")
    form = await here.opens(LEE, Press.CORRECT, concern.id)
    typed = {"what": "facts", "now": "I, Lee Abara, heard it of Priya Raman.", "reason": "She told me."}
    assert "is kept beside" in words(await here.send(LEE, form, typed))


async def test_a_form_that_comes_back_with_complaints_asks_below_them_and_keeps_what_was_answered(here, post):
    concern = await owned(here, post)
    form = await here.opens(LEE, Press.CORRECT, concern.id)
    typed = {"what": "facts", "now": "It was Priya Raman.", "reason": "She told me."}
    asked = await here.send(LEE, form, typed)
    name = questions(asked.form)[0].name
    reply = await here.send(LEE, asked.form, {**typed, "what": "none", name: "no"})
    assert isinstance(reply, Complaints)
    assert (questions(reply.form)[0].name, reply.form.values[name]) == (name, "no")
    assert (await here.concern(concern.id)).named == frozenset()


async def shares(here: Here, concern: Concern, to: Person, reason: str):
    form = await here.opens(LEE, Press.SHARE, concern.id)
    typed = {"to": str(to.id), "fields": ("facts",), "until": "2026-11-27", "reason": reason}
    return typed, await here.send(LEE, form, typed)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [("Tom Whitlow held her by the arm.", "He teaches her."), ("She held her sleeve.", "It is about Tom Whitlow.")],
)
async def test_nothing_is_shared_with_whom_it_may_be_about_before_that_is_answered(here, post, facts, reason):
    concern = await here.raises(answers={**ANSWERS, "facts": facts})
    await here.press(LEE, Press.ACCEPT, concern.id)
    typed, reply = await shares(here, concern, TOM, reason)
    assert isinstance(reply, NextPage)
    (question,) = questions(reply.form)
    assert question.label == "Tom Whitlow is on the staff. Is this about them?"
    refused = await here.send(LEE, reply.form, {**typed, question.name: "about"})
    assert isinstance(refused, Complaints)
    assert "cannot be shared with that person" in refused.by_field["to"]
    assert "has been shared" in words(await here.send(LEE, refused.form, {**typed, question.name: "no"}))


async def test_a_colleague_who_is_given_nothing_is_not_asked_about(here, post):
    concern = await here.raises(answers={**ANSWERS, "facts": "Tom Whitlow was there."})
    await here.press(LEE, Press.ACCEPT, concern.id)
    _, reply = await shares(here, concern, TESS, "Tom Whitlow asked for it.")
    assert "has been shared" in words(reply)


async def test_where_it_goes_to_somebody_else_by_what_was_answered_nothing_of_the_form_is_kept(here, post):
    about_tom = {**ANSWERS, "about": "adult", "adult": str(TOM.id)}
    concern = await here.raises(answers=about_tom)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    reply = await corrected(here, concern, HELEN, "It was the chair, Colin Teale, who held her arm.", said="about")
    assert words(reply).startswith("It is recorded whom this is about")
    after = await here.concern(concern.id)
    assert COLIN.id in after.named
    assert after.owner is None
    assert await entries(here, concern, Deed.CORRECTED) == []


@pytest.mark.parametrize("said", ["about", "no"])
async def test_who_is_meant_by_why_it_must_be_opened_in_an_emergency_is_not_asked_to_agree(here, post, said):
    concern = await here.raises()
    reply = await here.command(HELEN, "unlock")
    assert isinstance(reply, OpenForm)
    typed = {"reference": concern.reference, "reason": "Priya Raman has hurt her."}
    asked = await here.send(HELEN, reply.form, typed)
    assert isinstance(asked, NextPage)
    (question,) = questions(asked.form)
    assert "You have asked" in words(await here.send(HELEN, asked.form, {**typed, question.name: said}))
    await works(here, post)
    told = {place.id for place, card in post.standing.values() if "asks to open concern" in card.summary}
    assert (account(PRIYA).user in told) == (said == "no")
    assert account(LEE).user in told
    assert "done already" in words(await here.send(HELEN, asked.form, {**typed, question.name: said}))


def test_the_forms_that_the_issue_names_are_among_those_that_ask():
    every = {id for id, _ in asked_in()}
    assert {correct_form.ID, share_form.SHARE, "refer", "referral_confirm", "referral_answer", "decide"} <= every
    assert break_glass_form.UNLOCK not in every
    assert asking.REASON
