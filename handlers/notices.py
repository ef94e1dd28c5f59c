"""Who is shown what: puts references into the outbox, never words. The cards are drawn when they are sent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from handlers import allegation, board_standing, days_lists, staff
from handlers.conversation import ButtonPressed, CardSeen, Standing, Who
from handlers.notice import Notice, NoticeKind, is_quiet, shares
from handlers.ports import UnitOfWork
from handlers.rules import clocks, drafts, duty, own_words, routing
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, ReporterAs, Route, Status, Urgency
from handlers.rules.held import Held, held
from handlers.rules.people import LEADS, Person, PersonId
from handlers.rules.school import Place, PlaceKind
from handlers.rules.trouble import is_unfit
from handlers.situation import Situation


async def place_of(uow: UnitOfWork, person: Person) -> Place | None:
    """The private chat with that person, on the platform they prefer, and while that is down on another that they have;
    None when they have no account."""
    places = await places_of(uow, person)
    lasting = await uow.troubles.lasting() if places else ()
    return next((place for place in places if not is_unfit(lasting, place)), places[0] if places else None)


async def places_of(uow: UnitOfWork, person: Person) -> list[Place]:
    """Every private chat with that person, the one they prefer first."""
    return [
        Place(platform=account.platform, tenant=account.tenant, kind=PlaceKind.PERSON, id=account.user)
        for account in await uow.people.accounts(person.id)
    ]


async def out_of_reach(uow: UnitOfWork, people: Collection[Person]) -> frozenset[PersonId]:
    """Of those people whoever has accounts, and none through which they can be reached now."""
    lasting = await uow.troubles.lasting()
    if not lasting:
        return frozenset()
    places = {person.id: await places_of(uow, person) for person in people}
    return frozenset(id for id, held in places.items() if held and all(is_unfit(lasting, place) for place in held))


async def pool(uow: UnitOfWork, concern: Concern, rung: int) -> Sequence[Person]:
    """Who is told at that rung, less everyone named."""
    return routing.pool(concern, rung, await uow.people.all())


async def chased(uow: UnitOfWork, concern: Concern, rung: int) -> tuple[int, Sequence[Person]]:
    """How far up it comes when the clock carries it to that rung, and who is told there."""
    return routing.chased(concern, rung, await uow.people.all())


async def tell(
    uow: UnitOfWork, kind: NoticeKind, people: Collection[Person], subject: UUID, step: str = ""
) -> None:
    """Put one notice a person, in their private chat: of one subject one message stands there (`notice.STANDS`)."""
    for person in people:
        if place := await place_of(uow, person):
            notice = Notice(kind=kind, place=place, subject=subject, to=person.id, step=step)
            await uow.outbox.put(await _where_it_stands(uow, notice) if is_quiet(notice) else notice)


async def _where_it_stands(uow: UnitOfWork, notice: Notice) -> Notice:
    """What changes in place: the message that stands there already is this notice's from now on, so that it shows what
    has happened; where the notice has no step it goes on showing what it shows."""
    there = await _in_its_place(uow, notice)
    if not there or notice in there:
        return notice
    if not notice.step:
        return there[-1]
    for message in await uow.posts.find(there[-1]):
        await uow.posts.put(notice, message)
    await uow.outbox.put(there[-1])
    return notice


async def _in_its_place(uow: UnitOfWork, notice: Notice) -> Sequence[Notice]:
    """What stands with that person of the same thing, the newest last."""
    if notice.to is None:
        return ()
    return [one for one in await uow.posts.standing(notice.subject) if shares(one, notice)]


async def replaced(uow: UnitOfWork, notice: Notice) -> Sequence[Notice]:
    """What stood in the place of that notice before it, and is to go now that it stands."""
    there = await _in_its_place(uow, notice)
    return there[: there.index(notice)] if notice in there else ()


async def is_replaced(uow: UnitOfWork, notice: Notice) -> bool:
    """Whether a newer message stands in its place: there is nothing to show by this one any more.

    What has no step and does not stand yet gives way to what does.
    """
    there = await _in_its_place(uow, notice)
    if notice in there:
        return there[-1] != notice
    return bool(there) and not notice.step


async def handed_on(uow: UnitOfWork, notice: Notice) -> Collection[str]:
    """The messages of that notice which a newer one shows by now: they are not taken away with it."""
    there = await _in_its_place(uow, notice)
    return await uow.posts.find(there[-1]) if there and there[-1] != notice else ()


async def tell_the_leads_place(uow: UnitOfWork, kind: NoticeKind, subject: UUID) -> None:
    """In the leads' places; where there is none, to each lead in person."""
    for place in uow.school.leads_places:
        await uow.outbox.put(Notice(kind=kind, place=place, subject=subject))
    if not uow.school.leads_places:
        await tell(uow, kind, await leads(uow), subject)


async def announce(uow: UnitOfWork, concern: Concern) -> None:
    """A concern has come in: its card to those who receive it, a receipt to the reporter.

    An urgent one is also put before each recipient in person: a channel can be missed. Whoever has its card in person
    already has no second one.
    """
    await _show_card(uow, concern)
    if concern.urgency is Urgency.NOW and concern.route is Route.LEADS:
        if await warned(uow, concern.id):
            await tell(uow, NoticeKind.DANGER, await pool(uow, concern, 0), concern.id)
        elif await stands_in_the_leads_place(uow, concern):
            await tell(uow, NoticeKind.CHASE, await pool(uow, concern, 0), concern.id, step="now_0")
    await show_receipt(uow, concern)
    await _redraw_all(uow, concern)
    await board_standing.follow(uow, concern)
    await days_lists.follow(uow, concern)


async def warned(uow: UnitOfWork, key: UUID) -> bool:
    """Whether the leads were told of danger while it was still being written: that card becomes the concern's."""
    return any(line.entry.deed is Deed.DANGER for line in await uow.trail.of(key))


async def refresh(uow: UnitOfWork, concern: Concern) -> None:
    """A concern has changed: every card of it, wherever it stands or is on its way, is drawn again."""
    await _show_card(uow, concern)
    await show_receipt(uow, concern)
    await _redraw_all(uow, concern)
    await board_standing.follow(uow, concern)
    await days_lists.follow(uow, concern)


async def _redraw_all(uow: UnitOfWork, concern: Concern) -> None:
    await redraw(uow, concern.id)
    if (under := await _rung_under(uow, concern)) != concern.id:
        for notice in await uow.posts.standing(under):
            if notice.kind is NoticeKind.RING:
                await uow.outbox.put(notice)


async def redraw(uow: UnitOfWork, subject: UUID) -> None:
    """Every card about that subject that stands is drawn again."""
    for notice in await uow.posts.standing(subject):
        await uow.outbox.put(notice)


async def _show_card(uow: UnitOfWork, concern: Concern) -> None:
    if not await stands_in_the_leads_place(uow, concern):
        await tell(uow, NoticeKind.TRIAGE, await first_told(uow, concern), concern.id)
        return
    for place in uow.school.leads_places:
        await uow.outbox.put(Notice(kind=NoticeKind.TRIAGE, place=place, subject=concern.id))


async def stands_in_the_leads_place(uow: UnitOfWork, concern: Concern) -> bool:
    """Else each of those who receive it has its card in person."""
    return bool(uow.school.leads_places) and routing.fits_the_leads_place(concern, await uow.people.all())


async def first_told(uow: UnitOfWork, concern: Concern) -> Sequence[Person]:
    """Everyone who receives it before anything is escalated; the next rung up where that is nobody."""
    people = await uow.people.all()
    told = [person for person in people if routing.receives(concern, person)]
    return told or await pool(uow, concern, 0)


async def _with_accounts(uow: UnitOfWork, people: Collection[Person]) -> Sequence[Person]:
    """Those of them whom a message can reach."""
    return [person for person in people if await uow.people.accounts(person.id)]


async def held_by(uow: UnitOfWork, concern: Concern, receiving: Collection[Person] | None = None) -> Held:
    """By whose posts it is had now."""
    told = await _with_accounts(uow, await first_told(uow, concern)) if receiving is None else receiving
    return held(concern, told, await uow.people.get(concern.owner) if concern.owner else None)


async def show_receipt(uow: UnitOfWork, concern: Concern) -> None:
    """To whoever reported it, from the state as it is when it is sent."""
    reporter = await uow.people.get(concern.reporter)
    if reporter is not None and not concern.drill:
        await tell(uow, NoticeKind.RECEIPT, (reporter,), concern.id)


async def tell_who_reported(uow: UnitOfWork, concern: Concern, *, step: str) -> None:
    """Nobody has answered in time: whoever reported it reads whom to ring, in a new message. Not the adult whom it is
    about, and nobody who has lost it."""
    reporter = await uow.people.get(concern.reporter)
    if reporter is None or concern.drill or concern.reporter_as is ReporterAs.SUBJECT or not reporter.active:
        return
    if reporter.id != concern.owner and may(reporter, Doing.SEE_RECEIPT, concern):
        await tell(uow, NoticeKind.RING, (reporter,), await _rung_under(uow, concern), step=step)


async def _rung_under(uow: UnitOfWork, concern: Concern) -> ConcernId:
    """Of one about a child and an adult its reporter has one message for both parts, under the child's."""
    part = routing.childs_part_of(concern.id) if concern.about is About.BOTH else concern.id
    return concern.id if await uow.concerns.get(part) is None else part


async def leads(uow: UnitOfWork) -> Sequence[Person]:
    """The leads and their deputies."""
    return await uow.people.with_roles(LEADS)


async def situation(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Situation:
    """What a card shows beside the concern: names of staff, clocks, what is owed."""
    calendar = uow.school.calendar
    owed = [action for action in await uow.actions.of(concern.id) if action.live]
    outside = uow.school.outside
    every = await first_told(uow, concern)
    receiving = await _with_accounts(uow, every)
    trail, names = await uow.trail.of(concern.id), await staff.names(uow)
    cut_off = bool(receiving) and await _cut_off(uow, concern)
    rings = concern.owner is None and (cut_off or concern.urgency is Urgency.NOW)
    added = [line.entry.at for line in trail if line.entry.deed is Deed.ADDED]
    return Situation(
        calendar=calendar,
        names=names,
        accept_by=clocks.accept_by(concern, calendar, since=await waits_since(uow, concern)),
        returned=_returned(concern, [line.entry for line in trail], names),
        at=at,
        open_actions=len(owed),
        overdue_actions=sum(action.overdue(at=at) for action in owed),
        outside=f"{outside.name}, {outside.telephone}",
        outside_number=(f"{outside.name} (outside school)", outside.telephone),
        officer=(allegation.officer(uow).name, allegation.officer(uow).telephone),
        ring_officer=await allegation.must_be_rung(uow, concern),
        held=await held_by(uow, concern, receiving),
        reached=bool(receiving),
        cut_off=cut_off,
        numbers=(await staff.to_ring(uow, every if rings else (), less=concern.reporter, at=at)).given(),
        additions=len(added),
        told=any(line.entry.facts.get("told") == "yes" for line in trail),
        added_since_closed=any(concern.closed_at and when > concern.closed_at for when in added),
        duty=duty.own(trail),
        woken=_woken(concern, [line.entry for line in trail]),
        incomplete=concern.status is not Status.CLOSED and drafts.incomplete([line.entry for line in trail]),
        own_words=tuple(line.entry.facts[own_words.FACT] for line in trail if own_words.FACT in line.entry.facts),
    )


async def _cut_off(uow: UnitOfWork, concern: Concern) -> bool:
    """Whether it waits, and nobody on any of its rungs can be reached now."""
    if concern.owner is not None or concern.status is Status.CLOSED or not await uow.troubles.lasting():
        return False
    people = await uow.people.all()
    asked = {person.id: person for rung in range(routing.HIGHEST + 1) for person in routing.pool(concern, rung, people)}
    return asked.keys() <= await out_of_reach(uow, asked.values())


async def waits_since(uow: UnitOfWork, concern: Concern) -> datetime | None:
    """Since when it waits to be accepted; None where somebody owns it."""
    return clocks.waits_since(concern, await uow.steps.taken(concern.id)) if concern.owner is None else None


def _returned(concern: Concern, entries: Sequence[Entry], names: Mapping[PersonId, str]) -> str:
    """Whose it was and why it waits again; empty where it does not."""
    gone = next((entry for entry in reversed(entries) if entry.deed is Deed.OWNER_GONE), None)
    if gone is None or concern.owner is not None or concern.status is Status.CLOSED:
        return ""
    return RETURNED[gone.facts["why"]].format(who=staff.name(names, gone.facts["whose"]))


def _woken(concern: Concern, entries: Sequence[Entry]) -> str:
    """Why it counts as "now", by its code; empty where "now" was chosen, or something else."""
    said = next((entry for entry in reversed(entries) if entry.deed is Deed.COUNTS_AS_NOW), None)
    return "" if said is None or concern.now_since is None else said.facts["why"]


RETURNED = {
    "left": "{who} had this concern and is no longer here. It waits for a new owner.",
    "post": "{who} had this concern and receives such concerns no longer. It waits for a new owner.",
}
"""By the code of the entry."""


async def take_in(uow: UnitOfWork, concern: UUID, pressed: ButtonPressed) -> None:
    """Keep a triage card that we did not know of, in a leads' place: it was sent, and its answer was lost.

    Which message, which place and which concern is what a client wrote, and decides nothing: the button must carry our
    own proof of that card in that place, and the message must stand for nothing yet. A card is never given to another.
    """
    if (standing := pressed.standing) is None:
        return
    for place in _leads_place_of(uow, pressed.who, standing):
        await _keep_unknown(uow, Notice(kind=NoticeKind.TRIAGE, place=place, subject=concern), standing)


async def seen(uow: UnitOfWork, inbound: CardSeen) -> Notice | None:
    """Which of our cards a client has in front of somebody in a leads' place; one that we did not know of is kept, as
    in `take_in`. None where it is none of ours, or carries no proof that it is."""
    which = inbound.which
    if which.kind not in {kind.value for kind in NoticeKind}:
        return None
    for place in _leads_place_of(uow, inbound.who, inbound.standing):
        card = Notice(kind=NoticeKind(which.kind), place=place, subject=which.subject, step=which.step)
        if await _keep_unknown(uow, card, inbound.standing):
            return card
    return None


def _leads_place_of(uow: UnitOfWork, who: Who, standing: Standing) -> Sequence[Place]:
    named = (who.platform, who.tenant, standing.channel)
    return [place for place in uow.school.leads_places if (place.platform, place.tenant, place.id) == named]


async def _keep_unknown(uow: UnitOfWork, card: Notice, standing: Standing) -> bool:
    """Whether it is proved to be that card; where the message stands for nothing yet, it stands for it from now on."""
    if not compare_digest(uow.posts.proof(card), standing.proof):
        return False
    if not await uow.posts.at(card.place, standing.message):
        await uow.posts.put(card, standing.message)
        await uow.outbox.put(card)
    return True
