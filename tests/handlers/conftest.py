"""The small school over a real store: SQLite in a file of its own for each test."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Protocol

import pytest

from handlers.rules.people import Login, Person, Pupil
from store.unit_of_work import Units, open_units
from tests.handlers.posting import Post
from tests.handlers.school import PEOPLE, ROLL, Here
from tests.lots import drawing

KEY = bytes(range(1, 33))


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[Units]:
    units = await open_units(sqlite_url, root_key=KEY, schools=(ROLL,), lot=drawing(48213))
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
def reads_again(sqlite_url: str, units: Units) -> ReadsAgain:
    """The school's file is read again, with other people or pupils in it."""

    async def again(
        *, people: Sequence[tuple[Person, tuple[Login, ...]]] = PEOPLE, pupils: Sequence[Pupil] = ROLL.pupils
    ) -> None:
        roll = replace(ROLL, people=tuple(people), pupils=tuple(pupils))
        await (await open_units(sqlite_url, root_key=KEY, schools=(roll,))).close()

    return again
