"""The tour of the guide: one concern from `/concern` to a decision, photographed on each platform by `make tour`."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.demo import Stage
from bot.playground.thumbs import Answer
from tests.journeys import test_an_allegation as an_allegation
from tests.journeys.gestures import MINE, reports, sees
from tests.journeys.test_from_concern_to_close import on
from tests.journeys.test_through_the_page import picks_the_kind
from tests.journeys.visitor import Visitor

TOUR = Path(__file__).parents[1] / "tour"
GUIDE = Path(__file__).parents[2] / "manifest" / "guide"
STEPS = ("1", "2", "3", "4", "review", "rewrite", "receipt", "triage", "account", "look_back", "decide")
ADULT_STEPS = ("triage", "lado", "meeting", "suspension", "support", "outcome", "steps", "barring")
"""The forms of a case about an adult."""
MOST_BYTES = 2_000_000
WHOLE = ".window { max-height: none !important; border-radius: 0 !important; margin-top: 20px !important }"
"""A window as tall as what is in it: a picture cannot be scrolled."""
_DRESS = "(rules) => { const s = new CSSStyleSheet(); s.replaceSync(rules); document.adoptedStyleSheets = [s]; }"
FACTS = (
    "Mia came to my room at 8:50 and sat by the door with her coat on. I asked her to hang it up and she held her "
    "left sleeve down. She was obviously scared of going home. She has no bus pass and her bag is torn at the strap."
)
REWRITTEN = FACTS.replace("She was obviously scared of going home.", "She cried when the bell rang at 3:15.")
WORDS = '"They wait for me by the gate and they take my stuff."'
VIEW = "I think this has gone on for some weeks, because she has asked twice to stay late."


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    platform: str
    reporter: str
    lead: str

    @property
    def shown(self) -> str:
        return self.platform.title()


CASTS = (
    Cast(platform="slack", reporter="Tess Hallam", lead="Lee Abara"),
    Cast(platform="teams", reporter="Tom Whitlow", lead="Priya Raman"),
)


@pytest.fixture
async def tourist(browser: Browser, stage: Stage) -> AsyncIterator[Visitor]:
    page = await browser.new_page(viewport={"width": 1000, "height": 2600}, color_scheme="light", locale="en-GB")
    visitor = Visitor(page)
    await page.goto(stage.address)
    await page.evaluate(_DRESS, WHOLE)
    yield visitor
    assert visitor.faults == []


@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.platform)
async def test_the_tour_of_one_concern(tourist: Visitor, cast: Cast) -> None:
    await tourist.is_(cast.reporter, cast.shown)
    await tourist.types("/concern")
    if cast.platform == "teams":
        await tourist.presses_on_card("Raise a concern", "Open the form")
    await writes_it_down(tourist, cast)
    await looks_it_over(tourist, cast)
    await tourist.is_(cast.lead, cast.shown)
    await decides(tourist, cast)
    assert tourist.faults == []


@pytest.mark.parametrize("cast", an_allegation.CASTS, ids=lambda cast: cast.platform)
async def test_the_tour_of_an_allegation(tourist: Visitor, stage: Stage, cast: an_allegation.Cast) -> None:
    """By whoever runs it, each form as it stands before it is sent."""
    reference = await reports(on(stage, *cast.teacher), an_allegation.account(cast))
    person, shown = on(stage, cast.platform, cast.runs), stage.cast.persona(cast.runs).name
    await tourist.is_(shown, cast.platform.title())

    async def fills(step: str, answers: Mapping[str, Answer], button: str) -> None:
        await person.fill({name: _in_plain_words(answer) for name, answer in answers.items()})
        await expect(tourist.window()).to_be_visible()
        await tourist.page.mouse.move(5, 5)
        await tourist.photographs(f"{cast.platform}_adult_{step}", tourist.window())
        await person.press(button)
        await person.close()

    async def opens(what: str) -> None:
        await person.press("Next steps", on=await sees(person, "Safeguarding concern", "bot"))
        await person.fill({"What do you want to record?": what})

    await person.press("Accept", on=await sees(person, reference, "bot"))
    await person.press("Triage", on=await sees(person, "Accepted by", "bot"))
    await person.press("Go on")
    await fills("triage", an_allegation.TRIAGE, "Record decision")
    for step, (what, button, answers) in zip(ADULT_STEPS[1:5], an_allegation.STEPS, strict=True):
        await opens(what)
        await person.press("Next")
        await fills(step, answers, button)
    await opens("The outcome of the allegation")
    await person.press("Next")
    await fills("outcome", an_allegation.OUTCOME, "Record outcome")
    await opens("DBS and TRA: referred, or not needed")
    await fills("steps", {}, "Next")
    await opens("DBS and TRA: referred, or not needed")
    await person.press("Next")
    told = {"Which body?": an_allegation.DBS, "What became of it?": "Referred", "Date of the referral": "2026-11-24"}
    await fills("barring", told, "Record")
    assert tourist.faults == []


def _in_plain_words(answer: Answer) -> Answer:
    """Without what other journeys look for in places where it may not stand; never empty for it."""
    return re.sub(r"CANARY-\w+ ?", "", answer) or "The chair, with the LADO" if isinstance(answer, str) else answer


async def window(tourist: Visitor, cast: Cast, step: str, *, holds: str) -> None:
    await expect(tourist.window()).to_contain_text(holds)
    await tourist.page.mouse.move(5, 5)
    await tourist.photographs(f"{cast.platform}_{step}", tourist.window())


async def writes_it_down(tourist: Visitor, cast: Cast) -> None:
    await tourist.chooses("Is anyone in danger now?", "No")
    await tourist.chooses("What is it about?", "A child")
    await tourist.chooses("How soon must someone act?", "Today")
    await tourist.chooses("Have you told a lead in person?", "No")
    await tourist.picks("Child", "mia", "Mia Patel · 8B")
    await window(tourist, cast, "1", holds="Page 1 of 4")
    await tourist.presses("Next")
    await tourist.takes("How do you know?", "The child told me")
    await tourist.takes("This child's part in it", "Harmed or at risk")
    await tourist.takes("When did it happen?", "Over time")
    await tourist.takes("Where did it happen?", "School gate")
    await window(tourist, cast, "2", holds="Page 2 of 4")
    await tourist.presses("Next")
    await tourist.takes("When did you learn of it?", "When it happened")
    await tourist.writes("What you saw, heard and did: facts only", FACTS)
    await tourist.window().get_by_label(re.compile("exact words")).first.fill(WORDS)
    await tourist.writes("Your view, and why you hold it", VIEW)
    await window(tourist, cast, "3", holds="Page 3 of 4")
    await tourist.presses("Next")
    await tourist.writes("What you have done", "Sat with her. Told her that I would tell a lead.")
    await picks_the_kind(tourist, cast.platform)
    await tourist.window().get_by_label(MINE).check()
    await window(tourist, cast, "4", holds="Page 4 of 4")
    await tourist.presses("Next")


async def looks_it_over(tourist: Visitor, cast: Cast) -> None:
    """The phrase is shown in its sentence; to rewrite it, the page of its field opens with the hint above it."""
    await window(tourist, cast, "review", holds="Moves: “She was obviously scared of going home.”")
    await tourist.window().get_by_label("Rewrite", exact=True).first.check()
    await tourist.presses("Send")
    await window(tourist, cast, "rewrite", holds="She was obviously “scared” of going home.")
    await tourist.writes("What you saw, heard and did: facts only", REWRITTEN)
    await tourist.presses("Next")
    await expect(tourist.window()).to_contain_text("Page 4 of 4")
    await tourist.presses("Next")
    await expect(tourist.window()).to_contain_text("Check what you wrote")
    await expect(tourist.window()).not_to_contain_text("Worth a second look")
    await tourist.presses("Send")
    await window(tourist, cast, "receipt", holds="Your concern has been received")
    await tourist.presses("Close")


async def decides(tourist: Visitor, cast: Cast) -> None:
    await tourist.goes("^(Safeguarding leads|safeguarding-leads)")
    await expect(tourist.card("Safeguarding concern")).to_be_visible()
    await tourist.photographs(f"{cast.platform}_triage", tourist.card("Safeguarding concern"))
    await tourist.presses_on_card("Safeguarding concern", "Open")
    await window(tourist, cast, "account", holds="They wait for me by the gate")
    await tourist.presses("Close")
    await tourist.presses_on_card("Safeguarding concern", "Accept")
    await expect(tourist.page.get_by_text(f"Accepted by {cast.lead}").first).to_be_visible()
    if await tourist.window().count():
        await tourist.presses("Close")
    await tourist.presses_on_card(f"Accepted by {cast.lead}", "Triage")
    await window(tourist, cast, "look_back", holds="what is known already")
    await tourist.presses("Go on")
    await expect(tourist.window().get_by_text("Categories for").first).to_be_visible()
    await tourist.presses("Go on")
    await tourist.chooses("Level", "Low")
    await tourist.takes("Was the child seen and spoken to?", "Seen and spoken to")
    await tourist.takes("Parents or carers", "Told")
    await tourist.takes("Decision", "Monitoring")
    await tourist.writes("Rationale", "Three sightings in two weeks, no injury. Review in six weeks.")
    await window(tourist, cast, "decide", holds="Rationale")


def test_the_guide_shows_every_picture_and_they_are_small() -> None:
    steps = (*STEPS, *(f"adult_{step}" for step in ADULT_STEPS))
    wanted = {f"tests/tour/{cast.platform}_{step}.png" for cast in CASTS for step in steps}
    pages = "".join(page.read_text("utf-8") for page in GUIDE.glob("*.md"))
    assert wanted <= set(re.findall(r"tests/tour/\w+\.png", pages))
    pictures = list(TOUR.glob("*.png"))
    assert {f"tests/tour/{picture.name}" for picture in pictures} == wanted
    assert sum(picture.stat().st_size for picture in pictures) < MOST_BYTES
