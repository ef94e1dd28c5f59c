"""A quick concern is asked after the same day; the rest is added to it, both are kept, and it stays one concern."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from handlers.account import review
from handlers.conversation import CommandTyped, Complaints, FormSubmitted, NextPage, Tell
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.recording import record
from handlers.reporter import draft_chasing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Status
from handlers.ui.card import Buttons, Press
from tests.handlers.posting import delivered, works
from tests.handlers.school import ANSWERS, LEADS_ON_SLACK, LEE, MIA, SCHOOL, TESS, TOM, Here, account, words

LONDON = ZoneInfo("Europe/London")
QUICK = {"child_1": str(MIA.id), "facts": "She was alone at the gate at four.", "urgency": "today"}
WHOLE = {**ANSWERS, "facts": "She was alone at the gate at four. She held her sleeve down."}


async def quick(here: Here, key: UUID | None = None, values=QUICK):
    id = key or uuid4()
    sent = FormSubmitted(who=account(TESS), form="quick", key=str(id), page=1, values=values)
    reply = await here.answers(sent)
    assert isinstance(reply, Tell), reply
    return await here.concern(id), reply


async def completes(here: Here, concern, values=WHOLE):
    """Open what is known and send every page of it; the answer to the last."""
    form = await here.opens(TESS, Press.COMPLETE, concern.id)
    for page in (1, 2, 3, 4, review.PAGE):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=form.key, page=page, values=values)
        )
        assert not isinstance(reply, Complaints), reply.by_field
    return reply


async def is_closed(here: Here, concern) -> None:
    """As the leads leave it in the end; how closing goes is told elsewhere."""
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern)
    closed = replace(await here.concern(concern.id), status=Status.CLOSED, closed_at=here.at)
    async with here.units(SCHOOL.id) as uow:
        await record(uow, closed, because=Entry(deed=Deed.CLOSED, at=here.at, by=LEE.id, thing=concern.id))


async def ticks(here: Here, at: str) -> int:
    here.at = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    return await draft_chasing.chase_drafts(here.units, at=here.at)


async def asked(here: Here):
    return [(n.to, n.step) for n, card in await delivered(here) if n.kind is NoticeKind.DRAFT and card]


def labels(reply: Tell) -> list[str]:
    return [b.label for part in reply.card.parts if isinstance(part, Buttons) for b in part.buttons]


async def test_the_receipt_has_a_way_to_complete_it_until_that_is_done(here):
    concern, receipt = await quick(here)
    assert "Complete it" in labels(receipt)
    assert "Complete it" not in labels(await completes(here, concern))
    assert f"Complete {concern.reference}" not in labels(await here.command(TESS, "mine"))


async def test_a_whole_concern_is_not_asked_to_be_completed(here):
    concern = await here.raises()
    assert "Nothing is missing" in words(await here.press(TESS, Press.COMPLETE, concern.id))
    assert await ticks(here, "2026-11-24T14:00") == 0


async def test_what_is_known_is_in_the_form_that_completes_it(here):
    concern, _ = await quick(here)
    form = await here.opens(TESS, Press.COMPLETE, concern.id)
    assert form.key != str(concern.id)
    assert {name: form.values[name] for name in QUICK} == QUICK
    assert form.names == {str(MIA.id): MIA.label()}


async def test_the_rest_is_added_whole_what_was_sent_first_stays_and_there_is_one_concern(here):
    concern, _ = await quick(here)
    said = words(await completes(here, concern))
    assert "Your concern has been received" in said
    async with here.units(SCHOOL.id) as uow:
        assert [c.reference for c in await uow.concerns.open()] == [concern.reference]
        assert (await uow.trail.answers(concern.id))["facts"] == QUICK["facts"]
        added = [line.entry for line in await uow.trail.of(concern.id, words=True) if line.entry.deed is Deed.ADDED]
    assert [entry.words["facts"] for entry in added] == [WHOLE["facts"]]
    assert added[0].facts["form"] == "whole"


async def test_a_lead_reads_both_in_order_with_the_labels_of_the_form(here):
    concern, _ = await quick(here)
    await completes(here, concern)
    shown = str((await here.opens(LEE, Press.OPEN, concern.id)).parts)
    assert shown.index(QUICK["facts"]) < shown.index("Added by the reporter") < shown.index(WHOLE["facts"])
    rest = shown[shown.index("Added by the reporter") :]
    for expected in (ANSWERS["own_words"], "Where it happened", "School gate", "Harmed or at risk", MIA.label()):
        assert expected in rest


async def test_the_owner_is_told_that_it_was_added_to(here):
    concern, _ = await quick(here)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await delivered(here)
    await completes(here, concern)
    told = {(n.to, n.kind) for n, _ in await delivered(here) if n.step.startswith("added_")}
    assert told == {(LEE.id, NoticeKind.CHASE)}


async def test_sent_twice_it_is_added_once_and_with_other_words_both_are_kept(here):
    concern, _ = await quick(here)
    form = await here.opens(TESS, Press.COMPLETE, concern.id)
    for values in (WHOLE, WHOLE, {**WHOLE, "facts": "And she cried."}):
        for page in (1, 2, 3, 4, review.PAGE):
            await here.answers(
                FormSubmitted(who=account(TESS), form="concern", key=form.key, page=page, values=values)
            )
    async with here.units(SCHOOL.id) as uow:
        added = [line.entry for line in await uow.trail.of(concern.id, words=True) if line.entry.deed is Deed.ADDED]
        assert len(await uow.concerns.open()) == 1
    assert [entry.words["facts"] for entry in added] == [WHOLE["facts"], "And she cried."]


async def test_its_writer_is_asked_for_the_rest_once_the_same_day(here):
    concern, _ = await quick(here)
    await delivered(here)
    assert await ticks(here, "2026-11-24T11:14") == 0
    assert await ticks(here, "2026-11-24T11:15") == 1
    assert await asked(here) == [(TESS.id, "draft_complete")]
    for at in ("2026-11-24T15:00", "2026-11-25T08:30", "2026-11-28T09:00", "2026-12-09T09:00", "2026-12-20T09:00"):
        assert await ticks(here, at) == 0
    assert (await here.opens(TESS, Press.COMPLETE, concern.id)).values["facts"] == QUICK["facts"]


async def test_the_card_that_asks_names_no_child_and_goes_when_it_is_done(here):
    concern, _ = await quick(here)
    await ticks(here, "2026-11-24T11:15")
    cards = [card for n, card in await delivered(here) if n.kind is NoticeKind.DRAFT]
    assert [MIA.name in str(card) or QUICK["facts"] in str(card) for card in cards] == [False]
    assert labels(Tell(cards[0])) == ["Complete it"]
    await completes(here, concern)
    cards = [card for n, card in await delivered(here) if n.kind is NoticeKind.DRAFT]
    assert [labels(Tell(card)) for card in cards] == [[]]


@pytest.mark.parametrize("how", ["completed", "closed"])
async def test_nobody_is_asked_once_it_is_completed_or_closed(here, how):
    concern, _ = await quick(here)
    if how == "completed":
        await completes(here, concern)
    else:
        await is_closed(here, concern)
    await delivered(here)
    assert await ticks(here, "2026-11-24T12:00") == 0
    assert await asked(here) == []


@pytest.mark.parametrize("begun", [True, False])
async def test_the_rest_of_a_closed_concern_goes_after_two_weeks_and_that_it_was_begun_is_kept(here, begun):
    concern, _ = await quick(here)
    form = await here.opens(TESS, Press.COMPLETE, concern.id)
    here.later(minutes=1)
    if begun:
        await here.answers(FormSubmitted(who=account(TESS), form="concern", key=form.key, page=1, values=WHOLE))
    await is_closed(here, concern)
    await ticks(here, "2026-12-08T10:00")
    async with here.units(SCHOOL.id) as uow:
        assert await uow.drafts.get(UUID(form.key)) is not None
    await ticks(here, "2026-12-08T10:17")
    async with here.units(SCHOOL.id) as uow:
        assert await uow.drafts.get(UUID(form.key)) is None
        assert [line.entry.deed for line in await uow.trail.of(UUID(form.key))] == [Deed.EXPIRED] * begun


async def test_what_was_begun_of_the_rest_is_asked_after_as_a_draft_is_and_its_end_is_announced(here):
    concern, _ = await quick(here)
    form = await here.opens(TESS, Press.COMPLETE, concern.id)
    here.later(minutes=10)
    sent = FormSubmitted(who=account(TESS), form="concern", key=form.key, page=1, values=WHOLE)
    assert isinstance(await here.answers(sent), NextPage)
    await delivered(here)
    await ticks(here, "2026-11-24T10:56")
    assert await asked(here) == [(TESS.id, "draft_half_hour")]
    await ticks(here, "2026-11-28T12:00")
    assert {to for to, _ in await asked(here)} == {TESS.id}
    assert (await here.opens(TESS, Press.COMPLETE, concern.id)).page == 2
    await ticks(here, "2026-12-07T09:00")
    assert [step for _, step in await asked(here)] == ["draft_last:2026-12-08"]
    await ticks(here, "2026-12-08T12:00")
    async with here.units(SCHOOL.id) as uow:
        assert await uow.drafts.get(UUID(form.key)) is None
        assert (await uow.trail.answers(concern.id))["facts"] == QUICK["facts"]


async def test_danger_said_while_completing_is_told_at_once_and_its_card_becomes_that_of_the_concern(here):
    concern, _ = await quick(here)
    await delivered(here)
    await completes(here, concern, {**WHOLE, "danger": "yes"})
    cards = [card for n, card in await delivered(here) if n.kind is NoticeKind.DANGER]
    assert cards
    assert all(concern.reference in str(card) for card in cards)


async def test_nobody_else_completes_it(here):
    concern, _ = await quick(here)
    for person in (TOM, LEE):
        assert "no such concern" in words(await here.press(person, Press.COMPLETE, concern.id))


async def test_it_is_offered_in_ones_own_list_and_not_as_a_draft_of_its_own(here):
    concern, _ = await quick(here)
    shown = labels(await here.command(TESS, "mine"))
    assert f"Complete {concern.reference}" in shown
    assert not [label for label in shown if label.startswith("Carry on")]
    assert not [field for field in (await here.command(TESS)).form.fields() if field.name == "carry_on"]


async def test_where_a_message_opens_nothing_the_answer_is_a_card_with_a_way_to_the_quick_form(here):
    told = await here.answers(CommandTyped(who=account(TESS), text="quick", in_chat=True))
    assert labels(told) == ["Open the quick form", "Fill it in here"]
    (row,) = [part for part in told.card.parts if isinstance(part, Buttons)]
    for button in row.buttons:
        assert (await here.opens(TESS, button.press, button.subject)).key == str(button.subject)
    concern, _ = await quick(here, row.buttons[0].subject)
    assert concern.urgency == "today"
    for button in row.buttons:
        assert "sent already" in words(await here.press(TESS, button.press, button.subject))


async def test_a_quick_concern_sent_twice_is_one_concern(here):
    key = uuid4()
    first, _ = await quick(here, key)
    second, _ = await quick(here, key)
    assert first.reference == second.reference
    async with here.units(SCHOOL.id) as uow:
        receipt = [n for n, _ in await delivered_in(uow, here) if n.kind is NoticeKind.RECEIPT]
    assert len(receipt) == 1


async def delivered_in(uow, here: Here):
    claimed = await uow.outbox.claim(most=50)
    return [(item.notice, await draw(uow, item.notice, at=here.at)) for item in claimed]


async def test_the_lead_sees_that_a_quick_concern_is_unfinished_until_the_rest_is_told(here, post):
    concern, _ = await quick(here)
    await works(here, post)
    assert "the rest is still to come" in str(post.at(LEADS_ON_SLACK))
    assert "Do not wait for it" in str(await here.opens(LEE, Press.OPEN, concern.id))
    await completes(here, concern)
    await works(here, post)
    assert "the rest is still to come" not in str(post.at(LEADS_ON_SLACK))
    assert "Do not wait for it" not in str(await here.opens(LEE, Press.OPEN, concern.id))


async def test_a_whole_concern_is_not_called_unfinished(here, post):
    concern = await here.raises()
    await works(here, post)
    assert "the rest is still to come" not in str(post.at(LEADS_ON_SLACK))
    assert "Do not wait for it" not in str(await here.opens(LEE, Press.OPEN, concern.id))
