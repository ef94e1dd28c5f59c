"""The record keeps the names of those who have left; only choosing is limited to who is here."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import handlers
from handlers import staff
from handlers.notice import Notice, NoticeKind
from handlers.overview import huddles
from handlers.post.cards import draw
from handlers.record import chronology, window
from handlers.record.chronology_form import key_for
from handlers.referrals.letters.record import export_letter
from handlers.rules.concern import Concern
from handlers.ui.card import Press
from tests.handlers.keeping import full, names
from tests.handlers.posting import chat_with
from tests.handlers.school import ANSWERS, HELEN, LEE, PEOPLE, PRIYA, SCHOOL, TESS, TOM, Here

GONE = (LEE, TESS, TOM)
STAYED = tuple(one for one in PEOPLE if one[0] not in GONE)


async def told(here: Here, concern: Concern) -> dict[str, str]:
    """All that a lead who is here reads of a concern, and the cards that say whose something is."""
    found: dict[str, str] = {}
    async with here.units(SCHOOL.id) as uow:
        (referral,) = await uow.referrals.of(concern.id)
        actions = await uow.actions.of(concern.id)
        pages = [await window.open_concern(uow, concern.id, page=n, by=PRIYA, at=here.at) for n in range(1, 9)]
        found["concern"] = " ".join(str(page.parts) for page in pages)
        key = key_for(concern.id)
        read = chronology.open_chronology
        pages = [await read(uow, key, concern.id, page=n, by=PRIYA, at=here.at) for n in range(1, 9)]
        found["chronology"] = " ".join(str(page.parts) for page in pages)
        found["letter"] = str(await export_letter(uow, f"{concern.reference}/R1", by=PRIYA, at=here.at))
        found["huddle"] = str(await huddles.draw(uow, at=here.at))
        for kind, subject in {
            NoticeKind.TRIAGE: concern.id, NoticeKind.OVERDUE: actions[-1].id, NoticeKind.ORPHANED: actions[0].id,
        }.items():  # fmt: skip
            notice = Notice(kind=kind, place=chat_with(PRIYA), subject=subject, to=PRIYA.id)
            found[kind] = str(await draw(uow, notice, at=here.at))
    for press, subject in {
        Press.OPEN_ACTION: actions[-1].id, Press.ACTIONS: concern.id, Press.UNSHARE: concern.id,
        Press.OPEN_REFERRAL: referral.id,
    }.items():  # fmt: skip
        found[press] = str((await here.opens(PRIYA, press, subject)).parts)
    return found


def names_in(text: str) -> set[str]:
    return {person.name for person, _ in PEOPLE if person.name in text}


async def test_whatever_a_lead_reads_has_the_same_names_after_they_have_left(here, post, reads_again):
    concern = await full(here, post)
    await names(here, LEE, concern, HELEN)
    async with here.units(SCHOOL.id) as uow:
        (_, toms) = await uow.actions.of(concern.id)
    await here.press(TOM, Press.ACKNOWLEDGE, toms.id)
    before = await told(here, concern)
    await reads_again(people=STAYED)
    after = await told(here, concern)
    assert not {which: lost for which in before if (lost := names_in(before[which]) - names_in(after[which]))}
    gone = {person.name for person in GONE}
    assert not [which for which, text in after.items() if not names_in(text) & gone]
    assert not [which for which, text in after.items() if staff.UNKNOWN in text or "omebody no longer" in text]


async def test_who_is_picked_as_the_adult_keeps_the_name_after_leaving(here, reads_again):
    concern = await here.raises(answers={**ANSWERS, "about": "adult", "adult": str(TOM.id)})
    await reads_again(people=STAYED)
    head = HELEN
    assert "Tom Whitlow" in str((await here.opens(head, Press.OPEN, concern.id)).parts)


async def test_two_of_one_name_in_the_record_are_told_apart_by_post(here, post, reads_again):
    concern = await full(here, post)
    people = [(replace(person, name="Lee Abara") if person == TOM else person, held) for person, held in PEOPLE]
    await reads_again(people=people)
    found = await told(here, concern)
    assert "Lee Abara (Safeguarding lead)" in found["concern"]
    assert "Lee Abara (Staff)" in found["concern"]


HANDLERS = Path(handlers.__file__).parent
SOURCES = sorted(HANDLERS.rglob("*.py"))
LISTS = HANDLERS / "ui" / "may_stand.py"
"""It lists what a card may say and puts nothing on one: what is shown is written in the other files."""


def _within(path: Path) -> str:
    return str(path.relative_to(HANDLERS))


@pytest.mark.parametrize("path", SOURCES, ids=_within)
def test_nobody_looks_names_up_among_those_who_are_here_alone(path: Path):
    text = path.read_text("utf-8")
    assert not re.search(r"\.name for \w+ in (await )?\w*\.?people\.all\(\)", text), "take them from handlers.staff"


@pytest.mark.parametrize("path", [path for path in SOURCES if path != LISTS], ids=_within)
def test_nobody_is_called_somebody_no_longer_here(path: Path):
    text = path.read_text("utf-8")
    assert not re.search(r"omebody no longer here", text), "the record keeps names: handlers.staff"


def test_what_lists_the_sentences_looks_nobody_up():
    assert not re.search(r"people|PersonId|Situation|UnitOfWork|\.names", LISTS.read_text("utf-8"))
