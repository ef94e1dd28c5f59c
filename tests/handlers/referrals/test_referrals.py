"""Referrals: each move, who may make it, two at once; and that no card names an agency."""

import asyncio
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from handlers.conversation import Complaints, NextPage
from handlers.errors import NoSuchConcern
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Place, PlaceKind
from handlers.recording import record_referral
from handlers.referrals import chasing as referral_chasing
from handlers.referrals import form
from handlers.referrals.moves import referral_for
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Outcome, Status
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.referral import ReferralId, ReferralStatus
from handlers.ui.card import Press
from tests.handlers.referring import (
    ABOUT_TOM,
    RANG,
    does,
    drawn,
    entries,
    labels,
    london,
    made,
    now,
    owned,
    referred,
    refers,
    says,
    waiting,
)
from tests.handlers.school import COLIN, HELEN, LEE, PRIYA, SCHOOL, TESS, THEO, TOM, Here, words


async def test_a_referral_starts_the_clock_when_it_was_made_and_not_when_it_is_recorded(here: Here):
    here.at = london(24, 14)
    concern, referral = await referred(here, event_time="11:20")
    assert (referral.number, referral.status, referral.sent_by) == (1, ReferralStatus.SENT, LEE.id)
    assert referral.sent_at == london(24, 11, 20)
    assert referral.answer_by == referral.confirm_by == london(25, 11, 20)
    (entry,) = await entries(here, concern, Deed.REFERRED)
    assert entry.at == london(24, 14)
    assert datetime.fromisoformat(entry.facts["event"]) == london(24, 11, 20)
    assert entry.words["agency_reference"] == "MASH-CANARY-91"
    assert "CANARY" not in str(entry.facts)
    assert "mash" not in str(entry.facts)


async def test_who_refers_is_told_by_when_the_answer_and_the_writing_are_due(here: Here):
    concern = await owned(here)
    said = words(await refers(here, concern))
    assert "R1" in said
    assert "due by Wed 25 Nov, 10:15" in said
    assert "Confirm it in writing by Wed 25 Nov, 10:15" in said
    assert "writing" not in words(await refers(here, concern, to_agency="early_help", method="mail"))
    assert [referral.number for referral in await made(here, concern)] == [1, 2]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"event_date": "2026-11-25", "event_time": "10:00"}, "event_date", "in the future"),
        ({"event_date": "2026-11-23"}, "event_time", "Give the time too"),
        ({"to_agency": "prevent", "method": "in_person"}, "method", "by an online form, by e-mail, by telephone"),
        ({"parents_of_referral": " "}, "parents_of_referral", "or why not"),
        ({"to_agency": "dbs"}, "to_agency", "Choose one of the answers offered."),
        ({"method": ""}, "method", "Please answer this."),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_kept(here: Here, values, field, sentence):
    concern = await owned(here)
    reply = await refers(here, concern, **values)
    assert isinstance(reply, Complaints)
    assert sentence in reply.by_field[field]
    assert f"Concern {concern.reference}" in says(reply.form)
    assert await made(here, concern) == []


async def test_an_agency_that_is_not_for_this_concern_is_not_offered_and_not_taken(here: Here):
    concern = await owned(here, ABOUT_TOM, by=HELEN)
    asked = await here.opens(HELEN, Press.REFER, concern.id)
    agencies = next(field for field in asked.fields() if field.name == form.AGENCY)
    assert "mash" not in {option.key for option in agencies.options}
    reply = await here.send(HELEN, asked, {**RANG, "to_agency": "mash"})
    assert isinstance(reply, Complaints)
    assert "not for a concern like this one" in reply.by_field[form.AGENCY]


async def test_a_form_sent_twice_refers_once(here: Here):
    concern = await owned(here)
    asked = await here.opens(LEE, Press.REFER, concern.id)
    await here.send(LEE, asked, RANG)
    assert "Nothing was done twice" in words(await here.send(LEE, asked, RANG))
    assert len(await made(here, concern)) == 1


async def test_two_who_refer_at_once_get_a_number_each(here: Here):
    concern = await owned(here)
    forms = [(by, await here.opens(by, Press.REFER, concern.id)) for by in (LEE, PRIYA)]
    await asyncio.gather(*(here.send(by, asked, RANG) for by, asked in forms))
    assert [referral.number for referral in await made(here, concern)] == [1, 2]


async def test_whoever_sends_it_and_whoever_owns_the_concern_have_its_card_in_private(here: Here):
    concern = await owned(here)
    await waiting(here)
    await refers(here, concern, by=PRIYA)
    cards = await waiting(here, NoticeKind.REFERRAL)
    assert {notice.to for notice in cards} == {LEE.id, PRIYA.id}
    card = await drawn(here, cards[0])
    assert labels(card) == ["Open", "Record the answer", "Confirmed in writing", "Withdraw"]
    assert f"{concern.reference}/R1" in card.summary
    for hidden in ("CANARY", "MASH", "social care", "Mia"):
        assert hidden not in str(card)


async def test_the_form_says_by_when_a_file_goes_to_the_next_school_and_its_window_that_the_receipt_is_ours(here: Here):
    concern = await owned(here)
    assert "within 5 days of a move in the year" in says(await here.opens(LEE, Press.REFER, concern.id))
    _, referral = await referred(here, to_agency="next_school", method="online")
    read = says(await here.opens(LEE, Press.OPEN_REFERRAL, referral.id))
    assert "within the first 5 days of a new term" in read
    assert "The time for an answer: our default: the guidance asks for a receipt and gives it no time" in read


async def test_a_spoken_referral_is_confirmed_once_and_a_written_one_never(here: Here):
    concern, referral = await referred(here)
    here.later(hours=3)
    said = words(await does(here, Press.CONFIRM_REFERRAL, referral, method="mail", event_time="12:05"))
    assert "confirmed in writing" in said
    assert (await now(here, referral)).confirmed_at == london(24, 12, 5)
    assert len(await entries(here, concern, Deed.REFERRAL_CONFIRMED)) == 1
    assert "already" in words(await here.press(LEE, Press.CONFIRM_REFERRAL, referral.id))
    await refers(here, concern, to_agency="early_help", method="mail")
    written = (await made(here, concern))[1]
    assert "nothing to confirm" in words(await here.press(LEE, Press.CONFIRM_REFERRAL, written.id))


async def test_it_cannot_be_confirmed_or_answered_before_it_was_made(here: Here):
    _, referral = await referred(here)
    here.later(hours=1)
    reply = await does(here, Press.CONFIRM_REFERRAL, referral, method="mail", event_time="09:00")
    assert isinstance(reply, Complaints)
    assert "before the referral was made" in reply.by_field["event_date"]
    reply = await does(
        here, Press.ANSWER_REFERRAL, referral, answer="accepted", agency_said="Yes.", event_time="09:00"
    )
    assert "before the agency was asked" in reply.by_field["event_date"]


async def test_an_answer_that_accepts_it_settles_it_with_the_agencys_words(here: Here):
    concern, referral = await referred(here)
    here.later(hours=2)
    await does(here, Press.ANSWER_REFERRAL, referral, answer="accepted", agency_said="CANARY an assessment begins")
    assert (await now(here, referral)).status is ReferralStatus.ACCEPTED
    (entry,) = await entries(here, concern, Deed.REFERRAL_ANSWERED)
    assert entry.facts["answer"] == "accepted"
    assert entry.words["agency_said"] == "CANARY an assessment begins"
    for press in (Press.ANSWER_REFERRAL, Press.CHALLENGE_REFERRAL, Press.RESOLVE_REFERRAL, Press.WITHDRAW_REFERRAL):
        assert "settled already" in words(await here.press(LEE, press, referral.id))


async def test_a_no_offers_the_challenge_with_its_stage_and_its_deadline(here: Here):
    concern, referral = await referred(here)
    here.later(hours=2)
    said = words(await does(here, Press.ANSWER_REFERRAL, referral, answer="refused", agency_said="Not met."))
    assert "stage 1 of 3 goes to the practitioner's manager" in said
    assert "due by Thu 26 Nov, 12:15" in said
    asked = await here.opens(LEE, Press.CHALLENGE_REFERRAL, referral.id)
    assert "Stage: 1 of 3" in says(asked)
    assert "Answer due: Thu 26 Nov, 12:15" in says(asked)
    await here.send(LEE, asked, {"reason": "CANARY the threshold is met"})
    challenged = await now(here, referral)
    assert (challenged.status, challenged.stage) == (ReferralStatus.CHALLENGED, 1)
    assert challenged.answer_by == london(26, 12, 15)
    (entry,) = await entries(here, concern, Deed.REFERRAL_CHALLENGED)
    assert entry.words == {"stage": "1: The practitioner's manager", "reason": "CANARY the threshold is met"}


async def test_a_challenge_climbs_to_the_last_stage_and_no_further(here: Here):
    _, referral = await referred(here)
    for stage in (1, 2, 3):
        here.later(hours=1)
        await does(here, Press.ANSWER_REFERRAL, referral, answer="refused", agency_said="No.")
        await does(here, Press.CHALLENGE_REFERRAL, referral, reason="We disagree.")
        assert (await now(here, referral)).stage == stage
    here.later(hours=1)
    said = words(await does(here, Press.ANSWER_REFERRAL, referral, answer="refused", agency_said="No."))
    assert "can go no further" in said
    assert "as far as the procedure goes" in words(await here.press(LEE, Press.CHALLENGE_REFERRAL, referral.id))
    await does(here, Press.RESOLVE_REFERRAL, referral, reason="A plan in school, and early help.")
    assert (await now(here, referral)).status is ReferralStatus.RESOLVED


async def test_while_the_agency_has_time_there_is_no_challenge_and_after_it_there_is(here: Here):
    _, referral = await referred(here)
    assert "still has time" in words(await here.press(LEE, Press.CHALLENGE_REFERRAL, referral.id))
    here.at = london(25, 10, 16)
    await does(here, Press.CHALLENGE_REFERRAL, referral, reason="No answer.")
    assert (await now(here, referral)).stage == 1


async def test_it_is_withdrawn_with_a_reason(here: Here):
    concern, referral = await referred(here)
    reply = await does(here, Press.WITHDRAW_REFERRAL, referral, reason="")
    assert isinstance(reply, Complaints)
    await does(here, Press.WITHDRAW_REFERRAL, referral, reason="CANARY the wrong child")
    assert (await now(here, referral)).status is ReferralStatus.WITHDRAWN
    assert (await entries(here, concern, Deed.REFERRAL_WITHDRAWN))[0].words == {"reason": "CANARY the wrong child"}


async def test_of_two_who_record_an_answer_at_once_one_wins_and_the_other_is_told(here: Here):
    concern, referral = await referred(here)
    here.later(hours=1)
    forms = [(by, await here.opens(by, Press.ANSWER_REFERRAL, referral.id)) for by in (LEE, PRIYA)]
    said = {"answer": "accepted", "agency_said": "Yes."}
    replies = await asyncio.gather(*(here.send(by, asked, said) for by, asked in forms))
    assert sum(isinstance(reply, Complaints) for reply in replies) == 1
    lost = next(reply for reply in replies if isinstance(reply, Complaints))
    assert lost.by_field[""] == "This referral is settled already."
    assert len(await entries(here, concern, Deed.REFERRAL_ANSWERED)) == 1


MOVES = (
    Press.OPEN_REFERRAL, Press.ANSWER_REFERRAL, Press.CHALLENGE_REFERRAL, Press.CONFIRM_REFERRAL,
    Press.RESOLVE_REFERRAL, Press.WITHDRAW_REFERRAL,
)


@pytest.mark.parametrize("by", [TESS, TOM, HELEN, COLIN, THEO], ids=lambda person: next(iter(person.roles)))
async def test_nobody_but_those_who_receive_the_concern_finds_a_referral_of_it(here: Here, by: Person):
    concern, referral = await referred(here)
    for press in MOVES:
        assert "no such concern" in words(await here.press(by, press, referral.id))
    for press in (Press.REFER, Press.REFERRALS):
        assert "no such concern" in words(await here.press(by, press, concern.id))


async def test_a_lead_who_is_named_finds_no_trace_of_a_referral_not_by_an_open_form_either(here: Here):
    concern, referral = await referred(here)
    asked = await here.opens(PRIYA, Press.ANSWER_REFERRAL, referral.id)
    await waiting(here)
    async with here.units(SCHOOL.id) as uow:
        stored = await uow.concerns.get(concern.id)
        named = replace(stored, named=frozenset({PRIYA.id}))
        await uow.concerns.save(named, because=Entry(deed=Deed.NAMED, at=here.at, by=LEE.id, thing=concern.id))
    for press in MOVES:
        assert "no such concern" in words(await here.press(PRIYA, press, referral.id))
    reply = await here.send(PRIYA, asked, {"answer": "accepted", "agency_said": "Yes."})
    assert "no such concern" in words(reply)
    assert (await now(here, referral)).status is ReferralStatus.SENT
    here.at = london(27, 11)
    await referral_chasing.chase_referrals(here.units, at=here.at)
    assert PRIYA.id not in {notice.to for notice in await waiting(here, NoticeKind.REFERRAL)}
    async with here.units(SCHOOL.id) as uow:
        accounts = await uow.people.accounts(PRIYA.id)
    place = Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.PERSON, id=accounts[0].user)
    card = await drawn(here, Notice(kind=NoticeKind.REFERRAL, place=place, subject=referral.id, to=PRIYA.id))
    assert concern.reference not in str(card)


async def test_a_referral_that_is_not_there_is_not_found(here: Here):
    with pytest.raises(NoSuchConcern):
        async with here.units(SCHOOL.id) as uow:
            await referral_for(uow, ReferralId(UUID(int=12345)), by=LEE)


async def test_the_agency_is_read_in_the_window_with_all_that_happened_and_reading_is_kept(here: Here):
    concern, referral = await referred(here)
    asked = await here.opens(LEE, Press.OPEN_REFERRAL, referral.id)
    read = says(asked)
    assert asked.title == f"Referral {concern.reference}/R1"
    assert "To: Children's social care (front door or MASH)" in read
    assert "MASH-CANARY-91" in read
    assert "The head of service, 5 working days" in read
    assert "Source: Working together to safeguard children" in read
    assert "The time for an answer: Working together to safeguard children" in read
    assert "Source: our default" in read
    assert [e.facts.get("referral") for e in await entries(here, concern, Deed.READ)] == [str(referral.id)]


@pytest.mark.parametrize("agency", [one for one in ENGLAND.agencies if one.retired], ids=lambda one: one.key)
async def test_a_retired_agency_is_not_taken_and_what_was_recorded_of_it_is_read_and_settled(here: Here, agency):
    concern, referral = await referred(here, to_agency="police", method="telephone")
    refused = await refers(here, concern, to_agency=agency.key, method="telephone")
    assert isinstance(refused, Complaints)
    old = replace(referral, id=ReferralId(UUID(int=77)), number=2, agency=agency.key)
    stored = await here.concern(concern.id)
    async with here.units(SCHOOL.id) as uow:
        entry = Entry(deed=Deed.REFERRED, at=here.at, by=LEE.id, thing=concern.id, facts={"referral": str(old.id)})
        await record_referral(uow, old, stored, because=entry)
    assert f"To: {agency.name}" in says(await here.opens(LEE, Press.OPEN_REFERRAL, old.id))
    await does(here, Press.WITHDRAW_REFERRAL, old, reason="It was a notice, and no referral.")
    assert (await now(here, old)).status is ReferralStatus.WITHDRAWN


async def test_the_account_window_tells_what_happened_with_each_referral(here: Here):
    concern, referral = await referred(here)
    await does(here, Press.ANSWER_REFERRAL, referral, answer="refused", agency_said="CANARY not met")
    read = says(await here.opens(LEE, Press.OPEN, concern.id))
    assert "Referred to an outside agency · Lee Abara" in read
    assert "The agency answered · Lee Abara" in read
    assert "Referral: R1" in read
    assert "CANARY not met" in read


async def test_from_the_list_a_referral_is_chosen_and_its_form_opens(here: Here):
    concern, _ = await referred(here)
    asked = await here.opens(LEE, Press.REFERRALS, concern.id)
    reply = await here.send(LEE, asked, {"referral": "1", "deed": "answer_referral"})
    assert isinstance(reply, NextPage)
    assert reply.form.id == form.ANSWER
    refused = await here.send(LEE, asked, {"referral": "1", "deed": "challenge_referral"})
    assert isinstance(refused, Complaints)
    assert "cannot be done" in refused.by_field[""]
    other = await owned(here)
    assert "No referral has been recorded" in says(await here.opens(LEE, Press.REFERRALS, other.id))


async def test_more_offers_to_refer(here: Here):
    concern = await owned(here)
    asked = await here.opens(LEE, Press.MORE, concern.id)
    reply = await here.send(LEE, asked, {"deed": "refer"})
    assert isinstance(reply, NextPage)
    assert reply.form.id == form.REFER


async def test_a_closed_concern_is_not_referred(here: Here):
    concern = await owned(here)
    asked = await here.opens(LEE, Press.REFER, concern.id)
    async with here.units(SCHOOL.id) as uow:
        stored = await uow.concerns.get(concern.id)
        closed = replace(
            stored, status=Status.CLOSED, outcome=Outcome.MONITORING, triaged_at=here.at, closed_at=here.at
        )
        await uow.concerns.save(closed, because=Entry(deed=Deed.CLOSED, at=here.at, by=LEE.id, thing=concern.id))
    assert "is closed" in words(await here.press(LEE, Press.REFER, concern.id))
    reply = await here.send(LEE, asked, RANG)
    assert isinstance(reply, Complaints)
    assert "is closed" in reply.by_field[""]
