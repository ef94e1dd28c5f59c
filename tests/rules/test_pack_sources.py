"""Each statement of the pack and of its letters says where it comes from; a file in which one does not is refused."""

import copy
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from handlers.rules import letters, pack
from handlers.rules.pack import ENGLAND
from handlers.rules.parse_pack import PackFaulty
from handlers.rules.source import tally

PACKS = resources.files("handlers.rules").joinpath("packs")
FILES = {"england_1": PACKS.joinpath("england_1.toml"), "england_1_letters": PACKS.joinpath("england_1_letters.toml")}
RAW = {name: tomllib.loads(file.read_text("utf-8")) for name, file in FILES.items()}
NO_STATEMENTS = {"sources"}
"""What the statements come from, and no statement."""
LENGTHS = {"minutes", "school_hours", "school_days"}
"""What a table of one length holds: part of the statement in which it stands."""


def tables(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of the file that must say where it comes from, with its place: found by its shape, not by a list."""
    for name, value in raw.items():
        if name in NO_STATEMENTS:
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for one in value:
                yield from within(f"{name}.{one['key']}", one)
        elif isinstance(value, dict):
            alone = not all(isinstance(one, dict) for one in value.values())
            for place, one in [(name, value)] if alone else [(f"{name}.{key}", one) for key, one in value.items()]:
                yield from within(place, one)


def within(place: str, table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield place, table
    for name, value in table.items():
        if isinstance(value, dict) and not set(value) <= LENGTHS:
            yield f"{place}.{name}", value


EVERY = [(name, place) for name, raw in RAW.items() for place, _ in tables(raw)]


def read(name: str, raw: dict[str, Any]) -> None:
    if name == "england_1":
        pack.of(raw, name=name)
    else:
        letters.of(raw, ENGLAND, name=name)


def test_what_the_program_counts_is_every_table_of_the_files():
    counted = [one.where for one in (*ENGLAND.statements, *letters.statements(letters.LETTERS))]
    assert sorted(counted) == sorted(place for _, place in EVERY)
    assert len(counted) == len(set(counted)) > 100


@pytest.mark.parametrize(("name", "place"), EVERY)
def test_a_statement_without_one_of_them_is_refused_by_its_file_and_its_place(name, place):
    raw = copy.deepcopy(RAW[name])
    (table,) = [table for found, table in tables(raw) if found == place]
    whole = dict(table)
    for missing in ("source", "part", "rests_on", "read_on or to_read"):
        table.clear()
        table.update({key: value for key, value in whole.items() if key not in missing.split(" or ")})
        with pytest.raises(PackFaulty) as refused:
            read(name, raw)
        assert str(refused.value).startswith(f"{name}: {place}: "), missing


@pytest.mark.parametrize(
    ("key", "value"), [("rests_on", "hearsay"), ("rests_on", ""), ("read_on", "soon"), ("to_read", ""), ("part", " ")]
)
def test_one_that_says_it_wrongly_is_refused(key, value):
    raw = copy.deepcopy(RAW["england_1"])
    table = raw["words"]["share"]
    table[key] = value
    with pytest.raises(PackFaulty, match=r"england_1: words\.share: "):
        read("england_1", raw)


def test_each_has_either_the_day_of_its_reading_or_what_is_yet_to_be_read():
    for one in ENGLAND.statements:
        assert bool(one.source.read_on) != bool(one.source.to_read), one.where
        assert one.source.read_on is None or one.source.read_on < ENGLAND.expires, one.where


def test_no_number_of_a_paragraph_stands_where_nobody_has_read_it():
    guessed = [
        one.where for one in ENGLAND.statements if one.source.to_read and "paragraph" in one.source.part.casefold()
    ]
    assert guessed == []


def test_nobody_has_to_read_the_law_for_what_is_ours():
    assert not [one.where for one in ENGLAND.statements if one.source.is_default and one.source.to_read]


def test_the_tally_counts_them():
    found = tally(ENGLAND.statements)
    assert found.statements == len(ENGLAND.statements)
    assert found.defaults + sum(not one.source.is_default for one in ENGLAND.statements) == found.statements
    assert set(found.unread) == {one.where for one in ENGLAND.statements if one.source.read_on is None}
    assert tally(()).read is None


def test_the_readme_lists_every_statement_that_nobody_has_confirmed_and_no_other():
    section = PACKS.joinpath("README.md").read_text("utf-8").partition("## Unconfirmed")[2].partition("\n## ")[0]
    listed = {name for row in section.splitlines() if row.startswith("| ") for name in re.findall(r"`([^`]+)`", row)}
    every = (*ENGLAND.statements, *letters.statements(letters.LETTERS))
    unread = {one.where for one in every if one.source.to_read}
    assert listed == unread
    assert f"{len(unread)} of {len(every)} statements" in section
