"""`backup` and `restore` as a technician types them: what they say, and what they end with."""

import asyncio
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.clock import Clock
from bot.demo import SAMPLE
from bot.verifying import UNVERIFIED
from store.keys import make_key_file, read_key_file
from store.opening import open_units
from tests.store.sample import sample

SLACK = {"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxb-1"}


@pytest.fixture
def place(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a key and a database with nothing recorded in it; the settings point to it."""
    make_key_file(tmp_path / "heard.key")
    shutil.copyfile(sqlite_template, tmp_path / "heard.db")
    given = {**SLACK, "KEY_FILE": f"{tmp_path}/heard.key", "DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/heard.db"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def backed_up(place: Path) -> Path:
    done = typed("backup", "--to", f"{place}/backups")
    assert done.exit_code == 0, done.output
    assert "It counts as a backup once it has been verified" in done.output
    (made,) = (place / "backups").iterdir()
    return made


@pytest.mark.usefixtures("quiet_again")
def test_a_backup_is_made_verified_and_brought_back(place: Path):
    made = backed_up(place)
    tried = typed("restore", "--from", str(made), "--verify")
    assert tried.exit_code == 0, tried.output
    assert "every row is there" in tried.output
    assert (made / "verified.json").is_file()
    back = typed("restore", "--from", str(made), "--to", f"sqlite+aiosqlite:///{place}/back.db")
    assert back.exit_code == 0, back.output
    assert (place / "back.db").is_file()
    again = typed("restore", "--from", str(made), "--to", f"sqlite+aiosqlite:///{place}/back.db")
    assert again.exit_code == 2
    assert "into an empty one" in again.output


@pytest.mark.usefixtures("quiet_again")
@pytest.mark.parametrize("more", [[], ["--verify", "--to", "sqlite+aiosqlite:///x.db"]], ids=["neither", "both"])
def test_it_must_be_said_which(place: Path, more: list[str]):
    said = typed("restore", "--from", str(place), *more)
    assert said.exit_code == 2
    assert "either --verify, or --to" in said.output


@pytest.mark.usefixtures("quiet_again")
def test_an_old_one_is_refused_unless_its_age_is_said(place: Path, monkeypatch: pytest.MonkeyPatch):
    made = backed_up(place)
    monkeypatch.setattr("bot.copying._NOW", Clock(ahead=timedelta(days=9)))
    old = typed("restore", "--from", str(made), "--verify")
    assert old.exit_code == 2
    assert "9 days old" in old.output
    assert typed("restore", "--from", str(made), "--verify", "--at-most-days", "10").exit_code == 0


@pytest.mark.usefixtures("quiet_again")
def test_a_row_that_somebody_changed_is_named_and_only_its_number_brings_it_back(place: Path):
    asyncio.run(_recorded(place))
    with sqlite3.connect(place / "heard.db") as database:
        (concern,) = database.execute("SELECT id FROM concerns").fetchone()
        database.execute("UPDATE concerns SET urgency = 'record'")
    made, back = backed_up(place), f"sqlite+aiosqlite:///{place}/back.db"
    tried = typed("restore", "--from", str(made), "--verify")
    assert tried.exit_code == 2
    assert f"In the table concerns, row {UUID(concern)} " in tried.output
    assert "is not as entry 1 wrote it: urgency." in tried.output
    assert "--accept-rows 1" in tried.output
    assert not (made / "verified.json").exists()
    assert typed("restore", "--from", str(made), "--to", back).exit_code == 2
    assert typed("restore", "--from", str(made), "--to", back, "--accept-rows", "2").exit_code == 2
    assert not (place / "back.db").exists()
    done = typed("restore", "--from", str(made), "--to", back, "--accept-rows", "1")
    assert done.exit_code == 0, done.output
    assert "Not as it says, and brought back all the same: 1." in done.output


@pytest.mark.usefixtures("quiet_again")
def test_a_number_is_refused_where_every_row_is_as_it_should_be(place: Path):
    made = backed_up(place)
    said = typed("restore", "--from", str(made), "--to", f"sqlite+aiosqlite:///{place}/back.db", "--accept-rows", "1")
    assert said.exit_code == 2
    assert "every row in the backup is as its trail says" in said.output


@pytest.mark.usefixtures("quiet_again")
def test_a_backup_of_another_school_is_brought_back_for_nobody_to_take_for_their_own(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    """Under the same root key, as in a trust of schools: it is whole, and it is not this school's."""
    asyncio.run(_recorded(place))
    made, back = backed_up(place), f"sqlite+aiosqlite:///{place}/back.db"
    assert typed("restore", "--from", str(made), "--to", back).exit_code == 0
    monkeypatch.setenv("DATABASE_URL", back)
    said = typed("verify", "--school", str(SAMPLE))
    assert said.exit_code == UNVERIFIED
    assert "holds nothing of the school in that file" in said.output


async def _recorded(place: Path) -> None:
    school = sample("one")
    key = read_key_file(place / "heard.key")
    units = await open_units(f"sqlite+aiosqlite:///{place}/heard.db", root_key=key, schools=(school.roll,))
    concern = school.concern()
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
    await units.close()


@pytest.mark.usefixtures("quiet_again")
def test_another_key_and_no_backup_are_sentences(place: Path):
    made = backed_up(place)
    (place / "heard.key").unlink()
    make_key_file(place / "heard.key")
    assert "under another key" in typed("restore", "--from", str(made), "--verify").output
    nothing = typed("restore", "--from", f"{place}/nowhere", "--verify")
    assert nothing.exit_code == 2
    assert "no whole backup" in nothing.output
