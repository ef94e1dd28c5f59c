"""What a given name is called for short, by a table of British usage.

Pure. `names/short_forms.toml` is the table. Where a roll has Katherine a note has Katie, Kate or K.Q.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import cast


@cache
def _read() -> Mapping[str, object]:
    text = resources.files("handlers.rules").joinpath("names", "short_forms.toml").read_text("utf-8")
    return tomllib.loads(text)


def _words(name: str) -> frozenset[str]:
    return frozenset(cast("str", _read()[name]).split())


@cache
def _table() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for spellings, forms in cast("dict[str, str]", _read()["short"]).items():
        alike = frozenset((*spellings.split(), *forms.split()))
        for name in alike:
            found[name] = found.get(name, frozenset()) | alike
    return {name: alike - {name} for name, alike in found.items()}


ALSO_WORDS = _words("words")
"""Short forms that are words too: written small they are no name."""
ABBREVIATIONS = _words("abbreviations")
"""Written in capitals in any school: after one of `BEFORE` they are no child."""
BEFORE = _words("before")
UNITS = _words("units")


def short_forms(given: str) -> frozenset[str]:
    """Whatever else somebody of that given name (folded) may be called: its short forms and other spellings of it.

    From a short form as well: a roll that has Tom has also Tommy and Thomas.
    """
    return _table().get(given, frozenset())


def spellings() -> frozenset[str]:
    """Every name that has a short form in the table."""
    return frozenset(name for line in cast("dict[str, str]", _read()["short"]) for name in line.split())
