"""A row of three tables, damaged under the real program: `serve` starts, names it, and serves everybody else."""

import json

import pytest

from tests.faults import crowd
from tests.faults.crowd import Heard
from tests.faults.outside import PATIENT, Outside
from tests.journeys.gestures import sees, until
from tests.store.forging import past_the_triggers

HARMS = {
    "concerns": "UPDATE concerns SET urgency = X'ff'",
    "case_keys": "UPDATE case_keys SET \"key\" = substr(\"key\", 1, 40)",
    "entries": "UPDATE entries SET words = substr(words, 1, 40) WHERE words IS NOT NULL",
}


def set_aside(here: Outside) -> set[str]:
    """The tables of the rows that the program has named so far."""
    lines = [json.loads(line) for line in here.log.read_text("utf-8").splitlines() if line.startswith("{")]
    return {line["table"] for line in lines if line.get("event") == "row_set_aside"}


@pytest.mark.parametrize("table", HARMS)
async def test_it_starts_names_the_row_and_serves_everybody_else(on_sqlite: Outside, table: str) -> None:
    here, heard = on_sqlite, Heard()
    running = await here.serve()
    await here.teams.install()
    tess, other = here.person("tess"), here.person(crowd.TEACHERS[-1])
    await crowd.reports(tess, heard.facts(tess))
    await here.quiet()
    await here.end(running)
    await past_the_triggers(here.environment["DATABASE_URL"], "PRAGMA ignore_check_constraints=ON", HARMS[table])
    running = await here.serve()
    await until(lambda: table in set_aside(here), "the row to be named", within=PATIENT)
    reference = await crowd.reports(other, heard.facts(other))
    await sees(here.person("lee"), reference)
    assert await here.end(running) == 0
    said = here.folder / "verify.log"
    verifying = await here.start("verify", log=said)
    assert await verifying.ended(within=PATIENT) == 1
    assert ("does not hold: entry" if table == "entries" else f"In the table {table}, row ") in said.read_text("utf-8")
