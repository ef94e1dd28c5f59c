"""The key file, and the key under it: the root (file) wraps each school's key, which wraps one for each case.

Nothing here is logged, and no message says more of a key than what is wrong with its file.
"""

import base64
import binascii
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol
from uuid import UUID

from store.durable import write_new
from store.sealing import KEY_BYTES, Key, SealBroken, bound_to

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
BEFORE = ".before-"
"""Between the name of a key file and when it was replaced."""
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


def read_key_file(path: Path, *, others: int = _OTHERS) -> bytes:
    """The root key. Raises `KeyFaulty` when the file is missing, open to others, or holds no proper key.

    `others`: for whom it must be closed. What systemd hands over may be its group's, which is then the service's own.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_bytes().strip()
    except OSError:
        raise KeyFaulty(f"The key file {path} is missing or cannot be read. Make one with: python -m bot key") from None
    if mode & others:
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
    return Key(opened_by((root,), school, wrapped))


def opened_by(roots: Sequence[Key], school: UUID, wrapped: bytes) -> bytes:
    """The secret of the school's key, by the first of those that opens it; `KeyFaulty` when none does."""
    for root in roots:
        with suppress(SealBroken):
            return root.open(wrapped, bound_to(school, None, "schools", "key"))
    raise KeyFaulty(
        "The key file does not belong to this database: what is stored cannot be opened with it. "
        "Nothing has been changed. Find the key file that was used before. If this is the one, the row of the "
        f"school {school} in the table schools is damaged: bring the database back from a backup."
    )


class KeyProvider(Protocol):
    """Where the root key comes from. Each raises `KeyFaulty`, with a sentence that says no more of a key than that."""

    def root(self) -> bytes: ...
    def before(self) -> Sequence[bytes]:
        """The root keys of before that are still at hand, the newest first: for what was sealed under them."""
        ...


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file of one line, its owner's alone; those of before lie beside it (`store.rotating`)."""

    path: Path

    def root(self) -> bytes:
        return read_key_file(self.path)

    def before(self) -> Sequence[bytes]:
        return [read_key_file(path) for path in files_before(self.path)]


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential that systemd hands to the service and to nobody else: a file in `$CREDENTIALS_DIRECTORY`."""

    folder: Path
    name: str

    def root(self) -> bytes:
        return read_key_file(self.folder / self.name, others=stat.S_IRWXO)

    def before(self) -> Sequence[bytes]:
        return [read_key_file(path, others=stat.S_IRWXO) for path in files_before(self.folder / self.name)]


def files_before(path: Path) -> Sequence[Path]:
    """The key files of before, the newest first."""
    return sorted(path.parent.glob(f"{path.name}{BEFORE}*"), reverse=True)
