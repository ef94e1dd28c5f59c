"""Training themes: for leads and head, by department, never by name, nothing about adults to the leads."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from bot.slack.render import form_view
from bot.teams.limits import LARGEST
from bot.teams.limits import size as teams_size
from bot.teams.render import dialog_answer
from handlers.conversation import CommandTyped, OpenForm, Tell
from handlers.oversight import figures_counter
from handlers.oversight.themes_card import SAID, themes_card
from handlers.rules.calendar import Term
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person
from handlers.rules.training import Row
from handlers.ui.card import Buttons, Card, Facts, Heading, Press, Words
from handlers.ui.form import Form
from handlers.wording.guard import Kind
from store.opening import open_units
from tests.bot.slack.limits import faults as slack_faults
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    PRIYA,
    ROLL,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    Here,
    account,
)

KEY = bytes(range(1, 33))
FACTS = "He was obviously scared of his dad."
WRITTEN = {**ANSWERS, "facts": FACTS}


@pytest.fixture
async def here(tmp_path):
    """The same school with three people of one department and one of another."""
    departments = {TESS.id: "Year 8", TOM.id: "Year 8", THEO.id: "Year 8", PRIYA.id: "Music"}
    people = tuple(
        (replace(person, department=departments.get(person.id, "")), held) for person, held in ROLL.people
    )
    units = await open_units(
        f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}", root_key=KEY, schools=(replace(ROLL, people=people),)
    )
    yield Here(units)
    await units.close()


def text(shown: Card | Form) -> str:
    words = [part.text for part in shown.parts if isinstance(part, Heading | Words)]
    pairs = [f"{name}: {value}" for part in shown.parts if isinstance(part, Facts) for name, value in part.pairs]
    return "\n".join([*words, *pairs])


async def asked(here: Here, by: Person, command: str = "themes") -> str:
    reply = await here.command(by, command)
    assert here.mishaps == []
    return text(reply.form if isinstance(reply, OpenForm) else reply.card)


async def raised(here: Here, by: Iterable[Person], answers=WRITTEN) -> None:
    for person in by:
        await here.raises(person, answers)


async def test_what_recurs_is_shown_by_department_with_one_line_of_advice(here):
    await raised(here, [TESS, TOM, THEO, TESS, TOM])
    shown = await asked(here, LEE)
    label, advice = SAID[Kind.MIND_READING]
    assert "Year 8\n5 accounts" in shown
    assert f"{label}: 5 of 5" in shown
    assert f"{label}: {advice}" in shown
    assert "2 November 2026 to 18 December 2026" in shown


async def test_small_numbers_are_no_numbers(here):
    await raised(here, [TESS, TOM, THEO, TESS])
    shown = await asked(here, LEE)
    assert "Everyone else\nToo few accounts to show (fewer than 5, or by fewer than 3 people)." in shown
    assert "Year 8" not in shown
    assert "of 4" not in shown


async def test_no_name_is_ever_shown(here):
    await raised(here, [TESS, TOM, THEO, PRIYA, TESS, TOM])
    shown = await asked(here, HELEN)
    assert not [person.name for person, _ in ROLL.people if person.name in shown or str(person.id) in shown]


async def test_the_leads_learn_nothing_of_concerns_about_adults_and_the_head_does(here):
    about_tom = {**ABOUT_LEE, "adult": str(TOM.id), "facts": FACTS}
    await raised(here, [TESS, THEO, TESS, THEO, PRIYA], about_tom)
    assert "No account of this term" in await asked(here, DANA)
    assert "5 accounts" in await asked(here, HELEN)


async def test_nobody_counts_what_names_them(here):
    await raised(here, [TESS, TOM, THEO, TESS, TOM], {**ABOUT_HELEN, "facts": FACTS})
    await raised(here, [TESS, TOM, THEO, TESS, TOM], {**WRITTEN, "close": str(LEE.id)})
    assert "No account of this term" in await asked(here, LEE)
    assert "5 accounts" in await asked(here, PRIYA)
    assert "5 accounts" in await asked(here, HELEN)


@pytest.mark.parametrize("more", [{"urgency": "now"}, {"danger": "yes"}])
async def test_what_was_urgent_is_not_read_for_its_wording(here, more):
    await raised(here, [TESS, TOM, THEO, TESS, TOM], {**WRITTEN, **more})
    assert "No account of this term" in await asked(here, LEE)


async def test_a_sealed_concern_and_a_drill_are_in_no_figure(here):
    for by, change in ((TESS, {"sealed_to": frozenset({PRIYA.id})}), (TOM, {"drill": True})):
        concern = await here.raises(by, WRITTEN)
        await raised(here, [TESS, THEO, TOM, THEO])
        async with here.units(SCHOOL.id) as uow:
            entry = (await uow.trail.of(concern.id))[0].entry
            await uow.concerns.save(replace(concern, **change), because=replace(entry, deed=Deed.READ))
    assert "8 accounts" in await asked(here, PRIYA)


async def test_the_term_before_is_a_word_away(here):
    here.later(days=-60)
    await raised(here, [TESS, TOM, THEO, TESS, TOM])
    here.later(days=60)
    assert "No account of this term" in await asked(here, LEE)
    assert "5 accounts" in await asked(here, LEE, "themes last")


@pytest.mark.parametrize("by", [TESS, COLIN, THEO])
async def test_others_are_refused(here, by):
    await raised(here, [TESS, TOM, THEO, TESS, TOM])
    assert "themes is for the safeguarding leads and the head" in await asked(here, by)


async def test_that_somebody_looked_is_one_line_of_the_trail(here):
    before = await sequence(here)
    await asked(here, HELEN)
    assert await sequence(here) == before + 2


async def sequence(here: Here) -> int:
    async with here.units(SCHOOL.id) as uow:
        sealed = await uow.trail.append(Entry(deed=Deed.DIGESTED, at=here.at, by=None, thing=None))
    return sealed.sequence


def test_every_kind_has_a_name_and_a_line_of_advice():
    assert set(SAID) == set(Kind)


def test_however_many_departments_there_are_none_is_left_out():
    rows = [Row(department=f"Department {number}", accounts=9, kinds=((Kind.VAGUE, 6),)) for number in range(40)]
    term = Term(first=date(2026, 9, 1), last=date(2026, 12, 18))
    form = figures_counter.window(LEE.id, themes_card(term, rows))
    shown = str(form.parts)
    assert all(f"'Department {number}'" in shown for number in range(40))
    assert "9 accounts; vague words 6 of 9" in shown
    assert teams_size(dialog_answer(OpenForm(form))) < LARGEST
    assert slack_faults(form_view(form)) == []


@pytest.mark.parametrize("word", ["themes", "themes last", "quality", "quality last"])
async def test_in_a_chat_no_count_stands_and_the_button_opens_what_was_asked_for(here, word):
    here.later(days=-60)
    await raised(here, [TESS, TOM, THEO, TESS, TOM])
    here.later(days=60)
    await raised(here, [TESS, TOM, THEO, TESS, TOM, TESS])
    reply = await here.answers(CommandTyped(who=account(LEE), text=word, in_chat=True))
    assert isinstance(reply, Tell)
    assert [type(part) for part in reply.card.parts] == [Heading, Buttons]
    (button,) = reply.card.parts[1].buttons
    opened = await here.press(LEE, button.press, button.subject)
    assert text(opened.form) == await asked(here, LEE, word)
    assert ("5 " if "last" in word else "6 ") in text(opened.form)
    for other in (TESS, COLIN, THEO):
        assert "There is no such concern" in str(await here.press(other, Press.FIGURES, button.subject))
