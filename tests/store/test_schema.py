"""The schema: migrations make what the tables say, nothing readable is stored, schools are apart."""

import subprocess
import sys
from collections.abc import AsyncIterator
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import LargeBinary, MetaData, String, select

from handlers.notice import Notice, NoticeKind
from handlers.ports import Draft
from handlers.rules.action import Action, ActionKind, ActionStatus
from handlers.rules.chronology import Deed
from handlers.rules.concern import About, Concern, Outcome, Route, Status, Urgency
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Role
from handlers.rules.referral import Method, ReferralStatus
from handlers.rules.school import PlaceKind
from store.case_tables import referrals
from store.columns import SealedBytes
from store.delivery_tables import outbox
from store.migrations import running
from store.migrations.comparing import differences
from store.opening import open_units
from store.schema import metadata
from store.tables import actions, concerns, people
from store.unit_of_work import Units
from tests.lots import drawing
from tests.store.conftest import Tamper
from tests.store.sample import AT, ROOT, WORDS, Sample, notice, sample


async def test_the_migrations_make_what_the_tables_say(database_url: str) -> None:
    assert await differences(database_url) == []


async def test_a_schema_that_differs_is_told(units: Units, tamper: Tamper, database_url: str) -> None:
    for statement in ("ALTER TABLE drafts ADD COLUMN note VARCHAR(10)", "DROP INDEX ix_outbox_one_waits"):
        await tamper(statement)
    await tamper("DROP TABLE addresses")
    found = await differences(database_url)
    assert all(any(word in line for line in found) for word in ("note", "ix_outbox_one_waits", "addresses"))


def test_the_check_is_a_command() -> None:
    done = subprocess.run([sys.executable, "-m", "store.migrations.check"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_newest_schema_is_the_end_of_alembics_chain() -> None:
    assert ScriptDirectory(str(running.VERSIONS.parent)).get_heads() == [running.newest()]


_OPENS = """
import asyncio, sys
from store.opening import open_units
from tests.store.sample import ROOT, sample
asyncio.run(open_units(sys.argv[1], root_key=ROOT, schools=(sample().roll,)))
print("alembic" in sys.modules)
"""


def test_alembic_is_loaded_only_where_the_schema_is_behind(sqlite_url: str, tmp_path: Path) -> None:
    """It takes a tenth of a second of every start."""
    told = [_opened(url) for url in (sqlite_url, f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")]
    assert told == ["False", "True"]


def _opened(url: str) -> str:
    done = subprocess.run([sys.executable, "-c", _OPENS, url], capture_output=True, check=True, text=True)
    return done.stdout.strip()


def _readable(tables: MetaData) -> list[str]:
    return [
        f"{table.name}.{column.name}"
        for table in tables.tables.values()
        for column in table.columns
        if isinstance(column.type, String | LargeBinary) and not column.info.get("plain")
    ]


def test_every_column_that_can_hold_text_is_sealed_or_says_why_not() -> None:
    assert _readable(metadata) == []
    columns = [column for table in metadata.tables.values() for column in table.columns]
    sealed = {f"{column.table.name}.{column.name}" for column in columns if isinstance(column.type, SealedBytes)}
    assert sealed == {
        "schools.key", "case_keys.key", "people.particulars", "pupils.particulars", "entries.words", "drafts.answers",
    }  # fmt: skip


def test_every_table_but_that_of_nobody_s_school_carries_the_school_and_every_key_leads_with_it() -> None:
    for table in metadata.tables.values():
        if table.name in {"turned_away", "turned_away_head"}:
            continue
        assert next(iter(table.primary_key.columns)).name == "school", table.name
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] == "school", (table.name, key)
        for index in table.indexes:
            assert index.columns[0].name == "school", (table.name, index)


async def _fill(units: Units, school: Sample) -> None:
    """Every way in which words reach the store."""
    async with units(school.id) as uow:
        concern = school.concern()
        await uow.drafts.put(Draft(key=concern.id, owner=concern.reporter, answers=WORDS, at=AT))
        await uow.concerns.save(concern, because=school.raised(concern))
        words = {"what": "CANARY-WHAT"}
        await uow.actions.save(school.action(concern), because=school.entry(concern.id, Deed.ASSIGNED, words=words))
        await uow.trail.append(school.entry(None, Deed.ALARMED, words={"note": "CANARY-NOTE"}))
        await uow.outbox.put(notice(subject=concern.id))
        await uow.posts.put(notice(subject=concern.id), "m1")
        await uow.pupils.search("canary-pupil")


async def test_no_canary_is_anywhere_in_the_files_of_sqlite(tmp_path: Path, school: Sample) -> None:
    units = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}", root_key=ROOT, schools=(school.roll,))
    await _fill(units, school)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    await units.close()
    assert {"heard.db", "heard.db-wal"} <= set(files)
    everything = b"".join([*files.values(), (tmp_path / "heard.db").read_bytes()])
    assert b"26-48213" in everything  # the search would find what is there
    assert b"canary" not in everything.lower()
    assert b"they *wait*" not in everything


async def test_no_canary_is_in_any_row_of_postgresql(postgres_url: str, school: Sample) -> None:
    units = await open_units(postgres_url, root_key=ROOT, schools=(school.roll,))
    await _fill(units, school)
    dump: list[bytes] = []
    async with units.reading() as connection:
        for table in metadata.sorted_tables:
            for row in await connection.execute(table.select()):
                dump += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    await units.close()
    everything = b"\n".join(dump)
    assert b"26-48213" in everything
    assert b"canary" not in everything.lower()
    assert b"they *wait*" not in everything


@pytest.fixture
async def both(database_url: str) -> AsyncIterator[Units]:
    rolls, lot = (sample("one").roll, sample("two").roll), drawing(48213, 48213)
    opened = await open_units(database_url, root_key=ROOT, schools=rolls, lot=lot)
    yield opened
    await opened.close()


async def _fill_one(both: Units, one: Sample, concern: Concern, action: Action, card: Notice) -> None:
    async with both(one.id) as uow:
        await uow.concerns.free_reference(at=AT)
        await uow.concerns.save(concern, because=one.raised(concern))
        await uow.actions.save(action, because=one.entry(concern.id, Deed.ASSIGNED))
        await uow.drafts.put(Draft(key=concern.id, owner=concern.reporter, answers=WORDS, at=AT))
        await uow.posts.put(card, "m1")
        await uow.outbox.put(card)
        assert await uow.steps.take(concern.id, "now_5", at=AT)


async def test_one_school_sees_nothing_of_another(both: Units) -> None:
    one, two = sample("one"), sample("two")
    concern = one.concern("26-48213", named=frozenset({one.person("head").id}))
    action, card = one.action(concern), notice(subject=concern.id)
    await _fill_one(both, one, concern, action, card)
    async with both(two.id) as uow:
        assert await uow.concerns.get(concern.id) is None
        assert [*await uow.concerns.open(), *await uow.concerns.unaccepted()] == []
        assert await uow.concerns.reported_by(concern.reporter) == []
        assert await uow.actions.get(action.id) is None
        assert [*await uow.actions.open(), *await uow.actions.of(concern.id)] == []
        assert await uow.trail.of(concern.id, words=True) == []
        assert await uow.people.get(concern.reporter) is None
        assert await uow.people.identify(one.who("teacher")) is None
        assert await uow.people.accounts(concern.reporter) == []
        assert await uow.pupils.get([one.roll.pupils[0].id]) == {}
        assert await uow.drafts.get(concern.id) is None
        assert [*await uow.posts.find(card), *await uow.posts.standing(concern.id)] == []
        assert await uow.outbox.claim(most=9) == []
        assert await uow.steps.take(concern.id, "now_5", at=AT)
        assert await uow.concerns.free_reference(at=AT) == concern.reference, "as if the other had none"
        assert (await uow.trail.append(two.entry(None, Deed.DIGESTED))).sequence == 1
        await uow.drafts.delete(concern.id)
        await uow.posts.forget(card, "m1")
    async with both(one.id) as uow:
        assert await uow.drafts.get(concern.id) is not None
        assert await uow.posts.find(card) == ["m1"]


async def test_rows_moved_to_another_school_do_not_open(both: Units, tamper: Tamper, database_url: str) -> None:
    one = "(SELECT particulars FROM people AS other WHERE other.roles = people.roles AND other.school = :one)"
    school = sample("one").id
    moved = school.hex if database_url.startswith("sqlite") else school
    await tamper(f"UPDATE people SET particulars = {one} WHERE school <> :one", one=moved)  # noqa: S608 (the words are those above)
    await tamper("UPDATE heads SET roll = roll + 1")
    async with both(sample("one").id) as uow:
        assert len(await uow.people.all()) == 5
    async with both(sample("two").id) as uow:
        await uow.people.all()
    assert (len(both.damaged(sample("one").id)), len(both.damaged(sample("two").id))) == (0, 6)


def test_every_word_that_the_rules_may_store_fits_its_column() -> None:
    columns = {
        outbox.c.kind: NoticeKind, outbox.c.place_kind: PlaceKind,
        concerns.c.status: Status, concerns.c.route: Route, concerns.c.outcome: Outcome,
        actions.c.status: ActionStatus, actions.c.kind: ActionKind,
        referrals.c.status: ReferralStatus, referrals.c.method: Method,
    }  # fmt: skip
    for column, words in columns.items():
        assert isinstance(column.type, String)
        assert max(len(word.value) for word in words) <= (column.type.length or 0), column
    assert len(" ".join(Role)) <= (people.c.roles.type.length or 0), "somebody may hold them all"  # type: ignore[attr-defined]
    agencies = max(len(agency.key) for agency in ENGLAND.agencies)
    assert agencies <= (referrals.c.agency.type.length or 0)  # type: ignore[attr-defined]


async def test_every_word_that_the_rules_may_store_is_admitted(units: Units, school: Sample) -> None:
    thing = uuid4()
    async with units(school.id) as uow:
        for about, route, urgency in product(About, Route, Urgency):
            reference = await uow.concerns.free_reference(at=AT)
            one = school.concern(reference, about=about, route=route, urgency=urgency)
            await uow.concerns.save(one, because=school.raised(one, {}))
        for kind in NoticeKind:
            await uow.outbox.put(notice(kind=kind, subject=uuid4()))
        for deed in Deed:
            await uow.trail.append(school.entry(thing, deed))
        written = await uow.trail.of(thing)
    assert {line.entry.deed for line in written} == set(Deed)
    words = {
        concerns.c.about: About, concerns.c.route: Route, concerns.c.urgency: Urgency, outbox.c.kind: NoticeKind,
    }  # fmt: skip
    async with units.reading() as connection:
        for column, every in words.items():
            kept = await connection.execute(select(column).distinct())
            assert set(kept.scalars()) == {word.value for word in every}, column
