"""A form tutor's first school morning of the week: one card in their own chat, by reference, and what it opens."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo import Stage
from tests.journeys.gestures import FACTS, does_more, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import on

TUTORS = {"slack": ("sol", "Sol Castellano"), "teams": ("tom", "Tom Whitlow")}
MONDAY = datetime(2026, 11, 30, 9, 1, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("platform", TUTORS)
async def test_a_tutor_is_told_once_a_week_what_they_owe_and_what_is_shared_with_them(stage: Stage, platform: str):
    key, name = TUTORS[platform]
    lee, tutor, ravi = on(stage, "slack", "lee"), on(stage, platform, key), on(stage, "slack", "ravi")
    reference = await reports(on(stage, "slack", "tess"))
    await lee.press("Accept", on=await sees(lee, reference))
    for owner in (name, "Ravi Bhatt"):
        await lee.press("Assign an action", on=await sees(lee, "Accepted by"))
        sort = {"What sort of action?": "Call home · today", "What is to be done?": "CANARY ring home."}
        await lee.fill({**sort, "Who will do it?": owner, "Due date": "2026-12-02"})
        await lee.press("Assign")
        await lee.close()
    await does_more(lee, await sees(lee, "Accepted by"), "Share with a colleague")
    await lee.fill({"Who with?": name, "Until": "2026-12-04", "Why do they need it?": "CANARY their tutor."})
    await lee.fill({"What do they need to know?": ["What was seen, heard and done"]})
    await lee.press("Share")
    await lee.close()

    await stage.move(MONDAY - timedelta(minutes=5) - stage.clock())
    assert not any("Your week as a form tutor" in seen.words for seen in tutor.chat("bot"))
    await stage.move(timedelta(minutes=5))
    card = await sees(tutor, "Your week as a form tutor", "bot")
    assert card.words.startswith("Your week as a form tutor: 1 to do, 1 shared with you, the first due Wed 2 Dec, ")
    assert "Actions you owe: 1" in card.words
    assert "Shared with you: 1" in card.words
    assert f"{reference}/1" in card.words
    assert not any("Your week as a form tutor" in seen.words for seen in ravi.chat("bot"))
    by_name = {f"Open {reference}/1": "ring home", f"Open {reference}": FACTS}
    assert card.buttons == (("Open", "Open") if platform == "slack" else tuple(by_name))
    for button, holds in ({"Open": "ring home"} if platform == "slack" else by_name).items():
        await tutor.press(button, on=card)
        assert holds in open_window(tutor).words
        await tutor.close()
