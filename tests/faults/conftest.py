"""The stage for faults: the platforms here, the program outside, on a database that survives it."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.commands import Nursery
from tests.faults.lasting import Lasting
from tests.faults.outside import Outside, outside
from tests.postgres import NoPostgres


@pytest.fixture(scope="session")
def lasting() -> Iterator[Lasting]:
    try:
        server = Lasting()
    except NoPostgres as why:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"No PostgreSQL: {why}.")
    yield server
    server.close()


@pytest.fixture
async def lasting_url(lasting: Lasting) -> str:
    return await lasting.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "lasting_url")


@pytest.fixture
async def here(tmp_path: Path, database: str, nursery: Nursery) -> AsyncIterator[Outside]:
    """On each engine."""
    async with outside(tmp_path, database, nursery) as stage:
        yield stage


@pytest.fixture
async def on_sqlite(tmp_path: Path, sqlite_url: str, nursery: Nursery) -> AsyncIterator[Outside]:
    async with outside(tmp_path, sqlite_url, nursery) as stage:
        yield stage


@pytest.fixture
async def on_postgresql(tmp_path: Path, lasting_url: str, nursery: Nursery) -> AsyncIterator[Outside]:
    async with outside(tmp_path, lasting_url, nursery) as stage:
        yield stage
