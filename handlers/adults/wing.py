"""A case about an adult: the LADO, the child, the meeting, suspension, support, the outcome, referral by law."""

from datetime import datetime

from handlers.adults import chasing, counter, log, log_counter
from handlers.adults.card import log_due_card
from handlers.adults.examples import examples
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules import allegation
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern
from handlers.rules.low_level import Asked
from handlers.rules.people import FINDERS, PersonId
from handlers.ui import say
from handlers.ui.card import Card, Press
from handlers.wing import Command, Group, Job, Offer, Uses, Wing


def _is_about_an_adult(concern: Concern, _: PersonId) -> bool:
    return allegation.is_about(concern)


async def _chase(uses: Uses, at: datetime) -> None:
    await chasing.chase_cases(uses.units, at=at)


async def _ask_for_reviews(uses: Uses, at: datetime) -> None:
    await log.ask_for_reviews(uses.units, at=at)


async def _draw_log(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """To whoever keeps that log still."""
    reader = await uow.people.get(notice.to) if notice.to else None
    term = log.term_of_review(uow, notice.subject)
    if reader is None or term is None or not reader.among(FINDERS):
        return None
    ends = say.date_of(term.last, uow.school.calendar)
    done = await log.reviewed(uow, notice.subject)
    again = notice.step == Asked.AGAIN.value
    return log_due_card(term_ends=ends, subject=notice.subject, done=done, again=again)


WING = Wing(
    counters=(counter.COUNTER, log_counter.COUNTER),
    commands=(
        Command(
            word="adults", answer=log_counter.asked, roles=FINDERS, whom="whoever receives concerns",
            does="low-level concerns about adults, each adult’s together, where they are yours; their review each term",
        ),
    ),
    offers=(
        Offer(
            press=Press.ALLEGATION, label="Next steps, and how it stands", doing=Doing.READ, group=Group.NEXT,
            when=_is_about_an_adult,
        ),
    ),
    draws={NoticeKind.STEP_DUE: chasing.draw, NoticeKind.LOG_DUE: _draw_log},
    jobs=(
        Job(name="chase_cases", every=300, run=_chase),
        Job(name="low_level_reviews", every=1800, run=_ask_for_reviews),
    ),
    examples=examples,
)
