"""The chronology as it is read: entries in the order of the event, late ones marked, a page at a time, by filter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from handlers.record import labels
from handlers.rules.chronology import Deed
from handlers.rules.deeds import Under
from handlers.ui import say
from handlers.ui.card import Heading, Words
from handlers.ui.form import ChoiceField, Form, Option, Part
from handlers.ui.pages import paged

ID = "chronology"
ALL = "all"
_CALLED = {
    Under.TOLD: "What was reported and added",
    Under.DECIDED: "Decisions",
    Under.ACTIONS: "Actions",
    Under.REFERRALS: "Referrals",
}
FILTERS: Mapping[str, tuple[str, frozenset[Deed]]] = {
    ALL: ("Everything", frozenset(Deed)),
    **{under: (called, labels.under(under)) for under, called in _CALLED.items()},
    "late": ("Only what was recorded late", frozenset(Deed)),
}
"""By key: what it is called, and which deeds it shows."""
SHOWN_AS = tuple(Option(key=key, label=label) for key, (label, _) in FILTERS.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry: what it says, and whether it was recorded more than a day after the event."""

    parts: Sequence[Part]
    late: str = ""
    """`recorded 3 days later`; empty where it was not late."""


def key_for(subject: UUID, shown: str = ALL) -> str:
    """The key of the window: whose chronology it is, and through which filter it is read."""
    return f"{subject}:{shown}-{uuid4().hex[:12]}"


def shown_by(key: str) -> str:
    """The filter in that key; everything where it is none of ours."""
    shown = key.partition(":")[2].partition("-")[0]
    return shown if shown in FILTERS else ALL


def window(key: str, heading: str, lines: Sequence[Line], *, others: Sequence[str] = (), number: int) -> Form:
    """Page `number`; out of range shows the last one. `others`: how other children are called in it."""
    shown = shown_by(key)
    parts: list[Part] = []
    for line in lines:
        parts += [*line.parts, *((Words(text=line.late, alert=True),) if line.late else ())]
    pages = paged(tuple(parts) or (Words(text="There is nothing to show with this filter."),))
    number = max(1, min(number, len(pages)))
    where = f"Part {number} of {len(pages)}" if len(pages) > 1 else FILTERS[shown][0]
    choose = ChoiceField(name="show", label="Show", options=SHOWN_AS, menu=True)
    return Form(
        id=ID, key=key, page=number, title="Chronology",
        parts=(
            Heading(say.fit(heading, say.HEADING)), Words(text=where, subtle=True), *_others(others), choose,
            *pages[number - 1],
        ),
        submit="Go on" if number < len(pages) else "Show", back=number > 1, values={"show": shown},
    )  # fmt: skip


def _others(others: Sequence[str]) -> tuple[Words, ...]:
    """That it is made for one child, and where more can be read."""
    if not others:
        return ()
    called = f"Another child is called {others[0]} here" if len(others) == 1 else (
        f"Other children are called {say.listed(others)} here"
    )  # fmt: skip
    left_out = "What was written about others alone is left out: open a concern to read it whole."
    return (Words(text=f"{called}. {left_out}", subtle=True),)
