"""The guard's one door: a field and its text in, hints out. Pure: the same text gives the same answer.

Not allowed here: a rule, a weight, a sentence shown to people (they are data).
"""

from collections.abc import Mapping
from functools import cache
from typing import assert_never, cast

from handlers.wording import completeness, facts, own_words
from handlers.wording.kinds import Checked, Field, Finding, Kind, Mark, Slot, short_of
from handlers.wording.lexicon import read_toml


def check(field: Field, text: str, *, year: str = "") -> Checked:
    """What could be said better in a text, as hints in its order; `year` is the child's year group, e.g. "Y3"."""
    match field:
        case Field.FACTS:
            return Checked(findings=_findings(facts.find(text)))
        case Field.OWN_WORDS:
            return Checked(findings=_findings(own_words.find(text, year=year)))
        case Field.QUESTIONS:
            return Checked(findings=_findings(own_words.leading(text)))
        case Field.COMPLETENESS:
            return Checked(missing=completeness.missing(text) if text.strip() else ())
        case _:
            assert_never(field)


def _findings(marks: list[Mark]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if found and mark.start < found[-1].end:
            continue
        found.append(_finding(mark))
    return tuple(found)


def _finding(mark: Mark) -> Finding:
    advice = _advice()[mark.kind] if mark.also is None else advice_on(mark.kind, mark.also)
    return Finding(
        start=mark.start,
        end=mark.end,
        kind=mark.kind,
        rule=mark.rule,
        why=advice["why"],
        question=advice["question"],
        example=advice["example"],
        also=mark.also,
    )


def advice_on(*kinds: Kind) -> Mapping[str, str]:
    """What is true of several kinds of a fact, by what they are short of: why, a question and an example."""
    short = {short_of(kind) for kind in kinds}
    about = "_or_".join(one for one in ("seen", "told", "open") if one in short)
    return _advice()[about]


@cache
def _advice() -> dict[str, dict[str, str]]:
    return cast("dict[str, dict[str, str]]", read_toml("advice.toml"))


__all__ = ["Checked", "Field", "Finding", "Kind", "Slot", "advice_on", "check"]
