"""Dates are written out in one place, and no sentence below the adapters names a platform."""

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.calendar import Calendar
from handlers.samples import CALENDAR
from handlers.ui import say

HANDLERS = Path(__file__).parents[2] / "handlers"
MODULES = sorted(HANDLERS.rglob("*.py"))
WRITE_DATES = {
    "ui/say.py": "the one place",
    "referrals/letters/model.py": "a letter is read long after: always with its year",
    "rules/source.py": "the edition of a law, always with its year",
}
SHOWN = re.compile(r"%[aAbBcx]")
OF_A_PLATFORM = re.compile(r"\b(slack|teams|workspace|tenant|home tab|modal)\b", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(HANDLERS))


def formats(tree: ast.AST) -> Iterator[str]:
    """What dates are formatted with: after the colon in braces, or given to strftime."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield ast.unparse(node.format_spec)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def test_dates_are_written_out_in_one_place():
    wrote = {name(p) for p in MODULES if any(map(SHOWN.search, formats(ast.parse(p.read_text("utf-8")))))}
    assert wrote == set(WRITE_DATES), "use handlers/ui/say, or say here why not"


def sentences(tree: ast.AST) -> Iterator[str]:
    """Strings that have a space in them and are no docstring."""
    held = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in held:
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_sentence_names_a_platform(path: Path):
    tree = ast.parse(path.read_text("utf-8"))
    named = [text for text in sentences(tree) if " " in text and OF_A_PLATFORM.search(text)]
    assert named == []


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=ZoneInfo("Europe/London")), "Thu 31 Dec"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=ZoneInfo("Europe/London")), "Fri 1 Jan 2027"),
        (datetime(2025, 12, 31, 12, 0, tzinfo=ZoneInfo("Europe/London")), "Wed 31 Dec 2025"),
    ],
)
def test_a_date_of_another_year_names_its_year(when: datetime, shown: str):
    calendar = CALENDAR.on(datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London")))
    assert say.day(when, calendar) == shown
    assert say.moment(when, calendar) == f"{shown}, {when:%H:%M}"
    assert say.date_of(when.date(), calendar) == shown


def test_the_year_is_that_of_the_schools_own_clock():
    calendar: Calendar = CALENDAR.on(datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("America/New_York")))
    assert calendar.today == date(2027, 1, 1)
