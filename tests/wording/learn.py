"""A linear support vector machine by dual coordinate descent (Hsieh et al., ICML 2008), the same on every machine.

Not allowed here: knowledge of what is learnt.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from handlers.wording.linear import SCALE, Linear

Row = tuple[frozenset[str], bool]
Bonus = Callable[[frozenset[str]], int]
SEED = 7


def none(features: frozenset[str]) -> int:
    """No bonus for any row."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    cost: float = 0.5
    rounds: int = 25
    seldom: int = 2
    """A feature seen in fewer rows is left out."""
    weight_of_yes: float = 1.0
    least: int = 10
    """Weights smaller than this, in thousandths, are left out: they change nothing and would fill the file."""


def fit(rows: Sequence[Row], settings: Settings) -> Linear:
    """The weights for some rows; threshold nought."""
    seen = Counter(feature for features, _ in rows for feature in features)
    index: dict[str, int] = {}
    for feature in sorted(feature for feature, count in seen.items() if count >= settings.seldom):
        index[feature] = len(index)
    columns = [sorted(index[feature] for feature in features if feature in index) for features, _ in rows]
    weights, bias = _descend(columns, [1 if yes else -1 for _, yes in rows], len(index), settings)
    whole = {feature: round(weights[at] * SCALE) for feature, at in index.items()}
    kept = {feature: weight for feature, weight in whole.items() if abs(weight) >= settings.least}
    return Linear(weights=kept, bias=round(bias * SCALE))


def _descend(columns: list[list[int]], signs: list[int], size: int, settings: Settings) -> tuple[list[float], float]:
    weights, bias, alphas = [0.0] * size, 0.0, [0.0] * len(columns)
    scales = [1 / max(1, len(column)) ** 0.5 for column in columns]
    slack = [0.5 / (settings.cost * (settings.weight_of_yes if sign > 0 else 1)) for sign in signs]
    order = list(range(len(columns)))
    dice = random.Random(SEED)  # noqa: S311 (an order to visit the rows in, not a secret)
    for _ in range(settings.rounds):
        dice.shuffle(order)
        for at in order:
            total = 0.0
            for column in columns[at]:
                total += weights[column]
            slope = signs[at] * (total * scales[at] + bias) - 1 + alphas[at] * slack[at]
            alpha = max(0.0, alphas[at] - slope / (2.0 + slack[at]))
            step = (alpha - alphas[at]) * signs[at]
            if step:
                alphas[at] = alpha
                bias += step
                step *= scales[at]
                for column in columns[at]:
                    weights[column] += step
    return weights, bias


def held_scores(
    groups: Sequence[Sequence[Row]], hands: Sequence[int], settings: Settings, bonus: Bonus = none, folds: int = 4
) -> list[float]:
    """For each group of rows (a note) its highest score under a model that has not seen its hand."""
    found = [-9.0 * SCALE] * len(groups)
    for fold in range(folds):
        learnt = fit([row for at, group in enumerate(groups) if hands[at] % folds != fold for row in group], settings)
        for at, group in enumerate(groups):
            if hands[at] % folds == fold and group:
                found[at] = max(learnt.score(features) + bonus(features) for features, _ in group)
    return found


def threshold(scores: Iterable[float], share: float) -> int:
    """What only this share of the scores lies above."""
    ordered = sorted(scores, reverse=True)
    return round(ordered[int(share * len(ordered))]) if ordered else 0
