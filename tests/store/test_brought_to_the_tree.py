"""A database whose trail was a chain is brought forward to the tree, or refused with the entry that does not hold."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import text

from handlers.rules.chronology import Deed
from store.engine import make_engine
from store.opening import open_units
from store.unit_of_work import Units
from store.verifying import Log, verify_chain, walk
from tests.store.chained import to_the_chain
from tests.store.conftest import Tamper
from tests.store.sample import AT, ROOT, WORDS, Sample, sample

_BEFORE = (
    "DROP TABLE troubles",
    "ALTER TABLE concerns DROP COLUMN disposed_at",
    *(f"ALTER TABLE outbox DROP COLUMN {name}" for name in ("due_ms", "told_at", "aside_at")),
    "UPDATE alembic_version SET version_num = '0005'",
)
"""What came after the tree is taken away as well."""


async def chained(url: str, *schools: Sample, entries: int) -> None:
    """A database of the version before, with a trail for each school and two who were turned away."""
    units = await open_units(url, root_key=ROOT, schools=[school.roll for school in schools])
    for school in schools:
        async with units(school.id) as uow:
            for _ in range(entries):
                await uow.trail.append(school.entry(school.person("head").id, Deed.ADDED, words=WORDS))
        await units.turned_away(school.entry(None, Deed.REFUSED, facts={"why": "unknown_school"}))
    await units.close()
    engine = make_engine(url, migrating=True)
    async with engine.begin() as connection:
        await connection.run_sync(to_the_chain)
        for statement in _BEFORE:
            await connection.execute(text(statement))
    await engine.dispose()


async def reopened(url: str, *schools: Sample) -> Units:
    return await open_units(url, root_key=ROOT, schools=[school.roll for school in schools])


@pytest.mark.parametrize("entries", [0, 1, 5, 2048, 2051])
async def test_what_was_chained_verifies_as_a_tree_and_goes_on(database_url: str, entries: int) -> None:
    one, two = sample("one"), sample("two")
    await chained(database_url, one, two, entries=entries)
    units = await reopened(database_url, one, two)
    for school in (one, two):
        async with units(school.id) as uow:
            await uow.trail.append(school.entry(None, Deed.THEMES))
            assert len(await uow.trail.of(school.person("head").id)) == entries
            assert len(await uow.trail.done(Deed.ADDED, AT, AT + timedelta(seconds=1))) == entries
        await units.turned_away(school.entry(None, Deed.REFUSED))
        async with units.reading() as connection:
            found = await walk(connection, Log(school.id))
        assert (found.fault, found.peaks.size) == (None, entries + 1)
    async with units.reading() as connection:
        away = await walk(connection, Log(None))
    assert (away.fault, away.peaks.size) == (None, 4)
    await units.close()


@pytest.mark.parametrize(
    ("attack", "first"),
    [
        (("UPDATE entries SET leaf = body WHERE sequence = 3",), 3),
        (("UPDATE entries SET body = (SELECT body FROM entries WHERE sequence = 1) WHERE sequence = 4",), 4),
        (("DELETE FROM entries WHERE sequence = 2",), 2),
        (("DELETE FROM entries WHERE sequence > 4",), 5),
        (("UPDATE heads SET leaf = (SELECT leaf FROM entries WHERE sequence = 4), sequence = 4",), 5),
        (("DELETE FROM entries",), 1),
    ],
)
async def test_a_chain_that_does_not_hold_is_refused_and_nothing_is_changed(
    database_url: str, tamper: Tamper, attack: Sequence[str], first: int
) -> None:
    school = sample()
    await chained(database_url, school, entries=6)
    await tamper(*attack, triggers=False)
    before = await _all(tamper)
    with pytest.raises(ValueError, match=f"entry {first} is the first that was changed or is missing"):
        await reopened(database_url, school)
    assert await _all(tamper) == before


async def _all(tamper: Tamper) -> list[Sequence[tuple[object, ...]]]:
    asked = ("SELECT sequence, body, leaf FROM entries ORDER BY 1", "SELECT sequence, leaf FROM heads")
    return [await tamper(query) for query in (*asked, "SELECT id, body FROM turned_away ORDER BY 1")]


async def test_gaps_in_the_numbers_of_those_turned_away_are_closed(database_url: str, tamper: Tamper) -> None:
    school = sample()
    await chained(database_url, school, entries=1)
    await tamper("INSERT INTO turned_away (id, body) SELECT 9, body FROM turned_away WHERE id = 1")
    units = await reopened(database_url, school)
    await units.turned_away(school.entry(None, Deed.REFUSED))
    assert await tamper("SELECT id FROM turned_away ORDER BY 1") == [(1,), (2,), (3,)]
    async with units.reading() as connection:
        assert (await walk(connection, Log(None))).fault is None
    assert await verify_chain(units, school.id) is None
    await units.close()
