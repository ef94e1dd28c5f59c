"""The outbox: notices on their way, by reference. Claimed under a lease, kept in order within a place, never dropped.

A row is waiting or taken; what has been delivered is deleted, and what cannot be read is dead. Leases and waits are
measured by the database's own clock and bounded: one that could not have been given (the clock was set back meanwhile)
counts as over. One that is set aside waits outside the order of its place, and holds up nobody.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    ScalarSelect,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from handlers.notice import Notice, NoticeKind
from handlers.ports import Claimed
from handlers.rules.school import Place
from store import statements
from store.columns import whole
from store.damage import is_torn
from store.delivery_tables import outbox
from store.memory import Row, Rows
from store.notices import KINDS, PLACES, columns_of, is_newer, notice_of, same_card, stream_of
from store.statements import Insert, database_ms
from store.work import SCHOOL, Work

LEASE_MS = 30_000
"""Longer than a delivery may take with all that is kept of it (`handlers.post.deliveries`), so that no lease runs out
on somebody who is alive; short, because whatever a killed process had in hand waits for it."""
LONGEST_MS = 900_000
"""The longest wait that may be given: a platform that asks for more is asked again after a quarter of an hour."""
_WAITS = text("state = 'waiting'")
"""As the index itself says it: PostgreSQL does not see that a parameter means the same."""
_SETTLE = delete(outbox).where(
    outbox.c.school == bindparam("its_school"),
    outbox.c.id == bindparam("its_id"),
    outbox.c.fence == bindparam("its_fence"),
    outbox.c.state == "taken",
)
_GIVEN = (
    "kind", "platform", "tenant", "place_kind", "place", "team", "subject", "to", "step", "school", "id", "same",
    "stream", "state", "attempts", "fence", "ambiguous", "reason",
)  # fmt: skip
"""What a notice that is put out is written with; when that was the database says."""
DEAD: ColumnElement[str] = literal_column("'dead'")
"""As the indexes themselves say it."""
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

    async def is_due(self) -> bool:
        return await self.work.first(_DUE, most=1) is not None

    async def first_due(self) -> tuple[int, int] | None:
        row = await self.work.first(_FIRST_DUE, most=1)
        return (whole(row["id"]), whole(row["fence"])) if row else None

    async def claim(self, *, most: int, only: NoticeKind | None = None) -> Sequence[Claimed]:
        """The first of each place where that one is due. A lease that ran out makes its row due again."""
        await self.work.head.take()
        if only is None:
            due = await self.work.rows(_DUE_AND_FREE, most=most)
        else:
            due = await self.work.rows(_DUE_OF_A_KIND, most=most, kind=only.value)
        ids = [row["id"] for row in due if row["known"]]
        ids += await self._damaged_of([row["id"] for row in due if not row["known"]])
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
        claimed = [self.work.read(outbox, row, _claimed) for row in await self._rows_of(taken, ids)]
        items = sorted((item for item in claimed if item is not None), key=lambda item: item.id)
        if damaged := {*ids} - {item.id for item in items}:
            await self._bury(damaged)
        return items

    async def _damaged_of(self, ids: Sequence[int]) -> list[int]:
        """Of those of a kind that is not known here, the damaged ones. What a newer version put in is left to it, and
        with it whatever waits in that place: a process of that version runs beside this one."""
        if not ids:
            return []
        rows = await self.work.rows(select(outbox).where(self._mine(), outbox.c.id.in_(ids)))
        newer = {row["id"] for row in rows if is_newer(row)}
        return [id for id in ids if id not in newer]

    async def _rows_of(self, taken: ReturningUpdate[Any], ids: Sequence[int]) -> Rows:
        try:
            return (await self.work.execute(taken)).mappings().all()
        except Exception as error:
            if not is_torn(error):
                raise
            return await self.work.rows(select(outbox).where(self._mine(), outbox.c.id.in_(ids)))

    async def _bury(self, ids: Collection[int]) -> None:
        """What cannot be read can never be sent: it holds up nobody. What it stood for is chased like anything else."""
        gone = {"state": "dead", "leased_until_ms": None, "reason": "damaged"}
        await self.work.write(update(outbox).where(self._mine(), outbox.c.id.in_(ids)).values(gone))

    async def settle(self, item: Claimed) -> None:
        await self.work.head.take()
        self.work.later(_SETTLE, {"its_school": self.work.school, "its_id": item.id, "its_fence": item.fence})

    async def postpone(
        self, item: Claimed, *, wait: float, reason: str, told: datetime | None = None, aside: datetime | None = None
    ) -> None:
        """It waits again, in its old place in the order; a twin that came meanwhile is the same card and goes.

        `wait` in seconds.
        """
        if await self.work.first(select(outbox.c.id).where(*self._held(item))) is None:
            return
        twin = (outbox.c.same == same_card(item.notice), outbox.c.state == "waiting")
        await self.work.write(delete(outbox).where(outbox.c.school == self.work.school, *twin))
        values: dict[str, object] = {
            "state": "waiting",
            "leased_until_ms": None,
            "due_ms": _after(wait),
            "reason": _code(reason),
            "ambiguous": or_(outbox.c.ambiguous, literal(reason.startswith(_SENT))),
        }
        values |= {"told_at": told} if told else {}
        values |= {"aside_at": aside} if aside else {}
        await self.work.write(update(outbox).where(*self._held(item)).values(values))

    async def hold(self, place: Place, *, wait: float) -> None:
        """Everything that waits for that place's platform waits so long, in seconds, unless it is let go before."""
        there = (*self._by_platform(place), outbox.c.state == "waiting")
        await self.work.write(update(outbox).where(*there).values(due_ms=_after(wait)))

    async def let_go(self, place: Place) -> None:
        """What was held for that place's platform is due now."""
        there = (*self._by_platform(place), outbox.c.state == "waiting", outbox.c.due_ms.is_not(None))
        await self.work.write(update(outbox).where(*there).values(due_ms=None))

    async def untold(self, place: Place, *, whole_platform: bool) -> Sequence[tuple[int, Notice]]:
        there = self._by_platform(place) if whole_platform else (self._mine(), outbox.c.stream == stream_of(place))
        waits = (outbox.c.state == "waiting", outbox.c.told_at.is_(None))
        rows = await self.work.rows(select(outbox).where(*there, *waits).order_by(outbox.c.id))
        read = [(row["id"], self.work.read(outbox, row, notice_of)) for row in rows]
        return [(id, notice) for id, notice in read if notice is not None]

    async def was_told(self, id: int, *, at: datetime, moved: bool) -> None:
        it = (self._mine(), outbox.c.id == id, outbox.c.state == "waiting")
        await self.work.write(delete(outbox).where(*it) if moved else update(outbox).where(*it).values(told_at=at))

    async def behind(self, item: Claimed, *, of_its_subject: bool) -> Sequence[Notice]:
        """The later cards of that kind for which the same person waits; of the same thing, or of any."""
        row = columns_of(item.notice)
        same = [outbox.c[name] == row[name] for name in ("kind", *(("subject",) if of_its_subject else ()))]
        later = (outbox.c.stream == stream_of(item.notice.place), outbox.c.id > item.id)
        return await self.work.made(select(outbox).where(self._mine(), *same, *later), outbox, notice_of)

    async def stuck(self) -> int:
        row = await self.work.first(_STUCK)
        return row["stuck"] if row else 0

    def _mine(self) -> ColumnElement[bool]:
        return outbox.c.school == self.work.school

    def _by_platform(self, place: Place) -> tuple[ColumnElement[bool], ...]:
        return self._mine(), outbox.c.platform == place.platform, outbox.c.tenant == place.tenant

    def _held(self, item: Claimed) -> tuple[ColumnElement[bool], ...]:
        """Under the lease with that fence: nobody has taken it since."""
        mine = (outbox.c.school == self.work.school, outbox.c.id == item.id)
        return (*mine, outbox.c.fence == item.fence, outbox.c.state == "taken")


@cache
def _put(dialect: str) -> Insert:
    given: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in _GIVEN}
    fresh = statements.insert_for(dialect, outbox).values({**given, "put_ms": database_ms()})
    return fresh.on_conflict_do_nothing(index_elements=["school", "same"], index_where=_WAITS)


def _after(seconds: float) -> ColumnElement[int]:
    return database_ms() + min(int(seconds * 1000), LONGEST_MS)


def _is_over(until: ColumnElement[int | None], longest: int) -> ColumnElement[bool]:
    """That moment has passed, or was given by a clock that has been set back since: it lies too far ahead."""
    return or_(until.is_(None), until <= database_ms(), until > database_ms() + longest)


def _in_order(rows: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Of this school, and neither dead nor set aside: what an index holds alone (`ix_outbox_in_order`)."""
    return rows.c.school == SCHOOL, rows.c.state != DEAD, rows.c.aside_at.is_(None)


def _fronts() -> Select[int]:
    """The first of each place. From place to place by the index: what waits behind it is not read."""
    first, later, front = outbox.alias("first"), outbox.alias("later"), outbox.alias("front")
    begin = select(func.min(first.c.stream).label("stream")).where(*_in_order(first), first.c.stream > "")
    places = begin.cte("places", recursive=True)
    after = select(func.min(later.c.stream)).where(*_in_order(later), later.c.stream > places.c.stream)
    places = places.union_all(select(after.scalar_subquery()).where(places.c.stream.is_not(None)))
    ids = select(func.min(front.c.id)).where(*_in_order(front), front.c.stream == places.c.stream)
    return select(ids.scalar_subquery().label("id")).where(places.c.stream.is_not(None))


def _due() -> Select[int]:
    waits = and_(outbox.c.state == "waiting", _is_over(outbox.c.due_ms, LONGEST_MS))
    ran_out = and_(outbox.c.state == "taken", _is_over(outbox.c.leased_until_ms, LEASE_MS))
    aside = outbox.alias("aside")
    set_aside = select(aside.c.id).where(aside.c.school == SCHOOL, aside.c.aside_at.is_not(None))
    # Gathered first: PostgreSQL, told by figures of when nothing waited, would do it for each row that waits now.
    next_ones = union_all(_fronts(), set_aside).cte("next_ones").prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        select(outbox.c.id)
        .join_from(next_ones, outbox, outbox.c.id == next_ones.c.id)
        .where(outbox.c.school == SCHOOL, or_(waits, ran_out))
        .order_by(outbox.c.id + 0)  # else PostgreSQL would read all that waits, for it stands in that order already
        .limit(bindparam("most", type_=Integer))
    )


_DUE = _due()
"""Built once: the worker asks it at every look, and there is hardly ever anything."""
_KNOWN = and_(outbox.c.kind.in_(sorted(KINDS)), outbox.c.place_kind.in_(sorted(PLACES))).label("known")
_DUE_AND_FREE = _DUE.add_columns(_KNOWN).with_for_update(skip_locked=True, of=outbox)
_DUE_OF_A_KIND = _DUE_AND_FREE.where(outbox.c.kind == bindparam("kind"))
_FIRST_DUE = _DUE.add_columns(outbox.c.fence)


def _many(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(outbox).where(outbox.c.school == SCHOOL, *which).scalar_subquery()


_STUCK = select(
    (_many(outbox.c.aside_at.is_not(None)) + _many(outbox.c.state == DEAD, outbox.c.aside_at.is_(None))).label("stuck")
)


def let_go() -> Update:
    """Every lease runs out now. What was taken is due again, and ambiguous: it may have been sent."""
    return update(outbox).where(outbox.c.state == "taken").values(leased_until_ms=0)


def _code(reason: str) -> str:
    """A reason is a code. Anything else a platform may have said is not kept."""
    if _CODE.fullmatch(reason):
        return reason
    return f"{_SENT}other" if reason.startswith(_SENT) else "other"


def _claimed(row: Row) -> Claimed:
    return Claimed(
        id=row["id"],
        notice=notice_of(row),
        attempts=whole(row["attempts"]),
        fence=whole(row["fence"]),
        ambiguous=row["ambiguous"],
        told=row["told_at"] is not None,
        aside=row["aside_at"] is not None,
        waited=_waited(row),
    )


def _waited(row: Row) -> float | None:
    """Its lease was given now: so the same clock says how long it has waited. One that was set back says nothing."""
    since, until = row["put_ms"], row["leased_until_ms"]
    waited = None if since is None or until is None else (whole(until) - LEASE_MS - whole(since)) / 1000
    return waited if waited is not None and waited >= 0 else None
