"""A listed person's account is switched off, or turns out to be a guest's or a restricted one, while they are at work:
from then on it is refused at the command, the form, a card's button and a window's, and what was open shows no more.
"""

from dataclasses import replace

import pytest

from bot.demo import Stage
from bot.playground.thumbs import Thumbs
from tests.journeys.gestures import PAGES, begins, does_more, reports, sees
from tests.journeys.test_from_concern_to_close import LEADS, on

SWITCHED_OFF, GUEST = "This account has been switched off", "You are here with a guest account or a restricted one"
KINDS = [
    ("slack", "deleted", SWITCHED_OFF), ("slack", "guest", GUEST), ("slack", "restricted", GUEST),
    ("teams", "deleted", SWITCHED_OFF), ("teams", "disabled", SWITCHED_OFF), ("teams", "guest", GUEST),
]  # fmt: skip


def stands(stage: Stage, key: str, kind: str) -> None:
    """What their platform says of them from now on."""
    people = tuple(replace(one, kind=kind) if one.key == key else one for one in stage.cast.people)
    for state in (stage.slack, stage.teams):
        state.cast = replace(stage.cast, people=people)


def refusals(person: Thumbs, sentence: str) -> int:
    """How often they have been told so: in the window that is open, and in what stands in their chats."""
    window = person.window()
    told = [window.words] if window else []
    told += [seen.words for place in ("bot", "leads") for seen in person.chat(place)]
    return sum(sentence in words for words in told)


@pytest.mark.parametrize(("platform", "kind", "sentence"), KINDS)
async def test_it_is_refused_at_the_command_the_form_the_card_and_the_window(stage: Stage, platform, kind, sentence):
    lead = on(stage, platform, LEADS[platform])
    reference = await reports(on(stage, "slack", "sol"))
    card = await sees(lead, reference)
    stands(stage, LEADS[platform], kind)
    await lead.press("Accept", on=card)
    assert refusals(lead, sentence) == 1
    await lead.close()
    await lead.say(f"/concern find {reference}")
    assert refusals(lead, sentence) > 0
    assert reference not in _window(lead)
    await lead.close()
    stands(stage, LEADS[platform], "staff")

    await does_more(lead, card, "Chronology")
    stands(stage, LEADS[platform], kind)
    await lead.press("Show")
    assert sentence in _window(lead)
    assert "CANARY" not in _window(lead)
    await lead.close()
    stands(stage, LEADS[platform], "staff")

    await begins(lead)
    await lead.fill(PAGES[0])
    stands(stage, LEADS[platform], kind)
    await lead.press("Next")
    assert sentence in _window(lead)
    assert "Accepted by" not in (await sees(lead, reference)).words


def _window(person: Thumbs) -> str:
    window = person.window()
    return window.words if window else ""
