"""Patterns and quality as leads see them: over what each may see, with evidence, without a person and small numbers."""

from datetime import date

import pytest

from handlers.conversation import Complaints, NextPage, OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.oversight import patterns_form
from handlers.oversight.patterns_form import Noticed
from handlers.oversight.quality import send_sample
from handlers.post.cards import draw
from handlers.rules.chronology import Deed
from handlers.rules.record_quality import Mark, Record, figures
from handlers.ui.card import Press, Words
from tests.handlers.school import ABOUT_LEE, ANSWERS, HELEN, LEE, MIA, OTHER_MIA, PRIYA, SCHOOL, TESS, TOM, Here, words


async def patterns(here: Here, by):
    reply = await here.command(by, "patterns")
    assert isinstance(reply, OpenForm), words(reply)
    return reply.form


async def test_three_concerns_stand_in_the_look_back_and_in_the_patterns(here):
    raised = [await here.raises() for _ in range(3)]
    await here.press(LEE, Press.ACCEPT, raised[-1].id)
    look = str((await here.opens(LEE, Press.DECIDE, raised[-1].id)).parts)
    assert "Three or more concerns in 14 days" in look
    form = await patterns(here, LEE)
    assert MIA.label() in str(form.parts)
    assert all(concern.reference in str(form.parts) for concern in raised)


async def test_a_pattern_is_made_only_of_what_that_lead_may_see(here):
    for _ in range(2):
        await here.raises()
    hidden = await here.raises(TESS, {**ANSWERS, "close": str(LEE.id)})
    await here.raises(TESS, ABOUT_LEE)
    assert "in 14 days" not in str((await patterns(here, LEE)).parts)
    assert hidden.reference in str((await patterns(here, PRIYA)).parts)


async def test_a_pattern_is_dismissed_with_a_reason_and_comes_back_with_new_evidence(here):
    for _ in range(3):
        await here.raises()
    form = await patterns(here, LEE)
    id = form.fields()[0].options[0].key
    asked = await here.send(LEE, form, {"pattern": id, "reason": " "})
    assert isinstance(asked, NextPage)
    assert asked.form.values["pattern"] == id
    assert "Say what you found" in str(asked.form.parts)
    assert "dismissed" in words(await here.send(LEE, form, {"pattern": id, "reason": "One event, told three times."}))
    assert "in 14 days" not in str((await patterns(here, PRIYA)).parts)
    await here.raises()
    assert "in 14 days" in str((await patterns(here, PRIYA)).parts)


@pytest.mark.parametrize("word", ["patterns", "quality", "quality last"])
async def test_teachers_are_told_nothing_of_patterns_or_quality(here, word):
    reply = await here.command(TESS, word)
    assert isinstance(reply, Tell)
    assert "no such concern" in words(reply) or "for the safeguarding leads" in words(reply)


def test_a_share_of_few_records_is_not_told():
    good = Record(marks=frozenset({Mark.WHEN}), asked=frozenset({Mark.WHEN, Mark.VOICE}), recorded_after=60)
    none = Record(marks=frozenset(), asked=frozenset({Mark.WHEN}))
    assert figures([good] * 4).records is None
    found = figures([good, good, good, none, none])
    shares = dict(found.shares)
    assert found.records == 5
    assert shares[Mark.WHEN] == 60
    assert shares[Mark.VOICE] is None
    assert found.delay is None
    assert figures([good] * 5).delay == 60
    assert good.missing() == {Mark.VOICE}


async def test_the_figures_of_a_term_name_nobody(here):
    for person in (TESS, TOM, TESS, TOM, TESS):
        await here.raises(person)
    said = str((await here.command(LEE, "quality")).form)
    assert "100 %" in said
    assert "5 records" in said
    assert not [name for name in ("Tess", "Tom", "Mia", "Lee") if name in said]
    assert "too few records" in str((await here.command(LEE, "quality last")).form)


async def test_each_month_some_records_are_chosen_by_chance_for_every_lead_and_looked_at(here):
    for _ in range(7):
        await here.raises()
    await here.raises(TESS, ABOUT_LEE)
    here.at = here.at.replace(month=12, day=1, hour=9)
    async with here.units(SCHOOL.id) as uow:
        assert await send_sample(uow, at=here.at)
        assert not await send_sample(uow, at=here.at)
        claimed = [item.notice for item in await uow.outbox.claim(most=50)]
        sent = [notice for notice in claimed if notice.kind is NoticeKind.SAMPLE]
        cards = [await draw(uow, notice, at=here.at) for notice in sent]
    assert len(sent) == 3
    assert len({str(card) for card in cards}) == 1, "the same records, whoever asks"
    presses = [button for part in cards[0].parts if hasattr(part, "buttons") for button in part.buttons]
    assert len(presses) == 5
    form = await here.opens(LEE, Press.REVIEW, presses[0].subject)
    answers = {"apart": "yes", "verbatim": "partly", "enough": "yes", "outcome": "no", "lacking": "CANARY the time."}
    assert isinstance(await here.send(LEE, form, {"apart": "yes"}), Complaints)
    assert "has been recorded" in words(await here.send(LEE, form, answers))
    async with here.units(SCHOOL.id) as uow:
        assert Deed.REVIEWED in [line.entry.deed for line in await uow.trail.of(presses[0].subject)]
        card = str(await draw(uow, sent[0], at=here.at))
    assert card.count("to be looked at") == 4
    assert "CANARY" not in card
    assert "no such concern" in words(await here.press(HELEN, Press.REVIEW, presses[0].subject))


async def test_no_sample_goes_out_on_another_day(here):
    for day in (date(2026, 12, 2), date(2026, 12, 5), date(2026, 11, 24)):
        at = here.at.replace(month=day.month, day=day.day, hour=9)
        async with here.units(SCHOOL.id) as uow:
            assert not await send_sample(uow, at=at)


def noticed(count: int) -> list[Noticed]:
    return [Noticed(id=f"id{number}", words=f"Pattern {number}", evidence=("26-48213",)) for number in range(count)]


def test_many_patterns_are_read_a_page_at_a_time_and_none_is_left_out():
    pages = [patterns_form.window("k:0", noticed(45), number=number) for number in (1, 2, 3)]
    assert [page.submit for page in pages] == ["Go on", "Go on", "Dismiss"]
    assert "1 to 20 of 45" in str(pages[0].parts)
    ids = [option.key for page in pages for option in page.fields()[0].options if option.key != patterns_form.NEXT]
    assert ids == [one.id for one in noticed(45)]
    shown = " ".join(str(page.parts) for page in pages)
    assert all(one.words in shown for one in noticed(45))


async def test_the_gravest_pattern_comes_first_and_all_of_its_evidence_is_listed(here):
    grave = [await here.raises() for _ in range(4)]
    await here.press(LEE, Press.ACCEPT, grave[-1].id)
    await here.decides(LEE, grave[-1], level="high")
    twelve = [await here.raises(answers={**ANSWERS, "child_1": str(OTHER_MIA.id)}) for _ in range(12)]
    form = await patterns(here, LEE)
    about = [part.text for part in form.parts if isinstance(part, Words) and part.alert]
    whose = [MIA.form if MIA.label() in text else OTHER_MIA.form for text in about if "Mia" in text]
    assert whose.index(MIA.form) < whose.index(OTHER_MIA.form)
    assert twelve[0].reference in str(form.parts), "the oldest of twelve"
    assert twelve[-1].reference in str(form.parts)
