"""A record is destroyed by two people, each on either platform."""


import pytest

from bot.demo import Stage
from tests.journeys.carried import everything_is_carried
from tests.journeys.gestures import does_more, open_window, reports, sees, triages
from tests.journeys.test_from_concern_to_close import on
from tests.journeys.test_losing_a_concern import loses, shows


@pytest.mark.parametrize(
    ("asks", "agrees"), [(("slack", "lee"), ("teams", "priya")), (("teams", "priya"), ("slack", "lee"))],
    ids=["slack", "teams"],
)  # fmt: skip
async def test_one_proposes_another_agrees_and_no_card_of_it_stands(stage: Stage, asks, agrees):
    one, other, teacher = on(stage, *asks), on(stage, *agrees), on(stage, "slack", "tess")
    reference = await reports(teacher)
    await one.press("Accept", on=await sees(one, reference))
    await triages(one, await sees(one, "Accepted by"))
    await one.press("Close", on=await sees(one, "Decision recorded"))
    await one.fill({"How was it resolved?": "CANARY-OUTCOME moved to another bus."})
    await one.press("Close concern")
    await one.close()

    await does_more(one, await sees(one, "Closed"), "Dispose of its record")
    window = open_window(one)
    assert "It is to be kept until" in window.words
    assert "nobody can read this record again" in window.words
    await one.fill({"On which ground?": "A court or the ICO orders it", "Why may it go?": "CANARY-ORDER of the court."})
    await one.press("Propose")
    assert "Another person is being asked" in open_window(one).words
    await one.close()

    asked = await sees(other, f"Disposal of concern {reference}", "bot")
    assert "CANARY" not in asked.words
    await other.press("Read and answer", on=asked)
    assert "CANARY-ORDER" in open_window(other).words
    await other.fill({"Do you agree?": "I agree: destroy it for good", "Your reasons": "I have read the order."})
    await other.press("Record")
    assert "Nobody can read it again" in open_window(other).words
    await other.close()

    await sees(one, f"The record of concern {reference} is destroyed", "bot")
    await loses(other, reference)
    await everything_is_carried(stage)
    assert not shows(teacher, reference)
