"""What waits, as one line of a list: a concern, an action, a referral. In the one order (`rules.order`)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from handlers.actions.card import STATE
from handlers.actions.card import reference as action_reference
from handlers.referrals.card import reference as referral_reference
from handlers.rules import order
from handlers.rules.action import Action
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern
from handlers.rules.referral import Referral
from handlers.ui import say
from handlers.ui.card import Press
from handlers.ui.lines import Line


def in_order(lines: Iterable[Line]) -> list[Line]:
    """First what must not be missed."""
    return order.waiting(lines, lambda line: line.weight)


def of_concern(
    concern: Concern, state: str, calendar: Calendar, *, at: datetime, since: datetime | None = None
) -> Line:
    """`since` where something else than its coming in counts for its age."""
    weight = order.of_concern(concern, calendar, at=at)
    return Line(
        name=concern.reference, state=state, press=Press.OPEN, subject=concern.id, version=concern.version,
        weight=replace(weight, since=since or weight.since), of=concern.id,
    )  # fmt: skip


def of_action(action: Action, concern: Concern, calendar: Calendar, *, at: datetime) -> Line:
    late = action.overdue(at=at)
    due = f"{'was due' if late else 'due'} {say.moment(action.due_at, calendar)}"
    return Line(
        name=action_reference(action, concern), state=f"{STATE[action.status]}, {due}", press=Press.OPEN_ACTION,
        subject=action.id, version=action.version, weight=order.of_action(action, concern, at=at), of=concern.id,
    )  # fmt: skip


def of_referral(referral: Referral, concern: Concern, calendar: Calendar, *, at: datetime) -> Line:
    return Line(
        name=referral_reference(referral, concern), state=_answer(referral, calendar, at=at),
        press=Press.OPEN_REFERRAL, subject=referral.id, version=referral.version,
        weight=order.of_referral(referral, concern, at=at), of=concern.id,
    )  # fmt: skip


def _answer(referral: Referral, calendar: Calendar, *, at: datetime) -> str:
    stage = f"Challenge, stage {referral.stage}. " if referral.stage else ""
    if not referral.waiting:
        return f"{stage}The agency said no: challenge it, or settle it"
    late = "was owed by" if referral.late(at=at) else "by"
    confirm = ". Not yet confirmed in writing" if referral.unconfirmed(at=at) else ""
    return f"{stage}Answer {late} {say.moment(referral.answer_by, calendar)}{confirm}"
