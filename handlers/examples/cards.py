"""One example of every card in every state that looks different: what the golden files and the parity tests draw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.actions.card import Watch, Watched, action_card, assigned_card, gone_card, watch_card
from handlers.assurance.drill_card import drill_alarm_card, drill_card
from handlers.desk import commands
from handlers.need_to_know import break_glass_card as glass
from handlers.oversight.quality_card import quality_card, sample_card
from handlers.oversight.themes_card import themes_card
from handlers.overview.board_card import Board, Listed, board_card, own_page
from handlers.overview.huddle_card import Week, huddle_card
from handlers.record.share_card import share_card
from handlers.referrals.card import refer_due_card, referral_card
from handlers.reporter import draft_card as draft
from handlers.reporter import way_in_card as cards_way_in
from handlers.reporter.duty_card import duty_card
from handlers.reporter.mine_card import mine_card
from handlers.reporter.receipt_card import receipt_card
from handlers.rules.action import Action, ActionId
from handlers.rules.calendar import Calendar, Term
from handlers.rules.concern import About, Concern, ConcernId, Level, Outcome, Route, Second, Urgency
from handlers.rules.drafts import Stage
from handlers.rules.duty import Own
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.quality import Figures, Mark
from handlers.rules.referral import Method, Referral, ReferralId
from handlers.rules.school import OutsideContact, School, SchoolId
from handlers.rules.share import Share, ShareId
from handlers.rules.training import TOGETHER, Row
from handlers.situation import Situation
from handlers.triage.another_card import merge_card, second_card, sign_off_card
from handlers.triage.card import triage_card
from handlers.triage.cover_card import cover_card, covered_card, over_card, way_in
from handlers.ui import plain
from handlers.ui.card import Card, Press
from handlers.ui.lines import Line

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
LEE, PRIYA, TESS = PersonId(UUID(int=1)), PersonId(UUID(int=2)), PersonId(UUID(int=6))
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"),
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
)
RAISED = Concern(
    id=ConcernId(UUID("5a1d7c1e-0000-4000-8000-000000000001")),
    reference="26-0001",
    reporter=TESS,
    about=About.CHILD,
    route=Route.LEADS,
    urgency=Urgency.TODAY,
    submitted_at=AT,
)
_NOW = Situation(
    calendar=CALENDAR,
    names={LEE: "Lee Abara", PRIYA: "Priya Raman", TESS: "Tess Hallam"},
    accept_by=AT + timedelta(minutes=30),
    at=AT + timedelta(minutes=5),
    outside="Fernshire Safeguarding Hub, 01632 960 999",
    officer=("Fernshire LADO", "01632 960 998"),
)
_OWNED = RAISED.see(at=AT).accept(by=LEE, at=AT + timedelta(minutes=4))
_OFFERED = _OWNED.hand_over(to=PRIYA, by=LEE)
_DECIDED = _OWNED.decide(Outcome.MONITORING, by=LEE, at=AT + timedelta(minutes=30))
_CLOSED = _DECIDED.close(at=AT + timedelta(days=2), open_actions=0)
_URGENT = replace(RAISED, urgency=Urgency.NOW)
_CHASED = replace(_URGENT, rung=3, escalated_at=AT + timedelta(minutes=15))
_DRILL = replace(RAISED, reference="TEST-2026-12", drill=True)
_ASKED = glass.Asked(
    id=RAISED.id, reference="26-0031", by="Priya Raman", until="Tue 24 Nov, 14:15", settled=False
)
_ACTION = Action(
    id=ActionId(UUID("5a1d7c1e-0000-4000-8000-0000000000a1")),
    concern=RAISED.id,
    number=1,
    owner=TESS,
    assigned_by=LEE,
    assigned_at=AT,
    due_at=AT + timedelta(days=1),
)
_MORE_TIME = _ACTION.extend(due_at=AT + timedelta(days=3), at=AT)
_LATE = replace(_NOW, at=AT + timedelta(days=3))
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
_REFUSED = _REFERRAL.answered(accepted=False, at=AT + timedelta(hours=3))
_CHALLENGED = _REFUSED.challenge(at=AT + timedelta(hours=4), answer_by=AT + timedelta(days=3), highest=3)
_SCHOOL = School(
    id=SchoolId(UUID(int=99)),
    name="Kingfisher Academy",
    calendar=CALENDAR,
    leads_places=(),
    outside=OutsideContact(name="Fernshire Safeguarding Hub", telephone="01632 960 999"),
    tenants=(),
)
_LEADS = (Person(id=LEE, name="Lee Abara", role=Role.LEAD, telephone="01632 960 101"),)

_THEMES = (
    Row(
        department="Year 8", accounts=17, kinds=(("mind_reading", 9), ("vague", 6), ("opinion", None)),
        open=(("observer", 5),),
    ),
    Row(department="Science", accounts=6),
    Row(department=TOGETHER, accounts=None),
)

_BEGUN = [
    draft.Begun(key=UUID(f"5a1d7c1e-0000-4000-8000-0000000000d{number}"), when=when)
    for number, when in enumerate(("14:05 today", "09:10 yesterday", "16:40 on Fri 20 Nov"))
]

_SHARE = Share(
    id=ShareId(UUID("5a1d7c1e-0000-4000-8000-0000000000e1")), concern=RAISED.id, to=TESS, by=LEE, at=AT,
    until=AT + timedelta(days=7),
)  # fmt: skip



def _waits(count: int, state: str, *, late: int = 0) -> tuple[Line, ...]:
    return tuple(
        Line(
            name=f"26-{number:04d}", state=state, press=Press.OPEN, subject=UUID(int=0xB0A2D0000 + number), version=1,
            late=number <= late,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


_OWED = (
    Line(
        name="26-0001/1", state="Open, was due Wed 25 Nov, 10:15", press=Press.OPEN_ACTION, subject=_ACTION.id,
        version=1, late=True,
    ),
)
_LISTS = (
    Listed(title="Waiting to be accepted", lines=_waits(2, "Today. Accept by Tue 24 Nov, 10:45", late=1)),
    Listed(title="Offered to you", lines=_waits(1, "by Priya Raman, until Tue 24 Nov, 11:00")),
    Listed(title="Waiting on agencies", lines=_waits(1, "Answer was owed by Wed 25 Nov, 10:15", late=1)),
    Listed(title="Yours", lines=_waits(9, "Decided. Review Tue 5 Jan, one action open")),
)
_EVERY_LIST = tuple(
    Listed(title=title, lines=_waits(40, "Decision waits for its second reader, 12 actions open", late=9))
    for title in (
        "Waiting to be accepted", "Offered to you", "A decision for you to read", "Closing, for you to sign off",
        "Overdue actions in your concerns", "Waiting on agencies", "Reviews within a week", "Yours",
    )
)
_WEEK = Week(
    waiting=["26-0041"], undecided=[f"26-{number:04d}" for number in range(1, 16)], overdue=["26-0007/2"],
    reviews=["26-0012", "26-0013"], agencies=["26-0009/R1"], seconds=[],
    held=[("Dana Okello", 3), ("Lee Abara", 7)], dead=2,
)

EXAMPLES: Mapping[str, Card] = {
    "board": board_card(Board(children=_LISTS, owed=_OWED, dead=2)),
    "board_with_adults": board_card(Board(children=_LISTS[:1], adults=_LISTS[2:3])),
    "board_full": board_card(Board(children=_EVERY_LIST, adults=_EVERY_LIST, owed=_waits(40, "Open, due Tue 24 Nov"))),
    "board_empty": board_card(Board()),
    "own_page": own_page(plain.help_card(_SCHOOL, _LEADS), mine_card([RAISED, _CLOSED], CALENDAR), _OWED),
    "huddle": huddle_card(_WEEK, CALENDAR, at=AT),
    "cover": cover_card("Priya Raman", "from Mon 30 Nov to Fri 4 Dec", _waits(23, "decided"), person=PRIYA, note=True),
    "cover_nothing": cover_card("Priya Raman", "on Mon 30 Nov", (), person=PRIYA, note=False),
    "cover_over": over_card("Priya Raman"),
    "covered": covered_card("Lee Abara", ("26-0001", "26-0002"), 1),
    "away_way_in": way_in(PRIYA),
    "themes": themes_card(CALENDAR.terms[0], _THEMES),
    "themes_none": themes_card(CALENDAR.terms[0], ()),
    "triage_submitted": triage_card(RAISED, _NOW),
    "triage_now": triage_card(_URGENT, _NOW),
    "triage_accepted": triage_card(_OWNED, replace(_NOW, open_actions=2, overdue_actions=1)),
    "triage_offered": triage_card(_OFFERED, _NOW),
    "triage_decided": triage_card(_DECIDED, _NOW),
    "triage_closed": triage_card(_CLOSED, _NOW),
    "second": second_card(replace(_DECIDED, second=Second.WANTED, decided_by=LEE), _NOW),
    "merge": merge_card(_OWNED, _NOW, by=LEE, waits=True),
    "merge_settled": merge_card(_OWNED, _NOW, by=None, waits=False),
    "sign_off": sign_off_card(replace(_DECIDED, close_proposed_by=LEE, close_proposed_at=AT), _NOW),
    "sign_off_settled": sign_off_card(_CLOSED, _NOW),
    "triage_closing_proposed": triage_card(replace(_DECIDED, close_proposed_by=LEE, close_proposed_at=AT), _NOW),
    "share": share_card(_SHARE, RAISED, _NOW),
    "share_ended": share_card(_SHARE, RAISED, replace(_NOW, at=AT + timedelta(weeks=2))),
    "quality": quality_card(
        CALENDAR.terms[0],
        Figures(records=40, shares=((Mark.FIRST_HAND, 70), (Mark.VOICE, None), (Mark.DECIDED, 100)), delay=90),
    ),
    "quality_few": quality_card(None, Figures(records=None)),
    "sample": sample_card(date(2026, 11, 1), ((RAISED, False), (_DECIDED, True))),
    "sample_done": sample_card(date(2026, 11, 1), ((_DECIDED, True),)),
    "second_settled": second_card(_DECIDED, _NOW),
    "triage_waits_for_second": triage_card(
        replace(_DECIDED, second=Second.WANTED, level=Level.HIGH, review_at=AT + timedelta(weeks=12)), _NOW
    ),
    "receipt_told": receipt_card(_DECIDED, replace(_LATE, told=True)),
    "chase": triage_card(_CHASED, _NOW, chased=True),
    "receipt": receipt_card(RAISED, _NOW, proof="12 · 0123456789abcdef0123"),
    "receipt_decided": receipt_card(_DECIDED, _LATE),
    "receipt_closed": receipt_card(_CLOSED, replace(_LATE, own_words=("0123456789abcdef0123" * 3,))),
    "receipt_duty": receipt_card(_OWNED, replace(_NOW, duty=Own(called=True), incomplete=True)),
    "receipt_duty_logged": receipt_card(_OWNED, replace(_NOW, duty=Own(called=True, logged_at=AT))),
    "triage_added_since_closed": triage_card(_CLOSED, replace(_LATE, additions=1, added_since_closed=True)),
    "duty": duty_card(RAISED),
    "duty_logged": duty_card(RAISED, logged="Wed 25 Nov, 08:10"),
    "action": action_card(_ACTION, RAISED, _NOW),
    "action_acknowledged": action_card(_ACTION.acknowledge(), RAISED, _NOW),
    "action_overdue": action_card(_ACTION, RAISED, _LATE, step="plus_1:2026-11-25T10:15"),
    "action_waiting": action_card(_ACTION.wait(until=AT + timedelta(days=6), at=AT), RAISED, _NOW),
    "action_in_progress": action_card(_MORE_TIME.begin(at=AT), RAISED, _NOW, step="extended_1"),
    "action_done": action_card(_ACTION.done(at=AT), RAISED, _NOW),
    "action_sent_back": action_card(_ACTION.done(at=AT).send_back(), RAISED, _NOW, step="sent_back_3"),
    "action_gone": gone_card(),
    "action_assigned": assigned_card(_ACTION, RAISED, "Wed 25 Nov, 10:15"),
    "overdue": watch_card(_ACTION, RAISED, _LATE, Watched(why=Watch.OVERDUE)),
    "verify": watch_card(_ACTION.done(at=AT), RAISED, _NOW, Watched(why=Watch.DONE)),
    "verify_their_own": watch_card(_ACTION.done(at=AT), RAISED, _NOW, Watched(why=Watch.DONE, theirs=True)),
    "verified": watch_card(_ACTION.done(at=AT).verify(by=LEE), RAISED, _NOW, Watched(why=Watch.DONE)),
    "more_time_asked": watch_card(
        _ACTION, RAISED, _NOW, Watched(why=Watch.ASKED, asked=AT + timedelta(days=3))
    ),
    "extended_thrice": watch_card(
        replace(_MORE_TIME, extensions=3), RAISED, _NOW, Watched(why=Watch.EXTENDED)
    ),
    "referral": referral_card(_REFERRAL, _OWNED, _NOW, stages=3),
    "referral_late": referral_card(_REFERRAL, _OWNED, _LATE, stages=3, step="answer_0_1"),
    "referral_refused": referral_card(_REFUSED, _OWNED, _LATE, stages=3),
    "referral_challenged": referral_card(_CHALLENGED, _OWNED, _NOW, stages=3),
    "referral_at_the_end": referral_card(replace(_REFUSED, stage=3), _OWNED, _LATE, stages=3),
    "referral_accepted": referral_card(_REFERRAL.answered(accepted=True, at=AT), _OWNED, _NOW, stages=3),
    "refer_due": refer_due_card(RAISED, CALENDAR, due=AT + timedelta(days=1), recorded=False),
    "refer_due_recorded": refer_due_card(RAISED, CALENDAR, due=AT + timedelta(days=1), recorded=True),
    "glass_asked": glass.asked_card(_ASKED),
    "glass_settled": glass.asked_card(replace(_ASKED, settled=True)),
    "glass_not_agreed": glass.nothing_card("26-0031", agreed=False),
    "glass_nothing": glass.nothing_card("26-0031", agreed=True),
    "glass_open": glass.open_card(RAISED, until="Tue 24 Nov, 14:15", over=False),
    "glass_over": glass.open_card(RAISED, until="Tue 24 Nov, 14:15", over=True),
    "glass_told": glass.told_card(RAISED, to="Priya Raman", agreed="Helen Marsh", until="Tue 24 Nov, 14:15"),
    "way_in_unlock": glass.way_in(RAISED.id),
    "drill": drill_card(_DRILL, _NOW),
    "drill_passed": drill_card(replace(_DRILL, owner=_OWNED.owner, accepted_at=AT), _NOW),
    "drill_alarm": drill_alarm_card(),
    "triage_allegation": triage_card(
        replace(RAISED, about=About.ADULT, route=Route.HEAD), replace(_NOW, ring_officer=True)
    ),
    "receipt_outside": receipt_card(replace(RAISED, about=About.ADULT, route=Route.OUTSIDE), _NOW),
    "receipt_practice": receipt_card(replace(RAISED, about=About.PRACTICE, route=Route.HEAD), _NOW),
    "orphaned": watch_card(_ACTION, _OWNED, _NOW, Watched(why=Watch.ORPHANED)),
    "nothing_here": plain.nothing_here(),
    "say": plain.say("You have accepted concern 26-0001. It is yours now."),
    "receipt_quick": receipt_card(RAISED, replace(_NOW, incomplete=True)),
    "way_in": cards_way_in.way_in(RAISED.id),
    "way_in_unsent": cards_way_in.way_in(RAISED.id, _BEGUN[:1]),
    "way_in_unsent_several": cards_way_in.way_in(RAISED.id, _BEGUN),
    "way_in_patterns": plain.patterns_way_in(RAISED.id),
    "way_in_find": plain.find_way_in(RAISED.id),
    "way_in_quick": cards_way_in.quick_way_in(RAISED.id),
    "draft": draft.reminder(_BEGUN[0], Stage.HALF_HOUR, ends="Tue 8 Dec"),
    "draft_told": draft.reminder(_BEGUN[1], Stage.LEADS, ends="Tue 8 Dec"),
    "draft_last": draft.reminder(_BEGUN[1], Stage.LAST, ends="Tue 8 Dec"),
    "draft_of_the_rest": draft.reminder(replace(_BEGUN[0], completes=RAISED.id), Stage.HALF_HOUR, ends="Tue 8 Dec"),
    "draft_over": draft.settled("You have sent it: 26-0001."),
    "draft_exists": draft.exists("Tess Hallam", _BEGUN[1].when),
    "draft_complete": draft.complete(RAISED.id, RAISED.reference),
    "danger_unsent": draft.danger_unsent("Tess Hallam", "01632 960 106"),
    "mine_unsent": mine_card([RAISED], CALENDAR, begun=_BEGUN, incomplete={RAISED.id}),
    "mine_only_unsent": mine_card([], CALENDAR, begun=_BEGUN[:1]),
    "mine": mine_card([RAISED, _DECIDED, _CLOSED], CALENDAR),
    "mine_none": mine_card([], CALENDAR),
    "danger": plain.danger_card(RAISED.id),
    "help": plain.help_card(_SCHOOL, _LEADS, commands.lines(replace(_LEADS[0], role=Role.STAFF))),
    "help_for_leads": plain.help_card(_SCHOOL, _LEADS, commands.lines(_LEADS[0])),
    "alarm": plain.alarm_card("The leads' channel cannot be used."),
}
