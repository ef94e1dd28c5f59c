"""Fills what a newer schema asks of older rows, where only the program can: the words are sealed. Once a school."""

from dataclasses import replace
from datetime import UTC, datetime

from handlers.errors import Damaged
from handlers.ports import UnitOfWork
from handlers.rules import children_in
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import ConcernId
from handlers.rules.people import PupilId
from store.bringing import bring_under
from store.unit import Unit

_STEP = "children_filled"
_EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


async def fill(unit: Unit, *, at: datetime) -> None:
    """All of it, and what the trail says of no row."""
    await fill_children(unit, at=at)
    await bring_under(unit.trail, at=at)


async def fill_children(uow: UnitOfWork, *, at: datetime) -> int:
    """Link every concern raised before migration 0002 to its pupils; returns how many were linked."""
    if not await uow.steps.take(uow.school.id, _STEP, at=at):
        return 0
    linked = 0
    for concern in await uow.concerns.since(*_EVER):
        if concern.children or not (children := await _children(uow, concern.id)):
            continue
        entry = Entry(deed=Deed.LINKED, at=at, by=None, thing=concern.id, facts={"why": "schema_0002"})
        await uow.concerns.save(replace(concern, children=children), because=entry)
        linked += 1
    return linked


async def _children(uow: UnitOfWork, id: ConcernId) -> frozenset[PupilId]:
    try:
        found = children_in.children(await uow.trail.answers(id))
    except (LookupError, Damaged):
        return frozenset()
    return frozenset(await uow.pupils.get(found))
