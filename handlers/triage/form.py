"""Triage: the look-back, then what a lead judges and decides. A category belongs to a child in a role. No defaults.

Pages of one window: what is known of the children before, then the form.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.record import labels
from handlers.rules.concern import Level
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.choices import PARENTS, SEEN
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Form, Option, Part, TextField
from handlers.ui.keys import OUTCOMES
from handlers.ui.pages import paged, pieces

ID = "decide"
SECOND = "second_read"
TOLD = "told"
LEVELS = (
    Option(key=Level.LOW, label="Low"),
    Option(key=Level.MEDIUM, label="Medium"),
    Option(key=Level.HIGH, label="High"),
)
READ = 99
"""The page on which is answered what was read on the pages before it: the look-back, a decision."""
AGREE = (
    Option(key="yes", label="I agree: the decision stands"),
    Option(key="no", label="I do not agree: the owner decides again"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A child and the part they have in it, as a lead reads it in this window."""

    label: str
    part: str


def look_back(key: str, reference: str, parts: Sequence[Part], *, number: int = 1) -> Form:
    """The first pages: what is known of the children before anything is judged; after the last comes the form."""
    read = paged(parts)
    number = max(1, min(number, len(read)))
    which = f" Part {number} of {len(read)}." if len(read) > 1 else ""
    where = (Words(text=f"Concern {reference}. First, what is known already.{which}", subtle=True),)
    return Form(
        id=ID, key=key, page=number, title="Triage", parts=(*where, *read[number - 1]), back=number > 1,
        submit="Go on", leave="Cancel",
    )  # fmt: skip


def read_last(parts: Sequence[Part], page: int) -> bool:
    """Whether that page of the look-back is its last."""
    return page >= len(paged(parts))


def form(
    key: str, reference: str, children: Sequence[Child] = (Child(label="", part=""),) * labels.MOST_CHILDREN, *,
    kinds_told: Sequence[str] = (),
) -> Form:  # fmt: skip
    """The last page: judged and decided. Called without children it has every field that there may be.

    `kinds_told`: what kind its reporter took it for, shown beside what the lead chooses and never chosen for them.
    """
    told = (Facts((("Kind, as the reporter saw it", ", ".join(kinds_told)),)),) if kinds_told else ()
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    kinds = tuple(_categories(number, child) for number, child in enumerate(children[: labels.MOST_CHILDREN], start=1))
    return Form(
        id=ID, key=key, page=READ, title="Triage", parts=(*about, *told, *kinds, *_JUDGED, *_DECIDED),
        submit="Record decision", leave="Cancel",
    )  # fmt: skip


def _categories(number: int, child: Child) -> ChoicesField:
    of = f" for {child.label}" if child.label else ""
    part = f" ({child.part.lower()})" if child.part else ""
    return ChoicesField(
        name=f"kinds_{number}", label=say.fit(f"Categories{of}", say.HEADING, end=part),
        options=tuple(Option(key=kind, label=label) for kind, label in ENGLAND.offered_kinds() if kind != "not_sure"),
        most=3, hint="For this child in this part. Up to three.",
    )  # fmt: skip


_JUDGED: tuple[Part, ...] = (
    ChoiceField(name="level", label="Level", options=LEVELS, required=True),
    TextField(
        name="threshold", label=labels.DECISION["threshold"], long=True, most=1500,
        hint="Which of your local partnership's thresholds, and what does or does not meet it.",
    ),
    ChoiceField(name="seen", label=labels.DECISION["seen"], options=SEEN, required=True, menu=True),
    ChoiceField(name="parents", label=labels.DECISION["parents"], options=PARENTS, required=True, menu=True),
    TextField(name="parents_why", label=labels.DECISION["parents_why"], most=1000),
    TextField(
        name="consulted", label=labels.DECISION["consulted"], most=500, hint="Names and roles, in school and outside.",
        asks=Asks.NAME,
    ),
)  # fmt: skip
_DECIDED: tuple[Part, ...] = (
    Heading("Decision"),
    ChoiceField(name="outcome", label="Decision", options=OUTCOMES, required=True, menu=True),
    TextField(
        name="rationale", label="Rationale", required=True, long=True,
        hint="Why this decision, what it rests on, and which threshold it meets.",
    ),
    TextField(name="rejected", label="What you considered and did not choose", long=True, most=1500),
    DateField(name="review_date", label="Review on", hint="Leave this blank for the usual time."),
    TextField(
        name="tell_reporter", label=labels.DECISION["tell_reporter"], most=500,
        hint="They read this from their receipt. No child's name, and nothing they do not need to know.",
    ),
)  # fmt: skip


def told(reference: str, words: str, ring: Sequence[Part] = ()) -> Form:
    """What the lead tells the reporter, and whom they may ring themselves: read in a window, never in chat."""
    nothing = () if ring else (Words(text="Nothing has been written for you yet."),)
    said: tuple[Part, ...] = tuple(pieces(words)) if words else nothing
    where = Words(text=f"Your concern {reference}", subtle=True)
    return Form(id=TOLD, key=reference, title="A message for you", parts=(where, *said, *ring))


def second(key: str, reference: str, read: Sequence[Sequence[Part]] = (), *, number: int = READ) -> Form:
    """The second reader sees what was judged and decided and why, and says on the last page whether it stands."""
    first = READ + 1 - max(1, len(read))
    number = max(first, min(number, READ))
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    asked: tuple[Part, ...] = (
        ChoiceField(name="agreed", label="Does it stand?", options=AGREE, required=True),
        TextField(name="reading", label="Your reasons", required=True, long=True, most=1500),
    )
    parts = (*about, *(read[number - first] if read else ()), *(asked if number == READ else ()))
    return Form(
        id=SECOND, key=key, page=number, title="Second reader", parts=parts, back=number > first,
        submit="Record" if number == READ else "Go on", leave="Cancel",
    )  # fmt: skip
