"""The word lists of `data/`, read once. Not allowed here: a decision about any text."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

DATA = files("handlers.wording") / "data"
NAME, NUMBER, QUOTED = "<name>", "<num>", "<quote>"
"""What stands for a name, a number and a quotation wherever words are weighed."""


def read_toml(name: str) -> Mapping[str, object]:
    """One TOML file of the data folder."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def read_json(name: str) -> Mapping[str, object]:
    """One JSON file of the data folder."""
    return cast("Mapping[str, object]", json.loads((DATA / name).read_text(encoding="utf-8")))


@cache
def classes_of() -> Mapping[str, tuple[str, ...]]:
    """Each word of the lexicon with the classes it stands in."""
    found: dict[str, list[str]] = {}
    for name, words in _classes().items():
        for word in words:
            found.setdefault(word, []).append(name)
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}


@cache
def members(*names: str) -> frozenset[str]:
    """The words of one class or several."""
    return frozenset(word for name in names for word in _by_class().get(name, ()))


@cache
def _by_class() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _classes().items()}


@cache
def _classes() -> Mapping[str, Sequence[str]]:
    return {name: str(words).split() for name, words in read_toml("lexicon.toml").items()}


@cache
def _grammar() -> Mapping[str, object]:
    return read_toml("grammar.toml")


@cache
def grammar_words() -> frozenset[str]:
    """Every word that a sentence is read by, but for the lists of names."""
    listed = (name for name in _grammar() if not name.startswith("text_names"))
    return frozenset(part for name in listed for word in words_in_order(name) for part in word.split("+") if part)


def words_of(name: str) -> frozenset[str]:
    """One list of the words a sentence is read by."""
    return frozenset(words_in_order(name))


def words_in_order(name: str) -> tuple[str, ...]:
    """The same list, in the order of the file."""
    return tuple(str(_grammar()[name]).split())


def slices_of(name: str) -> tuple[list[str], ...]:
    """The same list, each word as the slice of a sentence that it is; a plus joins the words of a longer one."""
    return tuple(word.split("+") for word in words_in_order(name))


@cache
def vocabulary() -> frozenset[str]:
    """The words of the corpus the model was trained on: they are not names, and need no repair."""
    return frozenset((DATA / "vocabulary.txt").read_text(encoding="utf-8").split())


@cache
def common() -> frozenset[str]:
    """Everyday English words, each without its endings (SCOWL; its notice is in `data/common.LICENCE`)."""
    return frozenset((DATA / "common.txt").read_text(encoding="utf-8").split())


@cache
def names() -> frozenset[str]:
    """Names of the corpus, whatever their case, and some that end like a word ("Ahmed", "Emily")."""
    return frozenset((DATA / "names.txt").read_text(encoding="utf-8").split()) | words_of("text_names")


@cache
def forms() -> Mapping[str, str]:
    """Each text, dialect and EAL form with the word it stands for."""
    return {form: word for word, its in read_toml("forms.toml").items() for form in str(its).split()}
