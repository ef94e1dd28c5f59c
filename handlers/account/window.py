"""The reading window: an account as it was given, in pages, for one person who may read it.

What a lead must know stands first: who, danger, how soon, the child's own words, the facts. What is known about the
account itself is folded into two lines. It follows the fields of `form`: a new one is shown without a line of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers import staff
from handlers.account import bodymap, meant_form, read_as, voices
from handlers.account import form as concern_form
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.ui.card import Button, Buttons, Facts, Heading, Words
from handlers.ui.form import Field, Form, Part, TextField
from handlers.ui.pages import paged, pieces

ID = "account"
QUESTIONS = "questions"
IN_DANGER = "This says that somebody may be in danger."
"""What was said stays true, whenever it is read."""
_CHILDREN = tuple((f"child_{number}", f"role_{number}") for number in concern_form.CHILDREN)
_ADULT = ("adult", "adult_other", "adult_post", "adult_weight")
_SPOKEN = tuple(zip(voices.WORDS, voices.TOLD, strict=True))
IN_SHORT = frozenset({*(name for pair in _CHILDREN for name in pair), "child_other", *_ADULT, "danger", "urgency"})
"""What stands at the head of the window, a line each."""
ABOUT_IT = ("source", "about", "own_account")
TIMES = frozenset(f"{what}{part}" for what in ("happened", "learned") for part in ("", "_date", "_time"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is known of an account that has been sent, beside what it says."""

    by: str
    at: str
    """When it came in."""
    soon: str
    """How soon, as it counts: danger outweighs what was chosen."""
    times: str
    """When it happened, was learned and was recorded, in one sentence; empty where that was not asked."""
    state: tuple[tuple[str, str], ...] = ()
    """Where it stands now, and what has been judged."""
    buttons: tuple[Button, ...] = ()
    """What its reader may do next."""
    since: tuple[Part, ...] = ()
    """What has happened since, at the end."""


def window(
    key: str,
    title: str,
    about: Sequence[Part],
    answers: Answers,
    names: Mapping[str, str],
    *,
    number: int,
    sent: Sent | None = None,
) -> Form:
    """Page `number` of the window; out of range shows the last one. `sent` is None for what is still being written.

    The buttons stand under what comes first, and where there are several pages once more at the end.
    """
    press = (Buttons(sent.buttons),) if sent and sent.buttons else ()
    first = (*_in_danger(answers), *about, *_in_short(answers, names, sent), *_folded(answers, sent), *press)
    pages = paged((*first, *_said(answers, names, less=_shown(sent)), *(sent.since if sent else ())))
    number = max(1, min(number, len(pages)))
    more = number < len(pages)
    where = (Words(text=f"Part {number} of {len(pages)}", subtle=True),) if len(pages) > 1 else ()
    again = press if 1 < number == len(pages) else ()
    return Form(
        id=ID,
        key=key,
        page=number,
        title=title,
        parts=(*where, *pages[number - 1], *again),
        submit="Next part" if more else "",
        back=number > 1,
    )


def told(answers: Answers, names: Mapping[str, str]) -> tuple[Part, ...]:
    """Every answer in the order in which it is read, what must be known first, with what was kept beside it."""
    return (*_in_danger(answers), *_in_short(answers, names, None), *_said(answers, names, less=IN_SHORT))


def _shown(sent: Sent | None) -> frozenset[str]:
    """What has been shown in few words before the account itself."""
    if sent is None:
        return IN_SHORT
    return IN_SHORT.union(ABOUT_IT, TIMES if sent.times else ())


def _in_danger(answers: Answers) -> tuple[Part, ...]:
    return (Words(text=IN_DANGER, alert=True),) if answers.get("danger") == "yes" else ()


def _in_short(answers: Answers, names: Mapping[str, str], sent: Sent | None) -> tuple[Part, ...]:
    """Who it is about, whether there is danger, how soon: a line each."""
    fields = {field.name: field for field in concern_form.fields(answers) if answers.get(field.name)}
    values = {name: read_as.shown(field, answers[name], names) for name, field in fields.items()}
    pairs = [_child(child, role, values) for child, role in _CHILDREN if child in values or role in values]
    pairs += [(read_as.LABELS[name], values[name]) for name in ("child_other", *_ADULT, "danger") if name in values]
    if soon := sent.soon if sent else values.get("urgency", ""):
        pairs.append((read_as.LABELS["urgency"], soon))
    pairs += sent.state if sent else ()
    return (Facts(tuple(pairs)),) if pairs else ()


def _child(child: str, role: str, values: Mapping[str, str]) -> tuple[str, str]:
    """A child and their part in it on one line."""
    return read_as.LABELS[child], " · ".join(values[name] for name in (child, role) if name in values)


def _folded(answers: Answers, sent: Sent | None) -> tuple[Part, ...]:
    """In a line who sent it, when, and how they know; in another when it happened, was learned and was recorded."""
    if sent is None:
        return ()
    fields = {field.name: field for field in concern_form.fields(answers) if answers.get(field.name)}
    said = [read_as.shown(fields[name], answers[name], {}) for name in ABOUT_IT if name in fields]
    first = " · ".join((f"From {sent.by}, {sent.at}", *(text[:1].lower() + text[1:] for text in said)))
    return tuple(Words(text=line, subtle=True) for line in (first, sent.times) if line)


def _said(answers: Answers, names: Mapping[str, str], *, less: frozenset[str]) -> Iterator[Part]:
    """The child's words and what they were asked, the facts, then everything else in the order of the form, and what
    was kept beside it.
    """
    fields = {field.name: field for field in concern_form.fields(answers) if answers.get(field.name)}
    for words, how in _SPOKEN:
        if words in fields:
            yield from _long(fields[words], str(answers[words]), answers, names)
            yield from _flushed([_pair(fields[how], answers, names)] if how in fields else [])
    for name in (QUESTIONS, "facts"):
        if name in fields:
            yield from _long(fields[name], str(answers[name]), answers, names)
    shown = {QUESTIONS, "facts", *(name for words, how in _SPOKEN if words in fields for name in (words, how))}
    yield from _rest((field for name, field in fields.items() if name not in less | shown), answers, names)
    yield from _beside(answers, names)


def _rest(fields: Iterator[Field], answers: Answers, names: Mapping[str, str]) -> Iterator[Part]:
    short: list[tuple[str, str]] = []
    for field in fields:
        if long := _long(field, str(answers[field.name]), answers, names):
            yield from _flushed(short)
            yield from long
        elif field.name not in bodymap.FIELDS:
            short.append(_pair(field, answers, names))
    yield from _flushed(short)


def _beside(answers: Answers, names: Mapping[str, str]) -> Iterator[Part]:
    for name, label in concern_form.BESIDE.items():
        if name == verdict.ANSWER and answers.get(name):
            yield Heading(label)
            yield Facts(who_is_meant(answers, names))
        elif value := answers.get(name):
            yield Heading(label)
            yield from pieces(value if isinstance(value, str) else "\n".join(value))


def _pair(field: Field, answers: Answers, names: Mapping[str, str]) -> tuple[str, str]:
    return voices.label(field, answers, names), read_as.shown(field, answers[field.name], names)


def who_is_meant(answers: Answers, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Who was asked about, and what the writer said of each."""
    said = verdict.told(answers)
    return tuple((names.get(str(id), staff.UNKNOWN), meant_form.TOLD[answer]) for id, answer in said)


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
