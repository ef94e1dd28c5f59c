"""Measure the leads' work with 10,000 and 100,000 concerns in the store: `python -m tests.bench.cases`.

On SQLite and on PostgreSQL, through the desk where somebody waits for it. As many are open in the small store as in the
large one: what grows is what is closed. `python -m tests.bench.cases 1000 20000` measures other sizes.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from handlers.actions import chasing as action_chasing
from handlers.conversation import ButtonPressed, CommandTyped, FormSubmitted, HomeOpened, Inbound, Tell
from handlers.desk.desk import Desk
from handlers.overview import digests, huddles
from handlers.ports import UnitOfWork
from handlers.record import finding
from handlers.referrals import chasing as referral_chasing
from handlers.rules.people import Person
from handlers.triage import chasing, chasing_owned
from handlers.ui.card import Press
from store.opening import open_units
from store.unit_of_work import Units
from tests import postgres
from tests.bench.filling import AT, BUSY, LEE, OPEN, SCHOOL, TESS, account_of, fill, reference_of, roll
from tests.store.sample import ROOT

SIZES = (10_000, 100_000)
EVERY = timedelta(hours=1)
"""One concern after the other: ten thousand are more than a year's, so that the larger store goes further back, and no
more of it is of this term."""
TIMES = 20
WARMING = 3
"""Runs that are not counted: the first ones compile statements and open connections."""

Work = Callable[[], Awaitable[object]]
Times = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    units: Units
    desk: Desk
    concern: UUID
    """Open, owned by Lee, about the child with thirty."""

    async def ask(self, inbound: Inbound) -> None:
        reply = await self.desk.answer(inbound)
        assert not (isinstance(reply, Tell) and "did not work" in str(reply.card)), reply

    async def with_uow(self, do: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        async with self.units(SCHOOL.id) as uow:
            await do(uow)

    async def raise_one(self) -> None:
        values = {"child_1": str(BUSY.id), "facts": "She held her sleeve down.", "urgency": "week"}
        await self.ask(FormSubmitted(who=account_of(TESS), form="quick", key=str(uuid4()), page=1, values=values))

    async def tick(self) -> None:
        await chasing.chase_unaccepted(self.units, {}, at=AT)
        await chasing_owned.chase_owned(self.units, at=AT)
        await action_chasing.chase_actions(self.units, at=AT)
        await referral_chasing.chase_referrals(self.units, at=AT)


def works(bench: Bench) -> dict[str, Work]:
    """What is measured, by its name in the table."""

    def says(by: Person, words: str) -> Work:
        return lambda: bench.ask(CommandTyped(who=account_of(by), text=words))

    triage = ButtonPressed(who=account_of(LEE), press=Press.DECIDE, subject=bench.concern, version=1)
    reading = ButtonPressed(who=account_of(LEE), press=Press.OPEN, subject=bench.concern, version=1)
    return {
        "board of a lead": says(LEE, "board"),
        "own page of a teacher": lambda: bench.ask(HomeOpened(who=account_of(TESS))),
        "look-back (Triage pressed)": lambda: bench.ask(triage),
        "open a concern": lambda: bench.ask(reading),
        "find by child": lambda: bench.with_uow(lambda uow: finding.by_child(uow, BUSY.id, by=LEE, at=AT)),
        "find by reference": lambda: bench.with_uow(
            lambda uow: finding.by_reference(uow, reference_of(499), by=LEE, at=AT)
        ),
        "quality of a term": says(LEE, "quality"),
        "patterns": says(LEE, "patterns"),
        "themes of a term": says(LEE, "themes"),
        "low-level log": says(LEE, "adults"),
        "the form": says(TESS, ""),
        "morning digest": lambda: bench.with_uow(lambda uow: digests.draw(uow, at=AT)),
        "weekly huddle": lambda: bench.with_uow(lambda uow: huddles.draw(uow, at=AT)),
        "one tick with nothing due": bench.tick,
        "raise a concern": bench.raise_one,
    }


async def measure(url: str, count: int) -> dict[str, Times]:
    """Milliseconds by name: the median, what 95 of a hundred stay under, and the median of this process's own CPU."""
    units = await open_units(url, root_key=ROOT, schools=(roll(),))
    began = time.perf_counter()
    concern = await fill(units, url, count, every=EVERY)
    print(f"  {count:,} concerns written in {time.perf_counter() - began:.0f} s", flush=True)

    def broken(reference: str, error: BaseException) -> None:
        raise error

    bench = Bench(
        units=units, desk=Desk(units=units, now=lambda: AT, wake=lambda: None, mishap=broken), concern=concern
    )
    found: dict[str, Times] = {}
    for name, work in works(bench).items():
        found[name] = await timed(work)
        print(f"  {name}: {' / '.join(f'{one:.1f}' for one in found[name])}", file=sys.stderr, flush=True)
    await units.close()
    return found


async def timed(work: Work) -> Times:
    for _ in range(WARMING):
        await work()
    times: list[float] = []
    spent: list[float] = []
    for _ in range(TIMES):
        start, began = time.perf_counter(), time.process_time()
        await work()
        times.append((time.perf_counter() - start) * 1000)
        spent.append((time.process_time() - began) * 1000)
    times.sort()
    return times[len(times) // 2], times[len(times) * 95 // 100], sorted(spent)[len(spent) // 2]


def table(engine: str, found: dict[int, dict[str, Times]]) -> None:
    sizes = list(found)
    print(f"\n{engine}, p50 / p95 / CPU in ms" + "".join(f"{size:>24,}" for size in sizes) + f"{'growth by CPU':>15}")
    for name in found[sizes[0]]:
        cells = [found[size][name] for size in sizes]
        told = "".join(f"{f'{p50:.1f} / {p95:.1f} / {cpu:.1f}':>24}" for p50, p95, cpu in cells)
        print(f"{name:<{len(engine) + 26}}{told}{cells[-1][2] / cells[0][2]:>9.2f}x", flush=True)


def on_sqlite(sizes: tuple[int, ...]) -> None:
    found: dict[int, dict[str, Times]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            found[size] = asyncio.run(measure(f"sqlite+aiosqlite:///{folder}/heard.db", size))
    table("SQLite", found)


def on_postgresql(sizes: tuple[int, ...]) -> None:
    folder = postgres.new_folder()
    try:
        server = postgres.start(folder, durable=True)
        found: dict[int, dict[str, Times]] = {}
        for size in sizes:
            asyncio.run(server.run(f"CREATE DATABASE cases_{size}"))
            found[size] = asyncio.run(measure(server.url(f"cases_{size}"), size))
        table("PostgreSQL", found)
        postgres.stop(server)
    except postgres.NoPostgres as why:
        print(f"PostgreSQL is not here: {why}")
    finally:
        shutil.rmtree(Path(folder), ignore_errors=True)


def main() -> None:
    sizes = tuple(int(word) for word in sys.argv[1:]) or SIZES
    print(f"{OPEN} are open, {TIMES} times each")
    on_sqlite(sizes)
    on_postgresql(sizes)


if __name__ == "__main__":
    main()
