"""A whole list in a window of one person's, in its order, a page at a time: it says how many, and each line opens.

Nothing is cut: what does not fit on a page is on the next one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from handlers.ui.card import Button, Buttons, Heading, Press, Row, Rows, Words
from handlers.ui.form import Form, ListPage, Option, Part
from handlers.ui.lines import Line, Listed, count

PAGE = 10
"""Lines on one page, each with its button: whatever script the names are in, it fits Teams' 25 KB."""
MOST_OPTIONS = 100
"""Options of one menu (Slack)."""


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
    form: Form, lists: Sequence[Listed], *, number: int, first: Sequence[Button] = (), heading: str = "",
    ahead: int = 0, told: Mapping[UUID, Told] | None = None,
) -> Form:  # fmt: skip
    """Page `number` of the lists in that form (`blank`); out of range shows the last one. What is opened leads back.

    `first` may be pressed on each page, before the rest; `ahead` pages of the window come before these; `told` is what
    this reader may know of each concern that a line is of.
    """
    told = told or {}
    number, shown = _page(lists, number)
    begins, total = (number - 1) * PAGE, count(lists)
    more = min(PAGE, total - begins - len(shown))
    about = (*_about(heading, begins, len(shown), total), *((Words(text=ONLY_YOU, subtle=True),) if told else ()))
    pressed = (Buttons(tuple(first)),) if first else ()
    page = number + ahead
    return replace(
        form, page=page, back=page > 1, from_list=ListPage(form=form.id, key=form.key, page=page),
        parts=(*about, *pressed, *_shown(shown, told)), submit=_next(more) if more else "",
    )  # fmt: skip


def _page(lists: Sequence[Listed], number: int) -> tuple[int, Sequence[tuple[Listed, Line]]]:
    """Which page that is, and its lines, each with its list."""
    lines = [(listed, line) for listed in lists for line in listed.lines]
    last = max(1, -(-len(lines) // PAGE))
    number = max(1, min(number, last))
    begins = (number - 1) * PAGE
    return number, lines[begins : begins + PAGE]


def blank(id: str, key: str, title: str) -> Form:
    """As far as its fields go: it has none, for each line is opened by its own button."""
    return Form(id=id, key=key, title=title, parts=())


def show_all(lists: Sequence[Listed], subject: UUID, *, besides: int = 0) -> Button:
    """The way from a card to the whole of what it shows a part of. `besides`: so many more were not read for it."""
    return Button(press=Press.LIST, label=f"Show all {count(lists) + besides}", subject=subject, version=0)


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
        parts.append(Rows(tuple(_row(line, told.get(line.of) if line.of else None) for _, line in run)))
    return parts


def _row(line: Line, told: Told | None) -> Row:
    """Its button is told apart from nine others by whoever hears the screen."""
    opens = Button(
        press=line.press, label="Open", subject=line.subject, version=line.version, spoken=f"Open {line.name}"
    )
    name, value = _said(line, told)
    return Row(name=name, value=value, button=opens, alert=line.weight.pressing)


def _said(line: Line, told: Told | None) -> tuple[str, str]:
    state = f"{_mark(line)}{line.state}"
    if told is None:
        return line.name, state
    soon = "" if line.state.startswith(told.soon) else f"{told.soon}. "
    kind = f"{told.kind}. " if told.kind else ""
    last = f". Last: {told.last}" if told.last else ""
    return f"{line.name} · {told.who}", f"{kind}{soon}{state}{last}"


def _mark(line: Line) -> str:
    return "Late. " if line.late else ""


def _next(more: int) -> str:
    return f"The next {more}" if more > 1 else "The last one"
