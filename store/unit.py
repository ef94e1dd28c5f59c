"""A unit of work, made of every repository over one connection, and the school that it is for."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Damage
from handlers.rules import closed
from handlers.rules.closed import Change
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


@dataclass(slots=True)
class Days:
    """What was said of single days, as of one state of the school."""

    roll: int = -1
    changes: tuple[Change, ...] = ()


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
    days: Days = field(default_factory=Days)

    async def opened(self, connection: AsyncConnection, head: Head, at: datetime | None) -> Unit:
        """A unit of work whose calendar knows what has been said of single days."""
        unit = self.unit(connection, head, at)
        changes = await self._said(unit)
        if not changes:
            return unit
        return replace(unit, school=replace(unit.school, calendar=closed.said(changes, unit.school.calendar)))

    async def _said(self, unit: Unit) -> tuple[Change, ...]:
        """Read once for each state of the school, as its people are: whoever says something of its days counts that on
        (`Trail.append`)."""
        roll = await unit.trail.work.roll()
        if self.days.roll != roll:
            self.days.changes, self.days.roll = closed.read(await unit.trail.of(self.school.id)), roll
        return self.days.changes

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
