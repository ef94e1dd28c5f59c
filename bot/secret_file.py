"""A file with a secret in it: one line, that its owner alone may read. What is wrong is said, and never the secret."""

import stat
from pathlib import Path

from pydantic import SecretStr

from bot.files import Unfit, read_bytes
from bot.settings import Incomplete

LONGEST = 1_000
"""Bytes of a file with one secret."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_secret(where: Path) -> SecretStr:
    """Its one line. Raises `Incomplete`."""
    try:
        held = read_closed(where, LONGEST).decode("ascii").strip()
    except UnicodeDecodeError:
        held = ""
    if not held or len(held.split()) > 1:
        raise Incomplete(f"{where.name} must hold one line with the secret, and nothing else.")
    return SecretStr(held)


def read_closed(path: Path, most: int) -> bytes:
    """Raises `Incomplete` where it is not there, or anybody but its owner may read or change it."""
    try:
        raw, mode = read_bytes(path, most=most), path.stat().st_mode
    except (Unfit, OSError) as why:
        raise Incomplete(f"{path.name} {why if isinstance(why, Unfit) else 'cannot be read'}.") from None
    if mode & _OTHERS:
        raise Incomplete(f"Others can read or change {path.name}. Close it to them with: chmod 600 {path}")
    return raw
