"""What was noticed, in words: each with its evidence, and a way to dismiss it with a reason. Never a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.rules.patterns import PatternKind
from handlers.ui import say
from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField

DISMISS = "dismiss"
SAYS = {
    PatternKind.LOW_LEVEL: "Several low-level concerns about the same adult",
    PatternKind.ACCUMULATES: "Three or more concerns in 14 days",
    PatternKind.LEVEL_RISES: "The last one was judged graver than the one before",
    PatternKind.SIBLINGS: "A brother or sister has a concern in the same four weeks",
    PatternKind.SAME_PLACE: "Several children, the same place, in four weeks",
    PatternKind.SAME_ADULT: "The same adult is named more than once",
    PatternKind.NO_VOICE: "The child's own words are missing from the last four",
    PatternKind.NO_PARENTS: "No contact with parents is recorded in the last four",
    PatternKind.RISING: "More than before: twice as many in four weeks as in the four before",
    PatternKind.LATE: "Reports that came more than a day late, in four weeks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A pattern as it is shown: what, where or who in words, and the evidence by reference."""

    id: str
    words: str
    evidence: Sequence[str]

    def parts(self) -> tuple[Part, ...]:
        return (Words(text=self.words, alert=True), Words(text=", ".join(self.evidence), subtle=True))


PAGE = 20
"""Patterns on one page, the gravest first."""
NEXT = "next"


def window(key: str, noticed: Sequence[Noticed], *, number: int = 1) -> Form:
    """Page `number` of what is noticed now; one may be dismissed, with the reason. Out of range shows the last one."""
    if not noticed:
        nothing = Words(text="There is nothing here that has not been dismissed.")
        return Form(id=DISMISS, key=key, title="Patterns", parts=(nothing,))
    last = -(-len(noticed) // PAGE)
    number = max(1, min(number, last))
    on_it = noticed[(number - 1) * PAGE : number * PAGE]
    left = len(noticed) - number * PAGE
    more = (Option(key=NEXT, label=f"Nothing here: go on, {left} more"),) if left > 0 else ()
    choose = ChoiceField(
        name="pattern", label="Dismiss", required=True, menu=True,
        options=(*more, *(Option(key=one.id, label=say.fit(one.words)) for one in on_it)),
    )  # fmt: skip
    reason = TextField(
        name="reason", label="What did you find?", required=not more and last == 1, long=True, most=1000,
        hint=REASON if last > 1 else "",
    )  # fmt: skip
    return Form(
        id=DISMISS, key=key, page=number, title="Patterns", back=number > 1, submit="Go on" if more else "Dismiss",
        parts=(_says(number, len(noticed)), *(part for one in on_it for part in one.parts()), choose, reason),
        values={"pattern": NEXT} if more else {}, leave="Close",
    )  # fmt: skip


REASON = "Needed where you dismiss one."


def _says(number: int, total: int) -> Words:
    begins = (number - 1) * PAGE
    which = f"{begins + 1} to {min(begins + PAGE, total)} of {total}. " if total > PAGE else ""
    says = "Each is a reason to look again, and no more. Dismiss what you have looked into."
    return Words(text=f"{which}{says}", subtle=True)
