"""From the file of pupils to the program that starts with it, or goes on with the one of before and says so."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.checking import check_school
from bot.clock import Clock
from bot.demo import SAMPLE, Stage, free_address, on_stage
from bot.serving import Schools, start
from bot.settings import Incomplete
from bot.verifying import HOLDS, UNVERIFIED, verify_trail
from bot.wiring import Program
from tests.bot.figures import TOKEN, told
from tests.bot.moments import IN_TERM

STRAY = ("KF0003,Erin Stanton", 'KF0003,"Erin Stanton')
NAMES = re.compile(r"Stanton|Erin|KF0003")


@pytest.fixture
async def stage(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, address=free_address(0), clock=Clock(), metrics_token=TOKEN) as stage:
        yield stage


@pytest.fixture
def school(tmp_path: Path) -> Path:
    for name in ("school.toml", "pupils.csv"):
        shutil.copy(SAMPLE.parent / name, tmp_path / name)
    return tmp_path / "school.toml"


def writes(school: Path, old: str, new: str) -> None:
    file = school.parent / "pupils.csv"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def halves(school: Path) -> int:
    """Leave only the first half of the children; returns how many went."""
    file = school.parent / "pupils.csv"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(lines[:150]) + "\n", "utf-8")
    return len(lines) - 150


async def starts(stage: Stage, school: Path, accepted: int | None = None) -> Program:
    program = await start(stage.settings, Schools(paths=[school], accepted=accepted))
    await program.say_what_stands()
    return program


async def held(program: Program) -> tuple[bool, int]:
    """Whether the old list stands, and how many children can be found."""
    async with program.units(program.files[0].school.id) as uow:
        found = len(await uow.pupils.search("a") or ()), len(await uow.pupils.search("7"))
    await program.close()
    return program.held(program.files[0]) is not None, sum(found)


async def test_a_roll_with_a_stray_quote_is_not_taken_and_the_program_starts_and_says_so(stage, school, caplog):
    whole = await held(await starts(stage, school))
    writes(school, *STRAY)
    caplog.clear()
    program = await starts(stage, school)
    (record,) = [record for record in caplog.records if record.getMessage() == "roll_held"]
    assert record.levelname == "WARNING"
    assert "line 4 of pupils.csv has a quote mark that is not closed" in str(record.event)
    assert not NAMES.search(str(record.event))
    figures = await told(program.app)
    assert [value for name, value in figures.items() if name.startswith("heard_roll_held{school=")] == [1]
    assert await held(program) == (True, whole[1])
    found = [finding.text for finding in await check_school(stage.settings, school, at=IN_TERM) if finding.wrong]
    assert found[0].startswith("pupils: line 4 of pupils.csv")
    assert found[1].startswith("pupils: the list of before still stands, with ")
    assert not NAMES.search(str(found))
    verdict = await verify_trail(stage.settings, school)
    assert verdict.status == HOLDS, verdict.words


async def test_a_roll_of_half_the_children_asks_first_and_says_what_to_type(stage, school):
    number = halves(school)
    found = [finding.text for finding in await check_school(stage.settings, school, at=IN_TERM) if finding.wrong]
    assert f"would take {number} of " in found[0]
    assert f"--accept-shrink {number}" in found[1]
    assert await held(await starts(stage, school)) == await held(await starts(stage, school, number + 1))
    taken, before = await held(await starts(stage, school, number)), await held(await starts(stage, SAMPLE))
    assert not taken[0]
    assert taken[1] < before[1]
    assert [finding for finding in await check_school(stage.settings, school, at=IN_TERM) if finding.wrong]


async def test_no_roll_at_all_in_the_school_file_takes_nobody_off_it(stage, school):
    school.write_text(school.read_text("utf-8").replace('pupils = "pupils.csv"', ""), "utf-8")
    stands, found = await held(await starts(stage, school))
    assert stands
    assert found > 0


async def test_where_there_is_none_of_before_it_does_not_start_and_check_says_the_line_once(stage, school, tmp_path):
    writes(school, *STRAY)
    fresh = stage.settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{tmp_path}/fresh.db"})
    with pytest.raises(Incomplete, match="line 4 of pupils"):
        await start(fresh, Schools(paths=[school]))
    found = [finding.text for finding in await check_school(fresh, school, at=IN_TERM) if finding.wrong]
    assert len(found) == 1
    assert found[0].startswith("pupils: line 4 of pupils.csv")
    assert (await verify_trail(fresh, school)).status == UNVERIFIED


async def test_without_names_in_what_is_said_of_a_change(stage, school):
    file = school.parent / "pupils.csv"
    heading, *rows = file.read_text("utf-8").splitlines()
    keys, rest = [row.partition(",")[0] for row in rows], [row.partition(",")[2] for row in rows]
    slipped = [f"{key},{other}" for key, other in zip(keys, rest[1:] + rest[:1], strict=True)]
    file.write_text("\n".join([heading, *slipped]) + "\n", "utf-8")
    found = [finding.text for finding in await check_school(stage.settings, school, at=IN_TERM) if finding.wrong]
    assert "the new list puts another name to " in found[0]
    assert not NAMES.search(str(found))


def test_serve_and_work_take_the_number(monkeypatch, school):
    given = []

    async def noted(settings, schools, **more):
        given.append(schools.accepted)

    monkeypatch.setattr("bot.serving.serve_schools", noted)
    monkeypatch.setattr("bot.serving.work_schools", noted)
    for command in ("serve", "work"):
        assert CliRunner().invoke(cli, [command, "--school", str(school), "--accept-shrink", "12"]).exit_code == 0
        assert CliRunner().invoke(cli, [command, "--school", str(school)]).exit_code == 0
    assert given == [12, None, 12, None]
