"""Actions on either platform: given as is usual, taken in hand, done, sent back, done again, verified; more time."""

from datetime import timedelta

import pytest

from bot.demo import Stage
from bot.playground.thumbs import Thumbs
from tests.journeys.gestures import newest, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import LEADS, on

OWNERS = {"slack": ("tess", "Tess Hallam"), "teams": ("tom", "Tom Whitlow")}


@pytest.fixture(params=["slack", "teams"])
def lead(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, LEADS[request.param])


@pytest.fixture(params=["slack", "teams"])
def owner(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, OWNERS[request.param][0])


async def sends(person: Thumbs, button: str, **fields: str) -> str:
    """Fill the window that is open, send it, and close what it says."""
    await person.fill({label.replace("_", " "): text for label, text in fields.items()})
    await person.press(button)
    said = open_window(person).words
    await person.close()
    return said


async def gives(lead: Thumbs, owner: Thumbs, reference: str) -> None:
    await lead.press("Accept", on=await sees(lead, reference))
    await lead.press("Assign an action", on=await sees(lead, "Accepted by"))
    await lead.fill(
        {
            "What sort of action?": "Call home · today",
            "What is to be done?": "CANARY-WHAT ring home about the bus.",
            "Who will do it?": OWNERS[owner.platform][1],
        }
    )
    await lead.press("Assign")
    assert "It is due Tue 24 Nov, 13:15." in open_window(lead).words
    assert "Assign another" in open_window(lead).buttons


async def test_an_action_goes_to_and_fro_until_it_is_verified(stage, lead, owner):
    reference = await reports(on(stage, "slack", "sol"))
    await gives(lead, owner, reference)
    await lead.press("Assign another")
    assert open_window(lead).title == "Assign an action"
    await lead.close()

    card = await sees(owner, f"Action {reference}/1", "bot")
    await owner.press("Acknowledge", on=card)
    card = await sees(owner, "Acknowledged", "bot")
    await owner.press("Done", on=card)
    assert "Thank you" in await sends(owner, "Done", **{"What did you do?": "CANARY-DONE rang at 12:10."})

    verify = await sees(lead, f"Action {reference}/1 waits to be verified", "bot")
    await lead.press("Open", on=verify)
    assert "CANARY-DONE rang at 12:10." in open_window(lead).words
    await lead.close()
    await lead.press("Send back", on=verify)
    await sends(lead, "Send back", **{"What is still to be done?": "CANARY-AGAIN ring her father too."})

    card = await sees(owner, "Sent back", "bot")
    await owner.press("Open", on=card)
    assert "CANARY-AGAIN ring her father too." in open_window(owner).words
    await owner.close()
    await owner.press("Done", on=card)
    await sends(owner, "Done", **{"What did you do?": "CANARY-DONE rang him too."})

    await sees(lead, "Read what was done", "bot")
    await lead.press("Verify", on=newest(lead, "Verify"))
    await sees(owner, "Done and verified", "bot")


async def test_the_third_time_that_more_time_is_given_the_leads_are_told(stage, lead, owner):
    reference = await reports(on(stage, "slack", "sol"))
    await gives(lead, owner, reference)
    await lead.close()
    await sees(owner, f"Action {reference}/1", "bot")
    days = [(stage.clock() + timedelta(days=n)).date().isoformat() for n in (1, 2, 3)]
    for number, day in enumerate(days):
        await owner.press("More time", on=newest(owner, "More time"))
        asked = {"New due date": day, "Why is more time needed?": f"CANARY-WHY{number} not reached."}
        assert "being asked" in await sends(owner, "Send", **asked)
        await sees(lead, f"More time is asked for action {reference}/1", "bot")
        await lead.press("Give more time", on=newest(lead, "Give more time"))
        assert f"CANARY-WHY{number}" in open_window(lead).words
        await sends(lead, "Send", **{"Why is more time needed?": "CANARY-GIVEN it can wait."})
        await sees(owner, "More time given", "bot")
    other = on(stage, *(("teams", "priya") if lead.platform == "slack" else ("slack", "lee")))
    await sees(other, f"Action {reference}/1 has been given more time 3 times", "bot")
