"""The steps of a case about an adult, one form each: asked alone, and read in windows alone.

Which body was told, what was decided of somebody and why stands in no card and in no fact.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.record import labels
from handlers.referrals import form as referral
from handlers.rules import allegation
from handlers.rules.adults import Barring
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.triage.adult_form import CHILD_FIELDS
from handlers.ui.card import Facts, Heading, Press, Words
from handlers.ui.choices import YES_NO, options
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Form, Option, Part, TextField, TimeField
from handlers.ui.spoken_days import Looks

STEPS: Final = "allegation"
LADO, CHILD, MEETING, SUSPENSION = "lado", "childs_part", "strategy", "suspension"
SUPPORT, FINDING, BARRING, GRAVER = "adult_support", "finding", "barring", "graver"
LAST = 99
"""The page on which is answered what was read on the pages before it."""
DATE, TIME = referral.DATE, referral.TIME
LABELS: Final = {
    Press.LADO: "What was said with the LADO",
    Press.CHILDS_PART: "The child: name them, or say why there is none",
    Press.STRATEGY: "Strategy meeting: planned, held or not needed",
    Press.SUSPENSION: "Suspension: what was considered and decided",
    Press.ADULT_SUPPORT: "The adult: what they were told, and their support",
    Press.FINDING: "The outcome of the allegation",
    Press.BARRING: "DBS and TRA: referred, or not needed",
    Press.GRAVER: "Raise it to an allegation",
}
"""What may be recorded, in the order of the list."""
_SAY = ENGLAND.words
_METHODS = options({way: referral.METHODS[way] for agency in ENGLAND.agencies if agency.is_told_of_allegations
                    for way in agency.methods})
_FINDINGS = tuple(Option(key=one.finding, label=one.label) for one in ENGLAND.adults.outcomes)


def steps(
    key: str, reference: str, stands: Sequence[Part] = (), offered: Sequence[Press] = tuple(LABELS)
) -> Form:
    """How it stands, and which step is recorded next; `offered` is empty for whoever only reads."""
    chosen = ChoiceField(
        name="deed", label="What do you want to record?", required=True, menu=True,
        options=tuple(Option(key=press.value, label=LABELS[press]) for press in offered),
    )  # fmt: skip
    parts = (*stands, *((chosen,) if offered else ()))
    return _form(STEPS, key, "Next steps", reference, parts, submit="Next" if offered else "")


def lado(
    key: str, reference: str, officer: tuple[str, str] = ("", ""), *, first: bool = True, must: bool = False
) -> Form:
    """`first`: nobody has told them yet, so how they were told is asked too, and `must` be answered."""
    ring: tuple[Part, ...] = (Facts((officer,)),) if officer[0] else ()
    say = Words(text=_SAY["before_lado" if first else "after_lado"], alert=True)
    how = ChoiceField(name=referral.METHOD, label="How did you tell them?", options=_METHODS, required=must)
    told = TextField(name=referral.TOLD, label="What you told them", long=True, most=2500)
    parents = TextField(
        name=referral.PARENTS, label="Have the parents or carers been told? If not, why not?", most=1000,
        hint="Where a child is named. Ask the LADO before anybody tells them.",
    )  # fmt: skip
    parts = (
        say, *ring, *((how,) if first else ()), *_when(),
        TextField(
            name=referral.CONTACT, label="Who you spoke to", most=200, hint="Name, post and number.", asks=Asks.NAME,
            required=True,
        ),
        TextField(name=referral.REFERENCE, label="Their reference, if they gave one", most=100),
        *((told, parents) if first else ()),
        ChoiceField(
            name="lado_said", label=labels.CASE["lado_said"], options=options(labels.LADO_SAID), required=True,
            menu=True,
        ),
        TextField(
            name=referral.SAID, label="What they advised", long=True, most=2500,
            hint="May the adult be told, and what? Who leads? What may the school do, and what not?",
        ),
    )  # fmt: skip
    return _form(LADO, key, "The LADO", reference, parts, submit="Record")


def child(key: str, reference: str) -> Form:
    """The same as triage asks of an allegation; here it is one."""
    asked, *rest = CHILD_FIELDS
    return _form(CHILD, key, "The child", reference, (replace(asked, hint=""), *rest), submit="Record")


def meeting(key: str, reference: str, *, first: bool = True) -> Form:
    """`first`: none has been held, none was said not to be needed, and the adult is not told."""
    parts = (
        _words("strategy", *(("strategy_first",) if first else ())),
        ChoiceField(
            name=allegation.MEETING, label=labels.CASE[allegation.MEETING], options=options(labels.MEETING),
            required=True,
        ),
        DateField(name=DATE, label="Date of the meeting", looks=Looks.EITHER),
        TimeField(name=TIME, label="Time of the meeting"),
        TextField(
            name="meeting_who", label=labels.CASE["meeting_who"], most=1000, asks=Asks.NAME,
            hint="Full names, and for whom each comes.",
        ),
        TextField(
            name="meeting_came_of", label=labels.CASE["meeting_came_of"], long=True,
            hint="What was agreed, who does it, by when. Where none is held: who says so, and why.",
        ),
    )  # fmt: skip
    return _form(MEETING, key, "Strategy meeting", reference, parts, submit="Record")


def suspension(key: str, reference: str) -> Form:
    parts = (
        Words(text=_SAY["suspension"], subtle=True),
        ChoiceField(
            name="suspended", label=labels.CASE["suspended"], options=options(labels.SUSPENDED), required=True
        ),
        ChoicesField(
            name="alternatives", label=labels.CASE["alternatives"], options=options(labels.ALTERNATIVES),
            most=len(labels.ALTERNATIVES), required=True,
        ),
        TextField(
            name="suspension_why", label=labels.CASE["suspension_why"], required=True, long=True,
            hint="Why each was enough or was not, and what the LADO advised.",
        ),
        TextField(
            name="decided_by", label=labels.CASE["decided_by"], required=True, most=300, asks=Asks.NAME,
            hint="Names and posts.",
        ),
        DateField(
            name="written_date", label=labels.CASE["written_date"], looks=Looks.BACK,
            hint="Where the adult is suspended. You are asked for it until it is here.",
        ),
    )  # fmt: skip
    return _form(SUSPENSION, key, "Suspension", reference, parts, submit="Record")


def support(key: str, reference: str, *, first: bool = True) -> Form:
    """`first`: it is not recorded that the adult was told."""
    parts = (
        _words(*(("support_first",) if first else ()), "support"),
        ChoiceField(
            name="adult_told", label=labels.CASE["adult_told"], options=options(labels.ADULT_TOLD), required=True
        ),
        *_when(" they were told"),
        TextField(name="adult_told_what", label=labels.CASE["adult_told_what"], long=True, most=2000),
        TextField(name="named_contact", label=labels.CASE["named_contact"], most=200, asks=Asks.NAME),
        TextField(
            name="support_given", label=labels.CASE["support_given"], most=1000,
            hint="Union, occupational health, counselling: what they were offered.",
        ),
    )  # fmt: skip
    return _form(SUPPORT, key, "The adult", reference, parts, submit="Record")


def finding(key: str, reference: str) -> Form:
    means = Facts(tuple((one.label, one.text) for one in ENGLAND.adults.outcomes))
    parts = (
        means,
        ChoiceField(name=allegation.FINDING, label=labels.CASE[allegation.FINDING], options=_FINDINGS, required=True),
        TextField(
            name="finding_why", label=labels.CASE["finding_why"], required=True, long=True,
            hint="What the evidence is, who judged it, and who agreed.",
        ),
        ChoiceField(
            name=allegation.REMOVED, label=labels.CASE[allegation.REMOVED], options=YES_NO, required=True,
            hint="Dismissed, resigned, retired, moved, or no longer used as a volunteer or by an agency.",
        ),
        ChoiceField(name=allegation.TEACHER, label=labels.CASE[allegation.TEACHER], options=YES_NO, required=True),
        TextField(name="finding_told", label=labels.CASE["finding_told"], most=500, asks=Asks.NAME),
    )  # fmt: skip
    return _form(FINDING, key, "Outcome", reference, parts, submit="Record outcome")


def barring(key: str, reference: str, bodies: Sequence[Barring] = ENGLAND.adults.barring) -> Form:
    """`bodies`: those that what was found calls for."""
    said: list[Part] = []
    for body in bodies:
        said += [Heading(body.name), Words(text=body.text), Words(text=f"{body.source.cited()}.", subtle=True)]
    parts = (
        *said,
        ChoiceField(
            name=allegation.BODY, label=labels.CASE[allegation.BODY], required=True,
            options=tuple(Option(key=body.key, label=body.name) for body in bodies),
        ),
        ChoiceField(
            name=allegation.BARRED, label=labels.CASE[allegation.BARRED], options=options(labels.BARRED), required=True
        ),
        DateField(name="barring_date", label=labels.CASE["barring_date"], looks=Looks.BACK),
        TextField(name="barring_reference", label=labels.CASE["barring_reference"], most=100),
        TextField(name="barring_why", label=labels.CASE["barring_why"], long=True, most=2000),
    )  # fmt: skip
    return _form(BARRING, key, "Referral by law", reference, parts, submit="Record")


def graver(key: str, reference: str, read: Sequence[Sequence[Part]] = (), *, number: int = LAST) -> Form:
    """What is known of the same adult, over as many pages as it takes; on the last one, why it is graver."""
    first = LAST + 1 - max(1, len(read))
    number = max(first, min(number, LAST))
    asked: tuple[Part, ...] = (
        Words(text=_SAY["low_level"], subtle=True),
        TextField(
            name="reason", label="Why is it an allegation?", required=True, long=True,
            hint="What came to light, or what it adds up to with the ones before.",
        ),
    )
    parts = (*(read[number - first] if read else ()), *(asked if number == LAST else ()))
    return Form(
        id=GRAVER, key=key, page=number, title="Raise to an allegation", back=number > first, leave="Cancel",
        parts=(*_about(reference), *parts), submit="Raise it" if number == LAST else "Go on",
    )  # fmt: skip


def _words(*names: str) -> Words:
    return Words(text=" ".join(_SAY[name] for name in names), subtle=True)


def _when(of: str = "") -> tuple[Part, ...]:
    return (
        DateField(name=DATE, label=f"Date{of}", looks=Looks.BACK, hint="Leave this blank for today."),
        TimeField(name=TIME, label=f"Time{of}", hint="Leave both blank to use the time now."),
    )


def _about(reference: str) -> tuple[Part, ...]:
    return (Words(text=f"Concern {reference}", subtle=True),) if reference else ()


def _form(id: str, key: str, title: str, reference: str, parts: Sequence[Part], *, submit: str) -> Form:
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*_about(reference), *parts))
