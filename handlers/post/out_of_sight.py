"""A message that shall be read no longer: taken away, or emptied where a platform lets go of nothing."""

from contextlib import suppress

from handlers.platform_ports import Courier, Gone, Undelivered
from handlers.rules.school import Place


async def take_away(courier: Courier, place: Place, message: str) -> str:
    """Empty when it is gone; else the platform's reason for never letting go of it.

    Raises: Undelivered where a later try may do it.
    """
    try:
        await courier.withdraw(place, message)
    except Gone:
        return ""
    except Undelivered as failure:
        if not failure.final:
            raise
        return failure.reason
    return ""


async def put_out_of_sight(courier: Courier, place: Place, message: str) -> str:
    """Taken away, or emptied; then the platform's reason for not letting go of it.

    Raises: Undelivered where neither could be done: its words still stand there.
    """
    stuck = await take_away(courier, place, message)
    if stuck:
        with suppress(Gone):
            await courier.empty(place, message)
    return stuck
