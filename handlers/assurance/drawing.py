"""What is wrong with the program itself: found by the self-test or the drill, or in delivering."""

from datetime import datetime

from handlers.assurance import drill, plan, roll, selftest, troubles
from handlers.assurance.drill_card import drill_alarm_card
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.ui.card import Card
from handlers.ui.plain import alarm_card

NOT_WITHDRAWN = "not_withdrawn"
"""The step of the alarm about a card that could not be taken away."""


STILL_STANDS = (
    "A card that somebody may not see any more could not be taken away. Ask your technician to look at the app's "
    "standing on that platform, and to run python -m bot check."
)


async def draw_alarm(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """What is wrong: found by the self-test, the drill or at the start, or with the leads' channel."""
    if notice.step == selftest.STEP:
        return await selftest.draw(uow, notice)
    if notice.step == drill.STEP:
        return drill_alarm_card() if (await drill.waits(uow, notice.subject)) else None
    if notice.step.startswith(f"{roll.STEP}:"):
        return await roll.draw(uow, notice)
    if notice.step.startswith(f"{plan.STEP}:"):
        return await plan.draw(uow, notice, at)
    if notice.step.startswith(f"{troubles.STEP}:"):
        return await troubles.draw(uow, notice)
    return alarm_card(STILL_STANDS) if notice.step == NOT_WITHDRAWN else None
