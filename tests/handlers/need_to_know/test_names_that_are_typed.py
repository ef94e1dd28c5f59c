"""An allegation never goes to the person it is about, however their name comes into it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from handlers.account import form as concern_form
from handlers.account import meant_form, quick, review
from handlers.conversation import Complaints, FormSubmitted, NextPage, OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.reporter import draft_chasing
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import About, ReporterAs, Route
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.ui.card import Press
from handlers.ui.form import ChoiceField, TextField
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.acting import told
from tests.handlers.conftest import KEY
from tests.handlers.keeping import entries
from tests.handlers.losing import reached, traces
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import (
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    MIA,
    PEOPLE,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    about_adult,
    account,
    words,
)

OTHER: Answers = {**ANSWERS, "about": "adult", "adult_post": "staff", "child_1": "", "role_1": ""}
BOTH: Answers = {**ANSWERS, "about": "both", "adult_post": "staff"}
TEXTS = tuple(field for field in concern_form.every_field() if isinstance(field, TextField))
SPELLINGS = ("{0} {1}", "Mr {1}", "{1}, {0}", "{0}  {1}s", "{up}")


def spelled(how: str, who: Person) -> str:
    first, last = who.name.split()
    return how.format(first, last, up=who.name.upper())


async def fills(here: Here, answers: Answers, *, by: Person = TESS, in_chat: bool = False) -> tuple[UUID, object]:
    """Every page as far as the last that comes before sending."""
    key = uuid4()
    for page in (1, 2, 3, 4):
        reply = await here.answers(
            FormSubmitted(
                who=account(by), form="concern", key=str(key), page=page, values=answers, in_chat=in_chat
            )
        )
        assert not isinstance(reply, Complaints), reply.by_field
    return key, reply


def questions(reply: object) -> dict[str, ChoiceField]:
    """What is asked about each, by their id."""
    assert isinstance(reply, NextPage | Complaints), reply
    fields = [part for part in reply.form.parts if isinstance(part, ChoiceField) and part.name.startswith("meant_")]
    return {field.name: field for field in fields}


def about(*people: Person) -> set[str]:
    return {meant_form.name_of(person.id) for person in people}


async def sends(here: Here, reply: object, *, by: Person = TESS, in_chat: bool = False, **said: str):
    assert isinstance(reply, NextPage | Complaints)
    form = reply.form
    values = {**form.values, **said}
    return await here.answers(
        FormSubmitted(who=account(by), form=form.id, key=form.key, page=form.page, values=values, in_chat=in_chat)
    )


def says(verdict: str, *people: Person) -> dict[str, str]:
    return dict.fromkeys(about(*people), verdict)


async def raised(here: Here, answers: Answers, verdict: str, *people: Person):
    key, reply = await fills(here, answers)
    assert set(questions(reply)) == about(*people)
    assert isinstance(await sends(here, reply, **says(verdict, *people)), Tell)
    return await here.concern(key)


async def reaches(here: Here) -> set[PersonId | None]:
    """Everyone to whom anything is on its way, less the reporter; None is the leads' channel."""
    return {to for kind, to, _ in await told(here) if kind is not NoticeKind.RECEIPT} - {TESS.id}


def answers_with(field: TextField, text: str, about: About) -> Answers:
    shown = {"child_2": str(UUID(int=902)), "role_2": "witness", "child_3": str(UUID(int=903)), "role_3": "witness"}
    adult = {"adult_other": "A man", "adult_post": "staff"}
    return {**ANSWERS, **shown, **adult, "about": about, "marks": "3", field.name: text}


@pytest.fixture
async def here(tmp_path) -> Here:
    """The school with a third child, so that every field of the form can be filled."""
    third = Pupil(id=PupilId(UUID(int=903)), name="Noah Ek", form="9C", year="9")
    namesake = Pupil(id=PupilId(UUID(int=904)), name="Lee Abara", form="7D", year="7")
    one, other = (Pupil(id=PupilId(UUID(int=number)), name="Mia Patel", form="8B", year="8") for number in (901, 902))
    roll = Roll(school=SCHOOL, people=(*PEOPLE, *MORE), pupils=(one, other, third, namesake))
    units = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}", root_key=KEY, schools=(roll,))
    yield Here(units)
    await units.close()


def _more(number: int, name: str, role: Role):
    person = Person(id=PersonId(UUID(int=number)), name=name, roles=frozenset({role}))
    return person, (Login(platform="slack", tenant="T0SCHOOL", user=f"U{number}"),)


MORE = (
    _more(21, "Vera Quill", Role.VICE_CHAIR),
    _more(22, "Samir Noor", Role.NOMINATED),
    _more(23, "Wilma Tesch", Role.WHISTLEBLOWING_LEAD),
    _more(24, "Hanna Roos", Role.HR),
    _more(25, "Gavin Sorley", Role.SAFEGUARDING_GOVERNOR),
    _more(26, "Trudy Falk", Role.TRUST_LEAD),
)
VERA, SAMIR, WILMA, HANNA, GAVIN, TRUDY = (person for person, _ in MORE)
POSTS = (LEE, DANA, HELEN, COLIN, VERA, SAMIR, WILMA, HANNA, GAVIN, TRUDY)


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
async def test_whoever_is_typed_in_any_field_is_asked_about_and_has_nothing_until_it_is_answered(here, field):
    """Each post in turn in each field; unanswered, the concern comes back once and is never kept back."""
    person = POSTS[TEXTS.index(field) % len(POSTS)]
    text = spelled(SPELLINGS[TEXTS.index(field) % len(SPELLINGS)], person)
    key, reply = await fills(here, answers_with(field, f"At noon {text} was there.", About.BOTH))
    assert about(person) <= set(questions(reply))
    assert await reaches(here) == set()
    again = await sends(here, reply)
    assert isinstance(again, Complaints) and about(person) <= set(again.by_field)
    assert await reaches(here) == set()
    assert isinstance(await sends(here, again), Tell)
    assert person.id in (await here.concern(key)).named
    assert person.id not in await reaches(here)


@pytest.mark.parametrize("person", POSTS, ids=lambda person: next(iter(person.roles)))
@pytest.mark.parametrize("verdict", ["about", "unsure"])
async def test_typed_as_the_adult_it_goes_where_a_concern_about_their_post_goes(here, person, verdict):
    concern = await raised(here, {**OTHER, "adult_other": f"I think {person.name.lower()}"}, verdict, person)
    picked = await here.raises(answers=about_adult(person))
    assert (concern.route, concern.rung) == (picked.route, picked.rung)
    assert person.id in concern.named
    assert person.id not in await reaches(here)


@pytest.mark.parametrize(
    "typed",
    ["Mr Lee Abara", "Abara Lee", "Lee Abarra", "LEE ABARA", "Lee  Abara", "lee abara's", "L. Abara", "leeabara"],
)
async def test_the_childs_part_stands_in_no_place_that_the_typed_lead_reads(here, typed):
    key, reply = await fills(here, {**BOTH, "adult_other": typed, "child_now": f"With {LEE.name}"})
    assert about(LEE) <= set(questions(reply))
    await sends(here, reply, **dict.fromkeys(questions(reply), "about"))
    concern = await here.concern(key)
    raised = (await entries(here, concern, Deed.RAISED))[0]
    part = await here.concern(UUID(raised.facts["child_part"]))
    assert LEE.id in concern.named & part.named
    kinds = await told(here)
    assert (NoticeKind.TRIAGE, None, "") not in kinds
    assert LEE.id not in {to for _, to, _ in kinds}
    async with here.units(SCHOOL.id) as uow:
        words = await uow.trail.answers(part.id)
    assert "meant" not in words and "child_now" not in words
    assert "abara" not in str(words).casefold()


async def test_answered_no_it_goes_as_if_nobody_had_been_typed(here):
    concern = await raised(here, {**ANSWERS, "done": "I told Lee Abara at 9:10."}, "no", LEE)
    assert (concern.about, concern.named) == (About.CHILD, frozenset())
    assert (NoticeKind.TRIAGE, None, "") in await told(here)


async def test_about_a_lead_in_words_about_a_child_makes_it_a_concern_about_both(here):
    concern = await raised(here, {**ANSWERS, "facts": "Mr Abara held her by the arm."}, "about", LEE)
    assert (concern.about, concern.route, concern.named) == (About.BOTH, Route.HEAD, {LEE.id})
    assert LEE.id not in await reaches(here)


@pytest.mark.parametrize("verdict", ["close", "unsure"])
async def test_close_or_not_sure_leaves_them_out_and_the_leads_keep_it(here, verdict):
    concern = await raised(here, {**ANSWERS, "facts": "Mr Abara held her by the arm."}, verdict, LEE)
    assert (concern.about, concern.route, concern.named) == (About.CHILD, Route.LEADS, {LEE.id})
    assert await reaches(here) == {PRIYA.id, DANA.id}


@pytest.mark.parametrize("person", [LEE, DANA, HELEN], ids=lambda person: next(iter(person.roles)))
async def test_whoever_is_typed_finds_no_trace_of_it_anywhere(here, person):
    post = Post()
    typed = {**BOTH, "adult_other": f"{person.name}'s", "facts": "CANARY-FACTS in the hall."}
    concern = await raised(here, typed, "unsure", person)
    (entry,) = await entries(here, concern, Deed.RAISED)
    part = await here.concern(UUID(entry.facts["child_part"]))
    await works(here, post)
    found = await reached(here, post, person, concern, part.id)
    assert traces(found, concern.reference, part.reference, str(concern.id), str(part.id), "CANARY") == {}


async def test_the_rest_of_a_quick_concern_asks_too_and_whom_it_names_loses_it(here):
    values = {"child_1": str(MIA.id), "facts": "She cried.", "urgency": "today"}
    sent = FormSubmitted(who=account(TESS), form="quick", key=str(uuid4()), page=1, values=values)
    assert isinstance(await here.answers(sent), Tell)
    rest = await here.opens(TESS, Press.COMPLETE, UUID(sent.key))
    for page in (1, 2, 3, 4):
        told = {**ANSWERS, "looked": "She pointed at Dana Okello."}
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=rest.key, page=page, values=told)
        )
    assert set(questions(reply)) == about(DANA)
    assert isinstance(await sends(here, reply, **says("about", DANA)), Tell)
    assert (await here.concern(UUID(sent.key))).named == {DANA.id}


async def test_naming_somebody_else_later_never_brings_it_back_to_whom_it_is_about(here):
    concern = await raised(here, {**OTHER, "adult_other": "Helen Marsh"}, "unsure", HELEN)
    assert concern.route is Route.CHAIR
    form = await here.opens(COLIN, Press.NAME, concern.id)
    await here.send(COLIN, form, {"person": str(TOM.id), "part": "named", "reason": "He was there."})
    assert (await here.concern(concern.id)).route is Route.CHAIR


async def test_an_answer_for_other_words_is_no_answer(here):
    key, _ = await fills(here, {**ANSWERS, "facts": "I told Lee Abara."})
    back = FormSubmitted(
        who=account(TESS), form="concern", key=str(key), page=review.PAGE, back=True, values=says("no", LEE)
    )
    await here.answers(back)
    again = await here.answers(replace(back, page=4, back=False, values=ANSWERS))
    assert isinstance(again, NextPage) and again.form.values == says("no", LEE)
    changed = {**ANSWERS, "facts": "Lee Abara hit her."}
    await here.answers(replace(back, page=3, back=False, values=changed))
    again = await here.answers(replace(back, page=4, back=False, values=ANSWERS))
    assert isinstance(again, NextPage) and again.form.values == {} and set(questions(again)) == about(LEE)


async def test_moving_a_phrase_to_the_view_keeps_the_answer(here):
    answers = {**ANSWERS, "own_words": "", "facts": "I told Lee Abara. He was obviously scared of his dad."}
    key, reply = await fills(here, answers)
    assert isinstance(await sends(here, reply, hint_1="move", **says("no", LEE)), Tell)
    assert (await here.concern(key)).named == frozenset()


@pytest.mark.parametrize("forged", ["yes", "unanswered", "", "no "])
async def test_a_forged_answer_and_one_about_somebody_else_are_none(here, forged):
    key, reply = await fills(here, {**ANSWERS, "facts": "Lee Abara hit her."})
    said = {**says(forged, LEE), **says("no", PRIYA), "meant": (f"{LEE.id}:no:00000000:words",)}
    again = await sends(here, reply, **said)
    assert isinstance(again, Complaints)
    await sends(here, again, **said)
    assert (await here.concern(key)).named == {LEE.id}


async def test_an_urgent_one_asks_on_one_page_without_a_word_of_the_account_and_never_twice(here):
    facts = "CANARY Lee Abara hit her. She was obviously sad."
    key, reply = await fills(here, {**ANSWERS, "urgency": "now", "facts": facts})
    assert isinstance(reply, NextPage) and reply.form.page == meant_form.PAGE
    assert set(questions(reply)) == about(LEE)
    assert "CANARY" not in str(reply.form) and "hint_1" not in str(reply.form)
    assert await reaches(here) == set()
    assert isinstance(await sends(here, reply), Tell)
    assert (await here.concern(key)).named == {LEE.id}
    assert LEE.id not in await reaches(here)
    _, straight = await fills(here, {**ANSWERS, "urgency": "now"})
    assert isinstance(straight, Tell)


async def test_in_a_message_the_page_with_the_questions_comes_before_it_is_sent(here):
    key, reply = await fills(here, {**ANSWERS, "facts": "CANARY Lee Abara hit her."}, in_chat=True)
    assert isinstance(reply, NextPage) and reply.form.page == meant_form.PAGE
    assert "CANARY" not in str(reply.form)
    assert isinstance(await sends(here, reply, in_chat=True, **says("about", LEE)), Tell)
    assert (await here.concern(key)).route is Route.HEAD


async def test_nobody_is_asked_about_an_ordinary_colleague_in_words_about_a_child(here):
    _, reply = await fills(here, {**ANSWERS, "facts": "Tom Whitlow and Mr Lund were in the hall with Lee and Helen."})
    assert questions(reply) == {}
    _, reply = await fills(here, {**BOTH, "adult_other": "A man", "present": "Tom Whitlow"})
    assert set(questions(reply)) == about(TOM)


async def test_a_pupil_who_is_picked_is_no_member_of_staff_and_one_who_is_not_is_asked_about(here):
    lee = {**ANSWERS, "child_1": str(UUID(int=904)), "facts": "Lee Abara fell. Abara cried.", "present": "Lee Abara"}
    _, reply = await fills(here, lee)
    assert questions(reply) == {}
    _, reply = await fills(here, {**lee, "child_1": str(MIA.id)})
    assert set(questions(reply)) == about(LEE)
    _, reply = await fills(here, {**lee, "about": "both", "adult_other": "Lee Abara", "adult_post": "staff"})
    assert set(questions(reply)) == about(LEE)


async def test_ones_own_name_is_no_question_but_as_the_adult_one_is_the_subject(here):
    _, reply = await fills(here, {**ANSWERS, "facts": "Tess Hallam, 8:50: she held her sleeve."})
    assert questions(reply) == {}
    concern = await raised(here, {**OTHER, "adult_other": "Tess Hallam"}, "about", TESS)
    assert (concern.reporter_as, concern.named) == (ReporterAs.SUBJECT, frozenset())


async def test_a_quick_concern_comes_back_once_with_the_question_and_is_sent_with_it(here):
    values = {"child_1": str(MIA.id), "facts": "Lee Abara hit her", "urgency": "now"}
    sent = FormSubmitted(who=account(TESS), form="quick", key=str(uuid4()), page=1, values=values)
    reply = await here.answers(sent)
    assert isinstance(reply, NextPage) and reply.form.id == quick.ID
    assert (set(questions(reply)), dict(reply.form.values)) == (about(LEE), values)
    assert reply.form.names[str(MIA.id)]
    assert isinstance(await sends(here, reply, **says("about", LEE)), Tell)
    concern = await here.concern(UUID(sent.key))
    assert (concern.about, concern.named) == (About.BOTH, {LEE.id})
    unanswered = replace(sent, key=str(uuid4()))
    await here.answers(unanswered)
    assert isinstance(await here.answers(unanswered), Tell)
    assert (await here.concern(UUID(unanswered.key))).named == {LEE.id}
    assert LEE.id not in await reaches(here)


async def test_a_lead_whose_name_comes_into_a_draft_is_warned_of_no_danger_and_reads_nothing(here):
    danger = {**ANSWERS, "danger": "yes"}
    key = uuid4()
    first = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=1, values=danger)
    await here.answers(first)
    post = Post()
    await works(here, post)
    assert isinstance(await here.press(LEE, Press.OPEN, key), OpenForm)
    await here.answers(replace(first, page=2, values={**danger, "child_1": ""}))
    await here.answers(replace(first, page=3, values={**danger, "child_1": "", "child_other": "Lee Abara's"}))
    assert isinstance(await here.press(LEE, Press.OPEN, key), Tell)
    assert isinstance(await here.press(PRIYA, Press.OPEN, key), OpenForm)
    await works(here, post)
    assert (post.at(chat_with(LEE)), len(post.at(chat_with(PRIYA)))) == ([], 1)
    told_first = {**danger, "facts": "I told Mr Abara at 9."}
    typed_before = await here.command(TESS, "I told Mr Abara at 9.")
    assert isinstance(typed_before, OpenForm)
    await here.answers(replace(first, key=typed_before.form.key, values=told_first))
    assert {to for kind, to, _ in await told(here) if kind is NoticeKind.DANGER} == {PRIYA.id, DANA.id}


async def test_that_a_draft_exists_is_not_told_to_whom_it_names(here):
    for page in (1, 2, 3):
        sent = FormSubmitted(
            who=account(TESS), form="concern", key=str(UUID(int=77)), page=page,
            values={**OTHER, "adult_other": "H. Marsh"},
        )
        await here.answers(sent)
    await told(here)
    here.at = datetime.fromisoformat("2026-11-27T10:15").replace(tzinfo=SCHOOL.calendar.zone)
    await draft_chasing.chase_drafts(here.units, at=here.at)
    assert {to for _, to, step in await told(here) if step == "draft_leads"} == {TESS.id, COLIN.id}


async def test_not_satisfied_asks_and_leaves_out_whom_it_names(here):
    first = await here.raises()
    form = await here.opens(TESS, Press.NOT_SATISFIED, first.id)
    said = {"not_satisfied": "Helen Marsh would not see me."}
    reply = await here.send(TESS, form, said)
    assert set(questions(reply)) == about(HELEN)
    assert isinstance(await sends(here, reply, **says("about", HELEN)), Tell)
    async with here.units(SCHOOL.id) as uow:
        (new,) = [one for one in await uow.concerns.reported_by(TESS.id) if one.id != first.id]
    assert (new.route, new.named) == (Route.CHAIR, {HELEN.id})


async def test_what_is_added_asks_once_and_whoever_it_names_loses_the_concern(here):
    concern = await here.raises()
    post = Post()
    await works(here, post)
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(TESS, Press.ADD, concern.id)
    reply = await here.send(TESS, form, {"more": "CANARY-MORE Lee Abara was there too."})
    assert set(questions(reply)) == about(LEE)
    assert "added" in words(await sends(here, reply, **says("unsure", LEE)))
    assert "already" in words(await sends(here, reply, **says("no", LEE)))
    after = await here.concern(concern.id)
    assert (after.named, after.owner) == ({LEE.id}, None)
    await works(here, post)
    assert traces(await reached(here, post, LEE, concern), concern.reference, "CANARY-MORE") == {}
    read = await here.opens(PRIYA, Press.OPEN, concern.id)
    assert "Lee Abara" in str(read.parts) and str(LEE.id) not in str(read.parts)


async def test_a_lead_reads_what_was_asked_and_answered(here):
    concern = await raised(here, {**ANSWERS, "facts": "Mr Abara held her by the arm."}, "close", LEE)
    read = str((await here.opens(PRIYA, Press.OPEN, concern.id)).parts)
    assert "('Lee Abara', 'close to it')" in read and str(LEE.id) not in read
    assert isinstance(await here.press(LEE, Press.OPEN, concern.id), Tell)


async def test_more_than_six_are_named_without_a_question_and_it_says_so(here):
    everybody = ", ".join(person.name for person in (*POSTS, PRIYA))
    key, reply = await fills(here, {**ANSWERS, "facts": f"There were {everybody}."})
    assert len(questions(reply)) == 6
    assert "5 more people have such a name" in str(reply.form.parts)
    await sends(here, reply, **dict.fromkeys(questions(reply), "no"))
    assert len((await here.concern(key)).named) == 5
