"""Posts: which messages show which notice, so that a card is updated in place wherever it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, select, union_all

from handlers.notice import Notice
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from handlers.rules.school import Place
from store import statements
from store.case_tables import referrals
from store.delivery_tables import posts
from store.notices import columns_of, notice_of, same_notice
from store.tables import actions
from store.work import SCHOOL, Work

_SHOWING = (
    select(posts.c.message).where(posts.c.school == SCHOOL, posts.c.same == bindparam("same")).order_by(posts.c.serial)
)
_AT = select(posts).where(
    posts.c.school == SCHOOL,
    posts.c.message == bindparam("message"),
    *(posts.c[name] == bindparam(name) for name in ("platform", "tenant", "place_kind", "place")),
)
_ABOUT = select(posts).where(posts.c.school == SCHOOL, posts.c.subject == bindparam("subject")).order_by(posts.c.serial)

_ABOUT_ANY = (
    select(posts)
    .where(posts.c.school == SCHOOL, posts.c.subject.in_(bindparam("subjects", expanding=True)))
    .order_by(posts.c.serial)
)
_HANGING = union_all(
    *(
        select(table.c.id).where(table.c.school == SCHOOL, table.c.concern == bindparam("concern"))
        for table in (actions, referrals)
    )
)
"""Looked up first: of a join the databases read every post of the school."""


@dataclass(slots=True)
class Posts:
    work: Work

    async def find(self, notice: Notice) -> Sequence[str]:
        """In the order in which they were posted."""
        rows = await self.work.rows(_SHOWING, same=same_notice(notice))
        return [row["message"] for row in rows]

    def proof(self, notice: Notice) -> str:
        return self.work.key.mark(f"{self.work.school.hex}|posts|{same_notice(notice)}".encode())

    async def at(self, place: Place, message: str) -> Sequence[Notice]:
        where = {"platform": place.platform, "tenant": place.tenant, "place_kind": place.kind, "place": place.id}
        return await self.work.made(_AT, posts, notice_of, message=message, **where)

    async def put(self, notice: Notice, message: str) -> None:
        await self.work.head.take()
        row = columns_of(notice) | {
            "school": self.work.school,
            "same": same_notice(notice),
            "message": message,
            "serial": self.work.head.next_serial(),
        }
        await self.work.write(statements.fresh(self.work.connection, posts), row)

    async def standing(self, subject: UUID) -> Sequence[Notice]:
        """Each once, in the order in which they were first posted."""
        return list(dict.fromkeys(await self.work.made(_ABOUT, posts, notice_of, subject=subject)))

    async def standing_of(self, subjects: Collection[UUID]) -> Sequence[Notice]:
        return list(dict.fromkeys(await self.work.made(_ABOUT_ANY, posts, notice_of, subjects=list(subjects))))

    async def around(self, concern: ConcernId, people: Collection[PersonId]) -> Sequence[Notice]:
        hanging = [row["id"] for row in await self.work.rows(_HANGING, concern=concern)]
        return await self.standing_of([*sorted(people), *hanging])

    async def in_place(self, place: Place, *, most: int) -> Sequence[tuple[Notice, str]]:
        mine = (posts.c.school == self.work.school, posts.c.platform == place.platform, posts.c.tenant == place.tenant)
        there = (posts.c.place_kind == place.kind, posts.c.place == place.id)
        newest = select(posts).where(*mine, *there).order_by(posts.c.serial.desc()).limit(most)
        return [(notice_of(row), row["message"]) for row in await self.work.rows(newest)]

    async def forget(self, notice: Notice, message: str) -> None:
        mine = (posts.c.school == self.work.school, posts.c.same == same_notice(notice))
        await self.work.write(delete(posts).where(*mine, posts.c.message == message))
