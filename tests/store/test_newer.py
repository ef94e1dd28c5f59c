"""A newer version beside this one, while it is brought in: what it alone knows is left alone, and is no damage."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from handlers.notice import Notice
from handlers.rules.chronology import Deed, Entry
from handlers.rules.trouble import Trouble
from store import notices
from store.delivery_tables import outbox, posts
from store.notices import columns_of
from store.packing import canonical
from store.trail_tables import entries
from store.tree import leaf_of
from store.trouble_tables import troubles
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import AT, Sample
from tests.store.test_outbox import notice

NEWER = "of_tomorrow"


def as_tomorrow(of: Notice) -> dict[str, object]:
    """The columns of a notice of a kind that only a newer version has, with the digests that it would write."""
    row = columns_of(of) | {"kind": NEWER}
    names = ("platform", "tenant", "place_kind", "place", "team")
    card = notices._digest([NEWER, *(str(row[name]) for name in names), str(row["subject"]), str(row["step"])])
    return row | {"same": card, "notice": notices._digest([card, str(row["to"])])}


async def put(units: Units, school: Sample, of: Notice, **instead: object) -> None:
    """Into the outbox, as a newer version would."""
    async with units(school.id) as uow:
        await uow.outbox.put(of)
    row = as_tomorrow(of)
    row.pop("notice")
    async with units._writing(school.id) as connection:
        its = (outbox.c.school == school.id, outbox.c.same == notices.same_card(of))
        assert (await connection.execute(update(outbox).where(*its).values({**row, **instead}))).rowcount == 1


async def test_a_card_of_a_kind_that_is_not_known_here_is_left_to_who_knows_it(units: Units, school: Sample) -> None:
    tomorrows, behind, elsewhere = notice("A"), notice("A"), notice("B")
    await put(units, school, tomorrows)
    async with units(school.id) as uow:
        await uow.outbox.put(behind)
        await uow.outbox.put(elsewhere)
    for _ in range(2):
        async with units(school.id) as uow:
            claimed = await uow.outbox.claim(most=10)
            assert [item.notice for item in claimed] in ([elsewhere], [])
        async with units.reading(school.id) as connection:
            (row,) = (await connection.execute(outbox.select().where(outbox.c.kind == NEWER))).mappings()
            assert (row["state"], row["attempts"], row["fence"]) == ("waiting", 0, 0)
    assert await units.examine(school.id) == frozenset()
    assert units.damaged(school.id) == frozenset()


async def test_one_that_is_damaged_is_set_aside_as_before(units: Units, school: Sample) -> None:
    await put(units, school, notice("A"), same="0" * 64)
    async with units(school.id) as uow:
        assert await uow.outbox.claim(most=10) == []
    async with units.reading(school.id) as connection:
        (row,) = (await connection.execute(outbox.select())).mappings()
    assert row["state"] == "dead"
    assert len(await units.examine(school.id)) == 1


async def test_a_message_that_shows_such_a_card_is_no_damage(units: Units, school: Sample) -> None:
    of = notice("A")
    async with units(school.id) as uow:
        await uow.posts.put(of, "m1")
    row = as_tomorrow(of)
    row["same"] = row.pop("notice")
    async with units._writing(school.id) as connection:
        await connection.execute(update(posts).where(posts.c.school == school.id).values(row))
    async with units(school.id) as uow:
        assert await uow.posts.at(of.place, "m1") == []
        assert await uow.posts.standing(of.subject) == []
    assert await units.examine(school.id) == frozenset()
    assert units.damaged(school.id) == frozenset()


async def test_a_trouble_that_is_not_known_here_is_not_told_of_and_stays(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        await uow.troubles.begin(Trouble.DISK_FULL, "", reason="spool", at=AT)
    async with units._writing(school.id) as connection:
        await connection.execute(update(troubles).where(troubles.c.school == school.id).values(trouble=NEWER))
    async with units(school.id) as uow:
        assert await uow.troubles.lasting() == ()
    assert await units.examine(school.id) == frozenset()
    assert units.damaged(school.id) == frozenset()
    async with units.reading(school.id) as connection:
        assert [row["trouble"] for row in (await connection.execute(troubles.select())).mappings()] == [NEWER]


@pytest.mark.parametrize("whole", [True, False])
async def test_an_entry_of_a_deed_that_is_not_known_here_is_damage_only_where_its_leaf_says_so(
    units: Units, school: Sample, tamper: Tamper, whole: bool
) -> None:
    thing = uuid4()
    async with units(school.id) as uow:
        await uow.trail.append(Entry(deed=Deed.REFUSED, at=AT + timedelta(days=1), by=None, thing=thing, facts={}))
    async with units.reading(school.id) as connection:
        (row,) = (await connection.execute(entries.select().where(entries.c.thing == thing))).mappings()
    body = canonical({**json.loads(row["body"]), "deed": NEWER})
    values = {"body": body, "leaf": leaf_of(body) if whole else row["leaf"], "number": row["sequence"]}
    await tamper("UPDATE entries SET body = :body, leaf = :leaf WHERE sequence = :number", triggers=False, **values)
    async with units(school.id) as uow:
        assert await uow.trail.of(thing) == []
    assert len(units.damaged(school.id)) == (0 if whole else 1)
