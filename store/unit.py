"""A unit of work, made of every repository over one connection, and the school that it is for."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Damage
from handlers.rules.reference import Lot
from handlers.rules.roll import Held
from handlers.rules.school import School
from store.actions import Actions
from store.audit import Trail
from store.case_keys import CaseKeys
from store.concerns import Concerns
from store.drafts import Drafts
from store.head import Head
from store.outbox import Outbox
from store.people import People, Shelf
from store.posts import Posts
from store.pupils import Names, Pupils
from store.reached import Checkpoints
from store.referrals import Referrals
from store.ring import Ring
from store.shares import BreakGlasses, Shares
from store.steps import Steps
from store.troubles import Troubles
from store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of work (`ports.UnitOfWork`)."""

    school: School
    concerns: Concerns
    actions: Actions
    trail: Trail
    people: People
    pupils: Pupils
    drafts: Drafts
    outbox: Outbox
    posts: Posts
    steps: Steps
    troubles: Troubles
    referrals: Referrals
    shares: Shares
    break_glass: BreakGlasses
    checkpoints: Checkpoints

    def mark(self) -> object:
        return self.outbox.work.head.mark()

    async def begin(self) -> None:
        """In the school's turn: whoever seals does so under the key of now."""
        await self.outbox.work.keys_of_now()

    async def end(self) -> None:
        """Write what was left for the end; the head last."""
        self.outbox.work.must_have_told()
        await self.outbox.work.catch_up()
        await self.outbox.work.head.keep()


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A school that is served here: its key, and in memory its people and its pupils' names."""

    school: School
    key: Ring
    held: Held | None
    lot: Lot
    damaged: set[Damage] = field(default_factory=set[Damage])
    """Its rows that this process has found to be damaged."""
    newer: set[Damage] = field(default_factory=set[Damage])
    """Its rows that a newer version wrote, when all were last looked at."""
    names: Names = field(default_factory=Names)
    shelf: Shelf = field(default_factory=Shelf)

    def unit(self, connection: AsyncConnection, head: Head, at: datetime | None) -> Unit:
        work = Work(connection=connection, school=self.school.id, key=self.key, head=head, damaged=self.damaged)
        keys = CaseKeys(work)
        trail = Trail(work, keys)
        return Unit(
            school=self.school.on(at) if at else self.school,
            concerns=Concerns(work, trail, self.school, self.lot),
            actions=Actions(work, trail),
            trail=trail,
            people=People(work, self.shelf),
            pupils=Pupils(work, self.names),
            drafts=Drafts(work, keys),
            outbox=Outbox(work),
            posts=Posts(work),
            steps=Steps(work),
            troubles=Troubles(work),
            referrals=Referrals(work, trail),
            shares=Shares(work, trail),
            break_glass=BreakGlasses(work, trail),
            checkpoints=Checkpoints(work),
        )
