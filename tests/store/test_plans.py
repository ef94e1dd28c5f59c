"""No question takes longer for what has been stored over the years: what each engine says that it will do.

Every query that is built once is tried. Beside the school, an index must be narrowed by what was asked for.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import BindParameter, Integer, Select, Uuid
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import visitors

from handlers.ports import Draft
from handlers.rules.chronology import Deed, Entry
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from store.columns import UtcTime
from store.opening import open_units
from store.unit_of_work import Units
from tests.bench.filling import AT, LEE, PEOPLE, SCHOOL, TESS, fill, roll
from tests.store.sample import ROOT, notice
from tests.store.test_memory import queries

_ONE = "there is one head for a school"
WHOLE = {
    "store.head._FREE": _ONE,
    "store.head._TAKEN": _ONE,
    "store.work._ROLL": _ONE,
    "store.work._KEYS": "there is one ring of keys for a school",
    "store.school_keys._KEY": "there is one ring of keys for a school",
    "store.people._EVERYBODY": "the staff, once for each state of the school's file",
    "store.people._LOGINS": "the staff, once for each state of the school's file",
    "store.reached._NEWEST": "the greatest of an index: both engines read its last row and no other",
    "store.troubles._LASTING": "what is wrong at this moment: hardly ever more than one",
    "store.figures._LASTING": "what is wrong at this moment: hardly ever more than one",
    "store.figures._WAITING": "how much waits at this moment is what is asked, every quarter of a minute at the most",
    "store.pupils._EVERYBODY": "the pupils, once for each state of the school's file",
}
"""What reads a table of the school from end to end, and why it may."""
FEW = ("ix_outbox_aside", "ix_outbox_dead")
"""Indexes of what hardly ever is: read from end to end."""
OWN = ("SCAN places", "SCAN next_ones", "SCAN CONSTANT ROW")
"""What a query has made itself."""


def _anything(query: Select[Any]) -> dict[str, object]:
    """A value of the right kind for every name in it."""
    names = {part for part in visitors.iterate(query) if isinstance(part, BindParameter) and part.required}
    values = {part.key: [_one(part)] if part.expanding else _one(part) for part in names}
    return values | {"school": SCHOOL.id}


def _one(name: BindParameter[Any]) -> object:
    if isinstance(name.type, Uuid):
        return UUID(int=1)
    if isinstance(name.type, Integer):
        return 1
    return AT - timedelta(days=4000) if isinstance(name.type, UtcTime) else "x"


async def _reads_whole(connection: AsyncConnection, query: Select[Any]) -> list[str]:
    """The steps that read what is stored of a school, or of all of them, from end to end."""
    said = query.params(_anything(query))
    words = str(said.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "sqlite":
        found = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}")
        return [row.detail for row in found if _whole_on_sqlite(row.detail)]
    # A few hundred rows are read whole whatever there is: that is made dear, and is seen where there is no other way.
    await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    plan = (await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {words}")).scalar_one()
    return [str(step) for step in _steps(json.loads(plan) if isinstance(plan, str) else plan) if _whole(step)]


def _whole_on_sqlite(detail: str) -> bool:
    """`SEARCH concerns USING INDEX ix (school=? AND status=?)` is narrowed; `SCAN concerns` or `(school=?)` is not."""
    if detail.startswith("SCAN") and detail not in OWN:
        return True
    narrowed = re.search(r"^SEARCH .*\((.*)\)$", detail)
    return narrowed is not None and narrowed[1] == "school=?" and not any(name in detail for name in FEW)


def _steps(plan: Any) -> Iterator[dict[str, Any]]:
    for step in plan if isinstance(plan, list) else [plan]:
        inner = step.get("Plan", step)
        yield inner
        yield from (one for part in inner.get("Plans", []) for one in _steps(part))


def _whole(step: dict[str, Any]) -> bool:
    if step["Node Type"] == "Seq Scan":
        return True
    condition = "" if step.get("Index Name") in FEW else step.get("Index Cond", "")
    return "school" in condition and " AND " not in condition


@pytest.fixture
async def filled(database_url: str) -> AsyncIterator[Units]:
    """Enough of everything for an engine to choose; on PostgreSQL counted, as its own autovacuum does."""
    units = await open_units(database_url, root_key=ROOT, schools=(roll(),))
    await fill(units, database_url, 1600)
    async with units(SCHOOL.id) as uow:
        for number, concern in enumerate((await uow.concerns.open())[:200]):
            await uow.drafts.put(Draft(key=uuid4(), owner=PEOPLE[number % 90].id, answers={}, at=AT))
            await uow.posts.put(notice(subject=concern.id), f"m{number}")
            await uow.steps.take(concern.id, "one", at=AT)
            share = Share(id=ShareId(uuid4()), concern=concern.id, to=TESS.id, by=LEE.id, at=AT, until=AT)
            await uow.shares.save(share, because=Entry(deed=Deed.SHARED, at=AT, by=LEE.id, thing=concern.id))
            who = PEOPLE[number % 90].id
            asked = BreakGlass(id=BreakGlassId(uuid4()), concern=concern.id, asked_by=who, asked_at=AT)
            await uow.break_glass.save(asked, because=Entry(deed=Deed.READ, at=AT, by=LEE.id, thing=concern.id))
            named = replace(concern, named=frozenset({who}))
            await uow.concerns.save(named, because=Entry(deed=Deed.READ, at=AT, by=LEE.id, thing=concern.id))
        for number in range(2_000):
            await uow.outbox.put(notice(f"C{number % 5}"))
    if database_url.startswith("postgresql"):
        async with units._writing() as connection:
            await connection.exec_driver_sql("ANALYZE")
    yield units
    await units.close()


async def test_no_question_reads_what_is_stored_from_end_to_end(filled: Units) -> None:
    async with filled.reading() as connection:
        found = {name: await _reads_whole(connection, query) for name, query in queries().items()}
    assert {name for name in WHOLE if not found[name]} == set(), "what reads a table whole is seen"
    over = {name: steps for name, steps in found.items() if steps and name not in WHOLE}
    assert over == {}


async def test_a_backlog_is_not_gone_through_for_each_that_waits_in_it(database_url: str) -> None:
    """The outbox is empty all day, and so it stands in PostgreSQL's figures when much comes at once."""
    units = await open_units(database_url, root_key=ROOT, schools=(roll(),))
    pages: list[int] = []
    for _ in range(2):
        async with units(SCHOOL.id) as uow:
            for _ in range(200):
                await uow.outbox.put(notice())
        async with units.reading(SCHOOL.id) as connection:
            pages.append(await _pages(connection, queries()["store.outbox._DUE"]))
    await units.close()
    assert pages[1] <= 3 * pages[0], pages
    assert pages[0] < 200, "fewer pages than rows that wait"


async def _pages(connection: AsyncConnection, query: Select[Any]) -> int:
    """How many pages of the database are looked at to answer it; on SQLite how many hundred steps that took."""
    values = {**_anything(query), "most": 20}
    words = str(query.params(values).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "postgresql":
        plan = (await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {words}")).scalar_one()
        root = next(_steps(json.loads(plan) if isinstance(plan, str) else plan))
        return root["Shared Hit Blocks"] + root["Shared Read Blocks"]
    steps: list[None] = []
    driver: Any = (await connection.get_raw_connection()).driver_connection
    driver.set_progress_handler(lambda: steps.append(None), 100)
    await connection.exec_driver_sql(words)
    driver.set_progress_handler(None, 0)
    return len(steps)
