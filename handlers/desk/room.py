"""Whether a page that is full of words has room left for the questions about the names in it.

A page is drawn again with all that was typed in it, and where cards are smallest (Teams) it must still be one card.
How much one takes is reckoned here without drawing it: what each part weighs beside its words, a little over what the
heaviest of its kind does. tests/bot/teams/test_every_short_form_fits.py holds that against the cards as they are drawn,
for every form, in both directions. Only a script of two or three bytes a character comes so far.
"""

import json
import math
from collections.abc import Sequence

from handlers.ui.card import Facts
from handlers.ui.form import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Option,
    Part,
    PickField,
    TextField,
    TimeField,
)
from handlers.ui.pages import weight

_CARD = 25_600
"""Bytes of the smallest card (Teams: 25 KB; PLATFORMS, "Teams")."""
_AROUND = 1000
"""Bytes of a card without parts: its title, its two buttons with the names of its fields, the answer around it."""
_OF_A_FIELD = {TextField: 340, ChoiceField: 340, ChoicesField: 400, DateField: 310, TimeField: 310, PickField: 650}
"""Bytes of one beside its label and hint, with a complaint's frame and the way in which its value is written."""
_OF_AN_OPTION = 40
"""Bytes of one beside what it is called."""
_OF_A_PART = 140
"""Bytes of a heading, a sentence or a line of facts beside its words."""
_COMPLAINT = 60
"""Bytes of the sentence beside a field that needs another look: every field of a page may have one."""
TOO_LONG = (
    "You name people who work here, and there is no room left to ask you about them. Make this about {many} characters "
    "shorter."
)


def lacking(form: Form, questions: Sequence[Field]) -> dict[str, str]:
    """By how much the longest text of the form must be shorter, as a complaint about it; empty where there is room.

    `form`: as it is drawn, with what it holds.
    """
    texts = {one.name: str(form.values.get(one.name) or "") for one in form.fields() if isinstance(one, TextField)}
    weighs = {name: _bytes(text) for name, text in texts.items()}
    furniture = sum(_beside_its_value(part) for part in (*form.parts, *questions))
    over = _AROUND + furniture + sum(weighs.values()) - _CARD
    if over <= 0 or not questions:
        return {}
    longest = max(weighs, key=lambda name: weighs[name])
    many = math.ceil(over * len(texts[longest]) / weighs[longest])
    return {longest: TOO_LONG.format(many=math.ceil(many / 10) * 10)}


def _beside_its_value(part: Part) -> int:
    """What a part takes when all that is typed in it is left out."""
    if not isinstance(part, Field):
        return weight(part) + _OF_A_PART * (len(part.pairs) if isinstance(part, Facts) else 1)
    options = () if isinstance(part, TextField | DateField | TimeField) else part.options
    words = _bytes(part.label) + _bytes(part.hint) + _COMPLAINT
    return _OF_A_FIELD[type(part)] + words + sum(_OF_AN_OPTION + _called(option) for option in options)


def _called(option: Option) -> int:
    return _bytes(option.key) + _bytes(option.label) + _bytes(option.group)


def _bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass"))
