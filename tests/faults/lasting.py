"""A PostgreSQL that keeps what it has committed when it dies: killed, started again and frozen by these tests."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres


class Lasting:
    """One server, with fsync, unlike the one of other tests. Raises `NoPostgres`."""

    def __init__(self) -> None:
        self._folder: Path = postgres.new_folder()
        try:
            self._server = postgres.start(self._folder, durable=True)
        except postgres.NoPostgres:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    async def database(self) -> str:
        """The address of a new, empty database."""
        name = f"faults_{next(self._server.numbers)}"
        await self._server.run(f"CREATE DATABASE {name}")
        return self._server.url(name)

    def die(self) -> None:
        postgres.stop(self._server)

    def rise(self) -> None:
        """Start it again, on its data and its port."""
        before = self._server
        after = postgres.start(self._folder, durable=True, port=before.port)
        self._server = postgres.Server(port=after.port, process=after.process, numbers=before.numbers)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Every process of it stands still: its connections stay open and say nothing."""
        main = self._server.process.pid
        found = subprocess.run(["pgrep", "-P", str(main)], capture_output=True, text=True, check=True)
        family = [main, *(int(line) for line in found.stdout.split())]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in family:
                os.kill(pid, signal.SIGCONT)

    def close(self) -> None:
        self.die()
        shutil.rmtree(self._folder, ignore_errors=True)
