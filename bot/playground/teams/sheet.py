"""One card in front of one person: what was typed into it, what the client itself complains about.

It does what the Teams client does between two requests; it sends nothing.
"""

import re
from collections.abc import Sequence

from bot.playground.moments import is_date, is_time
from bot.playground.teams.drawing import Entry, Item, Knob, Line, Unfolded, complaints_of, draw
from bot.playground.thumbs import Answer, PlatformRefused, ShownField
from bot.playground.wire import Json, as_object, as_objects, as_text

_TITLES = {"Input.Date": "date", "Input.Time": "time", "Input.Toggle": "choices", "Input.Number": "text"}


class Sheet:
    """A card as drawn, with its values. A redrawn card is a new sheet: what the card does not say is lost."""

    def __init__(self, card: Json, *, careless: bool = False) -> None:
        self.card = card
        self.careless = careless
        """Send without the client's own checks, as an old or a hostile client does."""
        self._picked: dict[str, str] = {}
        self._complaints: dict[str, str] = {}
        self._shown: set[tuple[str, ...]] = set()
        self._visible: dict[str, bool] = {}
        self._typed = {entry.id: _first_value(entry.element) for entry in self._entries()}

    @property
    def words(self) -> str:
        """All text outside the fields, one paragraph a line; complaints stand beside their fields instead."""
        items = self._items()
        beside = set(complaints_of(items).values())
        lines = [found for at, found in enumerate(items) if isinstance(found, Line) and at not in beside]
        return "\n".join(line.text for line in lines if line.text)

    @property
    def buttons(self) -> tuple[str, ...]:
        return tuple(item.name for item in self._items() if isinstance(item, Knob))

    def fields(self) -> tuple[ShownField, ...]:
        """The inputs as drawn, with values, choices and complaints."""
        items = self._items()
        beside = complaints_of(items)
        return tuple(
            self._field(item, _text_at(items, beside.get(at)))
            for at, item in enumerate(items)
            if isinstance(item, Entry) and item.visible
        )

    def entry(self, label: str) -> Entry:
        """The input with that label; KeyError when it is not shown."""
        for entry in self._entries():
            if entry.visible and entry.label == label:
                return entry
        raise KeyError(label)

    def knob(self, label: str) -> Knob | None:
        """The button with that title, if there is one."""
        return next((item for item in self._items() if isinstance(item, Knob) and item.name == label), None)

    def type_into(self, entry: Entry, answer: Answer) -> None:
        """Put an answer into an input that is no typeahead. PlatformRefused for what cannot be entered."""
        self._complaints.pop(entry.id, None)
        self._typed[entry.id] = _wire_value(entry, answer)

    def pick(self, entry: Entry, picked: Sequence[tuple[str, str]]) -> None:
        """Take suggestions, (value, title) each, into a typeahead."""
        self._complaints.pop(entry.id, None)
        self._picked.update(picked)
        self._typed[entry.id] = ",".join(value for value, _ in picked)

    def gather(self, knob: Knob) -> Json | None:
        """The action's data with the inputs in it; None when the client complains and sends nothing."""
        data = dict(as_object(knob.action.get("data")))
        if as_text(knob.action.get("associatedInputs")).lower() == "none":
            return data
        sent = [entry for entry in self._entries() if entry.scope == knob.scope[: len(entry.scope)]]
        self._complaints = {} if self.careless else self._check(sent)
        if self._complaints:
            return None
        return data | {entry.id: self._typed[entry.id] for entry in sent if self._typed.get(entry.id, "")}

    def unfold(self, knob: Knob) -> bool:
        """Do what a button does in the client alone; False when it is a button that sends."""
        kind = knob.action.get("type")
        if kind == "Action.ShowCard":
            self._shown ^= {(*knob.scope, knob.title)}
            for entry in self._entries():
                self._typed.setdefault(entry.id, _first_value(entry.element))
        elif kind == "Action.ToggleVisibility":
            self._toggle(knob.action)
        return kind in ("Action.ShowCard", "Action.ToggleVisibility", "Action.OpenUrl")

    def typed(self) -> Json:
        """Every value as it stands, for a query that takes the other inputs along."""
        return {name: value for name, value in self._typed.items() if value}

    def _items(self) -> tuple[Item, ...]:
        return draw(self.card, Unfolded(shown=frozenset(self._shown), visible=self._visible))

    def _entries(self) -> list[Entry]:
        return [item for item in self._items() if isinstance(item, Entry)]

    def _check(self, entries: Sequence[Entry]) -> dict[str, str]:
        found = {
            one.id: _complaint(one.element, self._typed.get(one.id, "")) for one in entries if one.visible
        }
        return {name: complaint for name, complaint in found.items() if complaint}

    def _toggle(self, action: Json) -> None:
        for target in action.get("targetElements", []):
            told = as_object(target)
            name = as_text(told.get("elementId")) or as_text(target)
            self._visible[name] = bool(told.get("isVisible", not self._visible.get(name, True)))

    def _field(self, entry: Entry, beside: str) -> ShownField:
        element = entry.element
        return ShownField(
            label=entry.label,
            kind=_kind(element),
            required=element.get("isRequired") is True,
            value=self._shown_value(entry),
            options=tuple(title for _, title in _choices(element)),
            complaint=self._complaints.get(entry.id, "") or beside,
        )

    def _shown_value(self, entry: Entry) -> Answer:
        value, kind = self._typed.get(entry.id, ""), _kind(entry.element)
        if kind in ("text", "long_text", "date", "time"):
            return value
        titles = self._picked | dict(_choices(entry.element))
        several = [titles.get(one, one) for one in value.split(",") if one]
        if kind == "choices":
            return tuple(title for title in several if title)
        return several[0] if len(several) == 1 else tuple(several) or ""


def _text_at(items: tuple[Item, ...], at: int | None) -> str:
    found = items[at] if at is not None else None
    return found.text if isinstance(found, Line) else ""


def _kind(element: Json) -> str:
    kind = as_text(element.get("type"))
    if kind == "Input.Text":
        return "long_text" if element.get("isMultiline") is True else "text"
    if kind == "Input.ChoiceSet":
        many = "choices" if element.get("isMultiSelect") is True else "choice"
        return "pick" if "choices.data" in element else many
    return _TITLES.get(kind, "text")


def _choices(element: Json) -> list[tuple[str, str]]:
    if element.get("type") == "Input.Toggle":
        off = as_text(element.get("valueOff", "false"))
        return [(as_text(element.get("valueOn", "true")), as_text(element.get("title"))), (off, "")]
    return [
        (as_text(one.get("value")), as_text(one.get("title"))) for one in as_objects(element.get("choices"))
    ]


def _first_value(element: Json) -> str:
    value = element.get("value")
    if value is None and element.get("type") == "Input.Toggle":
        return as_text(element.get("valueOff", "false"))
    return "" if value is None else str(value)


def _wire_value(entry: Entry, answer: Answer) -> str:
    kind = _kind(entry.element)
    if kind in ("choice", "choices"):
        return _chosen(entry, kind, [answer] if isinstance(answer, str) else answer)
    if not isinstance(answer, str):
        raise PlatformRefused(f"the field {entry.label!r} takes one answer")
    good = {"date": is_date, "time": is_time}.get(kind)
    if answer and good and not good(answer):
        raise PlatformRefused(f"the field {entry.label!r} takes a {kind} only")
    return answer


def _chosen(entry: Entry, kind: str, answers: Sequence[str]) -> str:
    values = {title: value for value, title in _choices(entry.element)}
    wanted = [answer for answer in answers if answer]
    if not set(wanted) <= values.keys():
        raise PlatformRefused(f"the field {entry.label!r} does not offer that choice")
    if kind == "choice" and len(wanted) > 1:
        raise PlatformRefused(f"the field {entry.label!r} takes one choice")
    if not wanted and entry.element.get("type") == "Input.Toggle":
        return values[""]
    return ",".join(values[title] for title in wanted)


def _complaint(element: Json, value: str) -> str:
    own = as_text(element.get("errorMessage"))
    if element.get("isRequired") is True and not value:
        return own or "This field is required."
    most = element.get("maxLength")
    if isinstance(most, int) and len(value.encode("utf-16-le", "surrogatepass")) // 2 > most:
        return f"At most {most} characters."
    pattern = as_text(element.get("regex"))
    if value and pattern and not re.search(pattern, value):
        return own or "This is not in the form that is asked for."
    return own or "This is out of range." if _out_of_range(element, value) else ""


def _out_of_range(element: Json, value: str) -> bool:
    if not value or element.get("type") not in ("Input.Date", "Input.Time"):
        return False
    lowest, highest = as_text(element.get("min")), as_text(element.get("max"))
    return bool((lowest and value < lowest) or (highest and value > highest))
