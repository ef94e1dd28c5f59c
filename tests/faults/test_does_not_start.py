"""What is not safe does not start: it says why in a sentence, on standard error and in the log, and serves nobody."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from bot import serving
from bot.__main__ import cli
from store import unopened
from store.engine import make_engine
from store.keys import make_key_file
from store.unopened import AWAY, DAMAGED, FOREIGN, FULL, NEWER
from tests.faults.outside import PATIENT, SAMPLE, Outside
from tests.postgres import drafts_locked

Given = Mapping[str, str]


async def _refusal(here: Outside, name: str, *arguments: str, **environment: str) -> str:
    """What it says as it ends, with the log of it: the sentence is in both."""
    log = here.folder / f"{name}.log"
    running = await here.start("serve", *arguments, log=log, **environment)
    assert await running.ended(within=PATIENT) == 2
    assert not await here.is_ready()
    said = log.read_text("utf-8")
    events = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    told = [event for event in events if event["event"] == "not_started"]
    assert [event["level"] for event in told] == ["error"]
    assert all(sentence in said.splitlines() for sentence in told[0]["say"])
    assert "Traceback" not in said
    return " ".join(told[0]["say"])


async def _each(here: Outside, expected: Mapping[str, Given]) -> None:
    said = await asyncio.gather(
        *(_refusal(here, f"{number}", **given) for number, given in enumerate(expected.values()))
    )
    for sentence, words in zip(expected, said, strict=True):
        assert sentence in words


async def test_each_fault_of_the_settings_and_keys_is_said_in_a_sentence(on_sqlite: Outside):
    here = on_sqlite
    await here.end(await here.serve())
    make_key_file(here.folder / "another.key")
    (here.folder / "short.key").write_text("AAAA\n", "ascii")
    (here.folder / "short.key").chmod(0o600)
    (here.folder / "open.toml").write_text("", "ascii")
    (here.folder / "open.toml").chmod(0o644)
    await _each(here, {
        "SLACK_API_URL must begin with https://": {"ENVIRONMENT": "production"},
        "PORT:": {"PORT": "soon"},
        "is missing or cannot be read": {"KEY_FILE": str(here.folder / "nowhere.key")},
        "does not belong to this database": {"KEY_FILE": str(here.folder / "another.key")},
        "has 3 bytes; it must have 32": {"KEY_FILE": str(here.folder / "short.key")},
        "Others can read or change open.toml": {"TENANTS_FILE": str(here.folder / "open.toml")},
        "nowhere.toml is not there": {"TENANTS_FILE": str(here.folder / "nowhere.toml")},
        "spool cannot be written": {"SPOOL_FOLDER": "/proc/nowhere/spool"},
        "cannot be made there": {"SIGNING_KEY_FILE": "/proc/nowhere/heard.signing"},
    })  # fmt: skip
    assert "nowhere.toml" in await _refusal(here, "file", "--school", str(here.folder / "nowhere.toml"))


async def test_where_something_else_listens_it_says_so(on_sqlite: Outside):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert "something else listens there" in await _refusal(on_sqlite, "port", PORT=port)
    assert "no address of this machine" in await _refusal(on_sqlite, "host", HOST="203.0.113.9")
    assert "no address of this machine" in await _refusal(on_sqlite, "name", HOST="heard.school.invalid")


def _sqlite(file: Path, *statements: str) -> str:
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return f"sqlite+aiosqlite:///{file}"


async def test_each_fault_of_the_database_is_said_in_a_sentence(on_sqlite: Outside):
    here = on_sqlite
    await here.end(await here.serve())
    (here.folder / "torn.db").write_bytes(b"no database " * 900)
    ours = here.environment["DATABASE_URL"].partition("///")[2]
    hurt = here.folder / "hurt.db"
    hurt.write_bytes(Path(ours).read_bytes())
    await _each(here, {
        AWAY: {"DATABASE_URL": f"sqlite+aiosqlite:///{here.folder}/nowhere/heard.db"},
        DAMAGED: {"DATABASE_URL": f"sqlite+aiosqlite:///{here.folder}/torn.db"},
        FOREIGN: {"DATABASE_URL": _sqlite(here.folder / "other.db", "CREATE TABLE orders (id INTEGER)")},
        "must begin with sqlite": {"DATABASE_URL": "mysql://somewhere/heard"},
        "DATABASE_URL is no address of a database": {"DATABASE_URL": "heard.db"},
        "in the table schools is damaged": {"DATABASE_URL": _sqlite(hurt, "UPDATE schools SET key = X'0102'")},
    })  # fmt: skip
    _sqlite(Path(ours), "UPDATE alembic_version SET version_num = '9999'")
    assert await _refusal(here, "newer") == NEWER


@pytest.mark.usefixtures("in_earnest")
async def test_each_fault_of_postgresql_is_said_in_a_sentence(on_postgresql: Outside):
    here, url = on_postgresql, on_postgresql.environment["DATABASE_URL"]
    await here.end(await here.serve())
    nowhere = url.rpartition("/")[0] + "/nowhere"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        await _each(here, {
            AWAY: {"DATABASE_URL": f"postgresql+asyncpg://postgres@127.0.0.1:{port}/heard", "HEARD": "silent"},
            unopened.REFUSED: {"DATABASE_URL": nowhere},
        })  # fmt: skip
    assert await _refusal(here, "closed", DATABASE_URL="postgresql+asyncpg://postgres@127.0.0.1:1/heard") == AWAY
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    assert await _refusal(here, "newer") == NEWER


async def test_what_another_holds_is_told_from_a_database_that_is_away(postgres_url: str):
    engine = make_engine(postgres_url, deadline=1.0)
    async with drafts_locked(postgres_url), engine.connect() as connection:
        with pytest.raises(DBAPIError) as held:
            await connection.execute(text("SELECT 1 FROM drafts"))
    await engine.dispose()
    assert unopened.why(held.value) == unopened.TAKEN


async def test_a_disk_without_room_is_told_from_a_database_that_is_away(tmp_path: Path):
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}")
    async with engine.begin() as connection:
        await connection.execute(text("PRAGMA max_page_count=3"))
        await connection.execute(text("CREATE TABLE some (words BLOB)"))
        with pytest.raises(DBAPIError) as full:
            await connection.execute(text("INSERT INTO some VALUES (zeroblob(90000))"))
        await connection.rollback()
    await engine.dispose()
    assert unopened.why(full.value) == FULL
    assert unopened.why(OSError(28, "No space left on device")) == FULL


def test_a_bug_has_a_reference_and_none_of_its_words(monkeypatch: pytest.MonkeyPatch, quiet_again: None):
    async def start(*_: object, **__: object) -> None:
        raise RuntimeError("CANARY")

    monkeypatch.setattr(serving, "start", start)
    done = CliRunner().invoke(cli, ["serve", "--school", str(SAMPLE)])
    assert done.exit_code == 2
    reference = done.stderr.rpartition("reference ")[2].strip().rstrip(".")
    assert "by a fault of its own" in done.stderr
    assert len(reference) == 8
    assert "CANARY" not in done.output + done.stderr
