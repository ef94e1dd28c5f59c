"""Whether it works: the monthly drill and the nightly self-test."""

from datetime import datetime

from handlers.assurance import drawing, drill, selftest
from handlers.assurance.examples import examples
from handlers.notice import NoticeKind
from handlers.wing import Job, Uses, Wing


async def _self_test(uses: Uses, at: datetime) -> None:
    await selftest.run_all(uses.units, uses.directories.keys(), at=at)


async def _drill(uses: Uses, at: datetime) -> None:
    await drill.drill_all(uses.units, at=at)


WING = Wing(
    draws={
        NoticeKind.ALARM: drawing.draw_alarm,
    },
    jobs=(
        Job(name="self_test", every=300, run=_self_test),
        Job(name="drill", every=60, run=_drill),
    ),
    examples=examples,
)
