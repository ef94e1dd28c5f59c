"""An allegation, from the form to its close: told on either platform, by whoever runs it there, and by nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.demo import Stage
from bot.playground.thumbs import Answer, Thumbs
from tests.journeys.carried import everything_is_carried
from tests.journeys.gestures import MINE, PAGES, open_window, reports, sees
from tests.journeys.test_from_concern_to_close import on
from tests.journeys.test_losing_a_concern import shows

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    platform: str
    teacher: tuple[str, str]
    runs: str
    """Whoever runs it: the head on Teams; the chair on Slack, where it is about the head."""
    adult: str


CASTS = (
    Cast(platform="teams", teacher=("slack", "tess"), runs="helen", adult="Sol Castellano"),
    Cast(platform="slack", teacher=("teams", "tom"), runs="colin", adult="Helen Marsh"),
)


def account(cast: Cast) -> tuple[Answers, ...]:
    return (
        {**PAGES[0], "What is it about?": "An adult who works here", "Child": ""},
        {
            "How do you know?": "I saw or heard it", "When did it happen?": "Today",
            "Where did it happen?": "Corridor", "Adult": cast.adult,
            "How serious may it be?": "A child may have been harmed, or I am not sure",
        },
        {"What you saw, heard and did: facts only": "CANARY-FACTS A pupil was held against the wall at 09:50."},
        {"Kind of concern": ["Physical abuse"], "Before you send": [MINE]},
    )  # fmt: skip


TRIAGE: Answers = {
    "Allegation, or low-level concern?": "An allegation: it may meet the harm threshold",
    "Which of these may be so?": [
        "Has harmed a child, or may have harmed a child", "Behaved so that they may pose a risk of harm to children",
    ],
    "Rationale": "CANARY-WHY Seen by one, told by another.",
    "Is the child safe now?": "Not known yet",
    "Who sees to the child, and how": "CANARY-SAFE The year lead looks for the child now.",
    "Can the child be named?": "Not yet, for the reason below",
    "Why no child is named": "CANARY-NOTYET Nobody knows who it was.",
    "Was anybody asked about it already?": "Yes",
    "Who was asked what, and by whom": "CANARY-BEFORE The technician asked him why, at ten.",
}  # fmt: skip
CHILD: Answers = {
    "Can the child be named?": "Yes: the child is chosen below", "Which child?": "Mia Patel · 8B · Year 8",
    "The child's part in it": "Harmed or at risk",
}
LADO: Answers = {
    "How did you tell them?": "By telephone", "Who you spoke to": "CANARY-WHO Fern Okoro",
    "Their reference, if they gave one": "CANARY-LADO-7", "What you told them": "CANARY-TOLD All of it.",
    "What did the LADO say?": "It meets the harm threshold: they say how it goes on",
    "What they advised": "CANARY-ADVICE Ask nobody. He may be told that there is something, and no more.",
}  # fmt: skip
STEPS: tuple[tuple[str, str, Answers], ...] = (
    ("What was said with the LADO", "Record", LADO),
    ("Strategy meeting: planned, held or not needed", "Record", {
        "How does the meeting stand?": "Planned", "Date of the meeting": "2026-11-26", "Time of the meeting": "14:00",
        "Who is there, or was": "CANARY-MEETS The LADO, the police",
    }),
    ("Suspension: what was considered and decided", "Record", {
        "What was decided?": "Another way, named below",
        "Which ways to avoid it were considered?": ["Somebody else is with them whenever they are with children"],
        "Why, and why not the others": "CANARY-SUSPENSION The LADO agrees that this is enough.",
        "Who decided, and who advised": "CANARY-DECIDED",
    }),
    ("The adult: what they were told, and their support", "Record", {
        "Has the adult been told?": "Yes",
        "What they were told, or why they are not told yet": "CANARY-THEM That there is something.",
        "Their named contact": "CANARY-CONTACT Ada Kovac", "Support": "CANARY-UNION",
    }),
)  # fmt: skip
OUTCOME: Answers = {
    "Outcome of the allegation": "Substantiated", "Why: what it rests on": "CANARY-FOUND Two saw it.",
    "Removed from work with children, or would have been?": "Yes", "Is the adult a teacher?": "Yes",
}
DBS, TRA = "Disclosure and Barring Service (DBS)", "Teaching Regulation Agency (TRA)"


async def records(person: Thumbs, what: str, button: str, answers: Answers) -> str:
    """Choose the step from the list behind the card's button, fill its form, and read what is said."""
    await person.press("Next steps", on=await sees(person, "Safeguarding concern", "bot"))
    await person.fill({"What do you want to record?": what})
    await person.press("Next")
    await person.fill(answers)
    await person.press(button)
    window = open_window(person)
    assert not [field for field in window.fields if field.complaint], window
    words = window.words
    await person.close()
    return words


async def refused(person: Thumbs) -> str:
    await person.press("Close", on=await sees(person, "Decision recorded", "bot"))
    words = open_window(person).words
    await person.close()
    return words


@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.platform)
async def test_an_allegation_is_run_from_its_triage_to_its_outcome_and_closed(stage: Stage, cast: Cast):
    leads = [on(stage, "slack", "lee"), on(stage, "teams", "priya")]
    reference = await reports(on(stage, *cast.teacher), account(cast))
    person = on(stage, cast.platform, cast.runs)
    await person.press("Accept", on=await sees(person, reference, "bot"))

    await person.press("Triage", on=await sees(person, "Accepted by", "bot"))
    await person.press("Go on")
    assert "before you have spoken to the LADO" in open_window(person).words
    assert "Fernshire LADO" in open_window(person).words
    assert "Was the child seen" not in open_window(person).words
    await person.fill(TRIAGE)
    await person.press("Record decision")
    assert "Ring now: Fernshire LADO" in open_window(person).words
    await person.close()
    assert "LADO was told" in await refused(person)

    for what, button, answers in STEPS:
        assert "recorded" in await records(person, what, button, answers)
    assert not any(shows(lead, reference) for lead in leads)
    assert "No child has been named yet" in await refused(person)
    assert "their part has been made" in await records(
        person, "The child: name them, or say why there is none", "Record", CHILD
    )
    for lead in leads:
        part = await sees(lead, "Waiting to be accepted")
        assert reference not in part.words

    assert "the facts of it, and no opinion" in await records(
        person, "The outcome of the allegation", "Record outcome", OUTCOME
    )
    for body in (DBS, TRA):
        assert body in await refused(person)
        what = "DBS and TRA: referred, or not needed"
        answers = {"Which body?": body, "What became of it?": "Referred", "Date of the referral": "2026-11-24"}
        assert "recorded what became of it" in await records(person, what, "Record", answers)
    await person.press("Close", on=await sees(person, "Decision recorded", "bot"))
    checks = open_window(person).words
    assert "Outcome of the allegation" in checks
    assert "not recorded" in checks  # the meeting is planned and has not been held
    await person.fill({"How was it resolved?": "CANARY-END He has left."})
    await person.press("Close concern")
    await person.close()
    await sees(person, "Closed", "bot")
    await everything_is_carried(stage)
    assert not any(shows(lead, reference) for lead in leads)


LOW = {"How serious may it be?": "A low-level concern"}
LOW_TRIAGE: Answers = {
    "Allegation, or low-level concern?": "A low-level concern: it does not", "Rationale": "CANARY-LOW A sharp word.",
    "Is the child safe now?": "No child is concerned", "Was anybody asked about it already?": "No, nobody",
}


async def reads_the_log(person: Thumbs) -> str:
    await person.say("/concern adults")
    if person.window() is None:
        await person.press("Open the log", on=await sees(person, "Concerns about adults", "bot"))
    return open_window(person).words


@pytest.mark.parametrize("cast", CASTS, ids=lambda cast: cast.platform)
async def test_low_level_concerns_are_read_together_and_one_is_raised_to_an_allegation(stage: Stage, cast: Cast):
    first, second, *rest = account(cast)
    teacher, person = on(stage, *cast.teacher), on(stage, cast.platform, cast.runs)
    before, reference = [await reports(teacher, (first, {**second, **LOW}, *rest)) for _ in range(2)]
    read = await reads_the_log(person)
    assert f"{cast.adult} · 2" in read
    assert before in read
    await person.fill({"What was seen in the log, and what was done about it": "CANARY-LOG Two of one kind."})
    await person.press("Record the review")
    assert "The review of the term until" in open_window(person).words
    await person.close()

    card = await sees(person, reference, "bot")
    await person.press("Accept", on=card)
    await person.press("Triage", on=await sees(person, "Accepted by", "bot"))
    assert before in open_window(person).words
    await person.press("Go on")
    await person.fill(LOW_TRIAGE)
    await person.press("Record decision")
    assert "Ring now" not in open_window(person).words
    await person.close()

    await person.press("Next steps", on=await sees(person, "Decision recorded", "bot"))
    await person.fill({"What do you want to record?": "Raise it to an allegation"})
    await person.press("Next")
    assert before in open_window(person).words
    await person.fill({"Why is it an allegation?": "CANARY-RAISED It is the second time."})
    await person.press("Raise it")
    assert "Ring now: Fernshire LADO" in open_window(person).words
    await person.close()
    read = await reads_the_log(person)
    assert reference not in read
    assert before in read
    await person.close()
