"""Somebody at the demo's page, in a real browser: every gesture by its label, and pictures for whoever wants them."""

import os
import re
from pathlib import Path

from playwright.async_api import Locator, Page

from tests.journeys.pictures import small_png

SHOTS = os.environ.get("HEARD_SHOTS", "")
"""A folder for pictures; none are taken where it is empty."""


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

    def card(self, text: str) -> Locator:
        return self.page.get_by_role("listitem").filter(has_text=text).last

    async def presses_on_card(self, text: str, label: str) -> None:
        await self.card(text).get_by_role("button", name=label, exact=True).last.click()

    async def picture(self, name: str) -> None:
        if SHOTS:
            await self.page.wait_for_timeout(300)
            await self.page.screenshot(path=f"{SHOTS}/{name}.png")

    async def photographs(self, name: str, what: Locator) -> None:
        """A picture of one thing alone, whole, and small enough for a repository."""
        if SHOTS:
            await self.page.wait_for_timeout(200)
            taken = await what.screenshot(animations="disabled", caret="hide")
            browser = self.page.context.browser
            assert browser is not None
            Path(SHOTS, f"{name}.png").write_bytes(await small_png(browser, taken))
