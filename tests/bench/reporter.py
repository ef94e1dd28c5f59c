"""Count what a teacher reads, presses and types for a concern: `python -m tests.bench.reporter`. Asserts nothing.

The model of an outsider who timed the first form: 40 words typed a minute, 1.2 s a press, 250 words read a minute. The
first time everything shown is read, afterwards nothing. A menu takes two presses, and so does a typeahead. What is
in a closed menu is not read. The texts are those of a usual concern: a child has told a teacher something today.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from handlers.account import form as concern
from handlers.account import quick, review
from handlers.rules.chronology import Answers
from handlers.ui.card import Facts, Heading, Quote, Sketch, Words
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, Part, PickField, TextField, TimeField

TYPED_A_MINUTE = 40
READ_A_MINUTE = 250
A_PRESS = 1.2
LISTED = 10
"""Choices of several in one list; more are a closed menu on both platforms."""
MIA = str(UUID(int=901))
NAMES = {MIA: "Mia Patel · 8B · Year 8"}
USUAL: Answers = {
    "danger": "no", "about": "child", "child_1": MIA, "urgency": "today", "told_lead": "no",
    "role_1": "harmed", "source": "child", "happened": "today", "place": "corridor",
    "learned": "same",
    "facts": "Mia came to me after lunch in the corridor by the hall. She held her left sleeve down and was crying.",
    "own_words": "I don't want to go on the bus because they wait for me",
    "done": "I sat with her and told her I would tell a lead.",
    "safe_home": "unsure", "kinds": ("bullying",), "own_account": ("yes",),
}  # fmt: skip
QUICK: Answers = {"child_1": MIA, "facts": "Crying at the gate, would not go in.", "urgency": "today"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What one way through a form costs."""

    read: int = 0
    typed: int = 0
    presses: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            read=self.read + other.read, typed=self.typed + other.typed, presses=self.presses + other.presses
        )

    @property
    def practised(self) -> float:
        """Seconds for somebody who knows the form."""
        return self.typed * 60 / TYPED_A_MINUTE + self.presses * A_PRESS

    @property
    def first(self) -> float:
        """Seconds for somebody who reads every word that is shown."""
        return self.practised + self.read * 60 / READ_A_MINUTE


def main() -> None:
    pages = [*full(), last_look()]
    for name, count in (("full concern", _sum(pages)), ("quick concern", _of(quick.form("k", {}, NAMES), QUICK))):
        print(
            f"{name}: {count.read} words shown, {count.presses} presses, {count.typed} words typed: "
            f"{count.first:.0f} s the first time, {count.practised:.0f} s practised"
        )
    print("words shown by page:", ", ".join(str(page.read) for page in pages))


def full() -> Iterator[Count]:
    """Each page as it is drawn from what was answered before it."""
    told: Answers = {}
    for number in range(1, concern.LAST + 1):
        form = concern.page("k", number, told, NAMES)
        told = {**told, **{field.name: USUAL[field.name] for field in form.fields() if field.name in USUAL}}
        yield _of(form, USUAL)


def last_look() -> Count:
    """Without the writer's own words, which are not new to them."""
    form = review.page("k", USUAL, NAMES, year="Y8")
    own = next(place for place, part in enumerate(form.parts) if part == Heading("What you wrote"))
    return _of(replace(form, parts=form.parts[: own + 1]), {})


def _of(form: Form, answers: Answers) -> Count:
    buttons = [form.submit or "Send", *(["Back"] if form.back else [])]
    shown = [form.title, *buttons, *(text for part in form.parts for text in _shown(part))]
    answered = [field for field in form.fields() if answers.get(field.name)]
    return Count(
        read=_words(shown),
        typed=_words([str(answers[field.name]) for field in answered if isinstance(field, TextField)]),
        presses=1 + sum(_presses(field) for field in answered),
    )


def _shown(part: Part) -> Sequence[str]:
    match part:
        case Heading(text) | Quote(text):
            return [text]
        case Words():
            return [part.text]
        case Facts(pairs):
            return [f"{name} {value}" for name, value in pairs]
        case Sketch(alt=alt):
            return [alt]
        case _:
            return [part.label, part.hint, "" if part.required else "(optional)", *_options(part)]


def _options(field: Field) -> Sequence[str]:
    match field:
        case ChoiceField(menu=False, options=options):
            return [option.label for option in options]
        case ChoicesField(options=options) if len(options) <= LISTED:
            return [option.label for option in options]
        case _:
            return []


def _presses(field: Field) -> int:
    match field:
        case ChoiceField(menu=False) | TextField():
            return 1
        case ChoicesField(options=options):
            return 1 if len(options) <= LISTED else 2
        case ChoiceField() | DateField() | TimeField() | PickField():
            return 2


def _words(texts: Sequence[str] | Mapping[str, str]) -> int:
    return sum(len(text.split()) for text in texts)


def _sum(counts: Sequence[Count]) -> Count:
    return sum(counts, Count())


if __name__ == "__main__":
    main()
