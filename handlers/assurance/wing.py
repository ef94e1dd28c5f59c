"""Whether it works: the drill, the self-test, whether the terms run out; and the trail's copies outside."""

from datetime import datetime

from handlers.assurance import copies, drawing, drill, plan, selftest
from handlers.assurance.examples import examples
from handlers.notice import NoticeKind
from handlers.wing import Job, Uses, Wing


async def _self_test(uses: Uses, at: datetime) -> None:
    await selftest.run_all(uses.units, uses.directories.keys(), at=at)


async def _drill(uses: Uses, at: datetime) -> None:
    await drill.drill_all(uses.units, at=at)


async def _plan(uses: Uses, at: datetime) -> None:
    await plan.warn_all(uses.units, at=at)


async def _copies(uses: Uses, at: datetime) -> None:
    await copies.send_all(uses.units, at=at)


WING = Wing(
    draws={
        NoticeKind.ALARM: drawing.draw_alarm,
        NoticeKind.CHECKPOINT: copies.draw,
    },
    jobs=(
        Job(name="self_test", every=300, run=_self_test),
        Job(name="drill", every=60, run=_drill),
        Job(name="terms_run_out", every=300, run=_plan),
        Job(name="copies_outside", every=300, run=_copies),
    ),
    examples=examples,
)
