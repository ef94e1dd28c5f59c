"""What is counted as it happens: how soon a platform is answered, how old what is delivered is, how late the jobs are.

In a registry of the program's own, with nothing in it but what stands here. Labels are codes and the ids of schools:
never a person, a tenant's name or a word. What is counted when somebody asks for it is in `figures`.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.intake import TurnedAway
from handlers.rules.school import SchoolId

MOST_REMEMBERED = 10_000
DOORS = {"/slack/events": "slack", "/api/messages": "teams"}
_ANSWERED = (0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 10.0)
"""Slack waits three seconds for an answer."""
_DELIVERED = (0.1, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 21600.0)
_DONE = (20.0, 35.0, 65.0, 90.0, 120.0, 310.0, 360.0, 600.0, 1850.0, 22000.0)
"""A little more than jobs are done after: 15 s, half a minute, a minute, five, half an hour, six hours."""
disable_created_metrics()  # when each counter was made says nothing that the start of the process does not


class Meters:
    """One for each process. `now` in seconds, of a clock that nobody sets."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self.registry = CollectorRegistry()
        self.now = now
        self.in_hand = 0
        """Requests of a platform that are being answered now."""
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._taken: OrderedDict[tuple[SchoolId, int], float] = OrderedDict()
        self._answered = Histogram(
            "heard_acknowledgement_seconds", "From a platform's request to the answer, by school, door and status.",
            ("school", "door", "status"), buckets=_ANSWERED, registry=self.registry,
        )
        self._delivered = Histogram(
            "heard_delivery_age_seconds", "From when a card was put out to when it was delivered.",
            ("school",), buckets=_DELIVERED, registry=self.registry,
        )
        self._done = Histogram(
            "heard_tick_age_seconds", "How long ago a job had been done in a school when it was done there again.",
            ("job", "school"), buckets=_DONE, registry=self.registry,
        )
        self._refused = Counter(
            "heard_turned_away", "Requests that were refused at a door, by the code of why.",
            ("door", "why"), registry=self.registry,
        )

    @contextmanager
    def answering(self) -> Generator[None, None, None]:
        self.in_hand += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self.in_hand -= 1
            if not self.in_hand:
                self._quiet.set()

    async def quiet(self, *, most: float) -> None:
        """Until nobody is being answered, or for so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), most)

    def answered(self, school: str, door: str, status: int, *, seconds: float) -> None:
        """`school`: its id; empty where the request was nobody's."""
        self._answered.labels(school, door, f"{status // 100}xx").observe(seconds)

    def turned_away(self, door: str, refusal: TurnedAway) -> None:
        self._refused.labels(door, refusal.why).inc()

    def done(self, job: str, school: SchoolId, *, after: float) -> None:
        """A job was done in that school, so many seconds after it was done there before."""
        self._done.labels(job, str(school)).observe(after)

    def taken(self, school: SchoolId, notice: int, waited: float | None = None) -> None:
        """A notice was taken in hand, after so many seconds; where those are not known its age counts from the first
        time that it is. Those that another process delivers are forgotten."""
        self._taken.setdefault((school, notice), self.now() - (waited or 0.0))
        if len(self._taken) > MOST_REMEMBERED:
            self._taken.popitem(last=False)

    def delivered(self, school: SchoolId, notice: int) -> None:
        began = self._taken.pop((school, notice), None)
        if began is not None:
            self._delivered.labels(str(school)).observe(self.now() - began)


@dataclass(slots=True)
class Whose:
    """Whose a request is: its door learns that from what it verifies."""

    school: str = ""


_WHOSE: ContextVar[Whose | None] = ContextVar("whose", default=None)


def is_of(school: SchoolId | None) -> None:
    """The request that is being answered is that school's."""
    if school is not None and (whose := _WHOSE.get()) is not None:
        whose.school = str(school)


class Timed:
    """Around the application: how long each request of a platform takes, from its first line to the answer's."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app = app
        self._meters = meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = DOORS.get(scope["path"], "") if scope["type"] == "http" else ""
        if not door:
            await self._app(scope, receive, send)
            return
        began, whose = self._meters.now(), Whose()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._meters.answered(whose.school, door, message["status"], seconds=self._meters.now() - began)
            await send(message)

        token = _WHOSE.set(whose)
        with self._meters.answering():
            try:
                await self._app(scope, receive, timed)
            finally:
                _WHOSE.reset(token)
