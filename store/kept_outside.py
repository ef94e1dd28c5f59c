"""Copies of checkpoints outside the database, in a folder: whoever changes the database does not reach them there.

One file a checkpoint, its evidence in a file beside it. The folder may be of another machine, or one that keeps what is
written for good.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from store.checkpoints import Evidence, Kept
from store.notes import NoNote

_NOTE, _EVIDENCE = ".note", ".evidence"


class Forked(Exception):
    """A copy that lies there was signed over another log than this one: the database was put back, or written anew."""


def put(folder: Path, kept: Kept) -> None:
    """Write it there, whole or not at all; what lies there already stays. Raises OSError, and `Forked` when it is done.
    """
    checkpoint = kept.checkpoint
    place = folder / checkpoint.origin.replace("/", "-")
    place.mkdir(parents=True, exist_ok=True)
    file = place / f"{checkpoint.size:012d}{_NOTE}"
    if not file.exists():
        _write(file.with_suffix(_EVIDENCE), kept.evidence)
        _write(file, kept.note.encode())
    if _forks(place, kept):
        raise Forked


def _forks(place: Path, kept: Kept) -> bool:
    """The database's own follow one on the other. So a copy between the one before and this one is of another log, and
    so is one over as many entries with another root."""
    checkpoint, before = kept.checkpoint, Evidence.unpacked(kept.evidence).before.size
    there = (one.checkpoint for one in _all(place, over=before, up_to=checkpoint.size))
    return any((one.size, one.root) != (checkpoint.size, checkpoint.root) for one in there)


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
    return _all(folder / origin.replace("/", "-"))


def _all(place: Path, *, over: int = -1, up_to: int | None = None) -> Sequence[Kept]:
    found: list[Kept] = []
    for file in sorted(place.glob(f"*{_NOTE}")):
        if not _is_over(file, over, up_to):
            continue
        try:
            found.append(read(file))
        except (OSError, NoNote):
            continue
    return found


def _is_over(file: Path, least: int, most: int | None) -> bool:
    """By its name, which says over how many entries it is; whoever gave it another name has to be looked at."""
    many = int(file.stem) if file.stem.isdecimal() else least + 1
    return least < many <= (many if most is None else most)
