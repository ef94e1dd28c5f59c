"""Once nothing waits any more, whoever has no card of a thing will have none."""

import asyncio
import time

from sqlalchemy import select

from bot.demo import Stage
from store.delivery_tables import outbox
from tests.journeys.gestures import PATIENT


async def everything_is_carried(stage: Stage) -> None:
    """Wait until the outbox is empty."""
    limit = time.monotonic() + PATIENT
    while True:
        async with stage.program.units.reading() as connection:
            if (await connection.execute(select(outbox.c.id).limit(1))).first() is None:
                return
        assert time.monotonic() < limit, "the outbox does not become empty"
        await asyncio.sleep(0.05)
