"""Whatever becomes of a concern with several children, what is made for one has no word that is another's alone."""

import re
from collections.abc import Collection
from random import Random

import pytest

from handlers.actions import giving
from handlers.actions.giving import Asked
from handlers.closing import merging
from handlers.closing import moves as closing
from handlers.closing.moves import Coming
from handlers.conversation import Complaints, NextPage, Tell
from handlers.record import of_several
from handlers.referrals.letters.record import export_letter
from handlers.rules import children_in, spoken
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import CannotMove, Concern
from handlers.rules.people import Pupil, PupilId
from handlers.ui.card import Press
from tests.handlers.record.several import CHILDREN, Story, parts_of
from tests.handlers.referring import owned, refers
from tests.handlers.school import ANSWERS, LEE, PEOPLE, PRIYA, ROLL, SCHOOL, TOM, TUESDAY, Here, words


@pytest.fixture
async def school(here: Here, reads_again) -> Here:
    await reads_again(people=PEOPLE, pupils=(*ROLL.pupils, *CHILDREN))
    return here


async def chronology(here: Here, pupil: Pupil) -> str:
    form = await here.opens(LEE, Press.CHRONOLOGY, pupil.id)
    read = [str(form.parts)]
    while form.submit == "Go on":
        reply = await here.send(LEE, form, {"show": "all"})
        assert isinstance(reply, NextPage)
        form = reply.form
        read.append(str(form.parts))
    return " ".join(read)


def others_in(text: str, mine: Collection[Pupil], there: Collection[Pupil]) -> set[str]:
    """What stands in it of the names and the forms of the others of them, and of the names of anybody else."""
    words = set(re.findall(r"[^\W_]+", text.casefold())) | set(spoken.folded(text))
    theirs = frozenset(word for pupil in mine for word in parts_of(pupil))
    strangers = {word for pupil in CHILDREN if pupil not in there for word in parts_of(pupil) - {pupil.form.casefold()}}
    return ({word for pupil in there for word in parts_of(pupil)} | strangers) & (words - theirs)


@pytest.mark.parametrize("seed", range(24))
async def test_a_document_for_one_has_nothing_that_is_anothers_alone(school: Here, seed: int):
    chance = Random(seed)  # noqa: S311
    children = chance.sample(CHILDREN, chance.randint(2, 4))
    first = chance.randint(1, min(3, len(children)))
    story = Story(school, chance, children[:first], children[first:])
    await story.begins()
    for _ in range(10):
        await story.goes_on()
    read = 0
    for pupil in story.there:
        shown = await chronology(school, pupil)
        assert others_in(shown, [pupil], story.there) == set()
        assert [mark for mark in story.not_for(frozenset({pupil.id})) if mark in shown] == []
        read += sum(mark in shown for mark, whose in story.marks.items() if pupil.id in whose)
    for referral, whom in story.made:
        async with school.units(SCHOOL.id) as uow:
            letter = str(
                await export_letter(uow, f"{story.concern.reference}/R{referral.number}", by=LEE, at=school.at)
            )
        mine = [pupil for pupil in CHILDREN if pupil.id in whom]
        assert others_in(letter, mine, story.there) == set()
        assert [mark for mark in story.not_for(whom) if mark in letter] == []
    assert read, "what is theirs stands in it"


NOAH, ZOE, KATE = CHILDREN[:3]
TWO = {**ANSWERS, "child_1": str(NOAH.id), "child_2": str(ZOE.id), "role_2": "alleged", "own_words_2": "ZOE-SAID"}
ONE = {**ANSWERS, "child_1": str(NOAH.id)}


async def moved(here: Here, concern: Concern, *, wrong: tuple[PupilId, ...] = (), right: PupilId | None = None):
    async with here.units(SCHOOL.id) as uow:
        coming = Coming(child=right, part="" if wrong else "witness") if right else None
        await closing.misfile(uow, concern.id, "They said so.", wrong=wrong, right=coming, by=LEE, at=here.at)


async def letter(here: Here, concern: Concern, number: int = 1) -> str:
    async with here.units(SCHOOL.id) as uow:
        return str(await export_letter(uow, f"{concern.reference}/R{number}", by=LEE, at=here.at))


async def test_a_child_who_is_linked_later_stands_in_no_letter_that_was_made_before(school: Here):
    concern = await owned(school, ONE)
    await refers(school, concern)
    await moved(school, concern, right=ZOE.id)
    read = await letter(school, concern)
    assert NOAH.label() in read
    assert others_in(read, [NOAH], [NOAH, ZOE]) == set()
    assert "CANARY" not in await chronology(school, ZOE)


async def test_no_letter_is_made_of_a_child_whom_the_concern_is_not_linked_to_any_more(school: Here):
    concern = await owned(school, TWO)
    await refers(school, concern, referred_children=(str(ZOE.id),))
    await moved(school, concern, wrong=(ZOE.id,))
    with pytest.raises(CannotMove, match="R1 was about a child whom this concern is not linked to any more"):
        await letter(school, concern)


async def test_the_words_of_a_child_who_is_taken_out_do_not_become_those_of_whoever_is_left(school: Here):
    concern = await owned(school, TWO)
    await moved(school, concern, wrong=(NOAH.id,))
    read = await chronology(school, ZOE)
    assert "ZOE-SAID" in read
    assert "they wait for me" not in read


async def test_whoever_takes_a_wrong_childs_place_has_the_account_and_what_was_done(school: Here):
    concern = await owned(school, ONE)
    await school.decides(LEE, concern, rationale="Seen at the gate.")
    await moved(school, concern, wrong=(NOAH.id,), right=ZOE.id)
    read = await chronology(school, ZOE)
    assert "they wait for me" in read
    assert "Seen at the gate." in read


async def test_of_several_it_may_be_said_in_the_form_whom_an_action_is_about(school: Here):
    concern = await owned(school, TWO)
    form = await school.opens(LEE, Press.ASSIGN, concern.id)
    sent = {"kind": "other", "what": "ZOES-ACTION", "owner": str(TOM.id), of_several.NAME: (str(ZOE.id),)}
    assert isinstance(await school.send(LEE, form, sent), Tell)
    assert "ZOES-ACTION" in await chronology(school, ZOE)
    assert "ZOES-ACTION" not in await chronology(school, NOAH)


async def test_an_action_that_is_carried_over_is_about_the_children_it_came_from(school: Here):
    one, other = await owned(school, ONE), await owned(school, {**ONE, "child_1": str(ZOE.id)})
    async with school.units(SCHOOL.id) as uow:
        asked = Asked(what="ZOES-ACTION", owner=TOM.id)
        await giving.assign_action(uow, other.id, asked, by=LEE, at=school.at)
        await merging.propose(uow, other.id, one.reference, "The same.", by=LEE, at=school.at)
        await merging.answer(uow, other.id, "Zoë and Noah: yes.", agreed=True, by=PRIYA, at=school.at)
    read = await chronology(school, NOAH)
    assert "[Child B] and Noah: yes." in read
    assert "ZOES-ACTION" not in read
    assert "ZOES-ACTION" in await chronology(school, ZOE)


async def test_of_several_what_a_child_says_at_the_end_is_nobodys_until_it_is_said_whose(school: Here):
    for answers, shown in ((TWO, False), (ONE, True)):
        concern = await owned(school, answers)
        await school.decides(LEE, concern)
        form = await school.opens(LEE, Press.CLOSE, concern.id)
        await school.send(LEE, form, {"outcome": "Settled.", "voice": f"HAPPIER-NOW-{shown}"})
        read = await chronology(school, NOAH)
        assert (f"HAPPIER-NOW-{shown}" in read) is shown
    assert "the record does not say which of them" in read


LINKS = {"right": str(ZOE.id), "part": "witness", "reason": "She saw it all."}


async def test_whoever_is_linked_later_has_a_part_and_once_it_is_decided_categories(school: Here):
    concern = await owned(school, ONE)
    form = await school.opens(LEE, Press.MISFILE, concern.id)
    assert "Categories" not in str(form.parts)
    refused = await school.send(LEE, form, {name: value for name, value in LINKS.items() if name != "part"})
    assert isinstance(refused, Complaints)
    assert refused.by_field == {"part": "Say what part this child has in it."}
    await school.decides(LEE, concern)
    form = await school.opens(LEE, Press.MISFILE, concern.id)
    assert "Another child is linked" in words(await school.send(LEE, form, {**LINKS, "kinds_1": ("neglect",)}))
    for read in (
        str((await school.opens(LEE, Press.CHRONOLOGY, concern.id)).parts), await chronology(school, ZOE),
        str((await school.opens(LEE, Press.OPEN, concern.id)).parts),
    ):  # fmt: skip
        for said in ("Linked to a child", ZOE.label(), "Witness", "Neglect", "She saw it all."):
            assert said in read, said
    assert "She saw it all." not in await chronology(school, NOAH)


async def test_the_part_of_whoever_is_linked_later_stands_where_parts_are_told(school: Here):
    concern = await owned(school, ONE)
    form = await school.opens(LEE, Press.MISFILE, concern.id)
    await school.send(LEE, form, LINKS)
    assert "Witness" in str((await school.opens(LEE, Press.DECIDE, concern.id)).parts)
    await refers(school, concern, referred_children=(str(NOAH.id),))
    assert "'Child B', 'Witness'" in await letter(school, concern)
    decided = await school.decides(LEE, concern, kinds_2=("bullying",))
    assert isinstance(decided, Tell)
    assert "Categories" in str((await school.opens(LEE, Press.CHRONOLOGY, concern.id)).parts)


def test_whoever_takes_a_wrong_childs_place_has_that_ones_part_where_nothing_else_is_said():
    def moves(words: dict[str, str]) -> Entry:
        facts = {"from": str(NOAH.id), "to_child": str(ZOE.id)}
        return Entry(deed=Deed.MISFILED, at=TUESDAY, by=None, thing=None, facts=facts, words=words)

    told = {"child_1": str(NOAH.id), "role_1": "harmed"}
    assert children_in.roles(told, [moves({})])[ZOE.id] == "harmed"
    assert children_in.roles(told, [moves({"part": "alleged"})])[ZOE.id] == "alleged"
