"""How well the guard does on notes with known spans: the measures of the labelling rules, for test_gates.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.wording.guard import Checked, Field, Finding, Kind, check
from handlers.wording.kinds import short_of
from tests.wording.corpus import Note, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    item_f1: float
    clean_flagged: float
    span_f1: float
    kind: float
    """Of the spans found, the share whose kind is named right: a wrong name is wrong advice."""
    advice: float
    """The share whose advice fits: of the right kind or, where two are near, true of what the fact is short of."""
    exact: float
    slot_f1: float


def score(notes: Sequence[Note]) -> Score:
    """Item F1, share of clean notes flagged, span F1 (half of the shorter counts), exact sets and F1 of slots."""
    checked = [check(Field(note.field), note.text, year=note.year) for note in notes]
    pairs = list(zip(notes, checked, strict=True))
    flagged = [bool(one.findings or one.missing) for one in checked]
    hits = sum(flag and not note.ok for flag, note in zip(flagged, notes, strict=True))
    false = sum(flag and note.ok for flag, note in zip(flagged, notes, strict=True))
    faulty = sum(not note.ok for note in notes)
    found = [pair for note, one in pairs for pair in _matched(note.spans, one)]
    named = [span.kind == finding.kind for span, finding in found]
    matched = len(named)
    spans = sum(len(note.spans) for note in notes) + sum(len(one.findings) for one in checked)
    right = sum(len(set(note.missing) & set(one.missing)) for note, one in pairs)
    slots = sum(len(note.missing) + len(one.missing) for note, one in pairs)
    return Score(
        item_f1=2 * hits / max(1, hits + false + faulty),
        clean_flagged=false / max(1, len(notes) - faulty),
        span_f1=2 * matched / max(1, spans),
        kind=sum(named) / max(1, matched),
        advice=sum(_fits(span, finding) for span, finding in found) / max(1, matched),
        exact=sum(set(note.missing) == set(one.missing) for note, one in pairs) / len(notes),
        slot_f1=2 * right / max(1, slots),
    )


def _matched(spans: Iterable[Span], checked: Checked) -> list[tuple[Span, Finding]]:
    """Each span that is found, with what is said of it."""
    left = list(checked.findings)
    found: list[tuple[Span, Finding]] = []
    for span in spans:
        for finding in left:
            shared = min(span.end, finding.end) - max(span.start, finding.start)
            if shared > 0 and shared * 2 >= min(span.end - span.start, finding.end - finding.start):
                left.remove(finding)
                found.append((span, finding))
                break
    return found


def _fits(span: Span, finding: Finding) -> bool:
    if finding.also is None:
        return span.kind == finding.kind
    return short_of(Kind(span.kind)) in {short_of(finding.kind), short_of(finding.also)}
