"""What was begun is carried on with after a closed window; what was sent in a hurry is completed. On both platforms."""

from datetime import timedelta

from bot.playground.thumbs import Thumbs
from tests.journeys.gestures import (
    FACTS,
    PAGES,
    begins,
    fills_and_sends,
    newest,
    open_window,
    reference_in,
    sees,
)
from tests.journeys.test_from_concern_to_close import lead, on, teacher

__all__ = ["lead", "teacher"]

LINE = "CANARY-LINE she was alone at the gate at four"
QUICK = {
    "Child": "Mia Patel · 8B · Year 8",
    "What you saw or heard": LINE,
    "How soon must someone act?": "Today",
}


def choice(person: Thumbs) -> str:
    """The label of the one question about what was begun before."""
    return next(field.label for field in open_window(person).fields if field.label.startswith("You began one at"))


async def leaves_after_two_pages(person: Thumbs) -> None:
    await begins(person)
    for page in PAGES[:2]:
        await person.fill(page)
        await person.press("Next")
    await person.fill({"What you saw, heard and did: facts only": "CANARY-LOST typed on a page that is never turned"})
    await person.close()


async def sends_the_rest(person: Thumbs) -> str:
    assert open_window(person).words.startswith("Page 3 of 4")
    await fills_and_sends(person, PAGES[2:])
    words = open_window(person).words
    assert "Your concern has been received" in words, words
    await person.close()
    return reference_in(words)


async def test_after_a_closed_window_one_choice_goes_back_to_where_it_was_left(stage, teacher, lead):
    await leaves_after_two_pages(teacher)
    await teacher.start_from_menu()
    assert open_window(teacher).field("Is anyone in danger now?").value == ""
    await teacher.fill({choice(teacher): "Carry on with it"})
    await teacher.press("Next")
    reference = await sends_the_rest(teacher)
    await lead.press("Open", on=await sees(lead, reference))
    account = open_window(lead).words
    assert FACTS in account
    assert "CANARY-PLACE" in account
    assert "CANARY-LOST" not in account


async def test_whoever_does_not_choose_begins_a_new_one_and_loses_neither(stage, teacher):
    await leaves_after_two_pages(teacher)
    await teacher.start_from_menu()
    await teacher.fill(PAGES[0])
    await teacher.press("Next")
    assert open_window(teacher).words.startswith("Page 2 of 4")
    await teacher.close()
    await teacher.say("/concern mine")
    shown = [label.partition(" (")[0] for label in await listed(teacher) if "(" in label]
    assert shown == ["Carry on", "Throw away"] * 2


async def listed(person: Thumbs) -> tuple[str, ...]:
    """What can be pressed in the list of one's own: a window on Slack, a message on Teams."""
    window = person.window()
    return window.buttons if window else (await sees(person, "Begun and not sent", "bot")).buttons


async def test_ones_own_list_goes_back_to_it_as_well(stage, teacher, lead):
    await leaves_after_two_pages(teacher)
    await teacher.say("/concern mine")
    way_on = next(label for label in await listed(teacher) if label.startswith("Carry on"))
    in_window = teacher.window() is not None
    await teacher.press(way_on, on=None if in_window else newest(teacher, way_on))
    reference = await sends_the_rest(teacher)
    assert "Accept" in (await sees(lead, reference)).buttons


async def test_typed_as_a_message_the_card_offers_it(stage, lead):
    tom = on(stage, "teams", "tom")
    await leaves_after_two_pages(tom)
    await tom.say("/concern")
    await tom.press("Carry on with it", on=newest(tom, "Carry on with it"))
    reference = await sends_the_rest(tom)
    assert "Accept" in (await sees(lead, reference)).buttons


async def test_a_reminder_goes_back_to_it_too_and_says_when_it_is_sent(stage, teacher):
    await leaves_after_two_pages(teacher)
    await stage.move(timedelta(minutes=32))
    card = await sees(teacher, "Not sent yet", "bot")
    assert card.buttons == ("Carry on", "Throw away")
    assert "Mia" not in card.words
    await teacher.press("Carry on", on=card)
    reference = await sends_the_rest(teacher)
    assert (await sees(teacher, f"You have sent it: {reference}", "bot")).id == card.id


async def test_what_is_not_wanted_any_more_is_thrown_away(stage, teacher):
    await leaves_after_two_pages(teacher)
    await stage.move(timedelta(minutes=32))
    await teacher.press("Throw away", on=await sees(teacher, "Not sent yet", "bot"))
    await teacher.press("Throw away")
    assert "thrown away" in open_window(teacher).words
    await teacher.close()
    await sees(teacher, "What was begun is not waiting any more", "bot")
    await begins(teacher)
    assert not [field for field in open_window(teacher).fields if field.label.startswith("You began")]


async def sends_quick(person: Thumbs) -> str:
    await person.say("/concern quick")
    if person.platform == "teams":
        await person.press("Open the quick form", on=newest(person, "Open the quick form"))
    await person.fill(QUICK)
    await person.press("Send")
    return reference_in(open_window(person).words)


async def tells_the_rest(person: Thumbs) -> None:
    """Every page, over what is known already."""
    window = open_window(person)
    assert window.field("How soon must someone act?").value == "Today"
    assert window.field("What is it about?").value == "A child"
    await person.fill({"Is anyone in danger now?": "No", "Have you told a lead in person?": "No"})
    assert "Mia Patel · 8B · Year 8" in open_window(person).field("Child").value
    await person.press("Next")
    await person.fill(PAGES[1])
    await person.press("Next")
    assert open_window(person).field("What you saw, heard and did: facts only").value == LINE
    await fills_and_sends(person, PAGES[2:])
    assert "Your concern has been received" in open_window(person).words
    assert "Complete it" not in open_window(person).buttons
    await person.close()


async def test_a_quick_concern_is_completed_from_its_receipt_and_the_leads_have_both(stage, teacher, lead):
    reference = await sends_quick(teacher)
    await teacher.press("Complete it")
    await tells_the_rest(teacher)
    card = await sees(lead, reference)
    assert len([seen for seen in lead.chat("leads") if "Safeguarding concern" in seen.words]) == 1
    await lead.press("Open", on=card)
    shown = open_window(lead).words
    assert shown.index(LINE) < shown.index("Added by the reporter") < shown.index("CANARY-FACTS")


async def test_a_quick_concern_is_asked_after_the_same_day_and_no_more_once_it_is_complete(stage, teacher):
    reference = await sends_quick(teacher)
    await teacher.close()
    await stage.move(timedelta(minutes=62))
    card = await sees(teacher, f"The rest of {reference} is still to be told", "bot")
    await teacher.press("Complete it", on=card)
    await tells_the_rest(teacher)
    assert (await sees(teacher, "needs nothing more from you", "bot")).id == card.id
