"""A lead asks for a letter from chat, the technician fetches a file that tells nothing, and a browser opens it."""

import re
import stat
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from bot.asked_letters import NONE, write_asked
from bot.demo import SAMPLE, Stage
from bot.playground.thumbs import Thumbs
from bot.sealed_page import WRONG
from tests.journeys.conftest import CANARY
from tests.journeys.gestures import ASKED, FACTS, WORDS, offered_as, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import LEADS, on
from tests.journeys.test_referrals import refers


@pytest.fixture(params=["slack", "teams"])
def lead(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, LEADS[request.param])


async def asks(lead: Thumbs) -> str:
    """By the labels alone; what is shown then, the five words among it."""
    await lead.press("More", on=await sees(lead, "Accepted by"))
    await lead.fill({ASKED: offered_as(lead, "Referrals: confirm, answer, challenge, letter")})
    await lead.press("Next")
    window = open_window(lead)
    which = next(option for field in window.fields if field.label == "Which referral?" for option in field.options)
    await lead.fill({"Which referral?": which, ASKED: "Ask for its letter"})
    await lead.press("Next")
    await lead.press("Ask")
    words = open_window(lead).words
    await lead.close()
    return words


async def tries(page: Page, words: str) -> str:
    await page.get_by_label("The five words").fill(words)
    await page.get_by_role("button", name="Open").click()
    await page.locator(".draft, #said:not(:empty)").first.wait_for()
    return await page.inner_text("body")


async def test_the_file_opens_with_the_words_of_whoever_asked_and_tells_nothing_before(
    stage: Stage, lead: Thumbs, browser: Browser, tmp_path: Path
):
    teacher = {"slack": ("teams", "tom"), "teams": ("slack", "tess")}[lead.platform]
    reference = await reports(on(stage, *teacher))
    await lead.press("Accept", on=await sees(lead, reference))
    await refers(lead)
    assert await write_asked(stage.settings, SAMPLE, to=tmp_path, clock=stage.clock) == NONE
    shown = await asks(lead)
    words = next(line for line in shown.splitlines() if len(line.split()) == 5 and len(line) == 29)
    assert not [chat for chat in (*lead.chat("bot"), *lead.chat("leads")) if words in str(chat.raw)]

    said = await write_asked(stage.settings, SAMPLE, to=tmp_path, clock=stage.clock)
    (file,) = tmp_path.glob("*.html")
    assert f"Wrote {file.name}" in said
    assert re.fullmatch(rf"{reference}-R1-\d\d?-[A-Z][a-z]+-20\d\d\.html", file.name)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text("utf-8")
    for told in (CANARY, WORDS, FACTS, "social care", *words.split()):
        assert told not in text + said, told
    assert await write_asked(stage.settings, SAMPLE, to=tmp_path, clock=stage.clock) == NONE
    assert file.name in (await sees(lead, "The letter of referral", "bot")).words

    context = await browser.new_context(offline=True)
    page, faults = await context.new_page(), list[str]()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(file.as_uri())
    assert WRONG in await tries(page, "lusab babad gutih tugad")
    opened = await tries(page, f" {words.upper()} ")
    assert "DRAFT" in opened
    assert FACTS in opened
    assert f"Our reference: {reference}/R1" in opened
    assert await page.title() == f"Draft letter {reference}/R1"
    assert faults == []
    await context.close()
