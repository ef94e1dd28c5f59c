"""Who may know of it: named later, sealed, opened by two in an emergency."""

from datetime import datetime

from handlers.need_to_know import break_glass, break_glass_counter, coming_back, counter
from handlers.need_to_know.examples import examples
from handlers.notice import NoticeKind
from handlers.rules.authority import Doing
from handlers.rules.break_glass import ROLES
from handlers.rules.concern import Concern
from handlers.rules.people import PersonId
from handlers.ui.card import Press
from handlers.wing import Command, Group, Job, Offer, Uses, Wing, whenever


def _is_sealed(concern: Concern, _: PersonId) -> bool:
    return concern.sealed


async def _close_what_ended(uses: Uses, at: datetime) -> None:
    await break_glass.close_what_ended(uses.units, at=at)


async def _name_again(uses: Uses, at: datetime) -> None:
    await coming_back.name_again(uses.units, at=at)


WING = Wing(
    counters=(counter.COUNTER, break_glass_counter.COUNTER,),
    commands=(
        Command(
            word="unlock", answer=break_glass_counter.asked, roles=ROLES,
            whom="the safeguarding leads, the head and the chair of governors",
            does="ask to read, in an emergency, a concern that is not yours; a second person must agree",
        ),
    ),
    offers=(
        Offer(
            press=Press.NAME, label="Somebody is named in it, or too close", doing=Doing.NAME, group=Group.SHARING,
            when=whenever,
        ),
        Offer(
            press=Press.SEAL, label="Seal: open to named people only", doing=Doing.SEAL, group=Group.SHARING,
            when=whenever,
        ),
        Offer(press=Press.UNSEAL, label="Take the seal off", doing=Doing.SEAL, group=Group.SHARING, when=_is_sealed),
    ),
    draws={
        NoticeKind.BREAK_GLASS: break_glass.draw_question,
        NoticeKind.BREAK_GLASS_OPEN: break_glass.draw_open,
    },
    jobs=(
        Job(name="close_emergency_doors", every=60, run=_close_what_ended),
        Job(name="name_who_came_back", every=60, run=_name_again),
    ),
    examples=examples,
)
