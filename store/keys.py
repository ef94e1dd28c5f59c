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
from store.ring import Ring
from store.sealing import KEY_BYTES, Key, SealBroken, bound_to
from store.vaults import Vault, Wrapped, line_of, read_line

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
BEFORE = ".before-"
"""Between the name of a key file and when it was replaced."""
_FEWEST_VALUES = 8
"""Different byte values in a key. A random one with fewer comes once in 10^30: such a file was written by hand."""


class KeyFaulty(Exception):
    """The key cannot be used; the text is a sentence for the technician."""


def make_key_file(path: Path) -> None:
    """Write a new key, mode 0600. Raises `KeyFaulty` when the file is there: a key is never replaced."""
    KeyFile(path).make(path)


def _write(path: Path, line: bytes) -> None:
    try:
        write_new(path, line)
    except FileExistsError:
        raise KeyFaulty(f"{path} is there already. A key cannot be made again, so it is not replaced.") from None


def read_key_file(path: Path, *, others: int = _OTHERS) -> bytes:
    """The root key. Raises `KeyFaulty` when the file is missing, open to others, or holds no proper key.

    `others`: for whom it must be closed. What systemd hands over may be its group's, which is then the service's own.
    """
    return _opened(_text_of(path, others), path, None)


def _text_of(path: Path, others: int) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_bytes().strip()
    except OSError:
        raise KeyFaulty(f"The key file {path} is missing or cannot be read. Make one with: python -m bot key") from None
    if mode & others:
        raise KeyFaulty(f"Others can read the key file {path}. Close it to them with: chmod 600 {path}")
    return text


def _wrapped(text: bytes, path: Path) -> Wrapped | None:
    try:
        return read_line(text)
    except ValueError:
        raise KeyFaulty(
            f"The key file {path} is damaged: it begins like one that a vault holds. Put a copy of it in its place."
        ) from None


def _opened(text: bytes, path: Path, vault: Vault | None) -> bytes:
    wrapped = _wrapped(text, path)
    if wrapped is not None and vault is None:
        raise KeyFaulty(f"The key in {path} is held by {wrapped.by}. Set KEY_VAULT to it.")
    try:
        key = vault.unwrap(wrapped) if wrapped and vault else base64.b64decode(text, validate=True)
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


def school_key(root: Key, school: UUID, wrapped: bytes) -> Ring:
    """The school's keys; `KeyFaulty` when the root key is not the one they were wrapped under."""
    return Ring(opened_by((root,), school, wrapped), root=root, school=school)


def opened_by(roots: Sequence[Key], school: UUID, wrapped: bytes) -> bytes:
    """The secrets of the school's keys, by the first of those that opens them; `KeyFaulty` when none does."""
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
    """A file of one line, its owner's alone; those of before lie beside it (`store.rotating`). With a vault the line
    holds what the vault alone can open."""

    path: Path
    vault: Vault | None = None

    def root(self) -> bytes:
        """Raises `KeyFaulty` too where a vault is named and the key lies open all the same."""
        if self.vault and _wrapped(_text_of(self.path, _OTHERS), self.path) is None:
            raise KeyFaulty(
                f"KEY_VAULT is set, and the key in {self.path} lies open. python -m bot keys rotate makes one that "
                f"{self.vault.name} holds."
            )
        return self.read(self.path)

    def before(self) -> Sequence[bytes]:
        return [self.read(path) for path in files_before(self.path)]

    def read(self, path: Path) -> bytes:
        """The key in that file, opened by the vault where it was sealed by one."""
        return _opened(_text_of(path, _OTHERS), path, self.vault)

    def make(self, path: Path) -> None:
        """A new key, sealed by the vault where there is one. Raises `KeyFaulty` when the file is there."""
        secret = secrets.token_bytes(KEY_BYTES)
        _write(path, line_of(self.vault.wrap(secret)) if self.vault else base64.b64encode(secret) + b"\n")


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
