"""What processes have spent of the processor: on a machine that others use too, the only time that says something.

It reads `/proc`, so Linux alone says; elsewhere nothing is known, and nothing is printed of it.
"""

import os
from collections.abc import Mapping
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PARENT, _OWN, _REAPED = 1, slice(11, 13), slice(13, 15)
"""Of what stands behind the name in `/proc/PID/stat` (proc(5)): its own time, and that of its children that ended."""


def seconds(pid: int) -> float:
    """Of that process, of its children, and of those that it had; 0 where nobody says."""
    running = _running()
    return sum(_ticks(of) for id, of in running.items() if pid in (id, int(of[_PARENT]))) / _TICK


def _running() -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
    return found


def _ticks(of: list[str]) -> int:
    return sum(map(int, [*of[_OWN], *of[_REAPED]]))
