"""Triage of a concern about an adult: never a child's. What is asked alone; nothing here suggests to look into it.

It says first that nothing is looked into before the LADO has been spoken to, and keeps what was done before that.
"""

from collections.abc import Sequence
from typing import Final

from handlers.record import labels
from handlers.rules import allegation
from handlers.rules.allegation import ChildIs, Judged
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.triage import form as triage
from handlers.ui import choices
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.choices import options
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Form, Option, Part, PickField, Source, TextField
from handlers.ui.spoken_days import Looks

ID: Final = "decide_adult"
_SAY = ENGLAND.words
CHILD_FIELDS: Final = (
    ChoiceField(
        name=allegation.CHILD, label=labels.ADULT[allegation.CHILD], options=options(labels.CHILD_IS), menu=True,
        hint="For an allegation.",
    ),
    PickField(
        name="adult_child", label="Which child?", source=Source.PUPILS, hint=_SAY["child_of_allegation"],
    ),
    ChoiceField(
        name="adult_child_part", label=labels.ADULT["adult_child_part"], options=choices.PARTS_PLAYED, menu=True
    ),
    TextField(name="child_why", label=labels.ADULT["child_why"], most=500),
)  # fmt: skip
"""The child is always asked for, here and until there is an answer."""
PART_IS_MADE: Final = (
    "The child's part has been made, without a word of the adult. It goes to whoever receives concerns about children."
)
_LIMBS = tuple(Option(key=key, label=text) for key, text in ENGLAND.adults.limbs)


def form(
    key: str, reference: str, *, officer: tuple[str, str] = ("", ""), child_named: bool = False, first: bool = True,
    must: bool = False, told: bool = False,
) -> Form:  # fmt: skip
    """`officer`: whom to ring, until it is recorded that they were `told`. `child_named`: the child's part is made.

    `first`: what was done before the LADO was told is asked, and `must` be answered; decided again, it stands already.
    """
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    ring: tuple[Part, ...] = (Facts((officer,)),) if officer[0] else ()
    child: tuple[Part, ...] = (Words(text=PART_IS_MADE, subtle=True),) if child_named else CHILD_FIELDS
    before = _before(must=must) if first else ()
    say = Words(text=_SAY["after_lado" if told else "before_lado"], alert=True)
    parts = (*about, say, *ring, *_JUDGED, *child, *before, *_THEN)
    return Form(
        id=ID, key=key, page=triage.READ, title="Triage: an adult", parts=parts, back=True, submit="Record decision",
        leave="Cancel",
    )  # fmt: skip


_JUDGED: tuple[Part, ...] = (
    ChoiceField(
        name=allegation.JUDGED, label=labels.ADULT[allegation.JUDGED], options=options(labels.JUDGED), required=True,
        hint=_SAY["in_doubt"],
    ),
    ChoicesField(
        name=allegation.LIMBS, label=labels.ADULT[allegation.LIMBS], options=_LIMBS, most=len(_LIMBS),
        hint="Of an allegation at least one; of a low-level concern none.",
    ),
    TextField(
        name="rationale", label="Rationale", required=True, long=True, most=2000,
        hint="Why it is the one or the other, and what that rests on.",
    ),
    Heading("The child"),
    ChoiceField(
        name="child_safe", label=labels.ADULT["child_safe"], options=options(labels.CHILD_SAFE), required=True,
        menu=True,
    ),
    TextField(name="safe_how", label=labels.ADULT["safe_how"], most=500, asks=Asks.NAME),
)  # fmt: skip
_THEN: tuple[Part, ...] = (
    Heading("Then"),
    DateField(name="review_date", label="Review on", looks=Looks.AHEAD, hint="Leave this blank for the usual time."),
    TextField(
        name="tell_reporter", label=labels.DECISION["tell_reporter"], most=400,
        hint="They read this from their receipt. No name, and nothing they do not need to know.",
    ),
)  # fmt: skip


def _before(*, must: bool) -> tuple[Part, ...]:
    return (
        Heading("What was done before the LADO was told"),
        ChoiceField(
            name="asked_before", label=labels.ADULT["asked_before"], options=options(labels.ASKED_BEFORE),
            required=must,
        ),
        TextField(
            name="before_what", label=labels.ADULT["before_what"], long=True, most=1200, asks=Asks.NAME,
            hint="Who asked whom, in which words, and what else was done. As it was: the LADO needs it.",
        ),
    )  # fmt: skip


def fault_of(judged: str, limbs: Sequence[str]) -> dict[str, str]:
    """What does not fit together of what it is judged to be."""
    if judged == Judged.ALLEGATION and not limbs:
        return {allegation.LIMBS: "Tick at least one: it is what makes it an allegation."}
    if judged == Judged.LOW_LEVEL and limbs:
        return {allegation.LIMBS: "What is ticked here makes it an allegation. Untick it, or choose “An allegation”."}
    return {}


def fault_of_child(said: str, *, picked: bool, part: bool, why: bool) -> dict[str, str]:
    """What is missing of the answer to the question for the child; it must be answered of an allegation."""
    if said not in set(ChildIs):
        return {allegation.CHILD: "Say whether the child can be named. Somebody must look after the child."}
    if said == ChildIs.NAMED:
        missing = {} if picked else {"adult_child": "Choose the child from the list, or say why none is named."}
        return missing if part or missing else {"adult_child_part": "Choose the child's part in it."}
    if picked:
        return {allegation.CHILD: "You have chosen a child below. Choose “Yes”, or leave the child blank."}
    return {} if why else {"child_why": "Say why: it is part of the record."}
