"""Referrals to outside agencies. Rows to frozen values and back, with compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, select

from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.people import PersonId
from handlers.rules.referral import LIVE, Method, Referral, ReferralId, ReferralStatus
from store.audit import Trail
from store.case_tables import referrals
from store.columns import whole
from store.concern_queries import OPEN
from store.keeping import keep
from store.memory import Row
from store.tables import concerns
from store.work import SCHOOL, Work


def _query(*wanted: ColumnElement[bool]) -> Select[Any]:
    order = (referrals.c.sent_at, referrals.c.number, referrals.c.id)
    return select(referrals).where(referrals.c.school == SCHOOL, *wanted).order_by(*order)


_BY_ID = _query(referrals.c.id == bindparam("id"))
_OF_CONCERN = _query(referrals.c.concern == bindparam("concern"))
_LIVE = _query(referrals.c.status.in_(LIVE))
_OWNED = select(concerns.c.id).where(
    concerns.c.school == SCHOOL, concerns.c.status.in_(OPEN), concerns.c.owner == bindparam("person", type_=Uuid())
)
_IN_CONCERNS = _query(referrals.c.status.in_(LIVE), referrals.c.concern.in_(_OWNED))


@dataclass(slots=True)
class Referrals:
    work: Work
    trail: Trail

    async def get(self, id: ReferralId) -> Referral | None:
        return await self.work.one(_BY_ID, referrals, _referral, id=id)

    async def of(self, concern: ConcernId) -> Sequence[Referral]:
        """By their number."""
        return await self._found(_OF_CONCERN, concern=concern)

    async def live(self) -> Sequence[Referral]:
        """Every referral that is not settled."""
        return await self._found(_LIVE)

    async def in_concerns_of(self, owner: PersonId) -> Sequence[Referral]:
        """Every referral that is not settled of the concerns that person owns."""
        return await self._found(_IN_CONCERNS, person=owner)

    async def save(self, referral: Referral, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another, or when its number has been taken meanwhile."""
        id, version, values = referral.id, referral.version, _values(referral)
        row = await keep(
            self.work, referrals, _BY_ID, id=id, version=version, values=values, once=("concern", "number")
        )
        self.work.wrote(row, _BY_ID, id=id)
        return await self.trail.append(because)

    async def _found(self, query: Select[Any], **values: object) -> Sequence[Referral]:
        return await self.work.made(query, referrals, _referral, **values)


def _values(referral: Referral) -> dict[str, object]:
    return {
        "concern": referral.concern,
        "number": referral.number,
        "agency": referral.agency,
        "method": referral.method,
        "status": referral.status,
        "sent_at": referral.sent_at,
        "sent_by": referral.sent_by,
        "answer_by": referral.answer_by,
        "confirm_by": referral.confirm_by,
        "confirmed_at": referral.confirmed_at,
        "answered_at": referral.answered_at,
        "stage": referral.stage,
        "stage_at": referral.stage_at,
    }


def _referral(row: Row) -> Referral:
    return Referral(
        id=ReferralId(row["id"]),
        concern=ConcernId(row["concern"]),
        number=whole(row["number"]),
        agency=ENGLAND.agency(row["agency"]).key,
        method=Method(row["method"]),
        sent_at=row["sent_at"],
        sent_by=PersonId(row["sent_by"]),
        answer_by=row["answer_by"],
        status=ReferralStatus(row["status"]),
        confirm_by=row["confirm_by"],
        confirmed_at=row["confirmed_at"],
        answered_at=row["answered_at"],
        stage=whole(row["stage"]),
        stage_at=row["stage_at"],
        version=whole(row["version"]),
    )
