"""A passphrase for one sealed file, made by lot, and the key that follows from it.

Each word is 16 bits as five letters that can be said aloud (consonant, vowel, consonant, vowel, consonant).
"""

import hashlib
import re
import secrets
from typing import Final

WORDS: Final = 5
"""80 bits by lot."""
ROUNDS: Final = 20_000
"""Of PBKDF2 with SHA-256, what a browser has without any package. They make each guess dearer by 14 bits; so many as
passwords that people choose need would hold up whoever writes for a fifth of a second, and these need none of it."""
SALT_BYTES: Final = 16
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_SHAPE = (_CONSONANTS, _VOWELS, _CONSONANTS, _VOWELS, _CONSONANTS)


def fresh() -> str:
    return " ".join("".join(secrets.choice(letters) for letters in _SHAPE) for _ in range(WORDS))


def salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def key(words: str, salt: bytes) -> bytes:
    """32 bytes. However the words are typed: only their letters count, small. Takes some milliseconds."""
    letters = re.sub(r"[^a-z]", "", words.lower())
    return hashlib.pbkdf2_hmac("sha256", letters.encode(), salt, ROUNDS)
