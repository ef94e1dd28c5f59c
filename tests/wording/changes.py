"""Accidents of writing that must not change what is said of a sentence: stops, capitals, a true neighbour, a name.

`python -m tests.wording.changes` prints for how many notes of the corpus each of them changes the verdict.
Not allowed here: a change that tells a reader anything about what the note says.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from handlers.wording.guard import Checked, Field, check
from handlers.wording.text import NAME, tokens_of
from tests.wording import corpus
from tests.wording.corpus import Note

_ENDS = ".!?"
_NO_SENTENCE = frozenset(_ENDS + "\"”'’)")


@dataclass(frozen=True, slots=True)
class Changed:
    """A text, and where in it the note's own words begin and end."""

    text: str
    start: int
    end: int


Change = Callable[[str], Changed | None]
"""From a note's text to the changed one; nothing where the change does not apply."""


def _with(before: str, text: str, after: str = "") -> Changed:
    return Changed(before + text + after, len(before), len(before) + len(text))


def _stopped(text: str) -> Changed | None:
    plain = text.rstrip()
    if plain.endswith(".") and not plain.endswith(".."):
        return _with("", plain[:-1])
    return _with("", plain, ".") if plain[-1].isalnum() else None


def _ended(text: str) -> str:
    return text if text.rstrip()[-1] in _ENDS else text.rstrip() + "."


def _open_ended(text: str) -> str | None:
    """The text without the stop that ends it, to be gone on from; nothing where a quotation or a question ends it."""
    plain = text.rstrip()
    plain = plain[:-1] if plain.endswith(".") else plain
    return plain if plain and plain[-1].isalnum() else None


def _joined(after: str) -> Change:
    def change(text: str) -> Changed | None:
        plain = _open_ended(text)
        return None if plain is None else _with("", plain, after)

    return change


def renamed(text: str, name: str) -> str | None:
    """The text with each name in it another one; nothing where there is none."""
    tokens = tokens_of(text)
    named = [
        at for at, symbol in enumerate(tokens.symbols) if symbol == NAME and tokens.text[tokens.starts[at]].isupper()
    ]
    named = [at for at in named if len(tokens.words[at]) > 3]
    for at in reversed(named):
        ending = "'s" if tokens.words[at].endswith("'s") else ""
        text = text[: tokens.starts[at]] + name + ending + text[tokens.ends[at] :]
    return text if named else None


def _swapped(name: str) -> Change:
    def change(text: str) -> Changed | None:
        other = renamed(text, name)
        return None if other is None else _with("", other)

    return change


CHANGES: Mapping[str, Change] = {
    "the final full stop": _stopped,
    "lower case": lambda text: _with("", text.lower()) if len(text.lower()) == len(text) else None,
    "capitals": lambda text: _with("", text.upper()) if len(text.upper()) == len(text) else None,
    "sentence case": lambda text: (
        _with("", text[0].upper() + text[1:].lower()) if len(text.lower()) == len(text) else None
    ),
    "a capital first": lambda text: _with("", text[0].upper() + text[1:]),
    "a time and a place before": lambda text: _with("At 10.40 today in the hall: ", text),
    "a sentence before": lambda text: _with("I was on the gate this morning. ", text),
    "two sentences before": lambda text: _with("Monday 3 March, lesson 2. I was at the front of the room. ", text),
    "a line before": lambda text: _with("I took the register at 8.50\n", text),
    "a joined sentence before": lambda text: _with("I was standing by the door, and ", text),
    "a sentence behind": lambda text: _with("", _ended(text), " I wrote this down at 3.15."),
    "two sentences behind": lambda text: _with("", _ended(text), " The bell went at 3.10. I walked to the office."),
    "a line behind": _joined("\nI walked to the office"),
    "a joined sentence behind": _joined(", and I walked to the office."),
    "a date and a dash before": lambda text: _with("14/1, 10.15 - ", text),
    "what the writer was at before": lambda text: _with("As I was tidying up, ", text),
    "what the writer asked before": lambda text: _with("I asked him to sit down. ", text),
    "what the writer told behind": lambda text: _with("", _ended(text), " I told Mrs Khan at 3.20."),
    "a dash behind": _joined(" - I logged it at 3."),
    "joined without a comma behind": _joined(" and then I rang the office."),
    "another name": _swapped("Temitope"),
    "a short name": _swapped("Bo"),
}


Verdict = tuple[str, ...]


def verdict(note: Note, changed: Changed) -> tuple[Verdict, bool]:
    """The kinds marked in the note's own words, and whether anything is marked in what was put beside them."""
    found = _checked(note.field, changed.text, note.year).findings
    own = [one for one in found if one.start < changed.end and one.end > changed.start]
    return tuple(sorted(one.kind for one in own)), len(own) < len(found)


@lru_cache(maxsize=16_384)
def _checked(field: str, text: str, year: str) -> Checked:
    """Each text is looked at once, however many changes leave it as it is."""
    return check(Field(field), text, year=year)


def upset(note: Note, change: Change) -> bool | None:
    """Whether the change changes what is said of the note; nothing where it does not apply to it."""
    changed = change(note.text)
    if changed is None:
        return None
    return verdict(note, changed) != verdict(note, Changed(note.text, 0, len(note.text)))


def main() -> None:
    """The share of the notes that each change upsets."""
    for field in (Field.FACTS, Field.OWN_WORDS):
        notes = corpus.notes(field)
        for name, change in CHANGES.items():
            told = [one for note in notes if (one := upset(note, change)) is not None]
            print(f"{field} {name}: {sum(told)} of {len(told)} ({100 * sum(told) / max(1, len(told)):.2f} %)")


if __name__ == "__main__":
    main()
