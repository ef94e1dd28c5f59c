"""What accumulates, how good the records are, and what to train next."""

from handlers.notice import Kind
from handlers.oversight import drawing, patterns_counter, quality_counter
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Offer, Wing, whenever

WING = Wing(
    counters=(patterns_counter.COUNTER, quality_counter.COUNTER,),
    offers=(
        Offer(
            press=Press.REVIEW, label="Look at its quality as a record", doing=Doing.REVIEW, group=Group.READING,
            when=whenever,
        ),
    ),
    draws={
        Kind.SAMPLE: drawing.draw_sample,
    },
)
