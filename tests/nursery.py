"""Starts the program quickly, again and again: everything is imported once, and each start is a fork of that.

`python -m bot serve` takes four seconds to import what it needs, and a test of kills starts it fifty times. The child
runs the same command line in a process of its own, which can be killed like any other. What passes here is JSON, a
line each way; when the line to the test is cut, every child is killed. `tests.commands` is the other end.
"""

import gc
import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import NoReturn

import bot.checking
import bot.letter
import bot.serving
import bot.verifying  # noqa: F401 (what a start would import)
import manifest.checks  # noqa: F401
from bot.__main__ import cli
from bot.teams import directory
from manifest.__main__ import cli as manifest_cli
from store import engine
from tests.faults import points
from tests.faults.points import DATABASE_MAY_TAKE

PROGRAMS = {"bot": cli, "manifest": manifest_cli}
LOOK = 0.02
"""Seconds between looks for children that have ended."""


def main() -> None:
    directory.load()
    gc.freeze()
    children: set[int] = set()
    _say(ready=True)
    while True:
        if select.select([sys.stdin], [], [], LOOK)[0]:
            line = os.read(0, 65536)
            if not line:
                break
            for asked in line.splitlines():
                children.add(_start(json.loads(asked)))
        _report(children)
    for child in children:
        os.kill(child, signal.SIGKILL)


def _start(asked: dict[str, object]) -> int:
    child = os.fork()
    if child == 0:
        _become(asked)
    _say(began=asked["token"], pid=child)
    return child


def _report(children: set[int]) -> None:
    while children:
        ended, status = os.waitpid(-1, os.WNOHANG)
        if not ended:
            return
        children.discard(ended)
        _say(ended=ended, code=os.waitstatus_to_exitcode(status))


def _become(asked: dict[str, object]) -> NoReturn:
    """Be the program: its environment and its arguments, and an end of its own."""
    os.setsid()
    log, errors = (
        os.open(Path(str(asked[name])), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) for name in ("log", "errors")
    )
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (log, 1), (errors, 2)):
        os.dup2(old, new)
    os.chdir(str(asked["folder"]))
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[arg-type]
    if seconds := os.environ.get(DATABASE_MAY_TAKE):
        engine.DEADLINE = float(seconds)
    if named := os.environ.get(points.NAMED):
        points.install(named)
    sys.argv = [str(asked["program"]), *asked["arguments"]]  # type: ignore[misc]
    code: object = 1
    try:
        PROGRAMS[str(asked["program"])]()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


def _say(**told: object) -> None:
    os.write(1, json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
