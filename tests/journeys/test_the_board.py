"""The board and the cover, on both platforms: what waits for one person, kept up to date where it stands."""

import pytest
from playwright.async_api import expect

from bot.demo import Stage
from bot.playground.slack.thumbs import SlackThumbs
from bot.playground.thumbs import Thumbs
from tests.journeys.gestures import newest, open_window, reports, sees, triages, until
from tests.journeys.test_from_concern_to_close import LEADS, on
from tests.journeys.visitor import Visitor


@pytest.fixture(params=["slack", "teams"])
def lead(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, LEADS[request.param])


def other_teacher(stage: Stage, lead: Thumbs) -> Thumbs:
    return on(stage, "teams", "tom") if lead.platform == "slack" else on(stage, "slack", "tess")


async def looks(lead: Thumbs) -> None:
    """Ask for one's board, in each platform's own way."""
    if isinstance(lead, SlackThumbs):
        await lead.open_home()
    else:
        await lead.say("/concern board")


def board(lead: Thumbs) -> str:
    if isinstance(lead, SlackThumbs):
        return lead.home().words
    shown = [seen.words for seen in lead.chat("bot") if seen.words.startswith("Your board\n")]
    return shown[-1] if shown else ""


async def shows(lead: Thumbs, words: str) -> None:
    await until(lambda: words in board(lead), f"{words!r} on the board")


async def presses(lead: Thumbs, label: str, reference: str = "") -> None:
    """A button of the board: Slack has each beside its row, Teams names the row on it."""
    if isinstance(lead, SlackThumbs):
        await lead.press_home(label, beside=reference)
    else:
        name = f"{label} {reference}".strip()
        await lead.press(name, on=newest(lead, name))


async def test_the_board_follows_what_happens_and_its_buttons_open_what_they_name(stage: Stage, lead: Thumbs):
    await looks(lead)
    await shows(lead, "Nothing is waiting for you.")
    reference = await reports(other_teacher(stage, lead))
    await shows(lead, f"{reference}: Today. Accept by Tue 24 Nov, 10:45")
    await presses(lead, "Open", reference)
    assert "told by the child" in open_window(lead).words
    await lead.close()
    await lead.press("Accept", on=await sees(lead, "Read, waiting"))
    await shows(lead, f"{reference}: Decide by Tue 24 Nov, 15:30")
    await triages(lead, await sees(lead, "Accepted by"))
    await shows(lead, f"{reference}: Decided. Review")
    await presses(lead, "Refresh")
    await shows(lead, f"{reference}: Decided. Review")
    if lead.platform == "teams":
        boards = [seen for seen in lead.chat("bot") if seen.words.startswith("Your board\n")]
        assert len(boards) == 1, "one card, drawn again in place"


async def test_from_the_board_a_list_with_names_opens_for_one_person_and_each_line_opens(stage: Stage, lead: Thumbs):
    """The board itself, which stays in the chat, says only numbers."""
    await looks(lead)
    first, second = [await reports(other_teacher(stage, lead)) for _ in range(2)]
    await shows(lead, f"{second}: Today. Accept by")
    assert "Mia" not in board(lead)
    await presses(lead, "Open all 2 with names")
    window = open_window(lead)
    assert window.words.count("Mia Patel · 8B · Year 8") >= 2
    assert "Bullying or prejudice. Today. Accept by" in window.words
    assert "Last: Concern raised" in window.words
    await lead.press(f"Open {second}")
    assert open_window(lead).title == f"Concern {second}"
    assert first not in open_window(lead).words
    await lead.press("Accept")
    assert "Accepted by" in open_window(lead).words
    await lead.press("Back to the list")
    assert f"Open {first}" in open_window(lead).buttons
    assert "Decide by" in open_window(lead).words
    await lead.press(f"Open {first}")
    assert open_window(lead).title == f"Concern {first}"


async def test_a_teacher_has_a_page_of_their_own_and_can_begin_from_it(stage: Stage):
    tess = stage.slack.thumbs("tess")
    await tess.open_home()
    assert "How to raise a concern" in tess.home().words
    await tess.press_home("Raise a concern")
    assert open_window(tess).title == "Raise a concern"
    await tess.close()
    reference = await reports(tess)
    await until(lambda: reference in tess.home().words, "their own concern on their page")
    tom = stage.teams.thumbs("tom")
    await tom.say("/concern board")
    assert reference not in (await sees(tom, "How to raise a concern", "bot")).words


async def test_a_stranger_who_looks_at_the_page_is_told_so_and_sees_nothing(stage: Stage):
    await reports(stage.slack.thumbs("tess"))
    strangers = [one.key for one in stage.cast.people if one.slack_user and one.kind in ("guest", "pupil")]
    assert strangers
    for key in strangers:
        stranger = stage.slack.thumbs(key)
        await stranger.open_home()
        assert "26-" not in stranger.home().words
        assert stranger.home().buttons == ("Close",)


AWAY = {"First day away": "2026-11-24", "Last day away": "2026-11-27", "What they need to know": "CANARY-NOTE ring."}


async def test_one_who_goes_away_is_covered_by_a_colleague_on_the_other_platform(stage: Stage):
    lee, priya = stage.slack.thumbs("lee"), stage.teams.thumbs("priya")
    reference = await reports(stage.slack.thumbs("tess"))
    await lee.press("Accept", on=await sees(lee, reference))
    await lee.say("/concern away")
    await lee.fill({**AWAY, "Who covers for you": "Priya Raman"})
    await lee.press("Tell them")
    assert "stays yours until" in open_window(lee).words
    await lee.close()
    card = await sees(priya, "You cover for Lee Abara", "bot")
    assert reference in card.words
    await priya.press("Read their note", on=card)
    assert "CANARY-NOTE" in open_window(priya).words
    await priya.close()
    await priya.press("Take it over", on=card)
    await sees(priya, "There is nothing of theirs left", "bot")
    assert reference in (await sees(lee, "Priya Raman has taken over", "bot")).words
    await sees(lee, "Accepted by Priya Raman")


async def test_the_home_tab_on_the_page(stage: Stage, visitor: Visitor):
    reference = await reports(stage.slack.thumbs("tess"))
    await visitor.is_("Lee Abara", "Slack")
    await visitor.goes("^Heard")
    await visitor.page.get_by_role("tab", name="Home").click()
    panel = visitor.page.get_by_role("tabpanel")
    await expect(panel).to_contain_text(f"{reference}: Today.")
    await visitor.picture("slack_home")
    await panel.get_by_role("button", name="Open it with its name").click()
    await expect(visitor.window()).to_contain_text("Mia Patel · 8B · Year 8")
    await visitor.picture("slack_list")
    await visitor.presses("Close")
    await panel.get_by_role("button", name="Open", exact=True).click()
    await expect(visitor.window()).to_contain_text("From Tess Hallam")
    await visitor.presses("Close")
    await expect(panel).to_be_visible()
    await visitor.is_("Tess Hallam", "Slack")
    await visitor.page.get_by_role("tab", name="Home").click()
    await expect(panel).to_contain_text("How to raise a concern")
    await visitor.picture("slack_home_staff")
    await visitor.is_("Priya Raman", "Teams")
    await visitor.goes("^Heard")
    await visitor.types("/concern board")
    await expect(visitor.card("Your board")).to_be_visible()
    await expect(visitor.card("Waiting to be accepted")).to_contain_text(reference)
    await visitor.picture("teams_board")
    await visitor.presses_on_card("Your board", "Open it with its name")
    await expect(visitor.window()).to_contain_text("Mia Patel · 8B · Year 8")
    await visitor.picture("teams_list")
