"""Whether a page that is full of words has room left for the questions about the names in it.

A page is drawn again with all that was typed in it, and where cards are smallest (Teams) it must still be one card:
tests/bot/teams/test_every_short_form_fits.py holds every form against that. Only a script of three bytes a character
comes so far.
"""

import json
import math
from collections.abc import Mapping, Sequence

from handlers.ui.form import Field

_ROOM = 16_800
"""Bytes of the texts of a page and the questions below it: what the largest form has beside them taken from a card."""
_A_QUESTION = 850
"""Bytes of one, its options and a complaint about it, less the name in it."""
TOO_LONG = (
    "You name people who work here, and there is no room left to ask you about them. Make this about {many} characters "
    "shorter."
)


def lacking(texts: Mapping[str, str], questions: Sequence[Field]) -> dict[str, str]:
    """By how much the longest of the texts must be shorter, as a complaint about it; empty where there is room."""
    weighs = {name: _bytes(text) for name, text in texts.items()}
    over = sum(weighs.values()) + sum(_A_QUESTION + _bytes(one.label) for one in questions) - _ROOM
    if over <= 0 or not questions:
        return {}
    longest = max(weighs, key=lambda name: weighs[name])
    many = math.ceil(over * len(texts[longest]) / weighs[longest])
    return {longest: TOO_LONG.format(many=math.ceil(many / 10) * 10)}


def _bytes(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass"))
