"""Who may see more of one concern for a time: shares, and the emergency door. Rows to frozen values and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from store.audit import Trail
from store.case_tables import glasses, shares
from store.columns import whole
from store.keeping import keep
from store.memory import Row
from store.work import SCHOOL, Work


def _shared(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(shares).where(shares.c.school == SCHOOL, *wanted).order_by(shares.c.at, shares.c.id)


def _opened(*wanted: ColumnElement[bool]) -> Select[Any]:
    return select(glasses).where(glasses.c.school == SCHOOL, *wanted).order_by(glasses.c.asked_at, glasses.c.id)


_SHARE = _shared(shares.c.id == bindparam("id"))
_SHARES_OF = _shared(shares.c.concern == bindparam("concern"))
_GIVEN_TO = _shared(shares.c.to == bindparam("person"))
_GLASS = _opened(glasses.c.id == bindparam("id"))
_GLASSES_OF = _opened(glasses.c.concern == bindparam("concern"))
_ASKED_BY = _opened(glasses.c.asked_by == bindparam("person"))
_ENDED = _opened(glasses.c.until > bindparam("since"), glasses.c.until <= bindparam("by"))


@dataclass(slots=True)
class Shares:
    work: Work
    trail: Trail

    async def get(self, id: ShareId) -> Share | None:
        return await self.work.one(_SHARE, shares, _share, id=id)

    async def of(self, concern: ConcernId) -> Sequence[Share]:
        """Every share of it, ended ones too, oldest first."""
        return await self._found(_SHARES_OF, concern=concern)

    async def given_to(self, person: PersonId) -> Sequence[Share]:
        """Ended ones too, oldest first."""
        return await self._found(_GIVEN_TO, person=person)

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
        row = await keep(self.work, shares, _SHARE, id=share.id, version=share.version, values=values)
        self.work.wrote(row, _SHARE, id=share.id)
        return await self.trail.append(because)

    async def _found(self, query: Select[Any], **values: object) -> Sequence[Share]:
        return await self.work.made(query, shares, _share, **values)


@dataclass(slots=True)
class BreakGlasses:
    """Break-glass: asked for by one, agreed by another, for a time."""

    work: Work
    trail: Trail

    async def get(self, id: BreakGlassId) -> BreakGlass | None:
        return await self.work.one(_GLASS, glasses, _break_glass, id=id)

    async def of(self, concern: ConcernId) -> Sequence[BreakGlass]:
        """Oldest first."""
        return await self._found(_GLASSES_OF, concern=concern)

    async def asked_by(self, person: PersonId) -> Sequence[BreakGlass]:
        """Oldest first."""
        return await self._found(_ASKED_BY, person=person)

    async def ended(self, *, since: datetime, by: datetime) -> Sequence[BreakGlass]:
        """What was open until a moment after `since` and not after `by`."""
        return await self._found(_ENDED, since=since, by=by)

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
        row = await keep(self.work, glasses, _GLASS, id=glass.id, version=glass.version, values=values)
        self.work.wrote(row, _GLASS, id=glass.id)
        return await self.trail.append(because)

    async def _found(self, query: Select[Any], **values: object) -> Sequence[BreakGlass]:
        return await self.work.made(query, glasses, _break_glass, **values)


def _share(row: Row) -> Share:
    return Share(
        id=ShareId(row["id"]),
        concern=ConcernId(row["concern"]),
        to=PersonId(row["to"]),
        by=PersonId(row["by"]),
        at=row["at"],
        until=row["until"],
        revoked_at=row["revoked_at"],
        version=whole(row["version"]),
    )


def _break_glass(row: Row) -> BreakGlass:
    return BreakGlass(
        id=BreakGlassId(row["id"]),
        concern=ConcernId(row["concern"]),
        asked_by=PersonId(row["asked_by"]),
        asked_at=row["asked_at"],
        agreed_by=row["agreed_by"],
        agreed_at=row["agreed_at"],
        until=row["until"],
        version=whole(row["version"]),
    )
