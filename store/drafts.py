"""Drafts: what has been typed and not been sent. Sealed under the key of the case that they will become."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from handlers.ports import Draft
from handlers.rules.people import PersonId
from store import statements
from store.case_keys import CaseKeys
from store.packing import pack_answers, unpack_answers
from store.sealing import SealBroken, bound_to
from store.tables import drafts
from store.work import Work

KEPT_FOR = timedelta(days=30)
"""A draft that nobody has touched for so long is deleted when the next one is put."""


@dataclass(slots=True)
class Drafts:
    work: Work
    keys: CaseKeys

    async def get(self, key: UUID) -> Draft | None:
        row = await self.work.first(select(drafts).where(drafts.c.school == self.work.school, drafts.c.key == key))
        if row is None:
            return None
        case = await self.keys.find(key)
        if case is None:
            raise SealBroken
        answers = unpack_answers(case.open(row["answers"], self._bound(key)))
        return Draft(key=key, owner=PersonId(row["owner"]), answers=answers, at=row["at"])

    async def put(self, draft: Draft) -> None:
        case = await self.keys.own(draft.key)
        sealed = case.seal(pack_answers(draft.answers), self._bound(draft.key))
        row = {"key": draft.key, "owner": draft.owner, "at": draft.at, "answers": sealed}
        await self.work.write(statements.upsert(self.work.connection, drafts).values(school=self.work.school, **row))
        old = (drafts.c.school == self.work.school, drafts.c.at < draft.at - KEPT_FOR)
        await self.work.write(delete(drafts).where(*old))

    async def delete(self, key: UUID) -> None:
        await self.work.write(delete(drafts).where(drafts.c.school == self.work.school, drafts.c.key == key))

    def _bound(self, key: UUID) -> bytes:
        return bound_to(self.work.school, key, "drafts", "answers")
