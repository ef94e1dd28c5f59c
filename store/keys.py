"""The key file, and the key under it: the root (file) wraps each school's key, which wraps one for each case.

Nothing here is logged, and no message says more of a key than what is wrong with its file.
"""

import base64
import binascii
import secrets
import stat
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from store.durable import write_new
from store.sealing import KEY_BYTES, Key, SealBroken, bound_to

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FEWEST_VALUES = 8
"""Different byte values in a key. A random one with fewer comes once in 10^30: such a file was written by hand."""


class KeyFaulty(Exception):
    """The key cannot be used; the text is a sentence for the technician."""


def make_key_file(path: Path) -> None:
    """Write a new key, mode 0600. Raises `KeyFaulty` when the file is there: a key is never replaced."""
    try:
        write_new(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    except FileExistsError:
        raise KeyFaulty(f"{path} is there already. A key cannot be made again, so it is not replaced.") from None


def read_key_file(path: Path) -> bytes:
    """The root key. Raises `KeyFaulty` when the file is missing, open to others, or holds no proper key."""
    try:
        mode = path.stat().st_mode
        text = path.read_bytes().strip()
    except OSError:
        raise KeyFaulty(f"The key file {path} is missing or cannot be read. Make one with: python -m bot key") from None
    if mode & _OTHERS:
        raise KeyFaulty(f"Others can read the key file {path}. Close it to them with: chmod 600 {path}")
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise KeyFaulty(f"The key file {path} is not one line of base64.") from None
    _must_be_random(key, path)
    return key


def _must_be_random(key: bytes, path: Path) -> None:
    if len(key) != KEY_BYTES:
        raise KeyFaulty(f"The key in {path} has {len(key)} bytes; it must have {KEY_BYTES}.")
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    if len(set(key)) < _FEWEST_VALUES or len(steps) == 1:
        raise KeyFaulty(f"The key in {path} is a default one, not a random one. Make one with: python -m bot key")


def wrap_school_key(root: Key, school: UUID, secret: bytes) -> bytes:
    return root.seal(secret, bound_to(school, None, "schools", "key"))


def school_key(root: Key, school: UUID, wrapped: bytes) -> Key:
    """The school's key; `KeyFaulty` when the root key is not the one it was wrapped under."""
    try:
        return Key(root.open(wrapped, bound_to(school, None, "schools", "key")))
    except SealBroken:
        raise KeyFaulty(
            "The key file does not belong to this database: what is stored cannot be opened with it. "
            "Nothing has been changed. Find the key file that was used before. If this is the one, the row of the "
            f"school {school} in the table schools is damaged: bring the database back from a backup."
        ) from None
