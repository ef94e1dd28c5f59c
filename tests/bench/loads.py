"""Measure the program under load: `python -m tests.bench.loads`, `... loads 10` for ten seconds of each.
`... loads 10 PostgreSQL` for one of the two databases.

It asserts nothing. The program runs in a process of its own, on SQLite and on PostgreSQL (durable both), and is asked
over HTTP by the local Slack, signed. Each submission is that of a real window, with a key of its own. Slack takes a
message a second in one channel; here it takes them as they come, so that the program is what is measured.
"""

import asyncio
import copy
import json
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from bot.playground.slack import sender
from tests import postgres
from tests.bench import spent
from tests.faults.outside import Nursery, Outside, outside

A_SECOND = 20
IN_A_MINUTE = 1_000
WRITERS = 16
SECONDS = 60.0
REPORTERS = ("tess", "ravi", "sol")
CHILD = "Mia Patel · 8B · Year 8"
_CARD = re.compile(r"Safeguarding concern (\d\d-\d{5,6})$")
"""The heading of a triage card. The channel has other messages too: a digest names references as well."""
_REFUSED = "NOT SAVED"


@dataclass(slots=True, kw_only=True)
class Load:
    here: Outside
    window: dict[str, Any]
    """What Slack sends of a quick concern."""
    users: Sequence[str]
    pupils: Sequence[str]
    pids: Mapping[str, int]
    """The program's, and the database's where that has a process of its own."""
    lost: int = 0
    """Submissions that were not answered within three seconds, or with a refusal."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def submit(self) -> None:
        number = next(self.numbers)
        sent = copy.deepcopy(self.window)
        sent["user"]["id"] = self.users[number % len(self.users)]
        sent["view"]["private_metadata"] = json.dumps({"key": str(uuid4()), "page": 1})
        values = sent["view"]["state"]["values"]
        values["child_1"]["search_pupils"]["selected_option"]["value"] = self.pupils[number % len(self.pupils)]
        values["facts"]["answer"]["value"] = f"She held her sleeve down, number {number}."
        answer = await sender.send_payload(self.here.slack, sent)
        self.lost += not answer.good or _REFUSED in answer.text

    async def stored(self) -> int:
        """As the program counts them: nobody accepts one here."""
        return int((await self.here.figures())["heard_concerns_unaccepted"])

    def spent(self) -> dict[str, float]:
        """Seconds of the processor so far, by who spent them; the last is the stand-in and whoever sends."""
        return {name: spent.seconds(pid) for name, pid in self.pids.items()} | {"the others": time.process_time()}

    def cards(self) -> Counter[str]:
        """Triage cards in the leads' channel, by reference."""
        shown = [one.blocks[0] for one in self.here.slack.leads.messages if one.blocks and not one.deleted]
        headings = (block["text"]["text"] for block in shown if block["type"] == "header")
        return Counter(found[1] for found in map(_CARD.search, headings) if found)


async def begun(here: Outside, pids: Mapping[str, int]) -> Load:
    """One real window, filled and sent by hand: what comes after is as it was."""
    tess = here.person("tess")
    await tess.say("/concern quick")
    await _until(lambda: tess.window() is not None)
    said = {"What you saw or heard": "She held her sleeve down.", "How soon must someone act?": "This week"}
    await tess.fill({**said, "Child": CHILD})
    await tess.press("Send")
    await here.quiet()
    body = next(one.request.body for one in here.slack.deliveries if one.request.kind == "view_submission")
    users = [person.slack_user for person in here.slack.cast.people if person.key in REPORTERS and person.slack_user]
    pupils = [str(pupil.id) for pupil in here.file.pupils]
    return Load(here=here, window=json.loads(parse_qs(body)["payload"][0]), users=users, pupils=pupils, pids=pids)


async def evenly(load: Load, *, many: int, seconds: float) -> list[float]:
    """So many over that time, whoever waits still; seconds from when each was due to its answer."""
    begin, took = time.perf_counter(), list[float]()

    async def one(due: float) -> None:
        await asyncio.sleep(begin + due - time.perf_counter())
        await load.submit()
        took.append(time.perf_counter() - begin - due)

    await asyncio.gather(*(one(number * seconds / many) for number in range(many)))
    return sorted(took)


async def writers(load: Load, *, seconds: float) -> float:
    """How many a second come in where so many people send one after another."""
    end, done = time.perf_counter() + seconds, count()

    async def one() -> None:
        while time.perf_counter() < end:
            await load.submit()
            next(done)

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(WRITERS)))
    return next(done) / (time.perf_counter() - began)


async def measure(name: str, url: str, nursery: Nursery, seconds: float, *, database: int = 0) -> None:
    """`database`: the process of it, where it has one of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with outside(Path(folder), url or f"sqlite+aiosqlite:///{folder}/heard.db", nursery) as here:
            here.slack.switchboard.throttled = here.teams.weather.connector.throttled = False
            program = await here.serve()
            await here.teams.install()
            pids = {"the program": program.pid} | ({"the database": database} if database else {})
            load = await begun(here, pids)
            await evenly(load, many=50, seconds=5)  # warm
            await here.quiet()
            await _told(name, f"{A_SECOND} a second for {seconds:.0f} s", load, lambda: _steady(load, seconds))
            await _told(name, f"{IN_A_MINUTE} in a minute", load, lambda: _rush(load, seconds))
            await _told(name, f"{WRITERS} writers", load, lambda: _crowd(load, seconds))


async def _steady(load: Load, seconds: float) -> str:
    return _times(await evenly(load, many=int(A_SECOND * seconds), seconds=seconds))


async def _rush(load: Load, seconds: float) -> str:
    took = await evenly(load, many=int(IN_A_MINUTE * seconds / 60), seconds=seconds)
    return _times(took)


async def _crowd(load: Load, seconds: float) -> str:
    return f"{await writers(load, seconds=seconds / 3):.0f} commits a second"


async def _told(name: str, what: str, load: Load, do: Callable[[], Awaitable[str]]) -> None:
    """With how many came in, how many were told otherwise, and how long until each had its card."""
    before, lost, sent, spent = await load.stored(), load.lost, next(load.numbers), load.spent()
    figures = await do()
    sent, ended = next(load.numbers) - sent - 1, time.perf_counter()
    stored = await load.stored() - before
    waiting = await load.here.waiting()
    while await load.here.waiting():  # noqa: ASYNC110 (the program sends no word)
        await asyncio.sleep(1)  # to ask it for its figures costs it as much as a card
    behind, cards = time.perf_counter() - ended, load.cards()
    twice = sum(number > 1 for number in cards.values())
    print(f"{name}, {what}: {figures}; {sent} sent, {stored} stored, {load.lost - lost} told otherwise or late")
    each = {who: (now - spent[who]) * 1000 / max(stored, 1) for who, now in load.spent().items()}
    print("  CPU for each, its cards with it: " + ", ".join(f"{who} {ms:.1f} ms" for who, ms in each.items()))
    print(f"  {waiting} notices waited then, and all were out {behind:.1f} s later", end="; ")
    print(f"of {await load.stored()} concerns {len(cards)} have a card, {twice} have two", flush=True)


def _times(took: Sequence[float]) -> str:
    p50, p99 = took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000
    return f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, the slowest {took[-1] * 1000:.0f} ms"


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 (the stand-in sends no word when a window opens)
            await asyncio.sleep(0.01)


def on_sqlite(nursery: Nursery, seconds: float) -> None:
    asyncio.run(measure("SQLite", "", nursery, seconds))


def on_postgresql(nursery: Nursery, seconds: float) -> None:
    folder = postgres.new_folder()
    try:
        server = postgres.start(folder, durable=True)
        asyncio.run(server.run("CREATE DATABASE loads"))
        asyncio.run(measure("PostgreSQL", server.url("loads"), nursery, seconds, database=server.process.pid))
        postgres.stop(server)
    except postgres.NoPostgres as why:
        print(f"PostgreSQL is not here: {why}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    databases = {"SQLite": on_sqlite, "PostgreSQL": on_postgresql}
    nursery = Nursery()
    try:
        for name in sys.argv[2:] or databases:
            databases[name](nursery, seconds)
    finally:
        nursery.close()


if __name__ == "__main__":
    main()
