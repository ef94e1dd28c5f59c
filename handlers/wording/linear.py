"""A linear model: weights by feature, added up. It is data (`data/model.json`), made by tests/wording/train.py.

Not allowed here: training, or a feature of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from handlers.wording.lexicon import read_json

SCALE = 1000
"""Weights are whole thousandths in the file."""
FEW = 8
"""Features that a clause must have before its score counts for much: one odd pair of words decides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    weights: Mapping[str, int]
    bias: int
    threshold: int = 0

    def score(self, features: Iterable[str]) -> float:
        """How far above its threshold this is, in thousandths: more than nothing is a finding."""
        total, known = 0, 0
        weights = self.weights
        for feature in features:
            weight = weights.get(feature)
            if weight is not None:
                total += weight
                known += 1
        return total / (known + FEW) ** 0.5 + self.bias - self.threshold

    def shares(self, placed: Iterable[tuple[str, int]], size: int) -> list[int]:
        """What each place of a clause adds to the score."""
        found = [0] * size
        for feature, place in placed:
            found[place] += self.weights.get(feature, 0)
        return found


@cache
def model(name: str) -> Linear:
    """One of the models of the file, by its name."""
    return Linear(**_file()[name])  # pyright: ignore[reportArgumentType]


def two_best(kinds: Iterable[str], features: frozenset[str], *, prefix: str) -> tuple[str, str, float]:
    """The kind whose model is surest, the next, and how far the two are apart."""
    ranked = sorted(((-model(prefix + kind).score(features), kind) for kind in kinds), key=lambda one: one[0])
    return ranked[0][1], ranked[1][1], ranked[1][0] - ranked[0][0]


def best_of(kinds: Iterable[str], features: frozenset[str], *, prefix: str) -> str:
    """The kind whose model is surest; the first of equals."""
    return max(kinds, key=lambda kind: model(prefix + kind).score(features))


@cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, int] | int]]:
    return cast("Mapping[str, Mapping[str, Mapping[str, int] | int]]", read_json("model.json"))
