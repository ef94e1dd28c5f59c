"""The board empty, ordinary and full, a reporter's own page, and the huddle."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time, timedelta

from handlers.overview import closed_card, closed_form, lists, tutor_card
from handlers.overview.board_card import Board, board_card, own_page
from handlers.overview.digest_card import Morning, digest_card
from handlers.overview.huddle_card import Week, huddle_card
from handlers.reporter.mine_card import mine_card
from handlers.rules.closed import Change
from handlers.rules.concern import Urgency
from handlers.rules.order import Weight
from handlers.samples import ACTION, AT, CALENDAR, CLOSED, MOVE, RAISED, SCHOOL, TO_RING, waits
from handlers.ui import listing, plain
from handlers.ui.card import Card, Facts, Heading, Press
from handlers.ui.form import Form
from handlers.ui.lines import Line, Listed
from handlers.ui.listing import Told
from handlers.ui.whole import BOARD
from handlers.wing import Examples

_OWED = (
    Line(
        name="26-48213/1", state="Open, was due Wed 25 Nov, 10:15", press=Press.OPEN_ACTION, subject=ACTION.id,
        version=1, weight=Weight(urgency=Urgency.TODAY, since=AT, late=True),
    ),
)  # fmt: skip


def _full() -> Card:
    lists = tuple(
        Listed(title=title, lines=waits(40, "Decision waits for its second reader, 12 actions open", late=9))
        for title in (
            "Waiting to be accepted", "Offered to you", "A decision for you to read", "Closing, for you to sign off",
            "Overdue actions in your concerns", "Waiting on agencies", "Reviews within a week", "Yours",
        )
    )  # fmt: skip
    return board_card(Board(children=lists, adults=lists, owed=waits(40, "Open, due Tue 24 Nov, 10:15")))


def _boards() -> Mapping[str, Card]:
    lists = (
        Listed(title="Waiting to be accepted", lines=waits(2, "Today. Accept by Tue 24 Nov, 10:45", late=1)),
        Listed(title="Offered to you", lines=waits(1, "by Priya Raman, until Tue 24 Nov, 11:00")),
        Listed(title="Waiting on agencies", lines=waits(1, "Answer was owed by Wed 25 Nov, 10:15", late=1)),
        Listed(title="Yours", lines=waits(9, "Decided. Review Tue 5 Jan, one action open")),
    )
    return {
        "board": board_card(Board(children=lists, owed=_OWED, dead=2)),
        "board_with_adults": board_card(Board(children=lists[:1], adults=lists[2:3])),
        "board_full": _full(),
        "board_empty": board_card(Board()),
        "own_page": own_page(plain.help_card(SCHOOL, TO_RING), mine_card([RAISED, CLOSED], CALENDAR), _OWED),
    }


def _huddle() -> Card:
    none: tuple[Line, ...] = ()
    week = Week(
        oldest="Tue 3 Nov",
        waiting=waits(1, "Now, waiting", late=1), undecided=waits(15, "Today, accepted"), overdue=_OWED,
        reviews=waits(2, "This week, decided"), agencies=waits(1, "The agency said no: challenge it, or settle it"),
        seconds=none, held=[("Dana Okello", 3), ("Lee Abara", 7)], dead=2,
    )  # fmt: skip
    return huddle_card(week, CALENDAR, at=AT)


def _digest() -> Card:
    morning = Morning(
        waiting=waits(2, "Today, waiting", late=1), owned=waits(14, "This week, accepted"), decided=(), overdue=_OWED,
        oldest="Tue 3 Nov",
    )
    return digest_card(morning, CALENDAR, at=AT)


def _tutors() -> Mapping[str, Card]:
    shared = (replace(waits(1, "Until Fri 4 Dec, 15:30")[0], press=Press.READ_SHARE),)
    full = tutor_card.Week(owed=(*_OWED, *waits(9, "Open, due Fri 4 Dec, 15:30")), shared=shared, first_due=_DUE)
    return {
        "tutor": tutor_card.tutor_card(full),
        "tutor_owed": tutor_card.tutor_card(tutor_card.Week(owed=_OWED, first_due=_DUE)),
        "tutor_shared": tutor_card.tutor_card(tutor_card.Week(shared=shared)),
    }


_DUE = "Wed 25 Nov, 10:15"


def _lists() -> Mapping[str, Form]:
    whole = (
        Listed(title="Waiting to be accepted", lines=waits(14, "This week. Accept by Tue 24 Nov, 14:15", late=2)),
        Listed(title="Yours", lines=waits(49, "Decided. Review Tue 5 Jan, one action open")),
    )
    form = lists.blank(f"{BOARD}:0123456789ab")
    told = Told(
        who="Mia Patel · 8B · Year 8, Ada Nwosu · 4K · Year 4 (alleged to have caused harm)",
        kind="Physical abuse, Online: contact", soon="This week", last="Accepted, Tue 24 Nov, 10:20",
    )  # fmt: skip
    named = [replace(listed, lines=[replace(one, of=one.subject) for one in listed.lines]) for listed in whole]
    every = {line.subject: told for listed in named for line in listed.lines}
    return {
        "list": listing.window(form, whole, number=1),
        "list_with_names": listing.window(form, named, number=1, told=every),
        "list_last": listing.window(form, whole, number=4),
        "list_nothing": listing.window(form, (), number=1),
    }


_TODAY, _TOMORROW = AT.date(), AT.date() + timedelta(days=1)
_SNOW = Change(first=_TODAY, last=_TOMORROW, closes=time(11, 20))


def _closed() -> Mapping[str, Form]:
    effects = (
        Heading("These count as “now” from then, and are asked for until somebody has them"),
        Facts((("26-48213", "From Tue 24 Nov, 11:20, unless Dana Okello decides or says why the child is safe."),)),
        Heading("The time of these moves"),
        Facts((("26-20583", "To be accepted by Thu 26 Nov, 09:40, not Tue 24 Nov, 14:15"),)),
    )  # fmt: skip
    values = {
        "what": "closed", "first": "2026-11-24", "last": "2026-11-25", "clock": "11:20", "reason": "Snow.",
    }  # fmt: skip
    shown = closed_form.looked_at(MOVE, closed_card.words(_SNOW, CALENDAR), effects, values)
    before = ("School opens late: Tue 24 Nov, 10:00, says Lee Abara: ice.",)
    return {"closed": closed_form.form(MOVE, before), "closed_shown": replace(shown, key=MOVE)}


def _closed_cards() -> Mapping[str, Card]:
    said = closed_card.words(_SNOW, CALENDAR)
    late = closed_card.words(Change(first=_TODAY, last=_TODAY, opens=time(10)), CALENDAR)
    return {
        "closed_said": closed_card.card(said, "Lee Abara", AT, CALENDAR),
        "closed_taken_back": closed_card.card(late, "Lee Abara", AT, CALENDAR, back=_TODAY),
        "closed_done": closed_card.done(said, closed_card.opens_again(_SNOW, CALENDAR)),
        "closed_undone": closed_card.done(closed_card.as_usual(_TODAY, CALENDAR), closed_card.STAYS_NOW),
        "closed_way_in": closed_card.way_in(SCHOOL.id),
    }


def examples() -> Examples:
    cards = {**_boards(), **_tutors(), **_closed_cards(), "huddle": _huddle(), "digest": _digest()}
    answers = frozenset({"closed_done", "closed_undone", "closed_way_in"})
    return Examples(forms={**_lists(), **_closed()}, cards=cards, answers=answers)
