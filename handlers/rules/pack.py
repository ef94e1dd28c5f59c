"""The guidance pack: words and vocabularies that move with the law, read from data beside this file.

Each concern keeps the edition that it was recorded under.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    edition: str
    words: Mapping[str, str]
    """Guidance, one or two lines each, by the field it stands beside."""
    kinds: tuple[tuple[str, str], ...]
    """Kinds of concern as (key, label); keys are stored, labels are shown."""


def load(name: str) -> Pack:
    """The pack of that file name; KeyError when something in it is missing."""
    text = resources.files("handlers.rules").joinpath("packs", f"{name}.toml").read_text("utf-8")
    raw: dict[str, Any] = tomllib.loads(text)
    kinds = tuple((str(kind["key"]), str(kind["label"])) for kind in raw["kinds"])
    return Pack(edition=raw["edition"], words=raw["words"], kinds=kinds)


ENGLAND = load("england_1")
