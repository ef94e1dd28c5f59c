"""The words by which names are read: titles, particles, ordinary words, posts. Data beside this file, read once."""

import tomllib
from functools import cache
from importlib import resources
from typing import cast

from handlers.rules.people import Role


def _read() -> dict[str, object]:
    text = resources.files("handlers.rules").joinpath("names", "england.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(value.split()) for name, value in _read().items() if isinstance(value, str)}


TITLES = _lists()["titles"]
PARTICLES = _lists()["particles"]
FUNCTION = _lists()["function"]
ORDINARY = _lists()["ordinary"] | FUNCTION
BEFORE_A_THING = _lists()["before_a_thing"]
"""What stands before a place, a colour, a month or a lesson, and not before a person's name."""
MONTHS_AND_LESSONS = _lists()["months_and_lessons"]
DEEDS = _lists()["deeds"]
"""What a person does, in the words of an account."""
POSTS = {
    tuple(phrase.split()): frozenset(map(Role, roles))
    for phrase, roles in cast("dict[str, list[str]]", _read()["posts"]).items()
}
"""By the words of a post, who holds it; nobody where the words only look like one."""
LONGEST_POST = max(map(len, POSTS))
