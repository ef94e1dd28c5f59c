"""Quality of the records of a term, and the month's sample to look at. Counts and references: no person, no child."""

from collections.abc import Sequence
from datetime import date

from handlers.rules.calendar import Term
from handlers.rules.concern import Concern
from handlers.rules.delay import in_words
from handlers.rules.record_quality import FEWEST, Figures, Mark
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.ui.due import Due

SAYS = {
    Mark.FIRST_HAND: "First-hand: seen, heard or told by the child",
    Mark.WHEN: "When it happened is said",
    Mark.WHERE: "Where is said",
    Mark.VOICE: "The child's own words, or that none were said",
    Mark.DONE: "What was done is said",
    Mark.PARENTS: "Parents: told, or why not",
    Mark.PROMPT: "Recorded within a day",
    Mark.DECIDED: "Decision with its rationale",
}
FEW = f"too few to show (under {FEWEST})"
MOST_BUTTONS = 5


def quality_card(term: Term | None, found: Figures) -> Card:
    heading = Heading("Quality of the records")
    if term is None or found.records is None:
        none = Words(text=f"There are too few records of this term to show anything (under {FEWEST}).")
        return Card(summary="Quality of the records", parts=(heading, none))
    days = f"{say.long(term.first)} to {say.long(term.last)}"
    pairs = tuple((SAYS[mark], FEW if share is None else f"{share} %") for mark, share in found.shares)
    delay = (("Usually recorded", f"{in_words(found.delay)} after it was learned"),) if found.delay else ()
    small = Words(text="Counts of records, never of people. Tests are left out.", subtle=True)
    where = Words(text=f"{found.records} records of the term of {days}", subtle=True)
    return Card(summary="Quality of the records", parts=(heading, where, Facts((*pairs, *delay)), small))


def sample_card(month: date, concerns: Sequence[tuple[Concern, bool]]) -> Card:
    """The month's sample: by reference, with whether it has been looked at."""
    says = Words(text="Chosen at random. Read each one, and say what is good in it and what is missing.")
    pairs = tuple((concern.reference, "looked at" if done else "to be looked at") for concern, done in concerns)
    left = [concern for concern, done in concerns if not done]
    parts: list[Part] = [says, Facts(pairs)]
    if not left:
        heading = f"Records of {say.month(month)}: all looked at"
        return Card(summary=heading, parts=(Heading(heading), *parts))
    buttons = tuple(_button(concern) for concern in left[:MOST_BUTTONS])
    one = len(left) == 1
    asks = Due(
        what=f"{len(left)} {'record' if one else 'records'} to look at", when=f"the sample of {say.month(month)}",
        whose=f"Any lead may look at {'it' if one else 'them'}", do=due.press(buttons[0].label),
    )  # fmt: skip
    return due.card(asks, (*parts, Buttons(buttons)))


def _button(concern: Concern) -> Button:
    return Button(
        press=Press.REVIEW, label=f"Look at {concern.reference}", subject=concern.id, version=concern.version,
        look=Look.PLAIN,
    )  # fmt: skip
