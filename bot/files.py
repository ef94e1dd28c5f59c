"""A file of the school's as bytes, never more of it in memory than it may have."""

from pathlib import Path


class Unfit(Exception):
    """It cannot be read. The text says why, behind the name of the file."""


class Missing(Unfit):
    """There is no such file."""


def read_bytes(path: Path, *, most: int) -> bytes:
    """Raises `Missing` or `Unfit`. `most` in bytes."""
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError:
        raise Missing("is not there") from None
    except (OSError, ValueError):
        raise Unfit("is no file, or not yours to read") from None
    if len(raw) > most:
        raise Unfit(f"is larger than {most // 1_000_000} MB")
    return raw
