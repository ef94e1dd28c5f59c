"""`backup` and `restore` as a technician types them: what they say, and what they end with."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.clock import Clock
from store.keys import make_key_file

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
def test_another_key_and_no_backup_are_sentences(place: Path):
    made = backed_up(place)
    (place / "heard.key").unlink()
    make_key_file(place / "heard.key")
    assert "under another key" in typed("restore", "--from", str(made), "--verify").output
    nothing = typed("restore", "--from", f"{place}/nowhere", "--verify")
    assert nothing.exit_code == 2
    assert "no whole backup" in nothing.output
