"""Would a tired teacher in England say it? Every sentence that a person can see, held against what nobody says.

The fields of the dialog behind `/concern` are left to its own tests.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from handlers.rules.letters import LETTERS
from handlers.rules.pack import ENGLAND
from handlers.ui import choices

HANDLERS = Path(__file__).parents[2] / "handlers"
ADAPTERS = [HANDLERS.parent / "bot" / name for name in ("slack", "teams")]
LEFT_OUT = ("account/form.py", "account/quick.py", "wording/", "rules/names/")
NOBODY_SAYS = {
    r"\bshall\b": "will",
    r"\b[Ww]hom (?:did|are|do|is|was)\b|^[Ww]ith whom\b": "who",
    r"\bgoes on in\b|\bgo on in\b": "has been merged into",
    r"\bbecome of these\b": "what do you want to do with",
    r"\bWhose record is it (?:not)?\?": "whose record is it in by mistake",
    r"\bif you leave (?:it|this|both)\b": "leave this for",
    r"\bby (?:their|its) post\b": "normally",
    r"\bis being told, and\b|\bless any(?:body|one)\b": "except",
    r"\bconcern(?: that you sent)? is safe\b": "it can be heard as the child is",
    r"\bno longer yours to see\b|\bsees it no longer\b|\bread it no longer\b": "can no longer see",
    r"\bstands as\b|\bstands on no\b": "is",
    r"\bin their chat now\b": "they are being told: it has not arrived yet",
    r"\bDigest of\b|\bAudit receipt\b": "Proof",
    r"^One (?:sees|can see)\b|\bCan one\b": "Is it clear",
    r"!(?:\s|$)": "no exclamation marks",
}


def sentences() -> Iterator[tuple[str, str]]:
    """Each text of the program that has a space in it, docstrings left out, with where it stands."""
    folders = (HANDLERS, *ADAPTERS)
    for path in sorted(file for folder in folders for file in folder.rglob("*.py")):
        where = str(path.relative_to(HANDLERS.parent))
        if not any(left in where for left in LEFT_OUT):
            yield from ((f"{where}:{line}", text) for line, text in _texts_of(path))


@cache
def _texts_of(path: Path) -> Sequence[tuple[int, str]]:
    """Read when a test asks for it, once: a run that only collects the tests does not wait for every file."""
    return list(_texts(ast.parse(path.read_text("utf-8"))))


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in said and " " in str(node.value).strip():
            yield node.lineno, str(node.value)


@pytest.mark.parametrize("stilted", NOBODY_SAYS, ids=NOBODY_SAYS.values())
def test_nothing_is_said_that_nobody_says(stilted: str):
    found = [f"{where}: {text}" for where, text in sentences() if re.search(stilted, text)]
    assert not found, f"Say it as a tired teacher would ({NOBODY_SAYS[stilted]}):\n" + "\n".join(found)


def everything_said() -> list[tuple[str, str]]:
    """The same, of every file of the handlers and of the pack: what a rule of this kind leaves out, none may."""
    code = [
        (f"{path.relative_to(HANDLERS.parent)}:{line}", text)
        for path in sorted(HANDLERS.rglob("*.py"))
        for line, text in _texts_of(path)
    ]
    guidance = [(f"words.{key}", text) for key, text in ENGLAND.words.items()]
    letters = [
        (f"letters.{key}", text) for key, one in LETTERS.items() for text in (one.title, *one.opening, *one.closing)
    ]
    hints = [(f"actions.{kind}", usual.hint) for kind, usual in ENGLAND.actions.kinds.items()]
    duties = [(f"duties.{one.key}", text) for one in ENGLAND.duties for text in (*one.text, one.limit, one.exceptions)]
    return [*code, *guidance, *letters, *hints, *duties]


def test_what_may_be_left_is_left_blank():
    """“Leave it” may be read as “leave the matter”."""
    bare = re.compile(r"\b[Ll]eave (?:it|this|both|them)\b(?! blank)(?=[.,:;]|$| (?:for|to|empty)\b)")
    assert not [f"{where}: {text}" for where, text in everything_said() if bare.search(text)]
    assert bare.search("If you are not sure, leave it: it is treated as serious.")
    assert not bare.search("Leave both blank to use the time now.")


ABOUT_ADULTS = {
    "handlers/ui/choices.py", "handlers/oversight/patterns_form.py", "handlers/record/labels.py",
    "handlers/triage/adult_form.py", "words.in_doubt", "words.low_level", "words.low_level_reference",
}  # fmt: skip
"""Where “low-level” may stand: how serious it may be of an adult, how a concern about one is triaged and recorded, and
a pattern of several about one adult."""


def test_low_level_is_said_of_adults_alone():
    term = re.compile(r"\blow[- ]level\b", re.IGNORECASE)
    found = {where.partition(":")[0] for where, text in everything_said() if term.search(text)}
    elsewhere = {where for where in found if not where.startswith("handlers/adults/")}
    assert elsewhere - {"handlers/rules/selftest.py"} == ABOUT_ADULTS  # the self-test's row is about an adult
    of_children = [*choices.KINDS, *choices.PARTS_PLAYED, *choices.URGENCY]
    assert not [option.label for option in of_children if term.search(option.label)]


def test_there_are_sentences_to_look_at():
    assert sum(1 for _ in sentences()) > 600
