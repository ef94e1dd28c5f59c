"""From the board to whom it is about: a window of one person's, drawn on demand, and each look is kept."""

from dataclasses import replace
from uuid import UUID

from bot.slack import render as slack
from bot.teams import render as teams
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST, faults, size
from handlers.overview import board, lists
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.samples import waits
from handlers.triage.form import READ
from handlers.ui import keys, listing, say, whole
from handlers.ui.card import Press, Rows
from handlers.ui.form import Form
from handlers.ui.lines import Listed
from handlers.ui.listing import Told
from tests.bot.slack.limits import faults as slack_faults
from tests.handlers.school import (
    ANSWERS,
    DANA,
    DECISION,
    HELEN,
    LEE,
    MIA,
    OTHER_MIA,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    about_adult,
)

TWO: Answers = {**ANSWERS, "child_2": str(OTHER_MIA.id), "role_2": "alleged"}


def rows(form: Form) -> dict[str, str]:
    return {row.name: row.value for part in form.parts if isinstance(part, Rows) for row in part.rows}


async def opened(here: Here, by: Person, of: UUID = whole.BOARD) -> Form:
    return await here.opens(by, Press.LIST, of)


async def listings(here: Here, id: ConcernId) -> list[Person | None]:
    async with here.units(SCHOOL.id) as uow:
        found = [line.entry.by for line in await uow.trail.of(id) if line.entry.deed is Deed.LISTED]
        return [await uow.people.get(one) if one else None for one in found]


async def test_the_window_says_whom_what_kind_how_soon_and_what_was_done_last(here):
    concern = await here.raises(answers=TWO)
    [(name, value)] = rows(await opened(here, LEE)).items()
    assert name == f"{concern.reference} · {MIA.label()}, {OTHER_MIA.label()} (alleged to have caused harm)"
    kind, _, rest = value.partition(". ")
    assert kind == dict(ENGLAND.kinds)["bullying"]
    assert rest == "Today. Accept by Tue 24 Nov, 10:45. Last: Concern raised, Tue 24 Nov, 10:15"
    await here.press(LEE, Press.ACCEPT, concern.id)
    here.later(minutes=4)
    yours = rows(await opened(here, LEE))[name]
    assert "Today. Decide by" in yours
    assert yours.endswith("Last: Accepted, Tue 24 Nov, 10:15")


async def test_once_it_is_decided_it_is_the_leads_kind_that_is_shown(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.DECIDE, concern.id)
    while form.page < READ:
        form = (await here.send(LEE, form, {"kinds_1": ("neglect",)})).form
    await here.send(LEE, form, {**DECISION, **form.values})
    [value] = rows(await opened(here, LEE)).values()
    assert value.startswith("Neglect. Today. ")
    assert "Last: Decision" in value


async def test_each_page_that_was_shown_is_a_reading_of_each_concern_on_it(here):
    concerns = [await here.raises(answers={**ANSWERS, "urgency": "record"}) for _ in range(listing.PAGE + 2)]
    page = await opened(here, LEE)
    read = [concern.id for concern in concerns if await listings(here, concern.id) == [LEE]]
    assert len(read) == len(rows(page))
    assert len(read) < len(concerns)
    await here.send(LEE, page, page.values)
    assert [await listings(here, concern.id) for concern in concerns] == [[LEE]] * len(concerns)


async def test_nobody_is_shown_a_name_of_what_they_may_not_read(here):
    """Whoever owes an action has its line, and neither child nor kind."""
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    await here.send(LEE, form, {"what": "Ring.", "owner": str(TOM.id), "due_date": "2026-11-27", "kind": "call_home"})
    window = await opened(here, TOM)
    assert list(rows(window)) == [f"{concern.reference}/1"]
    assert MIA.name not in str(window)
    assert "Bullying" not in str(window)
    assert listing.ONLY_YOU not in str(window)
    assert await listings(here, concern.id) == []
    assert MIA.name not in str(await opened(here, TESS, whole.MINE))


async def test_a_named_lead_is_shown_nothing_and_a_seal_takes_the_name_away(here):
    hidden = await here.raises(answers={**ANSWERS, "close": str(LEE.id)})
    assert MIA.name not in str(await opened(here, LEE))
    assert MIA.name in str(await opened(here, PRIYA))
    sealed = await here.opens(PRIYA, Press.SEAL, hidden.id)
    await here.send(PRIYA, sealed, {"to_1": str(DANA.id), "reason": "It must."})
    assert MIA.name not in str(await opened(here, PRIYA))
    assert MIA.name in str(await opened(here, DANA))


async def test_an_adult_is_named_to_whoever_receives_it_and_to_nobody_else(here):
    await here.raises(answers=about_adult(TOM))
    window = await opened(here, HELEN)
    assert any(name.endswith(f"· {TOM.name}") for name in rows(window))
    assert TOM.name not in str(await opened(here, LEE))


async def test_the_card_from_which_it_is_opened_holds_no_name(here):
    await here.raises()
    async with here.units(SCHOOL.id) as uow:
        card = await board.board(uow, by=LEE, at=here.at)
    assert "Open it with its name" in str(card)
    assert MIA.name not in str(card)
    assert "Bullying" not in str(card)


async def test_a_full_page_of_names_fits_either_platform_and_no_option_loses_form_and_year(here):
    for _ in range(listing.PAGE + 1):
        await here.raises(answers=TWO)
    window = await opened(here, LEE)
    assert len(rows(window)) == listing.PAGE
    assert size(teams.form_card(window, surface=Surface.DIALOG)) < LARGEST
    assert all("Year 8, " in name for name in rows(window))
    worst = "ক" * 400
    told = Told(
        who=", ".join([f"{say.fit(worst, 60)} · 10WXYZ · Year 10 (alleged to have caused harm)"] * 3
                      + [f"{say.fit(worst, 60)} (not on the list)"] * 2),
        kind=", ".join(sorted((label for _, label in ENGLAND.kinds), key=len)[-3:]), soon="This week",
        last="The safeguarding lead's note on the hand-over, Tue 24 Nov 2026, 10:15",
    )  # fmt: skip
    lines = [replace(line, of=line.subject) for line in waits(30, "Overdue actions in your concerns. Open, was due")]
    form = listing.window(
        lists.blank(keys.key(whole.BOARD)), [Listed(title="Yours", lines=lines)], number=2,
        told={line.subject: told for line in lines},
    )  # fmt: skip
    assert len(rows(form)) == listing.PAGE
    drawn = teams.form_card(form, surface=Surface.DIALOG)
    assert faults(drawn, dialog=True) == []
    assert size(drawn) < LARGEST, size(drawn)
    assert slack_faults(slack.form_view(form)) == []


async def test_a_quick_concern_is_known_by_what_was_typed(here):
    form = (await here.command(TESS, "quick")).form
    await here.send(TESS, form, {"child_other": "Zed, a visitor", "facts": "He ran off.", "urgency": "today"})
    [name] = rows(await opened(here, LEE))
    assert "Zed, a visitor (not on the list)" in name


def test_the_key_of_the_window_carries_no_name():
    assert keys.subject(keys.key(whole.BOARD)) == whole.BOARD
