"""The guard's one door: a field and its text in, hints out. Pure: the same text gives the same answer.

Not allowed here: a rule, a weight, a sentence shown to people (they are data).
"""

from collections.abc import Mapping
from functools import cache
from typing import assert_never, cast

from handlers.wording import completeness, facts, own_words
from handlers.wording.kinds import Checked, Field, Finding, Kind, Mark, Slot, short_of
from handlers.wording.lexicon import read_toml
from handlers.wording.typed import sentence_about, words_that_mean


def check(field: Field, text: str, *, year: str = "") -> Checked:
    """What could be said better in a text, as hints in its order; `year` is the child's year group, e.g. "Y3"."""
    match field:
        case Field.FACTS:
            return Checked(findings=_findings(text, facts.find(text)))
        case Field.OWN_WORDS:
            return Checked(findings=_findings(text, own_words.find(text, year=year)))
        case Field.QUESTIONS:
            return Checked(findings=_findings(text, own_words.leading(text)))
        case Field.COMPLETENESS:
            return Checked(missing=completeness.missing(text) if text.strip() else ())
        case _:
            assert_never(field)


def _findings(text: str, marks: list[Mark]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if found and mark.start < found[-1].end:
            continue
        found.append(_finding(mark, sentence_about(text, mark.start, mark.end)))
    return tuple(found)


def _finding(mark: Mark, typed: str) -> Finding:
    advice = _fitting(str(mark.kind), typed) if mark.also is None else advice_on(mark.kind, mark.also, typed=typed)
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


def advice_on(*kinds: Kind, typed: str) -> Mapping[str, str]:
    """What is true of several kinds of a fact, by what they are short of: why, a question and an example.

    `typed`: the sentence it is said of, which the example does not show again.
    """
    short = {short_of(kind) for kind in kinds}
    about = "_or_".join(one for one in ("seen", "told", "open") if one in short)
    return _fitting(about, typed)


def _fitting(name: str, typed: str) -> Mapping[str, str]:
    """The advice of a name, with the example that has fewer words of what was typed, the first of equals."""
    advice = _advice()[name]
    words = words_that_mean(typed)
    shown = min((advice["example"], advice["another"]), key=lambda one: len(words & words_that_mean(one.split("→")[0])))
    return {"why": advice["why"], "question": advice["question"], "example": shown}


@cache
def _advice() -> dict[str, dict[str, str]]:
    return cast("dict[str, dict[str, str]]", read_toml("advice.toml"))


__all__ = ["Checked", "Field", "Finding", "Kind", "Slot", "advice_on", "check"]
