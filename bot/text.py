"""The text boundary: what somebody typed, on its way in from any platform (ASSURANCE, "Text boundary").

Pure, and the same for every platform. Nothing is shortened here, and nothing is read as markup.
"""

import re
import unicodedata

_TAKEN_OUT = re.compile("[\x00\ud800-\udfff]")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Unicode's Bidi_Control property: characters that turn the order of what is read without being seen."""


def clean(text: str) -> str:
    """NFC; NUL and lone surrogates taken out, bidi controls shown as `[U+202E]`, every other character kept."""
    composed = unicodedata.normalize("NFC", _TAKEN_OUT.sub("", text))
    return _DIRECTIONS.sub(_shown, composed)


def _shown(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
