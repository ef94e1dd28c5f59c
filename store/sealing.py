"""AES-256-GCM: the one place where anything is encrypted, opened or marked. Knows no table and no key's origin.

A sealed value is one byte that names the algorithm, 12 random bytes of nonce, the ciphertext and its tag.
What it belongs to is bound into it, so that a value moved to another row does not open.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES_256_GCM = 1
KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = 1
_MARKING = b"heard|marks|1"
"""What the key for marks is made with: no mark says anything of the key that seals."""
_SHORTEST = 1 + _NONCE_BYTES + 16


class SealBroken(Exception):
    """A sealed value does not open: another key, another place, or it was changed."""


class Key:
    """A key in use. It never shows its secret, in a log or anywhere else."""

    __slots__ = ("_cipher", "_marking")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._cipher = AESGCM(secret)
        self._marking = hmac.digest(secret, _MARKING, hashlib.sha256)

    def seal(self, plain: bytes, bound: bytes, *, nonce: bytes = b"") -> bytes:
        """Sealed under a fresh nonce; `nonce` is for the known-answer tests alone."""
        nonce = nonce or secrets.token_bytes(_NONCE_BYTES)
        return bytes((AES_256_GCM,)) + nonce + self._cipher.encrypt(nonce, plain, bound)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """What was sealed; `SealBroken` when it does not open."""
        if len(sealed) < _SHORTEST or sealed[0] != AES_256_GCM:
            raise SealBroken
        try:
            return self._cipher.decrypt(sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :], bound)
        except InvalidTag:
            raise SealBroken from None

    def mark(self, what: bytes) -> str:
        """A keyed digest of it (HMAC-SHA-256, its first 16 bytes in hex): whoever brings it back had it from us."""
        return hmac.digest(self._marking, what, hashlib.sha256)[:16].hex()


def fresh_secret() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def bound_to(school: UUID, case: UUID | None, table: str, column: str) -> bytes:
    """The associated data: `version|school|case|table|column`. `case` is a concern, a draft, or the row itself."""
    return f"{_VERSION}|{school.hex}|{case.hex if case else '-'}|{table}|{column}".encode()
