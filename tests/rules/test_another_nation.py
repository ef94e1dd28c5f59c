"""A school is served with its own nation's guidance or not at all; another pack is a file in the folder."""

import re
from pathlib import Path

import pytest

from handlers.rules import letters, pack
from handlers.rules.pack import ENGLAND, FOLDER
from handlers.rules.parse_pack import PackFaulty

HANDLERS = Path(__file__).parents[2] / "handlers"
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in FOLDER.iterdir():
        if file.name.endswith(".toml"):
            tmp_path.joinpath(file.name).write_text(file.read_text("utf-8"), "utf-8")
    return tmp_path


def add_wales(folder: Path) -> None:
    text = (folder / "england_1.toml").read_text("utf-8")
    text = text.replace('nation = "England"', 'nation = "Wales"').replace('"England 1"', '"Wales 1"')
    (folder / "wales_1.toml").write_text(text, "utf-8")
    (folder / "wales_1_letters.toml").write_text((folder / "england_1_letters.toml").read_text("utf-8"), "utf-8")


def test_england_has_a_pack_and_no_other_nation_has():
    assert set(pack.nations()) == {"England"}


@pytest.mark.parametrize("nation", NATIONS)
def test_a_nation_is_served_only_with_a_pack_of_its_own(nation):
    said = pack.unserved(nation, ENGLAND, pack.nations())
    assert bool(said) is (nation != "England")
    if said:
        assert said.startswith(f"Heard does not start for a school in {nation}: the guidance pack in use is England 1")
        assert "another_nation.md says how one is added" in said


def test_a_pack_that_is_in_the_folder_and_not_in_use_is_named(folder):
    add_wales(folder)
    there = pack.nations(folder)
    assert there == {"England": "england_1", "Wales": "wales_1"}
    assert 'write pack = "wales_1"' in pack.unserved("Wales", ENGLAND, there)


def test_once_it_is_named_its_schools_are_served_and_englands_are_not(folder):
    add_wales(folder)
    (folder / "in_use.toml").write_text('pack = "wales_1"', "utf-8")
    used = pack.load(pack.in_use(folder), folder)
    there = pack.nations(folder)
    assert [pack.unserved(nation, used, there) == "" for nation in NATIONS] == [False, True, False, False]
    assert letters.read((folder / "wales_1_letters.toml").read_text("utf-8"), used, name="wales_1_letters")


def test_the_last_edition_of_a_nation_is_the_one_that_is_named(folder):
    for number in (2, 10, 9):
        (folder / f"england_{number}.toml").write_text((folder / "england_1.toml").read_text("utf-8"), "utf-8")
    assert pack.nations(folder)["England"] == "england_10"


@pytest.mark.parametrize("text", ["", "pack = 1", 'name = "england_1"'])
def test_a_choice_that_says_nothing_is_refused(folder, text):
    (folder / "in_use.toml").write_text(text, "utf-8")
    with pytest.raises(PackFaulty, match="in_use"):
        pack.in_use(folder)


def test_a_pack_without_a_nation_is_refused():
    text = FOLDER.joinpath("england_1.toml").read_text("utf-8").replace('nation = "England"\n', "")
    with pytest.raises(PackFaulty, match="`nation` must be a text"):
        pack.read(text, name="mine")


def test_every_word_that_the_program_asks_for_is_in_the_pack_in_use():
    asked = {
        name
        for path in HANDLERS.rglob("*.py")
        for name in re.findall(r"""(?:_SAY|ENGLAND\.words)\[["'](\w+)["']\]""", path.read_text("utf-8"))
    }
    assert asked
    assert asked <= set(ENGLAND.words)
