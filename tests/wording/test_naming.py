"""Every shape by which a fault is named carries its own examples: phrases it must see, and phrases it must not."""

import pytest

from handlers.wording.guard import Field, check
from handlers.wording.kinds import FACT_KINDS
from handlers.wording.naming import naming_features, shapes
from handlers.wording.rules import Rule
from handlers.wording.text import tokens_of

EACH = pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.id)


@EACH
def test_a_shape_sees_what_it_must_and_nothing_else(shape: Rule) -> None:
    assert shape.yes and shape.no
    for text in shape.yes:
        assert f"n:{shape.id}" in naming_features(tokens_of(text).symbols), text
    for text in shape.no:
        assert f"n:{shape.id}" not in naming_features(tokens_of(text).symbols), text


def test_every_kind_of_fault_has_a_shape() -> None:
    assert {shape.kind for shape in shapes()} == set(FACT_KINDS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mum is a bit thick.", "judgemental"),
        ("He is a nightmare for supply.", "judgemental"),
        ("Some sort of psychosis.", "diagnosis"),
        ("She's never got over it.", "mind_reading"),
    ],
)
def test_a_clause_that_speaks_loudly_for_another_kind_overrules_its_only_rule(text: str, kind: str) -> None:
    found = check(Field.FACTS, text).findings
    assert [one.kind for one in found] == [kind]
    assert found[0].also is not None, "the advice is true of both"


def test_an_amount_that_only_weakens_a_label_is_no_hint_of_its_own() -> None:
    assert [one.kind for one in check(Field.FACTS, "She is a bit of a madam.").findings] == ["judgemental"]
