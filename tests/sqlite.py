"""SQLite for the tests: migrated once, and a copy of that file for each test that opens a store.

Opening a copy is what a second start of the program is: it finds the schema at its newest and has nothing to move.
That a new file is made and migrated is tried where the tests say so (tests/store, tests/journeys).
"""

import asyncio
import shutil
from pathlib import Path

import pytest

from store.engine import make_engine
from store.migrations.running import upgrade


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has been migrated, and holds no school."""
    path = tmp_path_factory.mktemp("template") / "heard.db"

    async def make() -> None:
        engine = make_engine(f"sqlite+aiosqlite:///{path}", deadline=60, migrating=True)
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
        await engine.dispose()

    asyncio.run(make())
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh database: `heard.db` in the test's own folder."""
    return f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, tmp_path / 'heard.db')}"
