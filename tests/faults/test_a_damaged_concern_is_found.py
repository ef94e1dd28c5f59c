"""A concern that cannot be read, looked for by its reference: there for whoever may read it, and for nobody else."""

import shutil
from pathlib import Path
from uuid import uuid4

from handlers.conversation import Complaints, OpenForm
from handlers.errors import CannotBeRead
from handlers.record.finding import NOTHING
from handlers.rules.people import Person
from store.opening import open_units
from store.unit_of_work import Units
from tests.faults.damaging import HURT, KEY, NOW, Harm, damage, fill, harms
from tests.handlers.school import COLIN, LEE, PRIYA, Here, words
from tests.postgres import Server

WAYS = {"sqlite": "torn", "postgresql": "unknown"}
"""Of each column that way which no program could have written."""


def chosen(dialect: str) -> list[Harm]:
    """Of the concern's own columns. Without its reference it is not found."""
    mine = [harm for harm in harms(dialect) if harm.table.name == "concerns" and harm.how == WAYS[dialect]]
    return [harm for harm in mine if harm.column.name != "reference" and harm.shows]


async def told(here: Here, by: Person, reference: str) -> str:
    """What they read when they look for it."""
    reply = await here.command(by, "find")
    if not isinstance(reply, OpenForm):
        return words(reply)
    found = await here.send(by, reply.form, {"reference": reference})
    return " ".join(found.by_field.values()) if isinstance(found, Complaints) else type(found).__name__


async def wrong(units: Units, reference: str) -> str:
    """What is not told as it should be: to who may read it, to a lead from whom it is sealed, to one who is named in
    it, and of a reference that nothing has."""
    here = Here(units)
    expected = {
        "Lee": (LEE, reference, str(CannotBeRead())), "Priya": (PRIYA, reference, NOTHING),
        "Colin": (COLIN, reference, NOTHING), "none": (LEE, "26-00001", NOTHING),
    }  # fmt: skip
    said = {name: await told(here, by, which) for name, (by, which, _) in expected.items()}
    assert here.mishaps == []
    return " ".join(f"{name}: {said[name]}" for name, (_, _, words) in expected.items() if said[name] != words)


async def _tried(url: str, harm: Harm) -> str:
    units = await open_units(url, root_key=KEY, schools=(NOW,))
    reference = (await Here(units).concern(HURT)).reference
    assert await told(Here(units), LEE, reference) == "NextPage"
    await damage(url, harm)
    try:
        return await wrong(units, reference)
    finally:
        await units.close()


async def test_on_sqlite_whichever_of_its_columns_is_torn(sqlite_template: Path, tmp_path: Path) -> None:
    filled = Path(shutil.copy(sqlite_template, tmp_path / "filled.db"))
    await fill(f"sqlite+aiosqlite:///{filled}")
    found: dict[str, str] = {}
    for harm in chosen("sqlite"):
        file = shutil.copy(filled, tmp_path / f"{uuid4().hex}.db")
        found[str(harm)] = await _tried(f"sqlite+aiosqlite:///{file}", harm)
        Path(file).unlink()
    assert len(found) > 25
    assert {name: why for name, why in found.items() if why} == {}


async def test_on_postgresql_whichever_of_its_words_is_none_of_the_vocabulary(
    postgres_server: Server, postgres_template: str
) -> None:
    found: dict[str, str] = {}
    await postgres_server.run(f"CREATE DATABASE found TEMPLATE {postgres_template} STRATEGY FILE_COPY")
    await fill(postgres_server.url("found"))
    for harm in chosen("postgresql"):
        name = f"found_{len(found)}"
        await postgres_server.run(f"CREATE DATABASE {name} TEMPLATE found STRATEGY FILE_COPY")
        found[str(harm)] = await _tried(postgres_server.url(name), harm)
    assert len(found) > 5
    assert {name: why for name, why in found.items() if why} == {}
