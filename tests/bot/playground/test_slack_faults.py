"""Bad weather on order, rate limits, and requests that come again."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
import uvicorn
from fastapi import FastAPI
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.api import slack_app
from tests.bot.playground.slack_stage import TOKEN, Lab
from tests.journeys.gestures import until


@pytest.fixture
async def address(lab: Lab) -> AsyncIterator[str]:
    """The Web API over a real socket, where lines can really go dead."""
    app = FastAPI()
    app.mount("/slack", slack_app(lab.world))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/slack/api/"
    server.should_exit = True
    await task


def client(address: str) -> AsyncWebClient:
    return AsyncWebClient(token=TOKEN, base_url=address, retry_handlers=[])


async def test_a_429_on_order_carries_its_seconds_and_posts_nothing(lab):
    lab.world.switchboard.next(1, "429", retry_after=7)
    answer = await lab.raw("chat.postMessage", {"channel": "C0LEADS", "text": "x"})
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["error"]) == (429, "7", "ratelimited")
    assert lab.world.thumbs("ann").chat("leads") == ()
    await lab.post("Now")


@pytest.mark.parametrize("status", ["500", "503"])
async def test_a_server_error_on_order_posts_nothing(lab, status):
    lab.world.switchboard.next(2, status)
    codes = [(await lab.raw("chat.postMessage", {"channel": "C0LEADS", "text": "x"})).status_code for _ in range(3)]
    assert codes == [int(status), int(status), 200]
    assert len(lab.world.thumbs("ann").chat("leads")) == 1
    assert not lab.world.refusals


async def test_a_fault_can_wait_for_one_method(lab):
    lab.world.switchboard.next(1, "500", only="chat.update")
    ts = await lab.post("x")
    assert (await lab.raw("chat.update", {"channel": "C0LEADS", "ts": ts, "text": "y"})).status_code == 500


async def test_a_delay_is_waited_out_after_the_deed(lab):
    lab.world.switchboard.next(1, "delay", seconds=0.5)
    call = asyncio.create_task(lab.post("x"))
    await until(lambda: lab.world.thumbs("ann").chat("leads"), "the message")
    assert len(lab.world.thumbs("ann").chat("leads")) == 1
    assert not call.done()
    await call


async def test_a_dropped_answer_leaves_the_message_and_an_unknown_outcome(lab, address):
    lab.world.switchboard.next(1, "drop")
    with pytest.raises((aiohttp.ClientError, SlackApiError)):
        await client(address).chat_postMessage(channel="C0LEADS", text="Twice?")
    assert [seen.words for seen in lab.world.thumbs("ann").chat("leads")] == ["Twice?"]


async def test_slacks_own_client_is_understood(lab, address):
    slack = client(address)
    assert (await slack.auth_test())["user_id"] == "U0TOYBOT"
    assert (await slack.users_info(user="U0BOB"))["user"]["name"] == "bob"
    assert (await slack.conversations_members(channel="C0LEADS", limit=1))["members"] == ["U0ANN"]
    assert (await slack.conversations_info(channel="C0LEADS"))["channel"]["is_private"]
    opened = await slack.conversations_open(users=["U0BOB"])
    sent = await slack.chat_postMessage(channel=opened["channel"]["id"], text="Hello")
    await slack.chat_update(channel=sent["channel"], ts=sent["ts"], text="Hello again")
    await slack.chat_postEphemeral(channel="C0LEADS", user="U0ANN", text="Psst")
    await slack.blocks_validate(blocks=[{"type": "divider"}])
    assert lab.world.thumbs("bob").chat()[0].words == "Hello again"
    with pytest.raises(SlackApiError, match="unknown_method"):
        await slack.reminders_list()


async def test_a_channel_takes_a_short_burst_and_then_says_how_long_to_wait(lab):
    lab.world.switchboard.throttled = True
    answers = [await lab.raw("chat.postMessage", {"channel": "C0LEADS", "text": "x"}) for _ in range(8)]
    codes = [answer.status_code for answer in answers]
    assert codes[:4] == [200] * 4 and codes[-1] == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert (await lab.raw("chat.postMessage", {"channel": "C0GENERAL01", "text": "x"})).status_code == 200


async def test_each_method_has_its_tier(lab):
    lab.world.switchboard.throttled = True
    infos = [(await lab.raw("conversations.info", {"channel": "C0LEADS"})).status_code for _ in range(70)]
    users = [(await lab.raw("users.info", {"user": "U0BOB"})).status_code for _ in range(70)]
    assert infos.index(429) >= 50
    assert 429 not in users


async def test_the_last_request_can_come_again_to_the_letter(lab):
    await lab.world.thumbs("bob").say("/toy")
    answers = await lab.world.resend(2)
    assert [answer.status for answer in answers] == [200, 200]
    assert lab.toy.count("command") == 3
    signatures = {headers["x-slack-signature"] for headers in lab.toy.headers}
    assert len(signatures) == 1


async def test_slacks_retries_are_numbered_and_signed_anew(lab):
    lab.toy.on("command", status=500)
    await lab.world.thumbs("bob").say("/toy")
    await lab.world.resend(2, retry=True)
    assert [headers.get("x-slack-retry-num") for headers in lab.toy.headers] == [None, "1", "2"]
    assert lab.toy.heard[0] == lab.toy.heard[2]


async def test_each_delivery_is_kept_with_its_status_and_its_time(lab):
    await lab.world.thumbs("bob").say("/toy")
    (delivery,) = lab.world.deliveries
    assert (delivery.request.kind, delivery.status) == ("command", 200)
    assert 0 <= delivery.seconds < 3


async def test_a_request_that_was_tampered_with_does_not_pass_the_toy(lab):
    await lab.world.thumbs("bob").say("/toy")
    sent = lab.world.deliveries[-1].request
    answer = await lab.world.http.post(sent.url, content=sent.body + "&x=1", headers=sent.headers)
    assert answer.status_code == 401
