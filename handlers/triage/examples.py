"""One of each form and card of what is decided, whose it is, and who is away."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.oversight.examples import NOTICED
from handlers.record import lookback_form
from handlers.rules import home_time
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Concern, Level, Route, Second, Urgency
from handlers.rules.people import PersonId
from handlers.samples import (
    AT,
    CALENDAR,
    CLOSED,
    DECIDED,
    KEY,
    LATE,
    LEADS,
    LEE,
    MOVE,
    NOW,
    OTHERS,
    OUTSIDE,
    OWNED,
    PRIYA,
    RAISED,
    waits,
)
from handlers.situation import Situation
from handlers.triage import adult_form, away_form, cover_card, owning_form, rota, why
from handlers.triage import form as triage
from handlers.triage.another_card import second_card
from handlers.triage.card import triage_card
from handlers.ui.card import Card, Facts, Heading, Quote, Words
from handlers.ui.form import Form
from handlers.wing import Examples

_URGENT = replace(RAISED, urgency=Urgency.NOW)
_WANTED = replace(DECIDED, second=Second.WANTED)
_PROPOSED = replace(DECIDED, close_proposed_by=LEE, close_proposed_at=AT)
_OFFERED = OWNED.hand_over(to=PRIYA, by=LEE, at=AT)
_GONE = OWNED.without_owner()
_MIA = triage.Child(label="Mia Patel · 8B · Year 8", part="Harmed or at risk")
_KNOWN = lookback_form.Known(
    label="Mia Patel · 8B · Year 8", part="Harmed or at risk", flags=("pupil premium", "young carer"),
    siblings=(("Orla Patel · 9A · Year 9", 2), ("Jude Patel · 7D · Year 7", 0)),
    linked=(("Noah Ek · 9C · Year 9", 3),),
    earlier=(
        lookback_form.Earlier(
            reference="26-20583", when="Fri 13 Nov", kinds="Bullying or prejudice", state="Monitoring, level low"
        ),
        lookback_form.Earlier(reference="26-27415", when="Mon 21 Sep", kinds="", state="No decision yet"),
    ),
)  # fmt: skip
_ANSWERS = frozenset({"away_way_in", "rota"})


def _forms() -> Mapping[str, Form]:
    judged = (
        ("Level", "Medium"), ("Categories for Mia Patel · 8B · Year 8", "Neglect"),
        ("Was the child seen and spoken to?", "Seen and spoken to"), ("Parents or carers", "Told"),
    )
    read = (Words(text="Decision: no further action"), Facts(judged), Heading("Rationale"), Quote("Seen twice."))
    handed = (Quote("The 26-27415 family expects a call on Wednesday."),)
    return {
        "triage_look_back": triage.look_back(MOVE, "26-48213", lookback_form.parts((_KNOWN,), (NOTICED,))),
        "triage_nothing_before": triage.look_back(MOVE, "26-48213", lookback_form.parts((), ())),
        "decide_kinds": triage.kinds(MOVE, "26-48213", (_MIA,), kinds_told=("Bullying or prejudice", "Not sure")),
        "decide_kinds_three": triage.kinds(MOVE, "26-48213", (_MIA,) * 3),
        "decide_of_nobody": triage.form(MOVE, "26-48213", (), chosen={}, kinds_told=("Bullying or prejudice",)),
        "decide": triage.form(MOVE, "26-48213", (_MIA,), chosen={"kinds_1": ("bullying", "child_on_child")}),
        "decide_three": triage.form(
            MOVE, "26-48213", (_MIA,) * 3,
            chosen={f"kinds_{number}": ("bullying", "child_on_child", "neglect") for number in (1, 2, 3)},
        ),
        "decide_adult": adult_form.form(MOVE, "26-48213", officer=("Fernshire LADO", "01632 960 998"), must=True),
        "decide_adult_with_part": adult_form.form(MOVE, "26-48213", child_named=True, first=False, told=True),
        "second_read": triage.second(MOVE, "26-48213", (read,)),
        "second_read_first": triage.second(MOVE, "26-48213", (read, read), number=1),
        "told": triage.told("26-48213", "We have spoken to the family. Please go on watching at the gate."),
        "escalate": owning_form.escalate(MOVE, "26-48213"),
        "hand_over": owning_form.hand_over(MOVE, "26-48213", OTHERS),
        "hand_over_to_nobody": owning_form.hand_over(MOVE, "26-48213", ()),
        "decline": owning_form.decline(MOVE, "26-48213"),
        "cover": owning_form.cover(MOVE, "26-48213"),
        "safe_until": owning_form.safe(MOVE, "26-48213", until="Wed 25 Nov, 08:30"),
        "away": away_form.form(MOVE, "You have said that you are away on Mon 30 Nov.", OTHERS),
        "away_nobody": away_form.nobody(MOVE),
        "away_note": away_form.note(KEY, "Priya Raman", handed),
    }


def _why(concern: Concern, step: str, *, reader: PersonId = LEE, now: Situation = LATE) -> why.Asked | None:
    owner = NOW.names[concern.owner] if concern.owner else ""
    said = Entry(deed=Deed.CHASED, at=AT, by=None, thing=concern.id, facts={"whose": str(LEE), "why": "left"})
    return why.asked(
        why.Seen(concern=concern, now=now, reader=reader, step=step, owner=owner, said=said)
    )


def _states() -> Mapping[str, Card]:
    chased = replace(_URGENT, rung=3, escalated_at=AT + timedelta(minutes=15))
    adult = replace(RAISED, about=About.ADULT, route=Route.HEAD)
    return {
        "triage_submitted": triage_card(RAISED, NOW),
        "triage_unfinished": triage_card(RAISED, replace(NOW, incomplete=True)),
        "triage_now": triage_card(_URGENT, NOW),
        "triage_allegation": triage_card(adult, replace(NOW, ring_officer=True)),
        "triage_accepted": triage_card(OWNED, replace(NOW, open_actions=2, overdue_actions=1)),
        "triage_offered": triage_card(OWNED.hand_over(to=PRIYA, by=LEE), NOW),
        "triage_decided": triage_card(DECIDED, NOW),
        "triage_waits_for_second": triage_card(
            replace(_WANTED, level=Level.HIGH, review_at=AT + timedelta(weeks=12)), NOW
        ),
        "triage_closing_proposed": triage_card(_PROPOSED, NOW),
        "triage_closed": triage_card(CLOSED, NOW),
        "triage_added_since_closed": triage_card(CLOSED, replace(LATE, additions=1, added_since_closed=True)),
        "triage_returned": triage_card(_GONE, replace(NOW, returned=_RETURNED)),
        "chase": triage_card(chased, NOW, asked=_why(chased, "now_15")),
        "chase_decide": triage_card(OWNED, LATE, asked=_why(OWNED, "decide_plus_1:20261124T1530")),
        "chase_near_home_time": triage_card(OWNED, NOW, asked=_why(OWNED, "near:20261124T1530", now=NOW)),
        "chase_home_time": triage_card(
            _AT_THE_BELL, replace(LATE, woken="bell"),
            asked=_why(_AT_THE_BELL, "undecided_5:20261124T1530", reader=PRIYA),
        ),
        "triage_safe": triage_card(replace(OWNED, safe_until=AT + timedelta(hours=22, minutes=15), safe_by=LEE), NOW),
        "chase_offered": triage_card(_OFFERED, NOW, asked=_why(_OFFERED, "offered_12", reader=PRIYA)),
        "chase_second": triage_card(_WANTED, LATE, asked=_why(_WANTED, "second:20261125T1045", reader=PRIYA)),
        "chase_owner_gone": triage_card(
            _GONE, replace(LATE, returned=_RETURNED), asked=_why(_GONE, "owner_gone_12", reader=PRIYA)
        ),
        "second": second_card(replace(_WANTED, decided_by=LEE), NOW),
        "second_settled": second_card(DECIDED, NOW),
    }


_AT_THE_BELL = home_time.wake(OWNED, since=CALENDAR.closing(AT.date()))
_RETURNED = "Lee Abara had this concern and is no longer here. It waits for a new owner."


def _covers() -> Mapping[str, Card]:
    many = waits(23, "Today, decided")
    return {
        "cover": cover_card.cover_card("Priya Raman", "from Mon 30 Nov to Fri 4 Dec", many, person=PRIYA, note=True),
        "cover_begins": cover_card.cover_card(
            "Priya Raman", "from Mon 30 Nov to Fri 4 Dec", many[:1], person=PRIYA, note=False, begins=True
        ),
        "cover_nothing": cover_card.cover_card("Priya Raman", "on Mon 30 Nov", (), person=PRIYA, note=False),
        "cover_left": cover_card.uncovered_card("Priya Raman", "on Mon 30 Nov", "Dana Okello", many[:2], own=False),
        "cover_left_own": cover_card.uncovered_card("Priya Raman", "on Mon 30 Nov", "Dana Okello", many[:2], own=True),
        "cover_again": cover_card.settled_card("Priya Raman"),
        "cover_over": cover_card.over_card("Priya Raman"),
        "covered": cover_card.covered_card("Lee Abara", ("26-48213", "26-30977"), 1),
        "away_way_in": cover_card.way_in(PRIYA),
        "rota": rota.rota_card(
            (rota.Here(person=LEADS[0], name=LEADS[0].name),
             rota.Here(person=LEADS[0], name=LEADS[0].name, now=True,
                       away="Away from Mon 30 Nov to Fri 4 Dec. Dana Okello covers")),
            OUTSIDE,
        ),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards={**_states(), **_covers()}, answers=_ANSWERS)
