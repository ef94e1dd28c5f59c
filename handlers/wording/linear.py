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


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Several models that look at the same features: each feature is looked up once for all of them."""

    models: tuple[Linear, ...]
    weights: Mapping[str, tuple[tuple[int, int], ...]]
    """By feature: which models know it, and the weight it has there."""

    def scores(self, features: Iterable[str]) -> list[float]:
        """What each model by itself would say, in their order."""
        totals, known = [0] * len(self.models), [0] * len(self.models)
        weights = self.weights
        for feature in features:
            for at, weight in weights.get(feature, ()):
                totals[at] += weight
                known[at] += 1
        return [
            total / (count + FEW) ** 0.5 + one.bias - one.threshold
            for total, count, one in zip(totals, known, self.models, strict=True)
        ]


@cache
def together(names: tuple[str, ...]) -> Together:
    """Several models of the file, to be asked at once."""
    models = tuple(model(name) for name in names)
    weights: dict[str, list[tuple[int, int]]] = {}
    for at, one in enumerate(models):
        for feature, weight in one.weights.items():
            weights.setdefault(feature, []).append((at, weight))
    return Together(models=models, weights={feature: tuple(its) for feature, its in weights.items()})


@cache
def model(name: str) -> Linear:
    """One of the models of the file, by its name."""
    return Linear(**_file()[name])  # pyright: ignore[reportArgumentType]


def two_best(kinds: Iterable[str], features: frozenset[str], *, prefix: str) -> tuple[str, str, float]:
    """The kind whose model is surest, the next, and how far the two are apart."""
    (first, best), (second, next_best), *_ = ranked(kinds, features, prefix=prefix)
    return first, second, best - next_best


def ranked(kinds: Iterable[str], features: frozenset[str], *, prefix: str) -> list[tuple[str, float]]:
    """Each kind with what its model says, the surest first; equals in the order of the kinds."""
    names = tuple(kinds)
    scores = together(tuple(prefix + kind for kind in names)).scores(features)
    return sorted(zip(names, scores, strict=True), key=lambda one: -one[1])


def best_of(kinds: Iterable[str], features: frozenset[str], *, prefix: str) -> str:
    """The kind whose model is surest; the first of equals."""
    return ranked(kinds, features, prefix=prefix)[0][0]


@cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, int] | int]]:
    return cast("Mapping[str, Mapping[str, Mapping[str, int] | int]]", read_json("model.json"))
