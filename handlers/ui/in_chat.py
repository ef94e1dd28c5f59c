"""A form that somebody fills in inside a message: its fixed words stand in that chat, and are held against the list.

What is typed in it is its writer's, and goes when it is sent. What we say in it is from `may_stand.toml`, as on a card:
no child's name is in a label, and a word that the list has not is left out, with the way to read it. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handlers.ui.card import Buttons, Facts, Heading, Quote, Rows, Sketch, Words
from handlers.ui.form import ChoiceField, ChoicesField, Field, Form, Part
from handlers.ui.may_stand import FORM, Fault, Own, may_say, may_tell

LEFT_OUT = "Something is left out here that cannot be said in a chat. Open the form in a window to read it."
UNNAMED = "Your answer"


def plain(form: Form, fixed: Mapping[str, Field]) -> Form:
    """Each field under its own label: with several children a window has their names there. `fixed`: by field name."""
    parts = (
        replace(part, label=fixed[part.name].label) if isinstance(part, Field) and part.name in fixed else part
        for part in form.parts
    )
    return replace(form, parts=tuple(parts))


def held(form: Form, own: Own) -> tuple[Form, tuple[Fault, ...]]:
    """As much of it as may stand in a chat, and what may not. A field stays, whatever it is called."""
    kept = [_held(part, own) for part in form.parts]
    words = (("title", form.title), ("submit", form.submit), ("leave", form.leave))
    faults = [fault for one in kept for fault in one.faults]
    faults += [Fault(what, text) for what, text in words if not may_say(text, FORM, own)]
    return replace(form, parts=tuple(one.part for one in kept)), tuple(faults)


@dataclass(frozen=True, slots=True)
class _Kept:
    part: Part
    faults: tuple[Fault, ...] = ()


def _held(part: Part, own: Own) -> _Kept:
    if isinstance(part, Field):
        return _field(part, own)
    wrong = tuple(_wrong(part, own))
    return _Kept(Words(text=LEFT_OUT, subtle=True), wrong) if wrong else _Kept(part)


def _wrong(part: Part, own: Own) -> Iterator[Fault]:
    match part:
        case Heading(text) | Words(text=text):
            yield from () if may_say(text, FORM, own) else (Fault("words", text),)
        case Facts(pairs):
            yield from (Fault("fact", f"{name}: {told}") for name, told in pairs if not may_tell(name, told, FORM, own))
        case Quote() | Sketch() | Buttons() | Rows():
            yield Fault("part", type(part).__name__)
        case _:
            raise TypeError("fields are held by themselves")


def _field(field: Field, own: Own) -> _Kept:
    faults: list[Fault] = []
    if not may_say(field.label, FORM, own):
        faults.append(Fault("label", field.label))
        field = replace(field, label=UNNAMED)
    if not may_say(field.hint, FORM, own):
        faults.append(Fault("hint", field.hint))
        field = replace(field, hint="")
    if isinstance(field, ChoiceField | ChoicesField):  # whoever a search finds was looked for by its writer
        bad = [one for one in field.options if not (may_say(one.label, FORM, own) and may_say(one.group, FORM, own))]
        faults += [Fault("option", one.label) for one in bad]
        options = tuple(replace(one, label=UNNAMED, group="") if one in bad else one for one in field.options)
        field = replace(field, options=options)
    return _Kept(field, tuple(faults))
