"""People: who is who in a school, and how they are named on the platforms. Pure values."""

from dataclasses import dataclass
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
    TECHNICIAN = "technician"
    PUPIL = "pupil"
    """A pupil's own account: known only so that it can be answered kindly."""


LEADS = frozenset({Role.LEAD, Role.DEPUTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: PersonId
    name: str
    role: Role
    telephone: str = ""
    mail: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
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

    def label(self) -> str:
        """Name, form and year together: the wrong-child error is made where they are apart."""
        year = f"Year {self.year}" if self.year.isdigit() else self.year
        return f"{self.name} · {self.form} · {year}"
