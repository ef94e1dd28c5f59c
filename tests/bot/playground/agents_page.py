"""Somebody at the page of Agents Playground, in a real browser: every gesture by its label, and the page's own errors.

What is pressed here is pressed in Microsoft's own renderer, so that a card that it cannot send fails a test.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bot.playground.agents.connector import Client
from tests.chromium import MILLISECONDS

OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"
"""The page asks a content network for its fonts; nothing leaves this machine."""
SHOTS = os.environ.get("HEARD_SHOTS", "")
"""A folder for pictures; none are taken where it is empty."""

Answers = Mapping[str, str]


class Visitor:
    """Somebody at the page of one client."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def card(self) -> Locator:
        """The newest card of the place that is open; a dialog's is none."""
        return self.page.locator(".ac-adaptiveCard:not([role=dialog] *)").last

    async def goes_to(self, place: str) -> None:
        await self.page.get_by_role("treeitem", name=place).click()

    async def says(self, words: str) -> None:
        await self.page.get_by_role("textbox").last.fill(words)
        await self.page.get_by_role("button", name="Send Message").click()

    async def opens(self, label: str) -> Locator:
        """The dialog of a card's button, through the compose box: bot/playground/agents/README.md says why."""
        await self.page.get_by_role("button", name="Trigger Message Extension App").last.click()
        await self.page.get_by_role("menuitem", name="Action Command").click()
        await self.dialog.get_by_placeholder("Input command id or leave blanks").fill(f"task:{label}")
        await self.dialog.get_by_role("button", name="Create").click()
        return self.dialog

    async def closes(self) -> None:
        await self.dialog.get_by_role("button", name="Close").first.click()
        await expect(self.dialog).to_be_hidden()

    async def presses(self, form: Locator, label: str) -> None:
        """Ends at once where the page threw: nothing that is waited for would come."""
        await form.get_by_role("button", name=label, exact=True).click()
        assert not self.errors, self.errors

    async def picture(self, name: str) -> None:
        if SHOTS:
            await self.page.screenshot(path=Path(SHOTS, f"{name}.png"))


async def fills(form: Locator, answers: Answers) -> None:
    """Each field by its label, as its kind is filled by hand."""
    for label, answer in answers.items():
        await _fill(form, label, answer)


async def _fill(form: Locator, label: str, answer: str) -> None:
    # The page reads its own complaint out with the label.
    named = re.compile(rf"^{re.escape(label)}( Please [a-z ]+\.)?$")
    several = form.get_by_role("checkbox", name=f"{label} {answer}", exact=True)
    one = form.get_by_role("radiogroup", name=named)
    listed = form.get_by_role("combobox", name=named)
    if await several.count():
        await several.check()
    elif await one.count():
        await one.get_by_role("radio", name=answer, exact=True).check()
    elif await listed.count():
        await listed.click()
        await form.page.get_by_role("option", name=answer, exact=True).click()
    else:
        await form.get_by_role("textbox", name=named).fill(answer)


async def visits(browser: Browser, client: Client) -> Visitor:
    """Somebody at that client's page, which is loaded."""
    page = await browser.new_page(viewport={"width": 1400, "height": 1600})
    page.set_default_timeout(MILLISECONDS)
    visitor = Visitor(page)
    await page.goto(client.address.replace("127.0.0.1", "localhost"), wait_until="commit")
    await expect(page.get_by_role("treeitem", name="Personal Chat")).to_be_visible()
    return visitor
