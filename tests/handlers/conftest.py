"""The small school over a real store: SQLite in a file of its own for each test."""

from collections.abc import AsyncIterator

import pytest

from store.unit_of_work import Units, open_units
from tests.handlers.posting import Post
from tests.handlers.school import ROLL, Here

KEY = bytes(range(1, 33))


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[Units]:
    units = await open_units(sqlite_url, root_key=KEY, schools=(ROLL,))
    yield units
    await units.close()


@pytest.fixture
def here(units: Units) -> Here:
    return Here(units)


@pytest.fixture
def post() -> Post:
    return Post()
