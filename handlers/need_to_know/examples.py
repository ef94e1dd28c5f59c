"""One of each form and card of who may know: named, sealed, opened in an emergency, lost."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.need_to_know import break_glass_card, break_glass_form, form
from handlers.samples import MOVE, OTHERS, RAISED
from handlers.ui import plain
from handlers.ui.card import Card
from handlers.ui.form import Form
from handlers.wing import Examples

_UNTIL = "Tue 24 Nov, 14:15"
_ANSWERS = frozenset({"way_in_unlock"})


def _forms() -> Mapping[str, Form]:
    to = str(OTHERS[0].id)
    sealing = form.seal(MOVE, "26-48213")
    return {
        "name": form.name(MOVE, "26-48213"),
        "seal": replace(sealing, values={"to_1": to}, names={to: OTHERS[0].name}),
        "unseal": form.unseal(MOVE, "26-48213"),
        "unlock": break_glass_form.ask(MOVE),
        "agree": break_glass_form.agree(MOVE, "Priya Raman", "26-20583", "The police are at the door."),
    }


def _cards() -> Mapping[str, Card]:
    asked = break_glass_card.Asked(id=RAISED.id, reference="26-20583", by="Priya Raman", until=_UNTIL, settled=False)
    return {
        "glass_asked": break_glass_card.asked_card(asked),
        "glass_settled": break_glass_card.asked_card(replace(asked, settled=True)),
        "glass_not_agreed": break_glass_card.nothing_card("26-20583", agreed=False),
        "glass_nothing": break_glass_card.nothing_card("26-20583", agreed=True),
        "glass_open": break_glass_card.open_card(RAISED, until=_UNTIL, over=False),
        "glass_over": break_glass_card.open_card(RAISED, until=_UNTIL, over=True),
        "glass_told": break_glass_card.told_card(RAISED, to="Priya Raman", agreed="Helen Marsh", until=_UNTIL),
        "way_in_unlock": break_glass_card.way_in(RAISED.id),
        "nothing_here": plain.nothing_here(),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards=_cards(), answers=_ANSWERS)
