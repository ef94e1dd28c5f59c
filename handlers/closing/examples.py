"""One of each form and card of how a concern ends, is opened again, or goes on in another."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.closing import disposing_card, disposing_form, merging_form
from handlers.closing import form as closing
from handlers.rules.retention import Basis
from handlers.samples import AT, CHILD, CLOSED, DECIDED, LEE, MOVE, NOW, OWNED
from handlers.triage.another_card import merge_card, sign_off_card
from handlers.ui.card import Card, Heading, Quote
from handlers.ui.form import Form, Option
from handlers.wing import Examples

_CHECKS = (("Decision with its rationale", "recorded"), ("Second reader", "not needed"), ("Open actions", "2"))


def _forms() -> Mapping[str, Form]:
    return {
        "close": closing.close(MOVE, "26-48213", _CHECKS, owed=2),
        "close_at_once": closing.close(MOVE, "26-48213", _CHECKS, owed=0, signed=False),
        "sign_off": closing.sign_off(MOVE, "26-48213", (Heading("Outcome"), Quote("Moved to another bus."))),
        "sign_off_owed": closing.sign_off(
            MOVE, "26-48213", (Heading("Outcome"), Quote("Moved to another bus.")), owed=1
        ),
        "reopen": closing.reopen(MOVE, "26-48213"),
        "misfile": closing.misfile(MOVE, "26-48213", (Option(key=CHILD, label="Mia Patel · 8B · Year 8"),)),
        "merge": merging_form.propose(MOVE, "26-48213"),
        "dispose": disposing_form.propose(MOVE, "26-48213", "3 May 2043"),
        "agree_dispose": disposing_form.agree(
            MOVE, "26-48213", "Lee Abara", disposing_form.BASIS[Basis.OVER], "She is 25 now, and no claim is made."
        ),
        "agree_merge": merging_form.agree(MOVE, "26-48213", "26-20583", "Lee Abara", "One event, told by two people."),
    }


def _cards() -> Mapping[str, Card]:
    return {
        "sign_off": sign_off_card(replace(DECIDED, close_proposed_by=LEE, close_proposed_at=AT), NOW),
        "sign_off_settled": sign_off_card(CLOSED, NOW),
        "disposal": disposing_card.question_card(CLOSED, NOW, by=LEE, since=AT),
        "disposal_settled": disposing_card.question_card(CLOSED, NOW, by=None, since=None),
        "disposal_done": disposing_card.done_card("26-48213", by="Priya Raman", when="Tue 24 Nov, 10:15"),
        "merge": merge_card(OWNED, NOW, by=LEE, since=AT),
        "merge_settled": merge_card(OWNED, NOW, by=None, since=None),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards=_cards())
