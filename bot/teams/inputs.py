"""Fields as inputs. Total over the model: pyright fails where a field is missing.

An input's id is the field's name. Its box holds the input, the complaint about it and its hint, so that they stay
together. `isRequired` would keep a person from going back over an empty field, and from sending that a child is in
danger before the rest is answered, so it is set only on forms of one page; on every page of the others the hint says
it and the desk complains. The label stays as it is: people, and what reads to them, find a field by it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias, assert_never

from microsoft_teams.cards.core import (
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    DateInput,
    QueryData,
    TextInput,
    TimeInput,
)

from bot.teams.blocks import alert, subtle
from bot.teams.carried import RESERVED
from handlers.conversation import Answers
from handlers.ui.form import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Option,
    PickField,
    Source,
    TextField,
    TimeField,
    is_date,
    is_time,
)
from handlers.ui.picked import BY_NAME

Style: TypeAlias = Literal["compact", "expanded"]

PICKED = "The one you chose before"
NEEDED = "Needed."
SEVERAL = "~"
"""Between a field's name and the number of the menu that takes its second or third choice."""
LISTED = 10
"""Check boxes in one list; of more, menus are drawn, as many as there may be choices: the limit is seen at once."""
_FURTHER = {2: "A second one", 3: "A third one"}
"""Before the menus beyond the first. A field of more choices has no more menus."""


NOT_LISTED = "The name is not listed here"


def field_box(form: Form, field: Field, complaint: str) -> CardElement:
    """One field as it stands on its form, with what it holds. ValueError for a name that is not free."""
    if field.name in RESERVED or "," in field.name:
        raise ValueError(f"a field cannot be called {field.name!r}")
    shown: list[CardElement] = [_input(form, field)]
    if complaint:
        shown.append(alert(complaint))
    if hint := _hint(form, field, complained=bool(complaint)):
        shown.append(subtle(hint))
    return Container(items=[*shown, *_more_choices(form, field)])


def _input(form: Form, field: Field) -> CardElement:
    value = _one(form.values, field.name)
    match field:
        case TextField():
            drawn = _text(field, value)
        case ChoiceField():
            drawn = _choices(field.options, [value], style="compact" if field.menu else "expanded")
        case ChoicesField():
            drawn = _several(field, _many(form.values, field.name))
        case DateField():
            drawn = DateInput(value=value or None) if _fits(value, is_date) else TextInput(value=value)
        case TimeField():
            drawn = TimeInput(value=value or None) if _fits(value, is_time) else TextInput(value=value)
        case PickField():
            drawn = _pick(field, value, form.names)
        case _:
            assert_never(field)
    drawn.id, drawn.label = field.name, field.label
    if field.required and _is_one_page(form):
        drawn.is_required, drawn.error_message = True, _missing(field)
    return drawn


def _is_one_page(form: Form) -> bool:
    return not form.back and not any(isinstance(field, ChoiceField) and field.redraws for field in form.fields())


def _fits(value: str, kind: Callable[[str], bool]) -> bool:
    """Whether a picker can hold it: what was refused stands as it was written, in a line of text."""
    return not value or kind(value)


def _missing(field: Field) -> str:
    return "Please write something here." if isinstance(field, TextField) else "Please answer this."


def _hint(form: Form, field: Field, *, complained: bool) -> str:
    needed = NEEDED if field.required and not _is_one_page(form) and not complained else ""
    return " ".join(words for words in (needed, field.hint) if words)


def _text(field: TextField, value: str) -> TextInput:
    """What is longer than the field takes is shown whole, without a limit that would cut it: the desk complains."""
    fits = len(value.encode("utf-16-le")) // 2 <= field.most
    return TextInput(is_multiline=field.long, max_length=field.most if fits else None, value=value or None)


def _choices(options: Sequence[Option], chosen: Sequence[str], *, style: Style) -> ChoiceSetInput:
    """The options, and of what was chosen as much as is offered."""
    known = [option.key for option in options]
    value = ",".join(key for key in chosen if key in known)
    drawn = [Choice(title=_title(option), value=option.key) for option in options]
    return ChoiceSetInput(choices=drawn, value=value or None, style=style, wrap=True)


def _several(field: ChoicesField, chosen: Sequence[str]) -> ChoiceSetInput:
    """Check boxes, or the first of its menus."""
    if len(field.options) > LISTED:
        return _choices(field.options, chosen[:1], style="compact")
    drawn = _choices(field.options, chosen, style="expanded")
    drawn.is_multi_select = True
    return drawn


def _more_choices(form: Form, field: Field) -> Sequence[CardElement]:
    """The menus of a field with many options, beyond the first; what is needed, and how many may be chosen, is said
    under that one."""
    if not isinstance(field, ChoicesField) or len(field.options) <= LISTED:
        return ()
    chosen = _many(form.values, field.name)
    return [_one_more(field, chosen, number) for number in _FURTHER if number <= field.most]


def _one_more(field: ChoicesField, chosen: Sequence[str], number: int) -> ChoiceSetInput:
    drawn = _choices(field.options, chosen[number - 1 : number], style="compact")
    drawn.id, drawn.label = f"{field.name}{SEVERAL}{number}", f"{_FURTHER[number]}, if any"
    return drawn


def _title(option: Option) -> str:
    """A set of choices has no headings: what an option stands under begins its line."""
    return f"{option.group}: {option.label}" if option.group else option.label


def _pick(field: PickField, value: str, names: Mapping[str, str]) -> ChoiceSetInput:
    """A typeahead. A client that cannot search has what is listed: what the form offers, what is chosen, and a way to
    write the name instead."""
    listed = {option.key: option.label for option in field.options}
    if value:
        listed.setdefault(value, names.get(value) or PICKED)
    if field.source is not Source.LEADS or not field.options:
        listed[BY_NAME] = NOT_LISTED
    return ChoiceSetInput(
        style="filtered",
        choices=[Choice(title=label, value=key) for key, label in listed.items()],
        choices_data=QueryData(dataset=field.source.value),
        placeholder="Type two letters",
        value=value or None,
    )


def _one(values: Answers, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _many(values: Answers, name: str) -> Sequence[str]:
    value = values.get(name, ())
    return [value] if isinstance(value, str) else value

