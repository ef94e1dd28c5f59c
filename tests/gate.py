"""What makes one gate of many tests: nothing is skipped in CI, workers that run side by side do not meet, and what the
tests write goes to memory where the system has a folder there."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.playground.listening import take_ports_from
from store import engine
from tests import ports

_MEMORY, _ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 (each test has a folder of its own there)


def memory() -> Path | None:
    """A folder in memory with room for two workers' stores, where there is one: no test is about the disk under it."""
    return _MEMORY if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM else None


DEADLINE, _PATIENT = engine.DEADLINE, 30.0
"""Seconds for a statement: the program's, and what the tests give it."""


@pytest.fixture
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests about a database that is slow or silent: how long it may be is the program's own."""
    monkeypatch.setattr(engine, "DEADLINE", DEADLINE)


def pytest_configure(config: pytest.Config) -> None:
    """No property has a time of its own, and a database may take long to answer: a busy machine is no fault. Each
    process has ports of its own."""
    engine.DEADLINE = _PATIENT
    settings.register_profile("heard", settings(), deadline=None)
    settings.load_profile("heard")
    config.addinivalue_line("markers", "long: left out by `make fast`")
    if found := memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(found))
    take_ports_from(ports.of_our_own())


_FIRST = (
    "tests/attacks/test_authority_table.py",
    "tests/handlers/test_life_stateful.py",
    "tests/journeys/test_one_term.py",
    "tests/wording/test_metamorphic.py",
    "tests/faults/",
    "tests/attacks/",
    "tests/journeys/",
    "tests/bot/playground/",
    "tests/bot/test_two_schools.py",
)
"""The longest files: a worker that began one of them last would leave the others idle."""


_LONG = (
    "tests/handlers/adults/test_chasing.py",
    "tests/handlers/adults/test_log.py",
    "tests/handlers/adults/test_steps.py",
    "tests/handlers/closing/test_disposing.py",
    "tests/handlers/test_life_stateful.py",
    "tests/handlers/desk/test_busy.py",
    "tests/handlers/desk/test_more.py::test_a_form_that_comes_back",
    "tests/handlers/desk/test_what_is_typed.py::test_a_decision_is_not_recorded",
    "tests/handlers/desk/test_what_is_typed.py::test_the_account_keeps",
    "tests/handlers/need_to_know/test_break_glass.py",
    "tests/handlers/need_to_know/test_naming.py",
    "tests/handlers/need_to_know/test_names_in_every_form.py",
    "tests/handlers/need_to_know/test_names_that_are_typed.py",
    "tests/handlers/need_to_know/test_nothing_stands.py",
    "tests/handlers/need_to_know/test_sealed.py",
    "tests/handlers/oversight/test_nobody_waits_behind_a_report.py",
    "tests/handlers/oversight/test_themes.py",
    "tests/handlers/overview/test_whole_lists.py",
    "tests/handlers/overview/test_days_lists.py",
    "tests/handlers/overview/test_names_in_a_window.py",
    "tests/handlers/post/test_leaving.py::test_nothing_that_somebody_typed",
    "tests/handlers/post/test_messages_that_chase.py",
    "tests/handlers/post/test_one_message_each.py",
    "tests/handlers/post/test_otherwise.py",
    "tests/handlers/record/test_for_one_of_several.py",
    "tests/handlers/referrals/test_asked_letters.py",
    "tests/handlers/referrals/test_letters.py",
    "tests/handlers/referrals/test_referrals.py",
    "tests/handlers/reporter/test_completing.py",
    "tests/handlers/reporter/test_danger_climbs.py",
    "tests/handlers/reporter/test_draft_chasing.py",
    "tests/handlers/reporter/test_duties.py",
    "tests/handlers/test_a_small_primary.py",
    "tests/handlers/test_days_that_are_no_school_days.py",
    "tests/handlers/test_what_ends_what_is_owed.py",
    "tests/handlers/triage/test_adults.py",
    "tests/handlers/triage/test_home_time.py",
    "tests/rules/test_lives.py",
    "tests/rules/test_pack_sources.py::test_a_statement_without",
    "tests/rules/test_several_posts.py",
    "tests/rules/test_veil.py::test_no_way_of_typing",
    "tests/bot/slack/test_malformed.py",
    "tests/bot/teams/test_conversations.py",
    "tests/bot/teams/test_every_short_form_fits.py",
    "tests/bot/teams/test_never_a_500.py",
    "tests/bot/teams/test_portions.py",
    "tests/bot/teams/test_gate.py::test_a_thousand",
    "tests/bot/teams/test_gate.py::test_nothing_in_the_environment",
    "tests/bot/teams/test_sending.py::test_a_person_whom_graph_does_not_know",
    "tests/bot/teams/test_sending.py::test_an_answer_that_does_not_come",
    "tests/bot/teams/test_sending.py::test_graph_is_asked_once",
    "tests/bot/teams/test_sending.py::test_without_the_graph_package",
    "tests/bot/teams/test_sending.py::test_the_directory_knows",
)
"""What `make fast` leaves to `make test`: what goes through every field, every card, a long list, hours of waiting or a
story of many steps. Measured in CPU seconds: of what it ran before, one test in ten took half of the time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)
    for item in items:
        if item.nodeid.startswith(_LONG):
            item.add_marker("long")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, start in enumerate(_FIRST) if item.nodeid.startswith(start)), len(_FIRST))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    return _ran(item.nodeid, (yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    return _ran(collector.nodeid, (yield))


def _ran(what: str, report: pytest.TestReport | pytest.CollectReport) -> pytest.TestReport | pytest.CollectReport:
    """In CI whatever was skipped, or was expected to fail and did, is a failure with the reason that was given."""
    if os.environ.get("CI") == "true" and report.outcome == "skipped":
        why = getattr(report, "wasxfail", "") or (report.longrepr[2] if isinstance(report.longrepr, tuple) else "")
        report.outcome = "failed"
        report.longrepr = f"{what} did not run to its end, and in CI every test does: {why or 'no reason was given'}"
        vars(report).pop("wasxfail", None)
    return report
