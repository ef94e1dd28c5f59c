"""The playground's page, in a real browser and over HTTP: against two toy bots, by the labels on the screen."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Literal

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

from bot.playground.slack.home import views_publish
from tests.bot.playground.page_stage import PageLab, page_lab
from tests.bot.playground.toy_bots import A_VIEW, plain, slack_card
from tests.chromium import MILLISECONDS, chromium
from tests.journeys.gestures import PATIENT

OVERFLOWING = """() => [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    const scrolls = one.closest('.moves, .places, .for-ears, .sprite, .skip');
    return !scrolls && box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((one) => `${one.tagName}.${one.className}`)"""


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def lab() -> AsyncIterator[PageLab]:
    async with page_lab() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def shared_lab() -> AsyncIterator[PageLab]:
    """One for all tests that ask without a browser: they look at what changed, not at what is."""
    async with page_lab() as made:
        yield made


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


class Visitor:
    """Somebody at the page, and everything that the browser complained about meanwhile."""

    def __init__(self, page: Page, lab: PageLab) -> None:
        self.page = page
        self.lab = lab
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, told: ConsoleMessage) -> None:
        if told.type in ("error", "warning"):
            self.complaints.append(told.text)

    async def picks(self, name: str, platform: str) -> None:
        who = self.page.locator("#who")
        if await who.is_visible():
            await who.click()
        await self.page.locator("#people-groups button", has_text=name).filter(has_text=platform).click()
        await expect(self.page.get_by_role("region", name=f"{name}'s")).to_be_visible()

    async def types(self, text: str, place: str = "Heard") -> None:
        box = self.page.get_by_role("combobox", name=f"Message {place}")
        await box.fill(text)
        await box.press("Enter")

    @property
    def window(self) -> Locator:
        return self.page.get_by_role("dialog")

    def field(self, label: str) -> Locator:
        return self.window.get_by_label(label, exact=True)

    async def presses(self, label: str) -> None:
        await self.window.get_by_role("button", name=label, exact=True).last.click()

    async def looks_up(self, label: str, letters: str, found: str) -> None:
        await self.field(label).press_sequentially(letters)
        await self.window.get_by_role("option", name=found).click()


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser: Browser, lab: PageLab) -> AsyncIterator[Visitor]:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(MILLISECONDS)
    made = Visitor(page, lab)
    await page.goto(lab.address)
    yield made
    assert made.complaints == []
    await page.close()


async def test_the_page_says_what_it_is_and_loads_nothing_from_elsewhere(browser: Browser, lab: PageLab) -> None:
    page = await browser.new_page()
    visitor, asked = Visitor(page, lab), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(lab.address)
    await expect(page.get_by_text("A local stand-in for Slack and Teams, with invented people.")).to_contain_text(
        "Nothing leaves this machine."
    )
    await visitor.picks("Tess Hallam", "Slack")
    assert len(asked) > 5 and all(url.startswith(lab.address) for url in asked)
    assert visitor.complaints == []


async def test_a_concern_is_raised_on_slack_and_the_lead_has_the_card(visitor: Visitor) -> None:
    await visitor.picks("Tess Hallam", "Slack")
    await visitor.types("/concern")
    await visitor.field("Today").check()
    await visitor.looks_up("Child", "mi", "Mia Example")
    await visitor.field("What you saw").fill("I think it was him")
    await visitor.field("Where").select_option("School gate")
    await visitor.field("Bullying").check()
    await visitor.field("Date it happened").fill("2026-11-24")
    await visitor.field("Time it happened").fill("10:15")
    await visitor.presses("Send")
    await expect(visitor.field("What you saw")).to_have_accessible_description(f"Facts only. {A_VIEW}")
    await expect(visitor.field("What you saw")).to_be_focused()
    await expect(visitor.field("What you saw")).to_have_value("I think it was him")
    await expect(visitor.field("Child")).to_have_value("Mia Example · 8B · Year 8")
    await expect(visitor.field("Time it happened")).to_have_value("10:15")
    await visitor.field("What you saw").fill("She held her <b>sleeve</b>")
    await visitor.presses("Send")
    await expect(visitor.window).to_contain_text("Your concern has been received")
    await expect(visitor.window.get_by_text("She held her <b>sleeve</b>")).to_be_visible()
    await visitor.presses("Close")
    await expect(visitor.page.locator("#people-groups button", has_text="Lee Abara")).to_contain_text("1 new")
    await visitor.picks("Lee Abara", "Slack")
    await expect(visitor.page.get_by_role("heading", name="Safeguarding concern 26-48213")).to_be_visible()
    await visitor.page.get_by_role("button", name="Accept").click()
    await expect(visitor.page.get_by_role("heading", name="Accepted by a lead")).to_be_visible()
    await expect(visitor.page.get_by_text("(edited)")).to_be_visible()
    await expect(visitor.page.get_by_role("button", name="Accept")).to_be_focused()


async def test_what_was_sent_is_what_was_typed(visitor: Visitor) -> None:
    await visitor.picks("Tess Hallam", "Slack")
    await visitor.types("/concern")
    await visitor.field("This week").check()
    await visitor.looks_up("Child", "ma", "Max Example")
    await visitor.field("What you saw").fill("*two*\n lines & <more>")
    await visitor.field("Neglect").check()
    await visitor.presses("Send")
    await expect(visitor.window).to_contain_text("Your concern has been received")
    sent = visitor.lab.slack.deliveries[-1].request.body
    for expected in ("p2", "neglect", "week"):
        assert f"%22value%22%3A+%22{expected}%22" in sent
    assert "%2Atwo%2A%5Cn+lines+%26+%3Cmore%3E" in sent


async def test_a_concern_is_raised_on_teams_and_the_lead_has_the_card(visitor: Visitor) -> None:
    await visitor.picks("Tom Whitlow", "Teams")
    await visitor.types("/concern")
    await visitor.page.get_by_role("button", name="Open the form").click()
    await visitor.presses("Send")
    await expect(visitor.field("What you saw")).to_have_accessible_description("Please answer this.")
    await visitor.field("Today").check()
    await visitor.looks_up("Child", "mi", "Mia Example")
    await visitor.field("What you saw").fill("I think so")
    await visitor.field("Where").select_option("Home")
    await visitor.field("Date it happened").fill("2026-11-24")
    await visitor.presses("Send")
    await expect(visitor.field("What you saw")).to_have_accessible_description(A_VIEW)
    await visitor.field("What you saw").fill("He said <i>no</i>")
    await visitor.presses("Send")
    await expect(visitor.window).to_contain_text("He said <i>no</i>")
    await visitor.presses("Close")
    await visitor.picks("Dana Okello", "Teams")
    await visitor.page.get_by_role("button", name="Accept").click()
    await expect(visitor.page.get_by_text("Accepted by a lead")).to_be_visible()


async def test_a_card_unfolds_and_keeps_what_is_typed_when_something_else_arrives(visitor: Visitor) -> None:
    await test_a_concern_is_raised_on_teams_and_the_lead_has_the_card(visitor)
    page, teams = visitor.page, visitor.lab.teams
    await page.get_by_role("button", name="Decide").click()
    await page.get_by_label("Why").fill("Half a sen")
    teams.post(teams.leads, {"type": "message", "text": "Something else"})
    await expect(page.get_by_text("Something else", exact=True)).to_be_visible()
    await expect(page.get_by_label("Why")).to_have_value("Half a sen")
    await expect(page.get_by_label("Why")).to_be_focused()


async def test_a_message_is_reported_from_its_own_menu_on_both_platforms(visitor: Visitor) -> None:
    for name, platform, channel in (("Tess Hallam", "Slack", "general"), ("Tom Whitlow", "Teams", "General")):
        await visitor.picks(name, platform)
        await visitor.page.get_by_role("button", name=channel, exact=False).filter(has_text=channel).last.click()
        await visitor.types("Mia was upset", channel)
        await visitor.page.get_by_role("button", name="More actions for the message").click()
        await visitor.page.get_by_role("menuitem", name="Report as a concern").click()
        await expect(visitor.window).to_contain_text("Raise a concern")
        await visitor.page.keyboard.press("Escape")
        await expect(visitor.window).to_have_count(0)
    assert "message_action" in {sent.request.kind for sent in visitor.lab.slack.deliveries}
    assert "composeExtension/fetchTask" in {sent.name for sent in visitor.lab.teams.deliveries}


async def test_the_form_opens_without_typing_from_the_menu_beside_the_box(visitor: Visitor) -> None:
    for name, platform, menu in (("Tess Hallam", "Slack", "Shortcuts"), ("Tom Whitlow", "Teams", "Apps")):
        await visitor.picks(name, platform)
        await visitor.page.get_by_role("button", name=menu).click()
        await visitor.page.get_by_role("menuitem", name="Raise a concern").click()
        await expect(visitor.window.get_by_role("heading", name="Raise a concern")).to_be_visible()
        await visitor.window.get_by_role("button", name="Close").first.click()
        await expect(visitor.window).to_have_count(0)


async def test_the_whole_journey_goes_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    await _tab_to(page, "Tess Hallam")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox", name="Message Heard")).to_be_focused()
    await page.keyboard.type("/con")
    await expect(page.get_by_role("option", name="/concern")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(visitor.field("Now")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(visitor.field("Today")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.type("mia")
    await expect(visitor.window.get_by_role("option", name="Mia Example")).to_be_visible()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Seen from the window")
    for _ in range(40):
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('dialog') !== null")
    await _tab_to(page, "Send")
    await page.keyboard.press("Enter")
    await expect(visitor.window).to_contain_text("Your concern has been received")
    await page.keyboard.press("Escape")
    await expect(visitor.window).to_have_count(0)
    await expect(page.get_by_role("combobox", name="Message Heard")).to_be_focused()


async def _tab_to(page: Page, words: str) -> None:
    """Press Tab until a button with those words has the focus; the page itself holds every word and does not count."""
    await expect(page.get_by_role("button", name=words).first).to_be_visible()
    for _ in range(60):
        await page.keyboard.press("Tab")
        if words in await page.evaluate("document.activeElement.closest('button')?.textContent ?? ''"):
            return
    raise AssertionError(f"the Tab key never reaches {words!r}")


async def test_moving_the_clock_brings_the_reminder_and_says_for_whom(visitor: Visitor) -> None:
    page = visitor.page
    await expect(page.locator("#now")).to_have_text("Tue 24 Nov, 10:15")
    await visitor.picks("Tess Hallam", "Slack")
    await page.get_by_role("button", name="Next morning").click()
    await expect(page.locator("#now")).to_have_text("Wed 25 Nov, 08:35")
    await expect(page.get_by_role("status")).to_contain_text("Something new for Lee Abara and Dana Okello.")
    await visitor.picks("Lee Abara", "Slack")
    await expect(page.get_by_text("Concern 26-48213 has not been accepted")).to_be_visible()


async def test_a_lead_can_be_put_out_of_office_on_either_platform(visitor: Visitor) -> None:
    await visitor.picks("Tess Hallam", "Slack")
    await expect(visitor.page.get_by_role("switch")).to_have_count(0)
    await visitor.picks("Dana Okello", "Teams")
    switch = visitor.page.get_by_role("switch", name="Out of office")
    await switch.click()
    await expect(switch).to_be_checked()
    assert [told.out_of_office for told in visitor.lab.teams.presence.values()] == ["Away."]
    await visitor.picks("Lee Abara", "Slack")
    await expect(switch).not_to_be_checked()
    await switch.click()
    await expect(switch).to_be_checked()
    assert visitor.lab.slack.statuses["U0LEE"] == ":palm_tree:"
    await switch.click()
    await expect(switch).not_to_be_checked()


async def test_rules_that_were_broken_are_listed_and_the_panel_is_hidden_without_any(visitor: Visitor) -> None:
    panel = visitor.page.locator("#refused")
    await visitor.picks("Tess Hallam", "Slack")
    await expect(panel).to_be_hidden()
    visitor.lab.slack.refusals.append("chat.postMessage: text is too long")
    visitor.lab.slack.touch()
    await expect(panel).to_contain_text("What the platform refused (1)")
    await panel.get_by_text("What the platform refused").click()
    await expect(panel).to_contain_text("chat.postMessage: text is too long")


async def test_the_first_steps_follow_what_is_done_and_stay_away_once_dismissed(visitor: Visitor) -> None:
    guide = visitor.page.get_by_role("region", name="First steps")
    await guide.get_by_role("button", name="Tess, a teacher").click()
    await expect(guide).to_contain_text("2 of 4")
    await guide.get_by_role("button", name="Dismiss").click()
    await visitor.page.reload()
    await expect(visitor.page.get_by_role("region", name="Tess Hallam's Slack")).to_be_visible()
    await expect(guide).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_is_wider_than_a_phone(browser: Browser, lab: PageLab, scheme: Literal["light", "dark"]) -> None:
    page = await browser.new_page(viewport={"width": 375, "height": 800}, color_scheme=scheme)
    page.set_default_timeout(MILLISECONDS)
    visitor = Visitor(page, lab)
    await page.goto(lab.address)
    assert await page.evaluate(OVERFLOWING) == []
    await visitor.picks("Tess Hallam", "Slack")
    await visitor.types("/concern")
    await expect(visitor.window).to_be_visible()
    assert await page.evaluate(OVERFLOWING) == []
    await page.keyboard.press("Escape")
    lab.slack.refusals.append("a rule " * 30 + "x" * 90)
    await lab.clock.move(timedelta())
    await visitor.picks("Lee Abara", "Slack")
    await expect(page.get_by_role("button", name="Accept")).to_be_visible()
    await page.locator("#refused summary").click()
    assert await page.evaluate(OVERFLOWING) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == 375
    await visitor.picks("Tom Whitlow", "Teams")
    await visitor.types("/concern")
    await page.get_by_role("button", name="Open the form").click()
    await expect(visitor.window).to_be_visible()
    assert await page.evaluate(OVERFLOWING) == []
    assert visitor.complaints == []


async def test_the_apps_home_tab_is_drawn_beside_the_chat_and_again_when_it_changes(visitor: Visitor) -> None:
    page, slack = visitor.page, visitor.lab.slack
    slack.post(slack.leads, "A concern is waiting", slack_card("Safeguarding concern 26-48213"))
    await visitor.picks("Tess Hallam", "Slack")
    await page.get_by_role("tab", name="Home").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("Heard has put nothing here yet.")
    await expect(page.get_by_role("combobox")).to_be_hidden()
    button = {"type": "button", "action_id": "open", "text": plain("Open"), "value": "1"}
    for words in ("26-48213: waits", "26-48213: accepted"):
        row = {"type": "section", "text": plain(words), "accessory": button}
        views_publish(slack, {"user_id": "U0TESS", "view": {"type": "home", "blocks": [row]}})
        await expect(page.get_by_role("tabpanel")).to_contain_text(words)
    await page.get_by_role("tabpanel").get_by_role("button", name="Open").click()
    await expect(page.get_by_role("tabpanel").get_by_role("button", name="Open")).to_be_focused()
    assert slack.deliveries[-1].request.kind == "block_actions"
    await page.get_by_role("tab", name="Home").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Messages")).to_be_focused()
    await expect(page.get_by_role("combobox", name="Message Heard")).to_be_visible()
    await visitor.picks("Tom Whitlow", "Teams")
    await expect(page.get_by_role("tab")).to_have_count(0)


@pytest_asyncio.fixture(loop_scope="module")
async def caller(shared_lab: PageLab) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=shared_lab.address) as made:
        yield made


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil", ""])
async def test_a_name_that_is_not_this_machines_is_refused(caller: httpx.AsyncClient, host: str) -> None:
    for path in ("/", "/page/main.js", "/playground/api/people"):
        assert (await caller.get(path, headers={"host": host})).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000"])
async def test_this_machines_own_names_are_let_in(caller: httpx.AsyncClient, host: str) -> None:
    assert (await caller.get("/", headers={"host": host})).status_code == 200


async def test_a_page_of_another_site_cannot_press_anything(caller: httpx.AsyncClient, shared_lab: PageLab) -> None:
    lab, before = shared_lab, shared_lab.clock.at
    path, asked = "/playground/api/clock", {"by": "5"}
    answer = await caller.post(path, json=asked, headers={"origin": "https://evil.example"})
    assert (answer.status_code, lab.clock.at) == (403, before)
    assert (await caller.post(path, json=asked, headers={"origin": lab.address})).status_code == 204
    assert lab.clock.at > before


async def test_the_policy_lets_no_text_become_script_and_nothing_load_from_elsewhere(caller: httpx.AsyncClient) -> None:
    policy = (await caller.get("/")).headers["content-security-policy"]
    assert "default-src 'none'" in policy and "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy


SAY = {"person": "tess", "platform": "slack", "text": "/concern", "place": "bot"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", SAY | {"person": "nobody"}, 404),
        ("say", SAY | {"person": "tom"}, 404),
        ("say", SAY | {"platform": "irc"}, 422),
        ("say", SAY | {"place": "leads"}, 409),
        ("say", SAY | {"more": 1}, 422),
        ("say", [], 422),
        ("submit", {"person": "tess", "platform": "slack", "values": {}}, 409),
        ("submit-card", {"person": "tom", "platform": "teams", "data": {}}, 409),
        ("submit", {"person": "tess", "platform": "slack", "values": {"b": 7}}, 422),
        ("press", {"person": "tess", "platform": "slack", "message": "1"}, 409),
        ("press", {"person": "tom", "platform": "teams", "message": "1"}, 409),
        ("search", {"person": "tess", "platform": "slack", "text": "mi", "block_id": "b", "action_id": "a"}, 409),
        ("shortcut", {"person": "tom", "platform": "slack", "callback_id": "start"}, 404),
        ("start", {"person": "tess", "platform": "teams"}, 404),
        ("clock", {"by": "-5"}, 422),
        ("clock", {"by": "0"}, 422),
        ("away", {"person": "nobody", "away": True}, 404),
    ],
)
async def test_what_makes_no_sense_is_refused_in_words(
    caller: httpx.AsyncClient, path: str, body: object, status: int
) -> None:
    answer = await caller.post(f"/playground/api/{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]


async def test_a_page_waits_for_news_and_is_told_at_once(caller: httpx.AsyncClient, shared_lab: PageLab) -> None:
    first = (await caller.get("/playground/api/screen", params={"person": "lee", "platform": "slack"})).json()
    await shared_lab.clock.move(timedelta())
    asked = {"person": "lee", "platform": "slack", "mark": first["mark"]}
    second = (await caller.get("/playground/api/screen", params=asked, timeout=PATIENT)).json()
    assert second["arrived"]["lee@slack"]["leads"] == first["arrived"]["lee@slack"]["leads"] + 1
    assert (await caller.get("/playground/api/screen", params=asked | {"mark": second["mark"]})).status_code == 204
