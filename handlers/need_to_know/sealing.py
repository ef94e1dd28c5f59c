"""A sealed concern: open to a few people by name, and to nobody by their post. Runs in the caller's unit of work.

It stands in no channel, digest, board, count or search of anybody else. What was merged with it is sealed alike; the
child's part of a concern about an adult is not: the leads must have it.
"""

from collections.abc import Collection
from datetime import datetime

from handlers import notices
from handlers.access import concern_for
from handlers.errors import InvalidForm
from handlers.need_to_know import losing_it
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules import routing
from handlers.rules.authority import Doing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import Person, PersonId, Role

MOST = 5
"""People who can have a sealed concern."""


async def seal_concern(
    uow: UnitOfWork, id: ConcernId, people: Collection[PersonId], reason: str, *, by: Person, at: datetime
) -> Concern:
    """From now on those people alone have it. Whoever else had it loses it at once."""
    concern = await concern_for(uow, id, Doing.SEAL, by=by)
    wanted = await _wanted(uow, concern, people)
    facts = {"sealed_to": " ".join(sorted(str(person) for person in wanted))}
    sealed = await _seal(uow, concern, wanted, facts, reason, by=by, at=at)
    for other in await losing_it.joined(uow, concern):
        if other.sealed_to != wanted:
            await _seal(uow, other, wanted - other.named, facts, reason, by=by, at=at)
    return sealed


async def _wanted(uow: UnitOfWork, concern: Concern, people: Collection[PersonId]) -> frozenset[PersonId]:
    able = {
        person.id
        for person in await uow.people.all()
        if not person.has(Role.PUPIL) and person.id not in routing.conflicted(concern)
    }
    if not people or not set(people) <= able:
        raise InvalidForm({"to_1": "Choose people who work here now and are not named in it."})
    if len(set(people)) > MOST:
        raise InvalidForm({"to_1": f"Choose at most {MOST} people."})
    return frozenset(people)


async def _seal(
    uow: UnitOfWork, concern: Concern, wanted: frozenset[PersonId], facts: dict[str, str], reason: str, *,
    by: Person, at: datetime,
) -> Concern:  # fmt: skip
    sealed = concern.seal(wanted)
    entry = Entry(deed=Deed.SEALED, at=at, by=by.id, thing=concern.id, facts=facts, words={"reason": reason})
    written = await record(uow, sealed, because=entry)
    await losing_it.end_shares(uow, sealed, lambda share: share.to not in wanted, why="sealed", by=by, at=at)
    await losing_it.draw_everything_again(uow, sealed)
    if sealed.owner is None and sealed.status is not Status.CLOSED:
        told = await notices.first_told(uow, sealed)
        await notices.tell(uow, NoticeKind.CHASE, told, sealed.id, step=f"sealed_{written.sequence}")
    return sealed


async def unseal_concern(uow: UnitOfWork, id: ConcernId, reason: str, *, by: Person, at: datetime) -> Concern:
    """Whoever receives it by their post has it again; only one who has it can do this."""
    concern = await concern_for(uow, id, Doing.SEAL, by=by)
    opened = await _unseal(uow, concern, reason, by=by, at=at)
    for other in await losing_it.joined(uow, concern):
        if other.sealed:
            await _unseal(uow, other, reason, by=by, at=at)
    return opened


async def _unseal(uow: UnitOfWork, concern: Concern, reason: str, *, by: Person, at: datetime) -> Concern:
    opened = concern.unseal()
    if opened.owner is not None and not await _still_has_it(uow, opened):
        opened = opened.without_owner()
    entry = Entry(deed=Deed.UNSEALED, at=at, by=by.id, thing=concern.id, words={"reason": reason})
    await record(uow, opened, because=entry)
    await losing_it.draw_everything_again(uow, opened)
    return opened


async def _still_has_it(uow: UnitOfWork, concern: Concern) -> bool:
    owner = await uow.people.get(concern.owner) if concern.owner else None
    return owner is not None and routing.receives(concern, owner)
