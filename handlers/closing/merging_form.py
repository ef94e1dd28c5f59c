"""Merging: what is proposed, and what the second person answers."""

from collections.abc import Sequence

from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField
from handlers.ui.pages import pieces

MERGE, AGREE = "merge", "agree_merge"
ANSWERS = (
    Option(key="yes", label="I agree: merge them"),
    Option(key="no", label="I do not agree: keep both"),
)


def propose(key: str, reference: str) -> Form:
    parts: tuple[Part, ...] = (
        TextField(
            name="into", label="Merge it into", required=True, most=20,
            hint="The other concern's reference. A second person must agree; then this one is closed and points to it.",
        ),
        TextField(name="reason", label="Why do they belong together?", required=True, long=True, most=1000),
    )  # fmt: skip
    return _form(MERGE, key, "Merge", reference, parts, submit="Propose")


def agree(key: str, reference: str, into: str = "", by: str = "", reason: str = "") -> Form:
    """Who proposes what and why, word for word; then yes or no."""
    says = (Words(text=f"{by} proposes to merge it into {into}, because:"), *pieces(reason)) if into else ()
    parts: tuple[Part, ...] = (
        *says,
        ChoiceField(name="agreed", label="Do you agree?", options=ANSWERS, required=True),
        TextField(name="why", label="Your reasons", required=True, long=True, most=1000),
    )
    return _form(AGREE, key, "Merge", reference, parts, submit="Record")


def _form(id: str, key: str, title: str, reference: str, parts: Sequence[Part], *, submit: str) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*about, *parts))
