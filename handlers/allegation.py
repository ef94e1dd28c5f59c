"""Whether a concern about an adult is an allegation, and who outside is told of it. Reads; changes nothing."""

from handlers.ports import UnitOfWork
from handlers.rules.agency import ALLEGATION
from handlers.rules.concern import About, Concern, Route
from handlers.rules.pack import ENGLAND
from handlers.rules.referral import ReferralStatus
from handlers.rules.routing import Weight
from handlers.rules.school import OutsideContact

ADULT_ROUTES = frozenset({Route.HEAD, Route.CHAIR, Route.VICE_CHAIR, Route.OUTSIDE, Route.TRUST})


async def is_allegation(uow: UnitOfWork, concern: Concern) -> bool:
    """About an adult, and not said to be low-level: unsure is an allegation (KCSIE part four)."""
    if concern.about not in {About.ADULT, About.BOTH} or concern.route not in ADULT_ROUTES:
        return False
    weight = str((await uow.trail.answers(concern.id)).get("adult_weight") or "")
    return weight not in {Weight.LOW_LEVEL, Weight.SELF}


def officer(uow: UnitOfWork) -> OutsideContact:
    """The LADO, or where the school file does not name one, the outside contact."""
    return uow.school.lado or uow.school.outside


async def must_be_rung(uow: UnitOfWork, concern: Concern) -> bool:
    """An allegation of which no referral to the LADO is recorded yet."""
    if concern.closed_at is not None or not await is_allegation(uow, concern):
        return False
    telling = {agency.key for agency in ENGLAND.agencies if agency.make and agency.make.when == ALLEGATION}
    made = await uow.referrals.of(concern.id)
    return not any(one.agency in telling and one.status is not ReferralStatus.WITHDRAWN for one in made)
