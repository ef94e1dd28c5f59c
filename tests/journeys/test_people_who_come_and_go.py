"""One person with several posts, and people who leave and come back: played in a small school on both platforms.

Lee is head and lead, Priya deputy lead and whistleblowing lead, Colin the chair and Mia's father. The school file is
read again between two starts, as a technician has it read.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import logs
from bot.clock import Clock
from bot.demo import SAMPLE, Stage, free_address, on_stage, redraw
from bot.playground.thumbs import Seen, Thumbs
from bot.school_file import SchoolFile, person_id, read_school_file
from handlers.rules.people import Person, Pupil, Role
from tests.journeys.carried import everything_is_carried
from tests.journeys.conftest import TUESDAY
from tests.journeys.gestures import MINE, PAGES, begins, does_more, goes_on, open_window, reports, sees, until
from tests.journeys.test_from_concern_to_close import on
from tests.journeys.test_losing_a_concern import shows
from tests.lots import drawing

POSTS = {
    "Lee Abara": {Role.HEAD, Role.LEAD}, "Priya Raman": {Role.DEPUTY, Role.WHISTLEBLOWING_LEAD},
    "Colin Teale": {Role.CHAIR},
}  # fmt: skip
GONE = ("Dana Okello", "Helen Marsh", "Vera Coombes", "Gita Sorrell", "Noel Faraday")
TELLERS = [("slack", "tess"), ("teams", "tom")]
Opens = Callable[..., AbstractAsyncContextManager[Stage]]


def small(**changed: Callable[[Person], Person | None]) -> SchoolFile:
    """The sample school with three who lead it. `changed`: what becomes of somebody, by first name; None: they left."""
    file = read_school_file(SAMPLE)
    mia = next(pupil for pupil in file.pupils if pupil.name == "Mia Patel" and pupil.form == "8B")
    people = []
    for person, held in file.people:
        if person.name in GONE:
            continue
        one: Person | None = replace(person, roles=frozenset(POSTS.get(person.name, person.roles)))
        if one.name == "Colin Teale":
            one = replace(one, children=frozenset({mia.id}))
        change = changed.get(one.name.split()[0].casefold())
        if (one := change(one) if change else one) is not None:
            people.append((one, held))
    return replace(file, people=tuple(people))


def leaves(_: Person) -> None:
    return None


@pytest.fixture
async def opens(tmp_path: Path, quiet_again: None) -> AsyncIterator[Opens]:
    """Start the program on that school file, and stop it at the end; the record stays."""
    log = tmp_path / "heard.log"
    logs.set_up(to=log)
    starts = iter(range(9))

    @asynccontextmanager
    async def start(file: SchoolFile) -> AsyncIterator[Stage]:
        begins_at: datetime = TUESDAY + timedelta(minutes=5 * next(starts))
        clock = Clock.started_at(begins_at)
        async with on_stage(tmp_path, address=free_address(0), clock=clock, file=file, lot=drawing()) as stage:
            await redraw(stage.program)
            await stage.move(timedelta(minutes=1))
            yield stage
            refused = [*stage.slack.refusals, *stage.teams.refusals]
            assert [one for one in refused if not _of_before(one)] == []

    yield start
    assert '"event": "mishap"' not in log.read_text("utf-8")


def _of_before(refusal: str) -> bool:
    """The stand-ins begin empty at each start: what stood there before is not there, and is posted anew."""
    return "message_not_found" in refusal or "is not there" in refusal


ABOUT_LEE = (
    {**PAGES[0], "What is it about?": "An adult who works here", "Child": ""},
    {"How do you know?": "I saw or heard it", "When did it happen?": "Over time", "Where did it happen?": "School gate",
     "Adult": "Lee Abara"},
    {"What you saw, heard and did: facts only": "CANARY-FACTS He stood in the doorway at 08:50."},
    {"Kind of concern": ["Bullying or prejudice"], "Before you send": [MINE]},
)  # fmt: skip


async def sends(person: Thumbs, pages) -> str:
    await begins(person)
    for page in pages:
        await person.fill({label: answer for label, answer in page.items() if answer})
        await goes_on(person)
    if "Send" in open_window(person).buttons:
        await person.press("Send")
    words = open_window(person).words
    assert "Your concern has been received" in words, words
    await person.close()
    return next(word for word in words.split() if word[:3] == "26-")


@pytest.mark.parametrize(("platform", "who"), TELLERS)
async def test_who_is_head_and_lead_has_a_childs_concern_and_none_about_themselves(opens: Opens, platform, who):
    async with opens(small()) as stage:
        teacher, lee, priya = on(stage, platform, who), on(stage, "slack", "lee"), on(stage, "teams", "priya")
        colin = on(stage, "slack", "colin")
        child = await reports(teacher)
        await sees(lee, child)
        await sees(priya, child)
        adult = await sends(teacher, ABOUT_LEE)
        await sees(colin, adult, "bot")
        await everything_is_carried(stage)
        assert not shows(lee, adult)
        assert not shows(priya, adult)
        assert not shows(colin, child), "the chair is the child's father"
        await lee.press("Accept", on=await card_with(lee, child, "Accept"))
        await sees(priya, "Accepted by Lee Abara")
        await stage.move(timedelta(hours=8))
        await everything_is_carried(stage)
        assert not shows(colin, child), "nor when it climbs"
        assert not shows(lee, adult)


@pytest.mark.parametrize("platform", ["slack", "teams"])
async def test_a_lead_who_leaves_loses_what_they_owned_and_may_have_it_again(opens: Opens, platform):
    leaver, other = ("lee", "priya") if platform == "slack" else ("priya", "lee")
    theirs = {"lee": "slack", "priya": "teams"}
    name = {"lee": "Lee Abara", "priya": "Priya Raman"}
    async with opens(small()) as stage:
        reference = await reports(on(stage, "slack", "tess"))
        owner = on(stage, platform, leaver)
        await owner.press("Accept", on=await sees(owner, reference))
        await does_more(owner, await sees(owner, "Accepted by"), "Hand over to somebody else")
        label = next(field.label for field in open_window(owner).fields if "Who" in field.label or "to" in field.label)
        await owner.fill({label: name[other]})
        await owner.press("Hand over")
        await owner.close()
        await sees(on(stage, theirs[other], other), "offers you", "bot")
    async with opens(small(**{leaver: leaves})) as stage:
        left = on(stage, theirs[other], other)
        await sees(left, f"{name[leaver]} had this concern and is no longer here. It waits for a new owner.")
        await sees(left, "waits for a new owner", "bot")
        assert not [seen for seen in left.chat("bot") if "offers you" in seen.words]
        await card_with(left, reference, "Accept")
    async with opens(small()) as stage:
        back = on(stage, platform, leaver)
        await back.press("Accept", on=await card_with(back, reference, "Accept"))
        await sees(on(stage, theirs[other], other), f"Accepted by {name[leaver]}")


@pytest.mark.parametrize(("platform", "who"), TELLERS)
async def test_under_another_key_nobody_reads_what_is_about_themselves(opens: Opens, platform, who):
    async with opens(small()) as stage:
        reference = await sends(on(stage, platform, who), ABOUT_LEE)
        await sees(on(stage, "slack", "colin"), reference, "bot")
    async with opens(small(lee=leaves, priya=lambda one: replace(one, roles=one.roles | {Role.HEAD}))):
        pass
    school = read_school_file(SAMPLE).school.id
    as_chair = {
        "lee": lambda one: replace(one, id=person_id(school, "lee-again"), roles=frozenset({Role.LEAD, Role.CHAIR})),
        "colin": leaves,
        "priya": lambda one: replace(one, roles=one.roles | {Role.HEAD}),
    }
    async with opens(small(**as_chair)) as stage:
        lee = on(stage, "slack", "lee")
        await lee.say(f"/concern find {reference}")
        await lee.press("Find")
        said = open_window(lee)
        assert "CANARY" not in said.words
        await asyncio.sleep(0.3)  # one card waits there for ever: nobody is left to have it
        assert not shows(lee, reference)


async def card_with(lead: Thumbs, reference: str, button: str) -> Seen:
    """Its card in the leads' place, once it has that button: a day's list names it too."""

    def standing() -> Seen | None:
        cards = [seen for seen in lead.chat("leads") if reference in seen.words and button in seen.buttons]
        return cards[-1] if cards else None

    return await until(standing, f"{reference} with {button}")


def renamed(file: SchoolFile) -> SchoolFile:
    """Mia left and is on the roll again, with another key and in another form."""
    back = [replace(p, id=type(p.id)(int=99), form="9A", year="9") for p in file.pupils if _is_mia(p)]
    return replace(file, pupils=(*(p for p in file.pupils if not _is_mia(p)), *back))


def _is_mia(pupil: Pupil) -> bool:
    return (pupil.name, pupil.form) == ("Mia Patel", "8B")


@pytest.mark.parametrize(("platform", "lead"), [("slack", "lee"), ("teams", "priya")])
async def test_a_child_who_comes_back_under_another_key_has_their_record_in_the_look_back(opens: Opens, platform, lead):
    async with opens(small()) as stage:
        before = await reports(on(stage, "slack", "tess"))
    async with opens(renamed(small())) as stage:
        pages = ({**PAGES[0], "Child": "Mia Patel · 9A · Year 9"}, *PAGES[1:])
        now = await reports(on(stage, "slack", "tess"), pages)
        reader = on(stage, platform, lead)
        await reader.press("Accept", on=await card_with(reader, now, "Accept"))
        await reader.press("Triage", on=await card_with(reader, now, "Triage"))
        words = open_window(reader).words
        assert "A child of this name has left: Mia Patel · 8B · Year 8" in words
        assert before in words
