"""What follows when somebody loses a concern, by being named or by its being sealed: at once and everywhere.

Every card of it is drawn again, and one whose reader has lost it is taken away by whoever carries it (`deliveries`).
Nothing here says who loses it: that is `rules.routing`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from handlers import board_standing, days_lists, notices
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules import routing
from handlers.rules.action import Action
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.share import Share


async def draw_everything_again(uow: UnitOfWork, concern: Concern) -> None:
    """The cards of the concern, of its actions, its referrals, what is shared of it, and the emergency door; whatever
    lists it beside others: a day's, a week's, a month's, and what somebody covers."""
    await notices.refresh(uow, concern)
    for part in [*await parts(uow, concern), *await _who_has_done_something(uow, concern)]:
        await notices.redraw(uow, part)
    await days_lists.withdraw(uow, concern)


async def _who_has_done_something(uow: UnitOfWork, concern: Concern) -> set[UUID]:
    """Whoever has had it is one of them: a card about their cover is about them, and lists what was theirs."""
    return {line.entry.by for line in await uow.trail.of(concern.id) if line.entry.by is not None}


async def parts(uow: UnitOfWork, concern: Concern) -> Sequence[UUID]:
    """The ids of all that hangs on it: what has cards, words and a key of its own."""
    found: list[UUID] = [action.id for action in await uow.actions.of(concern.id)]
    found += [referral.id for referral in await uow.referrals.of(concern.id)]
    found += [share.id for share in await uow.shares.of(concern.id)]
    return found + [glass.id for glass in await uow.break_glass.of(concern.id)]


async def end_shares(
    uow: UnitOfWork, concern: Concern, ends: Callable[[Share], bool], *, why: str, by: Person | None, at: datetime
) -> None:
    """End what lasts and is with somebody who is to have it no longer; `why` is a code."""
    for given in await uow.shares.of(concern.id):
        if given.live(at=at) and ends(given):
            facts = {"share": str(given.id), "to": str(given.to), "why": why}
            entry = Entry(deed=Deed.SHARE_REVOKED, at=at, by=by.id if by else None, thing=concern.id, facts=facts)
            await uow.shares.save(given.revoke(at=at), because=entry)


async def offer_their_actions(uow: UnitOfWork, concern: Concern, person: Person) -> tuple[Action, ...]:
    """What that person owed and can do no longer: whoever has the concern is told to give it to somebody else."""
    owed = tuple(a for a in await uow.actions.of(concern.id) if a.live and a.owner == person.id)
    told = await notices.first_told(uow, concern)
    for action in owed:
        await notices.tell(uow, NoticeKind.ORPHANED, told, action.id, step=f"orphaned_{action.version}")
    return owed


async def take_from_their_board(uow: UnitOfWork, person: Person) -> None:
    for board in await board_standing.standing(uow):
        if board.to == person.id:
            await uow.outbox.put(board)


async def joined(uow: UnitOfWork, concern: Concern) -> list[Concern]:
    """Every concern that went on in this one, or in which this one goes on: they tell of the same thing."""
    found: dict[ConcernId, Concern] = {concern.id: concern}
    look = [concern]
    while look:
        one = look.pop()
        trail = await uow.trail.of(one.id)
        merged = [line.entry.facts.get("from") for line in trail if line.entry.deed is Deed.MERGED]
        near = [ConcernId(UUID(id)) for id in merged if id] + ([one.merged_into] if one.merged_into else [])
        for id in near:
            other = None if id in found else await uow.concerns.get(id)
            if other is not None:
                found[id] = other
                look.append(other)
    del found[concern.id]
    return list(found.values())


async def childs_part_of(uow: UnitOfWork, concern: Concern) -> Concern | None:
    """The linked part that the leads have, where it is about a child and an adult."""
    return await uow.concerns.get(routing.childs_part_of(concern.id))
