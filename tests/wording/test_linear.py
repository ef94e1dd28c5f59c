"""Several models asked at once say what each says by itself."""

import pytest

from handlers.wording import completeness, facts
from handlers.wording.kinds import FACT_KINDS, NARRATION_KINDS, Field, Slot
from handlers.wording.linear import best_of, model, together, two_best
from handlers.wording.pieces import pieces
from handlers.wording.structure import inside_of, quotes_of
from handlers.wording.text import tokens_of
from tests.wording import corpus


def test_the_slots_score_alike() -> None:
    names = tuple(f"slot.{slot}" for slot in Slot)
    for note in corpus.notes(Field.COMPLETENESS)[::9]:
        view = completeness.features(tokens_of(note.text))
        assert together(names).scores(view) == [model(name).score(view) for name in names]


def test_the_kinds_of_a_fact_score_alike() -> None:
    for note in corpus.notes(Field.FACTS)[::40]:
        tokens = tokens_of(note.text)
        for reading in facts.readings(tokens, inside_of(tokens, quotes_of(tokens))):
            scores = {kind: model(f"facts.{kind}").score(reading.features) for kind in FACT_KINDS}
            first, second, apart = two_best(FACT_KINDS, reading.features, prefix="facts.")
            ranked = sorted(scores.values(), reverse=True)
            assert [scores[first], scores[second]] == ranked[:2]  # pyright: ignore[reportArgumentType]
            assert apart == ranked[0] - ranked[1]


def test_the_ways_of_telling_score_alike() -> None:
    for note in corpus.notes(Field.OWN_WORDS)[::20]:
        for piece in pieces(tokens_of(note.text)):
            best = best_of(NARRATION_KINDS, piece.features, prefix="own.")
            assert model(f"own.{best}").score(piece.features) == pytest.approx(
                max(model(f"own.{kind}").score(piece.features) for kind in NARRATION_KINDS)
            )
