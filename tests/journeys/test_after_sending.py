"""What stays with the reporter after sending: a duty of their own, adding, not being satisfied. By the labels."""

import re
from datetime import timedelta

import pytest

from bot.demo import Stage
from bot.playground.thumbs import Seen, Thumbs
from tests.journeys.gestures import (
    PAGES,
    begins,
    does_more,
    goes_on,
    open_window,
    reference_in,
    reports,
    sees,
    until,
)
from tests.journeys.test_from_concern_to_close import LEADS, TEACHERS, on

FGM_PAGES = (*PAGES[:3], {**PAGES[3], "Kind of concern": ["Female genital mutilation"]})
WHICH = re.compile(r"genital|FGM|police|\b101\b")
"""Words that would tell in chat which duty it is."""


@pytest.fixture(params=["slack", "teams"])
def teacher(stage: Stage, request: pytest.FixtureRequest) -> Thumbs:
    return on(stage, request.param, TEACHERS[request.param])


@pytest.fixture
def lead(stage: Stage, teacher: Thumbs) -> Thumbs:
    """On the other platform than the teacher."""
    other = "teams" if teacher.platform == "slack" else "slack"
    return on(stage, other, LEADS[other])


async def sends_with_a_duty(person: Thumbs) -> str:
    """Every page, the duty read on the last look, sent; returns the reference."""
    await begins(person)
    for page in FGM_PAGES:
        await person.fill(page)
        await goes_on(person)
    looked = open_window(person).words
    assert "You may have a duty of your own" in looked
    assert "Wed 25 Nov, 17:00" in looked
    assert "101" in looked
    await person.press("Send")
    words = open_window(person).words
    assert "You may have a personal duty to report this yourself." in words
    assert not WHICH.search(words)
    await person.close()
    return reference_in(words)


async def test_a_duty_of_ones_own_is_read_logged_and_seen_by_the_lead(stage, teacher, lead):
    reference = await sends_with_a_duty(teacher)
    card = await sees(teacher, "You may have a personal duty", "bot")
    await lead.press("Accept", on=await sees(lead, reference))
    card = await sees(teacher, "A lead has taken it on", "bot")
    assert "You may have a personal duty" in card.words
    assert not WHICH.search(card.words)

    await teacher.press("Your own duty", on=card)
    window = open_window(teacher)
    assert "Female genital mutilation" in window.words
    assert "101" in window.words
    assert "Wed 25 Nov, 17:00" in window.words
    await teacher.fill({"The reference that the police gave you": "CANARY-CAD 77", "Date of your call": "2026-11-24"})
    await teacher.press("Save")
    await teacher.close()
    await sees(teacher, "You logged your own call", "bot")

    await lead.press("Open", on=await sees(lead, "Accepted by"))
    account = open_window(lead).words
    assert "Police reference logged by the reporter" in account
    assert "CANARY-CAD 77" in account
    await lead.close()


async def test_on_the_morning_when_it_is_due_and_on_the_next_one_reminder_stands(stage, teacher, lead):
    await sends_with_a_duty(teacher)
    await stage.move(timedelta(hours=22))
    first = await sees(teacher, "Reminder: your own duty", "bot")
    assert not WHICH.search(first.words)
    await stage.move(timedelta(hours=25))

    def the_next() -> Seen | None:
        """In the place of the first, which goes once this one stands."""
        standing = [seen for seen in teacher.chat("bot") if "own duty from concern" in seen.words]
        return standing[0] if len(standing) == 1 and "Still not recorded" in standing[0].words else None

    card = await until(the_next, "one reminder, the next morning's")
    assert not WHICH.search(card.words)
    await teacher.press("Your own duty", on=card)
    assert "If you have not rung yet, ring now" in open_window(teacher).words
    await teacher.fill({"The reference that the police gave you": "CANARY-CAD 78", "Date of your call": "2026-11-25"})
    await teacher.press("Save")
    await teacher.close()
    await sees(teacher, "You logged a call", "bot")


async def test_who_is_not_satisfied_reaches_the_head_and_the_lead_finds_no_trace(stage, teacher, lead):
    reference = await reports(teacher)
    await lead.press("Accept", on=await sees(lead, reference))
    await teacher.press("I am not satisfied", on=await sees(teacher, "A lead has taken it on", "bot"))
    await teacher.fill(
        {
            "What are you not satisfied with?": "CANARY-SLOW nobody spoke to her before she went home.",
            "What do you hope for?": "CANARY-HOPE that somebody does.",
        }
    )
    await teacher.press("Send")
    words = open_window(teacher).words
    assert "Your concern has been received" in words
    await teacher.close()
    new = reference_in(words)
    assert new != reference

    helen = on(stage, "teams", "helen")
    await helen.press("Open", on=await sees(helen, new, "bot"))
    account = open_window(helen).words
    assert "CANARY-SLOW nobody spoke to her before she went home." in account
    assert reference in account
    await helen.close()
    await stage.move(timedelta(days=2))
    for key in ("lee", "dana"):
        person = on(stage, "slack", key)
        assert not [seen for place in ("leads", "bot") for seen in person.chat(place) if new in seen.words]


async def test_the_receipt_shows_each_step_with_its_time_and_takes_an_addition(stage, teacher, lead):
    reference = await reports(teacher)
    await lead.press("Open", on=await sees(lead, reference))
    await lead.close()
    await lead.press("Accept", on=await sees(lead, "Read, waiting"))
    card = await sees(teacher, "A lead has taken it on", "bot")
    places = [card.words.index(step) for step in ("Received", "Read", "Taken on")]
    assert places == sorted(places)
    assert card.words.count("Tue 24 Nov, ") >= len(places)
    assert "the child's words " in card.words
    await teacher.press("Add to it", on=card)
    await teacher.fill({"What you want to add": "CANARY-MORE it has begun again."})
    await teacher.press("Add")
    await teacher.close()
    await sees(lead, "Added by the reporter")


async def test_a_lead_asks_the_reporter_for_more_detail_and_reads_what_they_add(stage, teacher, lead):
    reference = await reports(teacher)
    await lead.press("Accept", on=await sees(lead, reference))
    await does_more(lead, await sees(lead, "Accepted by"), "Ask the reporter for more detail")
    await lead.fill({"What is missing": "CANARY-ASKED Tell me where she was, and who else was there."})
    await lead.press("Ask")
    assert "until Wed 25 Nov, 15:30" in open_window(lead).words
    await lead.close()

    card = await sees(teacher, "More detail is asked of you", "bot")
    assert "CANARY" not in card.words
    await stage.move(timedelta(hours=30))
    card = await sees(teacher, "Reminder: more detail is asked of you", "bot")
    await teacher.press("Read and answer", on=card)
    assert "CANARY-ASKED Tell me where she was, and who else was there." in open_window(teacher).words
    await teacher.fill({"What you want to add": "CANARY-ANSWER by the gate, with two friends."})
    await teacher.press("Add")
    await teacher.close()
    await sees(teacher, "You have answered it.", "bot")

    await lead.press("Open", on=await sees(lead, "The reporter added to", "bot"))
    account = open_window(lead).words
    asked, answered = account.index("CANARY-ASKED"), account.index("CANARY-ANSWER")
    assert account.index("The reporter was asked for more detail") < asked < answered
    await lead.close()
