"""What else may be done with a concern now, by authority and by state: the list behind the card's last button."""

from datetime import datetime
from uuid import UUID

from handlers import wings
from handlers.access import concern_for
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import subject_of
from handlers.desk import more_form
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.form import Form
from handlers.wing import Group, Offer

OFFERS: tuple[Offer, ...] = tuple(
    sorted((offer for wing in wings.EVERY for offer in wing.offers), key=lambda offer: list(Group).index(offer.group))
)


def offers(concern: Concern, by: Person) -> tuple[Offer, ...]:
    """What that person may do with it now."""
    return tuple(offer for offer in OFFERS if offer.when(concern, by.id) and may(by, offer.doing, concern))


async def again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The list as it is for them now, after a refusal: what they may do, and nothing else."""
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    by = await uow.people.identify(inbound.who)
    listed = offers(concern, by) if concern is not None and by is not None and may(by, Doing.READ, concern) else ()
    return more_form.form(inbound.key, concern.reference if listed and concern else "", listed)


async def open_more(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.READ, by=by)
    return OpenForm(more_form.form(keys.key(subject), concern.reference, offers(concern, by)))
