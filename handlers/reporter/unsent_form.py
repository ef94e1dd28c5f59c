"""What is asked about drafts: whether to carry on with one, and once more before one is thrown away.

Drafts are told apart by a child's initials, the first words and when they were begun: a window keeps nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from handlers.reporter.draft_card import Begun
from handlers.rules.chronology import Answers
from handlers.ui.card import Facts, Words
from handlers.ui.form import ChoiceField, Form, Option, Part

CARRY_ON = "carry_on"
"""The field that holds the choice: a draft's key, or `NEW`. Nothing chosen is a new one."""
NEW = "new"
THROW_AWAY = "throw_away"
MOST = 3
"""Drafts that are offered: the ones touched last. All of them are in the list of one's own."""
_NEEDED = "Needed, unless you carry on with the one above."


def offer(form: Form, drafts: Sequence[Begun], *, chosen: str = "") -> Form:
    """The first page with the choice under its first words. Whoever carries on need answer nothing else on it.

    So nothing on that page is marked as required for the platform, which would keep the page from being sent; the
    desk says what is missing.
    """
    if not drafts:
        return form
    first = 1 + next((at for at, part in enumerate(form.parts) if isinstance(part, Words) and part.alert), 0)
    parts = [_lenient(part) for part in form.parts]
    return replace(
        form,
        parts=(*parts[:first], _choice(drafts[:MOST], more=len(drafts) - MOST), *parts[first:]),
        values={**form.values, **({CARRY_ON: chosen} if chosen else {})},
    )


def chosen(values: Answers) -> UUID | None:
    """The draft that was chosen to be carried on with; None for a new one."""
    try:
        return UUID(str(values.get(CARRY_ON, "")))
    except ValueError:
        return None


def _choice(drafts: Sequence[Begun], *, more: int) -> ChoiceField:
    if len(drafts) == 1:
        label = f"You began one at {drafts[0].when} and did not send it."
        options = [Option(key=str(drafts[0].key), label="Carry on with it")]
    else:
        label = "You began these and did not send them."
        options = [Option(key=str(one.key), label=_of_several(one)) for one in drafts]
    begin = Option(key=NEW, label="Begin a new one")
    return ChoiceField(name=CARRY_ON, label=label, options=(*options, begin), hint=left_out(more))


def _of_several(one: Begun) -> str:
    return f"Carry on: {one.says} ({one.when})" if one.says else f"Carry on with the one begun at {one.when}"


def _lenient(part: Part) -> Part:
    if isinstance(part, Words | Facts) or not getattr(part, "required", False):
        return part
    if isinstance(part, ChoiceField):
        return replace(part, required=False, hint=" ".join(said for said in (_NEEDED, part.hint) if said))
    return part


def left_out(more: int) -> str:
    """Where the rest of what was begun can be found; empty where all of it is offered."""
    return f"{more} more: /concern mine has them all." if more > 0 else ""


def throw_away(key: str, when: str) -> Form:
    """Asks once more. Words may be gone for good only where somebody has said so twice."""
    words = Words(text=f"You began it at {when}. What you wrote will be deleted for good. Nobody has read it.")
    keep = Words(text="That you began one and threw it away is kept, but nothing of what it said.", subtle=True)
    return Form(
        id=THROW_AWAY, key=key, title="Throw it away?", parts=(words, keep), submit="Throw away", leave="Keep it"
    )
