"""What is made for one child says of the others no more than an alias: no name, no form, no words, no particulars."""

import re
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.account import voices
from handlers.account.for_one import ForOne, places
from handlers.account.goes import Goes, into
from handlers.conversation import Complaints, NextPage
from handlers.record import for_child
from handlers.referrals.letters.record import export_letter
from handlers.rules.people import Pupil, PupilId
from handlers.rules.veil import Veil
from handlers.ui.card import Press
from tests.handlers.referring import made, refers
from tests.handlers.school import ANSWERS, LEE, MIA, PEOPLE, SCHOOL, Here

NOAH = Pupil(id=PupilId(UUID(int=911)), name="Noah Bennett-Cole", form="9C", year="9")
ZOE = Pupil(id=PupilId(UUID(int=912)), name="Zoë O’Brien", form="7D", year="7")
ADA = Pupil(id=PupilId(UUID(int=913)), name="Ada Quill", form="5E", year="5")
_PROOF = re.compile(r"\b[0-9a-f]{20}\b")
"""Digits and the letters a to f by chance: they may hold "9c", and "ada" too."""
NAMES = ("noah", "bennett", "cole", "9c", "zoe", "zoë", "brien", "7d", "ada", "quill", "5e")
THREE = {
    **ANSWERS, "child_1": str(MIA.id), "role_1": "harmed", "child_2": str(NOAH.id), "role_2": "alleged",
    "child_3": str(ZOE.id), "role_3": "witness", "child_other": "Ada Quill in 5E, and Jonty",
    "facts": "Noah took Mia's bag. zoe obrien saw it, and Ada Quill laughed. Noah Bennett-Cole said stop.",
    "own_words": "noah takes my bag", "own_words_2": "I NEVER TOUCHED HER", "own_words_3": "I SAW IT ALL",
    "told_by_2": "words", "others": "Zoë’s mother rang.", "view": "I think Noah is left out.",
    "looked": "MIA-LOOKED", "wishes": "MIA-WISHES", "child_now": "MIA-NOW", "questions": "What did Noah do?",
}  # fmt: skip


@pytest.fixture
async def school(here: Here, reads_again) -> Here:
    await reads_again(people=PEOPLE, pupils=(MIA, NOAH, ZOE, ADA))
    return here


async def three(here: Here):
    concern = await here.raises(answers=THREE)
    await here.press(LEE, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def chronology(here: Here, pupil: Pupil) -> str:
    form = await here.opens(LEE, Press.CHRONOLOGY, pupil.id)
    read, page = [str(form.parts)], form
    while page.submit == "Go on":
        reply = await here.send(LEE, page, {"show": "all"})
        assert isinstance(reply, NextPage)
        page = reply.form
        read.append(str(page.parts))
    return " ".join(read)


def others_in(text: str, *, less: tuple[str, ...] = ()) -> list[str]:
    known = _PROOF.sub("", text.casefold())
    return [name for name in NAMES if name in known and name not in less]


async def test_a_childs_chronology_has_their_words_and_of_the_others_an_alias(school: Here):
    await three(school)
    read = await chronology(school, MIA)
    assert others_in(read) == []
    assert "[Child B] took Mia's bag. [Child C] saw it, and [another child] laughed. [Child B] said stop." in read
    assert "[Child B] takes my bag" in read
    assert "TOUCHED" not in read
    assert "I SAW" not in read
    assert "Other children are called Child B and Child C here" in read


async def test_the_chronology_of_the_one_who_is_said_to_have_caused_it_has_nothing_of_the_first(school: Here):
    await three(school)
    read = await chronology(school, NOAH)
    assert others_in(read, less=("noah", "bennett", "cole", "9c")) == []
    assert "I NEVER TOUCHED HER" in read
    assert "takes my bag" not in read
    assert "Mia" not in read
    assert "Patel" not in read


async def test_a_concerns_own_chronology_is_the_leads_and_says_whose_words_are_whose(school: Here):
    concern = await three(school)
    read = str((await school.opens(LEE, Press.CHRONOLOGY, concern.id)).parts)
    for pupil, said in ((MIA, "noah takes my bag"), (NOAH, "I NEVER TOUCHED HER"), (ZOE, "I SAW IT ALL")):
        assert f"{pupil.label()}: exact words" in read
        assert said in read


async def test_of_a_childs_words_that_were_added_it_is_said_whose_they_are(school: Here):
    """The same form sent again with other words of the second child: they are kept as an addition."""
    concern = await three(school)
    await school.raises(answers={**THREE, "own_words_2": "she hit me first"}, key=concern.id)
    lines = str((await school.opens(LEE, Press.OPEN, concern.id)).parts)
    lines += str((await school.opens(LEE, Press.CHRONOLOGY, concern.id)).parts)
    assert lines.count("she hit me first") == 2
    for said in lines.split("she hit me first")[:2]:
        assert f"{NOAH.label()}: exact words" in said[-120:]
    assert "The second child's exact words" not in lines
    await refers(school, concern, referred_children=(str(NOAH.id),))
    assert f"{NOAH.label()}: exact words: she hit me first" in await letter(school, f"{concern.reference}/R1")
    assert "hit me first" not in await chronology(school, MIA)


async def letter(here: Here, reference: str) -> str:
    async with here.units(SCHOOL.id) as uow:
        return str(await export_letter(uow, reference, by=LEE, at=here.at))


async def test_of_several_it_is_asked_whom_a_referral_is_about_and_the_letter_is_made_for_them(school: Here):
    concern = await three(school)
    refused = await refers(school, concern)
    assert isinstance(refused, Complaints)
    assert set(refused.by_field) == {"referred_children"}
    for chosen in ((str(MIA.id),), (str(NOAH.id),), (str(MIA.id), str(ZOE.id))):
        assert not isinstance(await refers(school, concern, referred_children=chosen), Complaints)
    assert len(await made(school, concern)) == 3
    mia, noah, both = [await letter(school, f"{concern.reference}/R{number}") for number in (1, 2, 3)]
    assert others_in(mia) == []
    assert "'Child B', 'Alleged to have caused harm'" in mia
    assert "MIA-WISHES" in mia
    assert others_in(noah, less=("noah", "bennett", "cole", "9c")) == []
    for gone in ("Mia", "Patel", "MIA-LOOKED", "MIA-WISHES", "MIA-NOW", "takes my bag", "What did"):
        assert gone not in noah, gone
    assert "I NEVER TOUCHED HER" in noah
    assert others_in(both, less=("zoe", "zoë", "brien", "7d")) == []
    assert "I SAW IT ALL" in both
    assert "TOUCHED" not in both


async def test_with_one_child_nobody_is_asked_and_the_letter_is_theirs(school: Here):
    concern = await school.raises()
    await school.press(LEE, Press.ACCEPT, concern.id)
    assert "Which child is it about?" not in str((await school.opens(LEE, Press.REFER, concern.id)).parts)
    await refers(school, concern)
    assert MIA.label() in await letter(school, f"{concern.reference}/R1")


async def test_a_child_who_is_on_no_roll_is_named_as_they_were_written_down(school: Here):
    told = {**ANSWERS, "child_1": "", "child_other": "Jonty Frome, goes to the church school"}
    concern = await school.raises(answers=told)
    await school.press(LEE, Press.ACCEPT, concern.id)
    await refers(school, concern)
    read = await letter(school, f"{concern.reference}/R1")
    assert "Jonty Frome, goes to the church school" in read
    assert "they wait for me" in read


def test_whose_a_place_is_follows_the_concern_as_it_is_linked_now():
    first, second = PupilId(uuid4()), PupilId(uuid4())
    picked = {"child_1": str(first), "child_2": str(second)}
    assert places(picked, [first, second]) == {"child_1": first, "child_2": second, "child_3": None}
    assert places(picked, [second]) == {"child_1": None, "child_2": second, "child_3": None}
    moved = PupilId(uuid4())
    assert places(picked, [moved, second])["child_1"] == moved
    assert places({"child_other": "Jo"}, [moved])["child_1"] == moved
    assert places({}, [])["child_1"] is None


WORDS = {name: f"WORDS-OF-{end}" for end, name in enumerate(voices.WORDS)}
_FIRST = {name: f"FIRST-{name}" for name in into(Goes.OF_THE_FIRST)}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations([MIA, NOAH, ZOE]), st.integers(1, 3), st.integers(0, 2))
def test_no_childs_words_or_particulars_stand_in_what_is_made_for_another(order: list[Pupil], many: int, at: int):
    there = order[:many]
    mine = there[at % many]
    picked = {f"child_{n}": str(pupil.id) for n, pupil in enumerate(there, 1)}
    answers = picked | dict(list(WORDS.items())[:many]) | _FIRST
    others = {pupil.id: f"Child {n}" for n, pupil in enumerate(there) if pupil is not mine}
    veil = Veil([mine], {alias: [pupil] for pupil in there for id, alias in others.items() if pupil.id == id})
    view = ForOne(mine=frozenset({mine.id}), aliases=others, veil=veil)
    read = view.account(answers, {pupil.id for pupil in there})
    place = there.index(mine)
    assert [read.get(name) for name in WORDS] == [WORDS[name] if n == place else None for n, name in enumerate(WORDS)]
    assert bool(set(read) & set(_FIRST)) == (place == 0)


@pytest.mark.parametrize(
    ("number", "said"), [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA")]
)
def test_there_are_letters_for_as_many_as_there_are(number: int, said: str):
    assert for_child.letter(number) == said


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ada Quill in 5E, and Jonty", ["Ada Quill", "Jonty"]), ("ada quill", ["ada", "quill"]), ("", []),
        ("a boy in year 4", []), ("Jo, Al", ["Jo", "Al"]),
    ],
)  # fmt: skip
def test_names_are_found_in_what_was_written_of_a_child(typed: str, names: list[str]):
    assert list(for_child.typed_names(typed)) == names


