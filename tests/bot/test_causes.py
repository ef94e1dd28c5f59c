"""Each entry of the trail says by which door it came, and all of one request share an id that is ours."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from bot.causes import Caused
from bot.clock import Clock
from bot.demo import Stage, free_address, on_stage
from handlers.conversation import CommandTyped
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Login
from schedules.timetable import Job, Uses


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, address=free_address(0), clock=Clock()) as stage:
        yield stage


async def causes(stage: Stage, table: str) -> list[tuple[str, str, str]]:
    async with stage.program.units.reading() as connection:
        bodies = [json.loads(body) for (body,) in await connection.execute(text(f"SELECT body FROM {table}"))]  # noqa: S608
    return [(body["deed"], body["source"], body["request"]) for body in bodies]


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_what_somebody_asks_for_is_of_their_platform_and_of_one_request(stage, platform):
    desk = Caused(stage.program.desk, stage.program.units.school_of)
    tenant = next(tenant for name, tenant in stage.program.files[0].school.tenants if name == platform)
    for _ in range(2):  # a stranger in a tenant that is ours: turned away, and that is kept
        await desk.answer(CommandTyped(who=Login(platform=platform, tenant=tenant, user="U-NOBODY")))
    kept = [(source, request) for deed, source, request in await causes(stage, "entries") if deed == "refused"]
    assert [source for source, _ in kept] == [platform, platform]
    assert len({request for _, request in kept}) == 2
    assert all(len(request) == 32 for _, request in kept)


async def test_what_is_turned_away_at_the_gate_and_what_a_job_does_say_so(stage):
    async with AsyncClient(transport=ASGITransport(stage.program.app), base_url="http://heard") as client:
        assert (await client.post("/slack/events", content=b"{}")).status_code == 401
    ((_, source, request),) = await causes(stage, "turned_away")
    assert (source, len(request)) == ("gate", 32)
    school = stage.program.files[0].school.id

    async def themes(uses: Uses, at: datetime) -> None:
        async with uses.units(school) as uow:
            await uow.trail.append(Entry(deed=Deed.THEMES, at=at, by=None, thing=None))

    await stage.program.worker._run(Job(name="themes", every=60, run=themes))
    ((_, source, request),) = await causes(stage, "entries")
    assert (source, request[:7]) == ("job", "themes-")
