"""A text as words with the places where they stand in it, so that some of them can be put otherwise. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.rules import spoken
from handlers.rules.naming_words import ORDINARY
from handlers.rules.short_forms import ALSO_WORDS

_TOKEN = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*")
_WHOSE = re.compile(r"['’‘ʼ`´][sS]$")


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    """Without the "'s" of whose something is."""
    text: str
    """Folded, and run together."""
    typed: str
    """As it stands there, without the "'s"."""

    @property
    def capital(self) -> bool:
        return self.typed[0].isupper()

    @property
    def plain(self) -> bool:
        """An ordinary word, typed as one."""
        return not self.capital and (self.text in ORDINARY or self.text in ALSO_WORDS)


def read(text: str) -> Iterator[Word]:
    for found in _TOKEN.finditer(text):
        short = _WHOSE.sub("", found[0])
        alone = run_together(short) if any(one.isdigit() for one in short) else "".join(spoken.folded(short))
        yield Word(found.start(), found.start() + len(short), alone, short)


def run_together(text: str) -> str:
    """How a form is compared: `9 c` is `9C`."""
    return "".join(text.casefold().split())
