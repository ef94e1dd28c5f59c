"""Shapes by which a fault is named (`data/naming.toml`): what grammar tells of its kind.

A shape finds nothing by itself. Each that holds is one more thing for the models of kind to weigh.
Not allowed here: a phrase, a mark.
"""

from collections.abc import Sequence
from functools import cache

from handlers.wording.rules import Rule, holds, read

SHAPES = "naming.toml"


@cache
def shapes() -> tuple[Rule, ...]:
    """Every shape, in the order of the file."""
    return read(SHAPES)


def naming_features(words: Sequence[str]) -> frozenset[str]:
    """What the models of kind see of a clause's shapes: each one's kind, its name and which of its patterns hold."""
    found: set[str] = set()
    for shape in shapes():
        seen = [at for at, pattern in enumerate(shape.patterns) if holds(words, pattern)]
        if seen and not any(holds(words, pattern) for pattern in shape.unless):
            found |= {f"n:{shape.kind}", f"n:{shape.id}", *(f"n:{shape.id}.{at}" for at in seen)}
    return frozenset(found)
