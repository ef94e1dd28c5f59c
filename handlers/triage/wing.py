"""Whose a concern is, what is decided of it, and how it is chased until then."""

from datetime import datetime

from handlers.notice import NoticeKind
from handlers.rules import home_time
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, Second, Status, Urgency
from handlers.rules.people import FINDERS, PersonId
from handlers.rules.routing import Rung
from handlers.triage import away, away_counter, chasing, chasing_owned, counter, drawing, owning_counter, rota, safe
from handlers.triage.another_card import awaits_reading, second_card
from handlers.triage.examples import examples
from handlers.ui.card import Press
from handlers.wing import Command, Group, Job, Offer, Uses, Wing, is_open, is_owned, is_theirs

_BEFORE_HOME_TIME = frozenset({Urgency.NOW, Urgency.TODAY})
"""What may not cross home time unless somebody says why."""


def _to_be_read(concern: Concern, by: PersonId) -> bool:
    return is_open(concern, by) and concern.second is Second.WANTED and concern.decided_by != by


def _decided(concern: Concern, by: PersonId) -> bool:
    return concern.status is Status.TRIAGED and concern.owner == by


def _may_wait(concern: Concern, by: PersonId) -> bool:
    return is_owned(concern, by) and concern.urgency in _BEFORE_HOME_TIME and not home_time.settled(concern)


def _offered(concern: Concern, by: PersonId) -> bool:
    return is_open(concern, by) and concern.offered_to == by


def _anothers(concern: Concern, by: PersonId) -> bool:
    return is_owned(concern, by) and concern.owner != by


def _can_go_further(concern: Concern, by: PersonId) -> bool:
    return is_open(concern, by) and concern.rung < Rung.OUTSIDE


async def _chase_unaccepted(uses: Uses, at: datetime) -> None:
    await chasing.chase_unaccepted(uses.units, uses.directories, at=at)


async def _chase_owned(uses: Uses, at: datetime) -> None:
    await chasing_owned.chase_owned(uses.units, at=at)


async def _tell_of_cover(uses: Uses, at: datetime) -> None:
    await away.tell_on_the_day(uses.units, at=at)


WING = Wing(
    counters=(counter.COUNTER, owning_counter.COUNTER, away_counter.COUNTER, safe.COUNTER),
    commands=(
        Command(
            word="away", answer=away_counter.asked, roles=FINDERS, whom="whoever receives concerns",
            does="say from when until when you are away, and who covers; back ends it sooner",
        ),
        Command(word="rota", answer=rota.asked, does="who is here for concerns this week, and their numbers"),
        Command(word="back", answer=away_counter.back, roles=FINDERS, whom="whoever receives concerns", does=""),
    ),
    offers=(
        Offer(
            press=Press.SECOND_READ, label="Read a decision as second reader", doing=Doing.SECOND_READ,
            group=Group.NEXT, when=_to_be_read,
        ),
        Offer(
            press=Press.SAFE_UNTIL,
            label="Safe until: say why it can wait past home time",
            doing=Doing.SAFE_UNTIL,
            group=Group.NEXT,
            when=_may_wait,
        ),
        Offer(press=Press.DECIDE, label="Decide again", doing=Doing.DECIDE, group=Group.NEXT, when=_decided),
        Offer(
            press=Press.DECLINE, label="Decline what is offered", doing=Doing.ACCEPT, group=Group.NEXT,
            when=_offered,
        ),
        Offer(
            press=Press.COVER, label="Take over from an owner who is away", doing=Doing.ACCEPT, group=Group.CHANGING,
            when=_anothers,
        ),
        Offer(
            press=Press.HAND_OVER, label="Hand over to somebody else", doing=Doing.HAND_OVER, group=Group.CHANGING,
            when=is_theirs,
        ),
        Offer(
            press=Press.ESCALATE, label="Escalate to the next in line", doing=Doing.ESCALATE, group=Group.CHANGING,
            when=_can_go_further,
        ),
    ),
    draws={
        NoticeKind.TRIAGE: drawing.draw_triage,
        NoticeKind.CHASE: drawing.draw_triage,
        NoticeKind.DANGER: drawing.draw_danger,
        NoticeKind.COVER: drawing.draw_cover,
        NoticeKind.SECOND: drawing.for_another(Doing.SECOND_READ, second_card, waits=awaits_reading),
    },
    jobs=(
        Job(name="chase_unaccepted", every=15, run=_chase_unaccepted),
        Job(name="chase_owned", every=60, run=_chase_owned),
        Job(name="cover_begins", every=60, run=_tell_of_cover),
    ),
    examples=examples,
)
