"""Somebody loses a concern while its card stands before them; and the emergency door, across both platforms."""


import pytest

from bot.demo import Stage
from bot.playground.thumbs import Thumbs
from tests.journeys.carried import everything_is_carried
from tests.journeys.gestures import does_more, newest, open_window, reports, sees, until
from tests.journeys.test_from_concern_to_close import on


def shows(person: Thumbs, words: str) -> bool:
    """On any card. What was said once in answer to a press (a whisper, or on Teams a line in their chat) is no card."""
    cards = [seen for place in ("leads", "bot") for seen in person.chat(place) if "You have accepted" not in seen.words]
    return any(words in seen.words for seen in cards if not seen.only_me)


async def loses(person: Thumbs, reference: str) -> None:
    """Every card of it is taken from their screen."""
    await until(lambda: not shows(person, reference) or None, f"{reference} to be gone")


@pytest.mark.parametrize(
    ("named", "name", "by"),
    [(("slack", "lee"), "Lee Abara", ("teams", "priya")), (("teams", "priya"), "Priya Raman", ("slack", "lee"))],
    ids=["slack", "teams"],
)
async def test_a_lead_named_later_sees_the_channels_card_disappear(stage: Stage, named, name, by):
    lost, kept, dana = on(stage, *named), on(stage, *by), on(stage, "slack", "dana")
    reference = await reports(on(stage, "slack", "tess"))
    await lost.press("Accept", on=await sees(lost, reference))
    await sees(kept, f"Accepted by {name}")
    before = await sees(lost, f"Accepted by {name}")

    await does_more(kept, await sees(kept, reference), "Somebody is named in it, or too close")
    await kept.fill(
        {"Who?": name, "How are they involved?": "They are too close to it or to somebody in it",
         "How do you know?": "CANARY-CLOSE her own nephew."}
    )  # fmt: skip
    await kept.press("Record")
    assert "They can no longer see concern" in open_window(kept).words
    await kept.close()

    await loses(lost, reference)
    assert before.id not in [seen.id for seen in lost.chat("leads")]
    await sees(kept, reference, "bot")
    card = await sees(dana, reference, "bot")
    await dana.press("Accept", on=card)
    await sees(kept, "Accepted by Dana Okello", "bot")
    await everything_is_carried(stage)
    assert not shows(lost, reference)


async def test_a_sealed_concern_is_opened_by_two_and_by_nobody_alone(stage: Stage):
    lee, priya, helen = on(stage, "slack", "lee"), on(stage, "teams", "priya"), on(stage, "teams", "helen")
    reference = await reports(on(stage, "teams", "tom"))
    await does_more(priya, await sees(priya, reference), "Seal: open to named people only")
    await priya.fill({"Why does it need to be sealed?": "CANARY-SEAL a colleague's child."})
    await priya.press("Seal")
    await priya.close()
    await loses(lee, reference)

    await lee.say("/concern unlock")
    await lee.fill({"Reference": reference, "Why must you read it now?": "CANARY-WHY the police are here."})
    await lee.press("Ask")
    assert "You have asked." in open_window(lee).words
    await lee.close()
    asked = await sees(helen, f"asks to open concern {reference}", "bot")
    await helen.press("Read why, and answer", on=asked)
    assert "CANARY-WHY" in open_window(helen).words
    await helen.fill({"Do you agree?": "I agree: they may read it for four hours"})
    await helen.press("Record")
    await helen.close()
    await sees(lee, f"Concern {reference} is open to you", "bot")
    await lee.press("Open", on=newest(lee, "Chronology"))
    assert "CANARY-FACTS" in open_window(lee).words
    await lee.close()
    await sees(priya, f"Concern {reference} was opened in an emergency", "bot")
