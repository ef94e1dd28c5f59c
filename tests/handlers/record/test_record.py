"""Reading the record: find, chronology and corrections, each only as far as that person may see, and each kept."""

import pytest

from handlers.conversation import CommandTyped, Complaints, FormSubmitted, NextPage, OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.rules.chronology import Deed
from handlers.ui.card import Facts, Press, Rows
from tests.handlers.school import (
    ABOUT_LEE,
    ANSWERS,
    COLIN,
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

LATE = {
    **ANSWERS, "happened": "then", "happened_date": "2026-11-19", "happened_time": "09:00",
    "learned": "then", "learned_date": "2026-11-24", "learned_time": "08:40", "facts": "CANARY-EARLY I saw her.",
}  # fmt: skip


async def searches(here: Here, by, **values):
    reply = await here.command(by, "find")
    assert isinstance(reply, OpenForm), words(reply)
    return await here.send(by, reply.form, values)


@pytest.mark.parametrize("person", [TESS, TOM], ids=lambda person: person.name)
async def test_who_never_receives_a_concern_cannot_search(here, person):
    await here.raises()
    assert "find is for whoever receives concerns" in words(await here.command(person, "find 26-48213"))


async def test_a_reference_opens_its_account(here):
    concern = await here.raises()
    reply = await here.command(LEE, f"find {concern.reference}")
    assert reply.form.values == {"reference": concern.reference}
    opened = await here.send(LEE, reply.form, {"reference": f" {concern.reference} "})
    assert isinstance(opened, NextPage)
    assert "they wait for me" in str(opened.form.parts)


async def test_what_is_not_theirs_and_what_is_not_there_are_one_answer(here):
    hidden = await here.raises(TESS, ABOUT_LEE)
    said = {str((await searches(here, LEE, reference=ref)).by_field) for ref in (hidden.reference, "26-9999", "x")}
    assert len(said) == 1
    async with here.units(SCHOOL.id) as uow:
        assert await uow.trail.of(hidden.id) != []
        assert Deed.FOUND not in [line.entry.deed for line in await uow.trail.of(hidden.id)]


async def test_a_name_typed_after_find_is_kept_nowhere(here):
    reply = await here.command(LEE, "find Mia Patel")
    assert "Mia" not in str(reply.form)
    chat = await here.answers(CommandTyped(who=account(LEE), text="find Mia Patel", in_chat=True))
    assert isinstance(chat, Tell)
    assert "Mia" not in str(chat.card)


async def test_a_child_is_found_with_what_that_person_may_see_what_is_late_first(here):
    first = await here.raises()
    hidden = await here.raises(TESS, {**ANSWERS, "close": str(LEE.id)})
    other = await here.raises(TESS, {**ANSWERS, "child_1": str(OTHER_MIA.id)})
    here.later(days=1)
    second = await here.raises()
    results = await searches(here, LEE, child=str(MIA.id))
    assert isinstance(results, NextPage)
    listed = [row for part in results.form.parts if isinstance(part, Rows) for row in part.rows]
    assert [row.name for row in listed] == [first.reference, second.reference], "first is late"
    assert hidden.reference not in str(results.form)
    assert other.reference not in str(results.form)
    assert first.reference in (await here.opens(LEE, listed[0].button.press, first.id)).title
    assert isinstance(await here.press(LEE, listed[0].button.press, hidden.id), Tell)


async def test_neither_a_reference_nor_a_child_is_asked_again(here):
    assert isinstance(await searches(here, LEE), Complaints)
    assert isinstance(await searches(here, LEE, child="Mia Patel"), Complaints)


async def chronology(here: Here, by, subject, page: int = 1, **values):
    form = await here.opens(by, Press.CHRONOLOGY, subject)
    if not values:
        return form
    reply = await here.answers(
        FormSubmitted(who=account(by), form=form.id, key=form.key, page=page, values=values)
    )
    assert isinstance(reply, NextPage), reply
    return reply.form


async def test_a_childs_chronology_stands_in_the_order_of_events_and_marks_what_came_late(here):
    on_time = await here.raises(TESS, {**ANSWERS, "happened": "then", "happened_date": "2026-11-23",
                                       "happened_time": "14:00", "learned": "same"})
    late = await here.raises(TOM, LATE)
    await here.press(LEE, Press.ACCEPT, late.id)
    form = await chronology(here, LEE, MIA.id)
    text = str(form.parts)
    assert text.index(late.reference) < text.index(on_time.reference)
    assert "CANARY-EARLY" in text
    assert "Recorded 5 days after the event." in text
    assert text.index(on_time.reference) < text.index(f"{late.reference}: Accepted")
    only_late = await chronology(here, LEE, MIA.id, show="late")
    assert late.reference in str(only_late.parts)
    assert on_time.reference not in str(only_late.parts)


async def test_a_chronology_shows_only_what_that_person_may_see_and_is_kept(here):
    shown = await here.raises()
    hidden = await here.raises(TESS, {**ANSWERS, "close": str(LEE.id)})
    form = await chronology(here, LEE, MIA.id)
    assert shown.reference in str(form.parts)
    assert hidden.reference not in str(form.parts)
    for person in (TESS, COLIN, HELEN):
        assert "no such concern" in words(await here.press(person, Press.CHRONOLOGY, MIA.id))
        assert "no such concern" in words(await here.press(person, Press.CHRONOLOGY, shown.id))
    async with here.units(SCHOOL.id) as uow:
        read = [line.entry for line in await uow.trail.of(MIA.id) if line.entry.deed is Deed.READ]
    assert [(entry.by, entry.facts["what"]) for entry in read] == [(LEE.id, "chronology")]


async def test_a_long_chronology_is_read_in_parts_and_through_filters(here):
    concern = await here.raises(TESS, {**ANSWERS, "facts": "She said it again. " * 150})
    await here.press(LEE, Press.ACCEPT, concern.id)
    for _ in range(6):
        await here.decides(LEE, concern, rationale="Because of what was seen. " * 92)
    first = await chronology(here, LEE, concern.id)
    assert first.submit == "Go on"
    second = await here.send(LEE, first, {"show": "all"})
    assert isinstance(second, NextPage)
    assert second.form.page == 2
    decided = await here.send(LEE, second.form, {"show": "decided"})
    assert decided.form.page == 1
    assert "Concern raised" not in str(decided.form.parts)
    assert "Decision" in str(decided.form.parts)


async def test_a_correction_stands_beside_what_was_written_with_its_reason(here):
    concern = await here.raises()
    form = await here.opens(PRIYA, Press.CORRECT, concern.id)
    offered = {option.key for option in form.fields()[0].options}
    assert "place" in offered
    assert "own_words" not in offered, "a child's words are never corrected"
    answers = {"what": "place", "now": "The bus stop, not the gate.", "reason": "The camera shows it."}
    assert "has not changed" in words(await here.send(PRIYA, form, answers))
    text = str((await here.opens(LEE, Press.OPEN, concern.id)).parts)
    assert "School gate" in text
    assert "The bus stop, not the gate." in text
    assert "The camera shows it." in text
    async with here.units(SCHOOL.id) as uow:
        assert (await uow.trail.answers(concern.id))["place"] == "gate"


@pytest.mark.parametrize("what", ["own_words", "x", ""])
async def test_only_what_is_offered_can_be_corrected(here, what):
    concern = await here.raises()
    form = await here.opens(LEE, Press.CORRECT, concern.id)
    reply = await here.send(LEE, form, {"what": what, "now": "x", "reason": "x"})
    assert isinstance(reply, Complaints)
    assert "what" in reply.by_field


async def shared(here: Here, concern, to=TOM, **more):
    form = await here.opens(LEE, Press.SHARE, concern.id)
    values = {
        "to": str(to.id), "fields": ("facts",), "until": "2026-11-27", "reason": "He takes her to the bus.", **more
    }
    return await here.send(LEE, form, values)


async def share_id(here: Here, concern):
    async with here.units(SCHOOL.id) as uow:
        return (await uow.shares.of(concern.id))[-1].id


async def test_a_colleague_reads_the_chosen_paragraphs_and_nothing_else_until_that_day(here):
    concern = await here.raises()
    assert "has been shared" in words(await shared(here, concern))
    id = await share_id(here, concern)
    form = await here.opens(TOM, Press.READ_SHARE, id)
    assert "held her sleeve down" in str(form.parts)
    assert "they wait for me" not in str(form.parts)
    assert MIA.name not in str(form.parts)
    assert "no such concern" in words(await here.press(TESS, Press.READ_SHARE, id))
    assert "no such concern" in words(await here.press(TOM, Press.OPEN, concern.id))
    here.later(days=4)
    assert "no such concern" in words(await here.press(TOM, Press.READ_SHARE, id))


async def test_a_share_is_ended_with_a_reason_at_once(here):
    concern = await here.raises()
    await shared(here, concern)
    form = await here.opens(PRIYA, Press.UNSHARE, concern.id)
    id = await share_id(here, concern)
    assert "has ended" in words(await here.send(PRIYA, form, {"share": str(id), "reason": "Not needed now."}))
    assert "no such concern" in words(await here.press(TOM, Press.READ_SHARE, id))


@pytest.mark.parametrize(
    ("more", "field"),
    [({"until": "2026-11-02"}, "until"), ({"fields": ("own_account",)}, "fields"), ({"fields": ("x",)}, "fields"),
     ({"reason": " "}, "reason"), ({"fields": ()}, "fields")],
)  # fmt: skip
async def test_a_share_needs_a_day_to_come_a_reason_and_something_to_share(here, more, field):
    concern = await here.raises()
    reply = await shared(here, concern, **more)
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {field}


async def test_nothing_is_shared_with_somebody_who_is_named_in_it(here):
    concern = await here.raises(TESS, {**ANSWERS, "close": str(PRIYA.id)})
    reply = await shared(here, concern, to=PRIYA)
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {"to"}


async def test_the_card_of_a_share_names_no_child_and_no_word(here):
    concern = await here.raises()
    await shared(here, concern)
    async with here.units(SCHOOL.id) as uow:
        cards = [await draw(uow, item.notice, at=here.at) for item in await uow.outbox.claim(most=50)]
    assert any("Shared with you" in str(card) for card in cards)
    assert not [card for card in cards if MIA.name in str(card) or "sleeve" in str(card) or "bus" in str(card)]


async def test_a_lead_reads_the_proof_that_is_on_the_reporters_receipt_and_not_how_much_else_was_written(here):
    concern = await here.raises()
    async with here.units(SCHOOL.id) as uow:
        (raised,) = [line for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.RAISED]
        waiting = [item.notice for item in await uow.outbox.claim(most=50)]
        (receipt,) = [one for one in waiting if one.subject == concern.id and one.kind is NoticeKind.RECEIPT]
        card = str(await draw(uow, receipt, at=here.at))
    window = await here.opens(LEE, Press.OPEN, concern.id)
    assert window.parts[-1] == Facts((("Proof", raised.leaf[:20]),)), "after everything that somebody must read"
    assert f"{raised.leaf[:20]} · the child's words" in card
