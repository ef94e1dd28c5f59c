"""Every rule carries its own examples: sentences it must mark, and sentences nothing may mark."""

import pytest

from handlers.wording.features import symbols_of
from handlers.wording.guard import Field, check
from handlers.wording.rules import Rule, compile_pattern, hits_in, rules
from handlers.wording.structure import clauses_of, inside_of, quotes_of
from handlers.wording.text import tokens_of

EACH = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)


def rules_that_hold(text: str) -> set[str]:
    tokens = tokens_of(text)
    inside = inside_of(tokens, quotes_of(tokens))
    clauses = [clause for clause in clauses_of(tokens, inside) if not clause.masked]
    symbols = [[word for word, _ in symbols_of(tokens, clause, inside)] for clause in clauses]
    return {hit.rule.id for words in symbols for hit in hits_in(words)}


@EACH
def test_a_rule_has_two_examples_for_and_two_against(rule: Rule) -> None:
    assert len(rule.yes) >= 2
    assert len(rule.no) >= 2


@EACH
def test_a_rule_marks_what_it_must(rule: Rule) -> None:
    for text in rule.yes:
        assert rule.id in rules_that_hold(text), text
        assert any(finding.rule == rule.id for finding in check(Field.FACTS, text).findings), text


@EACH
def test_a_rule_leaves_alone_what_it_must(rule: Rule) -> None:
    for text in rule.no:
        assert rule.id not in rules_that_hold(text), text


def test_rules_have_names_of_their_own() -> None:
    names = [rule.id for rule in rules()]
    assert len(names) == len(set(names))


def test_a_gap_is_bounded_and_the_marked_part_may_be_less_than_the_match() -> None:
    pattern = compile_pattern("it *2 [ was ] him")
    assert (pattern.opens, pattern.closes) == (2, 3)
    assert hits_in(["i", "really", "think"])
    assert not hits_in(["i", *["<quote>"] * 5, "think"])


def test_an_excuse_is_asked_once_for_a_clause_however_often_a_rule_begins_to_match() -> None:
    words = ["recently", "he"] * 400
    assert len(hits_in(words)) == 400
    assert hits_in([*words, "<num>"]) == []
