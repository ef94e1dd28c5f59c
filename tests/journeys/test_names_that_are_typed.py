"""A name is typed where it could have been picked: whoever it means is asked about, and never has the concern."""


import pytest

from bot.demo import Stage
from tests.journeys.carried import everything_is_carried
from tests.journeys.gestures import MINE, PAGES, begins, goes_on, open_window, reference_in, sees
from tests.journeys.test_from_concern_to_close import on
from tests.journeys.test_losing_a_concern import shows

ADULT = (
    {**PAGES[0], "What is it about?": "An adult who works here", "Child": ""},
    {
        "How do you know?": "I saw or heard it",
        "When did it happen?": "Over time",
        "Where did it happen?": "School gate",
    },
    {"Who is the adult?": "Mrs Marsh, Hellen", "What they do here": "Staff, supply, volunteer or contractor",
     "What you saw, heard and did: facts only": "CANARY-FACTS He stood in the doorway at 08:50."},
    {"Kind of concern": ["Bullying or prejudice"], "Before you send": [MINE]},
)


async def fills(person, pages) -> None:
    await begins(person)
    for page in pages:
        await person.fill(page)
        await goes_on(person)


@pytest.mark.parametrize(("platform", "who"), [("slack", "tess"), ("teams", "tom")])
async def test_the_heads_name_typed_as_an_adult_goes_past_the_head(stage: Stage, platform, who):
    person, helen = on(stage, platform, who), on(stage, "teams", "helen")
    await fills(person, ADULT)
    await person.fill({"Is this Helen Marsh, the head?": "Not sure"})
    await person.press("Send")
    assert "Your concern has been received" in open_window(person).words
    reference = reference_in(open_window(person).words)
    await person.close()
    await everything_is_carried(stage)
    assert not shows(helen, reference)


@pytest.mark.parametrize(("platform", "who"), [("slack", "tess"), ("teams", "tom")])
async def test_a_leads_name_in_the_facts_keeps_it_out_of_the_channel_that_they_read(stage: Stage, platform, who):
    person, lee, priya = on(stage, platform, who), on(stage, "slack", "lee"), on(stage, "teams", "priya")
    facts = {**PAGES[2], "What you saw, heard and did: facts only": "CANARY-FACTS mr abara held her by the arm."}
    await fills(person, (*PAGES[:2], facts, PAGES[3]))
    question = "Lee Abara is a lead. Is this about them?"
    await person.fill({question: "They are close to the child or to what happened"})
    await person.press("Send")
    reference = reference_in(open_window(person).words)
    await person.close()
    await sees(priya, reference, "bot")
    await everything_is_carried(stage)
    assert not shows(lee, reference)
