"""Each child's own words in a place of their own, under that child's name where there are several.

What a child said is kept as it was typed: never trimmed, corrected or flagged for dialect. That a child said nothing
is an answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.account import read_as
from handlers.rules.chronology import Answers
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import choices, visible
from handlers.ui.form import LONGEST, ChoiceField, Field, Part, TextField

_SAY = ENGLAND.words
_SPEAKERS = {"child_1": "", "child_2": "_2", "child_3": "_3"}
"""By the field in which the child is picked, what the names of their own fields end with."""
_WHICH = {"child_1": "The child", "child_2": "The second child", "child_3": "The third child"}
_WORDS, _HOW = "own_words", "told_by"
WORDS = tuple(f"{_WORDS}{end}" for end in _SPEAKERS.values())
"""The fields that hold what a child said."""
TOLD = tuple(f"{_HOW}{end}" for end in _SPEAKERS.values())
"""The fields that say how they said it, in the same order."""
NOTHING = "nothing"
"""Told in no way: the key of that choice."""


CHILDREN = tuple(_SPEAKERS)
"""The fields in which a child is picked, in order."""
INTERPRETER = TextField(
    name="told_with", label="Who interpreted?", hint="Full name, and the language.", most=200, asks=Asks.NAME
)


def words_of(child: str) -> TextField:
    """What that child said, exactly."""
    label, most = f"{_WHICH[child]}'s exact words", LONGEST if child == CHILDREN[0] else 2000
    hint = _SAY["own_words"] if child == CHILDREN[0] else ""
    return TextField(name=f"{_WORDS}{_SPEAKERS[child]}", label=label, hint=hint, long=True, most=most, signs=True)


def how_told(child: str) -> ChoiceField:
    label = f"How {_WHICH[child].lower()} told you"
    return ChoiceField(name=f"{_HOW}{_SPEAKERS[child]}", label=label, options=choices.TOLD_BY, menu=True)


def speaks(child: str) -> Callable[[Answers], bool]:
    """The first child always; a further one who is named, or has words already."""
    return lambda answers: child == CHILDREN[0] or _is_there(child, answers)


def has_words(child: str) -> Callable[[Answers], bool]:
    return lambda answers: bool(answers.get(f"{_WORDS}{_SPEAKERS[child]}"))


def was_interpreted(answers: Answers) -> bool:
    return any(answers.get(f"{_HOW}{end}") == "interpreter" for end in _SPEAKERS.values())


def said_something(answers: Answers) -> bool:
    """Whether a child's words are given: a picture or a sign may stand for them, a full stop may not."""
    return any(visible.can_be_read(str(answers.get(name) or ""), signs=True) for name in WORDS)


def said_nothing(answers: Answers) -> bool:
    """Whether it is an answer that a child said nothing."""
    return any(answers.get(f"{_HOW}{end}") == NOTHING for end in _SPEAKERS.values())


def label(field: Field, answers: Answers, names: Mapping[str, str]) -> str:
    """How an answer is headed for its reader: with the child's name in it where it is a child's."""
    return _of_a_child(field, answers, names) or read_as.label(field)


def _of_a_child(field: Field, answers: Answers, names: Mapping[str, str]) -> str:
    """The label with the child's name in it; empty where it is no child's, or nobody was picked."""
    child = _child_of(field.name)
    name = names.get(str(answers.get(child, "")), "") if child else ""
    if not name:
        return ""
    return f"{name}: exact words" if field.name.startswith(_WORDS) else f"{name}: how they told it"


def named(part: Part, answers: Answers, names: Mapping[str, str]) -> Part:
    """The field as the writer sees it: with the child's name in its label where there are several children."""
    several = any(_is_there(child, answers) for child in ("child_2", "child_3"))
    if several and isinstance(part, TextField | ChoiceField) and _child_of(part.name):
        return replace(part, label=_of_a_child(part, answers, names) or part.label)
    return part


def _is_there(child: str, answers: Answers) -> bool:
    """Taking a child out of the list does not take their words away."""
    end = _SPEAKERS[child]
    return any(answers.get(name) for name in (child, f"{_WORDS}{end}", f"{_HOW}{end}"))


def _child_of(name: str) -> str:
    return next((child for child, end in _SPEAKERS.items() if name in {f"{_WORDS}{end}", f"{_HOW}{end}"}), "")
