"""One example of every form, with invented people: what the golden files and the parity tests draw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.account import form as concern
from handlers.account import meant_form as meant
from handlers.account import not_satisfied_form as handling
from handlers.account import quick, review
from handlers.account import window as account
from handlers.actions import form as action_moves
from handlers.closing import form as closing
from handlers.closing import merging_form as merging
from handlers.desk import more_form as more
from handlers.need_to_know import break_glass_form as glass
from handlers.need_to_know import form as keeping
from handlers.oversight import patterns_form as patterns
from handlers.oversight import quality_form as quality
from handlers.record import chronology_form as chronology
from handlers.record import correct_form as correct
from handlers.record import find_form as find
from handlers.record import lookback_form as lookback
from handlers.record import share_form as share
from handlers.referrals import form as referral
from handlers.reporter import add_form as add
from handlers.reporter import duty_form as duty
from handlers.reporter import unsent_form as unsent
from handlers.reporter.draft_card import Begun
from handlers.rules import verdict
from handlers.rules.action import ActionKind
from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Answers
from handlers.rules.concern import About
from handlers.rules.meant import Sure
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.school import OutsideContact
from handlers.rules.verdict import Meant, Verdict
from handlers.triage import away_form as away
from handlers.triage import form as triage
from handlers.triage import owning_form as owning
from handlers.ui.card import Facts, Heading, Press, Quote, Words
from handlers.ui.form import Form, Option, Part

KEY = "5a1d7c1e-0000-4000-8000-000000000001"
CHILD = "5a1d7c1e-0000-4000-8000-0000000000c1"
NAMES: Mapping[str, str] = {CHILD: "Mia Patel · 8B · Year 8"}
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"),
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
)
ANSWERS: Answers = {
    "danger": "no",
    "about": "child",
    "urgency": "today",
    "told_lead": "yes",
    "told_whom": "Lee Abara, at 09:10",
    "source": "child",
    "child_1": CHILD,
    "role_1": "harmed",
    "happened": "then",
    "happened_date": "2026-11-23",
    "happened_time": "15:40",
    "learned": "then",
    "learned_date": "2026-11-24",
    "learned_time": "09:05",
    "place": "route",
    "place_words": "The bus stop opposite the gate",
    "facts": "Mia came to me at the start of tutor time. She held her left sleeve down with her other hand.",
    "own_words": "\"I don't want to get the bus, *they* wait for me <there> & {{they}} take my stuff\"",
    "questions": "Can you tell me more about that?",
    "told_by": "words",
    "looked": "She spoke quietly and looked at the floor. She was shaking.",
    "marks": "1",
    "view": "I think this has gone on for some weeks, because she has asked twice to stay late.",
    "mark_1": "front_forearm",
    "mark_side_1": "left",
    "mark_look_1": "A red line, about 3 cm",
    "mark_broken_1": "no",
    "mark_why_1": "\"The strap of my bag\"",
    "mark_by_1": "Mia",
    "done": "Sat with her, told her I would tell a lead.",
    "child_now": "In period 1, with Mr Lund",
    "safe_home": "unsure",
    "parent_told": "no",
    "wishes": "She wants to walk home with her sister.",
    "said_whom": "yes",
    "kinds": ("child_on_child", "not_sure"),
    "notes": "no",
    "own_account": ("yes",),
}
_OTHERS = (
    Person(id=PersonId(UUID(int=2)), name="Priya Raman", role=Role.LEAD),
    Person(id=PersonId(UUID(int=3)), name="Dana Okello", role=Role.DEPUTY),
)
_MOVE = f"{KEY}:0123456789ab"


OTHER_CHILD = "5a1d7c1e-0000-4000-8000-0000000000c2"
BOTH_NAMES: Mapping[str, str] = {**NAMES, OTHER_CHILD: "Mia Patel · 4K · Year 4"}
MARKED: Answers = {
    **ANSWERS,
    "child_2": OTHER_CHILD,
    "role_2": "witness",
    "own_words_2": "  he dun it, innit ",
    "told_by_2": "interpreter",
    "told_with": "Ada Kovac, Polish",
    "questions": "What happened?\nTell me about your arm.\n\nWho else was there?",
    "marks": "3",
    "mark_2": "back_lower_back",
    "mark_side_2": "middle",
    "mark_look_2": "A round bruise, about 2 cm, yellow at the edge",
    "mark_broken_2": "unknown",
    "mark_3": "front_cheek",
    "mark_side_3": "right",
    "mark_broken_3": "yes",
}
"""Two children and three marks."""

_HINTED: Answers = {**ANSWERS, "facts": "She held her sleeve down. She was obviously scared of going home."}
_REWRITING, _ = review.settle(_HINTED, {"hint_1": review.REWRITE}, year="Y8")


_PEOPLE_MEANT: tuple[Meant, ...] = (
    Meant(
        person=Person(id=PersonId(UUID(int=4)), name="Helen Marsh", role=Role.HEAD), as_the_adult=True, sure=Sure.NAME,
        stamp="5a1d7c1e",
    ),
    Meant(
        person=Person(id=PersonId(UUID(int=1)), name="Lee Abara", role=Role.LEAD), as_the_adult=False, sure=Sure.PART,
        stamp="5a1d7c1f", verdict=Verdict.CLOSE,
    ),
)  # fmt: skip
_MANY_MEANT = tuple(
    replace(_PEOPLE_MEANT[1], person=Person(id=PersonId(UUID(int=number)), name=f"Lee Abara {number}", role=role))
    for number, role in enumerate((*meant.POSTS, Role.STAFF), start=1)
)
_MEANT: Answers = verdict.kept(ANSWERS, _PEOPLE_MEANT)
_MEANT_NAMES: Mapping[str, str] = {**NAMES, **{str(one.person.id): one.person.name for one in _PEOPLE_MEANT}}


def _adult(number: int) -> Form:
    return concern.page(
        KEY, number, {**ANSWERS, "about": "both", "danger": "yes"}, NAMES, numbers=(("Lee Abara", "01632 960 101"),)
    )


def _duties(answers: Answers) -> tuple[Part, ...]:
    at = datetime(2026, 11, 24, 10, 15, tzinfo=CALENDAR.zone)
    outside = OutsideContact(name="Fernshire Safeguarding Hub", telephone="01632 960 999")
    return duty.parts(duty.called(answers, calendar=CALENDAR, at=at), calendar=CALENDAR, at=at, outside=outside)


def _account(text: str, number: int) -> Form:
    about = (Facts((("How soon", "Today"), ("Reported by", "Tess Hallam"))),)
    answers = {**ANSWERS, "facts": text}
    return account.window(KEY, "Concern 26-0001", about, answers, NAMES, number=number)

_AGENCIES = tuple(agency for agency in ENGLAND.agencies if agency.takes(About.CHILD))
_FOR_ADULTS = tuple(agency for agency in ENGLAND.agencies if agency.takes(About.ADULT))
_SENT_AT = datetime(2026, 11, 24, 10, 15, tzinfo=CALENDAR.zone)
_SENT = referral.which(_AGENCIES[0], sent_at=_SENT_AT, calendar=CALENDAR)
_STAGE = referral.next_stage(_AGENCIES[0].stages[0], 1, of=3, due=_SENT_AT, calendar=CALENDAR)
_MUST_TELL: tuple[Part, ...] = (
    Words(text="Allegations against adults: tell the LADO within one working day.", alert=True),
    Facts((("Fernshire LADO", "01632 960 998"), (_FOR_ADULTS[0].name, "by Wed 25 Nov, 10:15"))),
)

_BEGUN = [
    Begun(key=UUID(f"5a1d7c1e-0000-4000-8000-0000000000d{number}"), when=when)
    for number, when in enumerate(("14:05 today", "09:10 yesterday", "16:40 on Fri 20 Nov", "08:40 on Thu 19 Nov"))
]

_LINES = (
    chronology.Line(parts=(Words(text="26-0001: Concern raised · Tess Hallam"), Quote("I saw her at the gate."))),
    chronology.Line(parts=(Words(text="26-0001: Decision · Lee Abara"),), late="Recorded 3 days after the event."),
)
_CHECKS = (("Decision with its rationale", "recorded"), ("Second reader", "not needed"), ("Open actions", "2"))
_KNOWN = lookback.Known(
    label="Mia Patel · 8B · Year 8", part="Harmed or at risk", flags=("pupil premium", "young carer"),
    siblings=(("Orla Patel · 9A · Year 9", 2), ("Jude Patel · 7D · Year 7", 0)),
    linked=(("Noah Ek · 9C · Year 9", 3),),
    earlier=(
        lookback.Earlier(
            reference="26-0031", when="Fri 13 Nov", kinds="Bullying or prejudice", state="Monitoring, low level"
        ),
        lookback.Earlier(reference="26-0007", when="Mon 21 Sep", kinds="", state="No decision yet"),
    ),
    older=4,
)  # fmt: skip
_NOTICED = patterns.Noticed(id=KEY, words="Three low-level concerns in 14 days", evidence=("26-0031", "26-0029"))

EXAMPLES: Mapping[str, Form] = {
    "concern_1_empty": concern.page(KEY, 1, {}, {}),
    "concern_1_unsent": unsent.offer(concern.page(KEY, 1, {}, {}), _BEGUN[:1]),
    "concern_1_unsent_several": unsent.offer(concern.page(KEY, 1, {}, {}), _BEGUN, chosen=str(_BEGUN[1].key)),
    "throw_away": unsent.throw_away(_MOVE, "14:05 today"),
    "concern_1": concern.page(KEY, 1, ANSWERS, NAMES),
    "concern_2_child": concern.page(KEY, 2, ANSWERS, NAMES),
    "concern_2_both": _adult(2),
    "concern_3": concern.page(KEY, 3, ANSWERS, NAMES),
    "concern_4": concern.page(KEY, 4, ANSWERS, NAMES),
    "concern_3_two_children": concern.page(KEY, 3, MARKED, BOTH_NAMES),
    "concern_4_three_marks": concern.page(KEY, 4, MARKED, BOTH_NAMES),
    "account_marked": account.window(KEY, "Concern 26-0001", (), MARKED, BOTH_NAMES, number=1),
    "quick": quick.form(KEY, {}, {}),
    "review": review.page(KEY, _HINTED, NAMES, year="Y8"),
    "review_open": review.page(
        KEY, {**ANSWERS, "source": "adult", "facts": "It was noticed that she had some marks."}, NAMES, year="Y8"
    ),
    "concern_3_rewriting": concern.page(KEY, 3, _REWRITING, NAMES),
    "review_meant": review.page(KEY, _HINTED, NAMES, year="Y8", found=_PEOPLE_MEANT),
    "meant": meant.page(KEY, _PEOPLE_MEANT),
    "meant_many": meant.page(KEY, _MANY_MEANT),
    "quick_meant": quick.form(KEY, {"facts": "Mr Abara ran."}, {}, asked=meant.asked(_PEOPLE_MEANT[1:])),
    "account_meant": account.window(KEY, "Concern 26-0001", (), _MEANT, _MEANT_NAMES, number=1),
    "review_clean": review.page(KEY, {**ANSWERS, "hinted": "yes"}, NAMES, year="Y8"),
    "account": _account(str(ANSWERS["facts"]), 1),
    "account_long": _account("She said it again. " * 900, 2),
    "escalate": owning.escalate(_MOVE, "26-0001"),
    "hand_over": owning.hand_over(_MOVE, "26-0001", _OTHERS),
    "decline": owning.decline(_MOVE, "26-0001"),
    "cover": owning.cover(_MOVE, "26-0001"),
    "hand_over_to_nobody": owning.hand_over(_MOVE, "26-0001", ()),
    "assign": action_moves.assign(_MOVE, "26-0001", _OTHERS),
    "wait": action_moves.wait(_MOVE, "26-0001/1"),
    "more_time": action_moves.more_time(_MOVE, "26-0001/1"),
    "more_time_asked": replace(
        action_moves.more_time(_MOVE, "26-0001/1", "Her mother is away until Monday."),
        values={"due_date": "2026-11-30", "due_time": "15:30"},
    ),
    "send_back": action_moves.send_back(_MOVE, "26-0001/1"),
    "reassign": action_moves.reassign(_MOVE, "26-0001/1", _OTHERS),
    "cancel_action": action_moves.cancel(_MOVE, "26-0001/1"),
    "actions": action_moves.choose(
        _MOVE, "26-0001", (Option(key=CHILD, label="1 · Tess Hallam · Done, not yet verified"),)
    ),
    "actions_none": action_moves.choose(_MOVE, "26-0001", ()),
    "triage_look_back": triage.look_back(_MOVE, "26-0001", lookback.parts((_KNOWN,), (_NOTICED,))),
    "triage_nothing_before": triage.look_back(_MOVE, "26-0001", lookback.parts((), ())),
    "decide": triage.form(_MOVE, "26-0001", (triage.Child(label="Mia Patel · 8B · Year 8", part="Harmed or at risk"),)),
    "decide_three": triage.form(
        _MOVE, "26-0001", (triage.Child(label="Mia Patel · 8B · Year 8", part="Harmed or at risk"),) * 3
    ),
    "second_read": triage.second(_MOVE, "26-0001", (Words(text="Decision: no further action"), Quote("Seen twice."))),
    "told": triage.told("26-0001", "We have spoken to the family. Please go on watching at the gate."),
    "share": share.share(_MOVE, "26-0001", (Option(key="facts", label="What you saw, heard and did: facts only"),)),
    "unshare": share.revoke(_MOVE, "26-0001", (Option(key=KEY, label="Sol Castellano, until Fri 27 Nov"),)),
    "unshare_nothing": share.revoke(_MOVE, "26-0001", ()),
    "shared": share.shared(KEY, "26-0001", "Fri 27 Nov", (Heading("Where is the child now?"), Quote("In period 1."))),
    "patterns": patterns.window(_MOVE, (_NOTICED,)),
    "patterns_none": patterns.window(_MOVE, ()),
    "quality": quality.form(_MOVE, "26-0001", (("Where is said", "yes"), ("What was done is said", "no"))),
    "find": find.ask(_MOVE, reference="26-0031"),
    "found": find.found(_MOVE, "Mia Patel · 8B · Year 8", ((UUID(KEY), "26-0031 · Fri 13 Nov · monitoring"),), 4),
    "found_nothing": find.found(_MOVE, "Mia Patel · 8B · Year 8", ()),
    "chronology": chronology.window(f"{KEY}:all-000000000000", "Concern 26-0001", _LINES, number=1),
    "correct": correct.form(_MOVE, "26-0001", (Option(key="place", label="Where did it happen?"),)),
    "more": more.form(_MOVE, "26-0001", ((Press.HAND_OVER, "Hand over"), (Press.ESCALATE, "Escalate"))),
    "more_nothing": more.form(_MOVE, "26-0001", ()),
    "close": closing.close(_MOVE, "26-0001", _CHECKS, owed=2),
    "close_at_once": closing.close(_MOVE, "26-0001", _CHECKS, owed=0, signed=False),
    "sign_off": closing.sign_off(_MOVE, "26-0001", (Heading("Outcome"), Quote("Moved to another bus."))),
    "reopen": closing.reopen(_MOVE, "26-0001"),
    "merge": merging.propose(_MOVE, "26-0001"),
    "agree_merge": merging.agree(_MOVE, "26-0001", "26-0031", "Lee Abara", "One event, told by two people."),
    "misfile": closing.misfile(_MOVE, "26-0001", (Option(key=CHILD, label="Mia Patel · 8B · Year 8"),)),
    "done": action_moves.done(_MOVE, "26-0001/1", ActionKind.CALL_HOME),
    "add": add.add(_MOVE, "26-0001"),
    "duty": duty.form(_MOVE, "26-0001", _duties({**ANSWERS, "kinds": ("fgm", "sexual")})),
    "duty_late": duty.form(_MOVE, "26-0001", _duties({**ANSWERS, "learned_date": "2026-11-19", "kinds": ("fgm",)})),
    "review_duty": duty.on(review.page(KEY, _HINTED, NAMES, year="Y8"), _duties({"kinds": ("fgm", "sexual")})),
    "concern_4_duty": duty.on(
        concern.page(KEY, 4, {**MARKED, "urgency": "now"}, BOTH_NAMES, numbers=(("Lee Abara", "01632 960 101"),)),
        _duties({"kinds": ("fgm", "sexual")}),
    ),
    "refer": referral.refer(_MOVE, "26-0001", _AGENCIES),
    "refer_allegation": referral.refer(_MOVE, "26-0001", _FOR_ADULTS, _MUST_TELL),
    "referral_confirm": referral.confirm(_MOVE, "26-0001/R1", _SENT),
    "referral_answer": referral.answer(_MOVE, "26-0001/R1", _SENT),
    "referral_challenge": referral.challenge(_MOVE, "26-0001/R1", (*_SENT, *_STAGE)),
    "referral_resolve": referral.resolve(_MOVE, "26-0001/R1", _SENT),
    "referral_withdraw": referral.withdraw(_MOVE, "26-0001/R1", _SENT),
    "referrals": referral.choose(_MOVE, "26-0001", ((1, "Police"), (2, "Prevent")), (("open_referral", "Open"),)),
    "referrals_none": referral.choose(_MOVE, "26-0001", (), ()),
    "away": away.form(_MOVE, "You have said that you are away on Mon 30 Nov.", _OTHERS),
    "away_nobody": away.nobody(_MOVE),
    "away_note": away.note(KEY, "Priya Raman", (Quote("The 26-0007 family expects a call on Wednesday."),)),
    "name": keeping.name(_MOVE, "26-0001"),
    "seal": replace(
        keeping.seal(_MOVE, "26-0001"), values={"to_1": str(_OTHERS[0].id)}, names={str(_OTHERS[0].id): "Priya Raman"}
    ),
    "unseal": keeping.unseal(_MOVE, "26-0001"),
    "unlock": glass.ask(_MOVE),
    "agree": glass.agree(_MOVE, "Priya Raman", "26-0031", "The police are at the door."),
    "not_satisfied": handling.form(_MOVE, "26-0001"),
}
