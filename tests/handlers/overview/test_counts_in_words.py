"""What is counted on a card is said in words: nothing of what there is none of, and one of one."""

import re

import pytest

from handlers.overview import board_card
from handlers.overview.digest_card import Morning, digest_card
from handlers.overview.huddle_card import Week, huddle_card
from handlers.rules.school import PlaceKind
from handlers.samples import AT, CALENDAR, waits
from handlers.ui.may_stand import Own, faults
from tests.examples import CARDS, FORMS

NOBODY = Own(staff=frozenset())


def _waits(many: int):
    return waits(many, "Today") if many else ()


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0, 0), "nothing to accept or decide"), ((1, 0, 0), "1 to accept"),
        ((0, 2, 1), "2 to decide, 1 overdue action"),
        ((3, 1, 2), "3 to accept, 1 to decide, 2 overdue actions"),
    ],
)  # fmt: skip
def test_a_morning_counts_what_there_is(counts: tuple[int, int, int], said: str):
    waiting, owned, overdue = map(_waits, counts)
    morning = Morning(waiting=waiting, owned=owned, decided=(), overdue=overdue, oldest="Tue 3 Nov")
    card = digest_card(morning, CALENDAR, at=AT)
    whose = {0: "Each has an owner", 1: "1 has no owner yet"}.get(counts[0], f"{counts[0]} have no owner yet")
    assert f": {said}, the oldest since Tue 3 Nov. {whose}. " in card.summary
    assert faults(card, PlaceKind.CHANNEL, NOBODY) == ()


@pytest.mark.parametrize(
    ("counts", "said"),
    [((0, 0, 0, 0, 1), "1 review"), ((0, 1, 1, 0, 2), "1 to decide, 1 for a second person, 2 reviews")],
)
def test_a_week_counts_what_there_is(counts: tuple[int, ...], said: str):
    waiting, undecided, seconds, overdue, reviews = map(_waits, counts)
    week = Week(
        waiting=waiting, undecided=undecided, overdue=overdue, reviews=reviews, agencies=(), seconds=seconds, held=(),
        oldest="Tue 3 Nov",
    )  # fmt: skip
    card = huddle_card(week, CALENDAR, at=AT)
    assert f": {said}, the oldest since Tue 3 Nov. " in card.summary
    assert faults(card, PlaceKind.CHANNEL, NOBODY) == ()


@pytest.mark.parametrize(("dead", "said"), [(1, "One message could not"), (2, "2 messages could not")])
def test_one_message_is_one(dead: int, said: str):
    morning = Morning(waiting=(), owned=(), decided=(), overdue=(), dead=dead)
    for text in (board_card.undelivered(dead), str(digest_card(morning, CALENDAR, at=AT).parts)):
        assert said in text


def test_no_example_counts_none_of_something_or_one_of_several():
    words = "concerns|actions|days|hours|minutes|reviews|messages|records|people|patterns"
    wrong = re.compile(rf"\b(?:0 [a-z]+|1 (?:{words}))\b")
    for name, drawn in {**CARDS, **FORMS}.items():
        assert not wrong.findall(str([getattr(part, "text", getattr(part, "pairs", "")) for part in drawn.parts])), name
