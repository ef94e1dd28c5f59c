"""A sealed concern: the people named have it, and nobody else finds a trace of it by their post."""


from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.conversation import Complaints, OpenForm
from handlers.rules.chronology import Deed
from handlers.ui.card import Press
from tests.handlers.keeping import CANARY, full, names, seals
from tests.handlers.losing import cards, reached, traces
from tests.handlers.posting import works
from tests.handlers.school import (
    ANSWERS,
    DANA,
    HELEN,
    LEADS_ON_SLACK,
    LEE,
    PRIYA,
    PUPIL,
    SCHOOL,
    TESS,
    TOM,
    words,
)

MONDAY = datetime(2026, 11, 30, 10, 15, tzinfo=ZoneInfo("Europe/London"))


async def test_whoever_is_not_among_them_finds_no_trace_of_it(here, post):
    concern = await full(here, post)
    assert "One person can see it" in words(await seals(here, LEE, concern, LEE))
    await works(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    for lead in (PRIYA, DANA, HELEN):
        assert traces(await reached(here, post, lead, concern), concern.reference, "CANARY") == {}, lead.name
    assert concern.reference in cards(post, LEE)
    assert isinstance(await here.press(LEE, Press.OPEN, concern.id), OpenForm)


async def test_it_is_in_no_digest_and_no_huddle(here, post):
    from handlers.overview import digests, huddles

    concern = await full(here, post)
    async with here.units(SCHOOL.id) as uow:
        assert concern.reference in str(await digests.draw(uow, at=here.at))
    await seals(here, LEE, concern, LEE)
    async with here.units(SCHOOL.id) as uow:
        assert concern.reference not in str(await digests.draw(uow, at=here.at))
        assert concern.reference not in str(await huddles.draw(uow, at=here.at))


async def test_it_goes_from_the_digest_and_the_huddle_that_stand(here, post):
    from handlers.overview import digests, huddles

    here.at = MONDAY
    concern = await full(here, post)
    async with here.units(SCHOOL.id, at=here.at) as uow:
        assert await digests.send_digest(uow, at=here.at)
        assert await huddles.send_huddle(uow, at=here.at)
    await works(here, post)
    stood = [str(card) for card in post.at(LEADS_ON_SLACK) if concern.reference in str(card)]
    assert any("This morning" in card for card in stood)
    assert any("This week" in card for card in stood)
    await seals(here, LEE, concern, LEE)
    await works(here, post)
    assert not [card for card in post.at(LEADS_ON_SLACK) if concern.reference in str(card)]


async def test_an_owner_who_is_not_among_them_owns_it_no_more_and_those_who_have_it_are_told(here, post):
    concern = await here.raises(answers=CANARY)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    await seals(here, LEE, concern, PRIYA, TOM)
    await works(here, post)
    after = await here.concern(concern.id)
    assert after.owner is None
    assert after.sealed_to == {PRIYA.id, TOM.id}
    assert traces(await reached(here, post, LEE, concern), concern.reference) == {}
    for person in (PRIYA, TOM):
        assert concern.reference in cards(post, person)
        assert isinstance(await here.press(person, Press.OPEN, concern.id), OpenForm)
    assert "no such concern" in words(await here.press(LEE, Press.UNSEAL, concern.id))


async def test_what_was_shared_ends_for_whoever_is_not_among_them(here, post):
    concern = await full(here, post)
    await seals(here, LEE, concern, LEE)
    async with here.units(SCHOOL.id) as uow:
        assert not any(share.live(at=here.at) for share in await uow.shares.of(concern.id))


async def test_only_one_who_has_it_takes_the_seal_off_and_then_it_is_everybodys_again(here, post):
    concern = await full(here, post)
    await seals(here, LEE, concern, LEE)
    await works(here, post)
    form = await here.opens(LEE, Press.UNSEAL, concern.id)
    assert "seal is off" in words(await here.send(LEE, form, {"reason": "CANARY-OFF it is over."}))
    await works(here, post)
    assert any(concern.reference in card.summary for card in post.at(LEADS_ON_SLACK))
    assert isinstance(await here.press(PRIYA, Press.OPEN, concern.id), OpenForm)
    assert "not sealed" in words(await here.press(LEE, Press.UNSEAL, concern.id))
    read = str(await here.press(PRIYA, Press.OPEN, concern.id))
    assert "CANARY-SEAL" in read
    assert "CANARY-OFF" in read


async def test_nobody_who_is_named_left_or_a_pupil_can_be_chosen(here):
    concern = await here.raises(answers={**CANARY, "close": str(PRIYA.id)})
    for wrong in (PRIYA, PUPIL):
        reply = await seals(here, LEE, concern, LEE, wrong)
        assert isinstance(reply, Complaints)
    assert not (await here.concern(concern.id)).sealed
    assert isinstance(await seals(here, LEE, concern), Complaints)


async def test_naming_the_only_one_who_has_it_leaves_it_sealed(here, post):
    concern = await full(here, post)
    await seals(here, LEE, concern, LEE)
    await names(here, LEE, concern, LEE)
    await works(here, post)
    after = await here.concern(concern.id)
    assert after.sealed
    for person in (LEE, PRIYA, TESS):
        assert "no such concern" in words(await here.press(person, Press.OPEN, concern.id))
    async with here.units(SCHOOL.id) as uow:
        alarms = [e.entry for e in await uow.trail.of(concern.id) if e.entry.deed is Deed.ALARMED]
    assert [entry.facts["why"] for entry in alarms] == ["nobody_has_a_sealed_concern"]


async def test_a_teacher_cannot_seal_and_more_offers_it_to_those_who_may(here):
    concern = await here.raises(answers=ANSWERS)
    assert "no such concern" in words(await here.press(TESS, Press.SEAL, concern.id))
    more = str(await here.opens(LEE, Press.MORE, concern.id))
    assert "Seal: open to named people only" in more
    assert "Take the seal off" not in more
    await seals(here, LEE, concern, LEE)
    assert "Take the seal off" in str(await here.opens(LEE, Press.MORE, concern.id))
