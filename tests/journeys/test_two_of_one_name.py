"""Two staff and two children of one name: on both platforms, in the sample school with other names.
"""

from dataclasses import replace

import pytest

from bot.demo import SAMPLE
from bot.school_file import SchoolFile, read_school_file
from handlers.rules.people import Role
from tests.journeys.gestures import (
    PAGES,
    begins,
    does_more,
    goes_on,
    open_window,
    reports,
    sees,
    until,
)
from tests.journeys.test_from_concern_to_close import on
from tests.journeys.test_people_who_come_and_go import Opens, opens

__all__ = ["opens"]
NAMES = {
    "Dana Okello": ("Priya Raman", {Role.DEPUTY, Role.WHISTLEBLOWING_LEAD}),
    "Ravi Bhatt": ("Priya Raman", {Role.STAFF}),
    "Mina Sadler": ("Tess Hallam", {Role.STAFF}),
}
DEPUTY = "Priya Raman (Deputy lead and Whistleblowing lead)"


def of_one_name() -> SchoolFile:
    """Three called Priya Raman: a lead on Teams, a deputy who is the whistleblowing lead, and a teacher on Slack."""
    file = read_school_file(SAMPLE)
    people = []
    for person, held in file.people:
        name, roles = NAMES.get(person.name, (person.name, person.roles))
        people.append((replace(person, name=name, roles=frozenset(roles)), held))
    return replace(file, people=tuple(people))


@pytest.mark.parametrize(("platform", "who"), [("slack", "lee"), ("teams", "priya")])
async def test_three_of_one_name_are_told_apart_wherever_one_of_them_is_named(opens: Opens, platform: str, who: str):
    async with opens(of_one_name()) as stage:
        owner, deputy = on(stage, platform, who), on(stage, "slack", "priya-2")
        reference = await reports(on(stage, "slack", "tess"))
        await owner.press("Accept", on=await sees(owner, reference))
        await does_more(owner, await sees(owner, "Accepted by"), "Hand over to somebody else")
        options = open_window(owner).field("Hand over to").options
        assert len(options) == len(set(options)) == 2
        await owner.fill({"Hand over to": next(one for one in reversed(options) if "Priya Raman" in one)})
        await owner.press("Hand over")
        assert f"offered to {DEPUTY}. It stays yours until they accept; the offer ends" in open_window(owner).words
        await owner.close()
        offer = await sees(deputy, "offers you", "bot")
        assert not [seen for seen in on(stage, "teams", "priya").chat("bot") if f"offers you {reference}" in seen.words]
        await deputy.press("Accept", on=offer)
        card = await sees(owner, f"Accepted by {DEPUTY}")
        await does_more(owner, card, "Chronology")
        assert f"To: {DEPUTY}" in open_window(owner).words
        await owner.close()
        await owner.close()
        await owner.say("/concern rota")
        await until(lambda: DEPUTY in str((owner.window(), owner.chat("bot"))), "the rota")


@pytest.mark.parametrize(("platform", "who"), [("slack", "sol"), ("teams", "tom")])
async def test_a_name_that_three_have_asks_of_each_who_may_receive_it(opens: Opens, platform: str, who: str):
    async with opens(of_one_name()) as stage:
        teacher = on(stage, platform, who)
        said = "CANARY Mia said that Priya Raman shouted at her at 08:50 by the gate."
        await begins(teacher)
        for page in (*PAGES[:2], {**PAGES[2], "What you saw, heard and did: facts only": said}, PAGES[3]):
            await teacher.fill(page)
            await goes_on(teacher)
        asked = [field.label for field in open_window(teacher).fields if "Is this about them" in field.label]
        assert sorted(asked) == [
            f"{DEPUTY} is a deputy lead and the whistleblowing lead. Is this about them?",
            "Priya Raman (Safeguarding lead) is a lead. Is this about them?",
        ]  # fmt: skip
        about = next(label for label in asked if "Deputy" in label)
        other = next(label for label in asked if "Safeguarding" in label)
        await teacher.fill({about: "It is about them", other: "No: only mentioned, told or helping; or somebody else "
                            "(a pupil, a parent)"})
        await teacher.press("Send")
        words = open_window(teacher).words
        assert "received" in words, words


@pytest.mark.parametrize(("platform", "who"), [("slack", "sol"), ("teams", "tom")])
async def test_two_children_of_one_name_are_told_apart_in_the_search_and_in_what_is_read(opens: Opens, platform, who):
    async with opens(of_one_name()) as stage:
        lead = on(stage, "slack", "lee")
        pages = ({**PAGES[0], "Child": "Mia Patel · 10C · Year 10"}, *PAGES[1:])
        older = await reports(on(stage, platform, who), pages)
        younger = await reports(on(stage, platform, who))
        for reference, told, other in ((older, "10C · Year 10", "8B"), (younger, "8B · Year 8", "10C")):
            await lead.press("Open", on=await sees(lead, reference))
            words = open_window(lead).words
            assert f"Mia Patel · {told}" in words
            assert other not in words
            await lead.close()


