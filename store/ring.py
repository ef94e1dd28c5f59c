"""A school's keys: the newest seals, and each of them opens. So one is changed while the program runs, bit by bit.

They lie in one sealed value, the newest first, each as long as a key. Who runs meanwhile reads it again where the
school's roll has been counted on, and where something does not open.
"""

from uuid import UUID

from store.sealing import KEY_BYTES, Key, SealBroken, bound_to


class Ring(Key):
    """Used like a key. `root` unwraps the keys that somebody else has given the school meanwhile."""

    __slots__ = ("_each", "_root", "_school", "roll")

    def __init__(self, secrets: bytes, *, root: Key, school: UUID) -> None:
        self._root = root
        self._school = school
        self.roll = -1
        """As the head counted when it was last read."""
        self._each: tuple[Key, ...] = ()
        self._seal_by(secrets)

    @property
    def many(self) -> int:
        return len(self._each)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """By whichever of them it was sealed."""
        for key in self._each[:-1]:
            try:
                return key.open(sealed, bound)
            except SealBroken:
                continue
        return self._each[-1].open(sealed, bound)

    def under(self, sealed: bytes, bound: bytes) -> int:
        """Under which of them it is: 0 is the newest. Raises `SealBroken`."""
        for number, key in enumerate(self._each):
            try:
                key.open(sealed, bound)
            except SealBroken:
                continue
            return number
        raise SealBroken

    def take(self, wrapped: bytes) -> None:
        """In the school's turn alone: what is in the database now; the first of it seals from here on. Whoever looks at
        an older moment meanwhile still opens what they see. Raises `SealBroken` where the root key does not open it."""
        self._seal_by(self._unwrapped(wrapped))

    def learn(self, wrapped: bytes) -> bool:
        """At any moment of the database: whether there are keys which were not known, that open from here on. It seals
        as before. Raises `SealBroken` likewise."""
        fresh = self._unknown(self._unwrapped(wrapped))
        self._each += fresh
        return bool(fresh)

    def _unwrapped(self, wrapped: bytes) -> bytes:
        return self._root.open(wrapped, bound_to(self._school, None, "schools", "key"))

    def _seal_by(self, secrets: bytes) -> None:
        super().__init__(secrets[:KEY_BYTES])
        before, self._each = self._each, ()
        self._each = self._unknown(secrets)
        known = {key.mark(b"") for key in self._each}
        self._each += tuple(key for key in before if key.mark(b"") not in known)

    def _unknown(self, secrets: bytes) -> tuple[Key, ...]:
        known = {key.mark(b"") for key in self._each}
        keys = [Key(secrets[start : start + KEY_BYTES]) for start in range(0, len(secrets), KEY_BYTES)]
        return tuple(key for key in keys if key.mark(b"") not in known)
