"""What a way says beside who has it: the LADO's number, the whistleblowing line, and that it was shown."""

from uuid import uuid4

import pytest

from handlers.reporter.receipt_card import MAY_RING
from handlers.rules.chronology import Deed
from handlers.rules.people import IN_CHARGE, Role
from handlers.search import suggest
from handlers.ui.card import Press
from handlers.ui.form import Source
from tests.handlers.keeping import open_concerns
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
    words,
)

ABOUT_TOM = about_adult(TOM)
ABOUT_COLIN = about_adult(COLIN)
LADO = "Tell the local authority designated officer (LADO) without delay, and within 1 working day: before any"
FOR_REPORTER = "You may ring the local authority designated officer (LADO) yourself"
TELL_OUTSIDE = "Somebody outside school must be told of this."
LINE = "0800 028 0285"


async def raised(here: Here, post: Post, answers, by=TESS):
    concern = await here.raises(by, answers)
    await works(here, post)
    async with here.units(SCHOOL.id) as uow:
        (entry,) = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.RAISED]
    return concern, entry


async def test_the_window_of_an_allegation_says_whom_to_ring_and_by_when_until_it_is_recorded(here, post):
    concern, _ = await raised(here, post, ABOUT_TOM)
    assert TELL_OUTSIDE in cards(post, HELEN)
    window = str((await here.opens(HELEN, Press.OPEN, concern.id)).parts)
    assert LADO in window
    assert "01632 960 999" in window
    assert TELL_OUTSIDE not in cards(post, TESS)
    assert post.at(LEADS_ON_SLACK) == []
    await refers(here, concern, by=HELEN, to_agency="lado")
    await works(here, post)
    assert TELL_OUTSIDE not in cards(post, HELEN)
    assert LADO not in str((await here.opens(HELEN, Press.OPEN, concern.id)).parts)


async def test_no_card_says_that_it_is_an_allegation(here, post):
    """A platform keeps cards: the officer, and that there is one, would tell what kind of concern it is."""
    await raised(here, post, ABOUT_TOM)
    shown = cards(post, HELEN) + cards(post, TESS)
    for hidden in ("LADO", "officer", "llegation", "adult", "01632 960 999"):
        assert hidden not in shown


async def test_a_low_level_concern_says_nothing_of_it(here, post):
    concern, _ = await raised(here, post, {**ABOUT_TOM, "adult_weight": "low_level"})
    assert TELL_OUTSIDE not in cards(post, HELEN)
    assert LADO not in str((await here.opens(HELEN, Press.OPEN, concern.id)).parts)


async def test_a_concern_about_the_chair_shows_its_reporter_whom_to_ring_in_windows_and_that_is_kept(here, post):
    concern, entry = await raised(here, post, ABOUT_COLIN)
    assert entry.facts["shown"] == "lado"
    assert MAY_RING in cards(post, TESS)
    assert "LADO" not in cards(post, TESS)
    window = str((await here.opens(TESS, Press.TOLD, concern.id)).parts)
    assert FOR_REPORTER in window
    assert "01632 960 999" in window


async def test_the_receipt_that_answers_the_form_says_it_at_once(here):
    key = uuid4()
    reply = await here.raises_as_told(TESS, ABOUT_COLIN, key=key)
    assert FOR_REPORTER in str(reply.card)


@pytest.mark.parametrize("answers", [ANSWERS, ABOUT_TOM, ABOUT_HELEN], ids=["child", "teacher", "head"])
async def test_no_other_receipt_shows_it_and_nothing_is_kept(here, post, answers):
    _, entry = await raised(here, post, answers)
    assert MAY_RING not in cards(post, TESS)
    assert "shown" not in entry.facts


async def test_whoever_reports_themselves_is_not_shown_it(here, post):
    concern, entry = await raised(here, post, ABOUT_COLIN, by=COLIN)
    assert MAY_RING not in cards(post, COLIN)
    assert "no such concern" in words(await here.press(COLIN, Press.TOLD, concern.id))
    assert "shown" not in entry.facts


async def test_a_concern_about_how_the_school_does_things_shows_the_whistleblowing_line(here, post):
    practice = {name: value for name, value in ANSWERS.items() if not name.startswith(("child", "role"))}
    await raised(here, post, {**practice, "about": "practice", "source": "adult", "own_words": ""})
    assert MAY_RING in cards(post, TESS)
    assert LINE not in cards(post, TESS)
    (concern,) = await open_concerns(here)
    assert LINE in str((await here.opens(TESS, Press.TOLD, concern.id)).parts)
    await raised(here, post, ANSWERS, by=TOM)
    assert MAY_RING not in cards(post, TOM)


async def test_everyone_who_may_receive_a_concern_can_be_said_to_be_too_close(here):
    assert {Role.VICE_CHAIR, Role.SAFEGUARDING_GOVERNOR, Role.NOMINATED, Role.TRUST_LEAD} <= IN_CHARGE
    async with here.units(SCHOOL.id) as uow:
        assert [option.key for option in await suggest(uow, Source.LEADS, "Lee", by=TESS)] == [str(LEE.id)]
        assert await suggest(uow, Source.LEADS, "Tess", by=TESS) == ()
