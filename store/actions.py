"""Actions: what somebody owes by a time. Rows to frozen values and back, with compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, select

from handlers.rules.action import LIVE, Action, ActionId, ActionKind, ActionStatus
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import ConcernId, Urgency
from handlers.rules.people import PersonId
from store.audit import Trail
from store.columns import whole
from store.concern_queries import OPEN
from store.keeping import keep
from store.memory import Row
from store.tables import actions, concerns
from store.work import SCHOOL, Work


def _query(*wanted: ColumnElement[bool]) -> Select[Any]:
    order = (actions.c.assigned_at, actions.c.number, actions.c.id)
    return select(actions).where(actions.c.school == SCHOOL, *wanted).order_by(*order)


_BY_ID = _query(actions.c.id == bindparam("id"))
_OF_CONCERN = _query(actions.c.concern == bindparam("concern"))
_LIVE = _query(actions.c.status.in_(LIVE))
_OWED = _query(actions.c.owner == bindparam("person"), actions.c.status.in_(LIVE))
_OWNED = select(concerns.c.id).where(
    concerns.c.school == SCHOOL, concerns.c.status.in_(OPEN), concerns.c.owner == bindparam("person", type_=Uuid())
)
_IN_CONCERNS = _query(actions.c.status.in_(LIVE), actions.c.concern.in_(_OWNED))


@dataclass(slots=True)
class Actions:
    work: Work
    trail: Trail

    async def get(self, id: ActionId) -> Action | None:
        return await self.work.one(_BY_ID, actions, _action, id=id)

    async def of(self, concern: ConcernId) -> Sequence[Action]:
        """By their number."""
        return await self._found(_OF_CONCERN, concern=concern)

    async def open(self) -> Sequence[Action]:
        return await self._found(_LIVE)

    async def owed_by(self, person: PersonId) -> Sequence[Action]:
        """What that person still owes."""
        return await self._found(_OWED, person=person)

    async def in_concerns_of(self, owner: PersonId) -> Sequence[Action]:
        """Everything still owed in the concerns that person owns."""
        return await self._found(_IN_CONCERNS, person=owner)

    async def save(self, action: Action, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another, or when its number has been taken meanwhile."""
        id, version, values = action.id, action.version, _values(action)
        row = await keep(
            self.work, actions, _BY_ID, id=id, version=version, values=values, once=("concern", "number")
        )
        self.work.wrote(row, _BY_ID, id=id)
        return await self.trail.append(because)

    async def _found(self, query: Select[Any], **values: object) -> Sequence[Action]:
        return await self.work.made(query, actions, _action, **values)


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


def _action(row: Row) -> Action:
    return Action(
        id=ActionId(row["id"]),
        concern=ConcernId(row["concern"]),
        number=whole(row["number"]),
        owner=PersonId(row["owner"]),
        assigned_by=PersonId(row["assigned_by"]),
        assigned_at=row["assigned_at"],
        due_at=row["due_at"],
        status=ActionStatus(row["status"]),
        done_at=row["done_at"],
        kind=ActionKind(row["kind"]),
        urgency=Urgency(row["urgency"]),
        waiting_until=row["waiting_until"],
        extensions=whole(row["extensions"]),
        verified_by=row["verified_by"],
        version=whole(row["version"]),
    )
