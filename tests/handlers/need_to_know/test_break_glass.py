"""Break-glass: two people, a reason, a time; and nothing is learned by asking."""

import json

import pytest
from sqlalchemy import event, select

from handlers.conversation import Complaints, HomeOpened, OpenForm, Tell
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.rules.school import Place, PlaceKind
from handlers.ui.card import Press
from schedules.timetable import TIMETABLE, Uses
from store.trail_tables import entries as trail_table
from tests.handlers.keeping import CANARY, names, seals
from tests.handlers.losing import cards
from tests.handlers.posting import works
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    COLIN,
    DANA,
    HELEN,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    Here,
    about_adult,
    account,
    words,
)

WHY = "CANARY-WHY the police are at the door."
REFERENCES = ("26-9999", "sealed", "named", "adult")


async def asks(here: Here, by: Person, reference: str, *, why: str = WHY):
    reply = await here.command(by, "unlock")
    assert isinstance(reply, OpenForm), reply
    return await here.send(by, reply.form, {"reference": reference, "reason": why})


async def sealed_to_dana(here: Here) -> Concern:
    concern = await here.raises(answers=CANARY)
    await seals(here, LEE, concern, DANA)
    return concern


async def question(here: Here):
    """The newest question's id."""
    async with here.units.reading() as connection:
        query = select(trail_table.c.body).order_by(trail_table.c.sequence)
        bodies = [json.loads(body) for body in (await connection.execute(query)).scalars()]
    from uuid import UUID

    return UUID([body for body in bodies if body["deed"] == Deed.BREAK_GLASS_ASKED.value][-1]["thing"])


async def answers(here: Here, by: Person, answer: str = "yes"):
    form = await here.opens(by, Press.AGREE, await question(here))
    return await here.send(by, form, {"answer": answer})


async def test_when_a_second_person_agrees_whoever_asked_may_read_for_four_hours_and_no_more(here, post):
    concern = await sealed_to_dana(here)
    await works(here, post)
    assert "no such concern" in words(await here.press(PRIYA, Press.OPEN, concern.id))
    await asks(here, PRIYA, concern.reference)
    await works(here, post)
    assert f"Priya Raman asks to open concern {concern.reference}" in cards(post, HELEN)
    assert "CANARY" not in cards(post, HELEN)
    window = str(await here.opens(HELEN, Press.AGREE, await question(here)))
    assert WHY in window
    await answers(here, HELEN)
    await works(here, post)
    assert f"Concern {concern.reference} is open to you" in cards(post, PRIYA)
    read = await here.opens(PRIYA, Press.OPEN, concern.id)
    assert "CANARY-FACTS" in str(read)
    assert isinstance(await here.press(PRIYA, Press.CHRONOLOGY, concern.id), OpenForm)
    for press in (Press.ACCEPT, Press.SEAL, Press.UNSEAL, Press.NAME, Press.ASSIGN, Press.SHARE, Press.CORRECT):
        assert "no such concern" in words(await here.press(PRIYA, press, concern.id))
    here.later(hours=3, minutes=59)
    assert isinstance(await here.press(PRIYA, Press.OPEN, concern.id), OpenForm)
    here.later(minutes=2)
    assert "no such concern" in words(await here.press(PRIYA, Press.OPEN, concern.id))


async def test_it_is_told_to_every_lead_and_the_chair_and_kept_with_the_concern(here, post):
    concern = await sealed_to_dana(here)
    await asks(here, PRIYA, concern.reference)
    await answers(here, HELEN)
    await works(here, post)
    for person in (LEE, DANA, COLIN):
        assert f"Concern {concern.reference} was opened in an emergency" in cards(post, person)
    for person in (TESS, TOM, THEO):
        assert concern.reference not in cards(post, person).replace(f"Your concern {concern.reference}", "").replace(
            f"'Reference', '{concern.reference}'", ""
        )
    async with here.units(SCHOOL.id) as uow:
        lines = [line.entry for line in await uow.trail.of(concern.id, words=True)]
    asked = next(entry for entry in lines if entry.deed is Deed.BREAK_GLASS_ASKED)
    broken = next(entry for entry in lines if entry.deed is Deed.BREAK_GLASS_AGREED)
    assert (asked.by, asked.words["reason"]) == (PRIYA.id, WHY)
    assert (broken.by, broken.facts["to"]) == (HELEN.id, str(PRIYA.id))
    assert "CANARY" not in str((asked.facts, broken.facts))


async def test_reading_through_the_door_does_not_mark_it_read_by_a_recipient(here):
    concern = await sealed_to_dana(here)
    await asks(here, PRIYA, concern.reference)
    await answers(here, HELEN)
    await here.press(PRIYA, Press.OPEN, concern.id)
    assert (await here.concern(concern.id)).seen_at is None
    async with here.units(SCHOOL.id) as uow:
        read = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.READ]
    assert [entry.by for entry in read] == [PRIYA.id]


async def _of_each_kind(here: Here) -> dict[str, str]:
    """References that must look alike to Priya: none, a sealed one, one that names her, one about an adult."""
    sealed = await sealed_to_dana(here)
    naming = await here.raises(answers=CANARY)
    await names(here, LEE, naming, PRIYA)
    adult = await here.raises(answers=ABOUT_LEE)
    return {
        "26-9999": "26-9999", "sealed": sealed.reference, "named": naming.reference, "adult": adult.reference
    }


async def test_asking_says_the_same_tells_the_same_and_does_the_same_whatever_the_reference(here, post):
    """Answer, statements and writes: not one more for a concern that exists."""
    of = await _of_each_kind(here)
    await works(here, post)
    said, did = {}, {}
    for kind, reference in of.items():
        statements: list[str] = []

        def heard(_conn, _cursor, statement, *_rest, into=statements):
            into.append(statement)

        engine = here.units._engine.sync_engine
        event.listen(engine, "before_cursor_execute", heard)
        said[kind] = words(await asks(here, PRIYA, reference))
        event.remove(engine, "before_cursor_execute", heard)
        did[kind] = statements
    assert len(set(said.values())) == 1
    assert len({tuple(statements) for statements in did.values()}) == 1
    assert len(did["sealed"]) > 3


async def test_nobody_who_is_named_is_asked_and_they_cannot_answer(here, post):
    about_lee = await here.raises(answers=ABOUT_LEE)
    await asks(here, PRIYA, about_lee.reference)
    await works(here, post)
    assert about_lee.reference not in cards(post, LEE)
    assert about_lee.reference in cards(post, HELEN)
    assert "no such concern" in words(await here.press(LEE, Press.AGREE, await question(here)))


@pytest.mark.parametrize("kind", ["none", "names the asker"])
async def test_what_does_not_exist_and_what_names_the_asker_end_in_the_same_words(here, post, kind):
    about_priya = await here.raises(answers=about_adult(PRIYA, CANARY))
    reference = "26-9999" if kind == "none" else about_priya.reference
    await asks(here, PRIYA, reference)
    second = words(await answers(here, COLIN))
    await works(here, post)
    assert second == "Done Your answer is recorded. They are being told now."
    assert "There is no such concern, or it is not yours to see." in cards(post, PRIYA)
    assert "open to you" not in cards(post, PRIYA)
    assert "opened in an emergency" not in cards(post, DANA)
    assert "no such concern" in words(await here.press(PRIYA, Press.OPEN, about_priya.id))


async def test_a_refusal_settles_it_for_everybody(here, post):
    concern = await sealed_to_dana(here)
    await asks(here, PRIYA, concern.reference)
    await answers(here, HELEN, "no")
    await works(here, post)
    assert "This was not agreed." in cards(post, PRIYA)
    assert "This has been settled." in cards(post, COLIN)
    assert "answered this already" in words(await here.press(COLIN, Press.AGREE, await question(here)))
    assert "no such concern" in words(await here.press(PRIYA, Press.OPEN, concern.id))


async def test_nobody_answers_their_own_question_and_an_old_one_is_not_answered(here):
    concern = await sealed_to_dana(here)
    await asks(here, PRIYA, concern.reference)
    for outsider in (PRIYA, TESS, THEO):
        assert "no such concern" in words(await here.press(outsider, Press.AGREE, await question(here)))
    here.later(hours=4)
    assert "too long ago" in words(await here.press(HELEN, Press.AGREE, await question(here)))


@pytest.mark.parametrize("outsider", [TESS, TOM, THEO], ids=lambda person: person.name)
async def test_it_is_for_the_leads_the_head_and_the_chair(here, outsider):
    reply = await here.command(outsider, "unlock")
    assert isinstance(reply, Tell)
    assert "for the safeguarding leads, the head and the chair" in words(reply)


@pytest.mark.parametrize("typed", ["Mia Patel", "26", "26-1 ", "TEST-2026-12", "<!channel>"])
async def test_what_cannot_be_a_reference_is_said_at_once_and_stands_on_no_card(here, post, typed):
    reply = await asks(here, PRIYA, typed)
    assert isinstance(reply, Complaints)
    await works(here, post)
    assert "asks to open" not in cards(post, HELEN)


async def test_whoever_is_named_after_it_was_opened_reads_no_more_and_their_card_goes(here, post):
    concern = await sealed_to_dana(here)
    await asks(here, PRIYA, concern.reference)
    await answers(here, HELEN)
    await works(here, post)
    assert isinstance(await here.press(PRIYA, Press.OPEN, concern.id), OpenForm)
    await names(here, DANA, concern, PRIYA)
    await works(here, post)
    assert "no such concern" in words(await here.press(PRIYA, Press.OPEN, concern.id))
    assert concern.reference not in cards(post, PRIYA)


async def test_the_chair_opens_nothing_alone(here):
    concern = await here.raises(answers=ABOUT_HELEN)
    await asks(here, LEE, concern.reference)
    assert "no such concern" in words(await here.press(LEE, Press.OPEN, concern.id))


async def finds(here: Here, by: Person, **values: str):
    ask = await here.command(by, "find")
    assert isinstance(ask, OpenForm)
    return await here.send(by, ask.form, values)


async def opened_to_priya(here: Here, post) -> Concern:
    concern = await sealed_to_dana(here)
    await asks(here, PRIYA, concern.reference)
    await works(here, post)
    await answers(here, HELEN)
    await works(here, post)
    return concern


async def test_what_is_open_to_somebody_is_found_and_on_their_board_until_it_ends(here, post):
    concern = await opened_to_priya(here, post)
    by_reference = await finds(here, PRIYA, reference=concern.reference)
    assert concern.reference in by_reference.form.title
    by_child = await finds(here, PRIYA, child=str(CANARY["child_1"]))
    assert concern.reference in str(by_child.form)
    board = str(await here.command(PRIYA, "board"))
    assert "Open to you in an emergency: 1" in board
    assert concern.reference in board
    for other in (LEE, HELEN):
        assert concern.reference not in str(await here.command(other, "board"))
        assert isinstance(await finds(here, other, reference=concern.reference), Complaints)
    here.later(hours=4)
    assert isinstance(await finds(here, PRIYA, reference=concern.reference), Complaints)
    assert concern.reference not in str((await finds(here, PRIYA, child=str(CANARY["child_1"]))).form.parts)
    assert concern.reference not in str(await here.command(PRIYA, "board"))


async def test_whoever_comes_to_be_named_finds_it_no_longer_though_it_was_opened_to_them(here, post):
    concern = await opened_to_priya(here, post)
    await names(here, DANA, concern, PRIYA)
    assert isinstance(await finds(here, PRIYA, reference=concern.reference), Complaints)
    assert concern.reference not in str(await here.command(PRIYA, "board"))


async def test_once_it_is_over_the_card_says_so_and_it_goes_from_the_board_that_stands(here, post):
    await here.answers(HomeOpened(who=account(PRIYA)))
    home = Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.HOME, id=account(PRIYA).user)
    await opened_to_priya(here, post)
    assert "Open to you in an emergency" in str(post.at(home))
    job = next(job for job in TIMETABLE if job.name == "close_emergency_doors")
    for minutes in (239, 2):
        here.later(minutes=minutes)
        await job.run(Uses(units=here.units, directories={}), here.at)
        await works(here, post)
        assert ("Open to you in an emergency" in str(post.at(home))) == (minutes == 239)
        assert ("It was open to you until" in cards(post, PRIYA)) == (minutes == 2)
