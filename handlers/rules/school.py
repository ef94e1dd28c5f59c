"""A school as the program needs it: its places in chat, its hours, its outside contact. Frozen values."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time
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
class Daytime:
    """The local authority's own number by day: another team answers out of its hours."""

    contact: OutsideContact
    opens: time
    closes: time

    def shown(self) -> OutsideContact:
        """With its hour in the name: what stands on a card is still there after it."""
        return replace(self.contact, name=f"{self.contact.name} (until {self.closes:%H:%M})")

    def answers(self, at: datetime, calendar: Calendar) -> bool:
        """On a working day of the nation, school or not, within its hours."""
        local = at.astimezone(calendar.zone)
        return calendar.is_working_day(local.date()) and self.opens <= local.time() < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    id: SchoolId
    name: str
    calendar: Calendar
    leads_places: tuple[Place, ...]
    """The leads' private channels: one, or one a platform."""
    outside: OutsideContact
    """Whom to ring outside school: at that moment, once it is known (`on`); else who answers out of hours."""
    daytime: Daytime | None = None
    lado: OutsideContact | None = None
    """The local authority designated officer: who is told of an allegation against an adult."""
    policy: Policy = field(default_factory=Policy)
    tenants: tuple[tuple[str, str], ...]
    """(platform, tenant) pairs that are this school's: `("slack", "T0...")`, `("teams", "<guid>")`."""
    answers_later: OutsideContact | None = None
    """Who answers out of hours, once `outside` is of a moment (`on`)."""

    def on(self, at: datetime) -> "School":
        """The same, its calendar at that moment, and who answers outside school then."""
        later, day = self.answers_later or self.outside, self.daytime
        outside = day.shown() if day and day.answers(at, self.calendar) else later
        return replace(self, calendar=self.calendar.on(at), outside=outside, answers_later=later)

    @property
    def contacts(self) -> tuple[OutsideContact, ...]:
        """Everybody whose number may stand as the outside contact, at whatever hour a card was drawn."""
        later = (self.answers_later,) if self.answers_later else ()
        by_day = (self.daytime.shown(),) if self.daytime else ()
        return tuple(dict.fromkeys((self.outside, *later, *by_day)))
