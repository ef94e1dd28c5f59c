"""What whoever keeps the program is told by the program as it serves, over HTTP and in the log."""

import json
from collections.abc import Mapping
from secrets import token_hex

from bot import signs, watch, worker
from tests.faults.outside import Outside
from tests.journeys.gestures import reports, sees, until

A_MINUTE = 60.0


def test_what_the_program_waits_for_by_itself_before_somebody_is_told_is_less_than_a_minute():
    """The rest is work, and takes as long as the machine is busy."""
    assert signs.LONG + watch.EVERY < A_MINUTE
    assert max(worker.GRACE, signs.UNTAKEN) + watch.EVERY < A_MINUTE


def logged(here: Outside, name: str) -> list[Mapping[str, object]]:
    events = [json.loads(line) for line in here.log.read_text("utf-8").splitlines() if line.startswith("{")]
    return [event for event in events if event["event"] == name]


async def test_65_the_figures_are_for_whoever_has_the_token(here: Outside):
    serving = await here.serve()
    token = here.environment["METRICS_TOKEN"]
    assert (await here.figures())["heard_outbox_waiting"] >= 0
    other = token[:-1] + ("1" if token.endswith("0") else "0")
    for given in ({}, {"Authorization": f"Bearer {other}"}, {"Authorization": token}):
        answer = await here.asks("/metrics", **given)
        assert (answer.status_code, answer.text) == (401, "refused\n")
    found = await here.figures()
    assert found['heard_turned_away_total{door="metrics",why="metrics_wrong_token"}'] == 1
    assert found['heard_turned_away_total{door="metrics",why="metrics_no_token"}'] == 2
    assert token not in here.log.read_text("utf-8")
    assert await here.end(serving) == 0
    del here.environment["METRICS_TOKEN"]
    await here.serve()
    answer = await here.asks("/metrics", Authorization=f"Bearer {token}")
    assert (answer.status_code, answer.text) == (404, "refused\n")


async def test_a_secret_that_was_changed_at_the_platform_is_told_within_a_minute(here: Outside):
    """Three people find that `/concern` does not work; the app's token still does, so the card arrives."""
    await here.serve()
    theo = here.person("theo")
    here.slack.signing_secret = token_hex(16)
    for _ in range(3):
        await here.person("tess").say("/concern")
    seen = await sees(theo, "say they are from Slack and cannot prove it", "bot")
    assert "Ask your technician to try Heard on Slack" in seen.words
    (event,) = logged(here, "signatures_refused")
    assert (event["level"], event["reason"]) == ("error", "slack_signature_wrong")
    assert sum("cannot prove it" in one.words for one in theo.chat("bot")) == 1
    found = await here.figures()
    assert found["heard_trouble_signatures_refused"] == 1
    assert found['heard_turned_away_total{door="slack",why="slack_signature_wrong"}'] == 3


async def test_a_storm_at_the_door_of_teams_is_told_of_teams(on_sqlite: Outside):
    here = on_sqlite
    await here.serve()
    for _ in range(20):
        assert await here.sends("/api/messages", b"CANARY") == 401
    await sees(here.person("theo"), "say they are from Teams and cannot prove it", "bot")
    assert "CANARY" not in here.log.read_text("utf-8")


async def test_a_machine_whose_clock_is_not_the_platforms_is_told(on_sqlite: Outside):
    """The database is on this machine and has its clock, so nothing but the platforms can say it."""
    here = on_sqlite
    here.ahead = 300.0
    await here.serve()
    theo = here.person("theo")
    await sees(theo, "The clock of the machine on which Heard runs is wrong", "bot")
    (event,) = logged(here, "clock_off")
    assert (event["level"], event["reason"]) == ("error", "behind_the_platforms")
    assert (await here.figures())["heard_trouble_clock_off"] == 1
    here.ahead = 0.0
    await sees(theo, "is right again", "bot")


async def test_cards_that_nobody_carries_are_said_within_a_minute_and_so_is_that_they_are_again(on_postgresql: Outside):
    here = on_postgresql
    await here.start("serve", "--no-work")
    await here.ready()
    reference = await reports(here.person("tess"))
    await until(lambda: logged(here, "outbox_late"), "it to be told in the log")
    answer = await here.asks("/readyz")
    assert (answer.status_code, answer.json()["outbox"], answer.json()["database"]) == (503, False, True)
    assert (await here.figures())["heard_trouble_outbox_late"] == 1
    assert [event["level"] for event in logged(here, "outbox_late")] == ["error"]
    theo = here.person("theo")
    await sees(theo, "wait and nobody carries them", "bot")
    assert not any(reference in one.words for one in here.person("lee").chat("leads")), "the rest is the worker's"
    await here.start("work")
    await sees(here.person("lee"), reference)
    await here.ready()
    assert (await here.asks("/readyz")).json()["outbox"]
    await sees(theo, "are carried again", "bot")
    assert sum("nobody carries them" in one.words for one in theo.chat("bot")) == 1
