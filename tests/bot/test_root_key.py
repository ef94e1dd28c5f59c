"""Where the root key comes from, what is refused, and how it is changed: as a technician types it."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.root_key import root_key
from bot.settings import Incomplete, read_settings
from store.keys import make_key_file, read_key_file
from store.opening import open_units
from tests.store.sample import Sample, sample

pytestmark = pytest.mark.usefixtures("quiet_again")


@pytest.fixture
def place(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_key_file(tmp_path / "heard.key")
    shutil.copyfile(sqlite_template, tmp_path / "heard.db")
    monkeypatch.setenv("KEY_FILE", f"{tmp_path}/heard.key")
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/heard.db")
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def test_the_key_is_changed_by_one_command_and_the_old_one_is_kept(place: Path):
    old = read_key_file(place / "heard.key")
    done = typed("keys", "rotate")
    assert done.exit_code == 0, done.output
    assert "start each process anew" in done.output
    (kept,) = place.glob("heard.key.before-*")
    assert read_key_file(kept) == old != read_key_file(place / "heard.key")


def test_without_a_key_nothing_is_changed_and_none_is_made(place: Path):
    (place / "heard.key").unlink()
    done = typed("keys", "rotate")
    assert (done.exit_code, "is missing" in done.output) == (2, True)
    assert [path.name for path in place.glob("*.key*")] == []


def handed_over(place: Path, mode: int, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = place / "credentials"
    folder.mkdir()
    make_key_file(folder / "heard")
    (folder / "heard").chmod(mode)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    monkeypatch.setenv("KEY_CREDENTIAL", "heard")


@pytest.mark.parametrize("mode", [0o400, 0o440])
def test_a_credential_of_systemds_takes_the_place_of_the_file(place, monkeypatch, mode):
    handed_over(place, mode, monkeypatch)
    assert root_key(read_settings()) == read_key_file(place / "credentials" / "heard", others=0)
    done = typed("keys", "rotate")
    assert (done.exit_code, "systemd-creds" in done.output) == (2, True)


@pytest.mark.parametrize("mode", [0o444, 0o404, 0o446])
def test_a_credential_that_everybody_can_read_is_refused(place, monkeypatch, mode):
    handed_over(place, mode, monkeypatch)
    with pytest.raises(Incomplete, match="Others can read"):
        root_key(read_settings())


@pytest.mark.parametrize("name", ["heard", "../heard.key"])
def test_a_credential_that_was_not_handed_over_is_said_and_no_other_file_is_taken(place, monkeypatch, name):
    monkeypatch.setenv("KEY_CREDENTIAL", name)
    with pytest.raises(Incomplete, match="systemd has handed no such credential over"):
        root_key(read_settings())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_64_a_key_file_that_others_can_read_is_refused(place, mode):
    (place / "heard.key").chmod(mode)
    with pytest.raises(Incomplete, match="Others can read the key file"):
        root_key(read_settings())


async def enrolled(place: Path, *schools: Sample) -> None:
    url, key = f"sqlite+aiosqlite:///{place}/heard.db", read_key_file(place / "heard.key")
    await (await open_units(url, root_key=key, schools=[school.roll for school in schools])).close()


def test_each_school_is_given_a_key_and_it_is_said_what_came_of_it(place: Path):
    asyncio.run(enrolled(place, school := sample("one")))
    done = typed("keys", "schools")
    assert done.exit_code == 0, done.output
    assert f"The school {school.id} has a new key" in done.output
    assert "former key" not in done.output


@pytest.mark.parametrize("command", ["rotate", "schools"])
def test_a_school_that_cannot_be_opened_is_named_and_the_command_says_so_by_its_end(place: Path, command: str):
    school, other = sample("one"), sample("two")
    asyncio.run(enrolled(place, school, other))
    with sqlite3.connect(place / "heard.db") as database:
        database.execute("UPDATE schools SET key = X'00' WHERE school = ?", (school.id.hex,))
    done = typed("keys", command)
    assert (done.exit_code, f"The school {school.id} was passed over" in done.output) == (2, True), done.output
    asyncio.run(enrolled(place, other))


def test_where_there_is_no_school_yet_that_is_said(place: Path):
    done = typed("keys", "schools")
    assert (done.exit_code, "no school in the database" in done.output) == (2, True), done.output
