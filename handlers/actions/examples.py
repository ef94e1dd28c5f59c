"""One of each form and card of an action: for whoever owes it, and for whoever watches over it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from handlers.actions import form as moves
from handlers.actions.card import Watch, Watched, action_card, assigned_card, gone_card, watch_card
from handlers.rules.action import ActionKind
from handlers.samples import ACTION, AT, CHILD, LATE, LEE, MOVE, NOW, OTHERS, OWNED, RAISED
from handlers.ui.card import Card
from handlers.ui.form import Form, Option
from handlers.wing import Examples

_DONE = ACTION.done(at=AT)
_MORE_TIME = ACTION.extend(due_at=AT + timedelta(days=3), at=AT)
_ANSWERS = frozenset({"action_assigned", "action_assigned_to_oneself"})


def _forms() -> Mapping[str, Form]:
    one = (Option(key=CHILD, label="1 · Tess Hallam · Done, not yet verified"),)
    asked = moves.more_time(MOVE, "26-48213/1", "Her mother is away until Monday.")
    return {
        "assign": moves.assign(MOVE, "26-48213", OTHERS),
        "wait": moves.wait(MOVE, "26-48213/1"),
        "more_time": moves.more_time(MOVE, "26-48213/1"),
        "more_time_asked": replace(asked, values={"due_date": "2026-11-30", "due_time": "15:30"}),
        "send_back": moves.send_back(MOVE, "26-48213/1"),
        "reassign": moves.reassign(MOVE, "26-48213/1", OTHERS),
        "cancel_action": moves.cancel(MOVE, "26-48213/1"),
        "actions": moves.choose(MOVE, "26-48213", one),
        "actions_none": moves.choose(MOVE, "26-48213", ()),
        "done": moves.done(MOVE, "26-48213/1", ActionKind.CALL_HOME),
    }


def _owed() -> Mapping[str, Card]:
    return {
        "action": action_card(ACTION, RAISED, NOW),
        "action_acknowledged": action_card(ACTION.acknowledge(), RAISED, NOW),
        "action_overdue": action_card(ACTION, RAISED, LATE, step="plus_1:2026-11-25T10:15"),
        "action_waiting": action_card(ACTION.wait(until=AT + timedelta(days=6), at=AT), RAISED, NOW),
        "action_in_progress": action_card(_MORE_TIME.begin(at=AT), RAISED, NOW, step="extended_1", said=AT),
        "action_done": action_card(_DONE, RAISED, NOW),
        "action_sent_back": action_card(_DONE.send_back(), RAISED, NOW, step="sent_back_3", said=AT),
        "action_gone": gone_card(),
        "action_assigned": assigned_card(ACTION, RAISED, "Wed 25 Nov, 10:15", to="Dana Okello"),
        "action_assigned_to_oneself": assigned_card(ACTION, RAISED, "Wed 25 Nov, 10:15", to=""),
    }


def _watched() -> Mapping[str, Card]:
    asked = Watched(why=Watch.ASKED, asked=AT + timedelta(days=3))
    often = replace(_MORE_TIME, extensions=3)
    return {
        "overdue": watch_card(ACTION, RAISED, LATE, Watched(why=Watch.OVERDUE, step="plus_2:2026-11-25T10:15")),
        "verify": watch_card(_DONE, RAISED, NOW, Watched(why=Watch.DONE)),
        "verify_their_own": watch_card(_DONE, RAISED, NOW, Watched(why=Watch.DONE, theirs=True)),
        "verified": watch_card(_DONE.verify(by=LEE), RAISED, NOW, Watched(why=Watch.DONE)),
        "more_time_asked": watch_card(ACTION, RAISED, NOW, asked),
        "verify_passed_on": watch_card(_DONE, RAISED, NOW, Watched(why=Watch.DONE, step="passed_on_12")),
        "more_time_given": watch_card(ACTION, RAISED, NOW, Watched(why=Watch.ASKED)),
        "more_time_done": watch_card(_DONE, RAISED, NOW, Watched(why=Watch.ASKED)),
        "extended_thrice": watch_card(often, RAISED, NOW, Watched(why=Watch.EXTENDED)),
        "orphaned": watch_card(ACTION, OWNED, NOW, Watched(why=Watch.ORPHANED)),
        "orphaned_left": watch_card(ACTION, OWNED, NOW, Watched(why=Watch.ORPHANED, left=True)),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards={**_owed(), **_watched()}, answers=_ANSWERS)
