"""A word that is nearly a command is asked about, and every word typed with it is in the form. On both platforms."""

from bot.playground.thumbs import Thumbs
from tests.journeys.gestures import PAGES, newest, open_window
from tests.journeys.test_from_concern_to_close import lead, on, teacher

__all__ = ["lead", "on", "teacher"]

FACTS = "he was found by the old wall"
CONCERN, MEANT = "It is a concern: open the form", "I meant /concern mine"


async def presses(person: Thumbs, label: str) -> None:
    """On the question, where that platform shows it: a window of its own, or a card in their own chat."""
    await (person.press(label) if person.window() else person.press(label, on=newest(person, label)))


async def types(person: Thumbs, words: str) -> str:
    """What is shown to whoever typed it."""
    await person.say(words)
    return open_window(person).words if person.window() else person.chat()[-1].words


async def test_words_after_a_command_are_asked_about_and_are_in_the_form_when_it_is_a_concern(stage, teacher):
    asked = await types(teacher, f"/concern mine shaft: {FACTS}")
    assert "Did you mean /concern mine?" in asked
    assert "Nobody has been told." in asked
    await presses(teacher, CONCERN)
    for page in PAGES[:2]:
        await teacher.fill(page)
        await teacher.press("Next")
    facts = open_window(teacher).field("What you saw, heard and did: facts only")
    assert facts.value == f"mine shaft: {FACTS}"
    await teacher.close()


async def test_who_meant_the_command_has_its_answer_and_nothing_is_left_begun(stage, teacher):
    await types(teacher, "/concern mien")
    await presses(teacher, MEANT)
    assert "You began" not in open_window(teacher).words
    await teacher.close()
    await teacher.start_from_menu()
    assert "You began" not in " ".join(field.label for field in open_window(teacher).fields)
