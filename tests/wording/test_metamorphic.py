"""Accidents of writing change no verdict: every authored note of facts and own words, changed as changes.py says.

The gate tries each change on a third of the notes, another third for the next; `make soak` tries all on all.
"""

import os

import pytest

from handlers.wording.guard import Field, check
from tests.wording import corpus
from tests.wording.changes import CHANGES, Changed, upset, verdict

FIELDS = (Field.FACTS, Field.OWN_WORDS)
NOTES = {field: corpus.notes(field) for field in FIELDS}
FACTS = NOTES[Field.FACTS]
THIRDS = 1 if os.environ.get("HEARD_EVERY_NOTE") else 3
STILL_UPSET = {
    "a dash behind": 0.002, "joined without a comma behind": 0.009,
    "a joined sentence before": 0.001, "what the writer was at before": 0.001,
}  # fmt: skip
"""The share of the notes that a change may still upset, where it is not none. Of those before it is one in a thousand:
a question told without a subject ("…, asked did her mum leave them") is then named a paraphrase, and still flagged."""


def some(field: Field, name: str) -> list[corpus.Note]:
    """The notes on which that change is tried."""
    return NOTES[field][list(CHANGES).index(name) % THIRDS :: THIRDS]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", CHANGES)
def test_an_accident_of_writing_changes_no_verdict(name: str, field: Field) -> None:
    told = [(note, one) for note in some(field, name) if (one := upset(note, CHANGES[name])) is not None]
    assert len(told) > 110 / THIRDS
    changed = [note.text for note, one in told if one]
    assert len(changed) <= STILL_UPSET.get(name, 0) * len(told), changed


def test_a_basis_in_the_next_sentence_is_the_one_thing_that_reaches_over() -> None:
    """GUIDELINES.md: an appearance word is no fault where what was seen stands in the same or the next sentence."""
    assert check(Field.FACTS, "He looked upset.").findings
    for basis in ("She was crying.", "Tears on both cheeks.", "His hands shook."):
        assert not check(Field.FACTS, f"He looked upset. {basis}").findings, basis
        assert not check(Field.FACTS, f"he looked upset\n{basis.lower()}").findings, basis
        assert check(Field.FACTS, f"{basis} The bell went. He looked upset.").findings, basis
    assert check(Field.FACTS, "He looked upset. The bell went. I walked to the office. He was crying.").findings


def test_what_a_child_has_said_before_is_the_one_thing_that_reaches_over_to_a_question() -> None:
    """GUIDELINES.md: a question presupposes only what was not yet said."""
    asked = '"Where did he pinch you?" I asked.'
    assert check(Field.OWN_WORDS, asked).findings
    assert not check(Field.OWN_WORDS, f'"He pinched me." {asked}').findings
    assert check(Field.OWN_WORDS, f'"He shouted." {asked}').findings
    assert check(Field.OWN_WORDS, f"He pinched his lips. {asked}").findings


def test_a_child_who_writes_without_marks_writes_on_until_an_adult_does() -> None:
    written = "my brother put my head in the toilet. nobody came"
    assert not check(Field.OWN_WORDS, written).findings
    assert not check(Field.OWN_WORDS, f"{written}. he locks me in and goes out").findings
    passed_on = "I passed this on to the head. She told me that her mum hits her."
    assert check(Field.OWN_WORDS, f"{written}. {passed_on}").findings


def test_a_verdict_is_told_apart_from_what_stands_beside_it() -> None:
    note = FACTS[0]
    assert verdict(note, Changed("He is lazy. The bell went.", 0, 11)) == (("judgemental",), False)
    assert verdict(note, Changed("He is lazy. The bell went.", 12, 26)) == ((), True)
