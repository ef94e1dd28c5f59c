"""Outside agencies: told, answering, challenged; and letters to them."""

from datetime import datetime

from handlers.notice import NoticeKind
from handlers.referrals import asking, counter, drawing, letter_card, letter_counter
from handlers.referrals import chasing as referral_chasing
from handlers.referrals.examples import examples
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Job, Offer, Uses, Wing, whenever


async def _chase_referrals(uses: Uses, at: datetime) -> None:
    await referral_chasing.chase_referrals(uses.units, at=at)


async def _chase_allegations(uses: Uses, at: datetime) -> None:
    await referral_chasing.chase_allegations(uses.units, at=at)


async def _end_asks(uses: Uses, at: datetime) -> None:
    await asking.end_asks(uses.units, at=at)


WING = Wing(
    counters=(counter.COUNTER, letter_counter.COUNTER),
    offers=(
        Offer(press=Press.REFER, label="Refer to an outside agency", doing=Doing.REFER, group=Group.SHARING),
        Offer(
            press=Press.REFERRALS, label="Referrals: confirm, answer, challenge, letter", doing=Doing.REFER,
            group=Group.SHARING, when=whenever,
        ),
    ),
    draws={
        NoticeKind.REFERRAL: drawing.draw,
        NoticeKind.REFER_DUE: drawing.draw_due,
        NoticeKind.LETTER: letter_card.draw,
    },
    jobs=(
        Job(name="chase_referrals", every=60, run=_chase_referrals),
        Job(name="chase_allegations", every=60, run=_chase_allegations),
        Job(name="end_asks", every=21600, run=_end_asks),
    ),
    examples=examples,
)
