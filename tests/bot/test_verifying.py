"""`verify`: opens a database to read alone, never passes what is not there, and ends as its page says."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.demo import SAMPLE
from bot.school_file import read_school_file
from bot.settings import read_settings
from bot.verifying import BROKEN, HOLDS, UNVERIFIED, Said, verify_trail
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Status
from store.opening import open_units
from store.rolls import Roll
from store.tables import concerns
from tests.commands import Command
from tests.store.forging import past_the_triggers
from tests.store.sample import AT, ROOT, sample

FILE = read_school_file(SAMPLE)
ROLL = Roll(school=FILE.school, people=FILE.people, pupils=FILE.pupils)


async def served(url: str, *, entries: int = 3) -> None:
    """A database in which the sample school was served, and so much has happened."""
    units = await open_units(url, root_key=ROOT, schools=(ROLL,))
    async with units(FILE.school.id) as uow:
        for _ in range(entries):
            await uow.trail.append(Entry(deed=Deed.THEMES, at=AT, by=FILE.people[0][0].id, thing=None))
    await units.close()


async def verdict(url: str) -> Said:
    """By somebody who has no key."""
    return await verify_trail(read_settings(database_url=url, key_file=Path("there-is-no-such.key")), SAMPLE)


async def test_a_trail_that_holds_is_said_to_hold_and_how_long_it_is_without_a_key(database_url):
    await served(database_url)
    assert await verdict(database_url) == Said(
        HOLDS,
        "The audit trail holds: each of its 3 entries follows from the one before. No checkpoint of it is known yet: "
        "whoever holds the database could have written it all anew.",
    )


async def test_a_row_that_somebody_changed_is_named_by_its_table_and_column_and_not_by_what_stands_there(database_url):
    await served(database_url)
    reporter, owner = FILE.people[0][0].id, FILE.people[1][0].id
    concern = sample().concern(reporter=reporter, owner=owner, status=Status.ACCEPTED, accepted_at=AT)
    units = await open_units(database_url, root_key=ROOT, schools=(ROLL,))
    async with units(FILE.school.id) as uow:
        raised = Entry(deed=Deed.RAISED, at=AT, by=reporter, thing=concern.id)
        await uow.concerns.save(concern, because=raised)
    await units.close()
    found = await verdict(database_url)
    assert (found.status, "Rows of cases that are as the trail says: 1." in found.words) == (HOLDS, True)
    await past_the_triggers(database_url, update(concerns).values(urgency="record", owner=reporter))
    found = await verdict(database_url)
    assert (found.status, found.words.splitlines()[1:]) == (BROKEN, [
        f"In the table concerns, row {concern.id} is not as entry 4 wrote it: owner, urgency.",
        "Not as the trail says: 1. Somebody wrote there past the program.",
    ])  # fmt: skip
    assert str(reporter) not in found.words
    assert found.words.startswith("The audit trail holds")


async def test_a_trail_that_is_empty_is_not_said_to_hold(database_url):
    await served(database_url, entries=0)
    found = await verdict(database_url)
    assert (found.status, "is empty" in found.words) == (UNVERIFIED, True)


async def test_a_database_of_another_school_is_not_said_to_hold(database_url):
    other = sample()
    units = await open_units(database_url, root_key=ROOT, schools=(other.roll,))
    async with units(other.id) as uow:
        await uow.trail.append(other.entry(None, Deed.THEMES))
    await units.close()
    found = await verdict(database_url)
    assert (found.status, "nothing of the school in that file" in found.words) == (UNVERIFIED, True)


async def test_a_mistyped_address_makes_no_file(tmp_path):
    for name in ("heard.bd", "no/such/folder/heard.db", ""):
        found = await verdict(f"sqlite+aiosqlite:///{tmp_path / name}")
        assert (found.status, "There is no database" in found.words) == (UNVERIFIED, True)
    assert list(tmp_path.iterdir()) == []


async def test_a_mistyped_address_of_a_server_or_of_a_database_is_said(postgres_server):
    for url in (postgres_server.url("no_such"), "postgresql+asyncpg://nobody@127.0.0.1:1/heard", "heard.db", "mysql://x/y"):
        found = await verdict(url)
        assert found.status == UNVERIFIED, url
        assert "heard.db" not in found.words.replace("DATABASE_URL", "") or url == "heard.db"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400])
async def test_a_file_that_is_none_of_ours_is_refused_and_left_as_it_is(tmp_path, content):
    (file := tmp_path / "other.db").write_bytes(content)
    assert (await verdict(f"sqlite+aiosqlite:///{file}")).status == UNVERIFIED
    assert file.read_bytes() == content


async def test_a_database_of_something_else_is_refused_and_left_as_it_is(tmp_path):
    connection = sqlite3.connect(file := tmp_path / "other.db")
    connection.execute("CREATE TABLE guests (name TEXT)")
    connection.close()
    before = file.read_bytes()
    found = await verdict(f"sqlite+aiosqlite:///{file}")
    assert (found.status, "not one of Heard's" in found.words) == (UNVERIFIED, True)
    assert file.read_bytes() == before


async def test_a_schema_that_is_older_is_not_brought_forward_by_somebody_who_looks(tmp_path, sqlite_url):
    await served(sqlite_url)
    connection = sqlite3.connect(tmp_path / "heard.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    found = await verdict(sqlite_url)
    assert (found.status, "another version" in found.words) == (UNVERIFIED, True)
    assert list(connection.execute("SELECT version_num FROM alembic_version")) == [("0001",)]
    connection.close()


async def test_a_file_that_was_cut_short_is_never_said_to_hold(tmp_path, sqlite_url):
    await served(sqlite_url, entries=400)
    file = tmp_path / "heard.db"
    whole = file.read_bytes()
    for part in (0.3, 0.6, 0.9, 0.99):
        file.write_bytes(whole[: int(len(whole) * part)])
        assert (await verdict(sqlite_url)).status != HOLDS, part


@pytest.mark.parametrize(
    "attack",
    [
        ("DELETE FROM entries", "DELETE FROM heads"),
        ("DELETE FROM entries", "UPDATE heads SET sequence = 0, newest = zeroblob(32), peaks = zeroblob(0)"),
    ],
)
async def test_a_school_whose_log_was_dropped_is_not_taken_for_a_new_one(tmp_path, sqlite_url, attack):
    school = sample()
    units = await open_units(sqlite_url, root_key=ROOT, schools=(ROLL,))
    async with units(FILE.school.id) as uow:
        concern = school.concern(await uow.concerns.free_reference(at=AT), reporter=FILE.people[0][0].id)
        await uow.concerns.save(concern, because=school.raised(concern))
    await units.close()
    connection = sqlite3.connect(tmp_path / "heard.db")
    with connection:
        for statement in ("DROP TRIGGER entries_refuse_delete", *attack):
            connection.execute(statement)
    connection.close()
    found = await verdict(sqlite_url)
    assert (found.status, "entry 1 " in found.words) == (BROKEN, True)


async def test_the_command_ends_as_its_page_says(tmp_path, sqlite_url, command: Command):
    async def run(url: str) -> tuple[int | None, str, str]:
        done = await command("verify", "--school", str(SAMPLE), environment={**os.environ, "DATABASE_URL": url})
        return done.returncode, done.stdout, done.stderr

    status, out, err = await run(f"sqlite+aiosqlite:///{tmp_path / 'mistyped.db'}")
    assert (status, out, err.count("\n")) == (UNVERIFIED, "", 1)
    await served(sqlite_url)
    assert (await run(sqlite_url))[::2] == (HOLDS, "")
    connection = sqlite3.connect(tmp_path / "heard.db")
    with connection:
        connection.execute("DROP TRIGGER entries_refuse_delete")
        connection.execute("DELETE FROM entries WHERE sequence = 2")
    connection.close()
    status, out, err = await run(sqlite_url)
    assert (status, err, "entry 2 " in out) == (BROKEN, "", True)
