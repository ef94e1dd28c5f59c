"""Each stored word from a newer version, one at a time: the rest is served, it is named, and nobody writes over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Table, select, update

from bot import damages
from handlers.errors import OfANewerVersion
from handlers.rules.chronology import Deed, Entry
from store.opening import open_units
from store.schema import metadata
from store.tables import concerns, people
from store.unit_of_work import Units
from store.wrote import CARRIED
from tests.faults.damaging import BEFORE, HURT, KEY, WHOLE, _without_rules, fill
from tests.handlers.school import LEE, SCHOOL
from tests.store.sample import AT

NEWER = "of_tomorrow"


@dataclass(frozen=True)
class Word:
    table: Table
    column: str

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column}"


def words() -> Sequence[Word]:
    """Every column that holds a word of a closed vocabulary, as the schema says it."""
    return [
        Word(table, constraint.info["column"])
        for table in metadata.sorted_tables
        for constraint in sorted(table.constraints, key=lambda one: str(one.name))
        if isinstance(constraint, CheckConstraint) and "words" in constraint.info
    ]


OF_CASES = [word for word in words() if word.table.name in CARRIED]


@pytest.fixture
async def filled(database_url: str) -> str:
    await fill(database_url)
    return database_url


async def opened(url: str) -> Units:
    return await open_units(url, root_key=KEY, schools=(BEFORE,))


def test_every_word_of_a_case_is_walked_and_the_others_have_their_reason():
    others = {str(word) for word in words()} - {str(word) for word in OF_CASES}
    assert others == {"outbox.state"}, "a state that is not known holds up its place: it is damage"
    assert {"concerns.status", "concerns.route", "concerns.level", "actions.kind", "referrals.method"} <= {
        str(word) for word in OF_CASES
    }


@pytest.mark.parametrize("as_it_was_told", [True, False])
@pytest.mark.parametrize("word", OF_CASES, ids=str)
async def test_a_word_of_tomorrow_is_left_alone_where_the_trail_tells_of_it_and_is_damage_else(
    filled: str, word: Word, as_it_was_told: bool
):
    units = await opened(filled)
    try:
        before = await tomorrow(units, word, tells=as_it_was_told)
        hurt = await units.examine(SCHOOL.id)
        newer = units.newer(SCHOOL.id)
        here = newer if as_it_was_told else hurt
        assert {(one.table, one.id) for one in here} == {(word.table.name, str(before["id"]))}
        assert not (hurt if as_it_was_told else newer)
        assert any(NEWER not in line and word.table.name in line for line in damages.of_a_newer_version(newer)) == (
            as_it_was_told
        )
        async with units.looking(SCHOOL.id) as uow:
            assert {one.id for one in await uow.concerns.open()} >= {WHOLE}
            await uow.actions.of(HURT)
            await uow.referrals.of(HURT)
        assert bool(units.damaged(SCHOOL.id)) is not as_it_was_told
        if word.table is concerns and as_it_was_told:
            with pytest.raises(OfANewerVersion):
                async with units.looking(SCHOOL.id) as uow:
                    await uow.concerns.get(HURT)
        assert await stored(units, word.table, before["id"]) == before
    finally:
        await units.close()


async def tomorrow(units: Units, word: Word, *, tells: bool) -> dict[str, Any]:
    """Write it as a newer version would, with an entry that tells of the row; else past any program."""
    async with units._writing(SCHOOL.id) as connection:
        await _without_rules(connection, word.table)
        query = select(word.table).where(word.table.c.school == SCHOOL.id)
        query = query.where(word.table.c["id" if word.table is concerns else "concern"] == HURT)
        row = dict((await connection.execute(query)).mappings().first() or {})
        its = (word.table.c.school == SCHOOL.id, word.table.c.id == row["id"])
        await connection.execute(update(word.table).where(*its).values({word.column: NEWER}))
    if tells:
        async with units(SCHOOL.id) as uow:
            uow.trail.work.tell(word.table, {**row, word.column: NEWER})
            await uow.trail.append(Entry(deed=Deed.ALARMED, at=AT, by=None, thing=HURT, facts={"why": "test"}))
    return row | {word.column: NEWER}


async def stored(units: Units, table: Table, id: object) -> dict[str, Any]:
    async with units.reading(SCHOOL.id) as connection:
        found = (await connection.execute(select(table).where(table.c.id == id))).mappings().one()
    return dict(found)


async def test_a_post_of_tomorrow_is_kept_and_who_holds_it_is_served_with_the_others(filled: str):
    units = await opened(filled)
    try:
        async with units._writing(SCHOOL.id) as connection:
            its = (people.c.school == SCHOOL.id, people.c.id == LEE.id)
            await connection.execute(update(people).where(*its).values(roles=f"lead {NEWER}"))
    finally:
        await units.close()
    units = await opened(filled)  # a start with the school's file as this version reads it
    try:
        async with units.looking(SCHOOL.id) as uow:
            here = await uow.people.get(LEE.id)
            assert here is not None
            assert (here.name, here.roles, here.active) == (LEE.name, LEE.roles, True)
        assert await units.examine(SCHOOL.id) == frozenset()
        assert {(one.table, one.id) for one in units.newer(SCHOOL.id)} == {("people", str(LEE.id))}
        assert set((await stored(units, people, LEE.id))["roles"].split()) == {*map(str, LEE.roles), NEWER}
    finally:
        await units.close()


async def test_what_is_no_word_is_damage_among_the_posts(filled: str):
    units = await opened(filled)
    try:
        async with units._writing(SCHOOL.id) as connection:
            its = (people.c.school == SCHOOL.id, people.c.id == LEE.id)
            await connection.execute(update(people).where(*its).values(roles="lead L?"))
        assert {(one.table, one.id) for one in await units.examine(SCHOOL.id)} == {("people", str(LEE.id))}
        assert units.newer(SCHOOL.id) == frozenset()
    finally:
        await units.close()
