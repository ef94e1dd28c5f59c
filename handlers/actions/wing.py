"""What somebody owes by a time."""

from datetime import datetime

from handlers.actions import chasing as action_chasing
from handlers.actions import counter, drawing
from handlers.actions.examples import examples
from handlers.notice import NoticeKind
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Job, Offer, Uses, Wing, whenever


async def _chase_actions(uses: Uses, at: datetime) -> None:
    await action_chasing.chase_actions(uses.units, at=at)


WING = Wing(
    counters=(counter.COUNTER,),
    offers=(
        Offer(
            press=Press.ACTIONS, label="Actions: verify, send back, more time", doing=Doing.RUN_ACTION,
            group=Group.CHANGING, when=whenever,
        ),
    ),
    draws={
        NoticeKind.ACTION: drawing.draw,
        **dict.fromkeys(drawing.WATCH, drawing.draw),
    },
    jobs=(
        Job(name="chase_actions", every=60, run=_chase_actions),
    ),
    examples=examples,
)
