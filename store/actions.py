"""Actions: what somebody owes by a time. Rows to frozen values and back, with compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, select

from handlers.rules.action import LIVE, Action, ActionId, ActionKind, ActionStatus
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import ConcernId, Urgency
from handlers.rules.people import PersonId
from store.audit import Trail
from store.concerns import OPEN
from store.keeping import keep
from store.tables import actions, concerns
from store.work import Work


@dataclass(slots=True)
class Actions:
    work: Work
    trail: Trail

    async def get(self, id: ActionId) -> Action | None:
        return next(iter(await self._where(actions.c.id == id)), None)

    async def of(self, concern: ConcernId) -> Sequence[Action]:
        """By their number."""
        return await self._where(actions.c.concern == concern)

    async def open(self) -> Sequence[Action]:
        return await self._where(actions.c.status.in_(LIVE))

    async def owed_by(self, person: PersonId) -> Sequence[Action]:
        """What that person still owes."""
        return await self._where(actions.c.owner == person, actions.c.status.in_(LIVE))

    async def in_concerns_of(self, owner: PersonId) -> Sequence[Action]:
        """Everything still owed in the concerns that person owns."""
        mine = (concerns.c.school == self.work.school, concerns.c.status.in_(OPEN), concerns.c.owner == owner)
        return await self._where(actions.c.status.in_(LIVE), actions.c.concern.in_(select(concerns.c.id).where(*mine)))

    async def save(self, action: Action, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another, or when its number has been taken meanwhile."""
        values = _values(action)
        await keep(self.work, actions, action.id, action.version, values, once=("concern", "number"))
        return await self.trail.append(because)

    async def _where(self, *wanted: ColumnElement[bool]) -> Sequence[Action]:
        query = select(actions).where(actions.c.school == self.work.school, *wanted)
        order = (actions.c.assigned_at, actions.c.number, actions.c.id)
        return [_action(row) for row in await self.work.rows(query.order_by(*order))]


def _values(action: Action) -> dict[str, object]:
    return {
        "concern": action.concern,
        "number": action.number,
        "owner": action.owner,
        "assigned_by": action.assigned_by,
        "assigned_at": action.assigned_at,
        "due_at": action.due_at,
        "status": action.status,
        "done_at": action.done_at,
        "kind": action.kind,
        "urgency": action.urgency,
        "waiting_until": action.waiting_until,
        "extensions": action.extensions,
        "verified_by": action.verified_by,
    }


def _action(row: RowMapping) -> Action:
    return Action(
        id=ActionId(row["id"]),
        concern=ConcernId(row["concern"]),
        number=row["number"],
        owner=PersonId(row["owner"]),
        assigned_by=PersonId(row["assigned_by"]),
        assigned_at=row["assigned_at"],
        due_at=row["due_at"],
        status=ActionStatus(row["status"]),
        done_at=row["done_at"],
        kind=ActionKind(row["kind"]),
        urgency=Urgency(row["urgency"]),
        waiting_until=row["waiting_until"],
        extensions=row["extensions"],
        verified_by=row["verified_by"],
        version=row["version"],
    )
