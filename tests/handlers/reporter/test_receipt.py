"""The receipt: what happened, in order with its times; the digest of the child's words; adding, also after closing."""

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

import pytest

from handlers.conversation import FormSubmitted, Tell
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.rules import own_words
from handlers.rules.chronology import Deed
from handlers.rules.concern import Status
from handlers.ui.card import Facts, Press
from tests.examples import CARDS
from tests.handlers.receiving import adds, decided_and_closed, everything_waiting, labels, receipt, told
from tests.handlers.school import ANSWERS, DANA, HELEN, LEE, PRIYA, SCHOOL, TESS, Here, about_adult, account, words

SHOWN = "the child's words "


def pairs(card) -> list[tuple[str, str]]:
    return [pair for part in card.parts if isinstance(part, Facts) for pair in part.pairs]


def digests(card) -> str:
    """The digests of the child's words, at the end of the line of proof; empty where there are none."""
    return dict(pairs(card))["Proof"].partition(SHOWN)[2]


async def closes(here: Here, concern) -> None:
    await here.press(LEE, Press.OPEN, concern.id)
    here.later(minutes=10)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await decided_and_closed(here, concern, minutes=10)
    assert (await here.concern(concern.id)).status is Status.CLOSED


async def test_each_step_is_shown_in_order_with_its_time(here):
    concern = await here.raises()
    assert [name for name, _ in pairs(await receipt(here, concern))][:2] == ["Reference", "Received"]
    here.later(minutes=5)
    await closes(here, concern)
    shown = pairs(await receipt(here, concern))
    assert shown[1:6] == [
        ("Received", "Tue 24 Nov, 10:15"),
        ("Read", "Tue 24 Nov, 10:20"),
        ("Taken on", "Tue 24 Nov, 10:30"),
        ("A decision was recorded", "Tue 24 Nov, 10:40"),
        ("Closed", "Tue 24 Nov, 10:50"),
    ]
    assert ("State", "Closed") in shown


async def test_what_is_kept_as_proof_is_one_line_after_everything_that_is_said(here):
    card = await receipt(here, await here.raises())
    proof = next(part for part in card.parts if isinstance(part, Facts) and part.pairs[0][0] == "Proof")
    assert len(proof.pairs) == 1
    assert card.parts.index(proof) == len(card.parts) - 2
    assert not [name for name, _ in pairs(card) if "igest" in name or "udit" in name]


@pytest.mark.parametrize("hours", [0, 8, 24 * 4])
async def test_the_receipt_never_says_that_it_will_be_read_once_it_says_that_it_was(here, hours):
    """In school, in the evening and at the weekend; before and after each step."""
    here.later(hours=hours)
    concern = await here.raises(answers={**ANSWERS, "urgency": "week"})
    for press in (None, Press.OPEN, Press.ACCEPT):
        if press:
            await here.press(LEE, press, concern.id)
        card = await receipt(here, concern)
        shown, said = dict(pairs(card)), str(card)
        assert ("will be read" in said) == (hours > 0 and press is None)
        assert ("will be read" in said) <= (shown["State"] == "Received" and "Read" not in shown)


def test_the_heading_cannot_be_heard_as_though_the_child_were_safe():
    for name, card in CARDS.items():
        if name.startswith("receipt"):
            assert card.parts[0].text == "Your concern has been received"


async def test_the_receipt_at_once_and_the_one_in_the_chat_say_the_same(here):
    key = uuid4()
    for page in (1, 2, 3, 4, 5):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=ANSWERS)
        )
    assert isinstance(reply, Tell)
    assert pairs(reply.card) == pairs(await receipt(here, await here.concern(key)))


async def test_the_digest_is_that_of_the_exact_words_and_can_be_computed_anew(here):
    spoken = "they  wait\nfor me \u2014 na\u00efve \U0001f622 e\u0301 "
    concern = await here.raises(answers={**ANSWERS, "own_words": spoken})
    async with here.units(SCHOOL.id) as uow:
        (raised,) = await uow.trail.of(concern.id, words=True)
    answers = raised.entry.words
    assert answers["own_words"] == spoken
    text = json.dumps([str(concern.id), answers["own_words_nonce"], [["own_words", spoken]]], separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert raised.entry.facts["own_words"] == digest
    assert digests(await receipt(here, concern)) == digest[:20]


async def test_the_same_words_twice_have_different_digests_so_that_none_can_be_guessed(here):
    first, second = await here.raises(), await here.raises()
    assert digests(await receipt(here, first)) != digests(await receipt(here, second))
    async with here.units(SCHOOL.id) as uow:
        (raised,) = await uow.trail.of(first.id)
    assert raised.entry.facts["own_words"] != hashlib.sha256(b"they wait for me").hexdigest()


async def test_where_the_child_said_nothing_there_is_no_digest(here):
    concern = await here.raises(answers={**ANSWERS, "own_words": "", "told_by": "nothing"})
    assert digests(await receipt(here, concern)) == ""


async def test_no_window_shows_the_nonce(here):
    key = uuid4()
    concern = await here.raises(key=key)
    await here.raises(key=key, answers={**ANSWERS, "own_words": "they wait for me there"})
    async with here.units(SCHOOL.id) as uow:
        lines = await uow.trail.of(concern.id, words=True)
    nonces = [str(line.entry.words[own_words.NONCE]) for line in lines]
    assert len(set(nonces)) == 2
    said = told(await here.opens(LEE, Press.OPEN, concern.id))
    assert "they wait for me there" in said
    assert not [nonce for nonce in nonces if nonce in said]
    assert digests(await receipt(here, concern)).count(",") == 1


async def test_the_same_form_sent_again_and_again_with_other_words_adds_them_once(here):
    key = uuid4()
    concern = await here.raises(key=key)
    for _ in range(3):
        await here.raises(key=key, answers={**ANSWERS, "own_words": "they wait for me there"})
    async with here.units(SCHOOL.id) as uow:
        assert [line.entry.deed for line in await uow.trail.of(concern.id)] == [Deed.RAISED, Deed.ADDED]


async def test_what_is_added_after_closing_is_kept_and_every_lead_is_told_of_it(here):
    concern = await here.raises()
    await closes(here, concern)
    await everything_waiting(here)
    here.later(minutes=5)
    await adds(here, concern, "SECRET She says it has begun again.")
    sent = await everything_waiting(here)
    chased = [notice for notice in sent if notice.kind is NoticeKind.CHASE]
    assert {notice.to for notice in chased} == {LEE.id, PRIYA.id, DANA.id}
    async with here.units(SCHOOL.id) as uow:
        card = await draw(uow, chased[0], at=here.at)
    assert card is not None
    assert "The reporter has added to this since it was closed." in told(card)
    assert "SECRET" not in told(card)
    assert "SECRET She says it has begun again." in told(await here.opens(PRIYA, Press.OPEN, concern.id))
    assert (await here.concern(concern.id)).status is Status.CLOSED


async def test_what_was_added_before_closing_is_not_said_to_have_come_since(here):
    concern = await here.raises()
    await adds(here, concern, "She told me more.")
    here.later(minutes=5)
    await closes(here, concern)
    chased = [notice for notice in await everything_waiting(here) if notice.kind is NoticeKind.TRIAGE]
    async with here.units(SCHOOL.id) as uow:
        card = await draw(uow, chased[0], at=here.at)
    assert card is not None
    assert "since it was closed" not in told(card)


async def test_an_addition_to_an_open_concern_tells_its_owner_alone(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    await everything_waiting(here)
    await adds(here, concern, "More.")
    assert {n.to for n in await everything_waiting(here) if n.kind is NoticeKind.CHASE} == {LEE.id}


async def test_both_buttons_stay_after_closing_and_the_list_of_ones_own_offers_to_add(here):
    concern = await here.raises()
    await closes(here, concern)
    assert labels(await receipt(here, concern)) == ["Add to it", "I am not satisfied"]
    mine = await here.command(TESS, "mine")
    assert isinstance(mine, Tell)
    assert f"Add to {concern.reference}" in labels(mine.card)


async def test_a_head_who_takes_one_on_is_shown_as_the_head(here):
    concern = await here.raises(answers=about_adult(LEE))
    here.later(minutes=2)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    shown = pairs(await receipt(here, concern))
    assert {("Taken on", "Tue 24 Nov, 10:17"), ("State", "The head has taken it on")} <= set(shown)
    assert timedelta(0) < here.at - concern.submitted_at


async def test_a_stranger_presses_nothing(here):
    concern = await here.raises()
    assert "no such concern" in words(await here.press(PRIYA, Press.ADD, concern.id))
