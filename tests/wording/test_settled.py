"""What an account says plainly is never asked for: every short way of a day, a date, a clock, and of a room."""

import pytest

from handlers.wording.completeness import features
from handlers.wording.guard import Field, Slot, check
from handlers.wording.text import tokens_of
from tests.wording import corpus

TIMES = (
    "21/11", "21/11/26", "21.11.26", "21-11-26", "21/11/2026", "3/12", "On 21/11", "On the 24th", "24th Nov", "Nov 24",
    "1st Dec", "Dec 1", "Mon 3rd", "Mon 30 Nov", "Sat 14 Nov", "On Sat", "Sun 2pm", "10.40", "At 10:40", "0905 today",
    "1550 today", "9am", "9 am", "3ish", "2 o'clock", "half nine", "Quarter to three", "ten past two", "gone half 3",
    "Today", "2day", "Yesterday", "Yest", "y'day", "This am", "this aft", "This morning", "Last night", "Last lesson",
    "Just now", "Ten minutes ago", "First thing", "P5", "Period 2", "L3", "Sess 2", "Lesson 4", "At break",
    "After lunch", "During phonics", "At snack time", "Carpet time", "Home time", "Before the bell", "Breakfast club",
    "Second sitting", "First break", "Second lesson", "Last play", "Wet play", "Monday's assembly", "The morn",
    "Fire drill",
)  # fmt: skip
LEFT_OPEN = (
    "One morning", "One lunchtime", "The other day", "The other week", "A while back", "Recently", "Last half term",
    "At some point", "Some time ago", "Not long ago", "In the autumn", "Once", "Lately",
)  # fmt: skip
PLACES = (
    "in Nursery", "out of Nursery", "out of Reception", "from Reception", "in Elm", "out of Elm", "outside Puffins",
    "in Year 2", "from Year 5", "in the KS1 corridor", "KS2 yard", "in E7", "in IT2", "in room 4", "by the mud kitchen",
    "in the Hive", "behind the cabins", "at the baths", "in the book corner", "outside the Co-op", "by the pegs",
    "on the phone", "by email", "in the car park", "under the climbing frame", "by the sand tray", "at the water tray",
    "by the hatch", "on the mat", "at the swimming baths", "by the bike racks", "round the fire pit",
)  # fmt: skip
NO_PLACES = (
    "out of breath", "in the face", "in the end", "at the time", "in his bag", "on her arm", "at the weekend",
    "in the mouth", "in PE kit", "on a sheet of A4", "out of spite",
)  # fmt: skip


def asked(text: str) -> tuple[Slot, ...]:
    return check(Field.COMPLETENESS, text).missing


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("note", ["{} KS1 corridor. Poppy had one sock on.", "{}, in the hall: Jude hit Ivy once."])
def test_a_time_that_is_told_is_not_asked_for(note: str, time: str) -> None:
    assert Slot.WHEN not in asked(note.format(time))
    assert Slot.WHEN not in asked(note.format(time).lower())


@pytest.mark.parametrize("time", LEFT_OPEN)
def test_a_time_that_is_left_open_is(time: str) -> None:
    assert Slot.WHEN in asked(f"{time} in the hall I saw Jude hit Ivy once.")


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_told_is_not_asked_for(place: str) -> None:
    for note in (f"At 10.40 today {place} Poppy hit Jude once.", f"{place}, 9.10 today. Jude hit Poppy once."):
        assert Slot.WHERE not in asked(note), note
        assert Slot.WHERE not in asked(note.lower()), note


@pytest.mark.parametrize("spot", ["water tray", "hatch", "mat", "home corner", "swimming baths", "bike shed"])
def test_a_place_between_commas_is_told(spot: str) -> None:
    assert Slot.WHERE not in asked(f"9.40 today, {spot}, Poppy hit Jude once")


@pytest.mark.parametrize(
    "call", ["Mum rang me", "Someone rang reception", "I rang nan", "I rang Mrs Nowak's mobile", "Dad emailed school"]
)
def test_a_call_has_no_place(call: str) -> None:
    assert Slot.WHERE not in asked(f"{call} at 9.10 today: Jude is off sick.")


def test_a_bell_that_rang_is_no_call() -> None:
    assert Slot.WHERE in asked("At 10.40 today the bell rang and Poppy hit Jude once. I saw it.")


@pytest.mark.parametrize("words", NO_PLACES)
def test_what_is_no_place_leaves_it_open(words: str) -> None:
    assert Slot.WHERE in asked(f"At 10.40 today Poppy hit Jude {words}. I saw it.")


@pytest.mark.parametrize(
    "who",
    [
        "The boy with the red bag", "A girl in a yellow cardigan", "The lad on crutches", "A lad with a blue scooter",
        "The man with the white van", "The boy who sits next to Femi", "A girl wearing a green bow",
        "The lady with the brown dog", "A boy with one arm in a sling", "The lad who drives the blue Corsa",
    ],
)  # fmt: skip
def test_who_is_told_apart_by_a_thing_is_not_asked_for(who: str) -> None:
    assert not asked(f"{who} pushed Rosa by the gate at 8.40 today. I saw it.")


@pytest.mark.parametrize("figure", ["²", "①", "½", "٣", "³.⁰", "10.⁵"])
def test_a_figure_of_any_kind_is_only_a_figure(figure: str) -> None:
    """Some that Unicode calls digits are no numbers: none of them says when or where, nor makes what does unsaid."""
    assert Slot.WHEN not in asked(f"{figure} today in the hall Jude hit Ivy once")
    assert {Slot.WHEN, Slot.WHERE} <= {*asked(f"Jude hit Ivy {figure} with a ruler")}


def test_grammar_settles_no_slot_that_a_note_of_the_corpus_leaves_open() -> None:
    """What is decided without the model is held to every note that was labelled."""
    wrong = [
        note.text
        for note in corpus.notes(Field.COMPLETENESS)
        for slot in note.missing
        if f"plain:{slot}" in features(tokens_of(note.text))
    ]
    assert not wrong
