"""What people do when a fail-point strikes: made ready, pressed, and pressed again until their screen says it is done.

What each was told is kept in `Heard`; what must be so afterwards is said by the entries that each deed leaves.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.playground.thumbs import Seen, Thumbs
from handlers.rules.chronology import Deed
from tests.faults import crowd
from tests.faults.crowd import Heard
from tests.faults.outside import PATIENT, Outside
from tests.journeys.gestures import DECISION, until


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """All but the last press."""

    press: Callable[[], Awaitable[object]]
    done: Callable[[], bool]
    """Whether their screen says that it is."""
    shows: Callable[[], object]
    """What their screen shows."""
    leaves: Deed | None = None
    """An entry of which there must be one afterwards, and no more."""


Making = Callable[[Outside, Heard], Awaitable[Ready]]


def _raises(key: str) -> Making:
    async def make_ready(here: Outside, heard: Heard) -> Ready:
        person = here.person(key)
        facts = heard.facts(person)
        await crowd.fills(person, facts)

        def done() -> bool:
            if crowd.shows(person, crowd.KEPT):
                heard.kept.add(facts)
            elif crowd.shows(person, crowd.SAFE):
                heard.safe[facts] = crowd.reference_in(crowd.window(person).words)
            return crowd.ended(person)

        return Ready(press=lambda: _unless(done, person, "Send"), done=done, shows=person.window)

    return make_ready


def _accepts(key: str) -> Making:
    async def make_ready(here: Outside, heard: Heard) -> Ready:
        person, card = here.person(key), await _a_card(here, heard, key)

        def done() -> bool:
            taken = "Accepted by" in card().words
            if taken:
                heard.accepted[crowd.reference_in(card().words)] = key
            return taken

        return Ready(
            press=lambda: crowd.tries(person.press("Accept", on=card())), done=done, shows=card, leaves=Deed.ACCEPTED
        )

    return make_ready


def _decides(key: str) -> Making:
    async def make_ready(here: Outside, heard: Heard) -> Ready:
        person, card = here.person(key), await _a_card(here, heard, key)
        await person.press("Accept", on=card())
        await until(lambda: "Triage" in card().buttons, "the card to be accepted", within=PATIENT)
        await person.press("Triage", on=card())
        while "Go on" in person.window().buttons:
            await person.press("Go on")
        await person.fill(DECISION)

        def done() -> bool:
            return crowd.shows(person, "has been recorded") or crowd.shows(person, "has been done already")

        return Ready(
            press=lambda: _unless(done, person, "Record decision"), done=done, shows=person.window, leaves=Deed.DECIDED
        )

    return make_ready


def _adds(key: str, lead: str) -> Making:
    async def make_ready(here: Outside, heard: Heard) -> Ready:
        person, card = here.person(key), await _a_card(here, heard, lead, of=key)
        await here.person(lead).press("Accept", on=card())

        def receipt() -> Seen | None:
            return next((seen for seen in reversed(person.chat("bot")) if "Add to it" in seen.buttons), None)

        await person.press("Add to it", on=await until(receipt, "the receipt", within=PATIENT))
        await person.fill({"What you want to add": "CANARY-MORE it has begun again."})

        def done() -> bool:
            return "Add" not in crowd.window(person).buttons

        return Ready(press=lambda: _unless(done, person, "Add"), done=done, shows=person.window, leaves=Deed.ADDED)

    return make_ready


async def _a_card(here: Outside, heard: Heard, lead: str, *, of: str = "tess") -> Callable[[], Seen]:
    """A concern has been raised, and this is its card in front of that lead."""
    person, facts = here.person(lead), heard.facts(here.person(of))
    reference = heard.safe[facts] = await crowd.reports(here.person(of), facts)

    def card() -> Seen | None:
        mine = (seen for seen in reversed(person.chat("leads")) if reference in seen.words and not seen.only_me)
        return next(mine, None)

    await until(card, "the card", within=PATIENT)
    await here.quiet()
    return lambda: card() or _gone()


def _gone() -> Seen:
    raise AssertionError("the card is not there any more")


async def _unless(done: Callable[[], bool], person: Thumbs, button: str) -> None:
    if not done():
        await crowd.tries(person.press(button))


async def until_done(ready: Ready) -> None:
    """They press again, as people do."""
    for _ in range(int(PATIENT / crowd.WAIT / 4)):
        if ready.done():
            return
        await ready.press()
        await asyncio.sleep(crowd.WAIT)
    raise AssertionError(f"it is never done: {ready.shows()}")


DEEDS: Mapping[str, Making] = {
    "raise on Slack": _raises("tess"),
    "raise on Teams": _raises("tom"),
    "accept on Slack": _accepts("lee"),
    "accept on Teams": _accepts("priya"),
    "decide on Slack": _decides("lee"),
    "decide on Teams": _decides("priya"),
    "add on Slack": _adds("tess", "lee"),
    "add on Teams": _adds("tom", "priya"),
}
