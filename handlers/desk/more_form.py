"""What else a lead may do with a concern now: one list behind the card's last button. The answer is a press."""

from collections.abc import Sequence

from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option
from handlers.wing import Offer

ID = "more"


def form(key: str, reference: str, offers: Sequence[Offer]) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    if not offers:
        nothing = Words(text="There is nothing else that you can do with this concern now.")
        return Form(id=ID, key=key, title="More", parts=(*about, nothing))
    options = tuple(Option(key=one.press.value, label=one.label, group=one.group.value) for one in offers)
    deed = ChoiceField(name="deed", label="What do you want to do?", options=options, required=True)
    return Form(id=ID, key=key, title="More", parts=(*about, deed), submit="Next", leave="Cancel")
