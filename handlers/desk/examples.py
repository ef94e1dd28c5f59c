"""The desk's own: the help, the list behind a card's last button, one sentence said."""

from dataclasses import replace
from uuid import UUID

from handlers.conversation import CommandTyped
from handlers.desk import asked, asked_card, commands, more, more_form
from handlers.rules.people import Login, Role
from handlers.samples import LEADS, MOVE, SCHOOL, TO_RING
from handlers.ui import plain
from handlers.wing import Examples

_KEY = UUID(int=77)
_SOMEBODY = Login(platform="slack", tenant="T", user="U")


def examples() -> Examples:
    help = plain.help_card(SCHOOL, TO_RING, commands.lines(replace(LEADS[0], roles=frozenset({Role.STAFF}))))
    typed = CommandTyped(who=_SOMEBODY, text="mine shaft by the old wall")
    here = replace(typed, in_chat=True)
    there = replace(here, shared=True)
    mine = asked_card.Word(text="mine", whom="", id=asked.id_of("mine"))
    find = asked_card.Word(text="find", whom="whoever receives concerns", id=asked.id_of("find"))
    offered = more.OFFERS
    return Examples(
        forms={
            "more": more_form.form(MOVE, "26-48213", offered),
            "more_nothing": more_form.form(MOVE, "26-48213", ()),
        },
        cards={
            "say": plain.say("You have accepted concern 26-48213. It is yours now."),
            "help": help,
            "asked": asked_card.asked(_KEY, mine, typed),
            "asked_in_chat": asked_card.asked(_KEY, mine, here),
            "asked_of_another": asked_card.asked(_KEY, find, replace(typed, text="find the boy by the old wall")),
            "stray": asked_card.stray(_KEY, here, help),
            "stray_in_a_channel": asked_card.stray(_KEY, there, help),
            "help_for_leads": plain.help_card(SCHOOL, TO_RING, commands.lines(LEADS[0])),
        },
        answers=frozenset({"say", "help", "asked", "asked_in_chat", "asked_of_another", "stray", "stray_in_a_channel",
                           "help_for_leads"}),
        windows=frozenset({"asked", "asked_of_another"}),
    )
