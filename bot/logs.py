"""Logs: one JSON object a line, an event with ids only. Never a name, never a word that somebody typed.

An exception is kept as its type and the places it passed, because its text may hold what was being stored.
"""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

_ROOT = logging.getLogger("heard")
_QUIET = ("slack_bolt", "slack_sdk", "microsoft_teams", "httpx", "httpcore", "sqlalchemy",
          "apscheduler", "uvicorn.access", "msgraph", "kiota", "azure", "asyncio", "aiohttp")


class _Events(logging.Formatter):
    """Our own events whole; of anybody else's record the logger's name and level alone."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: Mapping[str, object] = getattr(record, "event", {"event": "library", "logger": record.name})
        return json.dumps({"at": at, "level": record.levelname.lower(), **fields}, default=str)


def set_up(level: int = logging.INFO, *, to: Path | None = None) -> None:
    """Send every log of the process through the one formatter, to standard error or to a file."""
    if to is not None:
        to.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.StreamHandler(sys.stderr) if to is None else logging.FileHandler(to, encoding="utf-8")
    handler.setFormatter(_Events())
    for old in logging.root.handlers:
        if isinstance(old.formatter, _Events):
            old.close()
    logging.root.handlers[:] = [handler]
    logging.root.setLevel(logging.WARNING)
    _ROOT.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True


def event(name: str, **ids: object) -> None:
    """Keep that something happened. Ids, codes and counts only."""
    _ROOT.info(name, extra={"event": {"event": name, **ids}})


def warning(name: str, **ids: object) -> None:
    """The same of what somebody must put right."""
    _ROOT.warning(name, extra={"event": {"event": name, **ids}})


def error(name: str, **ids: object) -> None:
    """The same of what cannot wait: somebody must look at once."""
    _ROOT.error(name, extra={"event": {"event": name, **ids}})


def mishap(reference: str, error: BaseException) -> None:
    """Keep a bug under the reference that the person was given: its type and where it passed, never its text."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}:{frame.name}" for frame in frames][-12:]
    fields = {"event": "mishap", "reference": reference, "type": type(error).__name__, "places": places}
    _ROOT.error("mishap", extra={"event": fields})
