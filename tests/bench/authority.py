"""Whether time tells that there is something: "no such" beside "not yours", 200 tries each, at the desk over SQLite.

`python -m tests.bench.authority`. The medians may differ by half: the two ask as much of the store (that is a
test, `tests/attacks/test_no_trace.py`), and what is left is the noise of the machine.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from handlers.ui.card import Press
from store.opening import open_units
from tests.attacks.cast import ACCOUNT, PRIYA, ROLLS, TESS, Stage

TRIES, MOST = 200, 1.5
PRESSES = (Press.MORE, Press.DECIDE, Press.CHRONOLOGY, Press.SHARE)


async def _medians(stage: Stage, press: Press, theirs: UUID) -> tuple[float, float]:
    """Milliseconds, one of each in turn, so that a slow minute slows both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(TRIES):
        for times, subject in zip(taken, (theirs, uuid4()), strict=True):
            began = time.perf_counter()
            await stage.press(PRIYA, press, subject)
            times.append((time.perf_counter() - began) * 1000)
    return median(taken[0]), median(taken[1])


async def measure() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'h.db'}"
        units = await open_units(url, root_key=bytes(range(32)), schools=ROLLS)
        stage, even = Stage(units), True
        theirs = await stage.raises(TESS, {**ACCOUNT, "close": str(PRIYA.id)})
        for press in PRESSES:
            one, other = await _medians(stage, press, theirs)
            ratio = max(one, other) / min(one, other)
            even = even and ratio <= MOST
            print(f"{press:12} not yours {one:6.2f} ms   no such {other:6.2f} ms   ratio {ratio:4.2f} (at most {MOST})")
        await units.close()
    return even


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(measure()) else 1)
