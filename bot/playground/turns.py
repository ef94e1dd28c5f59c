"""The counting of visible changes, and waiting for the next one. Nothing else may stand here."""

import asyncio


class Turns:
    """Something that people look at: `version` rises with every change that somebody could see."""

    def __init__(self) -> None:
        self.version = 0
        self._changed = asyncio.Event()

    def touch(self) -> int:
        """Say that something visible has changed."""
        self.version += 1
        self._changed.set()
        self._changed = asyncio.Event()
        return self.version

    async def changed_since(self, version: int) -> int:
        """Wait until the world is newer than that version; returns the new one."""
        while self.version <= version:
            await self._changed.wait()
        return self.version
