"""Nobody is named as the staff list writes them: two of one name would read alike. Names come from `handlers/staff`."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEOPLE = frozenset({"by", "person", "owner", "lead", "colleague", "reporter", "reader", "teacher", "writer", "before"})
MAY = {
    "handlers/ui/who.py": "it is where they are told apart",
    "handlers/search.py": "what is searched, and not what is shown",
    "handlers/actions/giving.py": "by which a list is put in order",
    "handlers/leaving.py": "what a card is held against",
    "handlers/reporter/danger_card.py": "a value whose name is from `handlers/staff`",
    "handlers/record/for_child.py": "whose names are looked for in a text",
    "handlers/referrals/letters/record.py": "who signs a letter to an agency: with post, number and address beside it",
}


def _bare(path: Path) -> Iterator[str]:
    """Each place where a person's own name is taken."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Attribute(value=ast.Name(id=whose) | ast.Attribute(attr=whose), attr="name") if whose in PEOPLE:
                yield f"{path.relative_to(ROOT)}: {ast.unparse(node)}"


def _found() -> Iterator[str]:
    for path in sorted((ROOT / "handlers").rglob("*.py")):
        name = path.relative_to(ROOT / "handlers").as_posix()
        if not name.startswith(("rules/", "wording/")) and "examples" not in name:
            yield from _bare(path)


def test_nobody_is_named_as_the_staff_list_writes_them():
    strange = [found for found in _found() if found.partition(":")[0] not in MAY]
    assert strange == [], "take the name from `handlers/staff`, where two of one name are told apart"


def test_no_reason_outlives_what_it_excuses():
    assert set(MAY) - {found.partition(":")[0] for found in _found()} <= {"handlers/referrals/letters/record.py"}
