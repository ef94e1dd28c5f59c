"""A long text in pieces, and parts in pages that fit a window on either platform. Pure."""

from collections.abc import Iterator, Sequence

from handlers.ui.card import Facts, Heading, Quote, Sketch, Words
from handlers.ui.form import Part

PAGE = 12_000
"""Bytes of UTF-8 on one page of the window: with the frame and its names it fits Teams' 25 KB in any script."""


BLOCKS = 75
"""Blocks of one page: a window on Slack takes a hundred (Block Kit, modal), its frame and what is split among them."""
_LINES, _LONG = 10, 1000
"""Short lines of facts in one block; characters from which on a line may be blocks of its own."""
_FRAME = 140
"""Bytes that a line of facts takes beside its words: many short ones are no smaller than a long one."""
PIECE = 2900
"""Characters in one piece: a section on Slack takes 3,000."""


def pieces(text: str) -> Iterator[Quote]:
    """The exact text, cut only where one part would not fit; joined again it is the same."""
    for start in range(0, len(text), PIECE):
        yield Quote(text[start : start + PIECE])


def paged(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts cut into pages that fit a window on either platform; a heading stays with what it heads."""
    pages: list[list[Part]] = [[]]
    room, left = PAGE, BLOCKS
    for part in parts:
        size = weight(part) + (_FRAME * len(part.pairs) if isinstance(part, Facts) else 0)
        if (size > room or _blocks(part) > left) and pages[-1]:
            carried = [pages[-1].pop()] if isinstance(pages[-1][-1], Heading) else []
            pages.append(carried)
            room, left = PAGE, BLOCKS
        pages[-1].append(part)
        room, left = room - size, left - _blocks(part)
    return [page for page in pages if page]


def _blocks(part: Part) -> int:
    """About how many blocks a part is on Slack, less what the length of its text makes of it."""
    if not isinstance(part, Facts):
        return 1
    long = sum(len(name + value) > _LONG for name, value in part.pairs)
    return 1 + 2 * long + len(part.pairs) // _LINES


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def weight(part: Part) -> int:
    """Roughly how much room a part takes: its text in bytes, for not every script has one to a character."""
    match part:
        case Heading(text) | Quote(text):
            return _bytes(text)
        case Words():
            return _bytes(part.text)
        case Sketch(lines=lines, alt=alt):
            return sum(2 * len(line) for line in lines) + _bytes(alt)
        case Facts(pairs):
            return sum(_bytes(name + value) for name, value in pairs)
        case _:
            return 200
