"""Microsoft's own local Teams client, driven over its HTTP endpoints and once in a browser, through our proxy.

The program behind it is a small echo bot here: what is tried is the harness.
"""

import json
import socket
import subprocess
import sys
import tomllib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import expect

from bot.playground.agents import casting, dialogs, node
from bot.playground.agents.__main__ import SAMPLE
from bot.playground.agents.connector import Client
from bot.playground.agents.running import NotStarted, Wiring, playgrounds
from tests.bot.playground.agents_client import Hands, hands
from tests.bot.playground.agents_page import OFFLINE
from tests.bot.playground.echo_bot import ACCEPT, OPEN, EchoBot, message, text_card
from tests.chromium import chromium
from tests.journeys.gestures import PATIENT
from tests.node import need_npm_packages

HOME = casting.read_home(SAMPLE)


@asynccontextmanager
async def stage(folder: Path) -> AsyncGenerator[tuple[EchoBot, Wiring, list[Client]], None]:
    """A teacher and a lead at a Playground each, and a bot behind."""
    need_npm_packages()
    bot = EchoBot()
    async with playgrounds(folder, SAMPLE, people=["tom", "priya"], program=bot) as (wiring, clients):
        yield bot, wiring, list(clients)


async def a_teacher_meets_the_bot(bot: EchoBot, teacher: Hands) -> None:
    """`/concern`, its card, a press, a dialog of the card's and one of the compose box's."""
    await teacher.say("/concern")
    card = await teacher.sees("Tell the safeguarding leads.")
    assert bot.heard[-1]["from"]["aadObjectId"] == teacher.person.aad
    answer = await teacher.execute(card, "Accept")
    assert f"Accepted by {teacher.person.aad}" in str(answer)

    opened = await teacher.command("task:Open the form")
    assert "What did you see?" in str(opened)
    fetched = bot.heard[-1]
    assert (fetched["name"], fetched["replyToId"]) == ("task/fetch", card)
    assert fetched["value"]["data"] == OPEN["data"]
    sent = await teacher.submit("task:Open the form", {"facts": "a bruise", "page": 1})
    assert sent["task"] == {"type": "message", "value": "Received: a bruise"}
    assert bot.heard[-1]["name"] == "task/submit"

    assert "What did you see?" in str(await teacher.command("raise_concern"))
    assert bot.heard[-1]["value"]["commandId"] == "raise_concern"


async def a_channel_card_stands_in_both_clients(bot: EchoBot, wiring: Wiring, teacher: Hands, lead: Hands) -> None:
    channel = wiring.home.leads_channel
    told = await bot.post(channel, message(text_card("26-48213", ACCEPT)))
    seen_by_lead = await lead.sees("26-48213", place=channel)
    assert await teacher.sees("26-48213", place=channel) == told != seen_by_lead
    await lead.execute(seen_by_lead, "Accept", place=channel)
    pressed = bot.heard[-1]
    assert (pressed["replyToId"], pressed["conversation"]["id"]) == (told, f"{channel};messageid={told}")
    await bot.post(channel, message(text_card("26-48213 is owned")), update=told)
    assert await lead.sees("26-48213 is owned") == seen_by_lead
    assert await teacher.sees("26-48213 is owned") == told


async def test_the_playground_drives_a_bot_through_the_proxy(tmp_path):
    async with stage(tmp_path) as (bot, wiring, clients), hands(clients[0]) as teacher, hands(clients[1]) as lead:
        await a_teacher_meets_the_bot(bot, teacher)
        await a_channel_card_stands_in_both_clients(bot, wiring, teacher, lead)
        assert bot.refused == 0
        await the_proxy_refuses_what_a_connector_would(wiring)
        await a_private_chat_reaches_its_owner_alone(bot, wiring, teacher, lead)


async def the_proxy_refuses_what_a_connector_would(wiring: Wiring) -> None:
    """And shows the leads' channel as the private channel that the Playground does not have."""
    async with httpx.AsyncClient(trust_env=False) as http:
        url = f"{wiring.proxy.service_url}/v3/conversations"
        forged = {"authorization": f"Bearer {wiring.proxy.keys.connector_token(wiring.proxy.client_id, 'x')}"}
        for headers in ({}, forged):
            assert (await http.post(url, json={}, headers=headers)).status_code == 401
        grant = {"client_id": wiring.proxy.client_id, "client_secret": "wrong"}
        assert (await http.post(wiring.proxy.token_url, data=grant)).status_code == 401
        token = wiring.proxy.keys.app_token(
            client_id=wiring.proxy.client_id, tenant=HOME.tenant, scope="https://api.botframework.com/.default"
        )
        good = {"authorization": f"Bearer {token}"}
        roster = (await http.get(f"{url}/{HOME.leads_channel}/pagedmembers", headers=good)).json()["members"]
        assert {one["name"] for one in roster} == {"Priya Raman", "Dana Okello"}
        everybody = (await http.get(f"{url}/{HOME.team}/members", headers=good)).json()
        assert len(everybody) == 6
        one = (await http.get(f"{url}/{HOME.team}/members/{HOME.person('tom').aad}", headers=good)).json()
        assert one["name"] == "Tom Whitlow"


async def a_private_chat_reaches_its_owner_alone(bot: EchoBot, wiring: Wiring, teacher: Hands, lead: Hands) -> None:
    for id in (lead.person.id, lead.person.aad):
        made = await wiring.proxy.connector.create({"isGroup": False, "members": [{"id": id}]})
        place = dict(made.body)["id"]
        await bot.post(place, message(text_card(f"for you, {id}")))
        await lead.sees(f"for you, {id}")
    assert "for you" not in str(teacher.shown)


async def test_a_port_that_is_taken_is_said_before_anything_starts(tmp_path):
    need_npm_packages()
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]
        with pytest.raises(NotStarted, match=f"Port {port} is in use"):
            async with playgrounds(tmp_path / "x", SAMPLE, people=["tom"], ports=[port], program=EchoBot()):
                pass
    assert not (tmp_path / "x").exists()


async def test_in_a_browser_a_card_and_a_dialog_are_drawn(tmp_path):
    async with chromium(OFFLINE) as browser, stage(tmp_path) as (bot, _, clients):
        page = await browser.new_page(viewport={"width": 1400, "height": 900})
        await page.goto(clients[0].address.replace("127.0.0.1", "localhost"))
        await page.get_by_role("treeitem", name="Personal Chat").click()
        await page.get_by_role("textbox").last.click()
        await page.keyboard.type("/concern")
        await page.get_by_role("button", name="Send Message").click()
        card = page.locator(".ac-adaptiveCard").last
        await expect(card).to_contain_text("Tell the safeguarding leads.")
        await card.get_by_role("button", name="Accept").click()
        await expect(page.locator(".ac-adaptiveCard").last).to_contain_text("Accepted by")
        await page.get_by_role("button", name="Trigger Message Extension App").last.click()
        await page.get_by_role("menuitem", name="Action Command").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_placeholder("Input command id or leave blanks").fill("task:Open the form")
        await dialog.get_by_role("button", name="Create").click()
        await page.get_by_label("What did you see?").fill("a bruise")
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.get_by_text("Received: a bruise").first).to_be_visible()
        assert bot.refused == 0


def test_the_configuration_has_five_users_beside_the_one_at_the_client():
    config = json.loads(casting.playground_config(HOME, HOME.person("priya"), bot_id="28:x"))
    assert config["currentUser"]["aadObjectId"] == HOME.person("priya").aad
    assert len(config["users"]) == 5
    assert sorted(user["name"] for user in config["users"]) == [
        "Dana Okello", "Helen Marsh", "Jo Penhale", "Mina Sadler", "Tom Whitlow",
    ]
    assert config["tenantId"] == HOME.tenant


def test_a_school_with_few_people_is_filled_up_with_visitors():
    small = casting.Home(name="S", tenant="t", team="a", leads_channel="b", people=HOME.people[:2])
    config = json.loads(casting.playground_config(small, small.people[0], bot_id="28:x"))
    assert [user["name"] for user in config["users"]][1:] == ["Visitor 0", "Visitor 1", "Visitor 2", "Visitor 3"]


def test_the_adapted_school_file_knows_teams_alone():
    text = casting.adapted_school(SAMPLE.read_text("utf-8"), service_url="http://127.0.0.1:1/connector")
    adapted, raw = tomllib.loads(text), tomllib.loads(SAMPLE.read_text("utf-8"))
    assert "slack" not in adapted
    assert not [person for person in adapted["people"] if "slack" in person]
    assert adapted["teams"] == raw["teams"] | {"service_url": "http://127.0.0.1:1/connector"}
    assert [person["key"] for person in adapted["people"]] == [person["key"] for person in raw["people"]]


def test_the_newest_button_of_a_label_is_pressed_here_before_elsewhere():
    buttons = dialogs.Buttons()
    for place, id, number in (("a", "1", "first"), ("a", "2", "second"), ("b", "3", "third")):
        data = {"msteams": {"type": "task/fetch"}, "n": number}
        buttons.note(place, id, message(text_card("x", {"type": "Action.Submit", "title": "Open", "data": data})))
    assert [buttons.find(place, "open").data["n"] for place in ("a", "b", "c")] == ["second", "third", "third"]
    buttons.note("a", "2", message(text_card("no button any more")))
    assert buttons.find("a", "Open").data["n"] == "first"
    assert buttons.find("a", "Close") is None


def test_an_unknown_label_is_answered_with_those_that_there_are():
    buttons = dialogs.Buttons()
    buttons.note("a", "1", message(text_card("x", OPEN)))
    assert "Open the form" in str(dialogs.no_such_button(buttons))


def test_nobody_of_that_name_is_said_in_words(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bot.playground.agents", "--person", "nobody", "--folder", str(tmp_path)],
        cwd=node.ROOT, capture_output=True, text=True, timeout=PATIENT, check=False,
    )
    assert done.returncode == 2
    assert "Nobody called nobody has a Teams account" in done.stderr
    assert "Traceback" not in done.stderr


