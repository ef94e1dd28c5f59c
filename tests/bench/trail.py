"""Measure reading what was raised in a term from a long trail, and verifying one: `python -m tests.bench.trail`.

The trail is written past the program, entry by entry as it would be: the way in is not what is measured.
"""

import asyncio
import os
import shutil
import tempfile
import time
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import insert, select, update

from handlers.rules.chronology import Deed, Entry
from store.bodies import Place, body_of
from store.cause import Cause
from store.opening import open_units
from store.tables import heads
from store.trail_tables import entries
from store.tree import Peaks, leaf_of
from store.unit_of_work import Units
from store.verifying import Log, walk
from tests import postgres
from tests.store.sample import AT, ROOT, Sample, sample

ENTRIES = 100_000
ONE_IN = 20
"""Of so many entries one is a concern raised, with some 900 bytes of sealed words."""
TERM = timedelta(days=84)
CODES = {"about": "child", "route": "leads", "urgency": "today", "guard": "1", "guard_facts_vague": "2"}
AT_ONCE = 2_000
TO_VERIFY = 1_000_000


async def measure(url: str, name: str) -> None:
    """Five readings of one term, the median."""
    school = sample()
    units = await open_units(url, root_key=ROOT, schools=(school.roll,))
    await fill(units, school)
    times: list[float] = []
    for _ in range(5):
        async with units(school.id) as uow:
            start = time.perf_counter()
            found = await uow.trail.done(Deed.RAISED, AT, AT + TERM)
            times.append((time.perf_counter() - start) * 1000)
    print(f"what was raised, {len(found)} of {ENTRIES} entries, {name}: {sorted(times)[2]:.0f} ms")
    await units.close()


async def fill(units: Units, school: Sample, count: int = ENTRIES) -> None:
    async with units._writing(school.id) as connection:
        head = (await connection.execute(select(heads).where(heads.c.school == school.id))).mappings().one()
        leaf, peaks = head["newest"], Peaks.unpacked(head["sequence"], head["peaks"])
        rows: list[dict[str, object]] = []
        for number in range(count):
            entry, words = _entry(school, number)
            place = Place(school=school.id, sequence=peaks.size + 1, after=leaf)
            body = body_of(entry, place, words=words, cause=Cause("slack", uuid4().hex), wrote=b"")
            leaf = leaf_of(body)
            peaks.add(leaf)
            rows.append(
                {"school": school.id, "sequence": peaks.size, "thing": entry.thing, "body": body, "leaf": leaf,
                 "words": words, "wrote": b""}
            )
            if len(rows) == AT_ONCE:
                await connection.execute(insert(entries), rows)
                rows.clear()
        moved = {"sequence": peaks.size, "newest": leaf, "peaks": peaks.packed()}
        await connection.execute(update(heads).where(heads.c.school == school.id).values(moved))


async def verify(url: str) -> None:
    """The whole trail, once, in seconds of this process's CPU: what the clock says depends on who else is busy."""
    school = sample()
    units = await open_units(url, root_key=ROOT, schools=(school.roll,))
    for _ in range(TO_VERIFY // ENTRIES):
        await fill(units, school)
    begun, clock = time.process_time(), time.perf_counter()
    async with units.reading() as connection:
        found = await walk(connection, Log(school.id))
    spent, waited = time.process_time() - begun, time.perf_counter() - clock
    assert (found.fault, found.peaks.size) == (None, TO_VERIFY)
    where = url.split("+", 1)[0]
    print(f"verify {found.peaks.size} entries, {where}: {spent:.1f} s of CPU, {waited:.1f} s by the clock")
    await units.close()


def _entry(school: Sample, number: int) -> tuple[Entry, bytes | None]:
    at = AT + timedelta(minutes=number)
    if number % ONE_IN:
        return school.entry(uuid4(), Deed.READ, at=at), None
    return school.entry(uuid4(), at=at, facts=CODES), os.urandom(900)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(f"sqlite+aiosqlite:///{folder}/heard.db", "SQLite"))
        asyncio.run(verify(f"sqlite+aiosqlite:///{folder}/long.db"))
    folder = postgres.new_folder()
    try:
        server = postgres.start(folder)
        asyncio.run(measure(server.url("postgres"), "PostgreSQL"))
        asyncio.run(server.run("CREATE DATABASE long"))
        asyncio.run(verify(server.url("long")))
        postgres.stop(server)
    except postgres.NoPostgres as why:
        print(f"PostgreSQL is not here: {why}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
