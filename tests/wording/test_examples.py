"""An example never shows somebody the sentence that they typed: every advice, and every hint of the corpus."""

import pytest

from handlers.account import review
from handlers.wording.guard import Field, Kind, advice_on, check
from handlers.wording.kinds import FACT_KINDS
from handlers.wording.lexicon import read_toml
from handlers.wording.typed import sentence_about, words_that_mean
from tests.wording import corpus

ADVICE = read_toml("advice.toml")


def befores(entry: object) -> list[str]:
    """What the two examples of an advice rewrite."""
    assert isinstance(entry, dict)
    return [str(entry[name]).split("→")[0].strip().strip('"') for name in ("example", "another")]


def plain(text: str) -> str:
    return " ".join(word for word in "".join(one if one.isalnum() else " " for one in text.lower()).split())


@pytest.mark.parametrize("name", ADVICE)
def test_an_advice_has_two_examples_that_share_no_word(name: str) -> None:
    one, other = befores(ADVICE[name])
    assert words_that_mean(one)
    assert words_that_mean(one).isdisjoint(words_that_mean(other))


@pytest.mark.parametrize("field", [Field.FACTS, Field.OWN_WORDS, Field.QUESTIONS])
def test_no_hint_shows_what_was_typed(field: Field) -> None:
    typed = [before for entry in ADVICE.values() for before in befores(entry)]
    typed += [other for text in typed for other in (f"{text}.", text.upper(), f"{text} again today")]
    notes = [*typed, *(note.text for note in corpus.notes(Field.FACTS if field is Field.FACTS else Field.OWN_WORDS))]
    for text in notes:
        for finding in check(field, text, year="Y3").findings:
            before = plain(finding.example.split("→")[0])
            assert before not in plain(sentence_about(text, finding.start, finding.end)), text


@pytest.mark.parametrize("kinds", [(one, other) for one in FACT_KINDS for other in FACT_KINDS])
def test_advice_on_several_kinds_shows_neither(kinds: tuple[Kind, Kind]) -> None:
    for before in [before for entry in ADVICE.values() for before in befores(entry)]:
        assert plain(before) not in plain(advice_on(*kinds, typed=before)["example"].split("→")[0])


def test_a_last_look_at_a_rude_dad_shows_another() -> None:
    hint = review.hints({"facts": "Dad was rude to Mrs Bell on the phone."}, year="Y3")[0]
    assert "rude" not in hint.advice
