"""What else may be done with a concern now, by authority and by state: the list behind the card's last button."""

from datetime import datetime
from uuid import UUID

from handlers import wings
from handlers.access import concern_for
from handlers.conversation import OpenForm, Reply
from handlers.desk import more_form
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.wing import Offer

OFFERS: tuple[Offer, ...] = tuple(
    sorted((offer for wing in wings.EVERY for offer in wing.offers), key=lambda offer: offer.group)
)


def offers(concern: Concern, by: Person) -> tuple[tuple[Press, str], ...]:
    """What that person may do with it now."""
    return tuple((o.press, o.label) for o in OFFERS if o.when(concern, by.id) and may(by, o.doing, concern))


async def open_more(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.READ, by=by)
    return OpenForm(more_form.form(keys.key(subject), concern.reference, offers(concern, by)))
