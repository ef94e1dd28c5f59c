"""The corpus, read: invented notes with their spans marked inline as [[kind|words]], one note a line.

Not allowed here: a real note, or a note copied from a set the guard is measured on.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from handlers.wording.kinds import Field

FOLDER = Path(__file__).parent / "corpus"
FIELDS = (Field.FACTS, Field.OWN_WORDS, Field.COMPLETENESS)
"""The fields that have notes; what was asked is read by the models of the own words."""
BLOCK = 20
"""Lines beside one another are often a pair (the same words, clean and not), so notes are kept together in blocks."""
KEPT = frozenset({"own_words_i", "completeness_h", "facts_y"})
"""Files of which no note is trained on: clean own words, plain times and places, and short notes of a whole school."""
_MARKED = re.compile(r"\[\[(\w+)\|([^\]]+)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    id: str
    field: str
    text: str
    spans: tuple[Span, ...]
    missing: tuple[str, ...]
    year: str
    held_out: bool
    block: int

    @property
    def hand(self) -> str:
        """Who wrote it: each file is another hand's."""
        return self.id.rpartition("-")[0]

    @property
    def ok(self) -> bool:
        return not self.spans and not self.missing


def notes(field: str) -> list[Note]:
    """Every note of one field, in the order of the files."""
    found: list[Note] = []
    for path in sorted(FOLDER.glob(f"{field}*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        found += [_note(field, path.stem, number, line) for number, line in enumerate(lines)]
    return found


def _note(field: str, stem: str, number: int, line: str) -> Note:
    parts = [part.strip() for part in line.split("\t")]
    head = "" if field == "facts" else parts.pop(0)
    text, spans = _unmarked(parts[0].replace("\\n", "\n"))
    slots = field == "completeness"
    return Note(
        id=f"{stem}-{number}",
        field=field,
        text=text,
        spans=spans,
        missing=tuple(head.split(",")) if slots and head != "-" else (),
        year=head if field == "own_words" else "",
        held_out=stem in KEPT or number // BLOCK % 10 == 9,
        block=number // BLOCK,
    )


def _unmarked(raw: str) -> tuple[str, tuple[Span, ...]]:
    text, spans, at = "", list[Span](), 0
    for found in _MARKED.finditer(raw):
        text += raw[at : found.start()]
        spans.append(Span(start=len(text), end=len(text) + len(found[2]), kind=found[1]))
        text += found[2]
        at = found.end()
    return text + raw[at:], tuple(spans)
