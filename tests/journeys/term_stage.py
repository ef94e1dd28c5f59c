"""The term on the stage: the whole program and the local platforms over HTTP, the worker carrying what is due."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.demo import Stage, free_address, on_stage
from bot.playground.thumbs import Thumbs
from bot.school_file import SchoolFile
from tests.journeys.gestures import PATIENT
from tests.journeys.term import StillClock, Stood


class OnStage(Stood):
    def __init__(self, stage: Stage, file: SchoolFile, folder: Path, clock: StillClock) -> None:
        super().__init__(file, folder, clock)
        self.stage = stage

    def on(self, key: str) -> Thumbs:
        world = self.stage.teams if self.account(key).platform == "teams" else self.stage.slack
        return world.thumbs(key)

    async def tick(self) -> None:
        await self.stage.program.worker.catch_up()

    async def carried(self) -> None:
        limit = time.monotonic() + PATIENT
        while self.rows("select 1 from outbox where state <> 'dead' limit 1"):
            assert time.monotonic() < limit, "the outbox does not become empty"
            await asyncio.sleep(0.003)

    def message(self, platform: str, user: str, id: str) -> str:
        slack, teams = self.stage.slack, self.stage.teams
        if platform == "slack":
            found = (slack.im(user) if user else slack.leads).find(id)
            assert found is not None, f"{self.now()}: nothing stands on Slack"
            return json.dumps(found.blocks)
        posted = (teams.personal_chat(user) if user else teams.leads).find(id)
        assert posted is not None, f"{self.now()}: nothing stands on Teams"
        return json.dumps(posted.activity)

    def count(self) -> int:
        places = [*self.stage.slack.channels.values(), *self.stage.teams.conversations.values()]
        every = [one for place in places for one in place.messages if not one.deleted]
        return sum(not one.author and one.only_for is None for one in every)

    async def out_of_office(self, key: str, *, away: bool) -> None:
        await self.stage.away(key, away=away)


@asynccontextmanager
async def term_on_stage(folder: Path, file: SchoolFile, clock: StillClock) -> AsyncGenerator[OnStage]:
    async with on_stage(folder, address=free_address(0), clock=clock, file=file) as stage:
        stage.slack.switchboard.throttled = False  # a term is a minute here: the platforms' limits are by the second
        stage.teams.weather.connector.throttled = False
        stood = OnStage(stage, file, folder, clock)
        yield stood
        stood.close()
        assert [*stage.slack.refusals, *stage.teams.refusals] == []
