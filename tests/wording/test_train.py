"""The model that ships is the one the trainer makes from the corpus that is committed, and no larger than it may be."""

from handlers.wording.lexicon import DATA
from tests.wording import train


def test_the_model_is_what_the_trainer_makes() -> None:
    shipped = (DATA / "model.json").read_text(encoding="utf-8")
    assert train.as_json(train.trained()) == shipped, "run python -m tests.wording.train"


def test_the_vocabulary_is_that_of_the_corpus() -> None:
    assert train.vocabulary_text() == (DATA / "vocabulary.txt").read_text(encoding="utf-8")


def test_the_model_is_small() -> None:
    assert len((DATA / "model.json").read_bytes()) <= 800_000
