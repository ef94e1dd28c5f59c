"""The text boundary: what somebody typed, on its way in from any platform (ASSURANCE, "Text boundary").

Pure, and the same for every platform. Nothing is shortened here, and nothing is read as markup.
"""

import re
import unicodedata

from handlers.ui import visible

_TAKEN_OUT = re.compile("[\x00\ud800-\udfff]")


def clean(text: str) -> str:
    """NFC; NUL and lone surrogates taken out, what nobody sees shown as `[U+202E]`, every other character kept."""
    return visible.shown(unicodedata.normalize("NFC", _TAKEN_OUT.sub("", text)))
