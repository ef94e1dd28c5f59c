"""Who may see more of one concern for a time: shares, and the emergency door. Rows to frozen values and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, select

from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from store.audit import Trail
from store.case_tables import glasses, shares
from store.keeping import keep
from store.work import Work


@dataclass(slots=True)
class Shares:
    work: Work
    trail: Trail

    async def get(self, id: ShareId) -> Share | None:
        return next(iter(await self._where(shares.c.id == id)), None)

    async def of(self, concern: ConcernId) -> Sequence[Share]:
        """Every share of it, ended ones too, oldest first."""
        return await self._where(shares.c.concern == concern)

    async def save(self, share: Share, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another."""
        values = {
            "concern": share.concern,
            "to": share.to,
            "by": share.by,
            "at": share.at,
            "until": share.until,
            "revoked_at": share.revoked_at,
        }
        await keep(self.work, shares, share.id, share.version, values)
        return await self.trail.append(because)

    async def _where(self, *wanted: ColumnElement[bool]) -> Sequence[Share]:
        query = select(shares).where(shares.c.school == self.work.school, *wanted)
        return [_share(row) for row in await self.work.rows(query.order_by(shares.c.at, shares.c.id))]


@dataclass(slots=True)
class BreakGlasses:
    """Break-glass: asked for by one, agreed by another, for a time."""

    work: Work
    trail: Trail

    async def get(self, id: BreakGlassId) -> BreakGlass | None:
        return next(iter(await self._where(glasses.c.id == id)), None)

    async def of(self, concern: ConcernId) -> Sequence[BreakGlass]:
        """Oldest first."""
        return await self._where(glasses.c.concern == concern)

    async def asked_by(self, person: PersonId) -> Sequence[BreakGlass]:
        """Oldest first."""
        return await self._where(glasses.c.asked_by == person)

    async def ended(self, *, since: datetime, by: datetime) -> Sequence[BreakGlass]:
        """What was open until a moment after `since` and not after `by`."""
        return await self._where(glasses.c.until > since, glasses.c.until <= by)

    async def save(self, glass: BreakGlass, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another."""
        values = {
            "concern": glass.concern,
            "asked_by": glass.asked_by,
            "asked_at": glass.asked_at,
            "agreed_by": glass.agreed_by,
            "agreed_at": glass.agreed_at,
            "until": glass.until,
        }
        await keep(self.work, glasses, glass.id, glass.version, values)
        return await self.trail.append(because)

    async def _where(self, *wanted: ColumnElement[bool]) -> Sequence[BreakGlass]:
        query = select(glasses).where(glasses.c.school == self.work.school, *wanted)
        return [_break_glass(row) for row in await self.work.rows(query.order_by(glasses.c.asked_at, glasses.c.id))]


def _share(row: RowMapping) -> Share:
    return Share(
        id=ShareId(row["id"]),
        concern=ConcernId(row["concern"]),
        to=PersonId(row["to"]),
        by=PersonId(row["by"]),
        at=row["at"],
        until=row["until"],
        revoked_at=row["revoked_at"],
        version=row["version"],
    )


def _break_glass(row: RowMapping) -> BreakGlass:
    return BreakGlass(
        id=BreakGlassId(row["id"]),
        concern=ConcernId(row["concern"]),
        asked_by=PersonId(row["asked_by"]),
        asked_at=row["asked_at"],
        agreed_by=row["agreed_by"],
        agreed_at=row["agreed_at"],
        until=row["until"],
        version=row["version"],
    )
