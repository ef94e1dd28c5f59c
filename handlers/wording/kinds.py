"""What the guard can say: fields, kinds, slots, findings. Values only."""

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Which box of the form the text was typed in."""

    FACTS = "facts"
    OWN_WORDS = "own_words"
    COMPLETENESS = "completeness"
    QUESTIONS = "questions"
    """What the adult asked a child, a question a line, without quotation marks."""


class Kind(StrEnum):
    """What a phrase is, by the labelling rules; it never says that the phrase is wrong."""

    OPINION = "opinion"
    INFERENCE = "inference"
    MIND_READING = "mind_reading"
    HEARSAY_AS_FACT = "hearsay_as_fact"
    DIAGNOSIS = "diagnosis"
    JUDGEMENTAL = "judgemental"
    VAGUE = "vague"
    GENERALISATION = "generalisation"
    REPORTED_SPEECH = "reported_speech"
    SUMMARY = "summary"
    PARAPHRASE = "paraphrase"
    ADULT_VOCABULARY = "adult_vocabulary"
    LEADING_QUESTION = "leading_question"


class Slot(StrEnum):
    """What a complete account answers."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    OBSERVER = "observer"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A phrase found, in code points of the text, before any advice is put to it."""

    start: int
    end: int
    kind: Kind
    rule: str
    also: Kind | None = None
    """Another kind that it may as well be: then nothing is said that fits only one of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A phrase, what it is, why it is pointed out, what to ask oneself, and another sentence of the kind rewritten."""

    start: int
    end: int
    kind: Kind
    rule: str
    why: str
    question: str
    example: str
    also: Kind | None = None
    """The other kind that was near; why, question and example fit both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    findings: tuple[Finding, ...] = ()
    missing: tuple[Slot, ...] = ()


FACT_KINDS = (
    Kind.OPINION,
    Kind.INFERENCE,
    Kind.MIND_READING,
    Kind.HEARSAY_AS_FACT,
    Kind.DIAGNOSIS,
    Kind.JUDGEMENTAL,
    Kind.VAGUE,
    Kind.GENERALISATION,
)
NARRATION_KINDS = (Kind.REPORTED_SPEECH, Kind.SUMMARY, Kind.PARAPHRASE)


def short_of(kind: Kind) -> str:
    """What a fact of this kind is short of: who told it, what exactly it was ("open"), or what there was to see."""
    return {Kind.HEARSAY_AS_FACT: "told", Kind.VAGUE: "open"}.get(kind, "seen")
