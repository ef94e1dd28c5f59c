"""Each sentence that names a post or a group is named here, with why it is so whoever holds the posts.

Who has something, who did it and who is told is said by the people themselves: by name, or by their posts as they are
(`reporter/who_has_it`, lived in `tests/handlers/reporter/test_who_has_it.py`). A new sentence that takes a post from
a route, or for granted, fails until somebody says here why it cannot be untrue.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
POSTS = re.compile(r"\b(?:leads?|deput(?:y|ies)|head|chair|governors?|nominated person|trust's)\b", re.IGNORECASE)
LEFT_OUT = re.compile(
    r"handlers/(?:wording/|samples|notice\.py|rules/selftest|.*examples\.py|ui/(?:shapes|may_stand)\.py)"
)
"""Words that are read and shown to nobody, invented people, reasons for whoever reads the code."""
BY_PERSON = "by the posts that the person in question holds"
A_QUESTION = "it asks, and says nothing of who has anything"
ADVICE = "advice of no concern, or of one that reached nobody: whom anybody may go to"
NEGATIVE = "it has reached nobody, so not the leads either"
WHO_MAY = "who may: the same set of posts as the rule asks for"
THEIR_CHANNEL = "about the leads' own channel, or the leads who are told of it there"
SENTENCES = {
    "handlers/account/meant_form.py": BY_PERSON,
    "handlers/referrals/letters/record.py": BY_PERSON,
    "handlers/reporter/who_has_it.py": BY_PERSON,
    "handlers/ui/posts.py": BY_PERSON,
    "handlers/account/questions.py": A_QUESTION,
    "handlers/account/read_as.py": A_QUESTION,
    "handlers/ui/choices.py": A_QUESTION,
    "handlers/adults/form.py: Who leads?": A_QUESTION,
    "handlers/ui/mishaps.py": ADVICE,
    "handlers/ui/plain.py": ADVICE,
    "handlers/desk/answers.py": ADVICE,
    "handlers/desk/asked_card.py": ADVICE,
    "handlers/desk/kept.py: speak to a safeguarding lead": ADVICE,
    "handlers/desk/unanswered.py: reached the leads": NEGATIVE,
    "handlers/need_to_know/break_glass.py": WHO_MAY,
    "handlers/need_to_know/break_glass_card.py: except anybody it names": WHO_MAY,
    "handlers/need_to_know/break_glass_counter.py: except you and anybody it names": WHO_MAY,
    "handlers/need_to_know/break_glass_form.py: except you and anybody it names": WHO_MAY,
    "handlers/need_to_know/wing.py": WHO_MAY,
    "handlers/oversight/commands.py": WHO_MAY,
    "handlers/oversight/figures.py": WHO_MAY,
    "handlers/overview/closed.py: This is for the safeguarding leads and the head": WHO_MAY,
    "handlers/overview/wing.py: the safeguarding leads and the head": WHO_MAY,
    "handlers/overview/closed_card.py: The leads, and reporters whose time has moved": THEIR_CHANNEL,
    "handlers/oversight/quality_card.py": "the sample goes to each lead and to nobody else",
    "handlers/assurance/drill.py": THEIR_CHANNEL,
    "handlers/assurance/drill_card.py": THEIR_CHANNEL,
    "handlers/assurance/troubles.py": THEIR_CHANNEL,
    "handlers/closing/disposing_form.py": "nobody at all can read it then",
    "handlers/rules/packs: ring 999 first, then a lead": ADVICE,
    "handlers/rules/packs: say so to a lead, in person": ADVICE,
    "handlers/rules/packs: tell a lead in person": ADVICE,
    "handlers/rules/packs: take it to a lead at once": ADVICE,
    "handlers/rules/packs: what you know besides goes to a lead": ADVICE,
    "handlers/rules/packs: tell one in person now": "a notice from outside is about a child, and its form names nobody",
    "handlers/rules/packs: a lead who takes this on does not": "nobody's taking it on does it for them",
}
"""By module, with a part of the sentence where the module says others as well."""


@cache
def sentences() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_of_modules(), *_of_the_pack())))


def _of_modules() -> Iterator[str]:
    for path in sorted((ROOT / "handlers").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        if not LEFT_OUT.match(name):
            yield from (f"{name}: {text}" for text in _texts(ast.parse(path.read_text("utf-8"))) if names_a_post(text))


def names_a_post(text: str) -> bool:
    """A sentence, or a part of one, that does; no word by itself, and no place on a body."""
    return " " in text.strip() and bool(POSTS.search(text.replace("of the head", "")))


def _texts(tree: ast.Module) -> Iterator[str]:
    docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=values):
                yield "".join(one.value if isinstance(one, ast.Constant) else "{}" for one in values)
            case ast.Constant(value=str(text)) if node not in docstrings:
                yield text


def _of_the_pack() -> Iterator[str]:
    pack = tomllib.loads((ROOT / "handlers/rules/packs/england_1.toml").read_text("utf-8"))
    said = [(name, row["text"]) for name, row in pack["words"].items()]
    said += [(one["key"], line) for one in (*pack["duties"], *pack["notices"]) for line in _lines(one)]
    yield from (f"handlers/rules/packs {name}: {text}" for name, text in said if names_a_post(text))


def _lines(row: object) -> Iterator[str]:
    match row:
        case str():
            yield row
        case dict():
            for key, value in row.items():
                yield from () if key in {"part", "to_read", "whom"} else _lines(value)
        case list():
            for value in row:
                yield from _lines(value)


def is_known(found: str) -> bool:
    return any(found.startswith(where) and what in found for where, what in _known())


def _known() -> Iterator[tuple[str, str]]:
    for one in SENTENCES:
        where, _, what = one.partition(": ")
        yield where, what


def test_no_sentence_takes_a_post_for_granted():
    strange = [found for found in sentences() if not is_known(found)]
    assert strange == [], "say it by who in fact has it, did it or is told; or say in SENTENCES why it is always so"


def test_no_reason_outlives_its_sentence():
    gone = [f"{where}: {what}" for where, what in _known() if not any(
        found.startswith(where) and what in found for found in sentences()
    )]  # fmt: skip
    assert gone == []


def test_a_new_sentence_is_seen():
    assert names_a_post("A lead has taken it on")
    assert names_a_post("Another lead is being asked.")
    assert not names_a_post("back of the head")
