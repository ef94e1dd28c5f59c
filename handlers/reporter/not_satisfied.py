"""A concern about how a concern was handled: "I am not satisfied", on the receipt. A use case.

It is a concern of its own, for somebody who has not had the first one. Nothing is written to the first and no card of
it is drawn anew: whoever handled it would see that. The link is in the new one's sealed words alone.
"""

from datetime import datetime
from uuid import UUID, uuid5

from handlers import notices
from handlers.access import concern_for
from handlers.account import not_satisfied_form
from handlers.errors import Refused
from handlers.need_to_know import meant
from handlers.need_to_know.placing import as_if_sent, on_its_rung
from handlers.ports import UnitOfWork
from handlers.reporter.raising import Raised, put_forward, raised_proof
from handlers.rules import routing, verdict
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import About, Concern, ConcernId, Route, Urgency
from handlers.rules.held import Held
from handlers.rules.people import Person, PersonId

_HANDLED = frozenset({Deed.ACCEPTED, Deed.DECIDED, Deed.CLOSED})


async def raise_about_handling(
    uow: UnitOfWork, id: ConcernId, typed: Answers, *, key: str, by: Person, at: datetime
) -> Raised:
    """Raise it once: the form's key, minted when it was opened, gives the new concern its id."""
    first = await concern_for(uow, id, Doing.SEE_RECEIPT, by=by)
    new = ConcernId(_id_of(first, key))
    already = await uow.concerns.get(new)
    if already is not None:
        return await _again(uow, already, by=by)
    account = not_satisfied_form.account(first.reference, typed)
    found = await meant.among(uow, account, by=by.id)
    concern = await _about(uow, first, new, found, by=by, at=at)
    return await put_forward(uow, concern, verdict.kept(account, found), by=by, at=at)


async def to_be_asked(
    uow: UnitOfWork, id: ConcernId, typed: Answers, *, key: str, by: Person, at: datetime
) -> tuple[Answers, meant.Found]:
    """What was typed with what was answered of who may be meant in it, and about whom something is left to be asked.

    Nobody, where that was asked before or the concern is there already.
    """
    first = await concern_for(uow, id, Doing.SEE_RECEIPT, by=by)
    new = _id_of(first, key)
    account = not_satisfied_form.account(
        first.reference, {name: typed[name] for name in typed if name != verdict.ANSWER}
    )
    found = meant.said(await meant.among(uow, account, by=by.id), typed)
    sent = await uow.concerns.get(ConcernId(new)) is not None
    left = verdict.unanswered(found) if not sent and await meant.ask(uow, new, found, at=at) else ()
    return verdict.kept(account, found), left


def _id_of(first: Concern, key: str) -> UUID:
    """The key's nonce is kept nowhere, so that the first id does not lead to the new one."""
    return uuid5(first.id, key)


async def _again(uow: UnitOfWork, concern: Concern, *, by: Person) -> Raised:
    if concern.reporter != by.id:
        raise Refused("This form has been used already. Open it again from the receipt.")
    return Raised(concern=concern, proof=await raised_proof(uow, concern))


async def _about(
    uow: UnitOfWork, first: Concern, id: ConcernId, found: meant.Found, *, by: Person, at: datetime
) -> Concern:
    route, out = await _way(uow, first, found, by=by)
    concern = Concern(
        id=id,
        reference=await uow.concerns.free_reference(at=at),
        reporter=by.id,
        about=About.PRACTICE,
        route=route,
        urgency=Urgency.WEEK,
        submitted_at=at,
        named=out,
        reporter_as=first.reporter_as,
    )
    return await on_its_rung(uow, concern, at=at)


async def would_go_to(uow: UnitOfWork, first: Concern, *, by: Person) -> Held:
    """By whose posts it would be had if it were sent now."""
    route, out = await _way(uow, first, (), by=by)
    return await notices.held_by(uow, as_if_sent(About.PRACTICE, route, out, by=by.id))


async def _way(
    uow: UnitOfWork, first: Concern, found: meant.Found, *, by: Person
) -> tuple[Route, frozenset[PersonId]]:
    """To the head, or past the head to the chair: everyone who handled it or is named in either is left out."""
    typed = {one.person.id for one in found if one.named}
    out = (await _handlers_of(uow, first) | first.named | typed) - {by.id}
    left_out = [person for person in await uow.people.all() if person.id in out]
    return routing.route(About.PRACTICE, routing.posts_of((*left_out, by)), policy=uow.school.policy), out


async def _handlers_of(uow: UnitOfWork, first: Concern) -> frozenset[PersonId]:
    """Whoever owns it, was offered it, or has owned, decided or closed it before; also where it goes on in another."""
    trail = await uow.trail.of(first.id)
    before = {line.entry.by for line in trail if line.entry.deed in _HANDLED}
    here = frozenset(person for person in {first.owner, first.offered_to, *before} if person is not None)
    goes_on = await uow.concerns.get(first.merged_into) if first.merged_into else None
    return here | await _handlers_of(uow, goes_on) if goes_on else here
