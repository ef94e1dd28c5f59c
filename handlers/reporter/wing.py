"""What a reporter begins, sends and keeps."""

from datetime import datetime

from handlers.notice import NoticeKind
from handlers.reporter import (
    counter,
    danger_chasing,
    draft_chasing,
    drawing,
    duty_chasing,
    inbound_notices,
    more_detail,
)
from handlers.reporter.commands import COMMANDS
from handlers.reporter.examples import examples
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from handlers.wing import Group, Job, Offer, Uses, Wing


async def _chase_drafts(uses: Uses, at: datetime) -> None:
    await draft_chasing.chase_drafts(uses.units, at=at)


async def _press_notices(uses: Uses, at: datetime) -> None:
    await inbound_notices.before_first_lesson(uses.units, at=at)


async def _chase_danger(uses: Uses, at: datetime) -> None:
    await danger_chasing.chase_danger(uses.units, at=at)


async def _remind_of_duties(uses: Uses, at: datetime) -> None:
    await duty_chasing.remind_all(uses.units, at=at)


async def _remind_of_what_is_asked(uses: Uses, at: datetime) -> None:
    await more_detail.remind_all(uses.units, at=at)


WING = Wing(
    counters=(counter.COUNTER,),
    commands=COMMANDS,
    offers=(
        Offer(
            press=Press.ASK_MORE, label="Ask the reporter for more detail", doing=Doing.CORRECT, group=Group.CHANGING,
            when=more_detail.can_be_asked,
        ),
    ),
    draws={
        NoticeKind.DRAFT: drawing.draw_draft,
        NoticeKind.RECEIPT: drawing.draw_receipt,
        NoticeKind.RING: drawing.draw_ring,
        NoticeKind.DUTY: drawing.draw_duty,
        NoticeKind.MORE_ASKED: more_detail.draw,
    },
    jobs=(
        Job(name="chase_danger", every=15, run=_chase_danger),
        Job(name="chase_drafts", every=60, run=_chase_drafts),
        Job(name="press_notices", every=60, run=_press_notices),
        Job(name="remind_of_duties", every=300, run=_remind_of_duties),
        Job(name="remind_of_more_detail", every=300, run=_remind_of_what_is_asked),
    ),
    examples=examples,
)
