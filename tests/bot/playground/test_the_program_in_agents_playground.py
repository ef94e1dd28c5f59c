"""The program itself, served as a school would serve it, in Microsoft's own local client: report, accept, read.

By the labels on the screen. Typeahead is not emulated there, so the child is named in words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.agents.__main__ import SAMPLE
from bot.playground.agents.running import playgrounds
from tests.bot.playground.agents_client import Hands, hands
from tests.journeys.gestures import MINE
from tests.node import need_npm_packages

WORDS = "they *wait* for me <by> the gate & {{take}} my stuff"
PAGES: Sequence[Mapping[str, str]] = (
    {
        "Is anyone in danger now?": "No",
        "What is it about?": "A child",
        "How soon must someone act?": "Today",
        "Have you told a lead in person?": "No",
    },
    {
        "How do you know?": "The child told me",
        "Who is the child?": "Mia Patel, 8B, harmed",
        "When did it happen?": "Over time",
        "Where did it happen?": "School gate",
    },
    {
        "When did you learn of it?": "When it happened",
        "What you saw, heard and did: facts only": "She held her left sleeve down.",
        "The child's exact words": WORDS,
    },
    {"What you have done": "Told her I would tell a lead.", "Kind of concern": "Physical abuse",
     "Before you send": MINE},
    {},
)


def parts(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for held in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from parts(held)


def filled(card: dict[str, Any], answers: Mapping[str, str]) -> dict[str, str]:
    """What a client sends of a card: each input's answer by its label; an empty one is left out, as Teams does."""
    inputs = [part for part in parts(card) if str(part.get("type")).startswith("Input.")]
    assert set(answers) <= {field["label"] for field in inputs}
    found = {field["id"]: field["value"] for field in inputs if field.get("value")}
    for field in inputs:
        if words := answers.get(field["label"], ""):
            choices = {choice["title"]: choice["value"] for choice in field.get("choices", ())}
            found[field["id"]] = choices[words] if choices else words
    return found


def button(card: dict[str, Any], title: str) -> dict[str, Any]:
    return next(part["data"] for part in parts(card) if part.get("title") == title and "data" in part)


def card_of(answer: dict[str, Any]) -> dict[str, Any]:
    return answer["task"]["value"]["card"]["content"]


async def raises(person: Hands) -> str:
    """From `/concern` to the receipt, correcting one complaint on the way; returns the reference."""
    await person.say("/concern")
    await person.sees("Open the form")
    card = card_of(await person.command("task:Open the form"))
    again = card_of(await person.submit("task:Open the form", button(card, "Next")))
    assert "Please answer this." in [part.get("text") for part in parts(again)]
    answer: dict[str, Any] = {}
    for page in PAGES:
        title = "Send" if page is PAGES[-1] else "Next"
        answer = await person.submit("task:Open the form", button(card, title) | filled(card, page))
        card = card_of(answer)
    assert "safe" in str(answer), answer
    found = re.search(r"\b\d\d-\d{5}\b", str(answer))
    assert found
    return found[0]


async def test_a_concern_is_raised_by_a_teacher_and_accepted_and_read_by_a_lead(tmp_path):
    need_npm_packages()
    async with playgrounds(tmp_path, SAMPLE, people=["tom", "priya"]) as (wiring, clients):
        channel = wiring.home.leads_channel
        async with hands(clients[0]) as teacher, hands(clients[1]) as lead:
            reference = await raises(teacher)
            card = await lead.sees(reference, place=channel)
            await lead.execute(card, "Accept", place=channel)
            assert await lead.sees("Priya Raman", place=channel) == card
            await teacher.sees("Priya Raman", place=channel)
            account = card_of(await lead.command("task:Open", place=channel))
            assert WORDS in [part.get("text") for part in parts(account)]
            refused = await teacher.command("task:Open", place=channel)
            for private in (WORDS, "sleeve", "Mia"):
                assert private not in str(lead.shown), private
                assert private not in str(teacher.shown), private
                assert private not in str(refused), private
    log = (tmp_path / "heard.log").read_text("utf-8")
    assert "turned_away" not in log
    assert "Traceback" not in log


async def test_the_form_can_be_filled_inside_the_message(tmp_path):
    need_npm_packages()
    async with playgrounds(tmp_path, SAMPLE, people=["tom"]) as (_, clients), hands(clients[0]) as teacher:
        await teacher.say("concern")
        message = await teacher.sees("Open the form")
        title = next(a["title"] for a in parts(teacher.shown[message]) if a.get("type") == "Action.Execute")
        first = await teacher.execute(message, title)
        assert "Is anyone in danger now?" in str(first)
        way = next(part for part in parts(first) if part.get("title") == "Next")
        sent = {"action": {**way, "data": way["data"] | filled(first["value"], PAGES[0])}, "trigger": "manual"}
        second = await teacher.invoke("adaptiveCard/action", sent, on=message)
        assert "Where did it happen?" in str(second)
