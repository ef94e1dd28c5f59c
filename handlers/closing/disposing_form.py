"""Disposing of a record: what is proposed, and what the second person answers."""

from collections.abc import Sequence

from handlers.rules.retention import Basis
from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField
from handlers.ui.pages import pieces

DISPOSE, AGREE = "dispose", "agree_dispose"
BASIS = {
    Basis.OVER: "The time to keep it is over",
    Basis.ORDERED: "A court or the ICO orders it",
}
_GROUNDS = tuple(Option(key=basis.value, label=label) for basis, label in BASIS.items())
_ANSWERS = (
    Option(key="yes", label="I agree: destroy it for good"),
    Option(key="no", label="I do not agree: keep it"),
)
WARNING = (
    "Once another person agrees, nobody can read this record again: no lead, no court, no technician. Its words go, "
    "and those of concerns merged into it. That it was destroyed, when and by which two people stays for ever."
)
YOURS = WARNING.replace("another person agrees", "you agree")
"""To the one who is asked: it is their word that does it."""


def propose(key: str, reference: str, kept_until: str = "") -> Form:
    """`kept_until`: until when it is to be kept, in words."""
    kept = (Words(text=f"It is to be kept until {kept_until}. {LOOK}"),) if kept_until else ()
    parts: tuple[Part, ...] = (
        *kept,
        Words(text=WARNING, alert=True),
        ChoiceField(name="basis", label="On which ground?", options=_GROUNDS, required=True),
        TextField(name="reason", label="Why may it go?", required=True, long=True, most=1000),
    )
    return _form(DISPOSE, key, reference, parts, submit="Propose")


LOOK = "Look first whether an inquiry, a claim or an allegation asks for it to be kept longer."


def agree(key: str, reference: str, by: str = "", ground: str = "", reason: str = "") -> Form:
    """Who proposes it, on which ground and why, word for word; then yes or no."""
    says: tuple[Part, ...] = ()
    if by:
        proposes = Words(text=f"{by} proposes to dispose of it. {ground}. In their words:")
        says = (proposes, *pieces(reason), Words(text=LOOK))
    parts: tuple[Part, ...] = (
        *says,
        Words(text=YOURS, alert=True),
        ChoiceField(name="agreed", label="Do you agree?", options=_ANSWERS, required=True),
        TextField(name="why", label="Your reasons", required=True, long=True, most=1000),
    )
    return _form(AGREE, key, reference, parts, submit="Record")


def _form(id: str, key: str, reference: str, parts: Sequence[Part], *, submit: str) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    return Form(id=id, key=key, title="Dispose of a record", submit=submit, leave="Cancel", parts=(*about, *parts))
