"""Who is here for concerns this week, for whoever asks: `/concern rota`. Days and cover, never why somebody is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import staff
from handlers.conversation import CommandTyped, Reply, Tell
from handlers.ports import UnitOfWork
from handlers.rules import clocks
from handlers.rules.absence import Absence
from handlers.rules.people import LEADS, Person
from handlers.rules.school import OutsideContact
from handlers.triage.cover_card import between
from handlers.ui.card import Card, Facts, Heading, Words
from handlers.ui.posts import post

TITLE = "Who is here for concerns this week"
AS_USUAL = (
    "Raise a concern with /concern all the same: it goes to whoever is here. Tell one of them in person as well what "
    "cannot wait. If a child is in danger, ring 999."
)
NO_NUMBER = "no number given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """A lead or deputy, and what is said of their week."""

    person: Person
    name: str
    away: str = ""
    """`Away on Mon 30 Nov. Dana Okello covers`; empty for somebody who is here all week."""
    now: bool = False
    """Away at this moment."""


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern rota`: in a window or a chat of their own."""
    del inbound, by
    return Tell(rota_card(await this_week(uow, at=at), uow.school.outside))


async def this_week(uow: UnitOfWork, *, at: datetime) -> Sequence[Here]:
    """Every lead and deputy: those who are here now first, else in the order of the staff list."""
    calendar, names = uow.school.calendar, await staff.names(uow)
    last = (clocks.week_ends(calendar, at=at).astimezone(calendar.zone) - timedelta(days=1)).date()

    def of(person: Person, absence: Absence | None) -> Here:
        name = names[person.id]
        if absence is None or absence.first > last:
            return Here(person=person, name=name)
        when, cover = between(absence.first, absence.last, calendar), staff.name(names, absence.cover)
        away = f"Away {when}. {cover} covers"
        return Here(person=person, name=name, away=away, now=absence.now(at, calendar.zone))

    leads = await uow.people.with_roles(LEADS)
    return sorted([of(lead, await staff.away(uow, lead.id, at=at)) for lead in leads], key=lambda one: one.now)


def rota_card(leads: Sequence[Here], outside: OutsideContact) -> Card:
    """The number outside stands before whoever is away now."""
    here, gone = ([(one.name, _of(one)) for one in leads if one.now is now] for now in (False, True))
    pairs = [*here, (f"{outside.name} (outside school)", outside.telephone), *gone]
    return Card(
        summary=TITLE, parts=(Heading(TITLE), Facts(tuple(pairs)), Words(text=AS_USUAL, subtle=True))
    )


def _of(one: Here) -> str:
    return ". ".join(filter(None, (f"{post(one.person)}, {one.person.telephone or NO_NUMBER}", one.away)))
