"""Drafts: what has been typed and not been sent. Sealed under the key of the case that they will become.

Where its writer is in it, when it was begun and what it completes are sealed with the answers, beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, bindparam, delete, exists, select

from handlers.ports import Draft
from handlers.rules.chronology import Answers
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from store import statements
from store.case_keys import CaseKeys
from store.packing import pack_answers, unpack_answers
from store.sealing import SealBroken, bound_to
from store.tables import concerns, drafts
from store.work import SCHOOL, Work

_BEGUN, _PAGE, _COMPLETES = ".begun", ".page", ".completes"
"""Kept among the answers; no field's name begins with a stop."""
_BY_KEY = select(drafts).where(drafts.c.school == SCHOOL, drafts.c.key == bindparam("key"))
_SENT = exists().where(concerns.c.school == drafts.c.school, concerns.c.id == drafts.c.key)


@dataclass(slots=True)
class Drafts:
    work: Work
    keys: CaseKeys

    async def get(self, key: UUID) -> Draft | None:
        row = await self.work.first(_BY_KEY, key=key)
        return None if row is None else await self._read(row)

    async def put(self, draft: Draft) -> None:
        case = await self.keys.own(draft.key)
        sealed = case.seal(pack_answers({**_beside(draft), **draft.answers}), self._bound(draft.key))
        row = {"key": draft.key, "owner": draft.owner, "at": draft.at, "answers": sealed}
        await self.work.write(statements.upsert(self.work.connection, drafts).values(school=self.work.school, **row))

    async def delete(self, key: UUID) -> None:
        await self.work.write(delete(drafts).where(*self._mine(drafts.c.key == key)))

    async def of(self, owner: PersonId) -> Sequence[Draft]:
        query = select(drafts).where(*self._mine(drafts.c.owner == owner, ~_SENT))
        rows = await self.work.rows(query.order_by(drafts.c.at.desc(), drafts.c.key))
        await self.keys.fetch([row["key"] for row in rows])
        opened = [await self._read_or_none(row) for row in rows]
        return [draft for draft in opened if draft is not None]

    async def untouched(self, *, since: datetime) -> Sequence[UUID]:
        query = select(drafts.c.key).where(*self._mine(drafts.c.at <= since, ~_SENT))
        return [row["key"] for row in await self.work.rows(query.order_by(drafts.c.at, drafts.c.key))]

    async def clear_sent(self, *, before: datetime) -> None:
        old = self._mine(drafts.c.at < before, _SENT)
        if await self.work.first(select(drafts.c.key).where(*old).limit(1)) is not None:
            await self.work.write(delete(drafts).where(*old))

    async def _read_or_none(self, row: RowMapping) -> Draft | None:
        """One whose seal is broken keeps nobody from beginning another: `get` says of it what is wrong."""
        try:
            return await self._read(row)
        except SealBroken:
            return None

    async def _read(self, row: RowMapping) -> Draft:
        case = await self.keys.find(row["key"])
        if case is None:
            raise SealBroken
        held = unpack_answers(case.open(row["answers"], self._bound(row["key"])))
        begun, completes = str(held.get(_BEGUN, "")), str(held.get(_COMPLETES, ""))
        return Draft(
            key=row["key"],
            owner=PersonId(row["owner"]),
            answers={name: value for name, value in held.items() if not name.startswith(".")},
            at=row["at"],
            begun=datetime.fromisoformat(begun) if begun else None,
            page=int(str(held.get(_PAGE, "1"))),
            completes=ConcernId(UUID(completes)) if completes else None,
        )

    def _mine(self, *which: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
        return (drafts.c.school == self.work.school, *which)

    def _bound(self, key: UUID) -> bytes:
        return bound_to(self.work.school, key, "drafts", "answers")


def _beside(draft: Draft) -> Answers:
    held = {_BEGUN: draft.begun.isoformat() if draft.begun else "", _PAGE: str(draft.page)}
    return {**held, _COMPLETES: str(draft.completes) if draft.completes else ""}
