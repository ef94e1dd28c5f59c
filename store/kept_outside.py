"""Copies of checkpoints outside the database, in a folder: whoever changes the database does not reach them there.

One file a checkpoint, its evidence in a file beside it. The folder may be of another machine, or one that keeps what is
written for good.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from store.checkpoints import Kept
from store.notes import NoNote

_NOTE, _EVIDENCE = ".note", ".evidence"


def put(folder: Path, kept: Kept) -> None:
    """Write it there, whole or not at all; what lies there already stays. Raises OSError."""
    checkpoint = kept.checkpoint
    place = folder / checkpoint.origin.replace("/", "-")
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{checkpoint.size:012d}{_NOTE}"
    if not file.exists():
        _write(file.with_suffix(_EVIDENCE), kept.evidence)
        _write(file, kept.note.encode())


def takes(folder: Path) -> bool:
    """Whether a copy could be put there now."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with fresh.open("wb") as open_file:
        open_file.write(content)
        open_file.flush()
        os.fsync(open_file.fileno())
    fresh.replace(file)


def read(file: Path) -> Kept:
    """One of them, with what lies beside it. Raises OSError where it is not there, `NoNote` where it is none."""
    kept = Kept(note=file.read_bytes().decode(errors="replace"), evidence=_beside(file))
    _ = kept.checkpoint
    return kept


def _beside(file: Path) -> bytes:
    try:
        return file.with_suffix(_EVIDENCE).read_bytes()
    except OSError:
        return b""


def every(folder: Path, origin: str) -> Sequence[Kept]:
    """All that lie there of that log. One that is no checkpoint any more is passed over: others stand for it."""
    found: list[Kept] = []
    for file in sorted((folder / origin.replace("/", "-")).glob(f"*{_NOTE}")):
        try:
            found.append(read(file))
        except (OSError, NoNote):
            continue
    return found
