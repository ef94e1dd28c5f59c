"""No answer falls out in silence: every field says where it goes, and every name that is read is a field's."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.account import bodymap, form, voices
from handlers.account.goes import FIELDS, Goes, into
from handlers.account.window import told
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, PickField, TextField, TimeField
from tests.examples import FORMS

HANDLERS = Path(__file__).parents[2] / "handlers"
SECTIONS = HANDLERS / "referrals" / "letters" / "sections.py"
NAMES = [field.name for field in form.every_field()]
ANSWERS = {"answers", "told", "kept", "fresh", "before"}
"""What answers are called where they are read by name."""


def test_every_field_says_where_it_goes():
    unsaid, gone = [name for name in NAMES if name not in FIELDS], set(FIELDS) - set(NAMES)
    assert not unsaid, f"Say in handlers/account/goes.py where these fields of the form go: {', '.join(unsaid)}."
    assert not gone, f"handlers/account/goes.py says where fields go that the form does not have: {sorted(gone)}."
    assert list(FIELDS) == NAMES, "handlers/account/goes.py keeps the order of the form."


def literals(path: Path) -> set[str]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_a_letter_has_what_is_said_to_go_into_it():
    """By name, or through what reads a family of them: children, the child's words, marks, times."""
    families = ("child_1", "child_2", "child_3", "role_", "happened", "learned")
    read = literals(SECTIONS) | {*voices.WORDS, *bodymap.FIELDS, "marks"}
    named = [name for name in NAMES if name in read or name.startswith(families)]
    assert named == list(into(Goes.LETTER)), "handlers/account/goes.py and letters/sections.py say different things."


def sample(field: Field) -> str | tuple[str, ...]:
    match field:
        case ChoiceField(options=options):
            return options[0].key
        case ChoicesField(options=options):
            return (options[0].key,)
        case DateField():
            return "2026-11-24"
        case TimeField():
            return "10:15"
        case PickField():
            return "5a1d7c1e-0000-4000-8000-0000000000c1"
        case TextField():
            return f"CANARY {field.name}"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in bodymap.FIELDS])
def test_the_window_has_it(name: str):
    """Filled alone among what makes it asked: its answer is read back. Marks are read back as a drawing, elsewhere."""
    asked = {
        "about": "both", "child_2": "any", "child_3": "any", "marks": "3", "happened": "then", "learned": "then",
    }
    field = next(field for field in form.every_field() if field.name == name)
    without = str(list(told({**asked, name: ""}, {})))
    assert str(list(told({**asked, name: sample(field)}, {}))) != without


def test_no_free_text_and_nothing_of_the_adult_goes_with_the_childs_part():
    taken = set(into(Goes.CHILDS_PART))
    free = {field.name for field in form.every_field() if isinstance(field, TextField)} & taken
    assert free <= {"child_now"}
    assert not {name for name in taken if name.startswith("adult")}


def read_by_name() -> Iterator[tuple[str, str]]:
    """Each literal by which an answer is read, with its file."""
    for path in sorted(HANDLERS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found = _read(node)
            if found is not None:
                yield found, str(path.relative_to(HANDLERS.parent))


def _read(node: ast.AST) -> str | None:
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr="get"), args=[ast.Constant(value=str(name)), *_]):
            return name if _answers(of) else None
        case ast.Subscript(value=of, slice=ast.Constant(value=str(name))):
            return name if _answers(of) else None
    return None


def _answers(of: ast.expr) -> bool:
    match of:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in ANSWERS
    return False


def test_every_answer_that_is_read_by_name_is_a_field_somewhere():
    known = {*NAMES, *form.BESIDE, *form.FIRST.values(), *(f.name for one in FORMS.values() for f in one.fields())}
    strange = sorted({(name, path) for name, path in read_by_name() if name not in known})
    assert not strange, f"No form asks for what these files read: {strange}."
    assert len({name for name, _ in read_by_name()}) > 15
