"""A concern has another owner by now: what was asked of the one before is asked of them, and no longer of who had it.

What is about the concern itself is drawn again with it. This is of what hangs from it, actions and referrals, and of
whoever covers for an owner that is away.
"""

from collections.abc import Sequence
from uuid import UUID

from handlers import notices
from handlers.notice import PASSED_ON, Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules import routing
from handlers.rules.action import ActionId
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PersonId

_OF_THE_OWNER = frozenset(
    {NoticeKind.VERIFY, NoticeKind.MORE_TIME, NoticeKind.OVERDUE, NoticeKind.ORPHANED, NoticeKind.REFERRAL}
)
"""What is asked of whoever runs the concern, about something that another owes."""
_MAY_CHANGE = frozenset(
    {Deed.ACCEPTED, Deed.TAKEN_OVER, Deed.OWNER_GONE, Deed.NAMED, Deed.SEALED, Deed.UNSEALED}
    | {Deed.CLOSED, Deed.MERGED, Deed.REOPENED}
)
"""Deeds by which somebody may come to own it, or no longer to have it open."""


async def owner_before(uow: UnitOfWork, concern: Concern, because: Entry) -> PersonId | None:
    """Who owns it as it is stored; None too where that entry cannot change it."""
    stored = await uow.concerns.get(concern.id) if because.deed in _MAY_CHANGE else None
    return stored.owner if stored else None


async def follow(uow: UnitOfWork, concern: Concern, before: PersonId | None, written: Sealed) -> None:
    """Pass on what is asked of the owner, and draw again what whoever covers for either of them has."""
    if written.entry.deed not in _MAY_CHANGE:
        return
    owners = {owner for owner in (before, concern.owner) if owner}
    hanging: dict[UUID, list[Notice]] = {}
    for notice in await uow.posts.around(concern.id, owners):
        if notice.subject in owners:
            await uow.outbox.put(notice)
        else:
            hanging.setdefault(notice.subject, []).append(notice)
    new = await uow.people.get(concern.owner) if concern.owner else None
    if not hanging or new is None or new.id == before:
        return
    actions = {action.id: action for action in await uow.actions.of(concern.id)}
    for thing, standing in hanging.items():
        action = actions.get(ActionId(thing))
        if action is None or new.id not in {action.owner, await _done_by(uow, concern, action.id)}:
            await _pass_on(uow, concern, standing, before, new, written)


async def _pass_on(
    uow: UnitOfWork, concern: Concern, standing: Sequence[Notice], before: PersonId | None, new: Person,
    written: Sealed,
) -> None:  # fmt: skip
    for notice in standing:
        had = await uow.people.get(notice.to) if notice.to and notice.kind in _OF_THE_OWNER else None
        if had is None or had.id == new.id or not (had.id == before or not routing.receives(concern, had)):
            await uow.outbox.put(notice)
            continue
        if not _is_settled(notice):
            await notices.tell(uow, notice.kind, (new,), notice.subject, step=notice.step)
        await notices.tell(uow, notice.kind, (had,), notice.subject, step=f"{PASSED_ON}_{written.sequence}")


def _is_settled(notice: Notice) -> bool:
    return notice.step.startswith(PASSED_ON)


async def _done_by(uow: UnitOfWork, concern: Concern, action: UUID) -> PersonId | None:
    """Whoever said last that it is done: it is for another to look at."""
    lines = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.DONE]
    done = [entry for entry in lines if entry.facts.get("action") == str(action)]
    return done[-1].by if done else None
