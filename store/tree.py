"""The tree of RFC 9162 (section 2.1): one root stands for a whole log, and whoever keeps it can tell what was changed.

Pure: bytes in, bytes out. A log of `n` entries is a row of perfect trees, one for each bit of `n`, the largest first;
their roots are its peaks, and all that is needed to add another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
_EMPTY = sha256(b"").digest()


def leaf_of(body: bytes) -> bytes:
    return sha256(b"\x00" + body).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Peaks:
    """A log as far as it has come, without its entries."""

    size: int = 0
    roots: list[bytes] = field(default_factory=list[bytes])

    def add(self, leaf: bytes) -> None:
        """One node of the tree for each bit that turns: O(log n) at worst, one on average."""
        size, roots = self.size, self.roots
        while size & 1:
            leaf = sha256(b"\x01" + roots.pop() + leaf).digest()
            size >>= 1
        roots.append(leaf)
        self.size += 1

    def extend(self, leaves: Sequence[bytes]) -> None:
        """The same for many, in half the time."""
        size, roots = self.size, self.roots
        for leaf in leaves:
            node, bits = leaf, size
            while bits & 1:
                node = sha256(b"\x01" + roots.pop() + node).digest()
                bits >>= 1
            roots.append(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """What stands for the whole log."""
        if not self.roots:
            return _EMPTY
        root = self.roots[-1]
        for peak in self.roots[-2::-1]:
            root = node_of(peak, root)
        return root

    def packed(self) -> bytes:
        return b"".join(self.roots)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> "Peaks":
        """ValueError where they are not the peaks of so large a log."""
        if len(packed) != size.bit_count() * HASH_BYTES:
            raise ValueError("these are not the peaks of a log of that size")
        return cls(size, [packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)])


def root_of(leaves: Sequence[bytes]) -> bytes:
    peaks = Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    return peaks.root()


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The proof that a leaf is in the log, by its index from 0 (RFC 9162, 2.1.3.1): nodes from the leaf upwards."""
    if not 0 <= index < len(leaves):
        raise IndexError("there is no such leaf")
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*inclusion(leaves[:half], index), root_of(leaves[half:])]
    return [*inclusion(leaves[half:], index - half), root_of(leaves[:half])]


def inclusions(leaves: Sequence[bytes], indexes: Sequence[int]) -> Iterator[list[bytes]]:
    """The same for many leaves of one log: each level of the tree is made once."""
    levels = [list(leaves)]
    while len(level := levels[-1]) > 1:
        above = [node_of(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        levels.append(above + level[len(above) * 2 :])
    for index in indexes:
        places = ((level, (index >> height) ^ 1) for height, level in enumerate(levels))
        yield [level[beside] for level, beside in places if beside < len(level)]


def _half(size: int) -> int:
    """The largest power of two that is smaller."""
    return 1 << ((size - 1).bit_length() - 1)


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from that leaf to that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for node in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_of(node, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_of(found, node)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root
