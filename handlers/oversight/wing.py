"""What accumulates, how good the records are, and what to train next."""

from datetime import datetime

from handlers import ticking
from handlers.notice import NoticeKind
from handlers.oversight import drawing, figures_counter, patterns_counter, quality, quality_counter
from handlers.oversight.commands import COMMANDS
from handlers.oversight.examples import examples
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Job, Offer, Uses, Wing, whenever


async def _send_samples(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: quality.send_sample(uow, at=at))


WING = Wing(
    counters=(patterns_counter.COUNTER, quality_counter.COUNTER, figures_counter.COUNTER),
    commands=COMMANDS,
    offers=(
        Offer(
            press=Press.REVIEW, label="Check its quality as a record", doing=Doing.REVIEW, group=Group.READING,
            when=whenever,
        ),
    ),
    draws={
        NoticeKind.SAMPLE: drawing.draw_sample,
    },
    jobs=(
        Job(name="monthly_sample", every=300, run=_send_samples),
    ),
    examples=examples,
)
