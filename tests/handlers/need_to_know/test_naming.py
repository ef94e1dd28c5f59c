"""Somebody is named in a concern later: they lose it at once and everywhere, and it goes the right way."""

from uuid import uuid5

import pytest

from handlers.conversation import Complaints, OpenForm
from handlers.platform_ports import Undelivered
from handlers.rules.chronology import Deed
from handlers.rules.concern import Route, Status
from handlers.ui.card import Press
from tests.handlers.keeping import CANARY, alarmed, entries, full, names
from tests.handlers.losing import cards, reached, traces
from tests.handlers.posting import Post, proof_on, works
from tests.handlers.school import (
    COLIN,
    DANA,
    HELEN,
    LEADS_ON_SLACK,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    about_adult,
    words,
)

ABOUT_TOM = about_adult(TOM, CANARY)
BOTH = {**CANARY, "about": "both", "adult": str(TOM.id)}


async def test_a_lead_who_is_named_later_finds_no_trace_of_it_anywhere(here, post):
    concern = await full(here, post)
    before = await reached(here, post, LEE, concern)
    shown = traces(before, concern.reference)
    assert {"cards", "/concern board", "find by reference", "find by child", "chronology of the child"} <= set(shown)
    assert f"press open {concern.id}" in shown
    assert "export" in shown
    open_form = await here.opens(LEE, Press.SHARE, concern.id)
    assert "can no longer see concern" in words(await names(here, PRIYA, concern, LEE))
    await works(here, post)
    async with here.units(SCHOOL.id) as uow:
        actions, referrals = await uow.actions.of(concern.id), await uow.referrals.of(concern.id)
        shares = await uow.shares.of(concern.id)
    parts = [one.id for one in (*actions, *referrals, *shares)]
    after = await reached(here, post, LEE, concern, *parts)
    assert traces(after, concern.reference, str(concern.id), "CANARY") == {}
    assert cards(post, LEE).count("26-") == 0
    assert "no such concern" in words(await here.send(LEE, open_form, {}))
    assert "no such concern" in words(await here.send(LEE, open_form, {"to": str(TOM.id), "reason": "x"}))


async def test_whoever_still_has_it_is_told_in_person_and_the_channel_card_goes(here, post):
    concern = await full(here, post)
    assert any(concern.reference in card.summary for card in post.at(LEADS_ON_SLACK))
    await names(here, PRIYA, concern, LEE)
    await works(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    for lead in (PRIYA, DANA):
        assert concern.reference in cards(post, lead)
    after = await here.concern(concern.id)
    assert (after.owner, after.status, after.route) == (None, Status.SEEN, Route.LEADS)
    await here.press(PRIYA, Press.ACCEPT, concern.id)
    assert (await here.concern(concern.id)).owner == PRIYA.id


async def test_their_actions_are_for_somebody_else_and_what_is_shared_with_them_ends(here, post):
    concern = await full(here, post)
    await names(here, PRIYA, concern, TOM)
    await works(here, post)
    assert traces({"tom": cards(post, TOM)}, concern.reference) == {}
    assert f"Action {concern.reference}/2 needs somebody else" in cards(post, LEE)
    (ended,) = await entries(here, concern, Deed.SHARE_REVOKED)
    assert ended.facts["to"] == str(TOM.id)
    assert ended.facts["why"] == "named"
    assert (await here.concern(concern.id)).owner == LEE.id


async def test_the_reason_is_sealed_and_whoever_has_it_reads_who_is_named(here, post):
    concern = await full(here, post)
    await names(here, PRIYA, concern, TOM)
    (entry,) = await entries(here, concern, Deed.NAMED)
    assert "CANARY" not in str(entry.facts)
    assert entry.words == {"reason": "CANARY-REASON his sister's child."}
    read = str(await here.press(PRIYA, Press.OPEN, concern.id))
    assert "Tom Whitlow" in read
    assert "CANARY-REASON" in read


@pytest.mark.parametrize(
    ("part", "route", "has_it"),
    [("named", Route.CHAIR, COLIN), ("close", Route.HEAD, COLIN)],
)
async def test_a_concern_about_an_adult_goes_past_the_head_who_is_named_in_it(here, post, part, route, has_it):
    concern = await here.raises(answers=ABOUT_TOM)
    await works(here, post)
    assert concern.route is Route.HEAD
    assert concern.reference in cards(post, HELEN)
    await names(here, HELEN, concern, HELEN, part=part)
    await works(here, post)
    after = await here.concern(concern.id)
    assert after.route is route
    assert concern.reference not in cards(post, HELEN)
    assert concern.reference in cards(post, has_it)
    assert isinstance(await here.press(has_it, Press.OPEN, concern.id), OpenForm)


async def test_naming_a_teacher_too_never_brings_it_back_to_the_head(here):
    concern = await here.raises(answers=about_adult(HELEN, CANARY))
    assert concern.route is Route.CHAIR
    await names(here, COLIN, concern, TOM, part="named")
    assert (await here.concern(concern.id)).route is Route.CHAIR


async def test_head_and_chair_both_named_leave_it_to_the_nominated_and_the_alarm_is_kept(here):
    concern = await here.raises(answers=about_adult(HELEN, CANARY))
    assert "no longer see" in words(await names(here, COLIN, concern, COLIN, part="named"))
    after = await here.concern(concern.id)
    assert after.route is Route.OUTSIDE
    assert [entry.facts["why"] for entry in await entries(here, concern, Deed.ALARMED)] == ["nobody_receives_it"]
    assert (await entries(here, concern, Deed.NAMED))[0].facts["shown"] == "lado"


async def test_the_childs_part_names_them_alike_and_tells_nothing_of_why(here, post):
    whole = await here.raises(answers=BOTH)
    part = await here.concern(uuid5(whole.id, "the child's part"))
    await here.press(LEE, Press.ACCEPT, part.id)
    await here.command(LEE, "board")
    await works(here, post)
    assert part.reference in cards(post, LEE)
    await names(here, HELEN, whole, LEE)
    await works(here, post)
    after = await here.concern(part.id)
    assert LEE.id in after.named
    assert after.owner is None
    assert traces(await reached(here, post, LEE, after), part.reference, whole.reference) == {}
    (entry,) = await entries(here, part, Deed.NAMED)
    assert entry.words == {}
    assert str(LEE.id) not in str(entry.facts)


async def test_what_was_merged_into_it_is_lost_too(here, post):
    first, second = await here.raises(answers=CANARY), await here.raises(TOM, CANARY)
    for concern in (first, second):
        await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.MERGE, first.id)
    await here.send(LEE, form, {"into": second.reference, "reason": "The same afternoon."})
    form = await here.opens(DANA, Press.AGREE_MERGE, first.id)
    await here.send(DANA, form, {"agreed": "yes", "why": "One afternoon."})
    await works(here, post)
    await names(here, LEE, second, PRIYA)
    await works(here, post)
    for concern in (first, second):
        assert traces(await reached(here, post, PRIYA, concern), first.reference, second.reference) == {}


async def test_a_reporter_who_is_named_loses_their_receipt_too(here, post):
    concern = await here.raises(LEE, CANARY)
    await here.press(PRIYA, Press.ACCEPT, concern.id)
    await works(here, post)
    assert "Your concern has been received" in cards(post, LEE)
    await names(here, PRIYA, concern, LEE)
    await works(here, post)
    assert traces(await reached(here, post, LEE, concern), concern.reference, "CANARY") == {}


async def test_nobody_is_named_twice_and_nobody_without_the_concern_names_anybody(here):
    concern = await here.raises(answers=CANARY)
    await names(here, LEE, concern, PRIYA)
    again = await names(here, LEE, concern, PRIYA)
    assert isinstance(again, Complaints)
    assert "already" in again.by_field["person"]
    for outsider in (TESS, TOM, THEO, COLIN, PRIYA):
        assert "no such concern" in words(await here.press(outsider, Press.NAME, concern.id))


async def test_a_card_that_was_on_its_way_when_they_were_named_goes_again(here, post):
    concern = await here.raises(answers={**CANARY, "urgency": "now"})

    class Slow(Post):
        async def post(self, place, card):
            message = await super().post(place, card)
            if place.id == "U1" and not self.named:
                self.named = True
                await names(here, PRIYA, concern, LEE)
            return message

    slow = Slow()
    slow.named = False
    await works(here, slow)
    assert slow.named
    assert concern.reference not in cards(slow, LEE)


async def test_a_card_that_cannot_be_taken_away_is_emptied_and_the_alarm_is_kept(here, post):
    concern = await full(here, post)

    class Keeps(Post):
        async def withdraw(self, place, message):
            raise Undelivered("compliance_exports_prevent_deletion", final=True)

    keeps = Keeps()
    keeps.standing = post.standing
    await names(here, PRIYA, concern, LEE)
    await works(here, keeps)
    assert concern.reference not in cards(keeps, LEE)
    async with here.units(SCHOOL.id) as uow:
        assert await uow.outbox.stuck() == 0
    assert "not_withdrawn" in await alarmed(here)


async def test_one_that_a_platform_never_lets_go_of_is_alarmed_and_told_nobody_in_another_way(here, post):
    concern = await full(here, post)
    await names(here, PRIYA, concern, LEE)

    class Away(Post):
        async def withdraw(self, place, message):
            raise Undelivered("fatal_error")

    away = Away()
    away.standing = post.standing
    for _ in range(12):
        await works(here, away)
        here.later(minutes=20)
    assert "not_withdrawn" in await alarmed(here)
    assert "Heard needs attention" not in cards(away, LEE)
    assert "could not be taken away" in cards(away, THEO)
    assert concern.reference not in cards(away, THEO)


async def test_a_twin_that_we_did_not_know_of_goes_when_whoever_lost_it_presses_it(here, post):
    from handlers.conversation import ButtonPressed, Standing
    from handlers.ui.card import Card
    from tests.handlers.school import account

    concern = await full(here, post)
    proof = proof_on(post)
    post.standing["twin"] = (LEADS_ON_SLACK, Card(summary=f"Safeguarding concern {concern.reference}", parts=()))
    await names(here, PRIYA, concern, LEE)
    await works(here, post)
    pressed = ButtonPressed(
        who=account(LEE), press=Press.OPEN, subject=concern.id, version=1,
        standing=Standing(channel=LEADS_ON_SLACK.id, message="twin", proof=proof),
    )
    assert "no such concern" in words(await here.answers(pressed))
    await works(here, post)
    assert post.at(LEADS_ON_SLACK) == []
