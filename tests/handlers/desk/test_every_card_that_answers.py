"""Every card that answers somebody has an example, which is held against what chat may hold."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import handlers
from handlers.conversation import Tell
from handlers.ui import plain
from tests.examples import CARDS
from tests.sentences import Scope, calls_in, value

DRAWN = {
    "handlers.actions.card.assigned_card": {"action_assigned", "action_assigned_to_oneself"},
    "handlers.adults.card.log_way_in": {"log_way_in"},
    "handlers.desk.asked_card.asked": {"asked", "asked_in_chat", "asked_of_another"},
    "handlers.desk.asked_card.stray": {"stray", "stray_in_a_channel"},
    "handlers.desk.commands._help_card": {"help", "help_for_leads"},
    "handlers.desk.kept.saved": set(),  # held in test_every_answer_has_its_row: it is drawn where no store answers
    "handlers.need_to_know.break_glass_card.way_in": {"way_in_unlock"},
    "handlers.overview.board.board": {"board", "board_full", "board_empty", "own_page"},
    "handlers.overview.board.mine": {"mine", "mine_none", "mine_unsent", "mine_only_unsent"},
    "handlers.referrals.letter_form.words_card": {"letter_asked"},
    "handlers.overview.closed_card.done": {"closed_done", "closed_undone"},
    "handlers.overview.closed_card.way_in": {"closed_way_in"},
    "handlers.reporter.receipt_card.receipt_card": {"receipt", "receipt_outside_window"},
    "handlers.reporter.way_in_card.way_in": {"way_in", "way_in_typed", "way_in_unsent", "way_in_unsent_several"},
    "handlers.reporter.way_in_card.quick_way_in": {"way_in_quick"},
    "handlers.reporter.way_in_card.notice_way_in": {"way_in_notice"},
    "handlers.triage.cover_card.way_in": {"away_way_in"},
    "handlers.triage.rota.rota_card": {"rota"},
    "handlers.ui.card.proved": set(),  # whatever card stands there: each has its example among those of its kind
    "handlers.ui.plain.find_way_in": {"way_in_find"},
    "handlers.ui.plain.nothing_here": set(),  # one sentence, held in test_every_answer_has_its_row
    "handlers.ui.plain.patterns_way_in": {"way_in_patterns"},
    "handlers.ui.plain.figures_way_in": {"way_in_quality", "way_in_themes"},
}
"""What draws a card that answers somebody, and the examples of it."""
SENTENCE = f"{plain.say.__module__}.{plain.say.__name__}"
PASSED_ON = {"handlers.desk.answers", "handlers.desk.desk", "handlers.desk.next_steps", "handlers.reporter.photographs"}
"""They tell what another has drawn, with something beside it."""


def _drawn() -> Iterator[tuple[str, str]]:
    """What draws each card that is told, and where; sentences alone are walked in test_every_answer_has_its_row."""
    for found in pkgutil.walk_packages(handlers.__path__, "handlers."):
        for call, scope in calls_in(importlib.import_module(found.name)):
            if value(call.func, scope) is not Tell:
                continue
            draws = _called(call.args[0], scope)
            if inspect.isfunction(draws) and draws.__module__.startswith("handlers."):
                yield f"{draws.__module__}.{draws.__name__}", found.name
            elif found.name not in PASSED_ON:
                yield ast.unparse(call.args[0]), found.name


def _called(card: ast.expr, scope: Scope) -> object:
    card = card.value if isinstance(card, ast.Await) else card
    return value(card.func, scope) if isinstance(card, ast.Call) else None


def test_whatever_draws_a_card_that_answers_somebody_has_an_example_of_it():
    drawn = {name: where for name, where in _drawn() if name != SENTENCE}
    unknown = {name: where for name, where in drawn.items() if name not in DRAWN}
    assert unknown == {}, "draw an example of what these tell, under `answers` of their wing, and name it in DRAWN"
    assert set(DRAWN) == set(drawn), "nothing tells this any more"
    assert {name for names in DRAWN.values() for name in names} <= set(CARDS)
