"""Checkpoints and the tree that they are of, for whoever has nothing but Python.

The tree is that of RFC 9162: its peaks are the roots of the perfect trees that a log of that size is made of. A
checkpoint is a C2SP signed note. `store.tree` and `store.notes` say the same for the program; tests hold one to other.
"""

import base64
import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from store.inspecting.ed25519 import is_signature


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass
class Peaks:
    size: int = 0
    roots: list[bytes] = field(default_factory=list[bytes])

    def extend(self, leaves: Sequence[bytes]) -> "Peaks":
        for leaf in leaves:
            root, bits = leaf, self.size
            while bits & 1:
                root, bits = node(self.roots.pop(), root), bits >> 1
            self.roots.append(root)
            self.size += 1
        return self

    def root(self) -> bytes:
        if not self.roots:
            return hashlib.sha256(b"").digest()
        return functools.reduce(lambda root, peak: node(peak, root), reversed(self.roots[:-1]), self.roots[-1])


def led_to(leaf: bytes, index: int, size: int, nodes: Sequence[bytes]) -> bytes:
    """The root that a proof leads to (RFC 9162, 2.1.3.2); nothing where it is of another form."""
    last = size - 1
    for one in nodes:
        if last == 0:
            return b""
        if index & 1 or index == last:
            leaf = node(one, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = node(leaf, one)
        index, last = index >> 1, last >> 1
    return leaf if last == 0 else b""


_FIRST, _SECOND = "bdfghjklmnprstvz", "aiou"
_SPOKEN = 16
"""Bytes of a root: enough that nobody makes another log with the same."""


def spoken(root: bytes) -> str:
    """A root as eight words that can be read out and compared (proquints: five letters for two bytes)."""
    pairs = [int.from_bytes(root[at : at + 2], "big") for at in range(0, _SPOKEN, 2)]
    return "-".join(_word(pair) for pair in pairs)


def _word(pair: int) -> str:
    consonants, vowels = (pair >> 12, pair >> 6 & 15, pair & 15), (pair >> 10 & 3, pair >> 4 & 3)
    a, b, c = (_FIRST[number] for number in consonants)
    return f"{a}{_SECOND[vowels[0]]}{b}{_SECOND[vowels[1]]}{c}"


@dataclass(frozen=True)
class Line:
    """A checkpoint as the line of a card says it: the school's mark, how many entries, the root in words."""

    mark: str
    size: int
    words: str


_LINE = re.compile(r"\b([0-9a-f]{8}) ([0-9]{1,18}) ((?:[a-z]{5}-){7}[a-z]{5})\b")


def read_line(text: str) -> Line | None:
    found = _LINE.search(text.strip().lower())
    return Line(found[1], int(found[2]), found[3]) if found else None


@dataclass(frozen=True)
class Note:
    """A checkpoint: a C2SP signed note, and the leaves since the one before, which lead to its root."""

    origin: str
    size: int
    root: bytes
    text: str
    signed: str
    evidence: bytes

    def is_by(self, public: bytes) -> bool:
        key = hashlib.sha256(self.origin.encode() + b"\n\x01" + public).digest()[:4]
        for line in self.signed.split("\n"):
            name, _, signature = line.removeprefix("\N{EM DASH} ").rpartition(" ")
            if name == self.origin and (raw := from_base64(signature))[:4] == key:
                return is_signature(public, raw[4:], self.text.encode())
        return False

    def leaves(self) -> tuple[int, list[bytes]]:
        """After how many entries they begin; none where they do not lead to the root."""
        size = int.from_bytes(self.evidence[:8], "big")
        rest = [self.evidence[at : at + 32] for at in range(8, len(self.evidence), 32)]
        peaks, leaves = rest[: size.bit_count()], rest[size.bit_count() :]
        grown = Peaks(size, list(peaks)).extend(leaves)
        return (size, leaves) if (grown.size, grown.root()) == (self.size, self.root) else (0, [])


def from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def read_note(raw: bytes, evidence: bytes) -> Note | None:
    text, _, signed = raw.decode(errors="replace").partition("\n\n")
    lines = text.split("\n")
    if len(lines) != 3 or not re.fullmatch("[0-9]{1,18}", lines[1]) or len(root := from_base64(lines[2])) != 32:
        return None
    return Note(lines[0], int(lines[1]), root, text + "\n", signed, evidence)


def fingerprint(public: bytes) -> str:
    """Of a public key, to be compared by eye."""
    return hashlib.sha256(public).hexdigest()[:20]
