"""The emergency door: what is asked of whoever wants in, and of whoever may agree."""

from handlers.ui.card import Facts, Heading, Quote, Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField

UNLOCK, AGREE = "unlock", "agree"
_ANSWERS = (
    Option(key="yes", label="I agree: they may read it for four hours"),
    Option(key="no", label="I do not agree"),
)


def ask(key: str) -> Form:
    parts: tuple[Part, ...] = (
        Words(
            text="If a child is in danger now, ring 999 first. This asks the leads, the head and the chair, except "
            "you and anybody it names, to let you read a concern that is not yours. You hear whether one "
            "agrees."
        ),
        TextField(name="reference", label="Reference", required=True, most=20, hint="Such as 26-20583."),
        TextField(name="reason", label="Why must you read it now?", required=True, long=True, most=1000),
    )
    return Form(id=UNLOCK, key=key, title="In an emergency", parts=parts, submit="Ask", leave="Cancel")


def agree(key: str, who: str = "", reference: str = "", reason: str = "") -> Form:
    asked: tuple[Part, ...] = ()
    if reference:
        which = Facts((("Who asks", who), ("Concern", reference)))
        asked = (which, Heading("Why they must read it now"), Quote(reason))
    answer = ChoiceField(name="answer", label="Do you agree?", options=_ANSWERS, required=True)
    return Form(id=AGREE, key=key, title="In an emergency", parts=(*asked, answer), submit="Record", leave="Cancel")
