"""The program in Microsoft's own local client, by its page: page 1 to a stored decision, every button pressed there.

`test_the_program_in_agents_playground` posts what a page would; here Microsoft's renderer itself gathers the fields and
sends. Typeahead is not emulated there, so the child is named in words. HEARD_SHOTS=folder takes pictures.
"""

import re
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from bot.playground.agents.__main__ import SAMPLE
from bot.playground.agents.connector import Client
from bot.playground.agents.running import Wiring, playgrounds
from bot.teams.carried import OURS
from bot.teams.held import HELD
from tests.bot.playground.agents_page import OFFLINE, Answers, Visitor, fills, visits
from tests.bot.playground.echo_bot import message, text_card
from tests.bot.teams.test_names import names
from tests.chromium import chromium
from tests.journeys.gestures import MINE
from tests.node import need_npm_packages

pytestmark = pytest.mark.asyncio(loop_scope="module")

FACTS = "She held her left sleeve down. She was nervous."
WORDS = "they *wait* for me <by> the gate & {{take}} my stuff"
VIEW = "She was nervous."
NEEDED = "Please answer this."
REFERENCE = re.compile(r"Reference: (\d\d-\d{5})")
PAGES: Sequence[Answers] = (
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
        "What you saw, heard and did: facts only": FACTS,
        "The child's exact words": WORDS,
    },
    {"What you have done": "Told her I would tell a lead.", "Kind of concern": "Physical abuse",
     "Before you send": MINE},
)
DECISION: Answers = {
    "Level": "Low",
    "Was the child seen and spoken to?": "Seen and spoken to",
    "Parents or carers": "Told",
    "Decision": "Monitoring",
    "Rationale": "Seen on three days; the sleeve was a graze.",
}
MEMBERS = """(card) => {
  const members = (one) => {
    const found = new Set([...one.getSchema().properties].map((property) => property.name));
    for (; one; one = Object.getPrototypeOf(one)) Object.getOwnPropertyNames(one).forEach((name) => found.add(name));
    return [...found];
  };
  for (const node of [...card.querySelectorAll("button")]) {
    let at = node[Object.keys(node).find((name) => name.startsWith("__reactFiber"))];
    for (; at; at = at.return) {
      const held = Object.values(at.memoizedProps ?? {}).find((one) => one?.prepareForExecution && one.data);
      if (held) return { object: members(new held.data.constructor()), button: members(held) };
    }
  }
}"""
"""What the renderer holds on a button of a card and on what it makes of the button's data, before ours is put there."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Wiring, Sequence[Client]]]:
    need_npm_packages()
    folder = tmp_path_factory.mktemp("agents")
    async with playgrounds(folder, SAMPLE, people=["tom", "priya"]) as running:
        yield running
    log = (folder / "heard.log").read_text("utf-8")
    assert "turned_away" not in log
    assert "Traceback" not in log


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium(OFFLINE) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def teacher(stage: tuple[Wiring, Sequence[Client]], browser: Browser) -> Visitor:
    visitor = await visits(browser, stage[1][0])
    await visitor.goes_to("Personal Chat")
    return visitor


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def lead(stage: tuple[Wiring, Sequence[Client]], browser: Browser) -> Visitor:
    visitor = await visits(browser, stage[1][1])
    await visitor.goes_to("Safeguarding leads")
    return visitor


async def fills_every_page(person: Visitor, form: Locator, where: str, *, last: str) -> None:
    """With one complaint of the page's own and one of ours; `last` is the button of page 4."""
    await expect(form).to_contain_text("Page 1 of 4")
    await person.presses(form, "Next")
    await expect(form.get_by_text(NEEDED)).to_have_count(4)
    for number, page in enumerate(PAGES, 1):
        await expect(form).to_contain_text(f"Page {number} of 4")
        await (corrects if number == 2 else fills_all)(person, form, page)
        await person.picture(f"{where}_page_{number}")
        await person.presses(form, last if page is PAGES[-1] else "Next")


async def receipt(person: Visitor, where: str) -> str:
    """The one in the chat. The Playground empties an open dialog when a message comes, so none is asked for there."""
    await expect(person.card).to_contain_text("Your concern has been received")
    if await person.dialog.count():
        await person.closes()
    await expect(person.card).to_contain_text(REFERENCE)
    await person.picture(f"{where}_receipt")
    found = REFERENCE.search(await person.card.text_content() or "")
    assert found
    return found[1]


async def fills_all(_: Visitor, form: Locator, page: Answers) -> None:
    await fills(form, page)


async def corrects(person: Visitor, form: Locator, page: Answers) -> None:
    """Leave one out that the desk alone asks for: it complains beside the field, and nothing typed is lost."""
    place = "Where did it happen?"
    await fills(form, {label: answer for label, answer in page.items() if label != place})
    await person.presses(form, "Next")
    await expect(form.get_by_text(NEEDED)).to_have_count(1)
    await expect(form.get_by_role("textbox", name="Who is the child?")).to_have_value("Mia Patel, 8B, harmed")
    await expect(form.get_by_role("combobox", name="How do you know?")).to_have_value("The child told me")
    await expect(form.get_by_role("combobox", name="When did it happen?")).to_have_value("Over time")
    await person.picture("complaint")
    await fills(form, {place: page[place]})


async def looks_once_more(person: Visitor, form: Locator) -> None:
    """The last look: a phrase that reads as opinion is moved, the child's words stand as they were said."""
    await expect(form).to_contain_text("Worth a second look")
    await expect(form.get_by_text(WORDS, exact=True)).to_be_visible()
    for group in await form.get_by_role("radiogroup").all():
        move = group.get_by_role("radio", name="Move to my view")
        await (move if await move.count() else group.get_by_role("radio", name="This is exactly")).check()
    await person.picture("last_look")
    await person.presses(form, "Send")


async def triages(lead: Visitor) -> None:
    form = await lead.opens("Triage")
    await lead.presses(form, "Go on")
    await expect(form).to_contain_text("Rationale")
    await lead.presses(form, "Record decision")
    await expect(form.get_by_text(NEEDED)).to_have_count(4)
    await fills(form, DECISION)
    await lead.picture("triage")
    await lead.presses(form, "Record decision")
    await expect(lead.card).to_contain_text("Decision recorded")
    await lead.closes()


async def test_a_concern_goes_in_dialogs_from_page_1_to_a_decision(teacher: Visitor, lead: Visitor):
    await teacher.says("/concern")
    await expect(teacher.card).to_contain_text("Open the form")
    form = await teacher.opens("Open the form")
    await fills_every_page(teacher, form, "dialog", last="Next")
    await looks_once_more(teacher, form)
    reference = await receipt(teacher, "dialog")

    await expect(lead.card).to_contain_text(reference)
    await lead.picture("leads_card")
    await lead.presses(lead.card, "Accept")
    await expect(lead.card).to_contain_text("Accepted by Priya Raman")
    account = await lead.opens("Open")
    for words in (WORDS, "She held her left sleeve down.", VIEW, "Mia Patel, 8B, harmed"):
        await expect(account.get_by_text(words, exact=words is WORDS).first).to_be_visible()
    await lead.picture("account")
    await lead.closes()
    await triages(lead)
    await lead.picture("decided")

    account = await lead.opens("Open")
    await expect(account).to_contain_text(DECISION["Rationale"])
    await lead.picture("account_decided")
    await lead.closes()
    await teacher.picture("teacher_at_last")
    assert (teacher.errors, lead.errors) == ([], [])


async def test_the_form_goes_inside_the_message_from_page_1_to_the_receipt(teacher: Visitor, lead: Visitor):
    """Without a last look: a chat never shows again what was written."""
    await teacher.says("concern")
    await expect(teacher.card).to_contain_text("Fill it in here")
    await teacher.presses(teacher.card, "Fill it in here")
    await fills_every_page(teacher, teacher.card, "message", last="Send")
    reference = await receipt(teacher, "message")
    await expect(lead.page.get_by_role("heading", name=reference)).to_be_visible()
    assert (teacher.errors, lead.errors) == ([], [])


async def test_none_of_our_names_is_a_member_of_what_this_renderer_makes_of_a_card(
    stage: tuple[Wiring, Sequence[Client]], browser: Browser
):
    """And the fault that there was is one that is seen here: `key` among what a button carries."""
    wiring, clients = stage
    visitor = await visits(browser, clients[0])
    await visitor.goes_to("Personal Chat")
    press = {"type": "Action.Execute", "title": "Next", "verb": "x", "data": {OURS: {}, "key": "k"}}
    await wiring.proxy.connector.post(clients[0].person.chat, "", message(text_card("A planted fault", press)))
    await expect(visitor.card).to_contain_text("A planted fault")
    held = await visitor.card.evaluate(MEMBERS)
    assert set(held["object"]) == HELD
    assert names() & {*held["object"], *held["button"]} == set()
    with pytest.raises(AssertionError, match="read only property 'key'"):
        await visitor.presses(visitor.card, "Next")
