"""The drill, waiting and passed, and the alarms."""

from dataclasses import replace

from handlers.assurance.drawing import CHANNEL_ALARM
from handlers.assurance.drill_card import drill_alarm_card, drill_card
from handlers.samples import AT, LEE, NOW, RAISED
from handlers.ui import plain
from handlers.wing import Examples


def examples() -> Examples:
    drill = replace(RAISED, reference="TEST-2026-12", drill=True)
    return Examples(
        cards={
            "drill": drill_card(drill, NOW),
            "drill_passed": drill_card(replace(drill, owner=LEE, accepted_at=AT), NOW),
            "drill_alarm": drill_alarm_card(),
            "alarm": plain.alarm_card(CHANNEL_ALARM),
        }
    )
