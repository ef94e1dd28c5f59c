"""Danger climbs until one person says that they are on it, whatever it is about; its writer reads what is true."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from handlers.conversation import FormSubmitted, NextPage, OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.reporter import danger, danger_chasing
from handlers.reporter.danger_card import alert_of
from handlers.rules.chronology import Deed
from handlers.rules.concern import Route, Urgency
from handlers.ui.card import Card, Press
from handlers.ui.form import Form
from tests.handlers.posting import delivered
from tests.handlers.receiving import labels
from tests.handlers.receiving import told as said
from tests.handlers.school import ANSWERS, COLIN, DANA, HELEN, LEE, MIA, PRIYA, SCHOOL, TESS, TOM, Here, account, words

LEADS = {LEE.id, PRIYA.id, DANA.id}
WHO = {
    "child": LEADS,
    "": LEADS,
    "both": {HELEN.id},
    "adult": {HELEN.id},
    "practice": {HELEN.id},
}
"""Who may receive it by the route, as far as page 1 tells: by what it is about."""
NEXT = {"child": HELEN, "": HELEN, "both": COLIN, "adult": COLIN, "practice": COLIN}
"""Who is told at ten minutes besides."""


async def says(
    here: Here, about: str = "child", *, key: UUID | None = None, page: int = 1, **more: str
) -> tuple[UUID, Form]:
    key = key or uuid4()
    values = {**ANSWERS, "danger": "yes", "about": about, **more}
    reply = await here.answers(FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=values))
    assert isinstance(reply, NextPage), reply
    return key, reply.form


async def comes(here: Here, **later: float) -> dict[tuple[NoticeKind, object, str], Card]:
    """What is carried after so long: cards of danger, and what its writer is told."""
    here.later(**later)
    await danger_chasing.chase_danger(here.units, at=here.at)
    kinds = {NoticeKind.DANGER, NoticeKind.RING}
    return {(n.kind, n.to, n.step): card for n, card in await delivered(here) if card and n.kind in kinds}


def whom(came, kind: NoticeKind, step: str) -> set[object]:
    return {to for of, to, at in came if of is kind and at == step}


async def sentence(here: Here, key: UUID) -> str:
    async with here.units(SCHOOL.id) as uow:
        return await danger.sentence(uow, key, at=here.at)


@pytest.mark.parametrize("about", WHO)
async def test_whoever_may_receive_it_is_told_at_once_and_it_climbs_until_one_is_on_it(here, about):
    key, _ = await says(here, about)
    assert whom(await comes(here), NoticeKind.DANGER, "") == WHO[about]
    assert await comes(here, minutes=4) == {}
    came = await comes(here, minutes=1)
    assert whom(came, NoticeKind.RING, "danger_5") == {TESS.id}
    assert whom(came, NoticeKind.DANGER, "danger_5")
    came = await comes(here, minutes=5)
    assert NEXT[about].id in whom(came, NoticeKind.DANGER, "danger_10")
    came = await comes(here, minutes=5)
    assert WHO[about] | {NEXT[about].id} <= whom(came, NoticeKind.DANGER, "danger_15")
    for minutes, step in ((15, "danger_30"), (30, "danger_60"), (60, "danger_120"), (24 * 60, "danger_1440")):
        assert whom(await comes(here, minutes=minutes), NoticeKind.DANGER, step)
    assert isinstance(await here.press(NEXT[about], Press.ON_IT, key), OpenForm)
    await comes(here)
    assert await comes(here, days=1) == {}


async def test_to_open_it_ends_nothing_to_say_i_am_on_it_does(here):
    key, _ = await says(here)
    await comes(here)
    await here.press(LEE, Press.OPEN, key)
    assert "Nobody has said yet that they are on it: ring one of them now" in await sentence(here, key)
    came = await comes(here, minutes=5)
    assert whom(came, NoticeKind.DANGER, "danger_5") == {DANA.id}
    shown = came[NoticeKind.DANGER, DANA.id, "danger_5"]
    assert shown.summary == (
        f"Nobody on it for 5 minutes: somebody may be in danger now (alert {alert_of(key)}), said Tue 24 Nov, 10:15. "
        "Nobody is on it yet. Press “I am on it”."
    )
    assert labels(shown) == ["I am on it", "Open"]
    await here.press(LEE, Press.ON_IT, key)
    assert await comes(here, minutes=10) != {}, "the cards that stand are drawn again"
    assert whom(await comes(here, hours=5), NoticeKind.DANGER, "danger_240") == set()
    async with here.units(SCHOOL.id) as uow:
        kept = [line.entry.by for line in await uow.trail.of(key) if line.entry.deed is Deed.DANGER_ACCEPTED]
    assert kept == [LEE.id]


@pytest.mark.parametrize("about", ["both", "adult", "practice"])
async def test_where_it_may_be_about_somebody_here_nobody_is_named_to_who_is_told(here, about):
    key, _ = await says(here, about, facts="Canary words.", place="toilets", place_words="by Tom Whitlow")
    for _, card in [*(await comes(here)).items(), *(await comes(here, minutes=10)).items()]:
        assert not any(name in str(card) for name in ("Tess", "Mia", "Canary", "Whitlow"))
    for press in (Press.OPEN, Press.ON_IT):
        form = await here.opens(HELEN, press, key)
        assert "Stay by your telephone" in said(form)
        assert not any(name in str(form) for name in ("Tess", MIA.name, "Canary", "Whitlow")), press
        assert str(key) in form.key
    assert "Helen Marsh accepted it at" in await sentence(here, key)


async def test_the_writer_of_it_reads_who_was_told_who_has_opened_it_and_who_is_on_it_about_an_adult_too(here):
    key, page = await says(here, "both")
    assert "They are being told now: the message left at 10:15" in said(page)
    await comes(here)
    read = await sentence(here, key)
    assert "Told at 10:15: " in read
    assert "Helen Marsh" in read
    await comes(here, minutes=10)
    assert "Told again at 10:25, and the next in line." in await sentence(here, key)
    await here.press(HELEN, Press.OPEN, key)
    assert "Helen Marsh opened it at 10:25. Nobody has said yet that they are on it" in await sentence(here, key)
    await here.press(HELEN, Press.ON_IT, key)
    assert (await sentence(here, key)).endswith("Helen Marsh accepted it at 10:25 and is on it.")


async def test_its_writer_is_told_at_each_rung_whom_to_ring_and_how_to_carry_on(here):
    here.at += timedelta(days=4)
    key, _ = await says(here)
    await comes(here)
    lines = [
        card.summary
        for minutes in (5, 5, 5)
        for (kind, _, _), card in (await comes(here, minutes=minutes)).items()
        if kind is NoticeKind.RING
    ]
    assert lines[0] == (
        "Nobody has said in 5 minutes that they are on it, you said Sat 28 Nov, 10:15 that somebody may be in danger. "
        "Nobody is on it yet. Ask for one of them in person, or ring now."
    )
    assert len(set(lines)) == 3
    came = await comes(here, minutes=15)
    shown = came[NoticeKind.RING, TESS.id, "danger_30"]
    assert "School is closed. If you do not reach one of them, ring this number yourself:" in said(shown)
    assert "The Hub (outside school): 01632 960 999" in said(shown)
    assert labels(shown) == ["Carry on"]
    assert isinstance(await here.press(TESS, Press.START, key), OpenForm)


async def test_who_says_they_are_on_it_and_is_then_named_is_on_it_no_longer_and_it_climbs_again(here):
    key, _ = await says(here)
    await comes(here)
    await here.press(LEE, Press.ON_IT, key)
    await comes(here, minutes=3)
    await says(here, key=key, involved="close", close=str(LEE.id))
    await says(here, key=key, page=2, involved="close", close=str(LEE.id))
    assert "Lee Abara accepted" not in await sentence(here, key)
    assert "no such concern" in words(await here.press(LEE, Press.ON_IT, key))
    came = await comes(here, minutes=3)
    assert whom(came, NoticeKind.RING, "danger_5") == {TESS.id}
    assert isinstance(await here.press(PRIYA, Press.ON_IT, key), OpenForm)
    assert "Priya Raman accepted it" in await sentence(here, key)


async def test_the_head_who_is_named_loses_it_and_the_chair_is_told_at_once(here):
    key, _ = await says(here, "adult")
    await comes(here)
    await says(here, "adult", key=key, page=2, adult=str(HELEN.id))
    came = await comes(here)
    assert whom(came, NoticeKind.DANGER, "") == {COLIN.id}
    assert "no such concern" in words(await here.press(HELEN, Press.OPEN, key))
    assert "Helen" not in str(came)


async def test_how_far_it_had_climbed_stays_when_it_is_sent_and_nobody_was_on_it(here):
    key, _ = await says(here)
    await comes(here)
    await comes(here, minutes=11)
    concern = await here.raises(answers={**ANSWERS, "danger": "yes"}, key=key)
    assert (concern.urgency, concern.rung, concern.owner) == (Urgency.NOW, 2, None)
    assert isinstance(await here.press(HELEN, Press.ACCEPT, concern.id), Tell)
    assert (await here.concern(concern.id)).owner == HELEN.id


@pytest.mark.parametrize(("who", "theirs"), [(HELEN, Route.HEAD), (PRIYA, Route.LEADS)])
async def test_of_one_about_both_each_part_is_theirs_who_said_so_and_may_have_it(here, who, theirs):
    key, _ = await says(here, "both")
    await comes(here)
    await says(here, "both", key=key, page=2, adult=str(TOM.id))
    assert whom(await comes(here), NoticeKind.DANGER, "") >= LEADS
    assert isinstance(await here.press(who, Press.ON_IT, key), OpenForm)
    whole = {**ANSWERS, "danger": "yes", "about": "both", "adult": str(TOM.id), "adult_weight": "allegation"}
    await here.raises(answers=whole, key=key)
    async with here.units(SCHOOL.id) as uow:
        owned = {concern.route: concern.owner for concern in await uow.concerns.open()}
    assert owned == {Route.HEAD: None, Route.LEADS: None} | {theirs: who.id}


async def test_what_was_thrown_away_names_nobody_where_it_may_have_been_about_one_of_them(here):
    key, _ = await says(here, "adult")
    await comes(here)
    form = await here.opens(TESS, Press.THROW_AWAY, key)
    await here.send(TESS, form, {})
    (shown,) = [card for (kind, to, _), card in (await comes(here)).items() if to == HELEN.id]
    assert "Who it was is not shown" in said(shown)
    assert "Tess" not in str(shown)


async def test_days_down_are_told_once_and_eight_who_tick_at_once_tell_once(here):
    await says(here)
    await comes(here)
    here.later(days=3)
    done = [await danger_chasing.chase_danger(here.units, at=here.at) for _ in range(8)]
    assert sum(done) == 1
    came = {(n.to, n.step) for n, _ in await delivered(here) if n.kind is NoticeKind.DANGER}
    assert came == {(person, "danger_4320") for person in (*LEADS, HELEN.id)}
