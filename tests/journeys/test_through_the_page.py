"""The demo as a newcomer meets it: the page in a real browser, the program behind it, every gesture by its label."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.demo import Stage
from tests.journeys.gestures import FACTS, MINE, WORDS, reports

CHROMIUM = Path("/usr/bin/chromium")
LEADS = "^(Safeguarding leads|safeguarding-leads)"
SHOTS = os.environ.get("HEARD_SHOTS", "")
"""A folder for pictures, for whoever wants to look at them."""


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail("there is no Chromium at /usr/bin/chromium, and CI needs one")
        pytest.skip("there is no Chromium at /usr/bin/chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        await opened.close()


class Visitor:
    """Somebody at the page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.platform = "slack"
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)

    async def is_(self, name: str, platform: str) -> None:
        await self.page.get_by_role("button", name=name).filter(has_text=platform).click()

    async def goes(self, place: str) -> None:
        await self.page.get_by_role("button", name=re.compile(place)).first.click()

    async def types(self, text: str) -> None:
        box = self.page.get_by_role("combobox", name="Message ")
        await box.fill(text)
        await box.press("Escape")
        await box.press("Enter")

    def window(self):
        return self.page.get_by_role("dialog")

    async def chooses(self, group: str, option: str) -> None:
        await self.window().get_by_role("group", name=group).get_by_label(option, exact=True).check()

    async def picks(self, label: str, letters: str, found: str) -> None:
        await self.window().get_by_label(label, exact=True).fill(letters)
        await self.window().get_by_role("option", name=found).click()

    async def writes(self, label: str, text: str) -> None:
        await self.window().get_by_label(label, exact=True).fill(text)

    async def takes(self, label: str, option: str) -> None:
        await self.window().get_by_label(label, exact=True).select_option(label=option)

    async def presses(self, label: str) -> None:
        await self.window().get_by_role("button", name=label, exact=True).last.click()

    async def presses_on_card(self, text: str, label: str) -> None:
        card = self.page.get_by_role("listitem").filter(has_text=text).last
        await card.get_by_role("button", name=label, exact=True).last.click()

    async def picture(self, name: str) -> None:
        if SHOTS:
            await self.page.wait_for_timeout(300)
            await self.page.screenshot(path=f"{SHOTS}/{name}.png")


@pytest.fixture
async def visitor(browser: Browser, stage: Stage) -> AsyncIterator[Visitor]:
    page = await browser.new_page(viewport={"width": 1280, "height": 850})
    visitor = Visitor(page)
    await page.goto(stage.address)
    yield visitor
    assert visitor.faults == []


async def first_page(visitor: Visitor) -> None:
    await visitor.chooses("Is anyone in danger now?", "No")
    await visitor.chooses("What is it about?", "A child")
    await visitor.chooses("How soon must someone act?", "Today")
    await visitor.chooses("Have you told a lead in person?", "No")
    await visitor.presses("Next")
    await visitor.takes("How do you know?", "The child told me")


async def third_and_fourth_page(visitor: Visitor) -> None:
    await visitor.writes("What you saw, heard and did: facts only", f"{FACTS} She was obviously scared of going home.")
    await visitor.writes("The child's exact words", WORDS)
    await visitor.presses("Next")
    await visitor.writes("What you have done", "CANARY told her I would tell a lead.")
    await visitor.window().get_by_label("Bullying or prejudice").check()
    await visitor.window().get_by_label(MINE).check()
    await visitor.picture(f"{visitor.platform}_4")
    await visitor.presses("Next")
    await expect(visitor.window()).to_contain_text("What you wrote")
    await visitor.picture(f"{visitor.platform}_review")
    await visitor.presses("Send")


async def test_from_concern_to_accept_on_slack_and_on_to_teams(visitor: Visitor) -> None:
    await visitor.is_("Tess Hallam", "Slack")
    await visitor.types("/concern")
    await expect(visitor.window()).to_contain_text("Is anyone in danger now?")
    await visitor.picture("slack_1")
    await first_page(visitor)
    await visitor.picks("Child", "mia", "Mia Patel · 8B")
    await visitor.chooses("When did it happen?", "Over time")
    await visitor.chooses("When did you learn of it?", "When it happened")
    await visitor.takes("Where did it happen?", "School gate")
    await visitor.presses("Next")
    await expect(visitor.window()).to_contain_text("Choose this child's part in it.")
    await visitor.picture("slack_2_complaint")
    await visitor.takes("This child's part in it", "Harmed or at risk")
    await visitor.presses("Next")
    await third_and_fourth_page(visitor)
    await expect(visitor.window()).to_contain_text("Your concern is safe")
    await visitor.picture("slack_receipt")
    await visitor.presses("Close")

    await visitor.is_("Lee Abara", "Slack")
    await visitor.goes(LEADS)
    await visitor.presses_on_card("Safeguarding concern", "Open")
    await expect(visitor.window()).to_contain_text("they *wait* for me <by> the gate & {{take}} my stuff")
    await visitor.picture("slack_account")
    await visitor.presses("Close")
    await visitor.presses_on_card("Safeguarding concern", "Accept")
    await expect(visitor.page.get_by_text("Accepted by Lee Abara").first).to_be_visible()
    await visitor.picture("slack_accepted")

    await visitor.is_("Priya Raman", "Teams")
    await visitor.goes(LEADS)
    await expect(visitor.page.get_by_text("Accepted by Lee Abara").first).to_be_visible()
    await visitor.picture("teams_accepted")


async def test_from_concern_to_decision_on_teams(visitor: Visitor) -> None:
    visitor.platform = "teams"
    await visitor.is_("Tom Whitlow", "Teams")
    await visitor.types("/concern")
    await visitor.presses_on_card("Raise a concern", "Open the form")
    await visitor.picture("teams_1")
    await first_page(visitor)
    await visitor.picks("Child", "mia", "Mia Patel · 8B")
    await visitor.takes("This child's part in it", "Harmed or at risk")
    await visitor.chooses("When did it happen?", "Over time")
    await visitor.chooses("When did you learn of it?", "When it happened")
    await visitor.presses("Next")
    await expect(visitor.window()).to_contain_text("Please answer this.")
    await visitor.picture("teams_2_complaint")
    await visitor.takes("Where did it happen?", "School gate")
    await visitor.presses("Next")
    await third_and_fourth_page(visitor)
    await expect(visitor.window()).to_contain_text("Your concern is safe")
    await visitor.picture("teams_receipt")
    await visitor.presses("Close")

    await visitor.is_("Priya Raman", "Teams")
    await visitor.goes(LEADS)
    await visitor.presses_on_card("Safeguarding concern", "Accept")
    await visitor.presses_on_card("Accepted by Priya Raman", "Decide")
    await visitor.takes("Decision", "Monitoring")
    await visitor.writes("Rationale", "CANARY seen on three days.")
    await visitor.presses("Record decision")
    await visitor.presses("Close")
    await expect(visitor.page.get_by_text("Decision recorded").first).to_be_visible()
    await visitor.picture("teams_decided")


async def test_time_moves_on_and_the_reminder_is_there(visitor: Visitor, stage: Stage) -> None:
    await reports(stage.slack.thumbs("tess"))
    await visitor.page.get_by_role("button", name="+2 h").click()
    await visitor.is_("Helen Marsh", "Teams")
    await expect(visitor.page.get_by_text("has not been accepted").first).to_be_visible()
    await visitor.picture("teams_chased")
