"""Drafts: what has been typed and not been sent. Sealed under the key of the case that they will become.

Where its writer is in it, when it was begun and what it completes are sealed with the answers, beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, select

from handlers.errors import Damaged
from handlers.ports import Draft
from handlers.rules.chronology import Answers
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from store import statements
from store.case_keys import CaseKeys
from store.damage import UNREADABLE
from store.memory import Row
from store.packing import pack_answers, unpack_answers
from store.sealing import SealBroken, bound_to
from store.tables import concerns, drafts
from store.work import SCHOOL, Work

_BEGUN, _PAGE, _COMPLETES = ".begun", ".page", ".completes"
"""Kept among the answers; no field's name begins with a stop."""
_MINE = drafts.c.school == SCHOOL
_SENT = exists().where(concerns.c.school == drafts.c.school, concerns.c.id == drafts.c.key)
_BY_KEY = select(drafts).where(_MINE, drafts.c.key == bindparam("key"))
_UNSENT_OF = (
    select(drafts)
    .where(_MINE, drafts.c.owner == bindparam("owner"), ~_SENT)
    .order_by(drafts.c.at.desc(), drafts.c.key)
)
_UNTOUCHED = (
    select(drafts.c.key).where(_MINE, drafts.c.at <= bindparam("since"), ~_SENT).order_by(drafts.c.at, drafts.c.key)
)
_ANY_SENT = select(drafts.c.key).where(_MINE, drafts.c.at < bindparam("before"), _SENT).limit(1)
_CLEAR = delete(drafts).where(_MINE, drafts.c.at < bindparam("before"), _SENT)
_DELETE = delete(drafts).where(_MINE, drafts.c.key == bindparam("its_key"))


@dataclass(slots=True)
class Drafts:
    work: Work
    keys: CaseKeys

    async def get(self, key: UUID) -> Draft | None:
        row = await self.work.first(_BY_KEY, key=key)
        if row is None:
            return None
        draft = await self._read_or_none(row)
        if draft is None:
            raise Damaged
        return draft

    async def put(self, draft: Draft) -> None:
        case = await self.keys.own(draft.key)
        sealed = case.seal(pack_answers({**_beside(draft), **draft.answers}), self._bound(draft.key))
        row = {"key": draft.key, "owner": draft.owner, "at": draft.at, "answers": sealed}
        await self.work.write(statements.upsert(self.work.connection, drafts), {"school": self.work.school, **row})
        self.work.wrote(row, _BY_KEY, key=draft.key)

    async def delete(self, key: UUID) -> None:
        await self.work.write(_DELETE, {"school": self.work.school, "its_key": key})

    async def of(self, owner: PersonId) -> Sequence[Draft]:
        rows = await self.work.rows(_UNSENT_OF, owner=owner)
        await self.keys.fetch([row["key"] for row in rows])
        opened = [await self._read_or_none(row) for row in rows]
        return [draft for draft in opened if draft is not None]

    async def untouched(self, *, since: datetime) -> Sequence[UUID]:
        return [row["key"] for row in await self.work.rows(_UNTOUCHED, since=since)]

    async def clear_sent(self, *, before: datetime) -> None:
        if await self.work.first(_ANY_SENT, before=before) is not None:
            await self.work.write(_CLEAR, {"school": self.work.school, "before": before})

    async def _read_or_none(self, row: Row) -> Draft | None:
        """One that is damaged keeps nobody from beginning another: `get` says of it that it is."""
        try:
            return await self._read(row)
        except Damaged:
            return None
        except UNREADABLE:
            self.work.set_aside(drafts, row)
            return None

    async def _read(self, row: Row) -> Draft:
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

    def _bound(self, key: UUID) -> bytes:
        return bound_to(self.work.school, key, "drafts", "answers")


def _beside(draft: Draft) -> Answers:
    held = {_BEGUN: draft.begun.isoformat() if draft.begun else "", _PAGE: str(draft.page)}
    return {**held, _COMPLETES: str(draft.completes) if draft.completes else ""}
