"""Closing with its checklist and sign-off; opening again; moving to the right child. What is asked alone."""

from collections.abc import Sequence

from handlers.record import labels
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui.card import Facts, Words
from handlers.ui.choices import PARTS_PLAYED
from handlers.ui.form import ChoiceField, ChoicesField, Form, Option, Part, PickField, Source, TextField

CLOSE, SIGN_OFF, REOPEN, MISFILE = "close", "sign_off", "reopen", "misfile"
CANCEL, CARRY = "cancel", "carry"
AGREE = (
    Option(key="yes", label="I agree: close it"),
    Option(key="no", label="Keep it open"),
)
_OPEN = (
    Option(key=CANCEL, label="Cancel them, for the reason below"),
    Option(key=CARRY, label="Carry them over to another concern"),
)

Check = tuple[str, str]
"""A line of the checklist: what is looked at, and how it stands."""


def close(key: str, reference: str, checks: Sequence[Check] = (), *, owed: int = 1, signed: bool = True) -> Form:
    """The checklist, then how it was resolved; `owed` open actions must be settled; `signed`: another signs it off."""
    listed = (Facts(tuple(checks)),) if checks else ()
    says = "A second person signs it off before it is closed." if signed else "It is closed at once."
    return _form(
        CLOSE, key, "Close", reference,
        (
            *listed,
            TextField(
                name="outcome", label="How was it resolved?", required=True, long=True,
                hint="What came of it for the child, and why.",
            ),
            TextField(
                name="voice", label=labels.CLOSING["voice"], most=1000, hint="In their words where you have them."
            ),
            TextField(name="informed", label=labels.CLOSING["informed"], most=500, asks=Asks.NAME),
            *(_owed(owed) if owed else ()),
            Words(text=says, subtle=True),
        ),
        submit="Propose to close" if signed else "Close concern",
    )  # fmt: skip


def _owed(count: int) -> tuple[Part, ...]:
    are = "One action is" if count == 1 else f"{count} actions are"
    return (
        ChoiceField(
            name="open", label=f"{are} still open", options=_OPEN,
            hint="It cannot be closed until you say what becomes of them.",
        ),
        TextField(name="open_to", label="Carry over to", most=20, hint="The reference, such as 26-84629."),
        TextField(name="open_reason", label="Why", most=500),
    )


def sign_off(key: str, reference: str, parts: Sequence[Part] = (), *, owed: int = 0) -> Form:
    """What was proposed, then yes or no; while an action is `owed` there is only no."""
    still = "One action is" if owed == 1 else f"{owed} actions are"
    open_yet = (Words(text=f"{still} still open, so it cannot be closed yet.", alert=True),) if owed else ()
    asked: tuple[Part, ...] = (
        *open_yet,
        ChoiceField(name="agreed", label="Do you sign it off?", options=AGREE[1:] if owed else AGREE, required=True),
        TextField(name="sign_off", label="Your reasons", required=True, long=True, most=1500),
    )
    return _form(SIGN_OFF, key, "Sign off", reference, (*parts, *asked), submit="Record")


def reopen(key: str, reference: str) -> Form:
    reason = TextField(name="reason", label="Why does it need to be open again?", required=True, long=True)
    return _form(REOPEN, key, "Open again", reference, (reason,), submit="Open again")


def misfile(key: str, reference: str, children: Sequence[Option] = (), *, decided: bool = True) -> Form:
    """`children` are those whom it is linked to now; without any, somebody is only added. `decided`: a decision has
    been taken, so the child who comes to it has categories as well.
    """
    wrong = ChoicesField(name="wrong", label="Whose record is it in by mistake?", options=tuple(children), most=3)
    parts: tuple[Part, ...] = (
        *((wrong,) if children else ()),
        PickField(
            name="right", label="Which child is it about?", source=Source.EVERY_PUPIL,
            hint="Type two letters of the name or the form. Check the form and year.",
        ),
        ChoiceField(
            name="part", label="What part does this child have in it?", options=PARTS_PLAYED, menu=True,
            hint="Needed to link another child. In place of a wrong one, leave this blank for the same part.",
        ),
        *((_CATEGORIES,) if decided else ()),
        TextField(name="reason", label="How do you know?", required=True, long=True, most=1000),
    )  # fmt: skip
    return _form(MISFILE, key, "The right child", reference, parts, submit="Move it")


_CATEGORIES = ChoicesField(
    name="kinds_1", label="Categories for this child", most=3,
    options=tuple(Option(key=kind, label=label) for kind, label in ENGLAND.kinds if kind != "not_sure"),
    hint="A decision has been taken. For this child in this part, up to three.",
)


def _form(id: str, key: str, title: str, reference: str, parts: Sequence[Part], *, submit: str) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*about, *parts))
