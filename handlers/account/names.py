"""The names of whoever is picked in an account, or in any form."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from handlers import staff
from handlers.account import form as concern_form
from handlers.ports import UnitOfWork
from handlers.rules import verdict
from handlers.rules.chronology import Answers, Sealed
from handlers.rules.people import PersonId, PupilId
from handlers.ui.form import OF_PUPILS, Field, Form, PickField


async def names_of(uow: UnitOfWork, answers: Answers) -> dict[str, str]:
    """The label of every pupil and member of staff that is picked in the answers, or was asked about."""
    names = await _names(uow, concern_form.every_field(), answers)
    asked = [id for id, _ in verdict.told(answers)]
    return {**names, **(await _staff(uow, asked) if asked else {})}


async def names_since(uow: UnitOfWork, lines: Iterable[Sealed]) -> dict[str, str]:
    """The label of every child of whom an entry says something by id: in a decision, or when they were linked."""
    told = [str(line.entry.words.get(f"of_{number}") or "") for line in lines for number in "123"]
    pupils = await uow.pupils.get([PupilId(id) for id in map(_as_uuid, dict.fromkeys(told)) if id])
    return {str(key): pupil.label() for key, pupil in pupils.items()}


async def names_in(uow: UnitOfWork, form: Form) -> dict[str, str]:
    """The same for what any form holds."""
    return await _names(uow, form.fields(), form.values)


async def _names(uow: UnitOfWork, fields: Sequence[Field], answers: Answers) -> dict[str, str]:
    names: dict[str, str] = {}
    for field in fields:
        id = _as_uuid(answers.get(field.name, "")) if isinstance(field, PickField) else None
        if id is None or not isinstance(field, PickField):
            continue
        if field.source in OF_PUPILS:
            pupils = await uow.pupils.get([PupilId(id)])
            names |= {str(key): pupil.label() for key, pupil in pupils.items()}
        else:
            names |= await _staff(uow, [PersonId(id)])
    return names


async def _staff(uow: UnitOfWork, ids: Sequence[PersonId]) -> dict[str, str]:
    known = await staff.names(uow)
    return {str(id): known[id] for id in ids if id in known}


def _as_uuid(value: str | tuple[str, ...]) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
