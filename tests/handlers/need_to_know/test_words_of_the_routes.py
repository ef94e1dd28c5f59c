"""What a way says beside who has it: the LADO's number, the whistleblowing line, and that it was shown."""

import pytest

from handlers.rules.chronology import Deed
from handlers.rules.people import IN_CHARGE, Role
from handlers.search import suggest
from handlers.ui.form import Source
from tests.handlers.losing import cards
from tests.handlers.posting import Post, works
from tests.handlers.referring import refers
from tests.handlers.school import (
    ABOUT_HELEN,
    ANSWERS,
    COLIN,
    HELEN,
    LEADS_ON_SLACK,
    LEE,
    SCHOOL,
    TESS,
    TOM,
    Here,
    about_adult,
)

ABOUT_TOM = about_adult(TOM)
ABOUT_COLIN = about_adult(COLIN)
LADO = "Tell the local authority designated officer (LADO) within 1 working day, before any interview"
FOR_REPORTER = "You may ring the local authority designated officer (LADO) yourself"
LINE = "0800 028 0285"


async def raised(here: Here, post: Post, answers, by=TESS):
    concern = await here.raises(by, answers)
    await works(here, post)
    async with here.units(SCHOOL.id) as uow:
        (entry,) = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.RAISED]
    return concern, entry


async def test_the_heads_card_of_an_allegation_says_whom_to_ring_and_by_when_until_it_is_recorded(here, post):
    concern, _ = await raised(here, post, ABOUT_TOM)
    assert LADO in cards(post, HELEN)
    assert "01632 960 999" in cards(post, HELEN)
    assert LADO not in cards(post, TESS)
    assert post.at(LEADS_ON_SLACK) == []
    await refers(here, concern, by=HELEN, to_agency="lado")
    await works(here, post)
    assert LADO not in cards(post, HELEN)


async def test_a_low_level_concern_says_nothing_of_it(here, post):
    await raised(here, post, {**ABOUT_TOM, "adult_weight": "low_level"})
    assert LADO not in cards(post, HELEN)


async def test_a_concern_about_the_chair_shows_its_reporter_whom_to_ring_and_that_is_kept(here, post):
    _, entry = await raised(here, post, ABOUT_COLIN)
    assert FOR_REPORTER in cards(post, TESS)
    assert "01632 960 999" in cards(post, TESS)
    assert entry.facts["shown"] == "lado"


@pytest.mark.parametrize("answers", [ANSWERS, ABOUT_TOM, ABOUT_HELEN], ids=["child", "teacher", "head"])
async def test_no_other_receipt_shows_it_and_nothing_is_kept(here, post, answers):
    _, entry = await raised(here, post, answers)
    assert FOR_REPORTER not in cards(post, TESS)
    assert "shown" not in entry.facts


async def test_whoever_reports_themselves_is_not_shown_it(here, post):
    _, entry = await raised(here, post, ABOUT_COLIN, by=COLIN)
    assert FOR_REPORTER not in cards(post, COLIN)
    assert "shown" not in entry.facts


async def test_a_concern_about_how_the_school_does_things_shows_the_whistleblowing_line(here, post):
    practice = {name: value for name, value in ANSWERS.items() if not name.startswith(("child", "role"))}
    await raised(here, post, {**practice, "about": "practice", "source": "adult", "own_words": ""})
    assert LINE in cards(post, TESS)
    await raised(here, post, ANSWERS, by=TOM)
    assert LINE not in cards(post, TOM)


async def test_everyone_who_may_receive_a_concern_can_be_said_to_be_too_close(here):
    assert {Role.VICE_CHAIR, Role.SAFEGUARDING_GOVERNOR, Role.NOMINATED, Role.TRUST_LEAD} <= IN_CHARGE
    async with here.units(SCHOOL.id) as uow:
        assert [option.key for option in await suggest(uow, Source.LEADS, "Lee", by=TESS)] == [str(LEE.id)]
        assert await suggest(uow, Source.LEADS, "Tess", by=TESS) == ()
