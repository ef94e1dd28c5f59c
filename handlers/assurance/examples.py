"""The drill, waiting and passed, the alarms, and a copy of the trail's end."""

from dataclasses import replace

from handlers.assurance import copies
from handlers.assurance.drill_card import drill_alarm_card, drill_card
from handlers.assurance.troubles import WELL_AGAIN, WORDS
from handlers.rules.chronology import Reached
from handlers.samples import AT, LEE, NOW, RAISED
from handlers.ui import plain
from handlers.ui.card import Card
from handlers.wing import Examples


def examples() -> Examples:
    drill = replace(RAISED, reference="TEST-2026-12", drill=True)
    return Examples(
        cards={
            "drill": drill_card(drill, NOW),
            "drill_passed": drill_card(replace(drill, owner=LEE, accepted_at=AT), NOW),
            "drill_alarm": drill_alarm_card(),
            "checkpoint": copies.card(Reached(entries=4821, line=_LINE), "Mon 30 Nov"),
            **{f"trouble_{trouble}": _alarm(words) for trouble, words in WORDS.items()},
            **{f"trouble_{trouble}_over": _over(words) for trouble, words in WELL_AGAIN.items()},
        }
    )


_LINE = "3d5c1b96 4821 lusab-babad-gutih-tugad-mubab-sobid-hajak-fiton"


def _alarm(words: str) -> Card:
    return plain.alarm_card(words.format(platform="Slack"))


def _over(words: str) -> Card:
    return plain.over_card(words.format(platform="Slack"))
