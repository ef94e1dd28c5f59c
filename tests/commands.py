"""The commands that a technician types, each in a process of its own that begins in a tenth of a second."""

import json
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from tests.journeys.gestures import PATIENT, until

ROOT = Path(__file__).parents[1]


class Nursery:
    """The process that starts the others (`tests.nursery`), and what it says of them."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.nursery"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )
        self._tokens = count(1)
        self._pids: dict[int, int] = {}
        self._codes: dict[int, int] = {}
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    async def start(
        self, arguments: Sequence[str], environment: Mapping[str, str], *, log: Path, errors: Path | None = None,
        program: str = "bot", folder: Path = ROOT,
    ) -> int:
        """The new process's id. What it says goes to `log`, what it says on standard error to `errors` where given."""
        token = next(self._tokens)
        asked = {
            "token": token, "program": program, "arguments": [*arguments], "environment": dict(environment),
            "log": str(log), "errors": str(errors or log), "folder": str(folder),
        }  # fmt: skip
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        await until(lambda: token in self._pids, "a process to begin", within=PATIENT)
        return self._pids[token]

    def code(self, pid: int) -> int | None:
        return self._codes.get(pid)

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=PATIENT)
        self._reader.join(timeout=PATIENT)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if "began" in told:
                self._pids[told["began"]] = told["pid"]
            elif "ended" in told:
                self._codes[told["ended"]] = told["code"]


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that has ended, and what it said."""

    returncode: int | None
    stdout: str
    stderr: str


Command = Callable[..., Awaitable[Done]]


@pytest.fixture
def command(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """`await command("export", "letter", ..., environment={...}, program="bot", folder=...)`."""

    async def run(
        *arguments: str, environment: Mapping[str, str], program: str = "bot", folder: Path = ROOT
    ) -> Done:
        said = tmp_path_factory.mktemp("said")
        log, errors = said / "out", said / "err"
        pid = await nursery.start(
            arguments, environment, log=log, errors=errors, program=program, folder=folder
        )
        await until(lambda: nursery.code(pid) is not None, "the command to end", within=PATIENT)
        return Done(returncode=nursery.code(pid), stdout=log.read_text("utf-8"), stderr=errors.read_text("utf-8"))

    return run
