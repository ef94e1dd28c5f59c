"""Who may have a concern at all: somebody named later, a seal, its end. What is asked, not what it does."""

from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option, Part, PickField, Source, TextField

NAME, SEAL, UNSEAL = "name", "seal", "unseal"
PEOPLE = tuple(f"to_{number}" for number in range(1, 6))
PARTS = (
    Option(key="named", label="It is about them, or they are named in it"),
    Option(key="close", label="They are too close to it or to somebody in it"),
)


def name(key: str, reference: str) -> Form:
    parts: tuple[Part, ...] = (
        PickField(
            name="person", label="Who?", source=Source.STAFF, required=True,
            hint="Type two letters. It may be you. They lose sight of this concern at once and are told nothing.",
        ),
        ChoiceField(name="part", label="How are they involved?", options=PARTS, required=True),
        TextField(
            name="reason", label="How do you know?", required=True, long=True, most=1000,
            hint="If they are said to have harmed a child, raise that as well: type /concern, about an adult.",
        ),
    )  # fmt: skip
    return _form(NAME, key, "Named, or too close", reference, parts, submit="Record")


def seal(key: str, reference: str) -> Form:
    says = Words(
        text="Only the people you choose here will see this concern. It goes from the channel, and from everybody "
        "else's lists, searches and counts. Choose yourself if you need to keep it.",
        subtle=True,
    )
    people = tuple(
        PickField(name=field, label="Who may see it?" if number == 1 else f"Who else? ({number})", source=Source.STAFF,
                  required=number == 1, hint="Type two letters." if number == 1 else "")
        for number, field in enumerate(PEOPLE, 1)
    )  # fmt: skip
    reason = TextField(name="reason", label="Why does it need to be sealed?", required=True, long=True, most=1000)
    return _form(SEAL, key, "Seal", reference, (says, *people, reason), submit="Seal")


def unseal(key: str, reference: str) -> Form:
    says = Words(text="Everybody who would normally receive a concern like this can see it again.", subtle=True)
    reason = TextField(name="reason", label="Why can the seal come off?", required=True, long=True, most=1000)
    return _form(UNSEAL, key, "Take the seal off", reference, (says, reason), submit="Take it off")


def _form(id: str, key: str, title: str, reference: str, parts: tuple[Part, ...], *, submit: str) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*about, *parts))
