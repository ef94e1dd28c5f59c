"""Whom a typed name may mean: every way of typing one name, and what is no name at all."""

import sys
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from handlers.rules import meant, slips, spoken
from handlers.rules.meant import Asks, Sure
from handlers.rules.naming_words import TITLES
from handlers.rules.people import Person, PersonId, Role


def person(number: int, name: str, role: Role = Role.STAFF) -> Person:
    return Person(id=PersonId(UUID(int=number)), name=name, roles=frozenset({role}))


STAFF = (
    person(1, "Lee Abara", Role.LEAD),
    person(2, "Helen Marsh", Role.HEAD),
    person(3, "Anne-Marie O’Brien Smith", Role.CHAIR),
    person(4, "Jan van der Berg", Role.DEPUTY),
    person(5, "Dr Tom Hall"),
    person(6, "Li Wu", Role.HR),
    person(7, "Seán O'Neill", Role.NOMINATED),
    person(8, "Hall, Grace", Role.SAFEGUARDING_GOVERNOR),
)
NAMED = {one.id: one.name for one in STAFF}


def found(text: str, asks: Asks, pupils: tuple[str, ...] = ()) -> set[str]:
    return {NAMED[id] for id in meant.read(text, STAFF, asks, pupils=pupils)}


@pytest.mark.parametrize(
    "typed",
    [
        "Lee Abara", "Mr Abara", "mr. l. abara", "ABARA, LEE", "lee  abara", "Lee Abarra", "Lee Abaar", "leeabara",
        "LeeAbara", "Abara L", "L e e  A b a r a", "Lее Аbаra", "Lee\u200b Ab\u202eara", "Le eAbara",
        "ＬＥＥ ＡＢＡＲＡ",
        "Lee Abara's", "abaras", "Lee-Abara", "lee.abara@school", "Lée Àbárà", "Sir Lee", "Lee", "abara", "Mr Ab4ra",
        "Lee Jones Abara",
        "I think it was mr abara, the one with the beard, but I did not see him well",
    ],
)  # fmt: skip
def test_one_name_in_many_spellings_is_found_where_an_adult_is_asked_for(typed):
    assert "Lee Abara" in found(typed, Asks.ADULT)


@pytest.mark.parametrize(
    "typed",
    [
        "Anne-Marie O’Brien Smith", "anne marie obrien-smith", "AnneMarie Smith", "Mrs O'Brien", "Smith, Anne Marie",
        "Ms O Brien-Smith", "Annemarie O`Brien", "obrien smith", "A. O'Brien Smith", "Anne Marie Smyth",
    ],
)  # fmt: skip
def test_a_name_of_many_parts_is_found_by_any_of_them(typed):
    assert "Anne-Marie O’Brien Smith" in found(typed, Asks.ADULT)
    assert "Anne-Marie O’Brien Smith" in found(f"At 9:10 {typed} came in and shut the door.", Asks.WORDS)


@pytest.mark.parametrize("typed", ["van der Berg", "Vanderberg", "J v Berg", "Jan Berg", "berg jan", "Mr Van Der Burg"])
def test_a_particle_is_no_part_that_must_be_there(typed):
    assert found(typed, Asks.ADULT) == {"Jan van der Berg"}


@pytest.mark.parametrize(
    ("typed", "whom"),
    [
        ("the head", {"Helen Marsh"}), ("Head-teacher", {"Helen Marsh"}), ("HEADTEACHER", {"Helen Marsh"}),
        ("D.S.L.", {"Lee Abara"}), ("the DSL", {"Lee Abara"}), ("Designated Safeguarding Lead", {"Lee Abara"}),
        ("deputy head", {"Lee Abara", "Jan van der Berg"}), ("chair of governors", {"Anne-Marie O’Brien Smith"}),
        ("head of year 8", set()), ("the head boy", set()), ("human resources", {"Li Wu"}),
    ],
)  # fmt: skip
def test_a_post_alone_means_whoever_holds_it(typed, whom):
    assert found(typed, Asks.ADULT) == found(typed, Asks.PERSON) == whom
    assert found(typed, Asks.NAME) == found(typed, Asks.WORDS) == set()


@pytest.mark.parametrize(
    "typed",
    [
        "", "not known", "A woman", "sir", "Miss", "An unknown man from the agency",
        "supply teacher, did not give a name",
        "a tall man with brown hair and a beard, drives the coach on Tuesdays",
    ],
)  # fmt: skip
def test_what_is_no_name_is_not_read_as_one(typed):
    assert found(typed, Asks.ADULT) == set()


@pytest.mark.parametrize(
    "text",
    [
        "We were in the hall and she may go. He hit his head on a chair in the marsh.",
        "Lee ran off and Helen cried. Grace and Tom were at the gate.",
        "He will hall be there with the young head boy.",
    ],
)  # fmt: skip
def test_an_account_is_read_quietly(text):
    assert found(text, Asks.WORDS) == set()


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Mr Abara's hand was on her arm", {"Lee Abara"}), ("she said abara did it", {"Lee Abara"}),
        ("MARSH SHOUTED AT HER", {"Helen Marsh"}), ("helen march shouted", {"Helen Marsh"}),
        ("It was H Marsh.", {"Helen Marsh"}), ("miss helen said so", {"Helen Marsh"}),
        ("Marsh,Helen", {"Helen Marsh"}), ("oneill laughed", {"Seán O'Neill"}), ("o neill laughed", {"Seán O'Neill"}),
        ("dr hall laughed", {"Dr Tom Hall", "Hall, Grace"}), ("tom hall laughed", {"Dr Tom Hall"}),
        ("Grace Hall laughed", {"Hall, Grace"}), ("Mr Wu", {"Li Wu"}), ("Lee met Marsh", {"Helen Marsh"}),
    ],
)  # fmt: skip
def test_in_an_account_a_surname_or_a_whole_name_is_read(text, whom):
    assert found(f"At break {text} and went out again.", Asks.WORDS) == whom


ELSEWHERE = (
    person(1, "Elizabeth Okafor", Role.HEAD),
    person(2, "王小明", Role.LEAD),
    person(3, "山田 太郎"),
    person(4, "محمد الحسن"),
    person(5, "김민수"),
    person(6, "สมชาย ใจดี"),
    person(7, "Robert Hughes"),
    person(8, "Wang Xiaoming"),
    person(9, "Łukasz Wójcik"),
    person(10, "Dorothy Quill"),
)


def _numbers(text: str, asks: Asks) -> set[int]:
    return {id.int for id in meant.read(text, ELSEWHERE, asks)}


@pytest.mark.parametrize("asks", [Asks.WORDS, Asks.ADULT])
@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("我看见王小明在那里", 2), ("I saw王小明there", 2), ("小明老师说了", 2), ("山田先生が言った", 3),
        ("昨日、山田太郎が来た", 3), ("قال والحسن", 4), ("محمّد الحسن", 4), ("김민수가 말했다", 5), ("เมื่อวานสมชายพูด", 6),
        ("Lizzie Okafor shouted", 1), ("Liz O. shouted", 1), ("Betty O shouted", 1), ("Bob Hughes was there", 7),
        ("Rob H was there", 7), ("Wang Xiao-ming came", 8), ("Xiaoming W. came", 8), ("LUKASZ WOJCIK", 9),
        ("Wójcik’s room", 9), ("OKAFOR, Elizabeth", 1),
    ],
)  # fmt: skip
def test_a_name_is_found_as_its_own_script_and_its_own_people_write_it(text: str, whom: int, asks: Asks):
    assert whom in _numbers(text, asks)


@pytest.mark.parametrize("typed", ["Liz", "lizzie", "Bob", "Beth", "Robbie"])
def test_what_somebody_is_called_for_short_is_their_name_where_an_adult_is_asked_for(typed: str):
    assert _numbers(typed, Asks.ADULT)


@pytest.mark.parametrize(
    "text",
    [
        "Liz was late and Bob laughed.", "There was a dot on her sleeve.", "今天明天我们都在学校", "田中さんと太田さん",
        "I think I saw Elizabeth I on a stamp.", "Beth, a girl in 9C, pushed him.", "그가 학교에 갔다",
    ],
)  # fmt: skip
def test_an_account_is_read_quietly_in_those_scripts_and_with_short_names(text: str):
    assert _numbers(text, Asks.WORDS) == set()


def test_what_is_a_word_too_is_nobody_called_for_short():
    assert _numbers("There was a dot on her sleeve when she came back from the hall.", Asks.ADULT) == set()


def test_whoever_has_the_whole_name_is_meant_and_not_everybody_who_shares_a_part_of_it():
    assert found("Tom Hall", Asks.ADULT) == {"Dr Tom Hall"}
    assert found("Hall", Asks.ADULT) == {"Dr Tom Hall", "Hall, Grace"}
    assert meant.read("Tom Hall", STAFF, Asks.ADULT) == {STAFF[4].id: Sure.NAME}
    assert meant.read("Tom Hal", STAFF, Asks.ADULT)[STAFF[4].id] is Sure.NEARLY


def test_two_of_one_name_are_both_meant():
    twins = (person(1, "Lee Abara", Role.HEAD), person(2, "Lee Abara"))
    for asks in Asks:
        assert set(meant.read("Lee Abara", twins, asks)) == {one.id for one in twins}


def test_a_pupil_who_was_picked_keeps_their_name_in_an_account_and_not_where_an_adult_is_asked_for():
    assert found("Lee Abara ran. Abara fell. L. Abara cried.", Asks.WORDS, ("Lee Abara",)) == set()
    assert found("Lee Abara", Asks.NAME, ("Lee Abara",)) == set()
    assert found("Mr Abara held him.", Asks.WORDS, ("Lee Abara",)) == {"Lee Abara"}
    assert found("Lee Abara", Asks.ADULT, ("Lee Abara",)) == {"Lee Abara"}
    assert found("Mia Marsh cried.", Asks.WORDS, ("Mia Marsh",)) == set()
    assert found("Mia Marsh cried. Mrs Marsh shouted.", Asks.WORDS, ("Mia Marsh",)) == {"Helen Marsh"}


COLLEAGUES = (
    person(1, "Karen O'Brien", Role.HEAD), person(2, "Ola Nowakowa", Role.LEAD), person(3, "Ivan Petrov"),
    person(4, "Meera Patel", Role.DEPUTY), person(5, "Jana Patelová"), person(6, "Anna Smith-Jones"),
    person(7, "Peter Okafor"), person(8, "Marek Kowalski"), person(9, "Zuzana Nováková"), person(10, "Rajesh Patel"),
    person(11, "Tomáš Hájek"),
)  # fmt: skip


def _of(text: str, asks: Asks) -> set[int]:
    return {id.int for id in meant.read(text, COLLEAGUES, asks)}


@pytest.mark.parametrize(
    ("typed", "whom"),
    [
        ("Mr O", {1, 7}), ("Mrs O'B", {1}), ("Mrs OB", {1}), ("Mr. O.", {1, 7}), ("Mrs O B", {1}), ("Ms SJ", {6}),
        ("Mrs S-J", {6}), ("miss P", {3, 4, 5, 10}), ("Ms K O'B", {1}), ("Nowak", {2}), ("Pani Nowak", {2}),
        ("Mrs Petrova", {3}), ("Kowalska", {8}), ("Novak", {9}), ("Novák", {9}), ("Hájková", {11}), ("Patelova", {5}),
        ("Patel", {4, 10}), ("Patel, Meera", {4}), ("M. Patel", {4}), ("R Patel", {10}), ("Smith", {6}), ("Jones", {6}),
        ("Okafor", {7}), ("Mr P Okafor", {7}),
    ],
)  # fmt: skip
def test_who_is_meant_is_asked_about_and_nobody_else_however_short_it_is_typed(typed: str, whom: set[int]):
    assert _of(typed, Asks.ADULT) == whom
    assert _of(f"At break {typed} shouted at him and went out.", Asks.WORDS) == whom


@pytest.mark.parametrize(
    ("typed", "whom"), [("MP", {4}), ("M.P.", {4}), ("KOB", {1}), ("K.O'B.", {1}), ("Pete", {7}), ("RP", {10})]
)
def test_initials_are_somebody_where_an_adult_is_asked_for_and_not_in_an_account(typed: str, whom: set[int]):
    assert _of(typed, Asks.ADULT) == whom
    assert _of(f"At break {typed} came in.", Asks.WORDS) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The MP visited the school.", "He is OK. It was in PE, the TA was there.", "She put it in the PO box.",
        "Martina and Ivana were late.", "We sang about a casanova.", "He had a B in maths and an A in art.",
        "Year 4 M came in, then 5 P.", "Dr came to see him.", "Sir said so.", "Mrs said no.",
    ],
)
def test_letters_that_are_no_name_are_read_for_nobody(text: str):
    assert _of(text, Asks.WORDS) == set()


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=1)
PARTS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=10).filter(lambda part: part not in TITLES)
NAMES = st.tuples(PARTS, PARTS)


def slipped(draw, word: str) -> str:
    """One slip of the finger."""
    at = draw(st.integers(0, len(word) - 1))
    kind = draw(st.sampled_from(["left out", "another", "one more", "changed places"]))
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "another":
        return word[:at] + draw(LETTERS) + word[at + 1 :]
    if kind == "one more":
        return word[:at] + draw(LETTERS) + word[at:]
    return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


@st.composite
def typed(draw) -> tuple[str, str]:
    """A name, and that name as somebody types it: one variation of letters, and any of how it is written."""
    first, last = draw(NAMES)
    name = f"{first.title()} {last.title()}"
    if draw(st.booleans()):
        first, last = draw(st.sampled_from([(slipped(draw, first), last), (first, slipped(draw, last))]))
    one, other = draw(st.sampled_from([(first, last), (last, first)]))
    between = draw(st.sampled_from([" ", "  ", ", ", "-", "\n", "\u00a0", ". ", "_", "/"]))
    title = draw(st.sampled_from(["", "Mr ", "mrs. ", "Dr. ", "SIR ", "miss "]))
    cased = draw(st.sampled_from([str, str.upper, str.title, str.capitalize]))
    return name, title + cased(f"{one}{between}{other}")


@settings(deadline=None)
@given(typed())
@example(("Bo Li", "li, bo"))
def test_no_single_slip_order_title_case_or_mark_hides_a_name(pair):
    name, text = pair
    assume(len(text.replace(" ", "")) > 2)
    one = person(1, name)
    assert one.id in meant.read(text, (one, *STAFF), Asks.ADULT)


@settings(deadline=None)
@given(NAMES, st.data())
def test_a_name_typed_as_one_word_or_broken_in_the_wrong_place_is_found(name, data):
    whole = "".join(name)
    at = data.draw(st.integers(0, len(whole)))
    one = person(1, " ".join(name).title())
    assert one.id in meant.read(f"{whole[:at]} {whole[at:]}", (one, *STAFF), Asks.ADULT)


@settings(deadline=None)
@given(NAMES, st.sampled_from(["{0} {1}", "{1} {0}", "{1}, {0}", "Mr {1}", "{2}. {1}", "{1} {2}", "MRS {0} {1}"]))
def test_a_whole_name_is_found_in_the_middle_of_an_account(name, written):
    first, last = (part.title() for part in name)
    one = person(1, f"{first} {last}")
    text = f"On Monday {written.format(first, last, first[0])} shut the door."
    assert one.id in meant.read(text, (one,), Asks.WORDS)


@settings(deadline=None)
@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_slips_are_the_same_both_ways_and_none_means_the_same_word(one, other):
    assert slips.slips(one, other) == slips.slips(other, one)
    assert (slips.slips(one, other) == 0) == (one == other)


@settings(deadline=None)
@given(st.text())
def test_folding_twice_is_folding_once(text):
    once = " ".join(spoken.folded(text))
    assert " ".join(spoken.folded(once)) == once


@settings(deadline=None)
@given(st.text(max_size=200))
def test_nothing_that_is_typed_breaks_it(text):
    here = {one.id for one in STAFF}
    for asks in Asks:
        assert meant.read(text, STAFF, asks, pupils=(text[:20], "Mia Patel")).keys() <= here


def _calls(what: Callable[[], object]) -> int:
    """How many functions are called: the work that is done, the same on every machine."""
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    sys.setprofile(count)
    try:
        what()
    finally:
        sys.setprofile(None)
    return counted


def test_twice_the_text_beside_two_hundred_names_is_twice_the_work():
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"{letters[n % 26]}onrad{letters[n % 7]} {letters[n % 25]}{letters[n % 23]}rtansen" for n in range(200)]
    staff = tuple(person(number, name) for number, name in enumerate(names))
    text = "On Monday she came in with Ana Kowal and sat down by the door, then wrote a note to Mrs Delacroix. " * 200
    meant.read("", staff, Asks.WORDS)
    half, whole = (_calls(partial(meant.read, text[:length], staff, Asks.WORDS)) for length in (10_000, 20_000))
    assert whole < 2.2 * half

