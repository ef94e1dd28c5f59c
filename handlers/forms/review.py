"""The last look before a concern is sent: what was typed, in order, with at most three hints of the wording guard.

One round, and hints alone: nothing is ever rewritten for the writer, and none of it keeps a concern back. The text
as it was first written is kept beside what becomes of it. A concern that is urgent goes without.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.cards.model import Heading, Quote, Words
from handlers.forms import account, concern
from handlers.forms.model import ChoiceField, Form, Option, Part
from handlers.rules.chronology import Answers
from handlers.wording import guard

PAGE = concern.LAST + 1
MOST_HINTS = 3
ROOM = 9_000
"""Bytes of what was typed that are shown again: with the hints it fits a card of 25 KB."""

MOVE, REWRITE, EXACT = "move", "rewrite", "exact"
_OPTIONS = {
    MOVE: Option(key=MOVE, label="Move to my view"),
    REWRITE: Option(key=REWRITE, label="Rewrite"),
    EXACT: Option(key=EXACT, label="This is exactly what I saw or heard"),
}
_FIELDS: Mapping[str, tuple[guard.Field, tuple[str, ...]]] = {
    "facts": (guard.Field.FACTS, (MOVE, REWRITE, EXACT)),
    "own_words": (guard.Field.OWN_WORDS, (REWRITE, EXACT)),
}
"""The fields that the guard reads, and what may become of a phrase there: a child's words are never moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    field: str
    finding: guard.Finding
    phrase: str


def hints(answers: Answers, *, year: str) -> tuple[Hint, ...]:
    """What the guard would point out, in order; nothing once the round is over."""
    if answers.get(concern.HINTED):
        return ()
    found: list[Hint] = []
    for field, (which, _) in _FIELDS.items():
        text = str(answers.get(field) or "")
        checked = guard.check(which, text, year=year)
        found += [Hint(field=field, finding=f, phrase=text[f.start : f.end]) for f in checked.findings]
    return tuple(found[:MOST_HINTS])


def first_written(answers: Answers) -> Answers:
    """The answers with each text kept as it is before anything is said about it; what was kept before stays."""
    kept = {concern.FIRST[field]: answers[field] for field in _FIELDS if answers.get(field)}
    return {**answers, **{name: text for name, text in kept.items() if name not in answers}}


def page(key: str, answers: Answers, names: Mapping[str, str], *, year: str) -> Form:
    """The page, with what the draft holds."""
    found = hints(answers, year=year)
    hinted = (Heading("Worth a second look"), *(part for n, hint in enumerate(found, 1) for part in _hint(n, hint)))
    return _form(
        key,
        (
            Words(text="Check what you wrote, then send it.", subtle=True),
            *(hinted if found else ()),
            Heading("What you wrote"),
            *_again(answers, names),
        ),
    )


def kept(key: str) -> Form:
    """The page when nothing can be looked up: what was typed is in its draft, and sending is tried again."""
    return _form(key, (Words(text="What you wrote was kept as you turned the pages. Press Send to try again."),))


def settle(answers: Answers, chosen: Answers, *, year: str) -> tuple[Answers, bool]:
    """The answers after the round, and whether the writer wants to rewrite. Nothing but what was chosen is done."""
    found = hints(answers, year=year)
    done = [(hint, str(chosen.get(_name(n), ""))) for n, hint in enumerate(found, 1)]
    moved = [hint for hint, choice in done if choice == MOVE and MOVE in _FIELDS[hint.field][1]]
    exact = tuple(f"“{hint.phrase}”" for hint, choice in done if choice == EXACT)
    settled: dict[str, str | tuple[str, ...]] = {**answers, **_moved(answers, moved), concern.HINTED: "yes"}
    if exact:
        settled[concern.CONFIRMED] = exact
    return settled, any(choice == REWRITE for _, choice in done)


def _moved(answers: Answers, hints: list[Hint]) -> Answers:
    """Each phrase out of the facts and, as it stands, into the view; every other character stays where it is."""
    if not hints:
        return {}
    facts, view = str(answers.get("facts") or ""), str(answers.get("view") or "")
    for hint in sorted(hints, key=lambda hint: -hint.finding.start):
        facts = facts[: hint.finding.start] + facts[hint.finding.end :]
    lines = [*([view] if view else []), *(hint.phrase for hint in hints)]
    return {"facts": facts, "view": "\n".join(lines)}


def _hint(number: int, hint: Hint) -> tuple[Part, ...]:
    label = f"{number}. What shall become of these words?"
    options = tuple(_OPTIONS[key] for key in _FIELDS[hint.field][1])
    advice = f"{hint.finding.why} For instance: {hint.finding.example}"
    return (
        Quote(hint.phrase),
        Words(text=advice, subtle=True),
        ChoiceField(name=_name(number), label=label, options=options),
    )


def _name(number: int) -> str:
    return f"hint_{number}"


def _again(answers: Answers, names: Mapping[str, str]) -> list[Part]:
    shown: list[Part] = []
    room = ROOM
    for part in account.told(answers, names):
        room -= account.weight(part)
        if room < 0:
            return [*shown, Words(text="The rest is kept as you typed it; go back to read it.", subtle=True)]
        shown.append(part)
    return shown


def _form(key: str, parts: tuple[Part, ...]) -> Form:
    return Form(id=concern.ID, key=key, page=PAGE, title="Check and send", parts=parts, submit="Send", back=True)
