"""The figures are for whoever has the token: of each school under its id, and nothing by which a concern is known."""

import logging
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import select

from bot.clock import Clock
from bot.figures import Counted
from bot.front import Refusals
from bot.intake import Quiet
from bot.meters import MOST_REMEMBERED, Meters
from bot.metrics import Metrics, read_token
from bot.settings import Incomplete, read_settings
from bot.web import web_app
from bot.worker import Worker
from handlers.ports import UnitOfWork
from handlers.rules.school import SchoolId
from handlers.ticking import each, once
from schedules.timetable import Job, Uses
from store.trail_tables import turned_away
from tests.bot.figures import OPEN, TOKEN, asking, read, told
from tests.bot.moments import IN_TERM
from tests.bot.two_schools import HERE, THERE, Both, both_schools, keep
from tests.journeys.gestures import reports, sees


@pytest.fixture
async def both(tmp_path: Path, database_url: str) -> AsyncIterator[Both]:
    async with both_schools(tmp_path, database_url, Clock.started_at(IN_TERM), metrics_token=TOKEN) as both:
        yield both


async def test_each_school_has_figures_of_its_own_under_its_id_alone(both: Both):
    await reports(both[HERE].person("slack", "tess"))
    found = await told(both.program.app)
    here, there = (both[key].file.school for key in (HERE, THERE))
    assert found[f'heard_concerns_unaccepted{{school="{here.id}"}}'] == 1
    assert found[f'heard_concerns_unaccepted{{school="{there.id}"}}'] == 0
    of_each = {str(school.id): {name for name in found if str(school.id) in name} for school in (here, there)}
    counted = {school: [name for name in names if "acknowledgement" not in name] for school, names in of_each.items()}
    assert len({len(names) for names in counted.values()}) == 1
    assert {school for school, names in of_each.items() if len(names) > len(counted[school])} == {str(here.id)}
    assert not any(word in str(found) for word in ("Kingfisher", "Heron", "kingfisher", "T0", "tess"))


REFUSED = (
    {}, {"Authorization": TOKEN}, {"Authorization": "Bearer "}, {"Authorization": f"Basic {TOKEN}"},
    {"Authorization": f"Bearer {TOKEN[:-1]}"}, {"Authorization": f"Bearer {TOKEN}x"},
    {b"Authorization": "Bearer é".encode("latin-1")},
)  # fmt: skip


async def test_without_the_token_nothing_is_told_and_that_is_counted_and_kept(both: Both, caplog):
    caplog.set_level(logging.INFO, "heard")
    for given in REFUSED:
        async with asking(both.program.app) as client:
            answer = await client.get("/metrics", headers=given)
        assert (answer.status_code, answer.text, answer.headers["www-authenticate"]) == (401, "refused\n", "Bearer")
    found = await told(both.program.app)
    refused = 'heard_turned_away_total{{door="metrics",why="{}"}}'
    assert [found[refused.format(why)] for why in ("metrics_no_token", "metrics_wrong_token")] == [4, 3]
    logged = [vars(one)["event"] for one in caplog.records if "metrics_turned_away" in one.getMessage()]
    assert [event["why"] for event in logged] == ["metrics_no_token"] * 4 + ["metrics_wrong_token"] * 3
    assert TOKEN[:-1] not in str(logged)
    async with both.program.units.reading() as connection:
        kept = " ".join(map(str, await connection.scalars(select(turned_away.c.body))))
    assert [kept.count(f'"{why}"') for why in ("metrics_no_token", "metrics_wrong_token")] == [1, 1]


async def test_how_soon_and_how_old_and_how_late_is_measured(both: Both):
    reference = await reports(both[HERE].person("slack", "tess"))
    await sees(both[HERE].person("slack", "lee"), reference)
    await both.program.worker.catch_up()
    school, found = both[HERE].file.school.id, await told(both.program.app)
    mine = f'door="slack",school="{school}",status="2xx"'
    assert found[f"heard_acknowledgement_seconds_count{{{mine}}}"] > 0
    assert 0 < found[f"heard_acknowledgement_seconds_sum{{{mine}}}"] < 60
    assert found[f'heard_delivery_age_seconds_count{{school="{school}"}}'] > 0
    for key in (HERE, THERE):
        mine = f'job="chase_unaccepted",school="{both[key].file.school.id}"'
        assert found[f"heard_tick_age_seconds_count{{{mine}}}"] >= 1
    assert found['heard_job_age_seconds{job="chase_unaccepted"}'] < 60


async def test_a_job_that_breaks_in_one_school_is_done_in_the_other(both: Both):
    here, there = (both[key].file.school.id for key in (HERE, THERE))

    async def breaks(uow: UnitOfWork, _: None) -> bool:
        if uow.school.id == here:
            raise RuntimeError
        return False

    async def tick(uses: Uses, _: datetime) -> None:
        await each(uses.units, once, breaks)

    meters = Meters()
    worker = Worker(Uses(units=both.program.units, directories={}), {}, Clock(), meters=meters)
    await worker._run(Job(name="counted", every=60, run=tick))
    lines = generate_latest(meters.registry).decode()
    assert f'heard_tick_age_seconds_count{{job="counted",school="{there}"}} 1.0' in lines
    assert str(here) not in lines


async def test_it_is_what_prometheus_reads_and_nothing_of_it_is_in_the_registry_of_all(both: Both):
    async with asking(both.program.app) as client:
        answer = await client.get("/metrics", headers=OPEN)
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    assert {"gauge", "counter", "histogram"} == {family.type for family in families.values()}
    assert all(family.documentation for family in families.values())
    assert not [family.name for family in REGISTRY.collect() if family.name.startswith("heard")]


def test_the_age_of_a_card_counts_from_the_first_time_it_is_taken_in_hand():
    clock = [0.0]
    meters = Meters(now=lambda: clock[0])
    school = SchoolId(uuid4())
    meters.taken(school, 1)
    clock[0] = 100.0
    meters.taken(school, 1)
    clock[0] = 400.0
    for _ in range(2):
        meters.delivered(school, 1)
    meters.delivered(school, 2)
    found = read(generate_latest(meters.registry).decode())
    assert found[f'heard_delivery_age_seconds_sum{{school="{school}"}}'] == 400
    assert found[f'heard_delivery_age_seconds_count{{school="{school}"}}'] == 1


def test_the_age_of_a_card_counts_from_when_it_was_put_out_where_that_is_known():
    clock = [1000.0]
    meters = Meters(now=lambda: clock[0])
    school = SchoolId(uuid4())
    meters.taken(school, 1, 3600.0)
    clock[0] = 1005.0
    meters.delivered(school, 1)
    found = read(generate_latest(meters.registry).decode())
    assert found[f'heard_delivery_age_seconds_sum{{school="{school}"}}'] == 3605


def test_what_others_deliver_is_not_remembered_for_ever():
    meters = Meters()
    for notice in range(MOST_REMEMBERED + 5):
        meters.taken(SchoolId(UUID(int=1)), notice)
    assert len(meters._taken) == MOST_REMEMBERED


async def test_the_scheme_may_be_written_in_any_case(both: Both):
    async with asking(both.program.app) as client:
        assert (await client.get("/metrics", headers={"Authorization": f"bearer {TOKEN}"})).status_code == 200


async def test_where_no_token_is_set_it_is_not_there_from_this_machine_either():
    async def none() -> Counted:
        raise AssertionError("nothing is counted for a stranger")

    refusals, meters = Refusals(desk=None, quiet=Quiet(lambda: 0.0), door="metrics"), Meters()  # type: ignore[arg-type]
    router = Metrics(token=SecretStr(""), counts=none, happened=meters.registry, refusals=refusals).router()
    async with asking(web_app([router], ready=_ready, meters=meters)) as client:
        for given in ({}, OPEN, {"Authorization": "Bearer "}):
            answer = await client.get("/metrics", headers=given)
            assert (answer.status_code, answer.text) == (404, "refused\n")


async def _ready() -> dict[str, bool]:
    return {}


def test_a_token_stands_in_the_environment_or_in_a_file_of_its_owners_alone(tmp_path: Path):
    file = keep(tmp_path / "metrics.token", TOKEN)
    assert read_token(read_settings(metrics_token=TOKEN)).get_secret_value() == TOKEN
    assert read_token(read_settings(metrics_token_file=file)).get_secret_value() == TOKEN
    assert read_token(read_settings()).get_secret_value() == ""
    with pytest.raises(Incomplete, match="not both"):
        read_token(read_settings(metrics_token=TOKEN, metrics_token_file=file))
    file.chmod(0o644)
    with pytest.raises(Incomplete, match=r"Others can read or change metrics\.token"):
        read_token(read_settings(metrics_token_file=file))


def test_a_token_that_is_short_is_refused_and_not_shown(tmp_path: Path):
    for given in ({"metrics_token": TOKEN[:31]}, {"metrics_token_file": keep(tmp_path / "short", TOKEN[:31])}):
        with pytest.raises(Incomplete, match="is too short: it needs 32 characters") as why:
            read_token(read_settings(**given))
        assert TOKEN[:31] not in str(why.value)
