"""What an agency asks first of a child stands in the letter for that child, and nowhere else."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from handlers.notice import NoticeKind
from handlers.referrals.letters.record import export_letter
from handlers.rules.people import Pupil, PupilId
from handlers.ui.card import Press
from tests.handlers.posting import Post
from tests.handlers.referring import drawn, owned, refers, waiting
from tests.handlers.school import ANSWERS, LEE, MIA, PEOPLE, ROLL, SCHOOL, Here

KNOWN = replace(
    MIA, preferred="Mimi", born=date(2013, 5, 4), upn="B801200005001", address="1 CANARY High Street, Ely",
    parents=("Ana CANARY 01632 960 001", "Raj CANARY"),
)  # fmt: skip
NOAH = Pupil(
    id=PupilId(UUID(int=931)), name="Noah Bennett", form="9C", year="9", born=date(2012, 1, 2), upn="P207000016049",
    address="2 SPARROW Lane", parents=("Jo SPARROW",),
)  # fmt: skip
TWO = {**ANSWERS, "child_2": str(NOAH.id), "role_2": "alleged", "facts": "Mimi told Noah to stop."}
PARTICULARS = ("2013", "B801200005001", "CANARY High", "Ana CANARY", "Raj CANARY", "P207000016049", "SPARROW")


@pytest.fixture
async def school(here: Here, reads_again) -> Here:
    others = [pupil for pupil in ROLL.pupils if pupil.id != MIA.id]
    await reads_again(people=PEOPLE, pupils=(KNOWN, NOAH, *others))
    return here


async def letter(here: Here, reference: str) -> str:
    async with here.units(SCHOOL.id) as uow:
        return str(await export_letter(uow, reference, by=LEE, at=here.at))


async def test_a_letter_has_them_of_the_child_whom_it_is_for_alone(school: Here):
    concern = await owned(school, TWO)
    await refers(school, concern, referred_children=(str(MIA.id),))
    read = await letter(school, f"{concern.reference}/R1")
    for said in ("4 May 2013", "B801200005001", "1 CANARY High Street, Ely", "Ana CANARY 01632 960 001\\nRaj CANARY",
                 "'Known as', 'Mimi'", "Mimi told [Child B] to stop."):  # fmt: skip
        assert said in read, said
    assert not any(other in read for other in ("SPARROW", "P207000016049", "2 January 2012"))


async def test_the_name_that_another_child_is_known_by_is_hidden_as_the_rolls_is(school: Here):
    concern = await owned(school, TWO)
    await refers(school, concern, referred_children=(str(NOAH.id),))
    read = await letter(school, f"{concern.reference}/R1")
    assert "[Child B] told Noah to stop." in read
    assert "Mimi" not in read


async def test_what_the_roll_does_not_have_is_said_so(here: Here):
    concern = await owned(here)
    await refers(here, concern)
    read = await letter(here, f"{concern.reference}/R1")
    for name in ("Date of birth", "UPN", "Address", "Parents or carers"):
        assert f"('{name}', 'Not on our roll')" in read


async def test_no_window_and_no_card_has_them(school: Here, post: Post):
    concern = await owned(school, TWO)
    await refers(school, concern, referred_children=(str(MIA.id),))
    shown = [
        str(await school.press(LEE, press, subject))
        for press, subject in (
            (Press.OPEN, concern.id), (Press.CHRONOLOGY, concern.id), (Press.CHRONOLOGY, MIA.id),
            (Press.DECIDE, concern.id), (Press.MISFILE, concern.id), (Press.REFER, concern.id),
            (Press.REFERRALS, concern.id), (Press.ASSIGN, concern.id),
        )
    ]  # fmt: skip
    shown += [str(await drawn(school, notice)) for notice in await waiting(school, *NoticeKind)]
    shown += [str(await school.command(LEE, text)) for text in ("find Mia", "board", "patterns")]
    assert [said for said in PARTICULARS for one in shown if said in one] == []
    assert "Mia Patel" in shown[0]
