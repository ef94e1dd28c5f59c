"""Marks on a body map, two children's words, a picture that is not taken, and a name that is not guessed."""

from collections.abc import Mapping

import pytest

from bot.demo import Stage
from bot.playground.thumbs import Answer, PlatformRefused, Thumbs
from tests.journeys.gestures import PAGES, Pages, begins, goes_on, newest, open_window, reference_in, sees
from tests.journeys.test_from_concern_to_close import LEADS, TEACHERS, on

HARD_SPACE = "\u00a0"
MARKS: Pages = (
    {"The mark: where on the body": "Front: forearm", "The mark: which side": "Left",
     "The mark: size, shape and colour": "CANARY-LOOK a red line, about 3 cm", "The mark: is the skin broken?": "No",
     "The mark: the explanation given": "CANARY-WHY the strap of my bag", "The mark: who gave that explanation": "Mia"},
    {"The second mark: where on the body": "Back: lower back", "The second mark: which side": "Middle",
     "The second mark: is the skin broken?": "Not known"},
    {"The third mark: where on the body": "Front: cheek", "The third mark: which side": "Right"},
)
MARKED: Pages = (
    PAGES[0],
    {**PAGES[1], "When did it happen?": "On another day", "At what time?": "10:15"},
    {"On which day did it happen?": "2026-11-20", "When did you learn of it?": "On another day",
     "At what time?": "08:15", "The child's exact words": " he dun it CANARY  innit ",
     "How the child told you": "Through an interpreter",
     "A mark or an injury?": "Yes, three or more"},
    {"On which day did you learn of it?": "2026-11-24", "Who interpreted?": "Ada Kovac, Polish",
     **{name: answer for name, answer in PAGES[3].items() if name != "The questions you asked, word for word"},
     "The questions you asked, word for word": "What happened?\nTell me about your arm.",
     **MARKS[0], **MARKS[1], **MARKS[2]},
)


@pytest.fixture(params=["slack", "teams"])
def teacher(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, TEACHERS[request.param])


@pytest.fixture(params=["slack", "teams"])
def lead(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, LEADS[request.param])


async def reports_marks(teacher: Thumbs) -> str:
    """A whole account with three marks; returns its reference."""
    for page in MARKED:
        await (teacher.fill(page) if teacher.window() else begins_with(teacher, page))
        await goes_on(teacher)
    assert "Mark 3: Front: cheek, right" in open_window(teacher).words
    await teacher.press("Send")
    reference = reference_in(open_window(teacher).words)
    await teacher.close()
    return reference


async def begins_with(teacher: Thumbs, page: Mapping[str, Answer]) -> None:
    await begins(teacher)
    await teacher.fill(page)


async def test_three_marks_are_drawn_for_the_lead_where_they_were_seen(stage: Stage, teacher: Thumbs, lead: Thumbs):
    reference = await reports_marks(teacher)
    await lead.press("Open", on=await sees(lead, reference))
    account = open_window(lead).words.replace(HARD_SPACE, " ")
    for line in ("R     FRONT     L   L     BACK      R", "| 3 ^   |", "|   | |   | | 1 |   |   | | 2 | |   |"):
        assert line in account, account
    assert "Mark 1: Front: forearm, left" in account
    assert "Mark 1, size, shape, colour: CANARY-LOOK a red line, about 3 cm" in account
    assert "Mark 1, explanation given: CANARY-WHY the strap of my bag" in account
    assert "Mark 1, explained by: Mia" in account
    assert "Mark 2: Back: lower back, middle" in account
    assert "Mia Patel · 8B · Year 8: exact words" in account
    assert " he dun it CANARY  innit " in open_window(lead).words
    assert "1. What happened?\n2. Tell me about your arm." in account
    assert "Happened Fri 20 Nov, 10:15; learned 4 days later; recorded" in account


async def test_a_name_that_is_typed_and_not_chosen_is_refused_and_never_guessed(stage: Stage, teacher: Thumbs):
    await begins(teacher)
    with pytest.raises(PlatformRefused, match="not one"):
        await teacher.fill({"Child": "Mia Patel"})
    await teacher.fill({name: answer for name, answer in PAGES[0].items() if name != "Child"})
    await teacher.type_only("Child", "Mia Patel")
    await goes_on(teacher)
    if teacher.platform == "slack":  # Slack sends nothing of what was typed and not chosen
        assert open_window(teacher).field("Who is the child?").value == ""
        await teacher.press("Back")
    asked = open_window(teacher).field("Child")
    assert teacher.platform == "slack" or "hoose" in asked.complaint
    assert asked.value == ""
    assert open_window(teacher).field("What is it about?").value == "A child"
    await teacher.fill({"Child": "Mia Patel · 8B · Year 8"})
    await goes_on(teacher)
    assert open_window(teacher).field("This child's part in it")


async def test_a_reported_message_with_a_picture_is_taken_in_words_alone(stage: Stage, teacher: Thumbs):
    await teacher.report_message("CANARY-MESSAGE look at her arm", file="CANARY-FILE.jpg")
    window = open_window(teacher)
    assert "nothing of it was kept" in window.words
    assert "CANARY-FILE" not in window.words
    for page in PAGES[:2]:
        await teacher.fill(page)
        await goes_on(teacher)
    facts = open_window(teacher).field("What you saw, heard and did: facts only").value
    assert "CANARY-MESSAGE look at her arm" in facts
    assert "CANARY-FILE" not in facts


async def test_a_picture_pasted_to_the_bot_on_teams_is_answered_with_the_reason_and_a_way_on(stage: Stage):
    tom = on(stage, "teams", "tom")
    await tom.say("this is her arm", file="canary-picture.jpg")
    card = newest(tom, "Open the form")
    assert "Heard takes no pictures" in card.words
    await tom.press("Open the form", on=card)
    for page in PAGES[:2]:
        await tom.fill(page)
        await goes_on(tom)
    assert open_window(tom).field("What you saw, heard and did: facts only").value == "this is her arm"


async def test_a_picture_cannot_be_sent_to_the_bot_on_slack_and_a_link_to_one_is_left_out(stage: Stage):
    tess = on(stage, "slack", "tess")
    with pytest.raises(PlatformRefused, match="takes no messages"):
        await tess.say("this is her arm", file="canary-picture.jpg")
    await tess.say("/concern her arm https://kingfisher.slack.com/files/U1/F1/canary.jpg")
    assert "Heard takes no pictures" in open_window(tess).words
    for page in PAGES[:2]:
        await tess.fill(page)
        await goes_on(tess)
    assert open_window(tess).field("What you saw, heard and did: facts only").value == "her arm"
