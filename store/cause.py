"""What caused a unit of work: the door by which it came in, and which request it was. Each entry of the trail says so.

A door says it once, around all that it does for one request; no use case ever does.
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

_SOURCE = re.compile(r"[a-z][a-z_]{0,19}")
_REQUEST = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass(frozen=True, slots=True)
class Cause:
    source: str
    """A platform's name, `job`, `outbox` or `command`; `program` for what it does by itself when it starts."""
    request: str = ""
    """An id of our own making, the same for all entries of one request; it says nothing of who asked, or of what."""

    def __post_init__(self) -> None:
        if not _SOURCE.fullmatch(self.source) or not _REQUEST.fullmatch(self.request):
            raise ValueError("a cause is a word and an id, and never what somebody sent")


_BY_ITSELF = Cause("program")
_CAUSE: ContextVar[Cause] = ContextVar("cause", default=_BY_ITSELF)


@contextmanager
def caused_by(source: str, request: str = "") -> Generator[None]:
    """For every unit of work that is opened inside, also in tasks that are begun there."""
    token = _CAUSE.set(Cause(source, request))
    try:
        yield
    finally:
        _CAUSE.reset(token)


def from_here_on(source: str, request: str = "") -> None:
    """For all that the process does, but for what a door says of itself."""
    _CAUSE.set(Cause(source, request))


def cause() -> Cause:
    """Of what is being done here."""
    return _CAUSE.get()
