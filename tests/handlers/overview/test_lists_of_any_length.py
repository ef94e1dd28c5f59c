"""Every list is drawn on both platforms however much there is in it, and all of it can be reached."""

import re
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.render import card_message, form_view
from bot.teams import limits
from bot.teams.blocks import Surface
from bot.teams.render import card_card, form_card
from handlers.conversation import Complaints, NextPage, OpenForm, Reply, Tell
from handlers.rules.people import Login, Person, PersonId, Role
from handlers.triage.form import KINDS
from handlers.ui.card import Facts, Heading, Press, Quote, Words
from handlers.ui.form import Form
from handlers.ui.pages import paged
from tests.bot.slack.limits import faults as slack_faults
from tests.handlers.school import ANSWERS, LEE, MIA, PEOPLE, TESS, Here

KEY = "5a1d7c1e-0000-4000-8000-000000000009"
REFERENCE = re.compile(r"\b26-\d{4,6}\b")


def drawn(reply: Reply) -> None:
    """On both platforms, within what each takes."""
    if isinstance(reply, Tell):
        assert slack_faults(card_message(reply.card)) == []
        assert limits.faults(card_card(reply.card, surface=Surface.MESSAGE), dialog=False) == []
        return
    assert isinstance(reply, OpenForm | NextPage | Complaints), reply
    assert slack_faults(form_view(reply.form)) == []
    assert limits.faults(form_card(reply.form, surface=Surface.DIALOG), dialog=True) == []


async def through(here: Here, reply: Reply) -> set[str]:
    """Every page, by going on: each is drawn; the references on them."""
    found: set[str] = set()
    for _ in range(60):
        drawn(reply)
        found |= set(REFERENCE.findall(str(reply.form)))
        if reply.form.submit != "Go on":
            return found
        reply = await here.send(LEE, reply.form, reply.form.values)
    raise AssertionError("it never ends")


@pytest.mark.parametrize("many", [0, 1, 7, 31, 101])
async def test_every_list_is_drawn_and_what_is_read_of_a_child_reaches_its_end(here: Here, many: int):
    raised = [await _raised(here) for _ in range(many)]
    references = {one.reference for one in raised}
    commands = [(LEE, one) for one in ("board", "help", "patterns", "quality", "themes")]
    for by, word in (*commands, (TESS, "mine")):
        drawn(await here.command(by, word))
    find = (await here.command(LEE, "find")).form
    drawn(await here.send(LEE, find, {"child": str(MIA.id)}))
    last = await here.raises(TESS, ANSWERS)
    await here.press(LEE, Press.ACCEPT, last.id)
    assert await _looked_back(here, await here.press(LEE, Press.DECIDE, last.id)) >= references
    assert await through(here, await here.press(LEE, Press.CHRONOLOGY, MIA.id)) == {*references, last.reference}


async def _raised(here: Here):
    here.later(seconds=1)
    return await here.raises(TESS, {**ANSWERS, "urgency": "record"})


async def _looked_back(here: Here, reply: Reply) -> set[str]:
    """Every page before the categories."""
    found: set[str] = set()
    while reply.form.page < KINDS:
        drawn(reply)
        found |= set(REFERENCE.findall(str(reply.form)))
        reply = await here.send(LEE, reply.form, {})
    return found


def _crowd(many: int) -> list[tuple[Person, tuple[Login, ...]]]:
    """So many leads more, each with a long name."""
    return [
        (
            Person(
                id=PersonId(UUID(int=5000 + one)), name=f"Alexandrina Featherstonehaugh-Cholmondeley {one}",
                roles=frozenset({Role.LEAD}), telephone="01632 960 555", department="Design and Technology",
            ),
            (Login(platform="slack", tenant="T0SCHOOL", user=f"UX{one}"),),
        )
        for one in range(many)
    ]  # fmt: skip


@pytest.mark.parametrize("many", [18, 31, 98, 101])
async def test_however_many_may_take_it_on_each_can_be_chosen(here: Here, reads_again, many: int):
    crowd = _crowd(many)
    await reads_again(people=[*PEOPLE, *crowd])
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    for by, word in ((LEE, "help"), (TESS, "help"), (LEE, "rota"), (LEE, "board"), (LEE, "away")):
        drawn(await here.command(by, word))
    for press in (Press.OPEN, Press.ESCALATE, Press.ASSIGN, Press.SHARE, Press.SEAL, Press.NAME, Press.REFER):
        drawn(await here.press(LEE, press, concern.id))
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    drawn(OpenForm(form))
    last = crowd[-1][0]
    drawn(await here.send(LEE, form, {"to": ""}))
    assert "has been offered" in str(await here.send(LEE, form, {"to": str(last.id), "note": "She knows him."}))
    assert (await here.concern(concern.id)).offered_to == last.id


SMALL = st.sampled_from([Heading("On"), Words(text="x"), Words(text="!", alert=True), Quote("y"), Facts((("a", "b"),))])
MANY = st.integers(1, 60).map(lambda many: Facts(tuple((f"Name {n}", "value " * (n * 7 % 330)) for n in range(many))))
LONG = st.integers(1, 2900).map(lambda size: Quote("語" * size))


@given(st.lists(st.one_of(SMALL, SMALL, MANY, LONG), min_size=1, max_size=260))
@settings(deadline=None, max_examples=60)
def test_every_page_of_whatever_is_read_fits_a_window_on_both_platforms_and_none_of_it_is_lost(parts):
    read = paged(parts)
    assert [part for page in read for part in page] == parts
    for page in read:
        frame = (Heading("Read"), Words(text="Part 1 of 2", subtle=True), Words(text="Another child is called B."))
        form = Form(id="read", key=KEY, title="Read", parts=(*frame, *page), submit="Go on", back=True)
        assert slack_faults(form_view(form)) == []
        whole_facts = any(isinstance(part, Facts) and len(part.pairs) > 1 for part in page)
        assert whole_facts or limits.faults(form_card(form, surface=Surface.DIALOG), dialog=True) == []
