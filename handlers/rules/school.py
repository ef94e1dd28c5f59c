"""A school as the program needs it: its places in chat, its hours, its outside contact. Frozen values."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from handlers.rules.calendar import Calendar
from handlers.rules.routing import Policy

SchoolId = NewType("SchoolId", UUID)


class PlaceKind(StrEnum):
    CHANNEL = "channel"
    PERSON = "person"
    HOME = "home"
    """A person's own page of the app, where the platform has such a page: it holds one card, theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a card can stand: a channel, the private chat with one person, or that person's own page."""

    platform: str
    tenant: str
    kind: PlaceKind
    id: str
    """The platform's channel id, or the user id of the person."""
    team: str = ""
    """Teams only: the team that a channel belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideContact:
    """Who is rung when nobody in the school answers: the last rung, and always there."""

    name: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    id: SchoolId
    name: str
    calendar: Calendar
    leads_places: tuple[Place, ...]
    """The leads' private channels: one, or one a platform."""
    outside: OutsideContact
    lado: OutsideContact | None = None
    """The local authority designated officer: who is told of an allegation against an adult."""
    policy: Policy = field(default_factory=Policy)
    tenants: tuple[tuple[str, str], ...]
    """(platform, tenant) pairs that are this school's: `("slack", "T0...")`, `("teams", "<guid>")`."""

    def on(self, at: datetime) -> "School":
        """The same, its calendar at that moment."""
        return replace(self, calendar=self.calendar.on(at))
