"""Attacks 1 to 15 of ASSURANCE: what is turned away, with which answer, and what of it is kept."""

import asyncio
import json
import logging
from urllib.parse import urlencode

import pytest

from bot.intake import MOST_BYTES
from handlers.conversation import CommandTyped, Tell
from handlers.ui import plain
from tests.bot.slack.conftest import NOW, OLD_SECRET, SECRET, sign
from tests.bot.slack.payloads import EVENT, press

BODY = urlencode(
    {"command": "/concern", "text": "CANARY-TEXT", "team_id": "T1", "user_id": "U1", "trigger_id": "1.2.a"}
).encode()


async def test_a_signed_command_is_heard(slack, desk):
    assert (await slack.raw(BODY)).status_code == 200
    assert [type(inbound) for inbound in desk.heard] == [CommandTyped]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": str(int(NOW))},
        {"X-Slack-Signature": sign(BODY)["X-Slack-Signature"]},
        {**sign(BODY), "X-Slack-Signature": "v0=" + "0" * 64},
        {**sign(BODY), "X-Slack-Signature": sign(BODY)["X-Slack-Signature"].upper()},
        sign(BODY + b"x"),
        sign(BODY, secret="another secret"),
        sign(BODY, secret=""),
        sign(BODY, at=NOW - 301),
        sign(BODY, at=NOW + 301),
    ],
)
async def test_what_slack_did_not_sign_lately_is_refused(slack, desk, headers):
    answer = await slack.raw(BODY, headers)
    assert (answer.status_code, answer.content, desk.heard) == (401, b"", [])


NINES = pytest.param("9" * 5000, id="5000_digits")


@pytest.mark.parametrize("stamp", ["abc", "", "1.5", NINES, "-1", " 1780000000", "１７８０"])
async def test_a_timestamp_that_is_no_number_is_refused(slack, desk, stamp):
    headers = {b"X-Slack-Request-Timestamp": stamp.encode(), b"X-Slack-Signature": b"v0=" + b"0" * 64}
    assert (await slack.raw(BODY, headers)).status_code == 401
    assert desk.heard == []


async def test_a_signature_outside_ascii_is_refused(slack):
    headers = {b"X-Slack-Request-Timestamp": str(int(NOW)).encode(), b"X-Slack-Signature": "v0=é".encode() * 12}
    assert (await slack.raw(BODY, headers)).status_code == 401


async def test_both_secrets_hold_while_rotating_and_no_other(slack):
    assert (await slack.raw(BODY, sign(BODY, secret=SECRET))).status_code == 200
    assert (await slack.raw(BODY, sign(BODY, secret=OLD_SECRET))).status_code == 200


async def test_five_minutes_either_way_are_taken(slack):
    for seconds in (-299, 299):
        assert (await slack.raw(BODY, sign(BODY, at=NOW + seconds))).status_code == 200


async def test_a_body_that_is_not_utf8_is_a_400(slack):
    assert (await slack.raw(b"command=\xff\xfe")).status_code == 400


async def test_a_body_that_is_too_long_is_refused_before_its_end(slack, desk):
    assert (await slack.raw(b"x" * 10_000_000)).status_code == 413
    taken = 0

    async def without_an_end():
        nonlocal taken
        while True:
            taken += 50_000
            yield b"x" * 50_000

    answer = await slack.http.post("/slack/events", content=without_an_end(), headers=sign(b""))
    assert answer.status_code == 413
    assert taken <= MOST_BYTES + 50_000
    assert desk.heard == []


async def test_a_replayed_request_is_answered_empty_and_does_nothing(slack, desk, api):
    first, again = await slack.raw(BODY), await slack.raw(BODY)
    assert (first.status_code, again.status_code, again.content) == (200, 200, b"")
    assert len(desk.heard) == 1
    assert api.methods == ["views.open", "views.update"]


async def test_a_replay_waits_for_the_first_and_twenty_at_once_do_one_thing(slack, desk):
    answers = await asyncio.gather(*(slack.raw(BODY) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(desk.heard) == 1


async def test_a_repeat_after_a_fault_does_its_work(slack, desk):
    desk.broken = True
    assert (await slack.raw(BODY)).status_code == 500
    desk.broken = False
    assert (await slack.raw(BODY)).status_code == 200
    assert len(desk.heard) == 2


async def test_a_replayed_press_is_one_press(slack, desk):
    desk.reply = Tell(plain.say("Yours."))
    for _ in range(3):
        assert (await slack.interact(press("accept"))).status_code == 200
    assert len(desk.heard) == 1


async def test_an_event_delivered_again_is_acknowledged_without_effect(slack, desk):
    for _ in range(3):
        assert (await slack.event(EVENT)).status_code == 200
    assert len(desk.heard) == 1


async def test_text_with_the_word_payload_arrives(slack, desk):
    await slack.command("payload=1 and the payload of it")
    assert desk.heard[0].text == "payload=1 and the payload of it"


async def test_headers_that_bolt_obeys_are_taken_out(slack, desk):
    headers = {**sign(BODY), "X-Slack-Bolt-Lazy-Only": "1", "X-Slack-Bolt-Lazy-Function-Name": "command"}
    assert (await slack.raw(BODY, headers)).status_code == 200
    assert len(desk.heard) == 1


async def test_the_url_is_verified(slack):
    answer = await slack.event({"type": "url_verification", "challenge": "abc", "token": "t"})
    assert answer.json() == {"challenge": "abc"}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 10_000 + b"]" * 10_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"type": NaN}',
        b'{"type": Infinity}',
        b'{"type": "event_callback", "type": "url_verification", "challenge": "x"}',
        b'{"type": "event_callback", "event": {"type": "a", "type": "b"}}',
        b'{"type"',
        b"[]",
        b"{}",
        b"",
        b'{"n": ' + b"9" * 5000 + b"}",
    ],
)
async def test_json_that_is_not_slacks_is_a_400(slack, body):
    assert (await slack.raw(body, kind="application/json")).status_code == 400
    assert (await slack.raw(urlencode({"payload": body}).encode())).status_code == 400


async def test_refusals_are_told_once_a_minute_for_each_reason(slack, desk, clock):
    for _ in range(30):
        await slack.raw(BODY, {})
        await slack.raw(BODY, sign(BODY, secret="wrong", at=clock()))
    assert desk.away == ["slack_unsigned", "slack_signature_wrong"]
    clock.seconds += 61
    await slack.raw(BODY, {})
    assert desk.away == ["slack_unsigned", "slack_signature_wrong", "slack_unsigned"]


async def test_a_refusal_stands_when_it_cannot_be_kept(slack, desk):
    async def cannot(why, who=None):
        raise RuntimeError("the store is down")

    desk.turned_away = cannot
    assert (await slack.raw(BODY, {})).status_code == 401


async def test_nothing_of_a_body_is_logged_whatever_happens(slack, desk, caplog):
    caplog.set_level(logging.DEBUG)
    await slack.raw(BODY, {})
    await slack.raw(BODY, sign(BODY, at=NOW - 301))
    await slack.raw(BODY, sign(BODY, secret="wrong"))
    await slack.raw(b'{"type": "unknown", "x": "CANARY-JSON"}', kind="application/json")
    await slack.raw(b'{"type": "block_suggestion", "value": "CANARY-QUERY"', kind="application/json")
    await slack.interact({"type": "block_suggestion", "value": "CANARY-QUERY", "action_id": "other"})
    await slack.event({**EVENT, "event": {"type": "message", "text": "CANARY-MESSAGE"}})
    desk.reply = Tell(plain.say("CANARY-ANSWER"))
    await slack.interact(press("open"))
    await slack.interact(press("accept"))
    desk.broken = True
    await slack.raw(BODY)
    records = [{**record.__dict__, "said": record.getMessage()} for record in caplog.records]
    logged = json.dumps(records, default=repr)
    assert "heard" in logged
    assert "CANARY" not in logged
