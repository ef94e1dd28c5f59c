"""Other children's names are taken out of what somebody typed, however they are typed; everything else stays."""

from collections.abc import Callable
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import short_forms, spoken
from handlers.rules.people import PersonId, Pupil, PupilId
from handlers.rules.veil import Veil


def pupil(name: str, form: str = "4K", number: int = 0) -> Pupil:
    return Pupil(id=PupilId(UUID(int=900 + number + sum(map(ord, name)))), name=name, form=form, year="4")


MIA = pupil("Mia Patel", "8B")
NOAH, ZOE, ARJUN = pupil("Noah Bennett-Cole", "9C"), pupil("Zoë O’Brien", "9D"), pupil("Arjun Patel")
STAFF = [(PersonId(UUID(int=1)), "Grace Hall"), (PersonId(UUID(int=2)), "Lee Cole")]
VEIL = Veil(
    [MIA],
    {"Child B": [NOAH], "Child C": [ZOE], "Child D": [ARJUN]},
    strangers=[pupil("Grace Adams", "7A"), pupil("Tomasz Stone", "7B")],
    typed=["Jo Marsh"],
    staff=STAFF,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Noah hit Mia. It was Noah's bag.", "[Child B] hit Mia. It was [Child B]'s bag."),
        ("noah bennett cole and zoe obrien", "[Child B] and [Child C]"),
        ("Bennett-Cole, Noah pushed Mia Patel", "[Child B] pushed Mia Patel"),
        ("NOAH BENNETT-COLE; noah-bennett", "[Child B]; [Child B]"),
        ("Noah B and N. Bennett", "[Child B] and [Child B]"),
        ("Noha saw Zoes coat", "[Child B] saw [Child C] coat"),
        ("Zoe O'Brien, Zoë O’Brien, zoe o brien", "[Child C], [Child C], [Child C]"),
        ("her brother Arjun Patel, and arjun", "her brother [Child D], and [Child D]"),
        ("the Patel family", "the Patel family"),
        ("Mr Cole and Grace Hall were there", "Mr Cole and Grace Hall were there"),
        ("Grace Adams was there", "[another child] was there"),
        ("Tomasz saw it", "[a name] saw it"),
        ("Adams pushed her, and Adams's coat; ADAMS", "[a name] pushed her, and [a name]'s coat; [a name]"),
        ("Jo Marsh, then Jo", "[another child], then [another child]"),
        ("in 9c with 9D, not 8B", "in [form of Child B] with [form of Child C], not 8B"),
        ("", ""), ("  \n two  spaces ", "  \n two  spaces "),
    ],
)  # fmt: skip
def test_names_are_read_as_they_are_typed(typed: str, read: str):
    assert VEIL.over(typed) == read


def test_of_two_with_one_given_name_it_is_said_that_it_may_be_either():
    veil = Veil([MIA], {"Child B": [pupil("Ali Khan")], "Child C": [pupil("Ali Hussain")]})
    assert veil.over("Ali ran, Ali Khan did not") == "[Child B or Child C] ran, [Child B] did not"


def test_a_namesake_of_the_child_whom_it_is_for_is_told_apart_by_the_whole_name_alone():
    veil = Veil([MIA], {"Child B": [pupil("Mia Olsen")]})
    assert veil.over("Mia Patel told Mia Olsen. Mia cried.") == "Mia Patel told [Child B]. Mia cried."


def test_a_name_that_is_a_word_is_hidden_where_it_is_typed_as_a_name():
    veil = Veil([MIA], {"Child B": [pupil("Will Grace")]})
    assert veil.over("Will Grace will not say. I saw Will.") == "[Child B] will not say. I saw [Child B]."


GIVEN = ("Noah", "Zoë", "Łukasz", "Aoife", "Mary-Jane", "D’Shaun", "Nguyễn", "Priya", "Oluwaseun", "Ana")
FAMILY = ("Bennett-Cole", "O’Brien", "van der Berg", "Żuk", "Iyer", "Adeyemi", "Mac Gabhann", "Ng", "Kowalczyk")
WAYS = (
    "{g} {f}", "{f}, {g}", "{g}", "{f}", "{g}'s", "{g} {i}", "{g} {i}.", "({g} {f})", "“{g}”", "{g}/{f}", "{g}-{f}",
    "{g}\n{f}",
)  # fmt: skip
SAID = ("hit her in the corridor", "was there at 10.15", "said stop", "has gone home")


@given(
    st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.sampled_from(WAYS), st.sampled_from(SAID),
    st.sampled_from([str, str.upper, str.lower]),
)  # fmt: skip
def test_no_way_of_typing_a_linked_childs_name_is_left(
    given_name: str, family: str, way: str, said: str, case: Callable[[str], str]
):
    other = pupil(f"{given_name} {family}")
    veil = Veil([MIA], {"Child B": [other]})
    typed = case(way.format(g=given_name, f=family, i=family[0].upper()))
    read = veil.over(f"{typed} {said}. Mia saw it.")
    left = set(spoken.folded(read.replace("[Child B]", "")))
    parts = {part for part in spoken.folded(other.name) if len(part) > 2} - {"van", "der"}
    assert not parts & left, read
    assert said in read
    assert read.endswith("Mia saw it.")


@given(st.text(max_size=200))
def test_whatever_is_typed_what_stands_outside_the_brackets_stood_there_before(text: str):
    read = VEIL.over(text)
    rest = text
    for piece in read.replace("[", "\x00[").split("\x00"):
        kept = piece.partition("]")[2] if piece.startswith("[") and "]" in piece else piece
        if "[" not in text and "]" not in text:
            assert kept in rest
            rest = rest[rest.index(kept) + len(kept) :] if kept else rest


KATHERINE, THOMAS, WILLIAM = pupil("Katherine Quill", "5E"), pupil("Thomas Adeyemi", "6F"), pupil("William Ash", "2B")
CALLED = pupil("Oluwaseun (Sunny) Bello", "1A")
SHORT = Veil([MIA], {"Child B": [KATHERINE], "Child C": [THOMAS], "Child D": [WILLIAM], "Child E": [CALLED]})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Kate hit her. katie said so, KAT too.", "[Child B] hit her. [Child B] said so, [Child B] too."),
        ("Katie Quill and Quill, Kitty", "[Child B] and [Child B]"),
        ("Tommy's bag, tom adeyemi's coat", "[Child C]'s bag, [Child C]'s coat"),
        ("Bill and Billy, Liam and Wills", "[Child D] and [Child D], [Child D] and [Child D]"),
        ("Sunny and Seun were there", "[Child E] and [Child E] were there"),
        ("she will bill us, a kit bag; tab 3 is in the den", "she will bill us, a kit bag; tab 3 is in the den"),
        ("KQ and T.A. with W. A.", "[Child B] and [Child C]. with [Child D]."),
        ("K Q hit KQ's friend, kq ran, KQs bag", "[Child B] hit [Child B]'s friend, [Child B] ran, [Child B] bag"),
        ("k.q. at 9 a.m.", "[Child B]. at 9 a.m."),
        ("the TA was there, in TA time; TA hit WA", "the TA was there, in TA time; [Child C] hit [Child D]"),
    ],
)  # fmt: skip
def test_short_forms_and_bare_initials_of_linked_children_are_hidden(typed: str, read: str):
    assert SHORT.over(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "She had PE, an hour in IT with the TA. It was on TV at 10 am.", "I SAW IT. IT HURT ME AND SO IT DOES.",
        "It is 3 cm by 2 mm, and 12 m from the gate.", "as it is, so be it: we do, and so am I.",
        "A rich man will nick a bike; pat the mat, and mark it may.",
    ],
)  # fmt: skip
def test_ordinary_words_and_usual_abbreviations_stay(text: str):
    others = [
        pupil("Penny Evans"), pupil("Ivan Tully"), pupil("Theo Vane"), pupil("Carl Moss"), pupil("Max Mills"),
        pupil("Mary Eden"), pupil("Richard Nix"), pupil("Patricia Lark"), pupil("Nicholas Dorn"), pupil("Ada Mann"),
    ]  # fmt: skip
    assert Veil([MIA], {f"Child {n}": [one] for n, one in enumerate(others)}).over(text) == text


def test_what_the_child_whom_it_is_for_may_be_called_too_is_hidden_without_saying_whose_it_is():
    veil = Veil([pupil("Thomas Adeyemi")], {"Child B": [pupil("Tomasz Nowak")]})
    assert veil.over("Thomas told me. Tom was there. T.A. cried.") == "Thomas told me. [a name] was there. T.A. cried."


LONG_AND_SHORT = sorted((long, short) for long in ("katherine", "thomas", "elizabeth", "mohammed", "isabella")
                        for short in short_forms.short_forms(long))  # fmt: skip


@given(st.sampled_from(LONG_AND_SHORT), st.sampled_from(FAMILY), st.sampled_from(WAYS), st.sampled_from(SAID))
def test_no_way_of_typing_a_short_form_is_left(both: tuple[str, str], family: str, way: str, said: str):
    long, short = both
    veil = Veil([MIA], {"Child B": [pupil(f"{long.capitalize()} {family}")]})
    read = veil.over(f"{way.format(g=short.capitalize(), f=family, i=family[0])} {said}. Mia saw it.")
    assert short not in spoken.folded(read.replace("[Child B]", ""))
    assert read.endswith(f"{said}. Mia saw it.")


@given(st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.sampled_from(["{g}.{f}.", "{g}{f}", "{g} {f}", "{g}. {f}."]))
def test_no_bare_initials_of_a_linked_child_are_left(given_name: str, family: str, way: str):
    letters = spoken.folded(given_name)[0][0].upper(), spoken.folded(family)[-1][0].upper()
    veil = Veil([MIA], {"Child B": [pupil(f"{given_name} {family}")]})
    assert "[Child B]" in veil.over(f"Then {way.format(g=letters[0], f=letters[1])} pushed Mia over.")


def test_the_table_holds_the_usual_names_and_no_line_twice():
    assert len(short_forms.spellings()) > 300
    assert {"kate", "katie", "kat"} <= short_forms.short_forms("katherine")
    assert "thomas" in short_forms.short_forms("tom")
    assert short_forms.short_forms("zzyzx") == frozenset()


WORDS = ("Green", "Young", "Hall", "Park", "May", "English", "White", "King", "Field", "Stone")
"""Surnames that are ordinary words as well."""
ROLL = [pupil(f"Zuzanna {family}", "7A", number) for number, family in enumerate((*WORDS, "Vane-Cole"))]
EVERYBODY = Veil([MIA], {}, strangers=ROLL)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("She said Green hit her.", "She said [a name] hit her."),
        ("It was Young and Hall again", "It was [a name] and [a name] again"),
        ("Park pushed Mia. Green's bag was there.", "[a name] pushed Mia. [a name]'s bag was there."),
        ("Mrs Park rang. Mr Green did not.", "Mrs [a name] rang. Mr [a name] did not."),
        ("It was Vane-Cole, then Cole", "It was [a name], then [a name]"),
        ("with King, White and Stone at the gate", "with [a name], [a name] and [a name] at the gate"),
        ("May kicked her; it was May's bag", "[a name] kicked her; it was [a name]'s bag"),
    ],
)
def test_a_surname_alone_that_is_a_word_too_is_hidden_where_it_stands_as_a_name(typed: str, read: str):
    assert EVERYBODY.over(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "It was in the hall, by the green door, in the park. The young ones ran.", "Hall was full. Young people ran.",
        "In the Hall, near the Park, on the Field.", "Sports Hall, Hyde Park, Park Road, Main Hall", "PARK. GREEN!",
        "Since May, on 3 May, in May, by May, all through English, his English book.", "Green jumper, white socks.",
        "She is in Year King and Form Green.", "Mia said: “White van.”",
    ],
)  # fmt: skip
def test_ordinary_words_that_are_surnames_of_the_roll_stay(text: str):
    assert EVERYBODY.over(text) == text


FAMILY = Veil(
    [MIA],
    {"Child B": [NOAH], "Child C": [ZOE], "Child D": [ARJUN], "Child E": [pupil("Li Wei Chen", "9E")]},
    typed=["Jo Marsh"],
    staff=STAFF,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("@noahbc posted it, noah123 liked it", "@[Child B] posted it, [Child B] liked it"),
        ("his account is noahbennettcole09", "his account is [Child B]"),
        ("NoahandZoe, and x_zoe_x", "[Child B or Child C], and x_[Child C]_x"),
        ("Noah BC said, Liwei saw", "[Child B] said, [Child E] saw"),
        ("A. Patel pushed her; Patel, A; A Patel", "[Child D] pushed her; [Child D]; [Child D]"),
        ("M Patel and Mia Patel", "M Patel and Mia Patel"),
        ("a Patel went by", "a Patel went by"),
        ("a boy in 9-C, in 9 C, in 9d", "a boy in [form of Child B], in [form of Child B], in [form of Child C]"),
        ("@miap wrote at 9 o'clock, 90 times", "@miap wrote at 9 o'clock, 90 times"),
        ("a bennett123", "a [Child B]"),
    ],
)
def test_usernames_initials_with_a_shared_surname_and_split_forms_are_hidden(typed: str, read: str):
    assert FAMILY.over(typed) == read


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8)


@given(given_name=LETTERS, family=LETTERS, beside=st.text("0123456789", min_size=1, max_size=4), way=st.integers(0, 5))
def test_no_username_holds_the_name_of_a_linked_child(given_name: str, family: str, beside: str, way: int):
    linked = pupil(f"{given_name.capitalize()} {family.capitalize()}", "9X")
    name = (
        f"{given_name}{beside}", f"{beside}{given_name}", f"{given_name}{family}", f"{family}{given_name}{beside}",
        f"@{given_name}{family[0]}", f"@{given_name[0]}{family}",
    )[way]  # fmt: skip
    veiled = Veil([pupil("Qi Xu", "8B")], {"Child B": [linked]}).over(f"she wrote to {name} last night")
    longest = max((given_name, family), key=lambda part: (part in name, len(part)))
    assert longest not in veiled, veiled
