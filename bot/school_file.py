"""The school file: people, roles, places, calendar, in TOML. Says all that is wrong with it at once."""

import csv
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot import staffing
from bot.calendars import bank_holidays
from handlers.rules.calendar import Calendar, Term
from handlers.rules.people import LEADS, Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.routing import Policy
from handlers.rules.school import OutsideContact, Place, PlaceKind, School, SchoolId

_SPACE = UUID("6f0c2f52-7f0b-5d3c-9c51-5f1b4c1d8a10")
"""Ids are made from the school's and the person's own keys, so that a file read twice gives the same ones."""


class SchoolFileFaulty(Exception):
    """What is wrong with the file, a sentence a line."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _zone(name: str) -> str:
    if name not in available_timezones():
        message = f"{name} is not a time zone, such as Europe/London"
        raise ValueError(message)
    return name


class _Identity(_Table):
    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    nation: Literal["England", "Wales", "Scotland", "Northern Ireland"] = "England"
    zone: Annotated[str, AfterValidator(_zone)] = "Europe/London"


class _Hours(_Table):
    opens: time
    closes: time


class _Term(_Table):
    first: date
    last: date


class _Outside(_Table):
    name: str = Field(min_length=1)
    telephone: str = Field(min_length=1)


class _Policy(_Table):
    low_level_to_lead: bool = False
    head_is_proprietor: bool = False


class _Slack(_Table):
    team: str = Field(min_length=1)
    leads_channel: str = ""


class _Teams(_Table):
    tenant: str = Field(min_length=1)
    team: str = ""
    leads_channel: str = ""
    service_url: str = ""


def _one_or_several(given: object) -> object:
    """A post alone may stand without brackets: `role = "lead"` as well as `role = ["lead", "head"]`."""
    return [given] if isinstance(given, str) else given


def _less_staff(roles: frozenset[Role]) -> frozenset[Role]:
    """Whoever holds a post is on the staff anyhow."""
    return roles - {Role.STAFF} or roles


class _Person(_Table):
    key: str = Field(min_length=1)
    name: str = Field(min_length=1)
    roles: Annotated[frozenset[Role], BeforeValidator(_one_or_several), AfterValidator(_less_staff)] = Field(
        min_length=1, validation_alias=AliasChoices("role", "roles")
    )
    telephone: str = ""
    mail: str = ""
    department: str = Field(default="", max_length=60)
    children: tuple[str, ...] = ()
    slack: str = ""
    teams: str = ""


class _PupilAccount(_Table):
    slack: str = ""
    teams: str = ""


class _File(_Table):
    school: _Identity
    hours: _Hours
    terms: tuple[_Term, ...] = Field(min_length=1)
    inset: tuple[date, ...] = ()
    outside_contact: _Outside
    lado: _Outside | None = None
    policy: _Policy = _Policy()
    slack: _Slack | None = None
    teams: _Teams | None = None
    people: tuple[_Person, ...] = Field(min_length=1)
    pupil_accounts: tuple[_PupilAccount, ...] = ()
    pupils: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFile:
    school: School
    keys: Mapping[PersonId, str]
    """The key of each person on the staff list: what a table for the technician shows in place of a name."""
    people: tuple[tuple[Person, tuple[Login, ...]], ...]
    pupils: tuple[Pupil, ...]
    service_url: str
    """Where the tenant's Teams service is, when the file says so; else it is learnt from the first activity."""
    warnings: tuple[str, ...]


def read_school_file(path: Path) -> SchoolFile:
    """The file and the list of pupils beside it; raises `SchoolFileFaulty`."""
    try:
        raw = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise SchoolFileFaulty(f"There is no school file at {path}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchoolFileFaulty(f"{path.name} is not readable as TOML: {error}") from None
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SchoolFileFaulty("\n".join(lines)) from None
    if faults := _faults(raw):
        raise SchoolFileFaulty("\n".join(faults))
    school_id = SchoolId(uuid5(_SPACE, raw.school.key))
    people = tuple(_people(raw, school_id))
    pupils = tuple(_pupils(path.parent / raw.pupils, school_id)) if raw.pupils else ()
    return SchoolFile(
        school=_school(raw, school_id),
        keys={person_id(school_id, person.key): person.key for person in raw.people},
        people=people,
        pupils=pupils,
        service_url=raw.teams.service_url if raw.teams else "",
        warnings=(*_warnings(raw), *_children_not_listed(raw, {pupil.id for pupil in pupils}, school_id)),
    )


def _school(raw: _File, id: SchoolId) -> School:
    years = range(min(t.first.year for t in raw.terms) - 1, max(t.last.year for t in raw.terms) + 2)
    calendar = Calendar(
        zone=ZoneInfo(raw.school.zone),
        opens=raw.hours.opens,
        closes=raw.hours.closes,
        terms=tuple(Term(first=term.first, last=term.last) for term in raw.terms),
        inset=frozenset(raw.inset),
        bank_holidays=bank_holidays(raw.school.nation, years),
    )
    return School(
        id=id,
        name=raw.school.name,
        calendar=calendar,
        leads_places=tuple(_leads_places(raw)),
        outside=OutsideContact(name=raw.outside_contact.name, telephone=raw.outside_contact.telephone),
        lado=None if raw.lado is None else OutsideContact(name=raw.lado.name, telephone=raw.lado.telephone),
        policy=Policy(
            low_level_to_lead=raw.policy.low_level_to_lead, head_is_proprietor=raw.policy.head_is_proprietor
        ),
        tenants=tuple(_tenants(raw)),
    )


def _tenants(raw: _File) -> list[tuple[str, str]]:
    slack = [("slack", raw.slack.team)] if raw.slack else []
    teams = [("teams", raw.teams.tenant.lower())] if raw.teams else []
    return slack + teams


def _leads_places(raw: _File) -> list[Place]:
    places: list[Place] = []
    if raw.slack and raw.slack.leads_channel:
        place = Place(platform="slack", tenant=raw.slack.team, kind=PlaceKind.CHANNEL, id=raw.slack.leads_channel)
        places.append(place)
    if raw.teams and raw.teams.leads_channel:
        places.append(
            Place(platform="teams", tenant=raw.teams.tenant.lower(), kind=PlaceKind.CHANNEL,
                  id=raw.teams.leads_channel, team=raw.teams.team)
        )
    return places


def _people(raw: _File, school: SchoolId) -> list[tuple[Person, tuple[Login, ...]]]:
    listed = [(_person(person, school), _accounts(raw, person.slack, person.teams)) for person in raw.people]
    for number, pupil in enumerate(raw.pupil_accounts):
        id = PersonId(uuid5(school, f"pupil-account/{pupil.slack or pupil.teams or number}"))
        person = Person(id=id, name="A pupil's account", roles=frozenset({Role.PUPIL}))
        listed.append((person, _accounts(raw, pupil.slack, pupil.teams)))
    return listed


def _person(raw: _Person, school: SchoolId) -> Person:
    return Person(
        id=person_id(school, raw.key), name=raw.name, roles=raw.roles, telephone=raw.telephone, mail=raw.mail,
        department=raw.department.strip(), children=frozenset(_pupil_id(key.strip(), school) for key in raw.children),
    )


def person_id(school: SchoolId, key: str) -> PersonId:
    """The id of the person whom the school file knows by that key."""
    return PersonId(uuid5(school, f"person/{key}"))


def _accounts(raw: _File, slack: str, teams: str) -> tuple[Login, ...]:
    accounts: list[Login] = []
    if slack and raw.slack:
        accounts.append(Login(platform="slack", tenant=raw.slack.team, user=slack))
    if teams and raw.teams:
        accounts.append(Login(platform="teams", tenant=raw.teams.tenant.lower(), user=teams.lower()))
    return tuple(accounts)


def _pupils(path: Path, school: SchoolId) -> list[Pupil]:
    """CSV with the columns key, name, form, year; `key` is the UPN or the MIS id and never shown.

    Two more may be there, with `;` between several: `flags` as the school's own system has them, `siblings` by key.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError):
        raise SchoolFileFaulty(f"pupils: {path.name} cannot be read as CSV in UTF-8.") from None
    if rows and not {"key", "name", "form", "year"} <= rows[0].keys():
        raise SchoolFileFaulty(f"pupils: {path.name} needs the columns key, name, form and year.")
    if faults := _pupil_faults(rows, path.name):
        raise SchoolFileFaulty("\n".join(faults))
    return [_pupil(row, school) for row in rows]


def _pupil(row: Mapping[str, str | None], school: SchoolId) -> Pupil:
    return Pupil(
        id=_pupil_id(row["key"] or "", school),
        name=row["name"] or "",
        form=row["form"] or "",
        year=row["year"] or "",
        flags=_several(row.get("flags")),
        siblings=tuple(_pupil_id(key, school) for key in _several(row.get("siblings"))),
    )


def _pupil_id(key: str, school: SchoolId) -> PupilId:
    return PupilId(uuid5(school, f"pupil/{key}"))


def _several(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(";") if part.strip())


def _pupil_faults(rows: Sequence[Mapping[str, str]], name: str) -> list[str]:
    """Two pupils under one key would be one child."""
    keys = [row["key"] or "" for row in rows]
    twice = {key for key in keys if key and keys.count(key) > 1}
    faults = [f"pupils: a key stands twice in {name}, in the lines {lines}." for lines in _lines(keys, twice)]
    told = [(number, (row["key"] or "").strip(), (row["name"] or "").strip()) for number, row in enumerate(rows, 2)]
    empty = [number for number, key, pupil in told if not key or not pupil]
    return [*faults, *(f"pupils: line {number} of {name} has no key or no name." for number in empty)]


def _lines(keys: Sequence[str], twice: Collection[str]) -> list[str]:
    """The lines of the file on which each of those keys stands; keys themselves are never shown."""
    return [", ".join(str(n) for n, key in enumerate(keys, 2) if key == one) for one in sorted(twice)]


def _faults(raw: _File) -> list[str]:
    faults: list[str] = []
    if raw.slack is None and raw.teams is None:
        faults.append("Give a [slack] or a [teams] table: the school must be reachable somewhere.")
    if not any(person.roles & LEADS for person in raw.people):
        faults.append("people: nobody has the role lead or deputy, so nobody would receive a concern.")
    mixed = [person.key for person in raw.people if Role.PUPIL in person.roles and len(person.roles) > 1]
    faults += [f"people: {key} cannot be a pupil and on the staff." for key in mixed]
    faults += _twice([person.key for person in raw.people], "key")
    faults += _twice([person.slack for person in raw.people if person.slack], "Slack account")
    faults += _twice([person.teams.lower() for person in raw.people if person.teams], "Teams account")
    faults += [f"terms: {term.first} is after {term.last}." for term in raw.terms if term.first > term.last]
    if raw.hours.opens >= raw.hours.closes:
        faults.append("hours: opens must be before closes.")
    return faults


def _twice(values: Sequence[str], what: str) -> list[str]:
    return [f"people: the {what} {value} stands twice." for value in sorted({v for v in values if values.count(v) > 1})]


def _warnings(raw: _File) -> list[str]:
    lines = [f"people: {p.key} has no account on Slack or Teams and cannot be told anything."
             for p in raw.people if not p.slack and not p.teams]
    lines += staffing.warnings({person.key: person.roles for person in raw.people})
    if raw.lado is None:
        lines.append("lado: not given; a concern about an adult shows the outside contact instead.")
    if not _leads_places(raw):
        lines.append("No leads_channel is given: cards go to each lead directly.")
    return lines


def _children_not_listed(raw: _File, listed: Collection[PupilId], school: SchoolId) -> list[str]:
    """Whose children are not in the list of pupils, where there is one; the key of a child is shown to nobody."""
    if not listed:
        return []
    strange = [(p.key, sum(_pupil_id(key.strip(), school) not in listed for key in p.children)) for p in raw.people]
    return [f"people: {key} has {count} under children that the list of pupils does not have."
            for key, count in strange if count]  # fmt: skip
