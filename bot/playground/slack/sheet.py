"""One modal in front of one person: what was typed into it, what the client itself complains about.

It does what the Slack client does between two requests; it sends nothing.
"""

from collections.abc import Mapping, Sequence

from bot.playground.slack import drawing, values
from bot.playground.slack.drawing import Entry, Item, Key, Knob
from bot.playground.slack.limits import options_of
from bot.playground.slack.mrkdwn import Names, words_of
from bot.playground.slack.values import Value
from bot.playground.thumbs import Answer, PlatformRefused, ShownField
from bot.playground.wire import Json, as_objects


class Sheet:
    """A view's blocks as drawn, with their values. `redraw` keeps what has the same ids, and only that."""

    def __init__(self, blocks: object, names: Names, *, careless: bool = False) -> None:
        self._names = names
        self._careless = careless
        self._offered: dict[Key, list[Json]] = {}
        self._items: tuple[Item, ...] = ()
        self._typed: dict[Key, Value] = {}
        self.redraw(blocks)

    def redraw(self, blocks: object) -> None:
        """Show other blocks: same block_id, action_id and type keep their value (Slack, "views.update")."""
        before = {entry.key: entry.kind for entry in self.entries()}
        self._items = drawing.draw(as_objects(blocks), self._names)
        self._typed = {
            entry.key: self._typed[entry.key]
            if before.get(entry.key) == entry.kind
            else values.first(entry.element)
            for entry in self.entries()
        }

    @property
    def words(self) -> str:
        return drawing.words(self._items)

    @property
    def buttons(self) -> tuple[str, ...]:
        return drawing.buttons(self._items)

    def entries(self) -> list[Entry]:
        """Everything that holds a value, in order."""
        return [item for item in self._items if isinstance(item, Entry)]

    def fields(self, errors: Mapping[str, str]) -> tuple[ShownField, ...]:
        """The inputs as drawn, with values, choices and the complaints by block_id."""
        return tuple(self._field(entry, errors.get(entry.key[0], "")) for entry in self.entries())

    def entry(self, label: str) -> Entry:
        """The input with that label; KeyError when it is not shown."""
        for entry in self.entries():
            if entry.label == label:
                return entry
        raise KeyError(label)

    def entry_at(self, key: Key) -> Entry:
        """The input with these ids; PlatformRefused when it is not shown."""
        for entry in self.entries():
            if entry.key == key:
                return entry
        raise PlatformRefused("the field is not on this person's screen")

    def knob(self, label: str) -> Knob | None:
        """The button with that label, if there is one."""
        return next((item for item in self.knobs() if item.label == label), None)

    def knob_at(self, key: Key) -> Knob:
        """The button with these ids; PlatformRefused when it is not shown."""
        for item in self.knobs():
            if item.key == key:
                return item
        raise PlatformRefused("the button is not on this person's screen")

    def type_into(self, entry: Entry, answer: Answer) -> bool:
        """Put an answer into an input that is no typeahead; whether it changed anything."""
        return self._put(entry, values.from_answer(entry, answer))

    def pick(self, entry: Entry, picked: Sequence[str]) -> bool:
        """Take offered options, by their values, into a typeahead; whether it changed anything."""
        if entry.kind == "users_select":
            values.refuse_too_many(entry, len(picked))
            return self._put(entry, picked[0] if picked else "")
        known = {values.option_value(one): one for one in self._offers(entry)}
        if not set(picked) <= known.keys():
            raise PlatformRefused(f"the field {entry.label!r} does not offer that choice")
        values.refuse_too_many(entry, len(picked))
        return self._put(entry, [known[value] for value in picked])

    def put_raw(self, entry: Entry, value: str | Sequence[str] | None) -> bool:
        """The page's way: text, date, time or user id as a string; options by their values."""
        several = [value] if isinstance(value, str) else list(value or ())
        if values.kind_of(entry.element) == "pick":
            return self.pick(entry, [one for one in several if one])
        if values.kind_of(entry.element) in ("choice", "choices"):
            return self._put(entry, values.chosen(entry, several, by=values.option_value))
        return self._put(entry, values.from_answer(entry, several[0] if several else ""))

    def offer(self, entry: Entry, options: list[Json]) -> None:
        """Remember what a typeahead suggested."""
        self._offered[entry.key] = options

    def people(self) -> list[tuple[str, str]]:
        """Everybody that a users_select offers, (id, name) each."""
        return list(self._names.items())

    def check(self) -> dict[str, str]:
        """What the client complains about, by block_id; nothing when it is careless."""
        found = {entry.key[0]: values.complaint(entry, self._typed[entry.key]) for entry in self.entries()}
        return {} if self._careless else {block: words for block, words in found.items() if words}

    def state_of(self, entry: Entry) -> Json:
        """One value as payloads carry it."""
        return values.state(entry.element, self._typed[entry.key])

    def state(self) -> dict[str, dict[str, Json]]:
        """`state.values` of the view."""
        found: dict[str, dict[str, Json]] = {}
        for entry in self.entries():
            block_id, action_id = entry.key
            found.setdefault(block_id, {})[action_id] = self.state_of(entry)
        return found

    def _put(self, entry: Entry, value: Value) -> bool:
        before = self._typed[entry.key]
        if not self._careless:
            values.refuse_untypable(entry, value)
            if entry.kind == "radio_buttons" and before and not value:
                raise PlatformRefused(f"a choice in {entry.label!r} cannot be undone, only changed")
        self._typed[entry.key] = value
        return value != before

    def _offers(self, entry: Entry) -> list[Json]:
        kept = self._typed[entry.key]
        return [*self._offered.get(entry.key, []), *(kept if isinstance(kept, list) else [])]

    def knobs(self) -> list[Knob]:
        return [item for item in self._items if isinstance(item, Knob)]

    def _field(self, entry: Entry, complaint: str) -> ShownField:
        element = entry.element
        options = tuple(words_of(one.get("text"), {}) for one in options_of(element))
        return ShownField(
            label=entry.label,
            kind=values.kind_of(element),
            required=entry.required,
            value=values.shown(element, self._typed[entry.key], self._names),
            options=tuple(self._names.values()) if entry.kind == "users_select" else options,
            complaint=complaint,
        )
