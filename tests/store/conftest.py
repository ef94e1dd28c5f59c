"""An open store for one invented school, on each engine."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest
from sqlalchemy import text

from store.engine import make_engine
from store.opening import open_units
from store.unit_of_work import Units
from tests.postgres import as_the_program
from tests.store.sample import ROOT, Sample, sample

Tamper = Callable[..., Awaitable[Sequence[tuple[object, ...]]]]


@pytest.fixture
def school() -> Sample:
    return sample()


@pytest.fixture
async def units(database_url: str, school: Sample) -> AsyncIterator[Units]:
    """In the role that the program should run in: so whatever it may not do fails here."""
    opened = await open_units(as_the_program(database_url), root_key=ROOT, schools=(school.roll,))
    yield opened
    await opened.close()


@pytest.fixture
async def tamper(database_url: str) -> AsyncIterator[Tamper]:
    """Run SQL as somebody who holds the database does: past the program, and past its triggers when asked to."""
    engine = make_engine(database_url)

    async def run(*statements: str, triggers: bool = True, **values: object) -> Sequence[tuple[object, ...]]:
        async with engine.begin() as connection:
            if not triggers:
                for statement in _NO_TRIGGERS[engine.dialect.name]:
                    await connection.execute(text(statement))
            results = [await connection.execute(text(statement), values) for statement in statements]
            return [tuple(row) for row in results[-1]] if results[-1].returns_rows else []

    yield run
    await engine.dispose()


_NO_TRIGGERS = {
    "sqlite": ("DROP TRIGGER IF EXISTS entries_refuse_update", "DROP TRIGGER IF EXISTS entries_refuse_delete"),
    "postgresql": ("ALTER TABLE entries DISABLE TRIGGER ALL",),
}
