"""A primary of three who lead it: Lee is head and lead, Dana is deputy head, deputy lead and whistleblowing lead, Colin
is the chair. Driven through desk and post.
"""

from dataclasses import replace
from uuid import uuid5

import pytest

from handlers.account import meant_form
from handlers.conversation import Complaints, OpenForm, SearchTyped
from handlers.notice import Notice, NoticeKind
from handlers.overview import board
from handlers.rules import routing
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, ReporterAs, Route, Second, Status
from handlers.rules.meant import Sure
from handlers.rules.people import Person, Role
from handlers.rules.verdict import Meant
from handlers.triage import chasing, chasing_owned
from handlers.ui.card import Press
from handlers.ui.form import ChoiceField, Source
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.keeping import entries, names
from tests.handlers.posting import chat_with, works
from tests.handlers.school import (
    ANSWERS,
    COLIN,
    MIA,
    OTHER_MIA,
    PEOPLE,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
    words,
)
from tests.handlers.school import DANA as _DANA
from tests.handlers.school import LEE as _LEE

LEE = replace(_LEE, roles=frozenset({Role.HEAD, Role.LEAD}), telephone="01632 960 101")
DANA = replace(_DANA, roles=frozenset({Role.STAFF, Role.DEPUTY, Role.WHISTLEBLOWING_LEAD}))
SMALL = replace(SCHOOL, leads_places=())
"""No channel: each card comes in person, so that who was told what can be counted."""
NOW = {**ANSWERS, "urgency": "now"}
ABOUT_LEE = {**ANSWERS, "about": "adult", "adult": str(LEE.id)}
ABOUT_TOM = {**ANSWERS, "about": "adult", "adult": str(TOM.id)}
UNNAMED = {**ANSWERS, "about": "adult", "adult_other": "Somebody with a blue lanyard"}
GRAVE = {"level": "high", "outcome": "no_further_action"}


def _roll(*people: Person) -> Roll:
    logins = {person.id: found for person, found in PEOPLE}
    return Roll(school=SMALL, people=[(one, logins[one.id]) for one in people], pupils=(MIA, OTHER_MIA))


@pytest.fixture
async def opened(sqlite_url):
    """A school with those people, and its desk."""
    made = []

    async def open(*people: Person) -> Here:
        made.append(await open_units(sqlite_url, root_key=bytes(range(1, 33)), schools=(_roll(*people),)))
        return Here(made[-1])

    yield open
    for units in made:
        await units.close()


THREE = (LEE, DANA, COLIN, TESS, TOM)
TWO = (LEE, COLIN, TESS, TOM)
"""Without a deputy: one person leads, and the chair."""


@pytest.fixture
async def here(opened) -> Here:
    return await opened(*THREE)


@pytest.fixture
async def alone(opened) -> Here:
    return await opened(*TWO)


async def told(here: Here, kind: NoticeKind = NoticeKind.CHASE) -> list[tuple[str, str]]:
    """Who is told at which step, taken out of the outbox in order."""
    known = {person.id: person.name.split()[0] for person, _ in PEOPLE}
    found: list[Notice] = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                await uow.outbox.settle(item)
                found.append(item.notice)
    return [(known[notice.to], notice.step) for notice in found if notice.kind is kind and notice.to]


def about(post, person: Person, concern: Concern) -> list[str]:
    """The headlines of what stands in their chat about it."""
    return [card.summary for card in post.at(chat_with(person)) if concern.reference in card.summary]


async def climbs(here: Here, *minutes: int) -> list[list[tuple[str, str]]]:
    steps: list[list[tuple[str, str]]] = []
    begun = here.at
    for minute in minutes:
        here.later(minutes=minute - (here.at - begun).total_seconds() / 60)
        await chasing.chase_unaccepted(here.units, {}, at=here.at)
        steps.append(sorted(await told(here)))
    return steps


async def test_whoever_is_lead_and_head_has_one_card_of_it_and_may_do_what_both_may(here, post):
    concern = await here.raises(TESS)
    await works(here, post)
    assert len(about(post, LEE, concern)) == len(about(post, DANA, concern)) == 1
    assert about(post, COLIN, concern) == []
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    assert len(about(post, LEE, concern)) == 1
    adults = await here.raises(TESS, ABOUT_TOM)
    await works(here, post)
    assert (adults.route, len(about(post, LEE, adults))) == (Route.HEAD, 1)
    assert isinstance(await here.press(LEE, Press.OPEN, adults.id), OpenForm)
    assert about(post, DANA, adults) == []


async def test_an_urgent_concern_is_one_card_each_too(here, post):
    concern = await here.raises(TESS, NOW)
    await works(here, post)
    assert [len(about(post, person, concern)) for person in (LEE, DANA, COLIN)] == [1, 1, 0]


async def test_an_urgent_concern_climbs_from_person_to_person(here):
    concern = await here.raises(TESS, NOW)
    await told(here)
    assert await climbs(here, 5, 10, 15) == [
        [("Dana", "now_5")],
        [("Dana", "now_10"), ("Lee", "now_10")],
        [("Dana", "now_15"), ("Lee", "now_15")],
    ]
    after = await here.concern(concern.id)
    assert after.rung == routing.Rung.OUTSIDE, "the third step has nobody new: the outside contact's number is shown"


async def test_where_one_person_leads_the_chair_is_told_at_the_first_step_that_passes(alone, post):
    concern = await alone.raises(TESS, NOW)
    await works(alone, post)
    assert about(post, COLIN, concern) == []
    alone.later(minutes=5)
    await chasing.chase_unaccepted(alone.units, {}, at=alone.at)
    await works(alone, post)
    assert any("Not accepted in 5 minutes" in headline for headline in about(post, COLIN, concern))
    assert "The Hub, 01632 960 999" in str(post.at(chat_with(COLIN)))
    assert isinstance(await alone.press(COLIN, Press.OPEN, concern.id), OpenForm)


async def test_whoever_carries_it_up_reaches_somebody_else(alone):
    concern = await alone.raises(TESS)
    await told(alone)
    form = await alone.opens(LEE, Press.ESCALATE, concern.id)
    await alone.send(LEE, form, {"reason": "Out on a trip."})
    assert [who for who, _ in await told(alone)] == ["Colin"]


@pytest.mark.parametrize("answers", [ABOUT_LEE, {**UNNAMED, "adult_post": "head"}, {**UNNAMED, "adult_post": "lead"}])
async def test_a_concern_about_the_lead_who_is_the_head_goes_to_the_chair(here, post, answers):
    concern = await here.raises(TESS, answers)
    await works(here, post)
    assert concern.route is Route.CHAIR
    assert len(about(post, COLIN, concern)) == 1
    assert about(post, LEE, concern) == about(post, DANA, concern) == []
    assert "no such concern" in words(await here.press(LEE, Press.OPEN, concern.id))


async def test_a_post_left_over_from_before_it_was_about_a_child_names_nobody(here):
    assert (await here.raises(TESS, {**ANSWERS, "adult_post": "head"})).named == set()


@pytest.mark.parametrize(("people", "who"), [(THREE, DANA), (TWO, COLIN)], ids=["the deputy", "the chair"])
async def test_their_childs_part_goes_to_the_next_person(opened, post, people, who):
    here = await opened(*people)
    concern = await here.raises(TESS, {**ABOUT_LEE, "about": "both"})
    part = await here.concern(uuid5(concern.id, routing.CHILDS_PART))
    await works(here, post)
    assert part.named == {LEE.id}
    assert len(about(post, who, part)) == 1
    assert post.at(chat_with(LEE)) == []
    assert "no such concern" in words(await here.press(LEE, Press.OPEN, part.id))


async def test_a_danger_that_names_the_only_lead_as_close_reaches_the_next_rung(alone, post):
    concern = await alone.raises(TESS, {**NOW, "danger": "yes", "close": str(LEE.id)})
    await works(alone, post)
    assert concern.named == {LEE.id}
    assert post.at(chat_with(LEE)) == []
    assert len(post.at(chat_with(COLIN))) >= 1


async def test_somebody_who_is_named_later_loses_it_by_every_post(here, post):
    concern = await here.raises(TESS, ABOUT_TOM)
    await works(here, post)
    await names(here, LEE, concern, LEE, part="named")
    await works(here, post)
    after = await here.concern(concern.id)
    assert after.route is Route.CHAIR
    assert about(post, LEE, concern) == []
    assert about(post, COLIN, concern)


@pytest.mark.parametrize(("people", "reader"), [(THREE, DANA), (TWO, COLIN)], ids=["the deputy", "the chair"])
async def test_a_decision_is_read_by_another_person_and_never_by_another_post(opened, people, reader):
    here = await opened(*people)
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await told(here)
    assert "second reader, who is being told" in words(await here.decides(LEE, concern, **GRAVE))
    assert [who for who, _ in await told(here, NoticeKind.SECOND)] == [reader.name.split()[0]]
    assert "somebody else must be its second reader" in words(await here.press(LEE, Press.SECOND_READ, concern.id))
    form = await here.opens(reader, Press.SECOND_READ, concern.id)
    await here.send(reader, form, {"agreed": "yes", "reading": "I read it all."})
    assert (await here.concern(concern.id)).second is Second.GIVEN


async def test_closing_is_signed_off_by_another_person(alone):
    concern = await alone.raises(TESS)
    await alone.press(LEE, Press.ACCEPT, concern.id)
    await alone.decides(LEE, concern, level="high")
    form = await alone.opens(LEE, Press.CLOSE, concern.id)
    await told(alone)
    await alone.send(LEE, form, {"outcome": "Moved to another bus."})
    assert (await alone.concern(concern.id)).status is Status.TRIAGED
    assert [who for who, _ in await told(alone, NoticeKind.SIGN_OFF)] == ["Colin"]
    assert "Somebody else must sign" in words(await alone.press(LEE, Press.SIGN_OFF, concern.id))
    form = await alone.opens(COLIN, Press.SIGN_OFF, concern.id)
    await alone.send(COLIN, form, {"agreed": "yes", "sign_off": "Read it all."})
    assert (await alone.concern(concern.id)).status is Status.CLOSED


async def test_where_nobody_else_is_left_the_outside_contact_is_named_and_the_alarm_kept(opened):
    here = await opened(LEE, TESS, TOM)
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    said = words(await here.decides(LEE, concern, **GRAVE))
    assert "Nobody else here can read it a second time. Ring The Hub, 01632 960 999." in said
    assert [entry.facts["why"] for entry in await entries(here, concern, Deed.ALARMED)] == ["nobody_to_read_second"]
    assert (await here.concern(concern.id)).rung == routing.Rung.OUTSIDE
    form = await here.command(LEE, "unlock")
    assert isinstance(form, OpenForm)
    asked = {"reference": concern.reference, "reason": "At night."}
    refused = await here.send(LEE, form.form, asked)
    assert isinstance(refused, Complaints)
    assert "Ring The Hub" in refused.by_field[""]


async def test_break_glass_asks_each_person_once_and_never_who_asks(here):
    form = await here.command(LEE, "unlock")
    assert isinstance(form, OpenForm)
    await here.send(LEE, form.form, {"reference": "26-39518", "reason": "At night."})
    assert sorted(who for who, _ in await told(here, NoticeKind.BREAK_GLASS)) == ["Colin", "Dana"]


async def test_how_a_concern_was_handled_by_the_lead_who_is_head_goes_to_the_chair(here, post):
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(TESS, Press.NOT_SATISFIED, concern.id)
    await here.send(TESS, form, {"not_satisfied": "Nobody rang home.", "hoped_for": "A call."})
    await works(here, post)
    async with here.units(SCHOOL.id) as uow:
        (new,) = [one for one in await uow.concerns.open() if one.id != concern.id]
    assert (new.route, new.named) == (Route.CHAIR, {LEE.id})
    assert len(about(post, COLIN, new)) == 1


async def test_how_the_school_does_things_goes_to_the_deputy_who_is_whistleblowing_lead_too(here, post):
    practice = {name: value for name, value in ANSWERS.items() if not name.startswith(("child", "role"))}
    concern = await here.raises(TESS, {**practice, "about": "practice"})
    await works(here, post)
    assert len(about(post, DANA, concern)) == len(about(post, LEE, concern)) == 1


async def test_help_and_search_tell_every_post(here):
    lees, tesss = words(await here.command(LEE, "help")), words(await here.command(TESS, "help"))
    assert "/concern themes" in str(await here.command(LEE, "help"))
    assert "/concern themes" not in str(await here.command(TESS, "help")), (lees, tesss)
    found = await here.answers(SearchTyped(who=account(LEE), source=Source.LEADS, query="abara"))
    assert "Lee Abara · Safeguarding lead and Head" in str(found)
    found = await here.answers(SearchTyped(who=account(LEE), source=Source.STAFF, query="okello"))
    assert "Dana Okello · Deputy lead and Whistleblowing lead" in str(found)


async def test_their_board_keeps_children_and_adults_apart(here):
    child, adult = await here.raises(TESS), await here.raises(TESS, ABOUT_TOM)
    async with here.units(SCHOOL.id) as uow:
        card = str(await board.board(uow, by=LEE, at=here.at))
    assert child.reference in card
    assert adult.reference in card


async def test_a_chair_who_is_a_parent_has_nothing_of_a_concern_about_their_child(opened, post):
    here = await opened(LEE, replace(COLIN, children=frozenset({MIA.id})), TESS, TOM)
    concern, other = await here.raises(TESS, NOW), await here.raises(TESS, {**NOW, "child_1": str(OTHER_MIA.id)})
    here.later(minutes=5)
    await chasing.chase_unaccepted(here.units, {}, at=here.at)
    await works(here, post)
    assert concern.named == {COLIN.id}
    assert about(post, COLIN, concern) == []
    assert len(about(post, LEE, concern)) > 0
    assert len(about(post, COLIN, other)) > 0, "of every other child, as the chair"
    both = await here.raises(TESS, {**ABOUT_LEE, "about": "both"})
    assert COLIN.id in both.named
    assert routing.lowest_rung(both, (LEE, COLIN)) is None, "the receipt shows whom to ring"


async def test_a_lead_who_is_a_parent_has_nothing_by_their_post_and_keeps_the_receipt_of_what_they_sent(opened, post):
    here = await opened(replace(LEE, children=frozenset({MIA.id})), DANA, COLIN, TESS, TOM)
    concern = await here.raises(LEE)
    await works(here, post)
    assert concern.reporter_as is ReporterAs.RELATIVE
    assert len(about(post, DANA, concern)) == 1
    assert "no such concern" in words(await here.press(LEE, Press.OPEN, concern.id))
    assert isinstance(await here.press(LEE, Press.ADD, concern.id), OpenForm)


async def test_danger_is_told_to_no_lead_whose_child_it_is(opened, post):
    here = await opened(replace(LEE, children=frozenset({MIA.id})), DANA, COLIN, TESS, TOM)
    await here.raises(TESS, {**NOW, "danger": "yes"})
    await works(here, post)
    assert post.at(chat_with(LEE)) == []
    assert post.at(chat_with(DANA)) != []


async def test_what_is_moved_to_their_child_is_theirs_no_longer(opened, post):
    here = await opened(LEE, replace(DANA, children=frozenset({OTHER_MIA.id})), COLIN, TESS, TOM)
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    assert len(about(post, DANA, concern)) == 1
    form = await here.opens(LEE, Press.MISFILE, concern.id)
    await here.send(LEE, form, {"wrong": (str(MIA.id),), "right": str(OTHER_MIA.id), "reason": "The other Mia."})
    await works(here, post)
    moved = await here.concern(concern.id)
    assert (moved.children, moved.named, moved.owner) == ({OTHER_MIA.id}, {DANA.id}, LEE.id)
    assert about(post, DANA, concern) == []


async def test_a_decision_that_nobody_else_can_read_is_not_chased_in_silence(opened):
    here = await opened(LEE, TESS, TOM)
    concern = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern, **GRAVE)
    await told(here)
    here.later(days=1, hours=1)
    await chasing_owned.chase_owned(here.units, at=here.at)
    assert [(who, step.partition(":")[0]) for who, step in await told(here)] == [("Lee", "second")]
    assert (await here.concern(concern.id)).second is Second.WANTED


def test_who_may_be_meant_is_asked_about_by_every_post():
    one = Meant(person=LEE, as_the_adult=True, sure=Sure.POST, stamp="")
    asked, *_ = [part.label for part in meant_form.asked([one]) if isinstance(part, ChoiceField)]
    assert asked == "Is this Lee Abara, a lead and the head?"
    two = replace(one, person=DANA, as_the_adult=False)
    asked, *_ = [part.label for part in meant_form.asked([two]) if isinstance(part, ChoiceField)]
    assert asked == "Dana Okello is a deputy lead and the whistleblowing lead. Is this about them?"
