"""Quality and themes, read in a window: counts of the staff's records by department are no line of what chat may hold.

Where a command opens nothing at once its answer is the way in, and holds no count.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from handlers.conversation import CommandTyped, OpenForm, Reply, Tell
from handlers.counter import Counter
from handlers.errors import NoSuchConcern
from handlers.oversight import quality, themes
from handlers.ports import UnitOfWork
from handlers.rules.people import LEADS, Person, Role
from handlers.ui import plain
from handlers.ui.card import Card, Heading, Press, Rows
from handlers.ui.form import Form
from handlers.wing import Answer

READERS = LEADS | {Role.HEAD}
ID = "figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """What a command shows, and of how many terms ago."""

    draw: Callable[..., Awaitable[Card]]
    back: int
    of: str
    """What they are of, on the card that leads to them."""
    label: str


def window(key: UUID, card: Card) -> Form:
    """What the card shows, in a window with nothing to send."""
    title = "".join(part.text for part in card.parts[:1] if isinstance(part, Heading))
    return Form(id=ID, key=str(key), title=title, parts=tuple(p for p in card.parts[1:] if not isinstance(p, Rows)))


def answer(word: str) -> Answer:
    """What that command is answered with."""

    async def answered(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
        shown = _SHOWN[word]
        if inbound.in_chat:
            return Tell(plain.figures_way_in(_key(word), shown.of, shown.label))
        return await _open(uow, word, by, at)

    return answered


async def _open(uow: UnitOfWork, word: str, by: Person, at: datetime) -> Reply:
    shown = _SHOWN[word]
    return OpenForm(window(_key(word), await shown.draw(uow, by=by, at=at, back=shown.back)))


async def _pressed(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """Whoever may type the command may press for it: the button tells which it was."""
    word = next((word for word in _SHOWN if _key(word) == subject), None)
    if word is None or not by.among(READERS):
        raise NoSuchConcern
    return await _open(uow, word, by, at)


def _key(word: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"figures of {word}")


QUALITY = ("Quality of the records", "Open the figures")
THEMES = ("Training themes", "Open the themes")
_SHOWN: Mapping[str, _Figures] = {
    "quality": _Figures(draw=quality.of_term, back=0, of=QUALITY[0], label=QUALITY[1]),
    "quality last": _Figures(draw=quality.of_term, back=1, of=QUALITY[0], label=QUALITY[1]),
    "themes": _Figures(draw=themes.themes, back=0, of=THEMES[0], label=THEMES[1]),
    "themes last": _Figures(draw=themes.themes, back=1, of=THEMES[0], label=THEMES[1]),
}
COUNTER = Counter(presses={Press.FIGURES: _pressed})
