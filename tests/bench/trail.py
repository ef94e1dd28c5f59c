"""Measure reading what was raised in a term from a long trail: `python -m tests.bench.trail`. Asserts nothing.

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
from store.audit import _body, _leaf
from store.tables import entries, heads
from store.unit_of_work import Units, open_units
from tests import postgres
from tests.store.sample import AT, ROOT, Sample, sample

ENTRIES = 100_000
ONE_IN = 20
"""Of so many entries one is a concern raised, with some 900 bytes of sealed words."""
TERM = timedelta(days=84)
CODES = {"about": "child", "route": "leads", "urgency": "today", "guard": "1", "guard_facts_vague": "2"}
AT_ONCE = 2_000


async def measure(url: str, name: str) -> None:
    """Five readings of one term, the median."""
    school = sample()
    units = await open_units(url, root_key=ROOT, schools=(school.roll,))
    await fill(units, school)
    times: list[float] = []
    for _ in range(5):
        async with units(school.id) as uow:
            start = time.perf_counter()
            found = await uow.trail.raised(AT, AT + TERM)
            times.append((time.perf_counter() - start) * 1000)
    print(f"what was raised, {len(found)} of {ENTRIES} entries, {name}: {sorted(times)[2]:.0f} ms")
    await units.close()


async def fill(units: Units, school: Sample) -> None:
    async with units._writing() as connection:
        head = (await connection.execute(select(heads).where(heads.c.school == school.id))).mappings().one()
        leaf, sequence = head["leaf"], head["sequence"]
        rows: list[dict[str, object]] = []
        for number in range(ENTRIES):
            entry, words = _entry(school, number)
            sequence += 1
            body = _body(entry, school=school.id, sequence=sequence, words=words)
            leaf = _leaf(leaf, body)
            rows.append(
                {"school": school.id, "sequence": sequence, "thing": entry.thing, "body": body, "leaf": leaf,
                 "words": words}
            )
            if len(rows) == AT_ONCE:
                await connection.execute(insert(entries), rows)
                rows.clear()
        await connection.execute(update(heads).where(heads.c.school == school.id).values(sequence=sequence, leaf=leaf))


def _entry(school: Sample, number: int) -> tuple[Entry, bytes | None]:
    at = AT + timedelta(minutes=number)
    if number % ONE_IN:
        return school.entry(uuid4(), Deed.READ, at=at), None
    return school.entry(uuid4(), at=at, facts=CODES), os.urandom(900)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(f"sqlite+aiosqlite:///{folder}/heard.db", "SQLite"))
    folder = postgres.new_folder()
    try:
        server = postgres.start(folder)
        asyncio.run(measure(server.url("postgres"), "PostgreSQL"))
        postgres.stop(server)
    except postgres.NoPostgres as why:
        print(f"PostgreSQL is not here: {why}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
