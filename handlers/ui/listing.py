"""A whole list in a window of one person's, in its order, a page at a time: it says how many, and each can be opened.

Nothing is cut: what does not fit on a page is on the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from handlers.ui import say
from handlers.ui.card import Button, Facts, Heading, Press, Words
from handlers.ui.form import ChoiceField, Form, Option, Part
from handlers.ui.lines import Line, Listed, count

PAGE = 20
"""Lines on one page: as many options in its menu, and on either platform well within what a window takes."""
WHICH = "which"
"""The field that holds what was chosen."""
NEXT = "next"
"""Chosen already where there is a next page: whoever chooses nothing else goes on. So is the only line of all."""
MOST_OPTIONS = 100
"""Options of one menu (Slack)."""
LABEL = 75
"""Characters of an option (Slack)."""


ONLY_YOU = "Only you see this, and it is kept nowhere. The record keeps that you were shown it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a window of one person's says of a line beside its state, where they may read what it is of."""

    who: str
    """Whom it is about."""
    kind: str
    """Empty where nobody has said."""
    soon: str
    """How soon somebody must act."""
    last: str
    """What was done last, and when."""


def on_page(lists: Sequence[Listed], number: int) -> list[Line]:
    """The lines of that page, for whoever looks up what is said of them."""
    return [line for _, line in _page(lists, number)[1]]


def window(
    form: Form, lists: Sequence[Listed], *, number: int, first: Sequence[Option] = (), heading: str = "",
    ahead: int = 0, told: Mapping[UUID, Told] | None = None,
) -> Form:  # fmt: skip
    """Page `number` of the lists in that form (`blank`); out of range shows the last one.

    `first` may be chosen on each page, before the rest; `ahead` pages of the window come before these; `told` is what
    this reader may know of each concern that a line is of.
    """
    told = told or {}
    number, shown = _page(lists, number)
    begins, total = (number - 1) * PAGE, count(lists)
    more = min(PAGE, total - begins - len(shown))
    options = (*first, *_options([line for _, line in shown], told), *((_next(more, total),) if more else ()))
    about = (*_about(heading, begins, len(shown), total), *((Words(text=ONLY_YOU, subtle=True),) if told else ()))
    return replace(
        form, page=number + ahead, back=number + ahead > 1,
        parts=(*about, *_shown(shown, told), *_choice(options)),
        submit=("Go on" if more else "Open") if options else "", values=_chosen_already(options),
    )  # fmt: skip


def _chosen_already(options: Sequence[Option]) -> dict[str, str | tuple[str, ...]]:
    """The way on, or the only one that there is."""
    last = options[-1].key if options else ""
    return {WHICH: last} if last == NEXT or len(options) == 1 else {}


def _page(lists: Sequence[Listed], number: int) -> tuple[int, Sequence[tuple[Listed, Line]]]:
    """Which page that is, and its lines, each with its list."""
    lines = [(listed, line) for listed in lists for line in listed.lines]
    last = max(1, -(-len(lines) // PAGE))
    number = max(1, min(number, last))
    begins = (number - 1) * PAGE
    return number, lines[begins : begins + PAGE]


def blank(id: str, key: str, title: str) -> Form:
    """As far as its fields go: what may be chosen is looked up when it is."""
    return Form(id=id, key=key, title=title, parts=())


def key_of(line: Line) -> str:
    """What its option is called: where it opens."""
    return f"{line.press.value}:{line.subject}"


def chosen(value: object) -> tuple[Press, UUID] | None:
    """Which press of what that option stands for; None where it is no line."""
    press, _, subject = str(value).partition(":")
    try:
        return Press(press), UUID(subject)
    except ValueError:
        return None


def show_all(lists: Sequence[Listed], subject: UUID) -> Button:
    """The way from a card to the whole of what it shows a part of."""
    return Button(press=Press.LIST, label=f"Show all {count(lists)}", subject=subject, version=0)


def fitting(options: Sequence[Option], rest: str) -> tuple[tuple[Option, ...], tuple[Words, ...]]:
    """As many as one menu takes, the first in their order, and a sentence where that is not all: `rest` is where."""
    if len(options) <= MOST_OPTIONS:
        return tuple(options), ()
    return tuple(options[:MOST_OPTIONS]), (Words(text=f"{MOST_OPTIONS} of {len(options)}. {rest}", subtle=True),)


def _about(heading: str, begins: int, shown: int, total: int) -> tuple[Part, ...]:
    head = (Heading(heading[:150]),) if heading else ()
    if not total:
        return (*head, Words(text="There is nothing here now."))
    which = f"{begins + 1} to {begins + shown} of {total}" if shown < total else f"{total} in all"
    return (*head, Words(text=f"{which}. What must not be missed comes first.", subtle=True))


def _shown(lines: Sequence[tuple[Listed, Line]], told: Mapping[UUID, Told]) -> list[Part]:
    parts: list[Part] = []
    for title, run in groupby(lines, key=lambda pair: (pair[0].title, len(pair[0].lines))):
        parts.append(Heading(f"{title[0]}: {title[1]}"))
        parts.append(Facts(tuple(_row(line, told.get(line.of) if line.of else None) for _, line in run)))
    return parts


def _row(line: Line, told: Told | None) -> tuple[str, str]:
    state = f"{_mark(line)}{line.state}"
    if told is None:
        return line.name, state
    soon = "" if line.state.startswith(told.soon) else f"{told.soon}. "
    kind = f"{told.kind}. " if told.kind else ""
    last = f". Last: {told.last}" if told.last else ""
    return f"{line.name} · {told.who}", f"{kind}{soon}{state}{last}"


def _mark(line: Line) -> str:
    return "Late. " if line.late else ""


def _options(lines: Sequence[Line], told: Mapping[UUID, Told]) -> tuple[Option, ...]:
    """Each once, though it may stand in two lists."""
    names = {key_of(line): line.name for line in lines}
    also = {key_of(line): _beside(line, told) for line in reversed(lines)}
    return tuple(Option(key=key, label=_label(name, also[key])) for key, name in names.items())


def _beside(line: Line, told: Mapping[UUID, Told]) -> str:
    """What tells it apart in the menu: whom it is about, where that may be said, and never without form and year."""
    known = told.get(line.of) if line.of else None
    return say.fit(known.who, LABEL - len(f"{line.name} · ")) if known else line.state


def _label(name: str, also: str) -> str:
    label = f"{name} · {also}"
    return label if len(label) <= LABEL else name


def _next(more: int, total: int) -> Option:
    return Option(key=NEXT, label=f"Go on: the next {more} of {total}" if more > 1 else f"Go on: the last of {total}")


def _choice(options: Sequence[Option]) -> tuple[ChoiceField, ...]:
    if not options:
        return ()
    return (
        ChoiceField(
            name=WHICH, label="Which one do you want to open?", options=tuple(options), required=True, menu=True
        ),
    )
