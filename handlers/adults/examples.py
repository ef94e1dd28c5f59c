"""One of each form and card of a case about an adult."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from handlers.adults import form, log_form
from handlers.adults.card import log_due_card, log_way_in, step_due_card
from handlers.adults.standing import stands
from handlers.record import lookback_form
from handlers.rules.adults import Finding
from handlers.rules.allegation import Case, ChildIs, Judged, Meeting
from handlers.rules.concern import About, Route
from handlers.rules.routing import Weight
from handlers.samples import AT, CALENDAR, LATE, LEE, MOVE, OWNED
from handlers.ui.card import Card, Press
from handlers.ui.form import Form
from handlers.wing import Examples

_OFFICER = ("Fernshire LADO", "01632 960 998")
_CASE = Case(
    weight=Weight.ALLEGATION, reported_at=AT, judged=Judged.ALLEGATION, since=AT, triaged_at=AT, child=ChildIs.NAMED,
    meeting=Meeting.PLANNED, meeting_at=AT + timedelta(days=2), suspension_at=AT,
)  # fmt: skip
_FOUND = replace(
    _CASE, meeting=Meeting.HELD, support_at=AT, finding=Finding.SUBSTANTIATED, found_at=AT, removed=True, teacher=True
)
_LOG = UUID(int=0x10C)
_ADULTS = replace(OWNED, about=About.ADULT, route=Route.HEAD)
_EARLIER = lookback_form.KnownAdult(
    id=LEE, label="Tom Whitlow",
    earlier=(
        lookback_form.Earlier(
            reference="26-20583", when="Fri 13 Nov", kinds="A low-level concern", state="Adult conduct, closed"
        ),
    ),
)  # fmt: skip


def _forms() -> Mapping[str, Form]:
    before = tuple(press for press in form.LABELS if press not in {Press.BARRING, Press.GRAVER})
    read = lookback_form.parts((), (), adult=_EARLIER)
    return {
        "allegation": form.steps(MOVE, "26-48213", stands(_CASE, CALENDAR, told=AT), before),
        "allegation_found": form.steps(MOVE, "26-48213", stands(_FOUND, CALENDAR, told=AT), ()),
        "lado": form.lado(MOVE, "26-48213", _OFFICER, must=True),
        "lado_again": form.lado(MOVE, "26-48213", _OFFICER, first=False),
        "childs_part": form.child(MOVE, "26-48213"),
        "strategy": form.meeting(MOVE, "26-48213"),
        "strategy_again": form.meeting(MOVE, "26-48213", first=False),
        "suspension": form.suspension(MOVE, "26-48213"),
        "adult_support": form.support(MOVE, "26-48213"),
        "adult_support_again": form.support(MOVE, "26-48213", first=False),
        "finding": form.finding(MOVE, "26-48213"),
        "barring": form.barring(MOVE, "26-48213"),
        "graver": form.graver(MOVE, "26-48213", (read,)),
        "low_level_log": log_form.window(MOVE, (log_form.Adult(label="Tom Whitlow", concerns=_EARLIER.earlier),)),
        "low_level_log_only_read": log_form.window(MOVE, (), review=False),
        "graver_first": form.graver(MOVE, "26-48213", (read, read), number=form.LAST - 1),
    }


def _cards() -> Mapping[str, Card]:
    return {
        "step_due": step_due_card(_ADULTS, LATE, since=AT + timedelta(days=1), reader=LEE),
        "step_due_late": step_due_card(_ADULTS, LATE, since=AT + timedelta(days=1), days=2),
        "log_due": log_due_card(term_ends="Fri 18 Dec", subject=_LOG, done=False),
        "log_due_again": log_due_card(term_ends="Fri 18 Dec", subject=_LOG, done=False, again=True),
        "log_due_done": log_due_card(term_ends="Fri 18 Dec", subject=_LOG, done=True),
        "log_way_in": log_way_in(_LOG),
        "step_due_settled": step_due_card(_ADULTS, LATE, since=None),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards=_cards(), answers=frozenset({"log_way_in"}))
