"""The school file: people, roles, places, calendar, in TOML. Says all that is wrong with it at once."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot import faults, likely_slips, staffing, toml_file
from bot.calendars import bank_holidays
from bot.files import Missing, Unfit, read_bytes
from bot.roll_file import RollFaulty, pupil_id, read_roll, strange
from bot.school_tables import File, PersonRow
from handlers.rules import pack
from handlers.rules.calendar import Calendar, Term
from handlers.rules.people import LEADS, Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.routing import Policy
from handlers.rules.school import Daytime, OutsideContact, Place, PlaceKind, School, SchoolId

LARGEST = 1_000_000
"""Bytes: a school of 500 adults has about 100,000."""
_YEARS = range(2000, 2100)

_SPACE = UUID("6f0c2f52-7f0b-5d3c-9c51-5f1b4c1d8a10")
"""Ids are made from the school's and the person's own keys, so that a file read twice gives the same ones."""


class SchoolFileFaulty(Exception):
    """What is wrong with the file, a sentence a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolFile:
    school: School
    key: str
    """The school's own, by which the technician names it."""
    keys: Mapping[PersonId, str]
    """The key of each person on the staff list: what a table for the technician shows in place of a name."""
    people: tuple[tuple[Person, tuple[Login, ...]], ...]
    pupils: tuple[Pupil, ...]
    roll_faults: tuple[str, ...]
    """Why the file of pupils was not taken, a sentence a line; then `pupils` is empty, and those of before stand."""
    service_url: str
    """Where the tenant's Teams service is, when the file says so; else it is learnt from the first activity."""
    organisation: str
    """The Enterprise Grid organisation of the school's Slack workspace, when the file says so; else empty."""
    warnings: tuple[str, ...]


def read_school_file(path: Path, *, roll_may_fail: bool = False) -> SchoolFile:
    """The file and the list of pupils beside it; raises `SchoolFileFaulty`.

    `roll_may_fail`: what is wrong with the list of pupils alone is kept in the value, for the store may have an older.
    """
    raw = _checked(path)
    school_id = SchoolId(uuid5(_SPACE, raw.school.key))
    pupils, roll_faults = _roll(path, raw, school_id)
    if roll_faults and not roll_may_fail:
        raise SchoolFileFaulty("\n".join(roll_faults))
    return SchoolFile(
        school=_school(raw, school_id),
        key=raw.school.key,
        keys={person_id(school_id, person.key): person.key for person in raw.people},
        people=tuple(_people(raw, school_id)),
        pupils=pupils,
        roll_faults=roll_faults,
        service_url=raw.teams.service_url if raw.teams else "",
        organisation=raw.slack.organisation if raw.slack else "",
        warnings=(
            *_warnings(raw), *likely_slips.warnings(raw, {pupil.form for pupil in pupils}),
            *_children_not_listed(raw, {pupil.id for pupil in pupils}, school_id), *strange(pupils),
        ),
    )


def _roll(path: Path, raw: File, school: SchoolId) -> tuple[tuple[Pupil, ...], tuple[str, ...]]:
    """The pupils, or why there are none."""
    try:
        return (read_roll(path.parent / raw.pupils, school) if raw.pupils else (), ())
    except RollFaulty as fault:
        return (), tuple(str(fault).splitlines())


def _checked(path: Path) -> File:
    held = _toml(path)
    try:
        raw = File.model_validate(held)
    except ValidationError as error:
        raise SchoolFileFaulty("\n".join(faults.sentences(error, File, held))) from None
    if lines := _faults(raw):
        raise SchoolFileFaulty("\n".join(lines))
    return raw


def _toml(path: Path) -> dict[str, Any]:
    try:
        held = toml_file.parsed(_bytes(path))
    except toml_file.Unreadable as why:
        raise SchoolFileFaulty(f"{path.name} {why}.") from None
    if unseen := list(_unseen(held)):
        lines = [f"{faults.at(where, File, held)}: it holds a character that cannot be seen." for where in unseen]
        raise SchoolFileFaulty("\n".join(lines))
    return held


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, most=LARGEST)
    except Missing:
        raise SchoolFileFaulty(f"There is no school file at {path}.") from None
    except Unfit as why:
        raise SchoolFileFaulty(f"{path.name} {why}.") from None


def _unseen(held: object, where: tuple[int | str, ...] = ()) -> Iterator[tuple[int | str, ...]]:
    """Where a text has a control or a format character in it: NUL, a line break, a zero-width space."""
    if isinstance(held, dict):
        for name, value in cast("dict[str, object]", held).items():
            yield from _unseen(value, (*where, name))
    elif isinstance(held, list):
        for number, value in enumerate(cast("list[object]", held)):
            yield from _unseen(value, (*where, number))
    elif isinstance(held, str) and any(unicodedata.category(letter) in {"Cc", "Cf", "Cs"} for letter in held):
        yield where


def _school(raw: File, id: SchoolId) -> School:
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
        daytime=_daytime(raw),
        lado=None if raw.lado is None else OutsideContact(name=raw.lado.name, telephone=raw.lado.telephone),
        policy=Policy(
            low_level_to_lead=raw.policy.low_level_to_lead, head_is_proprietor=raw.policy.head_is_proprietor
        ),
        tenants=tuple(_tenants(raw)),
    )


def _daytime(raw: File) -> Daytime | None:
    one = raw.local_authority
    if one is None:
        return None
    contact = OutsideContact(name=one.name, telephone=one.telephone)
    return Daytime(contact=contact, opens=one.opens, closes=one.closes)


def _tenants(raw: File) -> list[tuple[str, str]]:
    slack = [("slack", raw.slack.team)] if raw.slack else []
    teams = [("teams", raw.teams.tenant.lower())] if raw.teams else []
    return slack + teams


def _leads_places(raw: File) -> list[Place]:
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


def _people(raw: File, school: SchoolId) -> list[tuple[Person, tuple[Login, ...]]]:
    listed = [(_person(person, school), _accounts(raw, person.slack, person.teams)) for person in raw.people]
    for number, pupil in enumerate(raw.pupil_accounts):
        id = PersonId(uuid5(school, f"pupil-account/{pupil.slack or pupil.teams or number}"))
        person = Person(id=id, name="A pupil's account", roles=frozenset({Role.PUPIL}))
        listed.append((person, _accounts(raw, pupil.slack, pupil.teams)))
    return listed


def _person(raw: PersonRow, school: SchoolId) -> Person:
    return Person(
        id=person_id(school, raw.key), name=raw.name, roles=raw.roles, telephone=raw.telephone, mail=raw.mail,
        department=raw.department.strip(), tutor_of=raw.tutor_of.strip(),
        children=frozenset(pupil_id(key, school) for key in raw.children),
    )


def person_id(school: SchoolId, key: str) -> PersonId:
    """The id of the person whom the school file knows by that key."""
    return PersonId(uuid5(school, f"person/{key}"))


def _accounts(raw: File, slack: str, teams: str) -> tuple[Login, ...]:
    accounts: list[Login] = []
    if slack and raw.slack:
        accounts.append(Login(platform="slack", tenant=raw.slack.team, user=slack))
    if teams and raw.teams:
        accounts.append(Login(platform="teams", tenant=raw.teams.tenant.lower(), user=teams.lower()))
    return tuple(accounts)


def _faults(raw: File) -> list[str]:
    lines: list[str] = []
    if raw.slack is None and raw.teams is None:
        lines.append("Give a [slack] or a [teams] table: the school must be reachable somewhere.")
    if not any(person.roles & LEADS for person in raw.people):
        lines.append("people: nobody has the role lead or deputy, so nobody would receive a concern.")
    if raw.school.nation != pack.ENGLAND.nation:
        lines.append(f"school.nation: {pack.unserved(raw.school.nation, pack.ENGLAND, pack.nations())}")
    mixed = [person.key for person in raw.people if Role.PUPIL in person.roles and len(person.roles) > 1]
    lines += [f"people: {key} cannot be a pupil and on the staff." for key in mixed]
    lines += _twice([person.key for person in raw.people], "key")
    lines += _twice([person.slack for person in raw.people if person.slack], "Slack account")
    lines += _twice([person.teams.lower() for person in raw.people if person.teams], "Teams account")
    lines += [f"terms: {term.first} is after {term.last}." for term in raw.terms if term.first > term.last]
    days = [*raw.inset, *(day for term in raw.terms for day in (term.first, term.last))]
    lines += [f"terms and inset: {day} is no day of a school's year." for day in days if day.year not in _YEARS]
    if raw.hours.opens >= raw.hours.closes:
        lines.append("hours: opens must be before closes.")
    return lines


def _twice(values: Sequence[str], what: str) -> list[str]:
    first: dict[str, str] = {}
    twice: set[str] = set()
    for value in values:
        folded = unicodedata.normalize("NFKC", value).casefold().strip()
        twice |= {first[folded]} if folded in first else set()
        first.setdefault(folded, value)
    return [f"people: the {what} {value} stands twice." for value in sorted(twice)]


def _warnings(raw: File) -> list[str]:
    lines = [f"people: {p.key} has no account on Slack or Teams and cannot be told anything."
             for p in raw.people if not p.slack and not p.teams]
    lines += staffing.warnings({person.key: person.roles for person in raw.people})
    if raw.local_authority is None:
        lines.append("local_authority: not given; the outside contact is shown by day too. Is it answered by day?")
    if raw.lado is None:
        lines.append("lado: not given; a concern about an adult shows the outside contact instead.")
    if not _leads_places(raw):
        lines.append("No leads_channel is given: cards go to each lead directly.")
    return lines


def _children_not_listed(raw: File, listed: Collection[PupilId], school: SchoolId) -> list[str]:
    """Whose children are not in the list of pupils, where there is one; the key of a child is shown to nobody."""
    if not listed:
        return []
    strange = [(p.key, sum(pupil_id(key, school) not in listed for key in p.children)) for p in raw.people]
    return [f"people: {key} has {count} under children that the list of pupils does not have."
            for key, count in strange if count]  # fmt: skip
