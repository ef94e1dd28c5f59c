"""The form behind "I am not satisfied": about how a concern was handled, to somebody who has not handled it."""

from typing import Final

from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Urgency
from handlers.rules.pack import ENGLAND
from handlers.ui.card import Words
from handlers.ui.form import Form, TextField

ID: Final = "not_satisfied"
WHAT, HOPED, ABOUT = "not_satisfied", "hoped_for", "handling_of"
TYPED: Final = (WHAT, HOPED)
LABELS: Final = {
    ABOUT: "About how this concern was handled",
    WHAT: "What the reporter is not satisfied with",
    HOPED: "What the reporter hopes for",
}


def form(key: str, reference: str, goes: str = "") -> Form:
    """`goes`: to whom it goes, as things stand."""
    about = (Words(text=f"How concern {reference} was handled", subtle=True),) if reference else ()
    return Form(
        id=ID,
        key=key,
        title="I am not satisfied",
        submit="Send",
        leave="Cancel",
        parts=(
            *about,
            Words(text=ENGLAND.words["danger"], alert=True),
            Words(text=" ".join(filter(None, (goes, ENGLAND.words["not_satisfied"])))),
            TextField(
                name=WHAT, label="What are you not satisfied with?", required=True, long=True,
                hint="What was done or not done, and when. The child need not be named again.",
            ),
            TextField(name=HOPED, label="What do you hope for?", long=True, most=1000),
        ),
    )


def account(reference: str, typed: Answers) -> Answers:
    """What is kept of it: the reference alone says which concern it is about."""
    kept = {name: typed[name] for name in (*TYPED, verdict.ANSWER) if typed.get(name)}
    return {"about": About.PRACTICE.value, "urgency": Urgency.WEEK.value, ABOUT: reference, **kept}
