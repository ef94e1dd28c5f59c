"""Named moments of the program's work at which it can be made to die or to fail (ASSURANCE, "Shown by").

The program knows nothing of them: the nursery puts them into the process that it has forked, and only where the
environment names one. So none can be left open in a school.
"""

import os
import signal
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect
from uvicorn.protocols.http import h11_impl

import store.sqlite
from bot.slack.courier import SlackCourier
from bot.teams.courier import TeamsCourier

NAMED = "HEARD_FAIL_POINT"
"""Point, fault, and the file that arms it: how often it is passed first stands in it."""
DATABASE_MAY_TAKE = "HEARD_DATABASE_MAY_TAKE"
"""Seconds for an answer of the database, where the program is not to have its own: the nursery sets that too."""
POINTS = ("before_commit", "after_commit", "before_ack", "before_send", "after_send")
FAULTS = ("kill", "raise")
DOORS = ("/slack/", "/api/messages")
SENDING = ("post", "update", "withdraw")


def install(named: str) -> None:
    """Have that fault at that point, once, as soon as the file is there."""
    point, fault, armed = named.split(" ", 2)
    if point not in POINTS or fault not in FAULTS:
        raise ValueError(named)
    passed = _Point(point, fault == "kill", Path(armed))
    for dialect in (DefaultDialect, store.sqlite.Dialect):
        _around_commit(dialect, passed)
    _before_the_answer(h11_impl.RequestResponseCycle, passed)
    for courier in (SlackCourier, TeamsCourier):
        for name in SENDING:
            _around_sending(courier, name, passed)


class _Point:
    def __init__(self, name: str, kills: bool, armed: Path) -> None:
        self.name, self._kills, self._armed = name, kills, armed
        self._passed = 0

    def __call__(self, name: str) -> None:
        """Here is that point. Whoever takes the file away is the one whom it strikes: nobody where the test did."""
        if name != self.name:
            return
        try:
            if self._passed < int(self._armed.read_text() or 0):
                self._passed += 1
                return
            self._armed.unlink()
        except FileNotFoundError:
            return
        if self._kills:
            os.kill(os.getpid(), signal.SIGKILL)
        raise ConnectionResetError(self.name)


def _around_commit(dialect: Any, passed: _Point) -> None:
    commit = dialect.do_commit

    def do_commit(self: Any, connection: Any) -> None:
        passed("before_commit")
        commit(self, connection)
        passed("after_commit")

    dialect.do_commit = do_commit


def _before_the_answer(cycle: Any, passed: _Point) -> None:
    send = cycle.send

    async def sends(self: Any, message: Any) -> None:
        if message["type"] == "http.response.start" and self.scope["path"].startswith(DOORS):
            passed("before_ack")
        await send(self, message)

    cycle.send = sends


def _around_sending(courier: Any, name: str, passed: _Point) -> None:
    sending: Callable[..., Awaitable[Any]] = getattr(courier, name)

    @wraps(sending)
    async def sends(*given: Any, **named: Any) -> Any:
        passed("before_send")
        answer = await sending(*given, **named)
        passed("after_send")
        return answer

    setattr(courier, name, sends)
