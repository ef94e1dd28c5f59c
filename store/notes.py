"""Checkpoints as signed notes: how large a log was and what its root was, in a text that anybody can verify.

C2SP signed-note and tlog-checkpoint (https://c2sp.org): origin, size, root in base64, an empty line, a signature by
Ed25519. Pure: the key is given, nothing is read or kept.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from handlers.rules.school import SchoolId
from store.inspecting.notes import spoken
from store.tree import HASH_BYTES

_ED25519 = b"\x01"
_SIGNED_BY = "\N{EM DASH} "
_ID_BYTES = 4
_SIZE = re.compile(r"[0-9]{1,18}")


class NoNote(ValueError):
    """A text that is no checkpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    origin: str
    """Which log it is of; the name of the key too."""
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def origin_of(school: SchoolId | None) -> str:
    """The name of a school's trail; of the log of those turned away where there is no school."""
    return f"heard/{school}" if school else "heard/turned-away"


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs. It never shows its secret."""

    _key: Ed25519PrivateKey

    @classmethod
    def of(cls, secret: bytes) -> "Signer":
        return cls(Ed25519PrivateKey.from_private_bytes(secret))

    @property
    def public(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, checkpoint: Checkpoint) -> str:
        """The whole note."""
        signature = self._key.sign(checkpoint.text.encode())
        signed = base64.b64encode(_key_id(checkpoint.origin, self.public) + signature).decode()
        return f"{checkpoint.text}\n{_SIGNED_BY}{checkpoint.origin} {signed}\n"


def read_note(note: str) -> Checkpoint:
    """What it says, whoever signed it. Raises `NoNote`."""
    text, _, _ = note.partition("\n\n")
    lines = text.split("\n")
    if len(lines) < 3 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoNote("this is no checkpoint")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except binascii.Error:
        raise NoNote("this is no checkpoint") from None
    checkpoint = Checkpoint(origin=lines[0], size=int(lines[1]), root=root)
    if len(root) != HASH_BYTES or checkpoint.text != text + "\n":
        raise NoNote("this is no checkpoint")
    return checkpoint


def line_of(checkpoint: Checkpoint) -> str:
    """A checkpoint as a line that fits on a card and can be read out: the school's mark, how many entries, the root."""
    mark = checkpoint.origin.rpartition("/")[2][:8]
    return f"{mark} {checkpoint.size} {spoken(checkpoint.root)}"


def is_signed(note: str, public: bytes) -> bool:
    """Whether it is a checkpoint that this key signed. Signatures of others beside it are passed over."""
    try:
        checkpoint = read_note(note)
    except NoNote:
        return False
    wanted = _key_id(checkpoint.origin, public)
    for line in note.partition("\n\n")[2].split("\n"):
        signature = _signature(line, checkpoint.origin)
        if signature[:_ID_BYTES] == wanted and _verifies(public, signature[_ID_BYTES:], checkpoint.text):
            return True
    return False


def _signature(line: str, name: str) -> bytes:
    if not line.startswith(f"{_SIGNED_BY}{name} "):
        return b""
    try:
        return base64.b64decode(line.rsplit(" ", 1)[1], validate=True)
    except binascii.Error:
        return b""


def _verifies(public: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_ID_BYTES]


def verifier_key(origin: str, public: bytes) -> str:
    """The public key as other programs that read signed notes take it."""
    key = base64.b64encode(_ED25519 + public).decode()
    return f"{origin}+{_key_id(origin, public).hex()}+{key}"
