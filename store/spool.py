"""The spool: where a form that was sent waits, sealed, while the database cannot be reached. A folder of files.

What is put in is sealed to a public key: whoever keeps it cannot read it back with what sealing takes. It is written,
flushed, renamed and its folder flushed, so that it is there once `keep` has returned. The folder belongs on another
volume than the database. The key is made from the root key, so that nothing more has to be kept safe.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from store.durable import flush_folder, write_new
from store.sealing import KEY_BYTES, Key, SealBroken

MOST_FILES = 5000
MOST_BYTES = 1_000_000
"""Of one form; a page of a form is under 40 kB."""
_ENDS = ".sealed"
_SET_ASIDE = ".set-aside"
_FOR = b"heard|spool|1"


class SpoolFull(OSError):
    """So much waits that no more is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One file, by its name: nothing in the name says what or whose it is."""

    name: str
    since: float
    """Seconds since 1970."""


class Spool:
    """One folder. `root`: the root key, of which the pair of keys is made; `before`: those of before, for what was put
    in under them and waits still."""

    def __init__(self, folder: Path, root: bytes, *, before: Sequence[bytes] = ()) -> None:
        self._folder = folder
        self._private = [X25519PrivateKey.from_private_bytes(_derived(one, b"pair")) for one in (root, *before)]
        self._public = self._private[0].public_key()

    def open_folder(self) -> None:
        """Make it, its owner's alone, and try whether it can be written. Raises OSError."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial = self._folder / f".trial-{os.getpid()}"
        write_new(trial, b"")
        trial.unlink()

    def keep(self, words: bytes, *, once: str) -> None:
        """Keep it, durably, when this returns; the same words under the same `once` are kept once. Raises OSError."""
        if len(words) > MOST_BYTES or len(self._names(_ENDS)) >= MOST_FILES:
            raise SpoolFull
        name = hashlib.sha256(once.encode() + b"\0" + words).hexdigest()[:32] + _ENDS
        whole = self._folder / name
        if whole.exists():
            return
        part = self._folder / f".{secrets.token_hex(8)}.part"
        try:
            write_new(part, _seal(self._public, words, name))
            part.rename(whole)
            flush_folder(self._folder)
        finally:
            part.unlink(missing_ok=True)

    def waiting(self) -> Sequence[Waiting]:
        """What waits, in the order in which it came. A folder that is not there holds nothing."""
        found: list[tuple[int, str]] = []
        for name in self._names(_ENDS):
            try:
                found.append(((self._folder / name).stat().st_mtime_ns, name))
            except FileNotFoundError:  # another process has brought it in meanwhile
                continue
        return [Waiting(name=name, since=at / 1e9) for at, name in sorted(found)]

    def set_aside(self) -> Sequence[str]:
        """The names of what could not be brought in, for a person to look after."""
        return self._names(_SET_ASIDE)

    def read(self, name: str) -> bytes:
        """What was kept. Raises `SealBroken` for what was changed or sealed under another root key, and OSError."""
        sealed = (self._folder / name).read_bytes()
        for private in self._private:
            with suppress(SealBroken):
                return _open(private, sealed, name)
        raise SealBroken

    def done(self, name: str) -> None:
        """It is in the database."""
        (self._folder / name).unlink(missing_ok=True)
        flush_folder(self._folder)

    def put_aside(self, name: str) -> None:
        """It cannot be brought in: it stays, sealed, and is tried no more."""
        (self._folder / name).rename(self._folder / (name.removesuffix(_ENDS) + _SET_ASIDE))
        flush_folder(self._folder)

    def _names(self, ends: str) -> list[str]:
        try:
            return sorted(path.name for path in self._folder.iterdir() if path.name.endswith(ends))
        except FileNotFoundError:
            return []


def _seal(public: X25519PublicKey, words: bytes, name: str) -> bytes:
    """A public key made for this one file, then the words under what the two keys share."""
    mine = X25519PrivateKey.generate()
    theirs = mine.public_key().public_bytes_raw()
    return theirs + Key(_derived(mine.exchange(public), theirs)).seal(words, name.encode())


def _open(private: X25519PrivateKey, sealed: bytes, name: str) -> bytes:
    theirs, rest = sealed[:KEY_BYTES], sealed[KEY_BYTES:]
    if len(theirs) < KEY_BYTES:
        raise SealBroken
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(theirs))
    except ValueError:  # no point of the curve
        raise SealBroken from None
    return Key(_derived(shared, theirs)).open(rest, name.encode())


def _derived(secret: bytes, what: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=_FOR + b"|" + what).derive(secret)
