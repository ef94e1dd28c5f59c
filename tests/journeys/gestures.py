"""What people in the journeys do, by the labels on their screens: told once, done on either platform."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from bot.playground.thumbs import Answer, Seen, Thumbs, Window

T = TypeVar("T")
PATIENT = 90.0
"""Seconds that a condition may take on a machine that is busy: a wait ends as soon as it holds."""
MINE = "My own account, full names, no photographs of injuries"
Pages = tuple[Mapping[str, Answer], ...]
WORDS = "they *wait* for me <by> the gate & {{take}} my stuff — \"honest\""
FACTS = "Mia came to my room at 08:50 and held her left sleeve down. CANARY-FACTS"
PAGES: Pages = (
    {
        "Is anyone in danger now?": "No",
        "What is it about?": "A child",
        "How soon must someone act?": "Today",
        "Have you told a lead in person?": "No",
        "Child": "Mia Patel · 8B · Year 8",
    },
    {
        "How do you know?": "The child told me",
        "This child's part in it": "Harmed or at risk",
        "When did it happen?": "Over time",
        "Where did it happen?": "School gate",
        "Where exactly": "CANARY-PLACE",
    },
    {
        "When did you learn of it?": "When it happened",
        "What you saw, heard and did: facts only": FACTS,
        "The child's exact words": WORDS,
        "Your view, and why you hold it": "CANARY-VIEW it has gone on for weeks.",
    },
    {
        "The questions you asked, word for word": "Tell me about that.",
        "What you have done": "Told her I would tell a lead.",
        "Kind of concern": ["Bullying or prejudice"],
        "Before you send": [MINE],
    },
)


async def begins(person: Thumbs) -> None:
    """Type /concern and have the form open, as that platform opens it."""
    await person.say("/concern")
    if person.platform == "teams":
        await person.press("Open the form", on=newest(person, "Open the form"))
    assert open_window(person).title == "Raise a concern"


async def reports(person: Thumbs, pages: Pages = PAGES) -> str:
    """Fill every page and send it; returns the reference on the receipt."""
    await begins(person)
    await fills_and_sends(person, pages)
    words = open_window(person).words
    assert "Your concern has been received" in words, words
    await person.close()
    return reference_in(words)


async def fills_and_sends(person: Thumbs, pages: Pages = PAGES) -> None:
    """Page by page; a concern that is not for now is looked over once more before it goes."""
    for page in pages:
        await person.fill(page)
        await goes_on(person)
    window = person.window()
    if window is not None and "Send" in window.buttons:
        await person.press("Send")


async def goes_on(person: Thumbs) -> None:
    buttons = open_window(person).buttons
    await person.press("Send" if "Send" in buttons else "Next")


DECISION: Mapping[str, Answer] = {
    "Level": "Low",
    "Was the child seen and spoken to?": "Seen and spoken to",
    "Parents or carers": "Told",
    "Decision": "Monitoring",
    "Rationale": "CANARY-RATIONALE seen on three days.",
}


async def triages(lead: Thumbs, card: Seen, answers: Mapping[str, Answer] = DECISION) -> None:
    """Past the look-back and the categories to the form, and record what was decided."""
    await lead.press("Triage", on=card)
    assert "Go on" in open_window(lead).buttons
    await lead.press("Go on")
    await lead.press("Go on")
    await lead.fill(answers)
    await lead.press("Record decision")
    assert "has been recorded" in open_window(lead).words, open_window(lead).words
    await lead.close()


ASKED = "What do you want to do?"


def offered_as(lead: Thumbs, what: str) -> str:
    """The line as that platform draws it: Teams puts the group before it."""
    offered = open_window(lead).field(ASKED).options
    return next(option for option in offered if option == what or option.endswith(f": {what}"))


async def does_more(lead: Thumbs, card: Seen, what: str) -> None:
    """Choose from the list behind the card's last button; its form takes the list's place."""
    await lead.press("More", on=card)
    await lead.fill({ASKED: offered_as(lead, what)})
    await lead.press("Next")


def reference_in(words: str) -> str:
    return next(word for word in words.replace("\n", " ").split() if word[:2].isdigit() and word[2:3] == "-")


def open_window(person: Thumbs) -> Window:
    window = person.window()
    assert window is not None, f"{person.platform}: no window is open"
    return window


def newest(person: Thumbs, button: str, place: str = "bot") -> Seen:
    """The newest message in that place with that button."""
    found = [seen for seen in person.chat(place) if button in seen.buttons]
    assert found, f"{person.platform}: no message with {button!r} in {place}"
    return found[-1]


async def sees(person: Thumbs, words: str, place: str = "leads", *, within: float = PATIENT) -> Seen:
    """Wait until a message in that place shows those words."""
    return await until(lambda: _showing(person, words, place), f"{words!r} in {place}", within=within)


def _showing(person: Thumbs, words: str, place: str) -> Seen | None:
    return next((seen for seen in reversed(person.chat(place)) if words in seen.words), None)


async def until(look: Callable[[], T | None], what: str, *, within: float = PATIENT) -> T:
    for _ in range(int(within / 0.02)):
        if found := look():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"waited {within} s for {what}")
