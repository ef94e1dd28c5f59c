"""Holds each card against what chat may hold, just before it leaves; what breaks that is kept back, and told as a code.

A card that breaks it is a bug of ours, and must cost nobody their concern: a safe card goes in its place, with the
presses that open the thing itself (`ui/may_stand`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.ui import who
from handlers.ui.card import Card
from handlers.ui.may_stand import WAITS, Fault, Held, Instead, Own, faults, safe

NOBODYS = Own(staff=frozenset())
"""Most answers name nobody: for those nobody is looked up."""


class BeyondChat(Exception):
    """A card held what a chat platform may not keep: where on the card, as codes. Never the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Where a card goes, and what it is: as codes, for the trail."""

    kind: str
    subject: UUID
    place: Held
    platform: str
    instead: Instead = WAITS
    """What is said in its place."""


async def checked(uow: UnitOfWork, card: Card, leaving: Leaving, *, at: datetime) -> tuple[Card, BeyondChat | None]:
    """The card itself, or a safe one with what was wrong with it. Kept in the trail once for each kind and subject."""
    if not faults(card, leaving.place, NOBODYS):
        return card, None
    own = await owned_by(uow)
    beyond = await kept_back(uow, faults(card, leaving.place, own), leaving, at=at)
    return (card, None) if beyond is None else (safe(card, leaving.place, own, leaving.instead), beyond)


async def kept_back(uow: UnitOfWork, found: Sequence[Fault], leaving: Leaving, *, at: datetime) -> BeyondChat | None:
    """That something was kept back, in the trail once for each kind and subject; None where nothing was."""
    if not found:
        return None
    codes = ",".join(sorted({fault.what for fault in found}))
    if await uow.steps.take(leaving.subject, f"beyond_chat:{leaving.kind}", at=at):
        facts = {"why": "beyond_chat", "reason": codes, "kind": leaving.kind, "platform": leaving.platform}
        await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=None, facts=facts))
    return BeyondChat(f"{leaving.kind}: {codes}")


async def owned_by(uow: UnitOfWork) -> Own:
    """The names and numbers of that school's own that a card may hold: of everybody who works there, or has."""
    people, contacts = await uow.people.ever(), uow.school.contacts
    return Own(
        staff=frozenset({*(person.name for person in people), *who.names(people).values()}),
        telephone=frozenset(
            {*(one.telephone for one in contacts), *(person.telephone for person in people if person.telephone)}
        ),
        outside=frozenset(f"{one.name}, {one.telephone}" for one in contacts),
        outside_name=frozenset(one.name for one in contacts),
    )
