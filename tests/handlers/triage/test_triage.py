"""Triage: the look-back before the form, no defaults, reasons where they are owed, a second reader where it must be."""

from uuid import UUID

import pytest

from bot.teams import render as teams_render
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST
from bot.teams.limits import size as teams_size
from handlers.conversation import Complaints, FormSubmitted, NextPage, Tell
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import Level, Second, Status
from handlers.triage import form as triage_form
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field
from tests.handlers.school import (
    ANSWERS,
    DANA,
    DECISION,
    HELEN,
    LEE,
    MIA,
    OTHER_MIA,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
    words,
)

NFA = {"outcome": "no_further_action"}


async def accepted(here: Here, answers=ANSWERS):
    concern = await here.raises(TESS, answers)
    await here.press(LEE, Press.ACCEPT, concern.id)
    return concern


async def test_the_look_back_comes_before_the_form_and_is_kept(here):
    first = await here.raises()
    concern = await accepted(here)
    form = await here.opens(LEE, Press.DECIDE, concern.id)
    assert form.page == 1
    assert not form.fields()
    shown = str(form.parts)
    assert MIA.label() in shown
    assert first.reference in shown
    assert "Bullying" in shown
    async with here.units(SCHOOL.id) as uow:
        assert [e.entry.by for e in await uow.trail.of(concern.id) if e.entry.deed is Deed.LOOKED_BACK] == [LEE.id]


async def test_the_look_back_shows_nothing_of_a_namesake_nor_of_a_concern_that_names_the_reader(here):
    other = await here.raises(TESS, {**ANSWERS, "child_1": str(OTHER_MIA.id)})
    hidden = await here.raises(TESS, {**ANSWERS, "close": str(LEE.id)})
    shown = await here.raises(TOM)
    concern = await accepted(here)
    form = await here.opens(LEE, Press.DECIDE, concern.id)
    assert shown.reference in str(form.parts)
    assert other.reference not in str(form.parts)
    assert hidden.reference not in str(form.parts)
    assert OTHER_MIA.form not in str(form.parts)


async def test_a_category_is_asked_for_each_child_in_their_part(here):
    both = {**ANSWERS, "child_2": str(OTHER_MIA.id), "role_2": "alleged"}
    concern = await accepted(here, both)
    form = await here.opens(LEE, Press.DECIDE, concern.id)
    reply = await here.send(LEE, form, {})
    assert isinstance(reply, NextPage)
    labels = {field.name: field.label for field in reply.form.fields() if field.name.startswith("kinds_")}
    assert set(labels) == {"kinds_1", "kinds_2"}
    assert MIA.label() in labels["kinds_1"]
    assert OTHER_MIA.label() in labels["kinds_2"]
    assert "caused harm" in labels["kinds_2"]
    chosen: Answers = {"kinds_1": ("bullying",), "kinds_2": ("child_on_child",)}
    last = await here.send(LEE, reply.form, chosen)
    assert isinstance(last, NextPage)
    assert last.form.values == chosen
    offered = {field.name: [option.key for option in field.options] for field in last.form.fields()
               if isinstance(field, ChoicesField)}
    assert offered == {name: list(kinds) for name, kinds in chosen.items()}
    await here.send(LEE, last.form, {**DECISION, **last.form.values})
    window = await here.opens(LEE, Press.OPEN, concern.id)
    text = str(window.parts)
    assert text.index(MIA.label()) < text.index("Child-on-child abuse")


async def test_a_category_that_is_unticked_is_offered_again_when_the_page_comes_back(here):
    both = {**ANSWERS, "child_2": str(OTHER_MIA.id), "role_2": "alleged"}
    concern = await accepted(here, both)
    reply = await here.send(LEE, await here.opens(LEE, Press.DECIDE, concern.id), {})
    chosen = {"kinds_1": ("bullying", "neglect"), "kinds_2": ("child_on_child",)}
    last = (await here.send(LEE, reply.form, chosen)).form
    kept = {"kinds_1": ("neglect",)}
    back = await here.send(LEE, last, {**DECISION, **kept, "rationale": ""})
    assert set(back.by_field) == {"rationale"}
    offered = {field.name: {option.key for option in field.options} for field in back.form.fields()
               if isinstance(field, ChoicesField)}
    assert offered == {name: set(kinds) for name, kinds in chosen.items()}
    assert back.form.values["kinds_1"] == ("neglect",)
    assert not back.form.values.get("kinds_2")
    again = {**DECISION, **kept, "kinds_2": ("child_on_child",)}
    assert "recorded" in words(await here.send(LEE, back.form, again))
    assert "This has been done already" in words(await here.send(LEE, back.form, again))
    window = str((await here.opens(LEE, Press.OPEN, concern.id)).parts)
    assert "Neglect" in window
    assert "Bullying" not in window[window.index(MIA.label()):window.index(OTHER_MIA.label())]


@pytest.mark.parametrize("held", ["", "999.x", "1-2-3.4-5-6.7-8-9", "-1", "1.2.3.4.5.6", "٣"])
def test_whatever_a_client_writes_into_the_key_only_offers_categories(held: str):
    key = f"{UUID(int=7)}:{held}:0a1b2c3d4e5f"
    form = triage_form.form(key, "26-48213", chosen={})
    every = {option.key for field in triage_form.form(key, "").fields() for option in getattr(field, "options", ())}
    assert {option.key for field in form.fields() for option in getattr(field, "options", ())} <= every


def test_the_key_with_the_most_that_can_be_chosen_is_one_that_both_platforms_take_back():
    most = {field.name: tuple(option.key for option in field.options[-3:])
            for field in triage_form.kinds("k", "").fields() if isinstance(field, ChoicesField)}
    key = triage_form.carrying(keys.key(UUID(int=7)), most)
    assert len(key) <= 100
    assert keys.subject(key) == UUID(int=7)


@pytest.mark.parametrize("missing", ["level", "seen", "parents", "outcome", "rationale"])
async def test_nothing_has_a_default(here, missing):
    concern = await accepted(here)
    reply = await here.decides(LEE, concern, **{missing: ""})
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {missing}
    assert (await here.concern(concern.id)).status is Status.ACCEPTED


async def test_parents_who_are_not_told_need_a_reason(here):
    concern = await accepted(here)
    reply = await here.decides(LEE, concern, parents="not_told")
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {"parents_why"}
    assert "recorded" in words(await here.decides(LEE, concern, parents="not_told", parents_why="Not safe."))


async def test_a_review_day_that_has_passed_is_refused_and_none_is_worked_out(here):
    concern = await accepted(here)
    assert set((await here.decides(LEE, concern, review_date="2026-11-02")).by_field) == {"review_date"}
    await here.decides(LEE, concern)
    decided = await here.concern(concern.id)
    assert decided.review_at is not None
    assert decided.level is Level.LOW
    assert (decided.review_at.date() - here.at.date()).days == 42


@pytest.mark.parametrize(
    ("more", "answers"),
    [
        ({"level": "medium"}, {}),
        ({"level": "high"}, {}),
        ({"kinds_1": ("fgm",)}, {}),
        ({}, {"kinds": ("sexual",)}),
        ({}, {"kinds": ("cse",)}),
        ({}, {"marks": "1", "mark_1": "front_forearm", "mark_side_1": "left", "mark_look_1": "red, 2 cm"}),
    ],
)
async def test_no_further_action_waits_for_a_second_reader_where_it_must(here, more, answers):
    concern = await accepted(here, {**ANSWERS, **answers})
    said = words(await here.decides(LEE, concern, **NFA, **more))
    assert "second reader" in said
    decided = await here.concern(concern.id)
    assert decided.second is Second.WANTED
    assert "cannot be closed yet" in words(await here.press(LEE, Press.CLOSE, concern.id))
    assert "somebody else must be its second reader" in words(await here.press(LEE, Press.SECOND_READ, concern.id))
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
    told = {item.notice.to for item in claimed if item.notice.kind is NoticeKind.SECOND}
    assert told == {PRIYA.id, DANA.id}


async def test_no_further_action_at_low_level_stands_by_itself(here):
    concern = await accepted(here)
    assert "second reader" not in words(await here.decides(LEE, concern, **NFA))


async def test_the_second_reader_reads_the_rationale_and_it_stands(here):
    concern = await accepted(here)
    await here.decides(LEE, concern, **NFA, level="high", rationale="CANARY seen on three days.")
    form = await here.opens(PRIYA, Press.SECOND_READ, concern.id)
    assert "CANARY seen" in str(form.parts)
    assert set((await here.send(PRIYA, form, {"agreed": "yes"})).by_field) == {"reading"}
    assert "stands" in words(await here.send(PRIYA, form, {"agreed": "yes", "reading": "I agree."}))
    assert (await here.concern(concern.id)).second is Second.GIVEN
    assert isinstance(await here.press(DANA, Press.SECOND_READ, concern.id), Tell)


def judged(field: Field) -> tuple[object, tuple[str, ...]]:
    """An answer to that field of the form, and how it is read."""
    match field:
        case ChoiceField(name="outcome"):
            return "no_further_action", ("no further action",)
        case ChoiceField(options=options):
            return options[-1].key, (options[-1].label,)
        case ChoicesField(options=options):
            return tuple(one.key for one in options[:2]), tuple(one.label for one in options[:2])
        case DateField():
            return "2027-01-05", ("Tue 5 Jan 2027",)
        case _:
            return f"CANARY {field.name}", (f"CANARY {field.name}",)


async def test_the_second_reader_sees_everything_that_was_judged_and_not_the_reasons_alone(here):
    """Every field of the form of a decision: what is chosen by its label, what is written word for word."""
    concern = await accepted(here)
    asked = triage_form.form("", "", (triage_form.Child(label="", part=""),)).fields()
    await here.decides(LEE, concern, **{field.name: judged(field)[0] for field in asked})
    shown = str((await here.opens(PRIYA, Press.SECOND_READ, concern.id)).parts)
    missing = [words for field in asked for words in judged(field)[1] if words not in shown]
    assert missing == []
    assert MIA.label() in shown


async def test_a_long_decision_in_any_script_is_read_over_several_pages_and_answered_on_the_last(here):
    concern = await accepted(here)
    long = {"rationale": 2500, "threshold": 900, "parents_why": 500, "consulted": 300, "rejected": 800}
    typed = {name: "学" * size for name, size in long.items()}
    await here.decides(LEE, concern, **{**NFA, **typed, "level": "high"})
    page = await here.opens(PRIYA, Press.SECOND_READ, concern.id)
    read = str(page.parts)
    while page.submit == "Go on":
        assert teams_size(teams_render.form_card(page, surface=Surface.DIALOG)) < LARGEST
        reply = await here.send(PRIYA, page, {})
        assert isinstance(reply, NextPage), reply
        page = reply.form
        read += str(page.parts)
    assert read.count("学") == sum(long.values())
    back = await here.answers(
        FormSubmitted(who=account(PRIYA), form=page.id, key=page.key, page=page.page, values={}, back=True)
    )
    assert isinstance(back, NextPage)
    assert back.form.page == page.page - 1
    assert "stands" in words(await here.send(PRIYA, page, {"agreed": "yes", "reading": "I agree."}))


async def test_a_second_reader_who_does_not_agree_sends_it_back_to_its_owner(here):
    concern = await accepted(here)
    await here.decides(LEE, concern, **NFA, level="high")
    form = await here.opens(PRIYA, Press.SECOND_READ, concern.id)
    await here.send(PRIYA, form, {"agreed": "no", "reading": "The marks are not explained."})
    again = await here.concern(concern.id)
    assert (again.status, again.outcome, again.owner) == (Status.ACCEPTED, None, LEE.id)
    assert "recorded" in words(await here.decides(LEE, again, outcome="referral", level="high"))


async def test_where_nobody_else_receives_it_the_decision_goes_up_to_be_read(here):
    """Every lead but one is close to the child: the head reads the decision a second time."""
    concern = await here.raises(TESS, {**ANSWERS, "close": str(PRIYA.id)})
    async with here.units(SCHOOL.id) as uow:
        from dataclasses import replace

        from handlers.recording import record
        from handlers.rules.chronology import Entry

        named = replace(await uow.concerns.get(concern.id), named=frozenset({PRIYA.id, DANA.id}))
        await record(uow, named, because=Entry(deed=Deed.NAMED, at=here.at, by=None, thing=concern.id))
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern, **NFA, level="medium")
    form = await here.opens(HELEN, Press.SECOND_READ, concern.id)
    assert "stands" in words(await here.send(HELEN, form, {"agreed": "yes", "reading": "I agree."}))


async def test_the_reporter_reads_what_the_lead_wrote_for_them_in_a_window_and_nowhere_else(here):
    concern = await accepted(here)
    await here.decides(LEE, concern, tell_reporter="CANARY please keep watching.", rationale="SECRET")
    form = await here.opens(TESS, Press.TOLD, concern.id)
    assert "CANARY" in str(form.parts)
    assert "SECRET" not in str(form.parts)
    assert "no such concern" in words(await here.press(TOM, Press.TOLD, concern.id))
    async with here.units(SCHOOL.id) as uow:
        for item in await uow.outbox.claim(most=50):
            card = await draw(uow, item.notice, at=here.at)
            assert "CANARY" not in str(card)
            assert "SECRET" not in str(card)


async def test_the_list_of_what_else_may_be_done_asks_who_and_in_what_state(here):
    concern = await here.raises()
    more = await here.opens(LEE, Press.MORE, concern.id)
    offered = [option.key for option in more.fields()[0].options]
    assert "escalate" in offered
    assert "hand_over" not in offered
    await here.press(LEE, Press.ACCEPT, concern.id)
    more = await here.opens(LEE, Press.MORE, concern.id)
    assert "hand_over" in [option.key for option in more.fields()[0].options]
    reply = await here.send(LEE, more, {"deed": "hand_over"})
    assert isinstance(reply, NextPage)
    assert reply.form.id == "hand_over"
    assert "no such concern" in words(await here.press(TESS, Press.MORE, concern.id))
    stranger = await here.send(TESS, more, {"deed": "hand_over"})
    assert "no such concern" in words(stranger)


@pytest.mark.parametrize("deed", ["open", "accept", "done", "", "x"])
async def test_only_what_the_list_offers_can_be_chosen_from_it(here, deed):
    concern = await accepted(here)
    more = await here.opens(LEE, Press.MORE, concern.id)
    assert isinstance(await here.send(LEE, more, {"deed": deed}), Complaints)
