"""Parts of forms and cards as Block Kit. Total over the model: pyright fails where a part is missing.

Text goes into plain_text or rich_text alone, where Slack reads no markup, no mention and no emoji name.
What is longer than a block takes is split, never cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeAlias, assert_never

from handlers.ui.card import Button, Buttons, Facts, Heading, Look, Part, Quote, Row, Rows, Sketch, Words, titled

Block: TypeAlias = dict[str, Any]

HEADER, SECTION, FIELD = 150, 3000, 2000
"""Characters (Block Kit: header, section, a section's field)."""
CONTEXT = 2000
LINES, BUTTONS = 10, 25
WARNING = "⚠ "


def plain(text: str) -> Block:
    """Text that nothing is read in, emoji names included."""
    return {"type": "plain_text", "text": text, "emoji": False}


def width(text: str) -> int:
    """Characters as a browser counts them, in UTF-16: never fewer than code points, so safe under either count."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def split(text: str, most: int, *, after: str = " ") -> list[str]:
    """The text in pieces of at most that width; joined again they are the text. Nothing for an empty one.

    A piece ends where a sentence does (`after`) if one does in it, else between words where it has any.
    """
    pieces: list[str] = []
    start, room = 0, most
    for at, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        while size > room:
            end = _end(text, start, at, after)
            pieces.append(text[start:end])
            start, room = end, most - width(text[end:at])
        room -= size
    return [*pieces, text[start:]] if text else []


def _end(text: str, start: int, at: int, after: str) -> int:
    for sign in (after, " "):
        if (found := text.rfind(sign, start, at)) >= 0:
            return found + len(sign)
    return at


def part_blocks(part: Part, number: int = 0) -> list[Block]:
    """The blocks of one part; `number` is its place, which makes the ids of its buttons unique."""
    match part:
        case Heading(text):
            return [{"type": "header", "text": plain(piece)} for piece in split(text, HEADER, after=". ")]
        case Words():
            return _words(part)
        case Quote(text):
            return [_preformatted(piece) for piece in split(text, SECTION)]
        case Sketch(lines=lines, alt=alt):
            return [*_words(Words(text=alt, subtle=True)), _preformatted("\n".join(lines))]
        case Facts(pairs):
            return list(_facts(pairs))
        case Buttons(buttons):
            return [_row(row, f"buttons_{number}_{at}") for at, row in enumerate(_rows(buttons))]
        case Rows(rows):
            return [_listed(row, f"row_{number}_{at}") for at, row in enumerate(rows)]
        case _:
            assert_never(part)


def alert(text: str, block_id: str) -> list[Block]:
    """A sentence to act on, under an id by which it is known again."""
    pieces = _sections(f"{WARNING}{text}")
    return [{**piece, "block_id": f"{block_id}_{at}" if at else block_id} for at, piece in enumerate(pieces)]


def _words(part: Words) -> list[Block]:
    if part.alert:
        return _sections(f"{WARNING}{part.text}")
    if part.subtle:
        return [{"type": "context", "elements": [plain(piece)]} for piece in split(part.text, CONTEXT)]
    return _sections(part.text)


def _sections(text: str) -> list[Block]:
    return [{"type": "section", "text": plain(piece)} for piece in split(text, SECTION)]


def _preformatted(text: str) -> Block:
    """The one element that keeps every space and line and reads nothing in them."""
    words = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [words]}


def _facts(pairs: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """A line a pair, its name in bold. Rich text reads nothing in a value, as a field of mrkdwn would."""
    for fits, run in groupby(pairs, key=lambda pair: width("".join(pair)) <= FIELD):
        if not fits:
            yield from (block for name, value in run for block in _sections(f"{titled(name)} {value}"))
            continue
        lines = list(run)
        for start in range(0, len(lines), LINES):
            yield _lines(lines[start : start + LINES])


def _lines(pairs: Sequence[tuple[str, str]]) -> Block:
    elements: list[Block] = []
    for at, (name, value) in enumerate(pairs):
        end = "\n" if at < len(pairs) - 1 else ""
        elements.append({"type": "text", "text": titled(name), "style": {"bold": True}})
        elements.append({"type": "text", "text": f" {value}{end}"})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _rows(buttons: Sequence[Button]) -> list[list[Button]]:
    """Rows in which no press stands twice: Slack wants each action_id once in a block."""
    rows: list[list[Button]] = []
    for button in buttons:
        if not rows or len(rows[-1]) == BUTTONS or any(button.press is other.press for other in rows[-1]):
            rows.append([])
        rows[-1].append(button)
    return rows


def _row(buttons: Sequence[Button], block_id: str) -> Block:
    return {"type": "actions", "block_id": block_id, "elements": [_button(button) for button in buttons]}


def _listed(row: Row, block_id: str) -> Block:
    """A row with its button beside it."""
    line = f"{WARNING if row.alert else ''}{titled(row.name)} {row.value}"
    return {"type": "section", "block_id": block_id, "text": plain(line), "accessory": _button(row.button)}


def _button(button: Button) -> Block:
    style: Block = {} if button.look is Look.PLAIN else {"style": button.look.value}
    spoken: Block = {"accessibility_label": button.spoken} if button.spoken else {}
    return {
        "type": "button",
        "action_id": button.press.value,
        "text": plain(button.label),
        "value": ":".join((str(button.subject), str(button.version), *((button.proof,) if button.proof else ()))),
        **style,
        **spoken,
    }
