"""How a concern about an adult stands as a case, and who outside is told of it. Reads; changes nothing."""

from datetime import datetime

from handlers.ports import UnitOfWork
from handlers.rules import allegation
from handlers.rules.allegation import Case
from handlers.rules.concern import About, Concern, Route
from handlers.rules.pack import ENGLAND
from handlers.rules.referral import ReferralStatus
from handlers.rules.routing import Weight
from handlers.rules.school import OutsideContact

ADULT_ROUTES = allegation.ROUTES - {Route.LOW_LEVEL}


async def case_of(uow: UnitOfWork, concern: Concern) -> Case:
    """The case as it is told by the record of that concern."""
    lines = await uow.trail.of(concern.id, words=True)
    said = str((await uow.trail.answers(concern.id)).get("adult_weight") or "")
    weight = Weight(said) if said in set(Weight) else Weight.ALLEGATION
    return allegation.case_of(concern, weight, [line.entry for line in lines])


async def is_allegation(uow: UnitOfWork, concern: Concern) -> bool:
    """About an adult, and neither said nor judged to be low-level: unsure is an allegation (KCSIE part four)."""
    return await since(uow, concern) is not None


async def since(uow: UnitOfWork, concern: Concern) -> datetime | None:
    """From when it counts as an allegation; None where it does not."""
    if concern.about not in {About.ADULT, About.BOTH} or concern.route not in ADULT_ROUTES:
        return None
    return (await case_of(uow, concern)).since


async def told_at(uow: UnitOfWork, concern: Concern) -> datetime | None:
    """When the LADO was first told; None where no referral to them stands."""
    telling = {agency.key for agency in ENGLAND.agencies if agency.is_told_of_allegations}
    made = [one for one in await uow.referrals.of(concern.id) if one.agency in telling]
    return min((one.sent_at for one in made if one.status is not ReferralStatus.WITHDRAWN), default=None)


async def unsettled(uow: UnitOfWork, concern: Concern) -> str:
    """Why an allegation cannot be closed yet, as a sentence; empty for one that can, and for what is none."""
    if not allegation.is_about(concern):
        return ""
    case = await case_of(uow, concern)
    return allegation.unsettled(case, ENGLAND.adults, told=await told_at(uow, concern))


def officer(uow: UnitOfWork) -> OutsideContact:
    """The LADO, or where the school file does not name one, the outside contact."""
    return uow.school.lado or uow.school.outside


async def must_be_rung(uow: UnitOfWork, concern: Concern) -> bool:
    """An allegation of which no referral to the LADO is recorded yet."""
    if concern.closed_at is not None or not await is_allegation(uow, concern):
        return False
    return await told_at(uow, concern) is None
