"""The digest of what a child said, as it was frozen when it was sent: the reporter keeps it on the receipt. Pure.

It is the SHA-256 of the JSON text `["<concern's id>","<nonce>",[["own_words","..."], ...]]`, without spaces and in
ASCII alone (every other character as `\\uXXXX`), so that it stands for the exact code points that were stored. The
nonce is 128 random bits that are sealed with the words. Why: what a child says is short, and a bare digest in the
trail or in chat could be tried against guesses. With the nonce nobody can try who may not open the words; whoever may
can compute it anew; and once the case's key is destroyed it says nothing more.

    import hashlib, json
    told = [[name, answers[name]] for name in ("own_words", "own_words_2", "own_words_3") if answers.get(name)]
    text = json.dumps([concern_id, answers["own_words_nonce"], told], separators=(",", ":"))
    hashlib.sha256(text.encode()).hexdigest()
"""

import hashlib
import json
from uuid import UUID

from handlers.rules.chronology import Answers

NAMES = ("own_words", "own_words_2", "own_words_3")
"""The answers that hold what a child said, in the order of the form."""
NONCE = "own_words_nonce"
"""Sealed beside them; no field asks for it, and no window shows it."""
FACT = "own_words"
"""The digest, as a fact of the entry with which the concern was raised."""
SHOWN = 20
"""Hex digits on a receipt."""


def any_in(answers: Answers) -> bool:
    return any(answers.get(name) for name in NAMES)


def typed(answers: Answers) -> Answers:
    """The answers as somebody gave them, without the nonce."""
    return {name: value for name, value in answers.items() if name != NONCE}


def digest(concern: UUID, answers: Answers) -> str:
    """In hex. `answers` hold the words and their nonce."""
    told = [[name, answers[name]] for name in NAMES if answers.get(name)]
    text = json.dumps([str(concern), answers[NONCE], told], separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
