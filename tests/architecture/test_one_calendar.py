"""Everything that asks when school is open asks one calendar: that of its unit of work, which knows what was said of
single days. Whoever asked for the hours themselves, or the school's file, would not hear of the snow.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted(path for folder in ("bot", "handlers", "store", "schedules") for path in (ROOT / folder).rglob("*.py"))
KNOW_THE_HOURS = {"handlers/rules/calendar.py", "handlers/rules/closed.py"}
OF_THE_PLAN = {
    "bot/checks/paper.py": "whether the terms of the file run out",
    "bot/figures.py": "the same as a figure",
    "bot/wiring.py": "the same in the log at the start",
}
"""What may read the school's file for its calendar, or a school that no unit of work gave, and for what."""
HOURS = frozenset({"opens", "closes", "said", "terms", "inset", "bank_holidays"})
ONLY_TERMS = {
    "handlers/rules/low_level.py", "handlers/rules/training.py", "handlers/adults/log.py", "handlers/assurance/plan.py",
    "handlers/oversight/examples.py",
}  # fmt: skip
"""What asks which term a day is in: no hours follow from it."""


def _attributes(path: Path) -> Iterator[tuple[str, str, int]]:
    """Of what the name ends in `calendar` or `school`: what is asked of it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute):
            whose = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            yield str(whose), node.attr, node.lineno


def _asks_for_hours(path: Path) -> Iterator[str]:
    name = str(path.relative_to(ROOT))
    forbidden = HOURS - {"terms"} if name in ONLY_TERMS else HOURS
    for whose, what, line in _attributes(path):
        if whose.lower().endswith("calendar") and what in forbidden and name not in KNOW_THE_HOURS:
            yield f"{name}:{line} asks a calendar for {what}: ask it for that day (opening, closing, is_open)"


def test_nobody_asks_for_the_hours_of_a_calendar_but_the_calendar():
    assert [line for path in MODULES for line in _asks_for_hours(path)] == []


def test_only_what_looks_at_the_plan_reads_the_calendar_of_the_file():
    found = set[str]()
    for path in MODULES:
        name = str(path.relative_to(ROOT))
        if name.startswith(("handlers/", "bot/playground/")):
            continue
        found |= {name for whose, what, _ in _attributes(path) if (whose, what) == ("school", "calendar")}
    assert found - {"store/unit.py", "store/concerns.py"} <= OF_THE_PLAN.keys()


def test_every_unit_of_work_is_opened_with_what_was_said():
    """A unit of the plain file would do for who looks after keys and rows, and for nobody else."""
    text = (ROOT / "store" / "unit_of_work.py").read_text("utf-8")
    assert text.count("home.opened(") == 2
    assert text.count("home.unit(") == 1
