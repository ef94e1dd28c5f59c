"""Count the cards that come twice: `python -m tests.bench.twins`, `... twins 300` for so many cuts. Asserts nothing.

The outbox delivers into the local Slack over HTTP, and each delivery is cut off at the worst moment: as Slack has taken
the card of a concern in the leads' channel, and before that is written down. Then its lease runs out, and another goes
on. With the scope by which a card is looked up, and without it. The store is SQLite, in a folder of its own.
"""

import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping

import aiohttp
from fastapi import FastAPI

from bot.playground.listening import free_port, listening
from bot.playground.slack.api import slack_app
from bot.playground.slack.world import SlackWorld
from bot.slack.app import web_client
from bot.slack.courier import SlackCourier
from handlers.platform_ports import Courier, Place
from handlers.post.deliveries import deliver_due
from handlers.ui.card import Card
from manifest import slack as manifest
from store.opening import open_units
from store.unit_of_work import Units
from tests.bot.playground.slack_stage import SECRET, TOKEN, cast
from tests.handlers.conftest import KEY
from tests.handlers.posting import Post
from tests.handlers.school import ANSWERS, ROLL, Here

CUTS = 300
"""Concerns, each of which is cut off once."""


class Cut(BaseException):
    """As a power cut is: nothing of ours hears of it."""


class Cutting(SlackCourier):
    """The real courier; each concern's first card in the channel is cut off as Slack has taken it."""

    def __init__(self, client, cuts: int) -> None:
        async def allowed(_: Place) -> frozenset[str]:
            return frozenset({"U0ANN"})

        super().__init__(client, allowed=allowed)
        self.left = cuts
        self.cut_off = False

    async def post(self, place: Place, card: Card) -> str:
        posted = await super().post(place, card)
        if self.left and not self.cut_off:
            self.left -= 1
            self.cut_off = True
            raise Cut
        self.cut_off = False
        return posted


async def main(cuts: int) -> None:
    for look_up in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            units = await open_units(f"sqlite+aiosqlite:///{folder}/heard.db", root_key=KEY, schools=(ROLL,))
            counted = await _counted(units, cuts, look_up=look_up)
            await units.close()
        shown, may = dict(Counter(counted.values())), "granted" if look_up else "not granted"
        print(f"groups:history {may}: {cuts} cut off; concerns by how many messages each has: {shown}")


async def _counted(units: Units, cuts: int, *, look_up: bool) -> Mapping[str, int]:
    """How many messages stand in the channel, by the mark of the card."""
    port = free_port()
    asked = manifest.manifest("https://heard.example.school", look_up=look_up)
    world = SlackWorld(
        cast(), signing_secret=SECRET, bot_token=TOKEN, service_url=f"http://127.0.0.1:{port}/slack",
        events_url="http://127.0.0.1:9/slack/events", manifest=asked,
    )  # fmt: skip
    world.switchboard.throttled = False
    app = FastAPI()
    app.mount("/slack", slack_app(world))
    async with listening(app, port), aiohttp.ClientSession() as session:
        courier = Cutting(web_client(TOKEN, f"http://127.0.0.1:{port}/slack/api/", session), cuts)
        here = Here(units)
        for _ in range(cuts):
            await here.raises(answers=ANSWERS)
            while await _delivers(here, courier):
                pass
    there = [one for one in world.channels["C0LEADS"].messages if not one.deleted]
    return Counter(str(one.metadata["event_payload"]) for one in there)


async def _delivers(here: Here, courier: Courier) -> int:
    """A cut ends everything under way, and the lease runs out."""
    try:
        return await deliver_due(here.units, {"slack": Apart(courier)}, at=here.at, mishap=print)
    except BaseExceptionGroup as group:
        if group.split(Cut)[1] is not None:
            raise
    await here.units.take_over()
    return 1


class Apart(Post):
    """People's own chats are kept here, and the leads' channel is Slack's."""

    def __init__(self, courier: Courier) -> None:
        super().__init__()
        self.courier = courier

    def __getattribute__(self, name: str) -> object:
        plain = object.__getattribute__(self, name)
        if name not in ("post", "update", "withdraw", "find"):
            return plain
        courier = object.__getattribute__(self, "courier")

        async def by_place(place: Place, *rest: object) -> object:
            return await (getattr(courier, name) if place.kind == "channel" else plain)(place, *rest)

        return by_place


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if sys.argv[1:] else CUTS))
