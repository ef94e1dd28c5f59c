"""Would a tired teacher in England say it? Every sentence that a person can see, held against what nobody says.

The fields of the dialog behind `/concern` are left to its own tests.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

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
            yield from ((f"{where}:{line}", text) for line, text in _texts(ast.parse(path.read_text("utf-8"))))


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in said and " " in str(node.value).strip():
            yield node.lineno, str(node.value)


SAID = list(sentences())


@pytest.mark.parametrize("stilted", NOBODY_SAYS, ids=NOBODY_SAYS.values())
def test_nothing_is_said_that_nobody_says(stilted: str):
    found = [f"{where}: {text}" for where, text in SAID if re.search(stilted, text)]
    assert not found, f"Say it as a tired teacher would ({NOBODY_SAYS[stilted]}):\n" + "\n".join(found)


def test_there_are_sentences_to_look_at():
    assert len(SAID) > 600
