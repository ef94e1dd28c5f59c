"""The keys of cases, each wrapped under its school's key. A key that is destroyed ends its words for good: its row
stays, empty, so that there is never another one.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import bindparam, select, update

from handlers.errors import Damaged, MovedOn
from store import statements
from store.damage import UNREADABLE
from store.memory import Row
from store.sealing import Key, bound_to, fresh_secret
from store.tables import case_keys
from store.work import SCHOOL, Work

_GONE = b""
"""In place of a key that was destroyed."""
_OF_CASE = select(case_keys.c.key).where(case_keys.c.school == SCHOOL, case_keys.c.case == bindparam("case"))


@dataclass(slots=True)
class CaseKeys:
    """Each is fetched once in a unit of work."""

    work: Work
    _held: dict[UUID, Key] = field(default_factory=dict[UUID, Key])

    async def find(self, case: UUID | None) -> Key | None:
        """The key of that case, None when it has none (any more); the school's own for what belongs to no case.

        Raises `Damaged` where it does not open.
        """
        if case is None:
            return self.work.key
        if case in self._held:
            return self._held[case]
        row = await self.work.first(_OF_CASE, case=case)
        if row is None or row["key"] == _GONE:
            return None
        return self._hold(case, await self._opened(row, case))

    async def fetch(self, cases: Collection[UUID]) -> None:
        """Have the keys of all those at hand, in one statement. What does not open is left to `find`, which says so."""
        missing = [case for case in cases if case not in self._held]
        mine = (case_keys.c.school == self.work.school, case_keys.c.case.in_(missing))
        for row in await self.work.rows(select(case_keys.c.case, case_keys.c.key).where(*mine)) if missing else ():
            await self.work.give_way()
            if row["key"] == _GONE:
                continue
            with suppress(Damaged):
                self._hold(row["case"], await self._opened(row, row["case"]))

    async def own(self, case: UUID | None) -> Key:
        """The key of that case, made when there is none. Raises `MovedOn` where it was destroyed."""
        await self.work.head.take()
        found = await self.find(case)
        if found is not None or case is None:
            return found or self.work.key
        if await self.work.first(_OF_CASE, case=case) is not None:
            raise MovedOn
        secret = fresh_secret()
        wrapped = self.work.key.seal(secret, self._bound(case))
        row: dict[str, object] = {"school": self.work.school, "case": case, "key": wrapped}
        await self.work.write(statements.insert(self.work.connection, case_keys), row)
        self.work.wrote({"key": wrapped}, _OF_CASE, case=case)
        return self._hold(case, secret)

    async def destroy(self, cases: Collection[UUID]) -> None:
        """For good: what is left of it is that there was one."""
        for case in cases:
            self._held.pop(case, None)
        mine = (case_keys.c.school == self.work.school, case_keys.c.case.in_(cases))
        there = await self.work.rows(select(case_keys.c.case).where(*mine))
        await self.work.write(update(case_keys).where(*mine).values(key=_GONE))
        for row in there:
            self.work.tell(case_keys, {"id": row["case"], "key": _GONE})

    async def tell(self, case: UUID) -> None:
        """The entry that is written now has words under that key: it says which key that is."""
        if (row := await self.work.first(_OF_CASE, case=case)) is not None:
            self.work.tell(case_keys, {"id": case, "key": row["key"]})

    async def _opened(self, row: Row, case: UUID) -> bytes:
        """It may be under a key of the school's that is newer than those that are known here."""
        with suppress(*UNREADABLE):
            return self.work.key.open(row["key"], self._bound(case))
        if await self.work.keys_again():
            return await self._opened(row, case)
        self.work.set_aside(case_keys, {"case": case})
        raise Damaged

    def _hold(self, case: UUID, secret: bytes) -> Key:
        self._held[case] = Key(secret)
        return self._held[case]

    def _bound(self, case: UUID) -> bytes:
        return bound_to(self.work.school, case, "case_keys", "key")
