"""Which of several children something is about: asked in a form where there is a choice, and kept as a fact."""

from collections.abc import Sequence

from handlers.ports import UnitOfWork
from handlers.rules.concern import Concern
from handlers.rules.whose import FOR, Children, ids
from handlers.ui import say
from handlers.ui.form import ChoicesField, Option

NAME = "about_children"
"""The field of a form that has no other name for it."""


async def listed(uow: UnitOfWork, concern: Concern) -> list[Option]:
    """The children of a concern of several; none where there is no choice."""
    known = await uow.pupils.get(concern.children)
    ordered = sorted(known.values(), key=lambda pupil: (pupil.name, pupil.form, str(pupil.id)))
    return [Option(key=str(pupil.id), label=say.fit(pupil.label())) for pupil in ordered] if len(known) > 1 else []


def asks(name: str, children: Sequence[Option], *, hint: str) -> tuple[ChoicesField, ...]:
    """The question; nothing where there is no choice."""
    field = ChoicesField(
        name=name, label="Which child is it about?", options=tuple(children), most=len(children), hint=hint
    )
    return (field,) if children else ()


def chosen(value: str | tuple[str, ...]) -> Children:
    """What is no id is nobody: whoever is not a child of the concern counts as not chosen."""
    return frozenset(ids(value if isinstance(value, str) else " ".join(value)))


def fact(concern: Concern, children: Children) -> dict[str, str]:
    """Whom of the concern's children it is about, as ids; nothing where it is about all of them."""
    meant = children & concern.children
    return as_fact(meant) if meant != concern.children else {}


def as_fact(children: Children) -> dict[str, str]:
    """The ids as they are kept; nothing for nobody."""
    return {FOR: " ".join(sorted(map(str, children)))} if children else {}
