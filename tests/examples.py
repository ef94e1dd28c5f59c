"""One example of every form and card: what the golden files, the parity tests and the vendors' validators draw.

Each wing has its own, in `handlers/<wing>/examples.py`; the desk has a few. A name is that of a golden file.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from handlers import wings
from handlers.desk.examples import examples as of_the_desk
from handlers.ui.card import Card
from handlers.ui.form import Form

T = TypeVar("T")


def merged(each: Iterable[Mapping[str, T]]) -> Mapping[str, T]:
    """All in one: ValueError where two have one name."""
    every: dict[str, T] = {}
    for some in each:
        if twice := every.keys() & some.keys():
            raise ValueError(f"Two wings have an example of one name: {', '.join(sorted(twice))}")
        every |= some
    return every


_EVERY = (*(wing.examples() for wing in wings.EVERY), of_the_desk())
FORMS: Mapping[str, Form] = merged(one.forms for one in _EVERY)
CARDS: Mapping[str, Card] = merged(one.cards for one in _EVERY)
SAID_TO_ONE = frozenset(name for one in _EVERY for name in one.answers)
"""Cards that answer whoever asked, and stand for no notice."""
IN_A_WINDOW = frozenset(name for one in _EVERY for name in one.windows)
"""Those of them that are drawn in a window alone."""
