"""Make the guard's model from the corpus: `python -m tests.wording.train`. The same corpus gives the same bytes.

Not allowed here: the held-out blocks (but for `--all`, which nothing ships), any other text.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from handlers.wording import completeness, facts, lexicon, naming, own_words, pieces, rules, spelling, structure, text
from handlers.wording.kinds import FACT_KINDS, NARRATION_KINDS, Kind, Slot
from handlers.wording.linear import Linear
from tests.wording import corpus, learn
from tests.wording.corpus import Note, Span
from tests.wording.learn import Row, Settings

DATA = Path(facts.__file__).parent / "data"
WORD = Settings(cost=0.25, seldom=2, weight_of_yes=2, least=50)
CLAUSE = Settings(cost=1.2, seldom=2, least=110)
FAULT = Settings(cost=0.6, seldom=2, least=120)
WHICH = Settings(cost=0.6, seldom=3, least=120)
WAY = Settings(cost=0.6, seldom=3, least=180)
PIECE = Settings(cost=1.0, least=60)
ACCOUNT = Settings(cost=0.5, seldom=3, least=65)
CLEAN_FACTS, CLEAN_NARRATION, CLEAN_QUESTION, CLEAN_WORD, CLEAN_SLOT = 0.045, 0.012, 0.008, 0.008, 0.01
"""Shares of clean notes that may be flagged, each measured by cross-validation over hands."""


def _written() -> tuple[Counter[str], Counter[str]]:
    """How often each word of the corpus is written small, and with a capital where no sentence begins."""
    small, tall = Counter[str](), Counter[str]()
    for field in ("facts", "own_words", "completeness"):
        for note in corpus.notes(field):
            tokens, before = text.tokens_of(note.text), "."
            for word, start in zip(tokens.words, tokens.starts, strict=True):
                small[word] += note.text[start].islower()
                tall[word] += note.text[start].isupper() and before not in _FRESH_AFTER
                before = word
    return small, tall


_FRESH_AFTER = frozenset(".!?\n:\"'(-*")


def vocabulary_text() -> str:
    """Words that stand twice in the corpus, mostly written small, and those of rules: others may be names."""
    small, tall = _written()
    seen = (word for word, count in small.items() if count > max(tall[word], 1))
    known = {*seen, *rules.rule_words(), *rules.words_in(naming.shapes())}
    kept = sorted(word for word in known if len(word) > 1 and word.replace("'", "").isalpha())
    return "\n".join(kept) + "\n"


def names_text() -> str:
    """The words of the corpus that are mostly written with a capital where no sentence begins."""
    small, tall = _written()
    words = lexicon.classes_of()
    named = {word.removesuffix("'s") for word, count in tall.items() if count > small[word]}
    return "\n".join(sorted(word for word in named if len(word) > 1 and word.isalpha() and word not in words)) + "\n"


def write_vocabulary() -> None:
    """Write both lists, and have them read anew."""
    (DATA / "vocabulary.txt").write_text(vocabulary_text(), encoding="utf-8")
    (DATA / "names.txt").write_text(names_text(), encoding="utf-8")
    words = (lexicon.vocabulary, lexicon.names, spelling.known_words, spelling.is_word, spelling.repaired)
    for cached in (*words, spelling.standard, text.told_alone):
        cached.cache_clear()


def label(start: int, end: int, spans: Sequence[Span]) -> str:
    """The kind of the span that shares at least half of the shorter of the two; none is the empty word."""
    best, kind = 0, ""
    for span in spans:
        shared = min(end, span.end) - max(start, span.start)
        if shared > best and shared * 2 >= min(end - start, span.end - span.start):
            best, kind = shared, span.kind
    return kind


def fact_rows(note: Note) -> list[tuple[facts.Reading, str]]:
    """The clauses of a note, each with its kind."""
    tokens = text.tokens_of(note.text)
    inside = structure.inside_of(tokens, structure.quotes_of(tokens))
    found = facts.readings(tokens, inside)
    bounds = [(tokens.starts[one.clause.start], tokens.ends[one.clause.end - 1]) for one in found]
    rows = [(one, label(start, end, note.spans)) for one, (start, end) in zip(found, bounds, strict=True)]
    return [(one, kind) for one, kind in rows if kind or not one.shown]


def train_facts(notes: Sequence[Note]) -> dict[str, Linear]:
    """Fault or not, over clauses; then which kind, over the faulty ones."""
    rows = [fact_rows(note) for note in notes]
    fault = [[(one.features, bool(kind)) for one, kind in its] for its in rows]
    models = {"facts": _calibrated(fault, notes, CLAUSE, CLEAN_FACTS, facts.bonus)}
    faulty = [(facts.telling(one), kind) for its in rows for one, kind in its if kind]
    for kind in FACT_KINDS:
        models[f"facts.{kind}"] = learn.fit([(features, its == kind) for features, its in faulty], FAULT)
    return models


def train_own_words(notes: Sequence[Note]) -> dict[str, Linear]:
    """Questions over every piece, narration outside quotations, adult words over what a young child is quoted with."""
    views = [(note, text.tokens_of(note.text)) for note in notes]
    views_of = [_labelled(note, tokens) for note, tokens in views]
    models: dict[str, Linear] = {}
    question = Kind.LEADING_QUESTION
    asked = [[(p.features, kind == question) for p, kind in its if not p.leads_nobody] for its in views_of]
    models[f"own.{question}"] = _calibrated(asked, notes, PIECE, CLEAN_QUESTION, own_words.asked_bonus)
    told = [[(p.features, kind) for p, kind in its if p.narrates and kind != question] for its in views_of]
    retold = [[(f, bool(kind)) for f, kind in its] for its in told]
    models["own.narration"] = _calibrated(retold, notes, PIECE, CLEAN_NARRATION, own_words.bonus)
    for kind in NARRATION_KINDS:
        models[f"own.{kind}"] = learn.fit([(f, its == kind) for group in told for f, its in group if its], WAY)
    words = [_word_rows(note, tokens) for note, tokens in views]
    models[f"own.{Kind.ADULT_VOCABULARY}"] = _calibrated(words, notes, WORD, CLEAN_WORD, own_words.asked_bonus)
    return models


def _labelled(note: Note, tokens: text.Tokens) -> list[tuple[pieces.Piece, str]]:
    found = pieces.pieces(tokens)
    return [(one, label(*_bounds(tokens, one), note.spans)) for one in found]


def _bounds(tokens: text.Tokens, piece: pieces.Piece) -> tuple[int, int]:
    return tokens.starts[piece.stretch.start], tokens.ends[piece.stretch.end - 1]


def _word_rows(note: Note, tokens: text.Tokens) -> list[Row]:
    if note.year.lower() not in own_words.YOUNG:
        return []
    spans = [span for span in note.spans if span.kind == Kind.ADULT_VOCABULARY]
    return [
        (own_words.word_view(piece, at), any(span.start <= tokens.starts[token] < span.end for span in spans))
        for piece in pieces.pieces(tokens)
        if own_words.says_as_a_child(piece)
        for at, (word, token) in enumerate(piece.symbols)
        if word[0].isalpha()
    ]


def train_completeness(notes: Sequence[Note]) -> dict[str, Linear]:
    """Each slot by itself, over whole accounts; the threshold is the one that errs least in cross-validation."""
    views = [completeness.features(text.tokens_of(note.text)) for note in notes]
    models: dict[str, Linear] = {}
    for slot in Slot:
        rows = [[(view, slot in note.missing)] for view, note in zip(views, notes, strict=True)]
        models[f"slot.{slot}"] = _least_errors(rows, notes, ACCOUNT, partial(completeness.bonus, slot))
    return models


def _calibrated(
    groups: list[list[Row]], notes: Sequence[Note], settings: Settings, share: float, bonus: learn.Bonus = learn.none
) -> Linear:
    scores = learn.held_scores(groups, _hands(notes), settings, bonus)
    clean = [score for score, group in zip(scores, groups, strict=True) if group and not any(yes for _, yes in group)]
    return _with(learn.fit([row for group in groups for row in group], settings), learn.threshold(clean, share))


def _least_errors(groups: list[list[Row]], notes: Sequence[Note], settings: Settings, bonus: learn.Bonus) -> Linear:
    scores = learn.held_scores(groups, _hands(notes), settings, bonus)
    ranked = sorted(((score, group[0][1]) for score, group in zip(scores, groups, strict=True)), reverse=True)
    wrong = best = sum(yes for _, yes in ranked)
    edge = ranked[0][0]
    for score, yes in ranked:
        wrong += -1 if yes else 1
        if wrong < best:
            best, edge = wrong, score - 1
    return _with(learn.fit([row for group in groups for row in group], settings), round(edge))


def _hands(notes: Sequence[Note]) -> list[int]:
    """A number for whoever wrote each note: what a model does for a hand it has not seen is what it will do."""
    hands = sorted({note.hand for note in notes})
    return [hands.index(note.hand) for note in notes]


def _with(linear: Linear, edge: int) -> Linear:
    return Linear(weights=linear.weights, bias=linear.bias, threshold=edge)


def trained(*, everything: bool = False) -> dict[str, Linear]:
    """Every model, from the notes that are not held out."""

    def some(field: str) -> list[Note]:
        return [note for note in corpus.notes(field) if everything or not note.held_out]

    return train_facts(some("facts")) | train_own_words(some("own_words")) | train_completeness(some("completeness"))


def as_json(models: dict[str, Linear]) -> str:
    """The file's text: whole numbers, keys in order, one model a line."""
    lines = (f"{json.dumps(name)}:{_line(one)}" for name, one in sorted(models.items()))
    return "{" + ",\n".join(lines) + "}\n"


def _line(one: Linear) -> str:
    parts = {"bias": one.bias, "threshold": one.threshold, "weights": dict(sorted(one.weights.items()))}
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Write the vocabulary and the model, and say how large they are."""
    write_vocabulary()
    made = as_json(trained(everything="--all" in sys.argv))
    (DATA / "model.json").write_text(made, encoding="utf-8")
    print(f"model.json: {len(made.encode())} bytes, sha256 {hashlib.sha256(made.encode()).hexdigest()[:16]}")


if __name__ == "__main__":
    main()
