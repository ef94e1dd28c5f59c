"""The rest of a quick concern: asked for once, begun with what is known, and added to the concern it belongs to.

What was sent first stays as it is; the whole account stands beside it. It never becomes a second concern.
"""

from datetime import datetime
from uuid import UUID, uuid5

from handlers import notices
from handlers.access import concern_for
from handlers.account.reported import Reported
from handlers.errors import Refused
from handlers.ports import Draft, UnitOfWork
from handlers.reporter import raising, unsent
from handlers.reporter.raising import Raised
from handlers.rules import own_words, verdict
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.drafts import QUICK, WHOLE
from handlers.rules.people import Person


def key_of(concern: ConcernId) -> UUID:
    """The key of the draft that tells the rest of that concern: there is one and no other."""
    return uuid5(concern, "the rest")


async def raise_quick(
    uow: UnitOfWork, reported: Reported, *, id: ConcernId, by: Person, at: datetime
) -> Raised:
    """Raise it as it is, with a draft beside it that holds what is known."""
    fresh = await uow.concerns.get(id) is None
    raised = await raising.raise_concern(uow, reported, id=id, by=by, at=at, codes={"form": QUICK})
    if fresh:
        await _begin(uow, raised.concern, by=by, at=at)
    return raised


async def open_rest(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> UUID:
    """The key of its draft, begun afresh where that is gone. Refused when the rest has been told already."""
    concern = await concern_for(uow, id, Doing.ADD, by=by)
    if not await unsent.is_incomplete(uow, concern):
        raise Refused(f"Nothing is missing from {concern.reference} any more. To say more, press “Add to it”.")
    if await uow.drafts.get(key_of(id)) is None:
        await _begin(uow, concern, by=by, at=at)
    return key_of(id)


async def _begin(uow: UnitOfWork, concern: Concern, *, by: Person, at: datetime) -> None:
    known = own_words.typed(await uow.trail.answers(concern.id))
    key = key_of(concern.id)
    await uow.drafts.put(Draft(key=key, owner=by.id, answers=known, at=at, begun=at, completes=concern.id))


async def complete(
    uow: UnitOfWork, id: ConcernId, reported: Reported, *, by: Person, at: datetime
) -> Raised:
    """Add the whole account to the concern. Sent twice it is added once; sent again with other words, both are kept."""
    concern = await concern_for(uow, id, Doing.ADD, by=by)
    before = [line.entry for line in await uow.trail.of(id, words=True)]
    told = [verdict.typed(own_words.typed(entry.words)) for entry in before if entry.facts.get("form") == WHOLE]
    if verdict.typed(reported.kept) not in told:
        await raising.add_to_concern(uow, concern, reported.kept, form=WHOLE, by=by, at=at)
        await notices.redraw(uow, key_of(id))
    saved = await uow.concerns.get(id)
    return Raised(concern=saved or concern, proof=await raising.raised_proof(uow, concern), added=True)


async def waiting(uow: UnitOfWork, by: Person) -> frozenset[ConcernId]:
    """That person's quick concerns whose rest they may still tell."""
    held = [draft for draft in await uow.drafts.of(by.id) if draft.completes is not None]
    return frozenset([d.completes for d in held if d.completes and not await unsent.is_sent(uow, d)])
