"""Accidents of writing change no verdict: every authored note, changed in the ways of changes.py.

The gate tries each change on a third of the notes, another third for the next; `make soak` tries all on all.
"""

import os

import pytest

from handlers.wording.guard import Field, check
from tests.wording import corpus
from tests.wording.changes import CHANGES, Changed, upset, verdict

EACH = pytest.mark.parametrize("name", CHANGES)
FACTS = corpus.notes("facts")
THIRDS = 1 if os.environ.get("HEARD_EVERY_NOTE") else 3


def some(name: str) -> list[corpus.Note]:
    """The notes on which that change is tried."""
    return FACTS[list(CHANGES).index(name) % THIRDS :: THIRDS]


@EACH
def test_an_accident_of_writing_changes_no_verdict_on_a_fact(name: str) -> None:
    told = [(note, one) for note in some(name) if (one := upset(note, CHANGES[name])) is not None]
    assert len(told) > 500 / THIRDS
    assert [note.text for note, changed in told if changed] == []


def test_a_basis_in_the_next_sentence_is_the_one_thing_that_reaches_over() -> None:
    """GUIDELINES.md: an appearance word is no fault where what was seen stands in the same or the next sentence."""
    assert check(Field.FACTS, "He looked upset.").findings
    for basis in ("She was crying.", "Tears on both cheeks.", "His hands shook."):
        assert not check(Field.FACTS, f"He looked upset. {basis}").findings, basis
        assert not check(Field.FACTS, f"he looked upset\n{basis.lower()}").findings, basis
        assert check(Field.FACTS, f"{basis} The bell went. He looked upset.").findings, basis
    assert check(Field.FACTS, "He looked upset. The bell went. I walked to the office. He was crying.").findings


def test_a_verdict_is_told_apart_from_what_stands_beside_it() -> None:
    note = FACTS[0]
    assert verdict(note, Changed("He is lazy. The bell went.", 0, 11)) == (("judgemental",), False)
    assert verdict(note, Changed("He is lazy. The bell went.", 12, 26)) == ((), True)
