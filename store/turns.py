"""Turns in one process: first come, first served. Whoever cannot wait as long as it would take is told so at once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from handlers.errors import Busy

_NEWEST = 0.2
"""What the newest turn weighs in how long a turn takes."""


class Turns:
    """So many at a time. How long they take is learned from those that were."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._free = asyncio.Semaphore(at_once)
        self._waiting = 0
        self._takes = 0.0
        """Seconds."""

    @asynccontextmanager
    async def turn(self, patience: float | None = None) -> AsyncGenerator[None]:
        """Raises `Busy` where more than `patience` seconds would be waited, or have been; None waits for ever."""
        await self._wait(patience)
        began = _now()
        try:
            yield
        finally:
            self._free.release()
            self._takes += (_now() - began - self._takes) * _NEWEST

    async def _wait(self, patience: float | None) -> None:
        if patience is not None and self._waiting * self._takes / self._at_once > patience:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(patience):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1


def _now() -> float:
    return asyncio.get_running_loop().time()
