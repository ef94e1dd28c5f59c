"""A line for each case of a long crossing as it ends, and a report that the next run goes on from (`-p` loads this).

`HEARD_REPORT`: the file; what held there already is not run again, what fell is. Delete it to begin anew.
"""

import os
import sys
import time
from pathlib import Path

import pytest

REPORT = Path(os.environ.get("HEARD_REPORT", "build/crossing.txt"))
HELD, FELL = "held", "FELL"


class Progress:
    """Of the process that runs the others, where there are several."""

    def __init__(self, report: Path) -> None:
        self._report = report
        self._done = _read(report)
        self._began = time.monotonic()
        self._ended = 0
        self._every = 0

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        held = {name for name, came in self._done.items() if came == HELD}
        left = [item for item in items if item.nodeid not in held]
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in held])
        items[:] = left
        self._every = len(left) + len(held)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" and not report.failed:
            return
        came = FELL if report.failed else HELD
        if self._done.get(report.nodeid) == FELL and report.when == "teardown":
            return
        self._done[report.nodeid] = came
        self._ended += 1
        self._report.parent.mkdir(parents=True, exist_ok=True)
        with self._report.open("a", encoding="utf-8") as lines:
            lines.write(f"{came}\t{report.nodeid}\t{report.duration:.0f} s\t{_why(report)}\n")
        print(f"\n{self._line()} {came}: {report.nodeid.partition('[')[2].rstrip(']')}", file=sys.__stderr__)

    def pytest_sessionfinish(self) -> None:
        fell = [name for name, came in self._done.items() if came == FELL]
        print("\n".join([f"\n{self._line()} It is in {self._report}.", *fell]), file=sys.__stderr__)

    def _line(self) -> str:
        each = (time.monotonic() - self._began) / max(1, self._ended)
        fell = sum(came == FELL for came in self._done.values())
        return f"{len(self._done)} done, {fell} of them fell; {each:.0f} s a case."


def _read(report: Path) -> dict[str, str]:
    """How each came out the last time."""
    if not report.is_file():
        return {}
    rows = [line.split("\t") for line in report.read_text("utf-8").splitlines()]
    return {row[1]: row[0] for row in rows if len(row) >= 3}


def _why(report: pytest.TestReport) -> str:
    """The last sentence of what fell."""
    lines = [line for line in str(report.longrepr or "").splitlines() if line.startswith("E  ")]
    return lines[0].removeprefix("E").strip() if lines else ""


def pytest_configure(config: pytest.Config) -> None:
    """Not in the workers: those report to the process that runs them, and must find the same cases."""
    progress = Progress(REPORT)
    if hasattr(config, "workerinput"):
        progress.pytest_runtest_logreport = progress.pytest_sessionfinish = lambda *_: None  # type: ignore[method-assign]
    config.pluginmanager.register(progress, "crossing")
