"""Measure the way from `/concern` to the form on the screen: `python -m tests.bench.command`. Asserts nothing.

The program runs as anybody starts it, in a process of its own on SQLite; the platforms are the local stand-ins, over
HTTP: each command carries a real signature (Slack) or a real token (Teams).
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.playground.thumbs import Thumbs
from tests.faults.outside import Nursery, Outside, outside
from tests.journeys.gestures import newest

COMMANDS = 200
WARMING = 10
"""Commands that are not counted: the first ones open connections and fill caches."""
STARTS = 3
FIRST_QUESTION = "Is anyone in danger now?"


async def main() -> None:
    nursery = Nursery()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with outside(Path(folder), f"sqlite+aiosqlite:///{folder}/heard.db", nursery) as here:
                print(f"start to ready, {STARTS} starts: {await start_up(here):.1f} s (median)")
                await here.serve()
                await here.teams.install()
                await measure(here)
    finally:
        nursery.close()


async def start_up(here: Outside) -> float:
    """Seconds from `python -m bot serve` until it is ready, everything imported afresh."""
    times: list[float] = []
    for _ in range(STARTS):
        start = time.perf_counter()
        running = await here.start_afresh("serve")
        await here.ready(running)
        times.append(time.perf_counter() - start)
        await here.end(running)
    return sorted(times)[STARTS // 2]


async def measure(here: Outside) -> None:
    tess, tom = here.person("tess"), here.person("tom")
    # No single person types two hundred commands in a minute: the platforms would turn them away.
    here.slack.switchboard.throttled = here.teams.weather.connector.throttled = False
    for _ in range(WARMING):
        await on_slack(tess)
        await on_teams(tom)
    say("Slack, command to the form in the window", [await on_slack(tess) for _ in range(COMMANDS)])
    sent = [one for one in here.slack.deliveries if one.request.kind == "command"][-COMMANDS:]
    say("Slack, command to its acknowledgement", [one.seconds for one in sent])
    both = [await on_teams(tom) for _ in range(COMMANDS)]
    say("Teams, command to the card with the way in", [card for card, _ in both])
    say("Teams, button to the form in the dialog", [form for _, form in both])


async def on_slack(person: Thumbs) -> float:
    """Seconds until the window, which opens empty, holds the form."""
    start = time.perf_counter()
    await person.say("/concern")
    await _until(lambda: _asks(person))
    took = time.perf_counter() - start
    await person.close()
    return took


async def on_teams(person: Thumbs) -> tuple[float, float]:
    """Seconds until the card answers the command, and until its button has opened the form."""
    had = len(person.chat("bot"))
    start = time.perf_counter()
    await person.say("/concern")
    await _until(lambda: len(person.chat("bot")) >= had + 2)
    card = time.perf_counter() - start
    start = time.perf_counter()
    await person.press("Open the form", on=newest(person, "Open the form"))
    await _until(lambda: _asks(person))
    form = time.perf_counter() - start
    await person.close()
    return card, form


def _asks(person: Thumbs) -> bool:
    window = person.window()
    return window is not None and FIRST_QUESTION in str(window)


async def _until(holds: Callable[[], bool]) -> None:
    """The stand-ins send no word when something changes, so it is looked for. TimeoutError after ten seconds."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.0005)


def say(what: str, seconds: Sequence[float]) -> None:
    times = sorted(second * 1000 for second in seconds)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print(f"{what}: p50 {p50:.0f} ms, p99 {p99:.0f} ms ({len(times)} times)")


if __name__ == "__main__":
    asyncio.run(main())
