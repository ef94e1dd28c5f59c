"""What the guard found in an account as it was first written, as plain codes for the trail: counts, never a word.

They are for training: which kinds recur (`handlers.oversight.themes`). An account that is urgent is not read for it.
"""

from collections import Counter
from collections.abc import Mapping

from handlers.account import form as concern
from handlers.account import left_open
from handlers.rules.chronology import Answers
from handlers.wording import guard

READ = "guard"
"""The code that says that the account was read; its value is the form that the codes have."""
MISSING = "guard_missing"
CHOSEN = "chosen"
"""The answer that no field asks for: what became of each phrase, in order; no part of the account."""
COUNTED: Mapping[str, str] = {"move": "guard_moved", "rewrite": "guard_rewritten", "exact": "guard_confirmed"}
FIELDS: Mapping[str, guard.Field] = {"facts": guard.Field.FACTS, "own_words": guard.Field.OWN_WORDS}


def codes(answers: Answers, *, year: str) -> dict[str, str]:
    """Findings by field and kind (`guard_facts_opinion`), what was chosen, what was left open; absent where none."""
    if concern.is_urgent(answers):
        return {}
    first = {**answers, **{field: _first(answers, field) for field in FIELDS}}
    found = Counter(
        f"guard_{field}_{finding.kind}"
        for field, which in FIELDS.items()
        for finding in guard.check(which, str(first[field]), year=year).findings
    )
    chosen = Counter(COUNTED[choice] for choice in answers.get(CHOSEN, ()) if choice in COUNTED)
    left = ",".join(left_open.missing(first))
    counts = {name: str(number) for name, number in sorted({**found, **chosen}.items())}
    return {READ: "1", **counts, **({MISSING: left} if left else {})}


def _first(answers: Answers, field: str) -> str:
    return str(answers.get(concern.FIRST[field]) or answers.get(field) or "")


def kinds(facts: Mapping[str, str]) -> frozenset[str]:
    """The kinds of finding that an entry's facts tell of."""
    starts = tuple(f"guard_{field}_" for field in FIELDS)
    return frozenset(name.removeprefix(start) for name in facts for start in starts if name.startswith(start))


def missing(facts: Mapping[str, str]) -> frozenset[str]:
    """What was left open, as an entry's facts tell it."""
    return frozenset(slot for slot in facts.get(MISSING, "").split(",") if slot)
