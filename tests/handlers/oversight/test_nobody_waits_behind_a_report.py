"""Reports, boards and ticks over many concerns: as many statements as over few, and nobody waits for them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pytest

from handlers.actions import chasing
from handlers.conversation import CommandTyped, FormSubmitted, Inbound, OpenForm, Tell
from handlers.desk.desk import Desk
from handlers.overview import digests, huddles
from handlers.ports import UnitsOfWork
from handlers.rules.concern import ConcernId
from handlers.rules.people import Login
from handlers.rules.school import SchoolId
from store.opening import open_units
from store.unit_of_work import Units
from tests.bench.filling import AT, BUSY, LEE, SCHOOL, TESS, account_of, fill, roll
from tests.statements import heard
from tests.store.sample import ROOT


@asynccontextmanager
async def school_of(url: str, concerns: int):
    units = await open_units(url, root_key=ROOT, schools=(roll(),))
    try:
        await fill(units, url, concerns)
        yield units
    finally:
        await units.close()


def desk_of(units: UnitsOfWork) -> Desk:
    def broken(reference: str, error: BaseException) -> None:
        raise error

    return Desk(units=units, now=lambda: AT, wake=lambda: None, mishap=broken)


def typed(words: str) -> Inbound:
    return CommandTyped(who=account_of(LEE), text=words)


async def drawn(units: Units, draw: Callable[..., Awaitable[object]]) -> None:
    async with units.looking(SCHOOL.id) as uow:
        await draw(uow, at=AT)


WORKS: dict[str, Callable[[Units], Awaitable[object]]] = {
    **{
        words: lambda units, words=words: desk_of(units).answer(typed(words))
        for words in ("quality", "themes", "patterns", "board")
    },
    "the tick over actions": lambda units: chasing.chase_actions(units, at=AT),
    "the morning digest": lambda units: drawn(units, digests.draw),
    "the weekly huddle": lambda units: drawn(units, huddles.draw),
}


async def counted(units: Units, work: Callable[[Units], Awaitable[object]]) -> int:
    with heard(units) as statements:
        await work(units)
    return len(statements)


@pytest.fixture
async def few_and_many(sqlite_template, tmp_path):
    async with (
        school_of(f"sqlite+aiosqlite:///{tmp_path / 'few.db'}", 10) as few,
        school_of(f"sqlite+aiosqlite:///{tmp_path / 'many.db'}", 200) as many,
    ):
        yield few, many


async def test_over_two_hundred_concerns_as_many_statements_as_over_ten(few_and_many):
    few, many = few_and_many
    did = {name: (await counted(few, work), await counted(many, work)) for name, work in WORKS.items()}
    assert {name: both for name, both in did.items() if both[0] != both[1]} == {}
    assert all(over_few >= 3 for over_few, _ in did.values())


@dataclass(slots=True)
class Slow:
    """Units of work that stay open, all read and nothing let go, until somebody else has done what they came for."""

    units: Units
    until: Callable[[], Awaitable[object]]

    async def school_of(self, who: Login) -> SchoolId | None:
        return await self.units.school_of(who)

    @asynccontextmanager
    async def __call__(self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None):
        async with self.units(school, at=at) as uow:
            yield uow
            await self.until()

    @asynccontextmanager
    async def looking(self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None):
        async with self.units.looking(school, at=at) as uow:
            yield uow
            await self.until()


READS = ("quality", "patterns", "themes", "board", "mine", "help", "find 26-27415", "")
"""Commands that change nothing; the last is `/concern` itself."""


async def test_a_submit_gets_through_while_a_report_of_fifteen_hundred_concerns_runs(database_url):
    values = {"child_1": str(BUSY.id), "facts": "She held her sleeve down.", "urgency": "week"}
    async with school_of(database_url, 1500) as units:
        for words in READS:
            key = uuid4()
            sent = FormSubmitted(who=account_of(TESS), form="quick", key=str(key), page=1, values=values)

            async def submitted(sent: Inbound = sent) -> None:
                submit = asyncio.create_task(desk_of(units).answer(sent))
                await asyncio.wait_for(submit, 5)

            reply = await desk_of(Slow(units, submitted)).answer(typed(words))
            assert isinstance(reply, Tell | OpenForm), words
            async with units.looking(SCHOOL.id) as uow:
                assert await uow.concerns.get(ConcernId(key)), words
