"""The outbox: notices on their way, by reference. Claimed under a lease, kept in order within a place, never dropped.

A row is waiting, taken or dead; what has been delivered is deleted. A lease is measured by the database's own clock.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, RowMapping, Select, Update, and_, delete, func, literal, or_, select, text, update

from handlers.notice import Notice
from handlers.ports import Claimed
from store import statements
from store.notices import columns_of, notice_of, same_card, stream_of
from store.statements import Insert, database_ms
from store.tables import outbox
from store.work import Work

LEASE_MS = 30_000
"""Longer than a delivery may take with all that is kept of it (`handlers.post.deliveries`), so that no lease runs out
on somebody who is alive; short, because whatever a killed process had in hand waits for it."""
_WAITS = text("state = 'waiting'")
"""As the index itself says it: PostgreSQL does not see that a parameter means the same."""
_SENT = "sent:"
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


@dataclass(slots=True)
class Outbox:
    work: Work
    moved: bool = False

    async def put(self, notice: Notice) -> None:
        """One that waits is enough. One in flight is not: what it showed may be old, so this one follows it."""
        await self.work.head.take()
        self.moved = True
        row = columns_of(notice) | {
            "school": self.work.school,
            "id": self.work.head.next_serial(),
            "same": same_card(notice),
            "stream": stream_of(notice.place),
            "state": "waiting",
            "attempts": 0,
            "fence": 0,
            "ambiguous": False,
            "reason": "",
        }
        self.work.later(_put(self.work.connection.dialect.name), row)

    async def is_due(self, *, at: datetime) -> bool:
        return await self.work.first(self._due(at, 1)) is not None

    async def claim(self, *, at: datetime, most: int) -> Sequence[Claimed]:
        """The first of each place where that one is due. A lease that ran out makes its row due again."""
        await self.work.head.take()
        ids = [row["id"] for row in await self.work.rows(self._due(at, most).with_for_update(skip_locked=True))]
        if not ids:
            return []
        taken = (
            update(outbox)
            .where(outbox.c.school == self.work.school, outbox.c.id.in_(ids))
            .values(
                ambiguous=or_(outbox.c.ambiguous, outbox.c.state == "taken"),
                state="taken",
                attempts=outbox.c.attempts + 1,
                fence=outbox.c.fence + 1,
                leased_until_ms=database_ms() + LEASE_MS,
            )
            .returning(outbox)
        )
        rows = (await self.work.execute(taken)).mappings().all()
        return [_claimed(row) for row in sorted(rows, key=lambda row: row["id"])]

    async def settle(self, item: Claimed) -> None:
        await self.work.write(delete(outbox).where(*self._held(item)))

    async def postpone(self, item: Claimed, *, until: datetime, reason: str) -> None:
        """It waits again, in its old place in the order; a twin that came meanwhile is the same card and goes."""
        if await self.work.first(select(outbox.c.id).where(*self._held(item))) is None:
            return
        twin = (outbox.c.same == same_card(item.notice), outbox.c.state == "waiting")
        await self.work.write(delete(outbox).where(outbox.c.school == self.work.school, *twin))
        waits = {"state": "waiting", "leased_until_ms": None, "not_before": until, "reason": _code(reason)}
        ambiguous = or_(outbox.c.ambiguous, literal(reason.startswith(_SENT)))
        await self.work.write(update(outbox).where(*self._held(item)).values(waits | {"ambiguous": ambiguous}))

    async def bury(self, item: Claimed, *, reason: str) -> None:
        dead = {"state": "dead", "leased_until_ms": None, "reason": _code(reason)}
        await self.work.write(update(outbox).where(*self._held(item)).values(dead))

    async def dead(self) -> int:
        mine = (outbox.c.school == self.work.school, outbox.c.state == "dead")
        row = await self.work.first(select(func.count().label("dead")).select_from(outbox).where(*mine))
        return row["dead"] if row else 0

    def _held(self, item: Claimed) -> tuple[ColumnElement[bool], ...]:
        """Under the lease with that fence: nobody has taken it since."""
        mine = (outbox.c.school == self.work.school, outbox.c.id == item.id)
        return (*mine, outbox.c.fence == item.fence, outbox.c.state == "taken")

    def _due(self, at: datetime, most: int) -> Select[int]:
        waits = and_(outbox.c.state == "waiting", or_(outbox.c.not_before.is_(None), outbox.c.not_before <= at))
        ran_out = and_(outbox.c.state == "taken", outbox.c.leased_until_ms <= database_ms())
        other = outbox.alias("other")
        mine = (other.c.school == self.work.school, other.c.stream == outbox.c.stream, other.c.state != "dead")
        first = select(func.min(other.c.id)).where(*mine).scalar_subquery()
        return (
            select(outbox.c.id)
            .where(outbox.c.school == self.work.school, outbox.c.state != "dead")
            .where(or_(waits, ran_out), outbox.c.id == first)
            .order_by(outbox.c.id)
            .limit(most)
        )


@cache
def _put(dialect: str) -> Insert:
    fresh = statements.insert_for(dialect, outbox)
    return fresh.on_conflict_do_nothing(index_elements=["school", "same"], index_where=_WAITS)


def let_go() -> Update:
    """Every lease runs out now. What was taken is due again, and ambiguous: it may have been sent."""
    return update(outbox).where(outbox.c.state == "taken").values(leased_until_ms=0)


def _code(reason: str) -> str:
    """A reason is a code. Anything else a platform may have said is not kept."""
    if _CODE.fullmatch(reason):
        return reason
    return f"{_SENT}other" if reason.startswith(_SENT) else "other"


def _claimed(row: RowMapping) -> Claimed:
    return Claimed(
        id=row["id"],
        notice=notice_of(row),
        attempts=row["attempts"],
        fence=row["fence"],
        ambiguous=row["ambiguous"],
    )
