"""Where each answer of the form goes beside the record itself: said once a field, so that nothing falls out in silence.

To add a field, say here whether the child's part, a letter and the chronology have it, and whether it is about the
first child alone. The window has every answer.
"""

from collections.abc import Mapping
from enum import Flag, auto
from functools import cache


class Goes(Flag):
    WINDOW = auto()
    """Read by whoever may read the account."""
    CHILDS_PART = auto()
    """With the child's part of a concern about both: chosen from a list, and nothing that tells of the adult."""
    LETTER = auto()
    """In a letter to an agency, where the letter has that part."""
    CHRONOLOGY = auto()
    """Word for word in the chronology; the rest is in the account itself."""
    OF_THE_FIRST = auto()
    """Asked about "the child", who is the first one picked: left out of what is made for another child alone."""


_OF_A_MARK = ("", "side_", "look_", "broken_", "why_", "by_")
_NOWHERE = Goes(0)
"""It only says what the next page asks, and is no part of the account."""
_READ = Goes.WINDOW
_CHILDS = Goes.WINDOW | Goes.CHILDS_PART
_LETTER = Goes.WINDOW | Goes.LETTER
_TOLD = Goes.WINDOW | Goes.LETTER | Goes.CHRONOLOGY
_FIRST = Goes.OF_THE_FIRST
_BOTH = Goes.WINDOW | Goes.CHILDS_PART | Goes.LETTER

FIELDS: Mapping[str, Goes] = {
    "danger": _CHILDS,
    "about": _READ,
    "urgency": _READ,
    "told_lead": _CHILDS,
    "told_whom": _READ,
    "involved": _READ,
    "close": _READ,
    "relative": _READ,
    "source": _CHILDS,
    "child_1": _BOTH,
    "role_1": _BOTH,
    "child_2": _BOTH,
    "role_2": _BOTH,
    "child_3": _BOTH,
    "role_3": _BOTH,
    "child_other": _LETTER,
    "adult": _LETTER,
    "adult_other": _LETTER,
    "adult_post": _LETTER,
    "adult_weight": _READ,
    "happened": _BOTH,
    "happened_date": _BOTH,
    "happened_time": _BOTH,
    "learned": _BOTH,
    "learned_date": _BOTH,
    "learned_time": _BOTH,
    "place": _BOTH,
    "place_words": _LETTER,
    "facts": _TOLD,
    "own_words": _TOLD,
    "told_by": _LETTER,
    "own_words_2": _TOLD,
    "told_by_2": _LETTER,
    "own_words_3": _TOLD,
    "told_by_3": _LETTER,
    "told_with": _LETTER,
    "questions": _LETTER | _FIRST,
    "further": _NOWHERE,
    "others": _TOLD,
    "present": _LETTER,
    "looked": _LETTER | _FIRST,
    "marks": _BOTH | _FIRST,
    "view": _LETTER,
    **{f"mark_{what}{number}": _LETTER | _FIRST for number in "123" for what in _OF_A_MARK},
    "done": _LETTER,
    "child_now": _BOTH | _FIRST,
    "safe_home": _BOTH | _FIRST,
    "parent_told": _BOTH | _FIRST,
    "parent_words": _LETTER | _FIRST,
    "wishes": _LETTER | _FIRST,
    "said_whom": _READ | _FIRST,
    "kinds": _CHILDS,
    "notes": _READ,
    "own_account": _READ,
}
"""By name. What the child's part says of how soon and what it is about is its own (`need_to_know.placing`)."""


@cache
def into(where: Goes) -> tuple[str, ...]:
    """The fields that go there, in the order of the form."""
    return tuple(name for name, goes in FIELDS.items() if where in goes)
