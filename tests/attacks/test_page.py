"""The page from requirement to attack to test says what is so."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PAGE = (TESTS / "attacks" / "ATTACKS.md").read_text("utf-8")
ROWS = {
    int(cells[0]): cells[1:]
    for line in PAGE.splitlines()
    if line.startswith("| ") and (cells := [cell.strip() for cell in line.strip("|").split("|")])[0].isdigit()
}
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))
LAST = 88


def test_every_attack_has_a_row_with_what_it_is_and_what_tries_it():
    assert list(ROWS) == list(range(1, LAST + 1))
    for number, (what, requirement, tried) in ROWS.items():
        assert what, number
        assert re.fullmatch(r"\d+\.\d+\.\d+(, \d+\.\d+\.\d+)*", requirement), number
        assert "`" in tried or re.match(r"- \w", tried), number


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_what_is_named_is_there(file: str, test: str):
    assert test in those_in(file)


@cache
def those_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )
