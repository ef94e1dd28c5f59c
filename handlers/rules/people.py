"""People: who is who in a school, and how they are named on the platforms. Pure values."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)
PupilId = NewType("PupilId", UUID)


class Role(StrEnum):
    """What a person is in the school, not what they may do: that is `rules.authority`."""

    STAFF = "staff"
    LEAD = "lead"
    DEPUTY = "deputy"
    HEAD = "head"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SAFEGUARDING_GOVERNOR = "safeguarding_governor"
    WHISTLEBLOWING_LEAD = "whistleblowing_lead"
    HR = "hr"
    """Named HR: concerns about adults, beside the head."""
    NOMINATED = "nominated"
    """Keeps the sealed copy where head and chair cannot be told."""
    TRUST_LEAD = "trust_lead"
    AUDITOR = "auditor"
    """Read-only, for a time, with the access log."""
    TECHNICIAN = "technician"
    DPO = "dpo"
    """The data protection officer: receives no concern, and keeps copies of how far the audit trail has come."""
    PUPIL = "pupil"
    """A pupil's own account: known only so that it can be answered kindly."""


LEADS = frozenset({Role.LEAD, Role.DEPUTY})
IN_CHARGE = LEADS | {
    Role.HEAD, Role.CHAIR, Role.VICE_CHAIR, Role.SAFEGUARDING_GOVERNOR, Role.NOMINATED, Role.TRUST_LEAD,
}  # fmt: skip
"""Whoever may receive a concern, and so may be involved in one or too close to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: PersonId
    name: str
    roles: frozenset[Role]
    """Every post that they hold (DOMAIN, people and posts). What follows goes by the person, not by the post."""
    telephone: str = ""
    mail: str = ""
    active: bool = True
    department: str = ""
    """Where they work, for counting what to train next; empty where the school file does not say."""
    tutor_of: str = ""
    """The form whose tutor they are, as the school file writes it, if any. It gives no right to anything."""
    children: frozenset[PupilId] = frozenset()
    """Pupils whose parent or close relative they are, as the school file says: nothing about these is for them."""

    def __hash__(self) -> int:
        """By the id alone: the staff as a whole is what things are looked up by, many times for each concern."""
        return hash(self.id)

    def has(self, role: Role) -> bool:
        return role in self.roles

    def among(self, roles: Collection[Role]) -> bool:
        """Whether they hold any of those posts."""
        return not self.roles.isdisjoint(roles)

    def held(self) -> tuple[Role, ...]:
        """Their posts as they are told, in the order of `Role`; beside another, being on the staff says nothing."""
        posts = tuple(role for role in Role if role in self.roles)
        return posts if len(posts) == 1 else tuple(role for role in posts if role is not Role.STAFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A person's account on one platform."""

    platform: str
    tenant: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    id: PupilId
    name: str
    form: str
    year: str
    flags: tuple[str, ...] = ()
    """What the school's own system says of them, as it is written: EHCP, looked after, young carer."""
    siblings: tuple[PupilId, ...] = ()
    active: bool = True
    """On the roll now; the record keeps those who have left."""
    preferred: str = field(default="", repr=False)
    """What they are called, where that is another name than the roll's."""
    born: date | None = field(default=None, repr=False)
    upn: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    parents: tuple[str, ...] = field(default=(), repr=False)
    """Each with name and telephone, as the school's own system writes them. These are for letters to agencies alone."""

    def label(self) -> str:
        """Name, form and year together: the wrong-child error is made where they are apart."""
        year = f"Year {self.year}" if self.year.isdigit() else self.year
        return f"{self.name} · {self.form} · {year}"


FINDERS = LEADS | {
    Role.HEAD, Role.CHAIR, Role.VICE_CHAIR, Role.SAFEGUARDING_GOVERNOR, Role.HR, Role.NOMINATED, Role.TRUST_LEAD,
}  # fmt: skip
"""Roles that may receive a concern at all."""
