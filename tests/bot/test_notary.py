"""Checkpoints are signed while the program works and when it stops, and copied to where the database is not."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.demo import Stage, free_address, on_stage
from bot.notary import EVERY
from handlers.rules.chronology import Deed, Entry
from store.checkpoints import newest
from store.notes import is_signed, origin_of
from store.reading_only import open_to_read
from store.signing import read_public
from tests.store.sample import AT


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(
        tmp_path, address=free_address(0), clock=Clock(), checkpoint_folder=tmp_path / "copies"
    ) as stage:
        yield stage


async def happens(stage: Stage) -> None:
    async with stage.program.units(stage.program.files[0].school.id) as uow:
        await uow.trail.append(Entry(deed=Deed.THEMES, at=AT, by=None, thing=None))


def copies(folder: Path, stage: Stage) -> list[str]:
    place = folder / "copies" / origin_of(stage.program.files[0].school.id).replace("/", "-")
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


async def test_where_something_was_written_it_is_signed_once_and_copied(stage, tmp_path):
    assert EVERY == 300
    await happens(stage)
    for _ in range(2):
        await stage.program.worker.catch_up()
    first = copies(tmp_path, stage)
    assert [name.partition(".")[2] for name in first] == ["evidence", "note"]
    note = (tmp_path / "copies" / origin_of(stage.program.files[0].school.id).replace("/", "-") / first[1]).read_text()
    assert is_signed(note, read_public(tmp_path / "heard.signing"))
    await happens(stage)
    await stage.program.worker.catch_up()
    assert len(copies(tmp_path, stage)) == 4


async def test_what_was_written_last_is_signed_when_the_program_stops(tmp_path):
    async with on_stage(tmp_path, address=free_address(0), clock=Clock()) as stage:
        await happens(stage)
        school, url = stage.program.files[0].school.id, stage.settings.database_url
    async with open_to_read(url) as opened, opened.reading() as connection:
        kept = await newest(connection, school)
    assert kept is not None
    assert kept.checkpoint.size >= 1


async def test_a_folder_that_cannot_be_written_to_is_told_and_stops_nothing(stage, tmp_path, caplog):
    (tmp_path / "copies").write_text("a file where the folder should be")
    await happens(stage)
    await stage.program.worker.catch_up()
    said = [record for record in caplog.records if record.message == "checkpoint_not_copied"]
    assert [record.levelname for record in said] == ["ERROR"]
    assert "kingfisher" not in json.dumps([record.event for record in said], default=str).lower()
