"""A long text in pieces, and parts in pages that fit a window on either platform. Pure."""

from collections.abc import Iterator, Sequence

from handlers.ui.card import Facts, Heading, Quote, Sketch, Words
from handlers.ui.form import Part

PAGE = 12_000
"""Bytes of UTF-8 on one page of the window: with the frame and its names it fits Teams' 25 KB in any script."""


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
    room = PAGE
    for part in parts:
        size = weight(part) + (_FRAME * len(part.pairs) if isinstance(part, Facts) else 0)
        if size > room and pages[-1]:
            carried = [pages[-1].pop()] if isinstance(pages[-1][-1], Heading) else []
            pages.append(carried)
            room = PAGE
        pages[-1].append(part)
        room -= size
    return [page for page in pages if page]


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
