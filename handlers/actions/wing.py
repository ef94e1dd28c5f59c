"""What somebody owes by a time."""

from handlers.actions import counter, drawing
from handlers.notice import Kind
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Offer, Wing, whenever

WING = Wing(
    counters=(counter.COUNTER,),
    offers=(
        Offer(
            press=Press.ACTIONS, label="Actions: verify, send back, more time", doing=Doing.RUN_ACTION,
            group=Group.WORK, when=whenever,
        ),
    ),
    draws={
        Kind.ACTION: drawing.draw,
        **dict.fromkeys(drawing.WATCH, drawing.draw),
    },
)
