"""A page of a form that is too large for one card, in portions: so many fields at a time as fit, in their order. Pure.

Text of three bytes a character may fill a page that could be sent, and would not be drawn again. It is drawn in
portions then: each sends its own fields, and what the others hold stays with the desk.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, ChoicesField, Field, Form, Part

Weight = Callable[[Part], int]
"""Bytes that a part takes, with what it holds and what is complained about in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One of them, and the fields at which those before and after it begin; empty where there is none."""

    form: Form
    before: str
    after: str


def portion(form: Form, weight: Weight, room: int, *, wanted: str, complaints: Mapping[str, str]) -> Portion:
    """The portion that holds the first complaint, else the field that is wanted, else the first one."""
    groups = _groups(form.parts, weight, room)
    named = [name for name in (*(field.name for field in form.fields() if field.name in complaints), wanted) if name]
    at = next((at for at, group in enumerate(groups) if named and named[0] in _names(group)), 0)
    where = Words(text=f"Part {at + 1} of {len(groups)} of this page", subtle=True)
    return Portion(
        form=replace(form, parts=(where, *groups[at]), partial=True),
        before=_names(groups[at - 1])[0] if at else "",
        after=_names(groups[at + 1])[0] if at + 1 < len(groups) else "",
    )


def bare(form: Form) -> Form:
    """Only what is answered on it, with nothing beside an answer that is not needed to send it again.

    For a page of which nothing could be kept: a portion would lose what is not in it. It says which fields it has, and
    what the others hold stays as it is; they are asked again on the page that comes once it could be kept.
    """
    answered = tuple(_bare(field, form.values[field.name]) for field in form.fields() if form.values.get(field.name))
    says = Words(text="Only what you have answered is shown here. The rest comes back with the next page.", subtle=True)
    return replace(form, parts=(says, *answered), partial=True)


def _bare(field: Field, value: str | tuple[str, ...]) -> Field:
    if not isinstance(field, ChoiceField | ChoicesField):
        return replace(field, hint="")
    chosen = (value,) if isinstance(value, str) else value
    return replace(field, hint="", options=tuple(option for option in field.options if option.key in chosen))


def _groups(parts: Sequence[Part], weight: Weight, room: int) -> list[list[Part]]:
    """The parts in groups that fit, each with a field; what stands over a field stays with it."""
    groups: list[list[Part]] = [[]]
    left, over = room, list[Part]()
    for part in parts:
        over.append(part)
        if not isinstance(part, Field):
            continue
        needs = sum(weight(one) for one in over)
        if needs > left and groups[-1]:
            groups.append([])
            left = room
        groups[-1] += over
        left, over = left - needs, []
    groups[-1] += over
    return groups


def _names(group: Sequence[Part]) -> list[str]:
    return [part.name for part in group if isinstance(part, Field)]
