"""How a piece of Block Kit must look, as small checks that can be put together.

Generic checks only: which blocks and elements there are stands in `vocabulary.py`. A fault names the rule
and the place (a JSON pointer) and never quotes what is written there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.playground import moments
from bot.playground.wire import as_list, as_object, as_text

Check: TypeAlias = Callable[[object, str], Iterator[str]]
"""A value and its JSON pointer go in, faults come out."""


def fault(words: str, at: str) -> str:
    """A fault in the form of Slack's `response_metadata.messages`."""
    return f"[ERROR] {words} [json-pointer:{at}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The keys that an object has; `type` is allowed everywhere."""

    required: Mapping[str, Check] = field(default_factory=dict[str, Check])
    optional: Mapping[str, Check] = field(default_factory=dict[str, Check])

    def __call__(self, value: object, at: str) -> Iterator[str]:
        """Check one object: missing keys, unknown keys, and each value."""
        thing = as_object(value)
        if not isinstance(value, dict):
            yield fault("must be an object", at)
            return
        for name in self.required.keys() - thing.keys():
            yield fault(f"missing required field: {name}", at)
        for name, inside in thing.items():
            check = self.required.get(name) or self.optional.get(name)
            if check:
                yield from check(inside, f"{at}/{name}")
            elif name != "type":
                yield fault(f"no more items allowed: {name[:40]!r} is not known here", at)


def text(most: int, *, least: int = 1) -> Check:
    """A string of so many characters."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", at)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield fault(f"must be less than {most + 1} characters", at)

    return check


def whole(least: int, most: int) -> Check:
    """A whole number within bounds."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield fault("must be an integer", at)
        elif not least <= value <= most:
            yield fault(f"must be between {least} and {most}", at)

    return check


def flag(value: object, at: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield fault("must be a boolean", at)


def one_of(*allowed: str) -> Check:
    """One of some words."""

    def check(value: object, at: str) -> Iterator[str]:
        if value not in allowed:
            yield fault("must be one of the allowed values: " + ", ".join(allowed), at)

    return check


def listed(check: Check, *, least: int = 1, most: int) -> Check:
    """An array of so many things."""

    def check_all(value: object, at: str) -> Iterator[str]:
        items = as_list(value)
        if not isinstance(value, list):
            yield fault("must be an array", at)
            return
        if len(items) < least:
            yield fault(f"must have at least {least} items", at)
        if len(items) > most:
            yield fault(f"no more than {most} items allowed", at)
        for number, item in enumerate(items):
            yield from check(item, f"{at}/{number}")

    return check_all


def kinds(known: Mapping[str, Check], what: str) -> Check:
    """An object whose `type` is one of those known."""

    def check(value: object, at: str) -> Iterator[str]:
        found = known.get(as_text(as_object(value).get("type")))
        if found is None:
            yield fault(f"unsupported type of {what}", f"{at}/type")
        else:
            yield from found(value, at)

    return check


def date(value: object, at: str) -> Iterator[str]:
    """A date, `2026-11-24`."""
    if not moments.is_date(as_text(value)):
        yield fault("must be a date in the form YYYY-MM-DD", at)


def time(value: object, at: str) -> Iterator[str]:
    """A time of day, `10:15`."""
    if not moments.is_time(as_text(value)):
        yield fault("must be a time in the form HH:mm", at)


def plain(most: int) -> Check:
    """A text object of the type plain_text."""
    return kinds({"plain_text": Shape(required={"text": text(most)}, optional={"emoji": flag})}, "text")


def either(most: int) -> Check:
    """A text object, plain_text or mrkdwn."""
    mrkdwn = Shape(required={"text": text(most)}, optional={"verbatim": flag})
    return kinds({"plain_text": plain(most), "mrkdwn": mrkdwn}, "text")


def option(label: Check, **more: Check) -> Check:
    """An option: text 75 by its own check, value 150, description 75."""
    optional = {"description": label, **more}
    return Shape(required={"text": label, "value": text(150)}, optional=optional)


CONFIRM = Shape(
    required={"title": plain(100), "text": either(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": one_of("primary", "danger")},
)
"""A confirmation dialog (Slack, "Confirmation dialog object")."""
