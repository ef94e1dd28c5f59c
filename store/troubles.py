"""Troubles: what is wrong now, each once. A row says that it lasts; who begins or ends it is told so, and nobody else.

The row is the one memory of it, so that several processes, and one that starts again, tell of it once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from handlers.rules.trouble import Lasting, Trouble
from store import statements
from store.columns import plain
from store.damage import Newer, is_word
from store.memory import Row
from store.trouble_tables import troubles
from store.work import SCHOOL, Work

_LASTING = select(troubles).where(troubles.c.school == SCHOOL).order_by(troubles.c.since, troubles.c.where)


@dataclass(slots=True)
class Troubles:
    work: Work
    _known: tuple[Lasting, ...] | None = None

    async def lasting(self) -> tuple[Lasting, ...]:
        """The oldest first; read once in a unit of work."""
        if self._known is None:
            self._known = tuple(await self.work.made(_LASTING, troubles, _lasting))
        return self._known

    async def begin(self, trouble: Trouble, where: str, *, reason: str, at: datetime) -> bool:
        row = {"school": self.work.school, "trouble": trouble, "where": where, "reason": reason, "since": at}
        fresh = statements.insert(self.work.connection, troubles).values(row)
        began = await self.work.write(fresh.on_conflict_do_nothing()) == 1
        self._known = None
        return began

    async def becomes(self, lasting: Lasting, reason: str) -> bool:
        its = (*self._its(lasting.trouble, lasting.where), troubles.c.reason == lasting.reason)
        became = await self.work.write(update(troubles).where(*its).values(reason=reason)) == 1
        self._known = None
        return became

    async def end(self, trouble: Trouble, where: str) -> bool:
        ended = await self.work.write(delete(troubles).where(*self._its(trouble, where))) == 1
        self._known = None
        return ended

    def _its(self, trouble: Trouble, where: str) -> Sequence[ColumnElement[bool]]:
        return (troubles.c.school == self.work.school, troubles.c.trouble == trouble, troubles.c.where == where)


_WORDS = frozenset(trouble.value for trouble in Trouble)


def trouble_of(row: Row) -> Trouble:
    """Raises `Newer` for a word that is none of ours: no digest says whether it is as it was written, and nothing hangs
    on it, for whoever finds that trouble begins it again."""
    if row["trouble"] not in _WORDS and is_word(row["trouble"]):
        raise Newer
    return Trouble(row["trouble"])


def _lasting(row: Row) -> Lasting:
    trouble, where, reason = trouble_of(row), plain(row["where"]), plain(row["reason"])
    return Lasting(trouble=trouble, where=where, reason=reason, since=row["since"])
