"""What else a lead may do with a concern now: one list behind the card's last button. The answer is a press."""

from collections.abc import Sequence

from handlers.ui.card import Press, Words
from handlers.ui.form import ChoiceField, Form, Option

ID = "more"


def form(key: str, reference: str, offers: Sequence[tuple[Press, str]]) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    if not offers:
        nothing = Words(text="There is nothing else that you can do with this concern now.")
        return Form(id=ID, key=key, title="More", parts=(*about, nothing))
    options = tuple(Option(key=press.value, label=label) for press, label in offers)
    deed = ChoiceField(name="deed", label="What do you want to do?", options=options, required=True)
    return Form(id=ID, key=key, title="More", parts=(*about, deed), submit="Next", leave="Cancel")
