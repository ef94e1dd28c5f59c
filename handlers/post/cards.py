"""Draws the card that a notice stands for, from the state as it is now."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from handlers import notices
from handlers.actions import drawing as action_drawing
from handlers.assurance import drill, selftest
from handlers.assurance.drill_card import drill_alarm_card, drill_card
from handlers.closing import merging
from handlers.need_to_know import break_glass as glass
from handlers.notice import Kind, Notice
from handlers.oversight import quality
from handlers.overview import board, digests, huddles
from handlers.ports import UnitOfWork
from handlers.record.share_card import share_card
from handlers.referrals import drawing as referral_drawing
from handlers.reporter import raising as concerns
from handlers.reporter import unsent
from handlers.reporter.duty_card import duty_card
from handlers.reporter.receipt_card import receipt_card
from handlers.rules import routing
from handlers.rules.authority import Doing, Relation, may, relations
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.share import ShareId
from handlers.situation import Situation
from handlers.triage import away
from handlers.triage.another_card import second_card, sign_off_card
from handlers.triage.card import triage_card
from handlers.ui import say
from handlers.ui.card import Card
from handlers.ui.plain import alarm_card

CHANNEL_ALARM = (
    "The leads' channel cannot be used: it is not private, has somebody in it who is not a lead, or the app is "
    "not in it. Cards are sent to each lead directly until it is put right. Ask your technician to run the check."
)


NOT_WITHDRAWN = "not_withdrawn"
"""The step of the alarm about a card that could not be taken away."""
STILL_STANDS = (
    "A card that somebody may not see any more could not be taken away. Ask your technician to look at the app's "
    "standing on that platform, and to run python -m bot check."
)


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """The card, or None where there is nothing to show that person any more."""
    return await _BY_KIND[notice.kind](uow, notice, at)


async def _triage(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    person = await uow.people.get(notice.to) if notice.to else None
    if concern is None or not await _has_it(uow, concern, person):
        return None
    now = await notices.situation(uow, concern, at=at)
    if concern.drill:
        return drill_card(concern, now)
    return triage_card(concern, now, chased=notice.kind is not Kind.TRIAGE)


async def _has_it(uow: UnitOfWork, concern: Concern, person: Person | None) -> bool:
    """Whether its card may stand before that person, or (None) in the leads' place: asked afresh at each drawing."""
    if person is None:
        return routing.fits_the_leads_place(concern, await uow.people.all())
    if person.id in routing.conflicted(concern):
        return False
    return may(person, Doing.READ, concern) or person in await notices.first_told(uow, concern)


async def _danger(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """What became of it once it has been sent; until then that somebody is writing."""
    became = await unsent.what_became(uow, notice.subject)
    if became is None:
        return await unsent.danger(uow, notice)
    reader = await uow.people.get(notice.to) if notice.to else None
    if reader is not None and reader.id in routing.conflicted(became):
        return None
    if reader is not None and Relation.RECIPIENT not in relations(reader, became):
        return await unsent.waits_no_more(uow, notice)
    return await _triage(uow, replace(notice, subject=became.id), at)


async def _draft(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await unsent.draw(uow, notice, at=at)


async def _receipt(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Nothing to a reporter who is named in it by now: they lose it as everybody does."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reporter = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return None
    now = await notices.situation(uow, concern, at=at)
    return receipt_card(concern, now, proof=await concerns.raised_proof(uow, concern))


def _for_another(
    doing: Doing, card: Callable[[Concern, Situation], Card]
) -> Callable[[UnitOfWork, Notice, datetime], Awaitable[Card | None]]:
    """A card for whoever may be the second person, and for nobody else."""

    async def drawn(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
        concern = await uow.concerns.get(ConcernId(notice.subject))
        reader = await uow.people.get(notice.to) if notice.to else None
        if concern is None or reader is None or not may(reader, doing, concern):
            return None
        return card(concern, await notices.situation(uow, concern, at=at))

    return drawn


async def _share(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Nothing to somebody who is named in it by now: not even that it ended."""
    given = await uow.shares.get(ShareId(notice.subject))
    concern = await uow.concerns.get(given.concern) if given else None
    if given is None or concern is None or given.to in routing.conflicted(concern):
        return None
    return share_card(given, concern, await notices.situation(uow, concern, at=at))


async def _sample(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    lead = await uow.people.get(notice.to) if notice.to else None
    return await quality.draw_sample(uow, lead, at=at) if lead else None


async def _duty(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reporter = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return None
    logged = (await notices.situation(uow, concern, at=at)).duty.logged_at
    return duty_card(concern, logged=say.moment(logged, uow.school.calendar) if logged else "")


async def _board(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await board.draw(uow, notice, at=at)


async def _huddle(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await huddles.draw(uow, at=at)


async def _cover(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await away.draw(uow, notice, at=at)


async def _digest(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await digests.draw(uow, at=at)


async def _alarm(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """What is wrong: found by the self-test or the drill, or with the leads' channel."""
    if notice.step == selftest.STEP:
        return await selftest.draw(uow, notice)
    if notice.step == drill.STEP:
        return drill_alarm_card() if (await drill.waits(uow, notice.subject)) else None
    return alarm_card(STILL_STANDS if notice.step == NOT_WITHDRAWN else CHANNEL_ALARM)


_BY_KIND: dict[Kind, Callable[[UnitOfWork, Notice, datetime], Awaitable[Card | None]]] = {
    Kind.TRIAGE: _triage,
    Kind.CHASE: _triage,
    Kind.DANGER: _danger,
    Kind.DRAFT: _draft,
    Kind.RECEIPT: _receipt,
    Kind.DUTY: _duty,
    Kind.SECOND: _for_another(Doing.SECOND_READ, second_card),
    Kind.SAMPLE: _sample,
    Kind.SHARE: _share,
    Kind.SIGN_OFF: _for_another(Doing.SIGN_OFF, sign_off_card),
    Kind.MERGE: merging.draw,
    Kind.ACTION: action_drawing.draw,
    **dict.fromkeys(action_drawing.WATCH, action_drawing.draw),
    Kind.REFERRAL: referral_drawing.draw,
    Kind.REFER_DUE: referral_drawing.draw_due,
    Kind.GLASS: glass.draw_question,
    Kind.GLASS_OPEN: glass.draw_open,
    Kind.DIGEST: _digest,
    Kind.BOARD: _board,
    Kind.HUDDLE: _huddle,
    Kind.COVER: _cover,
    Kind.ALARM: _alarm,
}
