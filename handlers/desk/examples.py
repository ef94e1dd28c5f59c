"""The desk's own: the help, the list behind a card's last button, one sentence said."""

from dataclasses import replace

from handlers.desk import commands, more_form
from handlers.rules.people import Role
from handlers.samples import LEADS, MOVE, SCHOOL
from handlers.ui import plain
from handlers.ui.card import Press
from handlers.wing import Examples


def examples() -> Examples:
    offered = ((Press.HAND_OVER, "Hand over"), (Press.ESCALATE, "Escalate"))
    return Examples(
        forms={
            "more": more_form.form(MOVE, "26-0001", offered),
            "more_nothing": more_form.form(MOVE, "26-0001", ()),
        },
        cards={
            "say": plain.say("You have accepted concern 26-0001. It is yours now."),
            "help": plain.help_card(SCHOOL, LEADS, commands.lines(replace(LEADS[0], roles=frozenset({Role.STAFF})))),
            "help_for_leads": plain.help_card(SCHOOL, LEADS, commands.lines(LEADS[0])),
        },
    )
