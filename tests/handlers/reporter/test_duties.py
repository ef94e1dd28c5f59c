"""Personal duties: shown where the words call for one, logged by the reporter alone, recalled on the morning."""

import re
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation import Complaints, FormSubmitted, NextPage, OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.reporter import duties, duty_chasing, duty_form
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Route
from handlers.rules.pack import ENGLAND
from handlers.ui import keys
from handlers.ui.card import Press
from tests.handlers.receiving import adds, all_for, decided_and_closed, everything_waiting, labels, receipt, told
from tests.handlers.school import ANSWERS, DANA, LEE, PRIYA, SCHOOL, TESS, TOM, Here, account, words

LONDON = ZoneInfo("Europe/London")
FGM = {**ANSWERS, "kinds": ("fgm",)}
IN_WORDS = {**ANSWERS, "own_words": "They did the FGM on me in the summer"}
SEXUAL = {**ANSWERS, "kinds": ("sexual",)}
WEDNESDAY_MORNING = datetime(2026, 11, 25, 7, 40, tzinfo=LONDON)


async def pages(here: Here, answers, *, upto: int) -> NextPage | Complaints | Tell:
    key = str(uuid4())
    for page in range(1, upto + 1):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=answers)
        )
    return reply


async def waiting(here: Here, kind: NoticeKind) -> list:
    async with here.units(SCHOOL.id) as uow:
        return [item.notice for item in await uow.outbox.claim(most=50) if item.notice.kind is kind]


async def logs(here: Here, concern, **values) -> Tell | Complaints:
    form = await here.opens(TESS, Press.DUTY, concern.id)
    return await here.send(TESS, form, {"police_reference": "CAD 1234", "rung_date": "2026-11-24", **values})


@pytest.mark.parametrize("answers", [FGM, IN_WORDS], ids=["the kind", "the words"])
async def test_the_last_look_shows_the_duty_with_its_number_and_its_deadline(here, answers):
    reply = await pages(here, answers, upto=4)
    assert isinstance(reply, NextPage)
    said = told(reply.form)
    assert "Female genital mutilation" in said
    assert "The police: 101" in said
    assert "By when: Wed 25 Nov, 17:00" in said
    assert "In force" in said
    assert "section 5B" in said


NUDES = "do not view, copy, print, save or forward them"


async def test_the_last_look_says_what_not_to_do_with_nudes_where_it_is_about_them_and_nowhere_else(here):
    reply = await pages(here, {**ANSWERS, "kinds": ("nudes", "bullying")}, upto=4)
    assert isinstance(reply, NextPage)
    assert NUDES in told(reply.form)
    other = await pages(here, FGM, upto=4)
    assert isinstance(other, NextPage)
    assert NUDES not in told(other.form)


async def test_what_happened_online_is_asked_for_with_what_not_to_do_with_pictures(here):
    online = await pages(here, {**ANSWERS, "place": "online"}, upto=2)
    elsewhere = await pages(here, ANSWERS, upto=2)
    assert isinstance(online, NextPage)
    assert isinstance(elsewhere, NextPage)
    assert (NUDES in told(online.form), NUDES in told(elsewhere.form)) == (True, False)


async def test_an_urgent_concern_shows_it_on_the_page_from_which_it_is_sent(here):
    reply = await pages(here, {**IN_WORDS, "urgency": "now"}, upto=3)
    assert isinstance(reply, NextPage)
    assert reply.form.page == 4
    assert reply.form.submit == "Send"
    assert "The police: 101" in told(reply.form)


async def test_it_stays_on_the_page_when_something_else_there_is_missing(here):
    reply = await pages(here, {**IN_WORDS, "urgency": "now", "own_account": ()}, upto=4)
    assert isinstance(reply, Complaints)
    assert "The police: 101" in told(reply.form)


async def test_where_nothing_calls_for_a_duty_none_is_shown(here):
    reply = await pages(here, ANSWERS, upto=4)
    assert isinstance(reply, NextPage)
    assert "duty" not in told(reply.form)
    concern = await here.raises()
    assert labels(await receipt(here, concern)) == ["Add to it", "I am not satisfied"]
    assert "calls for a report" in words(await here.press(TESS, Press.DUTY, concern.id))


async def test_the_receipt_says_that_there_may_be_one_and_never_which(here):
    concern = await here.raises(answers=FGM)
    card = await receipt(here, concern)
    said = told(card) + card.summary
    assert "You may have a personal duty to report this yourself." in said
    assert "Your own duty" in labels(card)
    assert not re.search(r"genital|FGM|police|\b101\b", said), said  # a digest may hold 101, between other digits


async def test_the_window_says_which_with_the_absolute_time(here):
    concern = await here.raises(answers=FGM)
    form = await here.opens(TESS, Press.DUTY, concern.id)
    assert "Female genital mutilation" in told(form)
    said = told(form)
    assert "By when: Wed 25 Nov, 17:00" in said
    assert "The time in the Act: The Act gives one month" in said
    assert "Exceptions: No report is due where you have reason to believe that another teacher has already" in said
    assert "The time: our default: 17:00 stands for the close of the next working day" in said


async def test_the_time_runs_from_when_the_reporter_learned_of_it(here):
    learned = {"learned": "then", "learned_date": "2026-11-20", "learned_time": "15:00"}
    concern = await here.raises(answers={**FGM, **learned})
    said = told(await here.opens(TESS, Press.DUTY, concern.id))
    assert "It was due by Mon 23 Nov, 17:00. If you have not rung yet, ring now" in said


async def test_a_duty_that_is_not_in_force_is_shown_as_good_practice_until_its_day(here, monkeypatch):
    concern = await here.raises(answers=SEXUAL)
    said = told(await here.opens(TESS, Press.DUTY, concern.id))
    assert "The law: Not yet in force: good practice" in said
    assert "The Hub: 01632 960 999" in said
    assert "Nobody may stop you or put you off reporting" in said
    assert "have not been checked against it yet by somebody who knows the law" in said
    set_in_force(monkeypatch, date(2026, 12, 1))
    assert "good practice until 1 December 2026" in told(await here.opens(TESS, Press.DUTY, concern.id))
    set_in_force(monkeypatch, date(2026, 11, 24))
    assert "The law: In force" in told(await here.opens(TESS, Press.DUTY, concern.id))


def set_in_force(monkeypatch, day: date) -> None:
    dated = tuple(replace(duty, in_force=day) for duty in ENGLAND.duties)
    pack = replace(ENGLAND, duties=dated)
    monkeypatch.setattr(duties, "ENGLAND", pack)
    monkeypatch.setattr(duty_chasing, "ENGLAND", pack)
    monkeypatch.setattr(duty_form, "ENGLAND", pack)


async def test_the_log_is_read_by_the_leads_and_shows_on_the_receipt(here):
    concern = await here.raises(answers=FGM)
    assert "logged" in words(await logs(here, concern, rung_time="10:10"))
    account_of_it = told(await here.opens(LEE, Press.OPEN, concern.id))
    assert "Police reference logged by the reporter" in account_of_it
    assert "CAD 1234" in account_of_it
    card = await receipt(here, concern)
    assert "You logged your own call: Tue 24 Nov, 10:15" in told(card)
    assert "You may have" not in told(card)
    assert "CAD" not in told(card)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"police_reference": ""}, "police_reference"), ({"rung_date": ""}, "rung_date"),
     ({"rung_date": "2026-11-25"}, "rung_date"), ({"rung_time": "11:00"}, "rung_date")],
)
async def test_a_log_without_a_reference_or_from_the_future_is_complained_of(here, values, field):
    concern = await here.raises(answers=FGM)
    reply = await logs(here, concern, **values)
    assert isinstance(reply, Complaints)
    assert field in reply.by_field
    assert Deed.REPORTED not in await deeds(here, concern)


async def deeds(here, concern) -> list[Deed]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(concern.id)]


async def test_nothing_that_a_lead_does_shows_it_as_done(here):
    concern = await here.raises(answers=FGM)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await decided_and_closed(here, concern)
    assert "You may have a personal duty" in told(await receipt(here, concern))
    assert isinstance(await logs(here, concern), Tell)
    assert "no such concern" in words(await here.press(LEE, Press.DUTY, concern.id))


async def test_an_addition_that_calls_for_another_duty_opens_it_again_and_a_repeated_word_does_not(here):
    concern = await here.raises(answers=FGM)
    await logs(here, concern)
    await adds(here, concern, "She said fgm again.")
    assert "You logged your own call" in told(await receipt(here, concern))
    await adds(here, concern, "She says that he raped her.")
    assert "You may have a personal duty" in told(await receipt(here, concern))
    assert "A sexual offence against a child" in told(await here.opens(TESS, Press.DUTY, concern.id))


async def test_an_addition_can_be_the_first_to_call_for_one(here):
    concern = await here.raises()
    await adds(here, concern, "She told me that she was circumcised.")
    assert "Your own duty" in labels(await receipt(here, concern))


async def test_a_reporter_who_is_named_in_it_later_loses_it(here):
    concern = await here.raises(answers=FGM)
    form = await here.opens(TESS, Press.DUTY, concern.id)
    await names_the_reporter(here, concern)
    assert "no such concern" in words(await here.press(TESS, Press.DUTY, concern.id))
    sent = await here.send(TESS, form, {"police_reference": "X", "rung_date": "2026-11-24"})
    assert "no such concern" in words(sent)
    here.at = WEDNESDAY_MORNING
    assert await duty_chasing.remind_all(here.units, at=here.at) == 0
    async with here.units(SCHOOL.id) as uow:
        notice = next(iter(await all_for(uow, here)))
        assert await draw(uow, notice, at=here.at) is None


async def names_the_reporter(here, concern) -> None:
    async with here.units(SCHOOL.id) as uow:
        held = await uow.concerns.get(concern.id)
        named = held.name(TESS.id, Route.HEAD)
        await uow.concerns.save(named, because=Entry(deed=Deed.READ, at=here.at, by=LEE.id, thing=concern.id))


async def test_nobody_else_may_read_or_log_it(here):
    concern = await here.raises(answers=FGM)
    assert "no such concern" in words(await here.press(TOM, Press.DUTY, concern.id))
    form = duty_form.form(keys.key(concern.id), "")
    sent = await here.send(TOM, form, {"police_reference": "X", "rung_date": "2026-11-24"})
    assert "no such concern" in words(sent)


async def test_on_the_deadlines_morning_who_has_not_logged_it_is_reminded_once(here):
    concern = await here.raises(answers=FGM)
    await everything_waiting(here)
    assert await duty_chasing.remind_all(here.units, at=here.at) == 0
    here.at = WEDNESDAY_MORNING.replace(hour=7, minute=20)
    assert await duty_chasing.remind_all(here.units, at=here.at) == 0
    here.at = WEDNESDAY_MORNING
    assert await duty_chasing.remind_all(here.units, at=here.at) == 1
    assert await duty_chasing.remind_all(here.units, at=here.at) == 0
    told_of_it = {notice.to: notice for notice in await everything_waiting(here)}
    assert {notice.kind for notice in told_of_it.values()} == {NoticeKind.DUTY}
    assert set(told_of_it) == {TESS.id, LEE.id, PRIYA.id}
    notice = told_of_it[TESS.id]
    async with here.units(SCHOOL.id) as uow:
        card = await draw(uow, notice, at=here.at)
    assert card is not None
    assert "If you have rung already, log the reference" in told(card)
    assert "genital" not in told(card) + card.summary
    assert (await deeds(here, concern)).count(Deed.REMINDED) == 1


async def test_a_reminder_comes_for_a_closed_concern_too_and_not_once_it_is_logged(here):
    closed, logged = await here.raises(answers=FGM), await here.raises(answers=FGM)
    await here.press(LEE, Press.ACCEPT, closed.id)
    await decided_and_closed(here, closed)
    await logs(here, logged)
    await everything_waiting(here)
    here.at = WEDNESDAY_MORNING
    assert await duty_chasing.remind_all(here.units, at=here.at) == 1
    assert {notice.subject for notice in await everything_waiting(here)} == {closed.id}


async def test_while_the_program_was_down_what_passed_is_told_once_at_the_step_that_has_come(here):
    concern = await here.raises(answers=FGM)
    await everything_waiting(here)
    here.at = datetime(2026, 12, 14, 9, 0, tzinfo=LONDON)
    assert await duty_chasing.remind_all(here.units, at=here.at) == 1
    assert {notice.step for notice in await everything_waiting(here)} == {"duty_2026-12-14"}
    assert await duty_chasing.remind_all(here.units, at=here.at) == 0
    assert (await deeds(here, concern)).count(Deed.REMINDED) == 1


async def tells(here: Here, at: datetime) -> dict[object, str]:
    """The first line of what is told of a duty by one tick then, by person."""
    here.at = at
    await everything_waiting(here)
    await duty_chasing.remind_all(here.units, at=at)
    said = {}
    for notice in await everything_waiting(here):
        async with here.units(SCHOOL.id, at=at) as uow:
            card = await draw(uow, notice, at=at)
        assert card is not None
        said[notice.to] = card.summary
    return said


FRIDAY, MONDAY = datetime(2026, 11, 27, 10, 15, tzinfo=LONDON), datetime(2026, 11, 30, 7, 40, tzinfo=LONDON)


async def test_the_reporter_the_owner_and_the_lead_are_told_before_after_and_each_morning_until_it_is_recorded(here):
    """Said on a Friday: before its time on Monday, when that has passed, and on Tuesday and Wednesday morning."""
    here.at = FRIDAY
    concern = await here.raises(answers=FGM)
    await here.press(DANA, Press.ACCEPT, concern.id)
    everybody = {TESS.id, DANA.id, LEE.id, PRIYA.id}
    assert await tells(here, MONDAY.replace(day=28)) == {}
    before = await tells(here, MONDAY)
    after = await tells(here, MONDAY.replace(hour=17, minute=1))
    tuesday = await tells(here, datetime(2026, 12, 1, 7, 40, tzinfo=LONDON))
    wednesday = await tells(here, datetime(2026, 12, 2, 7, 40, tzinfo=LONDON))
    assert all(set(told_then) == everybody for told_then in (before, after, tuesday, wednesday))
    assert before[TESS.id] == (
        "Reminder: your own duty from concern 26-48213, due by Mon 30 Nov, 17:00. Nobody can do it in your place. "
        "Press “Your own duty”."
    )
    assert after[DANA.id] == (
        "Its time has passed: the reporter’s own duty from concern 26-48213 is not recorded as done, due since "
        "Mon 30 Nov, 17:00. It is Tess Hallam’s, and nobody can do it in their place. "
        "Ask them whether they have done it, or press “Open”."
    )
    assert tuesday[LEE.id].startswith("Still not recorded on Tue 1 Dec: the reporter’s own duty")
    lines = [line for told_then in (before, after, tuesday, wednesday) for line in told_then.values()]
    assert len(set(lines)) == 8
    assert not re.search("genital|FGM|police|Mia", " ".join(lines))
    await logs(here, concern, rung_date="2026-12-02", rung_time="07:00")
    assert await tells(here, datetime(2026, 12, 3, 7, 40, tzinfo=LONDON)) == {}


async def test_once_it_is_logged_the_cards_that_stand_ask_for_nothing_any_more(here):
    concern = await here.raises(answers=FGM)
    await everything_waiting(here)
    here.at = WEDNESDAY_MORNING
    await duty_chasing.remind_all(here.units, at=here.at)
    standing = await everything_waiting(here)
    await logs(here, concern)
    for notice in standing:
        async with here.units(SCHOOL.id) as uow:
            card = await draw(uow, notice, at=here.at)
        assert card is not None
        assert "due" not in card.summary


async def test_whoever_it_does_not_bind_says_so_with_the_reason_and_is_reminded_no_more(here):
    concern = await here.raises(answers=FGM)
    form = await here.opens(TESS, Press.DUTY, concern.id)
    said = await here.send(TESS, form, {"not_theirs": "I am a lunchtime supervisor."})
    assert "reminded no more" in words(said)
    assert Deed.NOT_THEIRS in await deeds(here, concern)
    assert "I am a lunchtime supervisor." in told(await here.opens(LEE, Press.OPEN, concern.id))
    assert "You said that it is not yours to do" in told(await receipt(here, concern))
    assert await tells(here, WEDNESDAY_MORNING) == {}
    both = await here.raises(answers=FGM)
    form = await here.opens(TESS, Press.DUTY, both.id)
    reply = await here.send(TESS, form, {"not_theirs": "I am not.", "police_reference": "X", "rung_date": "2026-11-24"})
    assert isinstance(reply, Complaints)


async def test_what_is_to_be_done_as_soon_as_can_be_is_told_of_at_home_time_and_each_morning(here, monkeypatch):
    await here.raises(answers=SEXUAL)
    set_in_force(monkeypatch, date(2026, 11, 1))
    bell = await tells(here, datetime(2026, 11, 24, 15, 31, tzinfo=LONDON))
    assert bell[TESS.id].startswith("Home time has come: your own duty from concern 26-48213, due as soon as it can be")
    assert set(await tells(here, WEDNESDAY_MORNING)) == {TESS.id, LEE.id, PRIYA.id}
    assert set(await tells(here, WEDNESDAY_MORNING.replace(day=26))) == {TESS.id, LEE.id, PRIYA.id}


async def test_a_lead_who_is_named_in_it_is_told_of_no_duty(here):
    await here.raises(answers={**FGM, "involved": "close", "close": str(LEE.id)})
    assert set(await tells(here, WEDNESDAY_MORNING)) == {TESS.id, PRIYA.id}


async def test_nobody_is_reminded_of_a_duty_that_is_not_in_force(here):
    await here.raises(answers=SEXUAL)
    here.at = WEDNESDAY_MORNING
    assert await duty_chasing.remind_all(here.units, at=here.at) == 0


async def test_a_duty_to_be_done_as_soon_as_practicable_is_recalled_the_next_morning_once_it_is_in_force(
    here, monkeypatch
):
    await here.raises(answers=SEXUAL)
    await everything_waiting(here)
    set_in_force(monkeypatch, date(2026, 11, 25))
    here.at = WEDNESDAY_MORNING
    assert await duty_chasing.remind_all(here.units, at=here.at) == 1


async def test_a_quick_concern_whose_line_calls_for_one_has_it_on_its_receipt(here):
    reply = await here.command(TESS, "quick")
    assert isinstance(reply, OpenForm)
    line = {"child_1": ANSWERS["child_1"], "facts": "She told me about F.G.M.", "urgency": "now"}
    sent = await here.send(TESS, reply.form, line)
    assert isinstance(sent, Tell)
    assert "Your own duty" in labels(sent.card)


async def test_the_entry_says_that_there_is_a_duty_and_not_which(here):
    concern = await here.raises(answers=FGM)
    async with here.units(SCHOOL.id) as uow:
        facts = [line.entry.facts for line in await uow.trail.of(concern.id)]
    assert facts[0]["duty"] == "called"
    assert "fgm" not in str(facts).casefold()


async def test_a_press_that_opens_it_opens_a_window(here):
    concern = await here.raises(answers=FGM)
    assert isinstance(await here.press(TESS, Press.DUTY, concern.id), OpenForm)
