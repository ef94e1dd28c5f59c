"""The demo as a newcomer meets it: the page in a real browser, the program behind it, every gesture by its label."""

from playwright.async_api import expect

from bot.demo import Stage
from tests.journeys.gestures import FACTS, MINE, WORDS, reports
from tests.journeys.visitor import Visitor

LEADS = "^(Safeguarding leads|safeguarding-leads)"


async def first_page(visitor: Visitor) -> None:
    await visitor.chooses("Is anyone in danger now?", "No")
    await visitor.chooses("What is it about?", "A child")
    await visitor.chooses("How soon must someone act?", "Today")
    await visitor.chooses("Have you told a lead in person?", "No")
    await visitor.picks("Child", "mia", "Mia Patel · 8B")
    await visitor.presses("Next")
    await visitor.takes("How do you know?", "The child told me")


async def picks_the_kind(visitor: Visitor, platform: str) -> None:
    """A list that takes several on Slack, a menu a kind on Teams."""
    if platform == "teams":
        await visitor.takes("Kind of concern", "Bullying or prejudice")
    else:
        await visitor.window().get_by_label("Bullying or prejudice").check()


async def third_and_fourth_page(visitor: Visitor) -> None:
    await visitor.takes("When did you learn of it?", "When it happened")
    await visitor.writes("What you saw, heard and did: facts only", f"{FACTS} She was obviously scared of going home.")
    await visitor.writes("The child's exact words", WORDS)
    await visitor.presses("Next")
    await visitor.writes("What you have done", "CANARY told her I would tell a lead.")
    await picks_the_kind(visitor, visitor.platform)
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
    await visitor.takes("When did it happen?", "Over time")
    await visitor.takes("Where did it happen?", "School gate")
    await visitor.presses("Next")
    await expect(visitor.window()).to_contain_text("Please complete this required field.")
    await visitor.picture("slack_2_complaint")
    await visitor.takes("This child's part in it", "Harmed or at risk")
    await visitor.presses("Next")
    await third_and_fourth_page(visitor)
    await expect(visitor.window()).to_contain_text("Your concern has been received")
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
    await visitor.takes("This child's part in it", "Harmed or at risk")
    await visitor.takes("When did it happen?", "Over time")
    await visitor.presses("Next")
    await expect(visitor.window()).to_contain_text("Please answer this.")
    await visitor.picture("teams_2_complaint")
    await visitor.takes("Where did it happen?", "School gate")
    await visitor.presses("Next")
    await third_and_fourth_page(visitor)
    await expect(visitor.window()).to_contain_text("Your concern has been received")
    await visitor.picture("teams_receipt")
    await visitor.presses("Close")

    await visitor.is_("Priya Raman", "Teams")
    await visitor.goes(LEADS)
    await visitor.presses_on_card("Safeguarding concern", "Accept")
    await visitor.presses_on_card("Accepted by Priya Raman", "Triage")
    await visitor.picture("teams_look_back")
    await visitor.presses("Go on")
    await expect(visitor.window().get_by_text("Categories for").first).to_be_visible()
    await visitor.presses("Go on")
    await visitor.chooses("Level", "Low")
    await visitor.takes("Was the child seen and spoken to?", "Seen and spoken to")
    await visitor.takes("Parents or carers", "Told")
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
    await expect(visitor.page.get_by_text("Not accepted in").first).to_be_visible()
    await visitor.picture("teams_chased")
