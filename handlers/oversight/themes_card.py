"""Training themes: which findings recur, by department, and what would help. No person, no word of an account."""

from collections.abc import Mapping, Sequence

from handlers.account.left_open import ASKED
from handlers.rules.calendar import Term
from handlers.rules.training import FEWEST_ACCOUNTS, FEWEST_WRITERS, MOST_KINDS, TOGETHER, Row
from handlers.ui import say
from handlers.ui.card import Card, Facts, Heading, Part, Words
from handlers.wording.guard import Kind, Slot

MOST_ROWS = 12
"""Departments that have a heading of their own, as many as a message takes; every other one has a line."""
_LINES = 10
"""Departments in one block."""
FEW = f"fewer than {FEWEST_ACCOUNTS}"

SAID: Mapping[str, tuple[str, str]] = {
    Kind.OPINION: ("Opinion among the facts", "Practise moving a view to its own field, with what it rests on."),
    Kind.INFERENCE: ("Conclusions nobody saw", "Practise writing what there was to see, hear, smell or count."),
    Kind.MIND_READING: ("Feelings or motives as fact", "Practise writing what somebody did or said that showed it."),
    Kind.HEARSAY_AS_FACT: ("Hearsay with no source", "Practise saying who told you, when, and whether they saw it."),
    Kind.DIAGNOSIS: ("A condition or a harm named", "Practise describing signs, and naming the report that says more."),
    Kind.JUDGEMENTAL: ("Labels for people", "Practise writing the words and deeds behind a label."),
    Kind.VAGUE: ("Vague words", "Practise how many, how big, how long and which words."),
    Kind.GENERALISATION: ("Always, never, typical", "Practise a count with its dates and its source."),
    Kind.REPORTED_SPEECH: ("A child's words retold", "Practise noting exact words at once, on paper if need be."),
    Kind.SUMMARY: ("A child's words summed up", "Practise keeping what was said, not that it was said."),
    Kind.PARAPHRASE: ("A child's words put otherwise", "Practise leaving a child's own words as they are."),
    Kind.ADULT_VOCABULARY: ("Adult words in a child's mouth", "Ask of each: did the child say this very word?"),
    Kind.LEADING_QUESTION: ("Leading questions", "Practise Tell, Explain, Describe."),
}
"""What each kind is called here, and the one line of advice."""


def themes_card(term: Term | None, rows: Sequence[Row]) -> Card:
    """For one term; where nothing was read it says so."""
    heading = Heading("Training themes")
    if term is None or not rows:
        none = Words(text="No account of this term has been read for its wording yet.")
        return Card(summary="Training themes", parts=(heading, *_when(term), none))
    shown = [part for row in rows[:MOST_ROWS] for part in _row(row)]
    rest = (Heading("The other departments"), *_briefly(rows[MOST_ROWS:])) if len(rows) > MOST_ROWS else ()
    return Card(summary="Training themes", parts=(heading, *_when(term), *shown, *rest, *_advice(rows), _small_print()))


def _when(term: Term | None) -> tuple[Part, ...]:
    if term is None:
        return ()
    days = f"{say.long(term.first)} to {say.long(term.last)}"
    return (Words(text=f"Accounts sent in the term of {days}, as first written", subtle=True),)


def _row(row: Row) -> tuple[Part, ...]:
    name = row.department if row.department != TOGETHER else "Everyone else"
    if row.accounts is None:
        few = f"Too few accounts to show ({FEW}, or by fewer than {FEWEST_WRITERS} people)."
        return (Heading(name), Words(text=few))
    kinds = tuple((SAID[kind][0], _of(count, row.accounts)) for kind, count in row.kinds if kind in SAID)
    left = tuple((f"Not said: {ASKED[Slot(slot)]}", _of(count, row.accounts)) for slot, count in row.open)
    found = Facts((*kinds, *left)) if kinds or left else Words(text="Nothing was pointed out.")
    return (Heading(name), Words(text=f"{row.accounts} accounts", subtle=True), found)


def _briefly(rows: Sequence[Row]) -> tuple[Part, ...]:
    """A line for each, so that however many there are nothing is left out."""
    pairs = [(row.department if row.department != TOGETHER else "Everyone else", _line(row)) for row in rows]
    return tuple(Facts(tuple(pairs[start : start + _LINES])) for start in range(0, len(pairs), _LINES))


def _line(row: Row) -> str:
    if row.accounts is None:
        return f"too few to show ({FEW})"
    kinds = [f"{SAID[kind][0].lower()} {_of(count, row.accounts)}" for kind, count in row.kinds if kind in SAID]
    return "; ".join([f"{row.accounts} accounts", *kinds])


def _of(count: int | None, accounts: int) -> str:
    return FEW if count is None else f"{count} of {accounts}"


def _advice(rows: Sequence[Row]) -> tuple[Part, ...]:
    """One line for each kind that recurs anywhere, in the order in which they are met."""
    recurring = dict.fromkeys(kind for row in rows for kind, count in row.kinds if count is not None)
    lines = tuple(SAID[kind] for kind in recurring if kind in SAID)
    return (Heading("What to train next"), Facts(lines)) if lines else ()


def _small_print() -> Words:
    whose = f"Counts of accounts, never of people. A department is shown by itself from {FEWEST_ACCOUNTS} accounts by "
    what = f"{FEWEST_WRITERS} people on, with the findings that most of its accounts have, {MOST_KINDS} at the most. "
    return Words(text=f"{whose}{what}Urgent and quick concerns are not read.", subtle=True)
