"""A letter that is asked for from chat: the words that are shown once, until when the ask stands, what ends it."""

import re
from datetime import timedelta

import pytest

from handlers.conversation import FormSubmitted, NextPage, Tell
from handlers.errors import NoSuchConcern
from handlers.notice import NoticeKind
from handlers.referrals import asking, passphrase
from handlers.referrals.letter_counter import IN_A_WINDOW
from handlers.rules.asked_letters import Ask
from handlers.rules.chronology import Deed
from handlers.ui.card import Press
from tests.handlers.referring import drawn, entries, referred, says
from tests.handlers.referring import waiting as waiting_notices
from tests.handlers.school import DANA, LEE, PRIYA, SCHOOL, Here, account

WORDS = re.compile(r"\b[a-z]{5}(?: [a-z]{5}){4}\b")


async def asks(here: Here, referral, *, by=LEE) -> str:
    """Ask for it, and read the words."""
    reply = await here.send(by, await here.opens(by, Press.ASK_LETTER, referral.id), {})
    assert isinstance(reply, Tell), reply
    (found,) = WORDS.findall(str(reply.card.parts))
    here.later(minutes=1)
    return found


async def waiting(here: Here, concern) -> list[Ask]:
    async with here.units(SCHOOL.id) as uow:
        known = await asking.asked(uow, at=here.at)
        found = await asking.waiting(uow, concern.id, at=here.at)
    assert concern.id in known or not found
    return found


async def fetched(here: Here, ask: Ask):
    async with here.units(SCHOOL.id) as uow:
        return await asking.make_asked(uow, ask, facts={"file": "one.html"}, at=here.at)


async def test_the_words_are_shown_once_and_only_the_key_that_follows_from_them_is_kept(here: Here):
    concern, referral = await referred(here)
    words = await asks(here, referral)
    (ask,) = await waiting(here, concern)
    assert ask.key == passphrase.key(words, ask.salt)
    assert ask.key == passphrase.key(f"  {words.upper()}. ".replace(" ", "-"), ask.salt)
    (entry,) = await entries(here, concern, Deed.LETTER_ASKED)
    assert entry.by == LEE.id
    assert not [word for word in words.split() if word in str(entry)]
    read = str((await here.opens(LEE, Press.OPEN_REFERRAL, referral.id)).parts)
    read += str((await here.opens(LEE, Press.OPEN, concern.id)).parts)
    assert ask.key.hex() not in read


async def test_it_is_one_of_the_things_to_do_with_a_referral(here: Here):
    concern, _ = await referred(here)
    listed = await here.opens(LEE, Press.REFERRALS, concern.id)
    reply = await here.send(LEE, listed, {"referral": "1", "deed": "ask_letter"})
    assert isinstance(reply, NextPage)
    assert "Ask" in (reply.form.submit, "")
    assert reply.form.id == "referral_letter"


async def test_what_is_fetched_is_kept_as_made_and_waits_no_more(here: Here):
    concern, referral = await referred(here)
    await asks(here, referral)
    (ask,) = await waiting(here, concern)
    letter = await fetched(here, ask)
    assert letter.reference == f"{concern.reference}/R1"
    (kept,) = await entries(here, concern, Deed.EXPORTED)
    assert (kept.by, kept.facts["asked"], kept.facts["file"]) == (LEE.id, ask.proof, "one.html")
    assert await waiting(here, concern) == []
    with pytest.raises(NoSuchConcern):  # another run had read it as waiting before
        await fetched(here, ask)


async def test_asked_again_the_newer_words_hold_and_after_seven_days_none(here: Here):
    concern, referral = await referred(here)
    first = await asks(here, referral)
    second = await asks(here, referral, by=DANA)
    (ask,) = await waiting(here, concern)
    assert ask.by == DANA.id
    assert ask.key == passphrase.key(second, ask.salt) != passphrase.key(first, ask.salt)
    here.later(days=6, hours=23)
    assert len(await waiting(here, concern)) == 1
    here.later(hours=1)
    assert await waiting(here, concern) == []


@pytest.mark.parametrize("how", ["handed over", "sealed", "named"])
async def test_it_ends_when_the_concern_is_no_longer_theirs(here: Here, how: str):
    concern, referral = await referred(here)
    await asks(here, referral)
    (ask,) = await waiting(here, concern)
    if how == "handed over":
        await here.send(LEE, await here.opens(LEE, Press.HAND_OVER, concern.id), {"to": str(PRIYA.id)})
    elif how == "sealed":
        await here.send(LEE, await here.opens(LEE, Press.SEAL, concern.id), {"to_1": str(LEE.id), "reason": "Two."})
    else:
        naming = await here.opens(PRIYA, Press.NAME, concern.id)
        await here.send(PRIYA, naming, {"person": str(LEE.id), "part": "close", "reason": "Her aunt."})
    assert await waiting(here, concern) == []
    with pytest.raises(NoSuchConcern):  # read as waiting just before
        await fetched(here, ask)


async def test_the_words_are_not_shown_where_they_would_stay_in_a_chat(here: Here, kept_back: list[str]):
    """Nor is anything else of that form: it is for a window alone."""
    concern, referral = await referred(here)
    form = await here.opens(LEE, Press.ASK_LETTER, referral.id)
    sent = FormSubmitted(who=account(LEE), form=form.id, key=form.key, page=form.page, values={}, in_chat=True)
    assert IN_A_WINDOW in str(await here.answers(sent))
    assert kept_back
    kept_back.clear()
    assert await entries(here, concern, Deed.LETTER_ASKED) == []
    assert isinstance(await here.send(LEE, form, {}), Tell)


def test_words_by_lot_are_80_bits_and_can_be_said():
    made = {passphrase.fresh() for _ in range(200)}
    assert len(made) == 200
    word = "[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]"
    assert all(re.fullmatch(" ".join([word] * 5), one) for one in made)
    for at in range(29):
        seen = {one[at] for one in made}
        assert at % 6 == 5 or len(seen) >= (4 if at % 6 in (1, 3) else 14)


async def told(here: Here) -> list[str]:
    """Whom a card of a letter comes to, and what it says."""
    cards = [(notice, await drawn(here, notice)) for notice in await waiting_notices(here, NoticeKind.LETTER)]
    return [f"{'Lee' if notice.to == LEE.id else notice.to}: {says(card)}" for notice, card in cards if card]


async def test_who_asked_is_told_where_it_lies_without_a_child_or_an_agency(here: Here):
    concern, referral = await referred(here)
    await asks(here, referral)
    (ask,) = await waiting(here, concern)
    await fetched(here, ask)
    (card,) = await told(here)
    assert card.startswith(f"Lee: The letter of referral {concern.reference}/R1 is fetched")
    assert "one.html" in card
    assert await asking.end_asks(here.units, at=here.at + timedelta(days=8)) == 0


async def test_who_asked_is_told_once_that_it_was_not_fetched(here: Here):
    concern, referral = await referred(here)
    await asks(here, referral)
    here.later(days=6)
    assert await asking.end_asks(here.units, at=here.at) == 0
    here.later(days=2)
    assert await asking.end_asks(here.units, at=here.at) == 1
    (card,) = await told(here)
    assert card.startswith(f"Lee: The letter of referral {concern.reference}/R1 was not fetched")
    assert await asking.end_asks(here.units, at=here.at) == 0
    assert await told(here) == []


@pytest.mark.parametrize(
    ("how", "why"),
    {
        "handed over": "has been offered to somebody else since",
        "taken over": "has taken the concern over since",
        "sealed": "has been sealed since",
        "asked anew": "a colleague has asked for it since",
    }.items(),
)
async def test_who_asked_is_told_at_once_that_a_colleague_has_ended_it(here: Here, how: str, why: str):
    concern, referral = await referred(here)
    await asks(here, referral, by=PRIYA)
    if how == "handed over":
        await here.send(LEE, await here.opens(LEE, Press.HAND_OVER, concern.id), {"to": str(DANA.id)})
    elif how == "taken over":
        await here.send(DANA, await here.opens(DANA, Press.COVER, concern.id), {"reason": "Lee is away."})
    elif how == "sealed":
        people = {"to_1": str(LEE.id), "to_2": str(PRIYA.id), "reason": "Two."}
        await here.send(LEE, await here.opens(LEE, Press.SEAL, concern.id), people)
    else:
        await asks(here, referral, by=DANA)
    cards = {notice.to: says(await drawn(here, notice)) for notice in await waiting_notices(here, NoticeKind.LETTER)}
    assert list(cards) == [PRIYA.id]
    assert f"The letter of referral {concern.reference}/R1 was not fetched" in cards[PRIYA.id]
    assert why in cards[PRIYA.id]
    here.later(days=8)
    assert PRIYA.id not in {n.to for n in await _ended_later(here)}, "and not once more when its time is over"


async def _ended_later(here: Here):
    await asking.end_asks(here.units, at=here.at)
    return await waiting_notices(here, NoticeKind.LETTER)


async def test_who_hands_it_over_themselves_is_told_what_that_ends_and_who_asks_again_is_not(here: Here):
    concern, referral = await referred(here)
    await asks(here, referral)
    await asks(here, referral)
    assert await waiting_notices(here, NoticeKind.LETTER) == []
    await here.send(LEE, await here.opens(LEE, Press.HAND_OVER, concern.id), {"to": str(PRIYA.id)})
    assert [notice.to for notice in await waiting_notices(here, NoticeKind.LETTER)] == [LEE.id]


async def test_who_may_not_have_it_any_more_is_told_nothing(here: Here):
    concern, referral = await referred(here)
    await asks(here, referral)
    naming = await here.opens(PRIYA, Press.NAME, concern.id)
    await here.send(PRIYA, naming, {"person": str(LEE.id), "part": "close", "reason": "Her aunt."})
    here.later(days=8)
    assert await asking.end_asks(here.units, at=here.at) == 0
    assert await told(here) == []
