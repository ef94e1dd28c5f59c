"""What the tests of referrals share: to refer, to move a referral on, to read what is stored, waiting and drawn."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.conversation import Complaints, Tell
from handlers.notice import Notice, NoticeKind
from handlers.post import cards as drawing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person
from handlers.rules.referral import Referral
from handlers.ui.card import Buttons, Card, Facts, Press
from tests.handlers.school import ANSWERS, LEE, SCHOOL, TOM, Here, about_adult

LONDON = ZoneInfo("Europe/London")
RANG = {
    "to_agency": "mash", "method": "telephone", "agency_reference": "MASH-CANARY-91", "agency_contact": "Ada CANARY",
    "told_agency": "CANARY what we told them", "parents_of_referral": "CANARY told at the gate, her mother agreed",
}
ABOUT_TOM = {**about_adult(TOM), "adult_weight": "allegation"}


async def owned(here: Here, answers=ANSWERS, *, by: Person = LEE):
    concern = await here.raises(answers=answers)
    await here.press(by, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def refers(here: Here, concern, *, by: Person = LEE, **values) -> Tell | Complaints:
    asked = await here.opens(by, Press.REFER, concern.id)
    return await here.send(by, asked, {**RANG, **values})


async def made(here: Here, concern) -> list[Referral]:
    async with here.units(SCHOOL.id) as uow:
        return list(await uow.referrals.of(concern.id))


async def referred(here: Here, **values):
    concern = await owned(here)
    reply = await refers(here, concern, **values)
    assert isinstance(reply, Tell), reply.by_field
    (referral,) = await made(here, concern)
    return concern, referral


async def does(here: Here, press: Press, referral: Referral, *, by: Person = LEE, **values):
    asked = await here.opens(by, press, referral.id)
    return await here.send(by, asked, values)


async def now(here: Here, referral: Referral) -> Referral:
    async with here.units(SCHOOL.id) as uow:
        found = await uow.referrals.get(referral.id)
    assert found is not None
    return found


async def entries(here: Here, concern, deed: Deed) -> list[Entry]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(concern.id, words=True) if line.entry.deed is deed]


async def waiting(here: Here, *kinds: NoticeKind) -> list[Notice]:
    """Everything in the outbox, claimed and settled: one notice a place comes at a time."""
    found: list[Notice] = []
    while True:
        async with here.units(SCHOOL.id) as uow:
            claimed = await uow.outbox.claim(most=50)
            for item in claimed:
                await uow.outbox.settle(item)
        if not claimed:
            return [notice for notice in found if notice.kind in kinds]
        found += [item.notice for item in claimed]


async def drawn(here: Here, notice: Notice) -> Card | None:
    async with here.units(SCHOOL.id) as uow:
        return await drawing.draw(uow, notice, at=here.at)


def labels(card: Card | None) -> list[str]:
    assert card is not None
    return [button.label for part in card.parts if isinstance(part, Buttons) for button in part.buttons]


def says(card) -> str:
    assert card is not None
    said = [getattr(part, "text", "") for part in card.parts]
    return "\n".join([*said, *(f"{n}: {v}" for part in card.parts if isinstance(part, Facts) for n, v in part.pairs)])


def london(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)
