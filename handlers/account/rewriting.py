"""What a writer who chose *Rewrite* sees above the field: the phrase in its sentence, why, and an example.

It is kept in the draft beside the answers and is no part of the account. Not allowed here: a suggestion of words.
"""

from collections.abc import Iterator

from handlers.rules.chronology import Answers
from handlers.ui.card import Heading, Quote, Words
from handlers.ui.form import Part

NAME = "rewrite"
"""The answer that no field asks for and that holds them; `reported` leaves it out of the account."""


def kept(field: str, *, sentence: str, shown: str, advice: str) -> str:
    """One of them as it stands in the draft: `sentence` is what the field holds, `shown` has the phrase marked."""
    return "\n".join((field, *(_line(text) for text in (advice, shown, sentence))))


def above(field: str, answers: Answers) -> tuple[Part, ...]:
    """What stands above that field; nothing about a sentence that is not in it any more."""
    parts = [part for note in _notes(field, answers) for part in note]
    return (Heading("To rewrite, if you wish"), *parts) if parts else ()


def _notes(field: str, answers: Answers) -> Iterator[tuple[Part, ...]]:
    text = _line(str(answers.get(field) or ""))
    noted = answers.get(NAME, ())
    for note in (noted,) if isinstance(noted, str) else noted:
        where, advice, shown, sentence = [*note.split("\n"), "", "", ""][:4]
        if where == field and sentence and sentence in text:
            yield (Quote(shown), Words(text=advice, subtle=True))


def _line(text: str) -> str:
    return " ".join(text.split())
