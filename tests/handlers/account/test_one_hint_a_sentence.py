"""Two marks in one sentence are one hint, over every note of the corpus that is marked twice."""

from itertools import pairwise

import pytest

from handlers.account import phrase, review
from handlers.wording import guard
from tests.wording import corpus

NOTES = [(field, note) for field in (guard.Field.FACTS, guard.Field.OWN_WORDS) for note in corpus.notes(field)[::4]]


@pytest.fixture(scope="module")
def marked_twice() -> list[tuple[guard.Field, corpus.Note]]:
    return [(field, one) for field, one in NOTES if len(guard.check(field, one.text, year=one.year).findings) > 1]


def test_no_sentence_is_pointed_out_twice_and_no_mark_is_lost(
    marked_twice: list[tuple[guard.Field, corpus.Note]],
) -> None:
    joined = 0
    for field, note in marked_twice:
        found = review.hints({str(field): note.text}, year=note.year)
        around = [phrase.sentence(note.text, hint.span) for hint in found]
        assert all(one.end <= other.start for one, other in pairwise(around)), note.text
        marks = guard.check(field, note.text, year=note.year).findings
        if len(found) < review.MOST_HINTS:
            assert sum(len(hint.findings) for hint in found) == len(marks), note.text
        joined += len(found) < len(marks)
    assert joined > 20
