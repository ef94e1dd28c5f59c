"""People who go about their work while the program dies under them: teachers who send concerns, leads who accept.

They do what people do: what failed in front of them they try again, in the same window. What they were told is kept.
"""

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from statistics import median

from bot.playground.slack import sender
from bot.playground.slack.thumbs import SlackThumbs
from bot.playground.slack.world import SlackWorld
from bot.playground.thumbs import Answer, PlatformRefused, Thumbs, Window
from tests.faults.outside import PATIENT, Outside
from tests.gate import DEADLINE
from tests.journeys.gestures import MINE, reference_in

TEACHERS = ("tess", "tom", "ravi", "mina", "sol", "jo")
"""By turns on Slack and on Teams."""
LEADS = ("lee", "priya")
SAFE = "Your concern has been received"
NOT_SAVED = "NOT SAVED"
KEPT = "saved safely"
"""While the database cannot be reached."""
OUTAGE = "The board cannot be reached"
"""What the leads' place reads then."""
FACTS = "What you saw, heard and did: facts only"
WAIT = 0.05
"""Seconds that a thumb takes."""
IN_TIME = 3.0
"""Seconds within which somebody who presses Send must have an answer (Slack waits no longer)."""
WORK = 10
"""How many times the usual work on a request an answer may take beside the deadline of a database that is silent."""


@dataclass(slots=True, kw_only=True)
class Heard:
    """What people were told, to be held against what is kept."""

    safe: dict[str, str] = field(default_factory=dict[str, str])
    """The reference on the receipt, by the facts that were typed."""
    receipt: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as somebody sees theirs."""
    kept: set[str] = field(default_factory=set[str])
    """Facts whose writer was told that they are saved and come in by themselves: stored once in the end."""
    given_up: set[str] = field(default_factory=set[str])
    """Facts whose writer saw it fail and went to see a lead: stored at most once."""
    seen_to_fail: int = 0
    """Submissions that failed at least once in front of the person and were sent again in the same window."""
    accepted: dict[str, str] = field(default_factory=dict[str, str])
    """Who was told that they have it, by reference."""
    _numbers: count = field(default_factory=lambda: count(1))  # type: ignore[type-arg]

    def facts(self, person: Thumbs) -> str:
        return f"What {person.persona.key} saw, number {next(self._numbers)}. CANARY-FACTS"


ACCOUNT: Mapping[str, Answer] = {
    "Is anyone in danger now?": "No",
    "What is it about?": "A child",
    "How soon must someone act?": "This week",
    "Have you told a lead in person?": "No",
    "How do you know?": "I saw or heard it",
    "Who is the child?": "CANARY-CHILD",
    "When did it happen?": "Over time",
    "Where did it happen?": "School gate",
    "Kind of concern": ["Bullying or prejudice"],
    "Before you send": [MINE],
}
"""The shortest whole concern about a child, on whichever pages the form asks for it."""


def in_time(here: Outside) -> float:
    """Seconds within which somebody has an answer; more on a machine where what was asked so far took long."""
    asked = [*here.slack.deliveries, *here.teams.deliveries]
    usual = median(one.seconds for one in asked if one.status == 200)
    return max(IN_TIME, DEADLINE + WORK * usual)


async def begins(person: Thumbs) -> None:
    """Have the first page open, however often it has to be asked for."""
    limit = time.monotonic() + PATIENT
    while "Is anyone in danger now?" not in labels_in(person):
        assert time.monotonic() < limit, f"{person.platform}: no form opened"
        await person.close()
        await tries(person.start_from_menu())
        await asyncio.sleep(WAIT)


async def fills(person: Thumbs, facts: str, urgency: str = "This week") -> None:
    """Everything but the last press; less where a page was kept meanwhile as it was."""
    await begins(person)
    answers = {**ACCOUNT, FACTS: facts, "How soon must someone act?": urgency}
    while True:
        labels = labels_in(person)
        await person.fill({label: answers[label] for label in labels if label in answers})
        if "Send" in window(person).buttons or shows(person, KEPT):
            return
        await presses(person, "Next", until=lambda here=labels: labels_in(person) != here)


async def presses(person: Thumbs, button: str, *, until: Callable[[], bool]) -> None:
    """Press until that is so, as often as it takes."""
    limit = time.monotonic() + PATIENT
    while True:
        await tries(person.press(button))
        if until():
            return
        assert time.monotonic() < limit, f"{person.platform}: {button} leads nowhere: {person.window()}"
        await asyncio.sleep(WAIT)


async def sends(person: Thumbs) -> str:
    """Press Send until it is safe; the reference on the receipt."""
    await presses(person, "Send", until=lambda: shows(person, SAFE))
    return await keeps(person)


async def ends(person: Thumbs, facts: str, heard: Heard) -> None:
    """Press Send, if that is still to be done, until the window says what became of it."""
    if not ended(person):
        await presses(person, "Send", until=lambda: ended(person))
    if shows(person, KEPT):
        heard.kept.add(facts)
        await person.close()
        return
    heard.safe[facts] = await keeps(person)
    heard.receipt.set()


async def keeps(person: Thumbs) -> str:
    """Read the receipt and close it."""
    reference = reference_in(window(person).words)
    await person.close()
    return reference


async def reports(person: Thumbs, facts: str, urgency: str = "This week") -> str:
    await fills(person, facts, urgency)
    return await sends(person)


async def tries(gesture: object) -> bool:
    """Whether the platform took it: what a person sees of a refusal is that nothing happened."""
    try:
        await gesture  # type: ignore[misc]
    except (PlatformRefused, KeyError):
        return False
    return True


async def is_told_that_it_is_kept(person: Thumbs) -> None:
    """One press of Send; the window says that it is saved, that nobody may have read it, and nothing of a success."""
    assert await tries(person.press("Send"))
    shown = window(person)
    assert KEPT in shown.words, (shown.words, [field.complaint for field in shown.fields])
    assert "it may not have been read yet" in shown.words
    assert SAFE not in shown.words
    await person.close()


def window(person: Thumbs) -> Window:
    found = person.window()
    assert found is not None, f"{person.platform}: no window is open"
    return found


def labels_in(person: Thumbs) -> list[str]:
    """Of the fields in the open window; nothing when none is open."""
    opened = person.window()
    return [field.label for field in opened.fields] if opened else []


def shows(person: Thumbs, words: str) -> bool:
    opened = person.window()
    return opened is not None and words in opened.words


def ended(person: Thumbs) -> bool:
    """Whether the window says what became of it: nothing is left to be pressed."""
    return shows(person, SAFE) or shows(person, KEPT)


async def teacher(here: Outside, key: str, heard: Heard, chance: random.Random, over: asyncio.Event) -> None:
    """Submit one concern after the other until it is over; the last one is seen to its end."""
    person = here.person(key)
    while not over.is_set():
        facts = heard.facts(person)
        await fills(person, facts, chance.choice(("This week", "Today", "Now")))
        if not ended(person):
            await tries(person.press("Send"))
        if not ended(person):
            heard.seen_to_fail += 1
            if chance.random() < 0.15:
                heard.given_up.add(facts)
                await person.close()
                continue
        await ends(person, facts, heard)
        if facts in heard.safe and isinstance(person, SlackThumbs) and chance.random() < 0.3:
            await _comes_again(here.slack, person, heard.safe[facts])


async def _comes_again(slack: SlackWorld, person: SlackThumbs, reference: str) -> None:
    """Slack sends their last submission once more, to the letter: no answer, or the same receipt."""
    mine = [one.request for one in slack.deliveries if one.request.kind == "view_submission"]
    user = person.persona.slack_user or ""
    answer = await sender.post(slack, next(sent for sent in reversed(mine) if user in sent.body))
    assert not answer.good or not answer.text or reference in answer.text, answer.text


async def lead(here: Outside, key: str, heard: Heard, chance: random.Random, over: asyncio.Event) -> None:
    """Press Accept on a card that can be accepted; what the person is told is kept."""
    person = here.person(key)
    while not over.is_set():
        await asyncio.sleep(chance.uniform(0.05, 0.3))
        free = [seen for seen in person.chat("leads") if "Accept" in seen.buttons]
        if free:
            await tries(person.press("Accept", on=chance.choice(free)))
        for seen in person.chat("leads"):
            if seen.only_me and "You have accepted concern" in seen.words:
                heard.accepted[reference_in(seen.words).rstrip(".")] = key
