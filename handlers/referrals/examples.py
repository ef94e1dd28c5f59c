"""One of each form and card of a referral, in the states that look different."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from handlers.referrals import form as referral
from handlers.referrals import letter_card, letter_form
from handlers.referrals.card import Reminder, refer_due_card, referral_card
from handlers.referrals.window import FIRST
from handlers.rules.asked_letters import ENDS
from handlers.rules.concern import About
from handlers.rules.deeds import Deed
from handlers.rules.pack import ENGLAND
from handlers.rules.referral import Method, Referral, ReferralId
from handlers.samples import AT, CALENDAR, LATE, LEE, MOVE, NOW, OWNED, RAISED
from handlers.ui.card import Card, Facts, Words
from handlers.ui.form import Form, Part
from handlers.wing import Examples

_LETTER = frozenset({"letter_asked"})
_REFERRAL = Referral(
    id=ReferralId(UUID("5a1d7c1e-0000-4000-8000-0000000000e1")),
    concern=RAISED.id,
    number=1,
    agency="mash",
    method=Method.TELEPHONE,
    sent_at=AT,
    sent_by=LEE,
    answer_by=AT + timedelta(days=1),
    confirm_by=AT + timedelta(days=1),
)


def _forms() -> Mapping[str, Form]:
    agencies = tuple(agency for agency in ENGLAND.agencies if agency.takes(About.CHILD))
    for_adults = tuple(agency for agency in ENGLAND.agencies if agency.takes(About.ADULT))
    sent_at = datetime(2026, 11, 24, 10, 15, tzinfo=CALENDAR.zone)
    sent = referral.which(agencies[0], sent_at=sent_at, calendar=CALENDAR)
    stage = referral.next_stage(agencies[0].stages[0], 1, of=3, due=sent_at, calendar=CALENDAR)
    must_tell: tuple[Part, ...] = (
        Words(text=FIRST, alert=True),
        Facts((NOW.officer, (for_adults[0].name, "by Wed 25 Nov, 10:15"))),
    )
    return {
        "refer": referral.refer(MOVE, "26-48213", agencies),
        "refer_allegation": referral.refer(MOVE, "26-48213", for_adults, must_tell),
        "referral_confirm": referral.confirm(MOVE, "26-48213/R1", sent),
        "referral_answer": referral.answer(MOVE, "26-48213/R1", sent),
        "referral_challenge": referral.challenge(MOVE, "26-48213/R1", (*sent, *stage)),
        "referral_resolve": referral.resolve(MOVE, "26-48213/R1", sent),
        "referral_withdraw": referral.withdraw(MOVE, "26-48213/R1", sent),
        "referrals": referral.choose(MOVE, "26-48213", ((1, "Police"), (2, "Prevent")), (("open_referral", "Open"),)),
        "referral_letter": letter_form.ask(MOVE, "26-48213/R1"),
        "referrals_none": referral.choose(MOVE, "26-48213", (), ()),
    }


def _cards() -> Mapping[str, Card]:
    refused = _REFERRAL.answered(accepted=False, at=AT + timedelta(hours=3))
    challenged = refused.challenge(at=AT + timedelta(hours=4), answer_by=AT + timedelta(days=3), highest=3)
    due = AT + timedelta(days=1)
    return {
        "referral": referral_card(_REFERRAL, OWNED, NOW, stages=3),
        "referral_late": referral_card(_REFERRAL, OWNED, LATE, stages=3, seen=Reminder(step="answer_0_1", reader=LEE)),
        "referral_passed_on": referral_card(
            _REFERRAL, OWNED, LATE, stages=3, seen=Reminder(step="passed_on_12", reader=LEE)
        ),
        "referral_refused": referral_card(refused, OWNED, LATE, stages=3),
        "referral_challenged": referral_card(challenged, OWNED, NOW, stages=3),
        "referral_at_the_end": referral_card(replace(refused, stage=3), OWNED, LATE, stages=3),
        "referral_accepted": referral_card(_REFERRAL.answered(accepted=True, at=AT), OWNED, NOW, stages=3),
        "refer_due": refer_due_card(RAISED, NOW, by=due, recorded=False, seen=Reminder(step="refer_due_2")),
        "letter_made": letter_card.made_card(
            _REFERRAL, "26-48213/R1", "26-48213-R1-24-November-2026.html", when="Tue 24 Nov, 11:40"
        ),
        "letter_ended": letter_card.ended_card(_REFERRAL, "26-48213/R1", when="Tue 24 Nov, 10:15"),
        **{
            f"letter_ended_{deed.name.lower()}": letter_card.ended_card(
                _REFERRAL, "26-48213/R1", when="Tue 24 Nov, 10:15", why=deed
            )
            for deed in sorted(ENDS | {Deed.LETTER_ASKED})
        },
        "letter_asked": letter_form.words_card(
            "26-48213/R1", "lusab babad gutih tugad dopuz", until=AT + timedelta(days=7), calendar=CALENDAR
        ),
        "refer_due_recorded": refer_due_card(RAISED, NOW, by=due, recorded=True),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards=_cards(), answers=_LETTER, windows=_LETTER)
