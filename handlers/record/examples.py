"""One of each form and card of reading the record, finding it, correcting beside it, sharing from it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from handlers.record import chronology_form, correct_form, find_form, share_form
from handlers.record.share_card import share_card
from handlers.rules.share import Share, ShareId
from handlers.samples import AT, KEY, LEE, MOVE, NOW, RAISED, TESS, waits
from handlers.ui import plain
from handlers.ui.card import Card, Heading, Quote, Words
from handlers.ui.form import Form, Option
from handlers.ui.lines import Listed
from handlers.wing import Examples

_MIA = "Mia Patel · 8B · Year 8"
_FOUND = "Fri 13 Nov · This week · monitoring"
_OVER = waits(60, "Mon 9 Mar · For the record · no further action")
_ANSWERS = frozenset({"way_in_find"})


def _forms() -> Mapping[str, Form]:
    lines = (
        chronology_form.Line(
            parts=(Words(text="26-48213: Concern raised · Tess Hallam"), Quote("I saw her at the gate."))
        ),
        chronology_form.Line(
            parts=(Words(text="26-48213: Decision · Lee Abara"),), late="Recorded 3 days after the event."
        ),
    )
    facts = (Option(key="facts", label="What was seen, heard and done"),)
    where = (Heading("Where the child is now"), Quote("In period 1."))
    return {
        "find": find_form.ask(MOVE, reference="26-20583"),
        "found": find_form.found(MOVE, _MIA, (Listed(title="Open", lines=waits(1, _FOUND)),)),
        "found_many": find_form.found(
            MOVE, _MIA, (Listed(title="Open", lines=waits(3, _FOUND, late=1)), Listed(title="Closed", lines=_OVER)),
            number=2,
        ),
        "found_nothing": find_form.found(MOVE, _MIA, ()),
        "chronology": chronology_form.window(f"{KEY}:all-000000000000", "Concern 26-48213", lines, number=1),
        "correct": correct_form.form(MOVE, "26-48213", (Option(key="place", label="Where it happened"),)),
        "share": share_form.share(MOVE, "26-48213", facts),
        "shared": share_form.shared(KEY, "26-48213", "Fri 27 Nov", where),
        "unshare": share_form.revoke(MOVE, "26-48213", (Option(key=KEY, label="Sol Castellano, until Fri 27 Nov"),)),
        "unshare_nothing": share_form.revoke(MOVE, "26-48213", ()),
    }


def _cards() -> Mapping[str, Card]:
    shared = Share(
        id=ShareId(UUID("5a1d7c1e-0000-4000-8000-0000000000e1")), concern=RAISED.id, to=TESS, by=LEE, at=AT,
        until=AT + timedelta(days=7),
    )  # fmt: skip
    return {
        "way_in_find": plain.find_way_in(RAISED.id),
        "share": share_card(shared, RAISED, NOW),
        "share_ended": share_card(shared, RAISED, replace(NOW, at=AT + timedelta(weeks=2))),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards=_cards(), answers=_ANSWERS)
