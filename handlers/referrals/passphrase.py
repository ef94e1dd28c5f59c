"""A passphrase for one sealed file, made by lot, and the key that follows from it.

Each word is 16 bits as five letters that can be said aloud (consonant, vowel, consonant, vowel, consonant).
"""

import hashlib
import re
import secrets
from typing import Final

WORDS: Final = 4
"""64 bits by lot."""
ROUNDS: Final = 600_000
"""Of PBKDF2 with SHA-256: what a browser has without any package."""
SALT_BYTES: Final = 16
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_SHAPE = (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)


def fresh() -> str:
    return " ".join("".join(secrets.choice(letters) for letters in _SHAPE) for _ in range(WORDS))


def salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def key(words: str, salt: bytes) -> bytes:
    """32 bytes. However the words are typed, only their letters count, small. Takes up to half a second, by design."""
    letters = re.sub(r"[^a-z]", "", words.lower())
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), salt, ROUNDS)
