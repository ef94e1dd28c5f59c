"""The small school over a real store: SQLite in a file of its own for each test."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from handlers.rules.people import Login, Person, Pupil
from store.opening import open_units
from store.unit_of_work import Units
from tests.handlers.posting import Post
from tests.handlers.school import PEOPLE, ROLL, Here
from tests.lots import drawing

KEY = bytes(range(1, 33))


@pytest.fixture(scope="session")
def small_school(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as it is after a first start: what each test opens is a copy, and each a second start."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("small") / "heard.db"))

    async def start() -> None:
        await (await open_units(f"sqlite+aiosqlite:///{path}", root_key=KEY, schools=(ROLL,))).close()

    asyncio.run(start())
    return path


@pytest.fixture
def small_url(small_school: Path, tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(small_school, tmp_path / 'heard.db')}"


@pytest.fixture
async def units(small_url: str) -> AsyncIterator[Units]:
    units = await open_units(small_url, root_key=KEY, schools=(ROLL,), lot=drawing(48213))
    yield units
    await units.close()


@pytest.fixture
def here(units: Units) -> Here:
    return Here(units)


@pytest.fixture
def post() -> Post:
    return Post()


class ReadsAgain(Protocol):
    async def __call__(
        self, *, people: Sequence[tuple[Person, tuple[Login, ...]]] = PEOPLE, pupils: Sequence[Pupil] = ROLL.pupils
    ) -> None: ...


@pytest.fixture
def reads_again(small_url: str, units: Units) -> ReadsAgain:
    """The school's file is read again, with other people or pupils in it."""

    async def again(
        *, people: Sequence[tuple[Person, tuple[Login, ...]]] = PEOPLE, pupils: Sequence[Pupil] = ROLL.pupils
    ) -> None:
        roll = replace(ROLL, people=tuple(people), pupils=tuple(pupils))
        await (await open_units(small_url, root_key=KEY, schools=(roll,))).close()

    return again
