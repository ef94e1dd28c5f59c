"""What waits for whom: board, digest, huddle, a form tutor's week."""

from datetime import datetime

from handlers import ticking
from handlers.notice import NoticeKind
from handlers.overview import closed, closed_counter, counter, digests, drawing, huddles, tutors
from handlers.overview.examples import examples
from handlers.wing import Command, Job, Uses, Wing


async def _send_digests(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: digests.send_digest(uow, at=at))


async def _send_huddles(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: huddles.send_huddle(uow, at=at))


async def _send_tutors_weeks(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: tutors.send_weeks(uow, at=at))


WING = Wing(
    counters=(counter.COUNTER, closed_counter.COUNTER),
    commands=(
        Command(word="mine", answer=counter.mine, does="what became of yours, and what you have not sent"),
        Command(word="board", answer=counter.asked, does="what waits for you, kept up to date"),
        Command(
            word="closed", answer=closed_counter.asked, roles=closed.MAY_SAY,
            whom="the safeguarding leads and the head", does="say that school is closed, closes early or opens late",
        ),
    ),
    draws={
        NoticeKind.CLOSED: closed.draw,
        NoticeKind.BOARD: drawing.draw_board,
        NoticeKind.HUDDLE: drawing.draw_huddle,
        NoticeKind.DIGEST: drawing.draw_digest,
        NoticeKind.TUTOR: tutors.draw,
    },
    jobs=(
        Job(name="morning_digest", every=60, run=_send_digests),
        Job(name="weekly_huddle", every=60, run=_send_huddles),
        Job(name="weekly_tutors", every=60, run=_send_tutors_weeks),
    ),
    examples=examples,
)
