"""The body map as a lead sees it: in a real browser, on a wide screen and on a telephone, no line of it broken."""

import pytest
from playwright.async_api import expect

from bot.demo import Stage
from tests.journeys.test_marks_and_voices import reports_marks
from tests.journeys.test_through_the_page import LEADS
from tests.journeys.visitor import Visitor

LINES = """picture => {
  const range = document.createRange();
  range.selectNodeContents(picture);
  return new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top))).size;
}"""
"""How many lines a text is drawn on."""


@pytest.mark.parametrize(("name", "platform"), [("Lee Abara", "Slack"), ("Priya Raman", "Teams")])
async def test_the_body_map_is_drawn_unbroken_in_the_leads_window(
    visitor: Visitor, stage: Stage, name: str, platform: str
) -> None:
    await reports_marks(stage.slack.thumbs("tess"))
    await visitor.is_(name, platform)
    await visitor.goes(LEADS)
    await visitor.presses_on_card("Safeguarding concern", "Open")
    picture = visitor.window().locator("pre, span.mono").filter(has_text="FRONT")
    await expect(picture).to_have_count(1)
    await picture.scroll_into_view_if_needed()
    assert await picture.evaluate(LINES) == 21
    await visitor.picture(f"{platform.lower()}_body_map")
    await visitor.page.set_viewport_size({"width": 390, "height": 800})
    assert await picture.evaluate(LINES) == 21
    await picture.scroll_into_view_if_needed()
    await visitor.picture(f"{platform.lower()}_body_map_on_a_telephone")
