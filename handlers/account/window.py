"""The reading window: an account as it was given, in pages, for one person who may read it.

It follows the fields of `forms.concern`, so a new field is shown here without a line of its own.
"""

from collections.abc import Iterator, Mapping, Sequence

from handlers import staff
from handlers.account import bodymap, meant_form, voices
from handlers.account import form as concern_form
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import ChoiceField, ChoicesField, Field, Form, Part, PickField, TextField
from handlers.ui.pages import paged, pieces

ID = "account"
QUESTIONS = "questions"


def window(
    key: str,
    title: str,
    about: Sequence[Part],
    answers: Answers,
    names: Mapping[str, str],
    *,
    number: int,
    after: Sequence[Part] = (),
) -> Form:
    """Page `number` of the window; out of range shows the last one. `about` opens it, `after` ends it."""
    pages = paged((*about, *told(answers, names), *after))
    number = max(1, min(number, len(pages)))
    more = number < len(pages)
    where = (Words(text=f"Part {number} of {len(pages)}", subtle=True),) if len(pages) > 1 else ()
    return Form(
        id=ID,
        key=key,
        page=number,
        title=title,
        parts=(*where, *pages[number - 1]),
        submit="Next part" if more else "",
        back=number > 1,
    )


def told(answers: Answers, names: Mapping[str, str]) -> Iterator[Part]:
    """Every answer in the order of the form, then what was kept beside it."""
    yield from _fields(answers, names)
    for name, label in concern_form.BESIDE.items():
        if name == verdict.ANSWER and answers.get(name):
            yield Heading(label)
            yield Facts(who_is_meant(answers, names))
        elif value := answers.get(name):
            yield Heading(label)
            yield from pieces(value if isinstance(value, str) else "\n".join(value))


def who_is_meant(answers: Answers, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Who was asked about, and what the writer said of each."""
    said = verdict.told(answers)
    return tuple((names.get(str(id), staff.UNKNOWN), meant_form.TOLD[answer]) for id, answer in said)


def _fields(answers: Answers, names: Mapping[str, str]) -> Iterator[Part]:
    short: list[tuple[str, str]] = []
    for field in concern_form.fields(answers):
        value = answers.get(field.name)
        if not value:
            continue
        long = _long(field, str(value), answers, names)
        if not long and field.name not in bodymap.FIELDS:
            short.append((voices.label(field, answers, names), shown(field, value, names)))
        elif long:
            yield from _flushed(short)
            yield from long
    yield from _flushed(short)


def _flushed(short: list[tuple[str, str]]) -> Iterator[Part]:
    """What has gathered of short answers, once."""
    if short:
        yield Facts(tuple(short))
        short.clear()


def _long(field: Field, value: str, answers: Answers, names: Mapping[str, str]) -> tuple[Part, ...]:
    """What does not fit on a line: a long answer under its label, or the marks where the first of them stands."""
    if field.name in bodymap.FIELDS:
        return bodymap.parts(answers) if field.name == bodymap.first(answers) else ()
    if not isinstance(field, TextField) or not field.long:
        return ()
    text = numbered(value) if field.name == QUESTIONS else value
    return (Heading(voices.label(field, answers, names)), *pieces(text))


def numbered(text: str) -> str:
    """Each question that was asked on a line of its own, numbered; the words of each as they were typed."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def shown(field: Field, value: str | tuple[str, ...], names: Mapping[str, str]) -> str:
    """An answer as words: the label of a choice, the name of an id."""
    if isinstance(field, ChoiceField | ChoicesField):
        labels = {option.key: option.label for option in field.options}
        chosen = (value,) if isinstance(value, str) else value
        return ", ".join(labels.get(key, key) for key in chosen)
    if isinstance(field, PickField):
        return names.get(str(value), "no longer on the list")
    return value if isinstance(value, str) else ", ".join(value)
