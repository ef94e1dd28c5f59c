"""What was noticed, in words: each with its evidence, and a way to dismiss it with a reason. Never a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.rules.patterns import PatternKind
from handlers.ui import say
from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField

DISMISS = "dismiss"
SAYS = {
    PatternKind.LOW_LEVEL: "Three or more low-level concerns in 14 days",
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


def window(key: str, noticed: Sequence[Noticed]) -> Form:
    """Everything that is noticed now; one may be dismissed, with the reason."""
    if not noticed:
        nothing = Words(text="There is nothing here that has not been dismissed.")
        return Form(id=DISMISS, key=key, title="Patterns", parts=(nothing,))
    says = Words(text="Each is a reason to look again, and no more. Dismiss what you have looked into.", subtle=True)
    shown = tuple(part for one in noticed for part in one.parts())
    choose = ChoiceField(
        name="pattern", label="Dismiss", options=tuple(Option(key=one.id, label=say.fit(one.words)) for one in noticed),
        required=True, menu=True,
    )  # fmt: skip
    reason = TextField(name="reason", label="What did you find?", required=True, long=True, most=1000)
    return Form(
        id=DISMISS, key=key, title="Patterns", parts=(says, *shown, choose, reason), submit="Dismiss", leave="Close"
    )
