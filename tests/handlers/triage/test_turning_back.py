"""Back from the pages of a decision: nothing that was typed is lost by it, and nobody else has any of it."""

import pytest

from handlers.account import meant_form
from handlers.conversation import FormSubmitted, NextPage, Tell
from handlers.reporter.draft_chasing import chase_drafts
from handlers.rules.chronology import Answers, Deed
from handlers.rules.drafts import TURNED_BACK, TURNED_BACK_FOR
from handlers.triage import form as forms
from handlers.ui.card import Press
from handlers.ui.form import Form
from tests.handlers.keeping import entries
from tests.handlers.school import (
    ABOUT_LEE,
    ADULT_DECISION,
    ANSWERS,
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

BOTH = {**ANSWERS, "child_2": str(OTHER_MIA.id), "role_2": "alleged"}
CHOSEN: Answers = {"kinds_1": ("bullying", "neglect"), "kinds_2": ("child_on_child",)}
TYPED: Answers = {
    **DECISION, "rationale": "CANARY Seen on three days.", "threshold": "Level 2.", "review_date": "2026-12-10",
    "consulted": "Nobody yet.",
}  # fmt: skip


async def _accepted(here: Here, answers: Answers = BOTH):
    concern = await here.raises(TESS, answers)
    await here.press(LEE, Press.ACCEPT, concern.id)
    return concern


async def _on(here: Here, form: Form, values: Answers) -> Form:
    reply = await here.send(LEE, form, values)
    assert isinstance(reply, NextPage), reply
    return reply.form


async def _back(here: Here, form: Form, values: Answers, *, by=LEE):
    return await here.answers(
        FormSubmitted(who=account(by), form=form.id, key=form.key, page=form.page, values=values, back=True)
    )


async def _last(here: Here, concern, chosen: Answers = CHOSEN) -> Form:
    kinds = await _on(here, await here.opens(LEE, Press.DECIDE, concern.id), {})
    return await _on(here, kinds, chosen)


async def _kept(here: Here):
    async with here.units(SCHOOL.id) as uow:
        keys = await uow.drafts.untouched(since=here.at)
        found = [await uow.drafts.get(key) for key in keys]
        return [draft for draft in found if draft is not None and draft.page == TURNED_BACK]


async def test_what_was_typed_on_the_last_page_stands_there_again_after_the_categories(here: Here):
    concern = await _accepted(here)
    last = await _last(here, concern)
    assert last.back
    kinds = (await _back(here, last, {**TYPED, **CHOSEN})).form
    assert kinds.page == forms.KINDS
    assert kinds.values == CHOSEN
    changed: Answers = {"kinds_1": ("neglect", "self_harm"), "kinds_2": ("child_on_child",)}
    again = await _on(here, kinds, changed)
    assert again.values == {**TYPED, **changed}
    assert "recorded" in words(await here.send(LEE, again, again.values))
    (decided,) = await entries(here, concern, Deed.DECIDED)
    assert {name: decided.words[name] for name in ("rationale", "kinds_1")} == {
        "rationale": TYPED["rationale"], "kinds_1": changed["kinds_1"],
    }  # fmt: skip
    assert not await _kept(here)


async def test_what_is_unticked_or_emptied_before_going_back_does_not_come_again(here: Here):
    concern = await _accepted(here)
    last = await _last(here, concern)
    kinds = (await _back(here, last, {**TYPED, **CHOSEN})).form
    last = await _on(here, kinds, {"kinds_1": ("neglect",)})
    assert "kinds_2" not in last.values
    less = {**DECISION, "kinds_1": ("neglect",)}
    kinds = (await _back(here, last, less)).form
    assert (await _on(here, kinds, kinds.values)).values == less


async def test_back_from_the_categories_shows_what_is_known_and_keeps_what_is_chosen_and_typed(here: Here):
    await here.raises()
    concern = await _accepted(here)
    last = await _last(here, concern)
    kinds = (await _back(here, last, {**TYPED, **CHOSEN})).form
    known = (await _back(here, kinds, {"kinds_1": ("neglect",)})).form
    assert known.page < forms.KINDS
    assert MIA.label() in str(known.parts)
    kinds = await _on(here, known, {})
    assert kinds.values == {"kinds_1": ("neglect",)}
    assert (await _on(here, kinds, kinds.values)).values == {**TYPED, "kinds_1": ("neglect",)}


async def test_of_no_child_on_the_roll_back_leads_to_what_is_known(here: Here):
    concern = await _accepted(here, {**ANSWERS, "child_1": "", "child_other": "A child at the gate"})
    last = await _on(here, await here.opens(LEE, Press.DECIDE, concern.id), {})
    known = (await _back(here, last, TYPED)).form
    assert known.page < forms.KINDS
    assert (await _on(here, known, {})).values == TYPED


async def test_of_an_adult_back_leads_to_what_is_known_and_loses_nothing(here: Here):
    concern = await here.raises(TESS, ABOUT_LEE)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    look = await here.opens(HELEN, Press.DECIDE, concern.id)
    last = (await here.send(HELEN, look, {})).form
    typed = {**ADULT_DECISION, "adult_child": str(MIA.id), "safe_how": "Her class teacher."}
    known = (await _back(here, last, typed, by=HELEN)).form
    assert known.id == forms.ID
    again = (await here.send(HELEN, known, {})).form
    assert again.id == last.id
    assert again.values == typed
    assert again.names == {str(MIA.id): MIA.label()}


async def test_who_was_said_not_to_be_meant_is_not_named_by_going_back(here: Here):
    concern = await _accepted(here)
    last = await _last(here, concern)
    typed = {**TYPED, **CHOSEN, "consulted": "Priya Raman"}
    asked = await _on(here, last, typed)
    name = meant_form.name_of(PRIYA.id)
    assert name in {field.name for field in asked.fields()}
    kinds = (await _back(here, asked, {**typed, name: "no"})).form
    again = await _on(here, kinds, CHOSEN)
    assert again.values[name] == "no"
    assert name in {field.name for field in again.fields()}
    shown = {field.name: again.values[field.name] for field in again.fields() if field.name in again.values}
    assert "recorded" in words(await here.send(LEE, again, shown))
    assert PRIYA.id not in (await here.concern(concern.id)).named


async def test_it_is_no_draft_of_a_concern_and_is_gone_a_day_later(here: Here):
    concern = await _accepted(here)
    await _back(here, await _last(here, concern), {**TYPED, **CHOSEN})
    (kept,) = await _kept(here)
    assert kept.owner == LEE.id
    assert "begun" not in str(await here.command(LEE, "mine"))
    assert not (await here.opens(LEE, Press.RAISE, concern.id)).values.get("carry_on")
    opened = await here.press(LEE, Press.START, kept.key)
    assert isinstance(opened, Tell)
    assert "CANARY" not in str(opened)
    here.later(seconds=TURNED_BACK_FOR.total_seconds() - 60)
    assert await chase_drafts(here.units, at=here.at) == 0
    assert await _kept(here)
    here.later(minutes=2)
    assert await chase_drafts(here.units, at=here.at) == 0
    assert not await _kept(here)


async def test_another_lead_with_that_windows_key_reads_nothing_of_it_and_writes_nothing_over_it(here: Here):
    concern = await _accepted(here)
    last = await _last(here, concern)
    kinds = (await _back(here, last, {**TYPED, **CHOSEN})).form
    await here.press(LEE, Press.HAND_OVER, concern.id)
    for values, back in ((CHOSEN, False), ({}, True)):
        sent = FormSubmitted(
            who=account(PRIYA), form=kinds.id, key=kinds.key, page=kinds.page, values=values, back=back
        )  # fmt: skip
        assert "CANARY" not in str(await here.answers(sent))
    (kept,) = await _kept(here)
    assert kept.owner == LEE.id
    assert kept.answers["rationale"] == TYPED["rationale"]


@pytest.mark.parametrize("by", [TOM, TESS])
async def test_who_may_not_decide_keeps_nothing_by_going_back(here: Here, by):
    concern = await _accepted(here)
    last = await _last(here, concern)
    await _back(here, last, {**TYPED, **CHOSEN}, by=by)
    assert not await _kept(here)


async def test_two_windows_of_one_lead_do_not_mix(here: Here):
    concern = await _accepted(here)
    one, two = await _last(here, concern), await _last(here, concern)
    here.later(minutes=1)
    kinds = (await _back(here, one, {**TYPED, **CHOSEN})).form
    other = (await _back(here, two, {**DECISION, "rationale": "Another."})).form
    assert (await _on(here, kinds, CHOSEN)).values["rationale"] == TYPED["rationale"]
    assert (await _on(here, other, {})).values["rationale"] == "Another."

