"""Danger said while it is still written: whom to ring comes first, one lead accepts it, its writer is told who."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from handlers.conversation import FormSubmitted, NextPage, OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.reporter import danger, danger_card
from handlers.rules.chronology import Deed
from handlers.ui.card import Buttons, Card, Facts, Heading, Press, Words
from handlers.ui.form import Form
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.conftest import KEY
from tests.handlers.posting import Post, chat_with, delivered, works
from tests.handlers.receiving import told as said
from tests.handlers.school import (
    ANSWERS,
    COLIN,
    DANA,
    LEE,
    MIA,
    PEOPLE,
    PRIYA,
    ROLL,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
    words,
)

DANGER = {**ANSWERS, "danger": "yes"}
NUMBER = "01632 960 106"


async def says(here: Here, values=DANGER, *, key: UUID | None = None, page: int = 1) -> tuple[UUID, Form]:
    """Tess sends a page of the form; its key, and the page that comes next."""
    key = key or uuid4()
    reply = await here.answers(
        FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=values)
    )
    assert isinstance(reply, NextPage), reply
    return key, reply.form


async def arrives(here: Here) -> dict[object, Card]:
    """The cards of danger, by person, as they stand now."""
    post = Post()
    await works(here, post)
    return {person.id: next(iter(post.at(chat_with(person))), None) for person in (LEE, PRIYA, DANA)}


def buttons(shown: Card | Form) -> list[tuple[Press, str]]:
    return [(b.press, b.label) for part in shown.parts if isinstance(part, Buttons) for b in part.buttons]


async def with_a_number(tmp_path) -> Here:
    """The same school, in which Tess has a telephone and works somewhere."""
    there = replace(TESS, telephone=NUMBER, department="Science")
    people = tuple((there if person.id == TESS.id else person, logins) for person, logins in PEOPLE)
    roll = Roll(school=SCHOOL, people=people, pupils=ROLL.pupils)
    return Here(units=await open_units(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", root_key=KEY, schools=(roll,)))


async def test_two_that_are_said_in_one_minute_are_told_apart_without_a_name(here):
    """And the window of each says which one it is."""
    first, _ = await says(here)
    second, _ = await says(here)
    read = [card.summary for notice, card in await delivered(here) if notice.kind is NoticeKind.DANGER and card]
    assert len(set(read)) == 2, read
    for key in (first, second):
        window = await here.opens(LEE, Press.OPEN, key)
        pairs = [pair for part in window.parts if isinstance(part, Facts) for pair in part.pairs]
        assert ("Alert", danger_card.alert_of(key)) in pairs


async def test_the_card_says_since_when_and_offers_accept_and_open_without_a_name(here):
    key, _ = await says(here)
    card = (await arrives(here))[LEE.id]
    assert card.parts[0] == Heading(card.summary)
    assert card.summary == (
        f"Somebody may be in danger now (alert {danger_card.alert_of(key)}), said Tue 24 Nov, 10:15. "
        "Nobody is on it yet. Press “I am on it”."
    )
    assert buttons(card) == [(Press.ON_IT, "I am on it"), (Press.OPEN, "Open")]
    assert not re.search(f"Tess|{MIA.name}|sleeve", str(card))
    assert str(key) in str(card)


async def test_the_window_says_first_whom_to_ring_and_where_with_accept_in_it(tmp_path):
    here = await with_a_number(tmp_path)
    key, _ = await says(here, {**DANGER, "place": "gate", "place_words": "By the kiosk", "child_now": "In room 4"})
    await says(here, {**DANGER, "place_words": "By the kiosk"}, key=key, page=2)
    await says(here, {**DANGER, "child_now": "In room 4"}, key=key, page=3)
    form = await here.opens(LEE, Press.OPEN, key)
    assert form.parts[0] == Words(text=f"Ring Tess Hallam now: {NUMBER}.", alert=True)
    facts = dict(next(part for part in form.parts if isinstance(part, Facts)).pairs)
    assert facts["Telephone"] == NUMBER
    assert facts["Works in"] == "Science"
    assert facts["Where"].endswith("By the kiosk")
    assert facts["On it"] == "Nobody is on it yet"
    assert buttons(form) == [(Press.ON_IT, "I am on it")]
    await here.units.close()


async def test_where_no_number_is_kept_the_window_says_to_go_to_them(here):
    key, _ = await says(here)
    form = await here.opens(LEE, Press.OPEN, key)
    assert form.parts[0] == Words(text="Go to Tess Hallam now.", alert=True)
    assert "No telephone number is kept for them" in str(form.parts)


@pytest.mark.parametrize("where", ["the card", "the window"])
async def test_who_accepts_reads_whom_to_ring_and_the_others_see_who_it_is(here, where):
    key, _ = await says(here)
    await arrives(here)
    if where == "the window":
        assert buttons(await here.opens(LEE, Press.OPEN, key)) == [(Press.ON_IT, "I am on it")]
    here.later(minutes=2)
    form = await here.opens(LEE, Press.ON_IT, key)
    assert "Tess Hallam" in str(form.parts[0])
    assert "You accepted it at 10:17" in str(form.parts)
    assert buttons(form) == []
    other = {notice.to: card for notice, card in await delivered(here) if notice.kind is NoticeKind.DANGER}[PRIYA.id]
    assert "Lee Abara accepted it at 10:17" in other.summary
    assert buttons(other) == [(Press.OPEN, "Open")]
    assert "Lee Abara accepted this at 10:17" in words(await here.press(PRIYA, Press.ON_IT, key))


async def test_two_who_accept_at_once_are_one_and_the_other_is_told_who(here):
    key, _ = await says(here)
    replies = [await here.press(lead, Press.ON_IT, key) for lead in (PRIYA, LEE)]
    assert [type(reply) for reply in replies] == [OpenForm, Tell]
    async with here.units(SCHOOL.id) as uow:
        taken = [line.entry.by for line in await uow.trail.of(key) if line.entry.deed is Deed.DANGER_ACCEPTED]
    assert taken == [PRIYA.id]


@pytest.mark.parametrize("by", [TOM, COLIN, TESS])
async def test_nobody_who_was_not_told_accepts_or_opens_it(here, by):
    key, _ = await says(here)
    for press in (Press.ON_IT, Press.OPEN):
        assert "no such concern" in words(await here.press(by, press, key))


async def test_once_it_is_sent_it_is_theirs_who_accepted_it(here):
    key, _ = await says(here)
    await here.press(PRIYA, Press.ON_IT, key)
    concern = await here.raises(answers=DANGER, key=key)
    assert concern.owner == PRIYA.id
    accept = await here.press(LEE, Press.ACCEPT, key)
    assert "Priya Raman has this concern already" in words(accept)


async def test_who_accepted_it_and_is_named_in_what_is_sent_does_not_own_it(here):
    key, _ = await says(here)
    await here.press(LEE, Press.ON_IT, key)
    concern = await here.raises(answers={**DANGER, "close": str(LEE.id)}, key=key)
    assert concern.owner is None
    assert LEE.id in concern.named


async def test_its_writer_is_told_who_was_told_and_who_has_opened_it_and_no_more_than_that(here):
    key, page = await says(here)
    assert "They are being told now: the message left at 10:15" in said(page)
    assert "Nobody has opened it yet" in said(page)
    await works(here, Post())
    here.later(minutes=1)
    _, page = await says(here, key=key, page=2)
    assert page.parts[0] == Words(
        text="Told at 10:15: Lee Abara, Priya Raman, Dana Okello. Nobody has opened it yet: ring one of them "
        "now, do not wait.", alert=True,
    )  # fmt: skip
    await here.press(PRIYA, Press.OPEN, key)
    _, page = await says(here, key=key, page=3)
    assert "Priya Raman opened it at 10:16." in said(page)
    here.later(minutes=1)
    await here.press(LEE, Press.ON_IT, key)
    async with here.units(SCHOOL.id) as uow:
        assert (await danger.sentence(uow, key, at=here.at)).endswith("Lee Abara accepted it at 10:17 and is on it.")


async def test_nothing_is_said_of_it_where_nobody_was_told(here):
    _, page = await says(here, ANSWERS)
    assert "told" not in said(page).lower().replace("told_", "").split("have you")[0]
    async with here.units(SCHOOL.id) as uow:
        assert await danger.sentence(uow, uuid4(), at=here.at) == ""


async def test_the_receipt_says_who_was_told_until_somebody_has_it(here):
    key, _ = await says(here)
    await delivered(here)
    concern = await here.raises(answers=DANGER, key=key)
    cards = {notice.kind: card for notice, card in await delivered(here)}
    assert "Told at 10:15. Nobody has opened it yet" in said(cards[NoticeKind.RECEIPT])
    await here.press(LEE, Press.OPEN, concern.id)
    again = [card for notice, card in await delivered(here) if notice.kind is NoticeKind.RECEIPT]
    assert "Lee Abara opened it at 10:15." in said(again[-1])
    await here.press(LEE, Press.ACCEPT, concern.id)
    again = [card for notice, card in await delivered(here) if notice.kind is NoticeKind.RECEIPT]
    assert "opened" not in said(again[-1])


async def test_a_long_account_is_turned_over_in_its_window(here):
    key, _ = await says(here)
    for page in (2, 3, 4):
        await here.answers(
            FormSubmitted(
                who=account(TESS), form="concern", key=str(key), page=page,
                values={**DANGER, **dict.fromkeys(("facts", "looked", "others", "view", "done"), "x" * 2900)},
            )
        )
    form = await here.opens(LEE, Press.OPEN, key)
    if form.submit:
        following = await here.send(LEE, form, {})
        assert isinstance(following, NextPage)
        assert following.form.id == danger_card.ID
        assert following.form.page == 2
        assert following.form.back
