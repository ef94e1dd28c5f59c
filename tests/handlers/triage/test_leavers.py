"""What somebody owned who has left goes back to those who receive it, once, and says whose it was and why."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from handlers.actions.chasing import chase_actions
from handlers.conversation import FormSubmitted
from handlers.notice import NoticeKind
from handlers.reporter.draft_chasing import chase_drafts
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, Status
from handlers.rules.people import Role
from handlers.triage.away import tell_on_the_day
from handlers.triage.chasing import chase_unaccepted
from handlers.triage.chasing_owned import chase_owned
from handlers.ui.card import Press
from tests.handlers.acting import assigned, told
from tests.handlers.keeping import entries
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import (
    ANSWERS,
    DANA,
    HELEN,
    LEADS_ON_SLACK,
    LEE,
    PEOPLE,
    PRIYA,
    TESS,
    TOM,
    Here,
    account,
    words,
)


def without(*gone):
    return tuple(one for one in PEOPLE if one[0] not in gone)


async def owned(here: Here, post: Post, **answers: str) -> Concern:
    concern = await here.raises(answers={**ANSWERS, **answers})
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    return await here.concern(concern.id)


def shown(post: Post, place) -> str:
    return " ".join(f"{card.summary} {card.parts}" for card in post.at(place))


@pytest.mark.parametrize(
    ("people", "why"),
    [
        (without(LEE), "Lee Abara had this concern and is no longer here. It waits for a new owner."),
        (
            [(replace(p, roles=frozenset({Role.STAFF})) if p == LEE else p, held) for p, held in PEOPLE],
            "Lee Abara had this concern and receives such concerns no longer. It waits for a new owner.",
        ),
    ],
)
async def test_a_concern_waits_for_a_new_owner_and_its_card_says_whose_it_was(here, post, reads_again, people, why):
    concern = await owned(here, post)
    await here.decides(LEE, concern, level="low")
    await works(here, post)
    await reads_again(people=people)
    assert await chase_owned(here.units, at=here.at) == 1
    assert await chase_owned(here.units, at=here.later(minutes=1)) == 0
    after = await here.concern(concern.id)
    assert (after.owner, after.status) == (None, Status.SEEN)
    await works(here, post)
    for place in (LEADS_ON_SLACK, chat_with(PRIYA), chat_with(DANA)):
        assert why in shown(post, place)
        assert f"Concern {concern.reference} waits for a new owner" in shown(post, place)
    (entry,) = await entries(here, concern, Deed.OWNER_GONE)
    assert entry.facts["whose"] == str(LEE.id)
    assert "Lee Abara, who " in str((await here.opens(PRIYA, Press.OPEN, concern.id)).parts)
    assert "You have accepted" in words(await here.press(PRIYA, Press.ACCEPT, concern.id))
    await works(here, post)
    assert why not in shown(post, LEADS_ON_SLACK)


async def test_its_clock_begins_when_it_came_back_and_climbs_step_by_step(here, post, reads_again):
    concern = await owned(here, post)
    here.later(days=7)
    await reads_again(people=without(LEE))
    assert await chase_owned(here.units, at=here.at) == 1
    assert await chase_unaccepted(here.units, {}, at=here.at) == 0
    assert await chase_unaccepted(here.units, {}, at=here.later(minutes=31)) == 1
    assert (await here.concern(concern.id)).rung == 1
    assert await chase_unaccepted(here.units, {}, at=here.later(minutes=30)) == 1
    assert (await here.concern(concern.id)).rung == 1
    await chase_unaccepted(here.units, {}, at=here.later(minutes=60))
    assert (await here.concern(concern.id)).rung == 2


async def test_what_was_offered_to_who_has_left_stays_with_its_owner_who_is_told(here, post, reads_again):
    concern = await owned(here, post)
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(PRIYA.id)})
    await works(here, post)
    await reads_again(people=without(PRIYA))
    assert await chase_owned(here.units, at=here.at) == 1
    after = await here.concern(concern.id)
    assert (after.owner, after.offered_to) == (LEE.id, None)
    assert (NoticeKind.CHASE, LEE.id) in {(kind, to) for kind, to, _ in await told(here)}


async def test_an_action_waits_for_somebody_else_long_before_it_is_due(here, post, reads_again):
    concern = await owned(here, post)
    action = await assigned(here, concern, owner=TOM)
    await works(here, post)
    await reads_again(people=without(TOM))
    assert await chase_actions(here.units, at=here.at) == 1
    assert await chase_actions(here.units, at=here.at) == 0
    await works(here, post)
    said = "Tom Whitlow had it and is no longer here. Press “Give to somebody else”."
    assert said in shown(post, chat_with(LEE))
    (entry,) = await entries(here, concern, Deed.ORPHANED)
    assert entry.facts["whose"] == str(TOM.id)
    assert "Tom Whitlow, who is no longer here" in str((await here.opens(LEE, Press.OPEN, concern.id)).parts)
    form = await here.opens(LEE, Press.REASSIGN, action.id)
    await here.send(LEE, form, {"to": str(TESS.id), "reason": "Tom has left."})
    await works(here, post)
    assert "is no longer here" not in shown(post, chat_with(LEE))


async def test_an_action_is_theirs_again_when_they_come_back_and_leaving_again_is_told_again(here, post, reads_again):
    action = await assigned(here, await owned(here, post), owner=TOM)
    await works(here, post)
    for _ in range(2):
        await reads_again(people=without(TOM))
        assert await chase_actions(here.units, at=here.later(minutes=1)) == 1
        await works(here, post)
        assert "Tom Whitlow had it and is no longer here" in shown(post, chat_with(LEE))
        await reads_again()
        assert await chase_actions(here.units, at=here.later(minutes=1)) == 1
        assert await chase_actions(here.units, at=here.later(minutes=1)) == 0
        await works(here, post)
        assert "needs somebody else" not in shown(post, chat_with(LEE))
        assert "It is yours. Press “Acknowledge”." in shown(post, chat_with(TOM))
    assert "Thank you" in words(await here.press(TOM, Press.ACKNOWLEDGE, action.id))
    await works(here, post)
    assert "needs somebody else" not in shown(post, chat_with(LEE))


async def test_whoever_covers_and_comes_back_covers_again_and_nobody_is_told_otherwise(here, post, reads_again):
    await owned(here, post)
    reply = await here.command(LEE, "away")
    await here.send(LEE, reply.form, {"from": "2026-11-24", "until": "2026-11-27", "cover": str(DANA.id)})
    await works(here, post)
    await reads_again(people=without(DANA))
    await tell_on_the_day(here.units, at=here.at)
    await works(here, post)
    assert "is no longer here" in shown(post, chat_with(PRIYA))
    await reads_again()
    assert await tell_on_the_day(here.units, at=here.later(minutes=1)) == 1
    assert await tell_on_the_day(here.units, at=here.later(minutes=1)) == 0
    await works(here, post)
    for person in (LEE, PRIYA, HELEN):
        assert "is no longer here" not in shown(post, chat_with(person))
        assert "Somebody covers for Lee Abara again" in shown(post, chat_with(person))


async def test_where_its_owner_and_the_owner_of_the_concern_have_both_left_all_who_receive_it_are_told(
    here, post, reads_again
):
    concern = await owned(here, post)
    await assigned(here, concern, owner=TOM)
    await works(here, post)
    await reads_again(people=without(TOM, LEE))
    await chase_actions(here.units, at=here.at)
    await chase_owned(here.units, at=here.at)
    found = {(kind, to) for kind, to, _ in await told(here)}
    assert {(NoticeKind.ORPHANED, PRIYA.id), (NoticeKind.ORPHANED, DANA.id)} <= found


async def test_that_somebody_who_has_left_began_one_is_told_at_once_with_their_number(here, post, reads_again):
    first = {name: ANSWERS[name] for name in ("danger", "about", "urgency", "told_lead")}
    key = str(uuid4())
    await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=1, values=first))
    gone = [(replace(p, telephone="01632 960 106") if p == TESS else p, held) for p, held in PEOPLE]
    await reads_again(people=gone)
    await reads_again(people=without(TESS))
    here.later(minutes=6)
    assert await chase_drafts(here.units, at=here.at) == 1
    assert await chase_drafts(here.units, at=here.at) == 0
    await works(here, post)
    for person in (LEE, PRIYA, DANA):
        card = shown(post, chat_with(person))
        assert "Tess Hallam began one" in card
        assert "is no longer here" in card
        assert "01632 960 106" in card


async def test_whoever_is_away_and_all_who_may_take_over_are_told_that_the_cover_has_left(here, post, reads_again):
    concern = await owned(here, post)
    reply = await here.command(LEE, "away")
    await here.send(LEE, reply.form, {"from": "2026-11-24", "until": "2026-11-27", "cover": str(DANA.id)})
    await works(here, post)
    await reads_again(people=without(DANA))
    assert await tell_on_the_day(here.units, at=here.at) == 1
    assert await tell_on_the_day(here.units, at=here.at) == 0
    await works(here, post)
    assert "Dana Okello, who was to cover for you" in shown(post, chat_with(LEE))
    for person in (PRIYA, HELEN):
        assert "Dana Okello, who was to cover for Lee Abara" in shown(post, chat_with(person))
    assert concern.reference in shown(post, chat_with(PRIYA))
    async with here.units(here.units.schools()[0]) as uow:
        trail = [line.entry for line in await uow.trail.of(LEE.id)]
    assert [entry.facts for entry in trail if entry.deed is Deed.UNCOVERED] == [{"cover": str(DANA.id)}]
    again = await here.command(LEE, "away")
    await here.send(LEE, again.form, {"from": "2026-11-25", "until": "2026-11-27", "cover": str(PRIYA.id)})
    await works(here, post)
    assert "Somebody covers for Lee Abara again" in shown(post, chat_with(HELEN))


async def test_a_concern_of_somebody_who_is_here_is_left_alone(here, post, reads_again):
    concern = await owned(here, post)
    await reads_again(people=without(TOM))
    assert await chase_owned(here.units, at=here.at + timedelta(minutes=1)) == 0
    assert (await here.concern(concern.id)).owner == LEE.id
