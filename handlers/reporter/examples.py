"""One of each form and card of a reporter's: the way in, what was not sent, the receipt, their own duties."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from handlers.account import form as concern
from handlers.account import review
from handlers.account import window as account
from handlers.reporter import (
    add_form,
    danger_card,
    draft_card,
    duty_card,
    duty_form,
    more_detail_form,
    ring_card,
    unsent_form,
    way_in_card,
)
from handlers.reporter.mine_card import mine_card
from handlers.reporter.receipt_card import receipt_card
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Route, Urgency
from handlers.rules.drafts import Stage
from handlers.rules.duty import Own
from handlers.rules.held import Held
from handlers.rules.people import Role
from handlers.samples import (
    ANSWERS,
    AT,
    BOTH_NAMES,
    CALENDAR,
    CLOSED,
    DECIDED,
    HINTED,
    KEY,
    LATE,
    LEE,
    MARKED,
    MOVE,
    NAMES,
    NOW,
    NUMBERS,
    OUTSIDE,
    OWNED,
    PRIYA,
    RAISED,
    TAKEN,
)
from handlers.ui.card import Card, Quote
from handlers.ui.form import Form, Part
from handlers.ui.numbers import NO_NUMBER, Numbers
from handlers.wing import Examples

_BEGUN = tuple(
    draft_card.Begun(key=UUID(f"5a1d7c1e-0000-4000-8000-0000000000d{number}"), when=when, says=says)
    for number, (when, says) in enumerate((
        ("14:05 today", "M.L., “Came in without …”"), ("09:10 yesterday", "“Heard shouting behind …”"),
        ("16:40 on Fri 20 Nov", ""), ("08:40 on Thu 19 Nov", "K.A."),
    ))
)
_ENDS = "Tue 8 Dec"
_TOLD = danger_card.Told(said=AT, arrived=("Lee Abara", "Priya Raman"), opened=(("Lee Abara", AT),))
_ACCEPTED = replace(_TOLD, accepted=("Lee Abara", AT), by=LEE)
_WRITER = danger_card.Writer(
    name="Tess Hallam", telephone="01632 960 106", works_in="Science", where="Playground, By the gate",
    child_now="In period 1, with Mr Lund",
)  # fmt: skip
_ANSWERS = frozenset(
    {"way_in", "way_in_unsent", "way_in_unsent_several", "way_in_quick", "way_in_notice", "way_in_typed",
     "receipt_outside_window"}
)


def _duties(answers: Answers) -> tuple[Part, ...]:
    at = datetime(2026, 11, 24, 10, 15, tzinfo=CALENDAR.zone)
    return duty_form.parts(
        duty_form.called(answers, calendar=CALENDAR, at=at), calendar=CALENDAR, at=at, outside=OUTSIDE
    )


def _danger(told: danger_card.Told) -> Form:
    about = danger_card.first(RAISED.id, _WRITER, told, CALENDAR, reader=PRIYA)
    shown = account.window(KEY, danger_card.TITLE, (), ANSWERS, NAMES, number=1)
    return replace(shown, id=danger_card.ID, parts=(*about, *shown.parts))


def _forms() -> Mapping[str, Form]:
    empty = concern.page(KEY, 1, {}, {})
    last = concern.page(KEY, 4, {**MARKED, "urgency": "now"}, BOTH_NAMES, numbers=NUMBERS)
    both = _duties({"kinds": ("fgm", "sexual")})
    late: Answers = {**ANSWERS, "learned_date": "2026-11-19", "kinds": ("fgm",)}
    return {
        "concern_1_unsent": unsent_form.offer(empty, _BEGUN[:1]),
        "concern_1_unsent_several": unsent_form.offer(empty, _BEGUN, chosen=str(_BEGUN[1].key)),
        "danger": _danger(_TOLD),
        "danger_accepted": _danger(_ACCEPTED),
        "danger_unnamed": Form(
            id=danger_card.ID, key=KEY, title=danger_card.TITLE, leave="Close",
            parts=danger_card.unnamed(RAISED.id, _TOLD, CALENDAR, place="Corridor", reader=PRIYA),
        ),
        "throw_away": unsent_form.throw_away(MOVE, "14:05 today"),
        "add": add_form.add(MOVE, "26-48213"),
        "add_asked": _add_asked(),
        "ask_more": more_detail_form.ask(MOVE, "26-48213"),
        "ask_more_led": _ask_more_led(),
        "duty": duty_form.form(MOVE, "26-48213", _duties({**ANSWERS, "kinds": ("fgm", "sexual")})),
        "duty_late": duty_form.form(MOVE, "26-48213", _duties(late)),
        "review_duty": duty_form.on(review.page(KEY, HINTED, NAMES, year="Y8"), both),
        "concern_4_duty": duty_form.on(last, both),
    }


def _add_asked() -> Form:
    form = add_form.add(MOVE, "26-48213")
    said = Quote("Tell me where she was when she said it, and who else was there.")
    asked = more_detail_form.question([("Tue 24 Nov, 10:30", (said,))])
    return replace(form, parts=(form.parts[0], *asked, *form.parts[1:]))


def _ask_more_led() -> Form:
    form, question = more_detail_form.ask(MOVE, "26-48213"), "Was it her stepfather who did it?"
    led = more_detail_form.led([question])
    return replace(form, parts=(*form.parts, *led), values={"asked": question})


def _ways_in() -> Mapping[str, Card]:
    return {
        "way_in": way_in_card.way_in(RAISED.id),
        "way_in_typed": way_in_card.way_in(RAISED.id, typed=way_in_card.STANDS_ELSEWHERE),
        "way_in_unsent": way_in_card.way_in(RAISED.id, _BEGUN[:1]),
        "way_in_unsent_several": way_in_card.way_in(RAISED.id, _BEGUN[:3]),
        "way_in_quick": way_in_card.quick_way_in(RAISED.id),
        "way_in_notice": way_in_card.notice_way_in(RAISED.id),
        "mine_unsent": mine_card([RAISED], CALENDAR, begun=_BEGUN[:3], incomplete={RAISED.id}),
        "mine_only_unsent": mine_card([], CALENDAR, begun=_BEGUN[:1]),
        "mine": mine_card([RAISED, DECIDED, CLOSED], CALENDAR),
        "mine_none": mine_card([], CALENDAR),
    }


def _drafts() -> Mapping[str, Card]:
    return {
        "draft": draft_card.reminder(_BEGUN[0], Stage.HALF_HOUR, ends=_ENDS),
        "draft_told": draft_card.reminder(_BEGUN[1], Stage.LEADS, ends=_ENDS),
        "draft_told_nobody": draft_card.known_to_nobody(_BEGUN[1], "Fernshire Safeguarding Hub, 01632 960 999"),
        "draft_last": draft_card.reminder(_BEGUN[1], Stage.LAST, ends=_ENDS),
        "draft_of_the_rest": draft_card.reminder(replace(_BEGUN[0], completes=RAISED.id), Stage.HALF_HOUR, ends=_ENDS),
        "draft_over": draft_card.settled("You have sent it: 26-48213."),
        "draft_exists": draft_card.exists("Tess Hallam", _BEGUN[1].when),
        "draft_left_behind": draft_card.left_behind("Tess Hallam", _BEGUN[1].when, "01632 960 106"),
        "draft_complete": draft_card.complete(RAISED.id, RAISED.reference, sent="Tue 24 Nov, 10:15"),
        "danger": danger_card.card(RAISED.id, _TOLD, CALENDAR, reader=PRIYA),
        "danger_accepted": danger_card.card(RAISED.id, _ACCEPTED, CALENDAR, reader=PRIYA),
        "danger_again": danger_card.card(RAISED.id, _TOLD, CALENDAR, reader=PRIYA, step="danger_10"),
        "danger_unsent_unnamed": draft_card.danger_unsent("", ""),
        "danger_unsent": draft_card.danger_unsent("Tess Hallam", "01632 960 106"),
    }


_WOKEN = replace(RAISED, urgency=Urgency.NOW, now_since=AT)
_SILENT = ring_card.Asked(
    silent=Numbers(
        here=(("Lee Abara", "01632 960 101"),), away=(("Priya Raman (away until Fri 27 Nov)", NO_NUMBER),)
    ),
    fresh=Numbers(here=(("Tess Hallam", NO_NUMBER),)), outside=(f"{OUTSIDE.name} (outside school)", OUTSIDE.telephone),
)  # fmt: skip
_OUTSIDE = replace(RAISED, about=About.ADULT, route=Route.OUTSIDE)
_NOMINATED = replace(NOW, held=Held(by=(Role.NOMINATED,)))


def _receipts() -> Mapping[str, Card]:
    return {
        "receipt": receipt_card(RAISED, NOW, proof="0123456789abcdef0123"),
        "receipt_danger": receipt_card(
            replace(RAISED, urgency=Urgency.NOW), NOW, danger=danger_card.in_short(_TOLD, CALENDAR, at=AT)
        ),
        "receipt_quick": receipt_card(RAISED, replace(NOW, incomplete=True)),
        "receipt_outside": receipt_card(_OUTSIDE, _NOMINATED),
        "receipt_outside_window": receipt_card(_OUTSIDE, _NOMINATED, window=True),
        "receipt_practice": receipt_card(
            replace(RAISED, about=About.PRACTICE, route=Route.HEAD), replace(NOW, held=Held(by=(Role.HEAD, None)))
        ),
        "receipt_told": receipt_card(DECIDED, replace(LATE, told=True, held=TAKEN)),
        "receipt_decided": receipt_card(DECIDED, replace(LATE, held=TAKEN)),
        "receipt_closed": receipt_card(CLOSED, replace(LATE, own_words=("0123456789abcdef0123" * 3,))),
        "receipt_duty": receipt_card(OWNED, replace(NOW, held=TAKEN, duty=Own(called=True), incomplete=True)),
        "receipt_duty_logged": receipt_card(OWNED, replace(NOW, held=TAKEN, duty=Own(called=True, logged_at=AT))),
        "receipt_woken": receipt_card(_WOKEN, replace(NOW, woken="closed", accept_by=AT + timedelta(minutes=35))),
        "receipt_late": receipt_card(RAISED, LATE),
        "receipt_climbed": receipt_card(_WOKEN, replace(LATE, held=Held(by=(Role.LEAD, Role.HEAD)))),
        "ring": ring_card.ring_card(RAISED, "now_10", _SILENT, since="Tue 24 Nov, 10:20"),
        "ring_at_home_time": ring_card.ring_card(
            OWNED, "now_0", replace(_SILENT, closed=True), since="Tue 24 Nov, 15:30", owner="Lee Abara"
        ),
        "ring_danger": ring_card.danger_card(
            "danger_15", replace(_SILENT, fresh=Numbers(), everybody=True), draft_card.carry_on(RAISED.id),
            since="Tue 24 Nov, 10:15",
        ),
        "ring_settled": ring_card.settled(RAISED, "A lead has taken it on"),
        "ring_over": ring_card.over(("Lee Abara", "10:20")),
        "ring_out_of_date": ring_card.over(),
        "duty": duty_card.duty_card(RAISED, since=duty_card.Since(said="Reminder", due="due by Wed 25 Nov, 17:00")),
        "duty_of_another": duty_card.anothers(
            OWNED, "Tess Hallam", since=duty_card.Since(said="Its time has passed", due="due since Wed 25 Nov, 17:00")
        ),
        "duty_of_another_logged": duty_card.anothers(
            OWNED, "Tess Hallam", since=duty_card.TODAY, logged="Wed 25 Nov, 08:10"
        ),
        "duty_not_theirs": duty_card.duty_card(RAISED, logged="Wed 25 Nov, 08:10", not_theirs=True),
        "duty_logged": duty_card.duty_card(RAISED, logged="Wed 25 Nov, 08:10"),
        "more_asked": more_detail_form.card(OWNED, "Wed 25 Nov, 15:30"),
        "more_asked_again": more_detail_form.card(OWNED, "Wed 25 Nov, 15:30", again=True),
        "more_answered": more_detail_form.settled(OWNED, answered=True),
        "more_asked_closed": more_detail_form.settled(CLOSED, answered=False),
    }


def examples() -> Examples:
    cards = {**_ways_in(), **_drafts(), **_receipts()}
    return Examples(forms=_forms(), cards=cards, answers=_ANSWERS, windows=frozenset({"receipt_outside_window"}))
