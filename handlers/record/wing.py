"""Reading the record in order, finding it, correcting beside it, sharing from it."""

from handlers.notice import NoticeKind
from handlers.record import counter, drawing, share_counter
from handlers.record.examples import examples
from handlers.rules.authority import Doing
from handlers.rules.people import FINDERS
from handlers.ui.card import Press
from handlers.wing import Command, Group, Offer, Wing, whenever

WING = Wing(
    counters=(counter.COUNTER, share_counter.COUNTER,),
    commands=(
        Command(
            word="find", answer=counter.asked, more=True, roles=FINDERS, whom="whoever receives concerns",
            does="a concern by its reference or by child, with the child's chronology",
        ),
    ),
    offers=(
        Offer(press=Press.CHRONOLOGY, label="Chronology", doing=Doing.READ, group=Group.READING, when=whenever),
        Offer(
            press=Press.CORRECT, label="Add a note, or correct something", doing=Doing.CORRECT, group=Group.CHANGING,
            when=whenever,
        ),
        Offer(press=Press.SHARE, label="Share with a colleague", doing=Doing.SHARE, group=Group.SHARING),
        Offer(
            press=Press.UNSHARE, label="See or end what is shared", doing=Doing.SHARE, group=Group.SHARING,
            when=whenever,
        ),
    ),
    draws={
        NoticeKind.SHARE: drawing.draw_share,
    },
    examples=examples,
)
