"""A damaged row in each table, one at a time: everything else is served, and the row is named by its table and id."""

import asyncio
import os
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from handlers.conversation import HomeOpened, OpenForm, Tell
from handlers.ports import Damage
from handlers.rules.concern import Concern, Status
from handlers.ui.card import Press
from schedules.timetable import TIMETABLE, Uses
from store import checkpoints
from store.keys import KeyFaulty
from store.opening import open_units
from store.unit_of_work import Units
from store.verdicts import judge
from tests.faults.damaging import KEY, NOW, SIGNER, WHOLE, Harm, damage, fill, harms
from tests.handlers.posting import Post, works
from tests.handlers.school import ANSWERS, DANA, LEE, SCHOOL, TESS, Here, account
from tests.postgres import Server

Fresh = Callable[[], Awaitable[str]]
"""The address of a copy of a database in which every table holds something."""
_OPENS_NOTHING = {"schools.key"}
"""Without its key nothing of a school can be read: it is not served, and told so."""
_EVERY = os.environ.get("HEARD_SOAK_SECONDS", "0") != "0"
"""Every column in every way, which takes a quarter of an hour; else of each table one column in one way."""


@pytest.fixture(scope="module")
def filled_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    file = Path(shutil.copy(sqlite_template, folder / "filled.db"))
    asyncio.run(fill(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def on_sqlite(filled_file: Path, tmp_path: Path) -> Fresh:
    async def fresh() -> str:
        return f"sqlite+aiosqlite:///{shutil.copy(filled_file, tmp_path / f'{uuid4().hex}.db')}"

    return fresh


@pytest.fixture(scope="module")
def filled_database(postgres_server: Server, postgres_template: str) -> str:
    name = "heard_filled"

    async def make() -> None:
        await postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY FILE_COPY")
        await fill(postgres_server.url(name))

    asyncio.run(make())
    return name


@pytest.fixture
def on_postgresql(postgres_server: Server, filled_database: str) -> Fresh:
    async def fresh() -> str:
        name = f"heard_hurt_{next(postgres_server.numbers)}"
        await postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {filled_database} STRATEGY FILE_COPY")
        return postgres_server.url(name)

    return fresh


async def _ticks(here: Here, units: Units) -> None:
    for job in TIMETABLE:
        await job.run(Uses(units=units, directories={}), here.at)


async def _concern(here: Here, key: UUID) -> Concern:
    concern = await here.concern(key)
    assert concern.status is Status.ACCEPTED
    assert concern.owner == LEE.id
    return concern


async def serves(units: Units) -> None:
    """All that a school asks of the program, but what has to do with the row that is damaged."""
    here, post = Here(units), Post()
    assert isinstance(await here.command(TESS), OpenForm)
    new = await here.raises(TESS, ANSWERS)
    for key in (WHOLE, new.id):
        await here.press(LEE, Press.ACCEPT, key)
        await _concern(here, key)
        assert isinstance(await here.press(LEE, Press.OPEN, key), OpenForm)
    for by, word in ((LEE, "board"), (LEE, "find mia"), (TESS, "mine"), (DANA, "patterns"), (LEE, "help")):
        await here.command(by, word)
    assert isinstance(await here.answers(HomeOpened(who=account(LEE))), Tell)
    await works(here, post)
    for hours in (1, 21, 24):
        here.later(hours=hours)
        await _ticks(here, units)
        await works(here, post)
    assert here.mishaps == [], here.mishaps


async def is_named(units: Units, harm: Harm, before: frozenset[Damage]) -> bool:
    """Whether whoever keeps the program is told of that table, or `verify` names the entry or the checkpoint."""
    found = before | units.damaged(SCHOOL.id) | await units.examine(SCHOOL.id)
    if any(one.table == harm.table.name for one in found):
        return True
    async with units.reading() as connection:
        for school in (SCHOOL.id, None):
            kept = await checkpoints.every(connection, school)
            if (await judge(connection, school, kept, public=SIGNER.public)).fault:
                return True
    return False


async def comes_through(url: str, harm: Harm) -> str:
    """What is wrong with how the program stands it; empty where nothing is."""
    await damage(url, harm)
    try:
        units = await open_units(url, root_key=KEY, schools=(NOW,))
    except KeyFaulty:
        return "" if f"{harm.table.name}.{harm.column.name}" in _OPENS_NOTHING else "it does not start"
    try:
        before = units.damaged(SCHOOL.id) | await units.examine(SCHOOL.id)
        await serves(units)
        return "" if await is_named(units, harm, before) or not harm.shows else "it is not named"
    finally:
        await units.close()


def _chosen(dialect: str) -> list[Harm]:
    """Every one in the soak. Else of each table one, and the ways of harming it in turn: the rarest is taken first."""
    every = list(harms(dialect))
    if _EVERY:
        return every
    chosen: dict[str, Harm] = {}
    for harm in (one for one in every if one.shows):
        before = chosen.get(harm.table.name)
        ways = Counter(one.how for one in chosen.values())
        if before is None or ways[harm.how] + 1 < ways[before.how]:
            chosen[harm.table.name] = harm
    return list(chosen.values())


@pytest.mark.parametrize("harm", _chosen("sqlite"), ids=str)
async def test_on_sqlite_everything_else_is_served_and_the_row_is_named(on_sqlite: Fresh, harm: Harm):
    assert await comes_through(await on_sqlite(), harm) == ""


@pytest.mark.parametrize("harm", _chosen("postgresql"), ids=str)
async def test_on_postgresql_everything_else_is_served_and_the_row_is_named(on_postgresql: Fresh, harm: Harm):
    assert await comes_through(await on_postgresql(), harm) == ""
