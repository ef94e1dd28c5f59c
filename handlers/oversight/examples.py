"""One of each form and card of what accumulates, how good the records are, and what to train next."""

from collections.abc import Mapping
from datetime import date

from handlers.oversight import figures_counter, patterns_form, quality_form
from handlers.oversight.quality_card import quality_card, sample_card
from handlers.oversight.themes_card import themes_card
from handlers.rules.record_quality import Figures, Mark
from handlers.rules.training import TOGETHER, Row
from handlers.samples import CALENDAR, DECIDED, KEY, MOVE, RAISED
from handlers.ui import plain
from handlers.ui.card import Card
from handlers.ui.form import Form
from handlers.wing import Examples

NOTICED = patterns_form.Noticed(id=KEY, words="Three or more concerns in 14 days", evidence=("26-20583", "26-93288"))
_ANSWERS = frozenset({"way_in_patterns", "way_in_quality", "way_in_themes"})


def _forms() -> Mapping[str, Form]:
    marks = (("Where is said", "yes"), ("What was done is said", "no"))
    return {
        "patterns": patterns_form.window(MOVE, (NOTICED,)),
        "patterns_none": patterns_form.window(MOVE, ()),
        "quality": quality_form.form(MOVE, "26-48213", marks),
        **{name: figures_counter.window(RAISED.id, card) for name, card in _figures().items()},
    }


def _figures() -> Mapping[str, Card]:
    term = CALENDAR.terms[0]
    shares = ((Mark.FIRST_HAND, 70), (Mark.VOICE, None), (Mark.DECIDED, 100))
    rows = (
        Row(
            department="Year 8", accounts=17, kinds=(("mind_reading", 9), ("vague", 6), ("opinion", None)),
            open=(("observer", 5),),
        ),
        Row(department="Science", accounts=6),
        Row(department=TOGETHER, accounts=None),
    )  # fmt: skip
    return {
        "figures_themes": themes_card(term, rows),
        "figures_themes_none": themes_card(term, ()),
        "figures_quality": quality_card(term, Figures(records=40, shares=shares, delay=90)),
        "figures_quality_few": quality_card(None, Figures(records=None)),
    }


def _cards() -> Mapping[str, Card]:
    month = date(2026, 11, 1)
    return {
        "sample": sample_card(month, ((RAISED, False), (DECIDED, True))),
        "sample_done": sample_card(month, ((DECIDED, True),)),
        "way_in_patterns": plain.patterns_way_in(RAISED.id),
        "way_in_quality": plain.figures_way_in(RAISED.id, *figures_counter.QUALITY),
        "way_in_themes": plain.figures_way_in(RAISED.id, *figures_counter.THEMES),
    }


def examples() -> Examples:
    return Examples(forms=_forms(), cards=_cards(), answers=_ANSWERS)
