"""What counts as an answer: what nobody sees is shown as its number, and is none; nor is a lone ".". Pure.

A text may hold what no eye finds: controls, characters of no width, tags, fillers. Read aloud, printed or searched
it is then not what it looks like, and a rationale of nothing but U+200B is no rationale. What writing needs is left
alone: the joiners of Arabic and Indian scripts, and what makes one emoji of several, the flags of nations among it.

What must be answered in words needs a letter or a figure of some script. What a child said may be a picture or a sign
besides, and nothing else: a full stop is neither.
"""

import re
import unicodedata

_FLAGS = ("gbeng", "gbsct", "gbwls")
"""The flags that are written with tag characters (Unicode, "RGI emoji tag sequence set")."""
_TAGGED = "|".join("\U0001f3f4" + "".join(chr(0xE0000 + ord(one)) for one in flag) + "\U000e007f" for flag in _FLAGS)
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, less tab and the ends of lines
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Cc and Cf, Unicode's Default_Ignorable_Code_Point, the separators of lines, and the blank of Braille."""
_EITHER = re.compile(f"{_TAGGED}|[{_UNSEEN}]")
_SHOWN = re.compile(r"\[U\+[0-9A-F]{4,6}\]")

_JOINERS = "\u200c\u200d"
_STYLES = "\ufe0e\ufe0f"
_KEYCAP = "\u20e3"
_JOINED = (
    "ARABIC", "SYRIAC", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "MONGOLIAN",
)  # fmt: skip
"""Scripts whose words are written with joiners, as Unicode's names of their letters begin."""


_STANDS_FOR_NOTHING = "\ufffc\ufffd"
"""What is left of a picture that was pasted with its words, and of letters that could not be read."""


def shown(text: str) -> str:
    """The text with each character that nobody sees as `[U+200B]`; every other character is kept."""
    return _EITHER.sub(_as_number, text)


def says_something(text: str) -> bool:
    """Whether anything in it can be seen: neither blanks alone, nor what `shown` has made of the unseen."""
    seen = _EITHER.sub("", _SHOWN.sub("", text))
    return any(unicodedata.category(one)[0] not in "ZCM" and one not in _STANDS_FOR_NOTHING for one in seen)


def can_be_read(text: str, *, signs: bool = False) -> bool:
    """Whether there is a letter or a figure in it, of any script; with `signs` a picture or a sign counts too."""
    seen = _EITHER.sub("", _SHOWN.sub("", text))
    kinds = {unicodedata.category(one) for one in seen if one not in _STANDS_FOR_NOTHING}
    return not kinds.isdisjoint(_READ | _PICTURES if signs else _READ)


_READ = frozenset({"Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No"})
"""Letters and figures; not Lm: a letter that only modifies another says nothing by itself."""
_PICTURES = frozenset({"So"})


def _as_number(found: re.Match[str]) -> str:
    if len(found[0]) > 1 or _is_needed(found.string, found.start()):
        return found[0]
    return f"[U+{ord(found[0]):04X}]"


def _is_needed(text: str, at: int) -> bool:
    """Whether what stands there is a part of what is seen around it."""
    one, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if one in _STYLES:
        return _is_picture(before) or (before != "" and before in "0123456789#*" and after == _KEYCAP)
    if one not in _JOINERS:
        return False
    if before == "\ufe0f" and at > 1:
        before = text[at - 2]
    pictures = one == "\u200d" and _is_picture(before) and _is_picture(after)
    return pictures or (_is_joined(before) and (_is_joined(after) or one == "\u200d"))


def _is_picture(one: str) -> bool:
    """A sign, or the tone of one (Unicode: So, Sm, Sk), or one of the marks that emoji are made of."""
    if not one or _EITHER.match(one):
        return False
    return unicodedata.category(one) in {"So", "Sm", "Sk"} or one in "\u203c\u2049\u3030\u303d"


def _is_joined(one: str) -> bool:
    return one != "" and not _EITHER.match(one) and unicodedata.name(one, "").startswith(_JOINED)
