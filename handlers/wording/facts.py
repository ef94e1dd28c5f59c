"""Facts: which phrases are not what somebody saw, heard, smelt or counted. Rules first; then the model.

Not allowed here: a word list (they are data), a look inside a quotation or at what somebody is reported to have said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from handlers.wording.detail import dated_behind, detail_features, is_concrete, spelt_out
from handlers.wording.features import clause_features, pair_features, shape_features, symbols_of
from handlers.wording.kinds import FACT_KINDS, Kind, Mark
from handlers.wording.lexicon import members, words_of
from handlers.wording.linear import model, ranked, two_best
from handlers.wording.naming import naming_features
from handlers.wording.plain import guesses_what_stands_before, is_never_a_fault, is_plain
from handlers.wording.rules import Hit, hits_in
from handlers.wording.spelling import repaired
from handlers.wording.structure import ENDS, SPEECH, Clause, Quote, bounds_of, clauses_of, inside_of, quotes_of
from handlers.wording.text import NAME, NUMBER, QUOTED, Tokens, tokens_of

LONGEST_SCARE = 3
"""Words inside scare quotes; what is longer is somebody's words."""
RULE_BONUS = 200
SURE_BONUS = 9_000
"""More than any clause can have against it."""
SURE = "r:sure"
UNSURE = 700
"""Thousandths by which one kind must lead the next to be named alone: else advice on it would often be wrong."""
OVERRULED = 600
"""Thousandths by which another kind must lead that of a loose rule: of 200 to 1,000 it names the most rightly."""
PLAIN = "o:plain"
"""What somebody did, with no cue and no rule: grammar makes no fault possible, whatever the clause scores."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause that nobody else is said to have uttered, and what the model sees of it."""

    clause: Clause
    symbols: list[tuple[str, int]]
    placed: list[tuple[str, int]]
    features: frozenset[str]
    hits: list[Hit]
    shown: bool
    """Whether what was seen stands beside a word for a feeling, or it is said of a story: then the word is no fault."""


def find(text: str) -> list[Mark]:
    """The phrases of a text that are not observation, in no special order; they may touch, not overlap."""
    tokens = tokens_of(text)
    quotes = quotes_of(tokens)
    inside = inside_of(tokens, quotes)
    marks = _scare_quotes(tokens, quotes, inside)
    for reading in readings(tokens, inside):
        if reading.shown or is_never_a_fault([word for word, _ in reading.symbols]):
            continue
        if model("facts").score(reading.features) + bonus(reading.features) > 0:
            own = _by_rules(tokens, reading) if reading.hits else _by_model(tokens, reading)
            marks += [mark for mark in own if mark.kind is not Kind.DIAGNOSIS or not _is_on_record(tokens, reading)]
    return marks


def telling(reading: Reading) -> frozenset[str]:
    """What tells one kind from another: its words, and the shapes that they make."""
    own = (feature for feature in reading.features if feature[1:2] == ":" and feature[:2] not in _NO_KIND)
    return naming_features([word for word, _ in reading.symbols]).union(own)


_NO_KIND = frozenset(["k:", "b:"])
"""Pairs of words: of the kind they tell no more than the words alone, and they are most of the weights."""


def bonus(features: frozenset[str]) -> int:
    """What a clause is given for a rule that holds, in thousandths of the score."""
    if SURE in features:
        return SURE_BONUS
    if PLAIN in features:
        return -SURE_BONUS
    return RULE_BONUS if "r:any" in features else 0


_RECORDED = words_of("facts_recorded")


def _is_on_record(tokens: Tokens, reading: Reading) -> bool:
    """Whether the sentence names a document or a clinician that could say so, or a lesson that is about it."""
    first, last = bounds_of(tokens, reading.clause)
    return not (members("document", "lesson") | _RECORDED).isdisjoint(tokens.words[first:last])


def _is_of_a_work(symbols: list[tuple[str, int]]) -> bool:
    """Whether a clause tells of a poem, a part or a spelling: who is angry there is nobody's child."""
    return not members("work").isdisjoint(word for word, _ in symbols)


def _is_listed_in_a_work(tokens: Tokens, clause: Clause, symbols: list[tuple[str, int]]) -> bool:
    """Whether it is a word of a list that a work has: "Spellings: violent, selfish"."""
    if len(symbols) > LONGEST_LISTED:
        return False
    first, _ = bounds_of(tokens, clause)
    return not members("work").isdisjoint(tokens.words[first : clause.start])


LONGEST_LISTED = 2
_LOOKED = words_of("facts_looked")
_OBJECT = words_of("facts_object")
_LEADS_ON = words_of("facts_leads_on")
"""What no phrase ends with: "dont give a" is shown with its next word."""
_SHOWN = words_of("facts_shown")
"""What can be seen of somebody of whom it is said that they were it: upset, and not jealous."""
_WAS = words_of("facts_was")
_REACH = 26


def _shows_its_basis(tokens: Tokens, symbols: list[tuple[str, int]], inside: list[bool]) -> bool:
    """ "She looked upset: she was crying": how somebody looked, with what was seen in the same sentence or the next."""
    words = [word for word, _ in symbols]
    emotions = members("emotion")
    for at, word in enumerate(words[:-1]):
        shown = _SHOWN if word in _WAS else emotions
        felt = word in _LOOKED and not shown.isdisjoint(words[at + 1 : at + 4])
        if felt and _OBJECT.isdisjoint(words[at + 2 : at + 6]):
            first = symbols[at][1]
            return _basis_near(tokens, first, inside)
    return False


def _basis_near(tokens: Tokens, first: int, inside: list[bool]) -> bool:
    ends = 0
    basis = members("basis")
    for at in range(first + 2, min(len(tokens), first + _REACH)):
        if tokens.words[at] in basis or inside[at]:
            return True
        ends += tokens.words[at] in ".!?" and not inside[at]
        if ends > 1:
            return False
    return False


def readings(tokens: Tokens, inside: list[bool]) -> list[Reading]:
    """The clauses that are the writer's own, each with its features: what the trainer and the guard both see."""
    clauses = list(clauses_of(tokens, inside))
    symbols = [[] if clause.masked else _symbols(tokens, clause, inside) for clause in clauses]
    found: list[Reading] = []
    for at, clause in enumerate(clauses):
        if not any(word[0].isalpha() for word, _ in symbols[at]):
            continue
        placed = clause_features(symbols[at], grams=False) + pair_features(symbols[at])
        here, after = is_concrete(symbols[at]), spelt_out(clauses, symbols, at)
        hits = _hits(clauses, symbols, at, detailed=here or after)
        detail = detail_features(symbols[at], here=here, after=after)
        shape = [*shape_features(symbols[at]), *(_ruled(hits) or _plain(symbols[at]))]
        features = frozenset(feature for feature, _ in placed).union(shape, detail)
        of_a_work = _is_of_a_work(symbols[at]) or _is_listed_in_a_work(tokens, clause, symbols[at])
        guess = at > 0 and guesses_what_stands_before(*([word for word, _ in symbols[one]] for one in (at, at - 1)))
        shown = of_a_work or guess or _shows_its_basis(tokens, symbols[at], inside)
        found.append(Reading(clause, symbols[at], placed, features, hits, shown))
    return found


def _hits(clauses: Sequence[Clause], symbols: Sequence[list[tuple[str, int]]], at: int, *, detailed: bool) -> list[Hit]:
    """The rules that hold in a clause; an open word is not vague where the detail is given there or behind."""
    words = [word for word, _ in symbols[at]]
    hits = [hit for hit in hits_in(words) if hit.end > hit.start and not _is_of_a_thing(words, hit)]
    if detailed:
        return [hit for hit in hits if hit.rule.kind is not Kind.VAGUE]
    dated = any(hit.rule.when for hit in hits) and dated_behind(clauses, symbols, at)
    return [hit for hit in hits if not (dated and hit.rule.when)]


def _is_of_a_thing(words: Sequence[str], hit: Hit) -> bool:
    """Whether a label is a thing's: "Neglected plants on the sill", "The printer is always jammed"."""
    if hit.rule.kind not in _OF_PEOPLE:
        return False
    things = _things()
    labelled = hit.end - hit.start == 1 and words[hit.end : hit.end + 1] and words[hit.end] in things
    subject = hit.start > 2 and words[0] in _ARTICLES and words[1] in things and words[2] in members("be", "have")
    never = hit.rule.kind is Kind.GENERALISATION and words[hit.start] in _OFTEN
    return subject or bool(labelled and not never)


@cache
def _things() -> frozenset[str]:
    return members("thing", "food", "document", "medium", "place", "concrete") - members("elsewhere") - _GROUPS


_OF_PEOPLE = frozenset([Kind.JUDGEMENTAL, Kind.DIAGNOSIS, Kind.GENERALISATION, Kind.MIND_READING])
_GROUPS = words_of("facts_groups")
"""Places that are said of those who are in them: "The class is always loud"."""
_ARTICLES = words_of("facts_articles")
_OFTEN = words_of("facts_often")


def _symbols(tokens: Tokens, clause: Clause, inside: list[bool]) -> list[tuple[str, int]]:
    """The clause's words without what joins it to its neighbours: its stop, its comma, an "and" before it."""
    found = [(repaired(word), at) for word, at in symbols_of(tokens, clause, inside)]
    last = len(found)
    while last and not found[last - 1][0][0].isalnum() and found[last - 1][0] not in _MEANT:
        last -= 1
    first = 0
    while first < last - 1 and (found[first][0] in _JOINS or found[first][0] in _STOPS):
        first += 1
    return found[first:last]


_MEANT = frozenset([NAME, NUMBER, QUOTED, "%", "£"])
_STOPS = frozenset(".,:;!?-()[]/*\n'")
_JOINS = words_of("facts_joins")


def _plain(symbols: list[tuple[str, int]]) -> list[str]:
    return [PLAIN] if is_plain([word for word, _ in symbols]) else []


def _ruled(hits: list[Hit]) -> list[str]:
    """A rule that holds is one more thing the model weighs: what else the clause says may speak against it."""
    sure = [SURE] if any(hit.rule.sure for hit in hits) else []
    return ["r:any", *sure, *(f"r:{hit.rule.id}" for hit in hits)] if hits else []


def _by_rules(tokens: Tokens, reading: Reading) -> list[Mark]:
    places, hits, found = reading.symbols, _weightier(reading.hits), list[Mark]()
    starts = [*(hit.start for hit in hits[1:]), len(places)]
    for hit, after in zip(hits, starts, strict=True):
        last = _led_on(reading, hit.end - 1, after - 1)
        found.append(_mark(tokens, places[hit.start][1], places[last][1], hit.rule.kind, hit.rule.id))
    return [_overruled(found[0], reading)] if len(hits) == 1 and hits[0].rule.loose else found


def _weightier(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without an open amount that only weakens the next: "a bit of a madam" is a label, and no amount."""
    pairs = zip(hits, [*hits[1:], None], strict=True)
    return [hit for hit, after in pairs if hit.rule.kind is not Kind.VAGUE or not _weakens(hit, after)]


def _weakens(hit: Hit, after: Hit | None) -> bool:
    return after is not None and after.rule.kind is not Kind.VAGUE and after.start - hit.end <= NEAR


NEAR = 1
"""Words between an amount and what it weakens."""


def _overruled(mark: Mark, reading: Reading) -> Mark:
    """The mark of the only rule that holds; where the clause speaks loudly for another kind, of that one."""
    scores = ranked(FACT_KINDS, telling(reading), prefix="facts.")
    loudest, score = scores[0]
    return mark if score - dict(scores)[mark.kind] < OVERRULED else replace(mark, kind=Kind(loudest), also=mark.kind)


def _led_on(reading: Reading, last: int, furthest: int) -> int:
    """Where a phrase that ends on a word that leads on ends indeed."""
    symbols = [symbol for symbol, _ in reading.symbols]
    while symbols[last] in _LEADS_ON and last < furthest and (symbols[last + 1] == NAME or symbols[last + 1].isalnum()):
        last += 1
    return last


def _by_model(tokens: Tokens, reading: Reading) -> list[Mark]:
    kind, near, apart = two_best(FACT_KINDS, telling(reading), prefix="facts.")
    first, last = _smallest(reading)
    mark = _mark(tokens, reading.symbols[first][1], reading.symbols[last][1], Kind(kind), f"{kind}.model")
    return [replace(mark, also=Kind(near)) if apart < UNSURE else mark]


def _smallest(reading: Reading) -> tuple[int, int]:
    """The run of words that carries the fault: words at either end that speak against it are left out."""
    shares = model("facts").shares(reading.placed, len(reading.symbols))
    words = [at for at, (word, _) in enumerate(reading.symbols) if word[0].isalpha()]
    telling_words = [at for at in words if shares[at] > 0] or words
    return telling_words[0], _led_on(reading, telling_words[-1], words[-1])


def _scare_quotes(tokens: Tokens, quotes: list[Quote], inside: list[bool]) -> list[Mark]:
    found: list[Mark] = []
    for quote in quotes:
        words = tokens.words[quote.start + 1 : quote.end]
        if not 0 < len(words) <= LONGEST_SCARE or not all(word[0].isalpha() for word in words):
            continue
        near = _near_in_sentence(tokens, quote)
        spoken = any(tokens.words[at] in SPEECH or tokens.words[at] in _NO_SCARE for at in near if not inside[at])
        if spoken or tokens.words[max(0, quote.start - 1)] not in _SCARE_AFTER:
            continue
        found.append(_mark(tokens, quote.start, quote.end, Kind.JUDGEMENTAL, "judgemental.scare-quotes"))
    return found


def _near_in_sentence(tokens: Tokens, quote: Quote) -> range:
    """The tokens about a quotation that belong to its sentence."""
    first, last = quote.start, quote.end + 1
    while first > max(0, quote.start - 14) and tokens.words[first - 1] not in ENDS:
        first -= 1
    while last < min(len(tokens), quote.end + 8) and tokens.words[last] not in ENDS:
        last += 1
    return range(first, last)


_NO_SCARE = words_of("facts_no_scare")
_SCARE_AFTER = words_of("facts_scare_after")


def _mark(tokens: Tokens, first: int, last: int, kind: Kind, rule: str) -> Mark:
    return Mark(start=tokens.starts[first], end=tokens.ends[last], kind=kind, rule=rule)
