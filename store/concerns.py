"""Concerns: rows to frozen values and back, with compare-and-set. Decides nothing."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    Table,
    Uuid,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from handlers.errors import Damaged
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import About, Concern, ConcernId, Level, Outcome, ReporterAs, Route, Second, Status, Urgency
from handlers.rules.people import PersonId, PupilId
from handlers.rules.reference import FEWEST, Lot, drawn, is_one, meant, of_any_year, year_of
from handlers.rules.school import School
from store import statements
from store.audit import Trail
from store.case_tables import concern_children
from store.columns import plain, whole
from store.keeping import keep
from store.memory import Row
from store.packing import pages
from store.sqlite import AT_LENGTH
from store.tables import concern_named, concerns
from store.work import SCHOOL, Work
from store.wrote import LINKED

OPEN = (Status.SUBMITTED, Status.SEEN, Status.ACCEPTED, Status.TRIAGED)
"""Named one by one: an index serves a list, and not "anything but"."""
_AT_ONCE = 500
"""Concerns that are asked for by their ids in one statement."""
_DRAWS = 100
"""How often a number is drawn before it is given one digit more: by then nearly all of that length are taken."""

def _linked(table: Table, other: str) -> ScalarSelect[str]:
    """Read as ids in one text, a space between."""
    mine = (table.c.school == concerns.c.school, table.c.concern == concerns.c.id)
    return select(func.aggregate_strings(cast(table.c[other], String), " ")).where(*mine).scalar_subquery()


def _query(*wanted: ColumnElement[bool]) -> Select[Any]:
    """What was disposed of is found by nothing: so nobody tries to open what is gone."""
    links = (_linked(table, other).label(name) for name, table, other in LINKED)
    mine = (concerns.c.school == SCHOOL, concerns.c.disposed_at.is_(None))
    return select(concerns, *links).where(*mine, *wanted)


_PERSON = bindparam("person", type_=Uuid())
_IS_OPEN = concerns.c.status.in_(OPEN)
_BY_ID = _query(concerns.c.id == bindparam("id"))
_AMONG = _query(concerns.c.id.in_(bindparam("ids", expanding=True)))
_BY_REFERENCE = _query(concerns.c.reference.in_(bindparam("references", expanding=True)))
_NUMBER = bindparam("number", type_=String())
_TAKEN = select(concerns.c.reference).where(
    concerns.c.school == SCHOOL,
    # The years are written into it: to give each of a hundred references by itself costs more than to look for them.
    concerns.c.reference.in_([literal_column(f"'{year}'", String()).concat(_NUMBER) for year in of_any_year("")]),
)
_IDS = select(concerns.c.id).where(
    concerns.c.school == SCHOOL, concerns.c.reference.in_(bindparam("references", expanding=True))
)
_UNACCEPTED = _query(concerns.c.status.in_((Status.SUBMITTED, Status.SEEN)), concerns.c.owner.is_(None))
_OPEN = _query(_IS_OPEN)
_WAITING = _query(
    _IS_OPEN,
    or_(
        concerns.c.owner.is_(None),
        concerns.c.owner == _PERSON,
        concerns.c.offered_to == _PERSON,
        concerns.c.second == Second.WANTED,
        concerns.c.close_proposed_by.is_not(None),
    ),
)
_REPORTED = _query(concerns.c.reporter == _PERSON)
_OF_THIS = (concern_named.c.school == concerns.c.school, concern_named.c.concern == concerns.c.id)
_NEWEST = concerns.alias("newest")
_NEWEST_CLOSED = (
    select(_NEWEST.c.id)
    .where(_NEWEST.c.school == SCHOOL, _NEWEST.c.reporter == _PERSON, _NEWEST.c.status == Status.CLOSED)
    .order_by(_NEWEST.c.submitted_at.desc())
    .limit(bindparam("closed", type_=Integer))
)
_LATELY = _query(
    concerns.c.reporter == _PERSON,
    or_(_IS_OPEN, concerns.c.id.in_(_NEWEST_CLOSED), concerns.c.id.in_(bindparam("ids", expanding=True))),
)
_MANY = (
    select(func.count().label("many"))
    .where(concerns.c.school == SCHOOL, concerns.c.reporter == _PERSON)
    .where(concerns.c.disposed_at.is_(None), concerns.c.drill.is_(False))
    .where(~exists().where(*_OF_THIS, concern_named.c.person == _PERSON))
)
_OF_PUPIL = _query(
    concerns.c.id.in_(
        select(concern_children.c.concern).where(
            concern_children.c.school == SCHOOL, concern_children.c.pupil == bindparam("pupil")
        )
    )
)
_NAMING = _query(
    concerns.c.id.in_(
        select(concern_named.c.concern).where(concern_named.c.school == SCHOOL, concern_named.c.person == _PERSON)
    )
)
_ABOUT_ADULTS = _query(concerns.c.about.in_((About.ADULT, About.BOTH)))
_SINCE = _query(
    concerns.c.submitted_at >= bindparam("since"), concerns.c.submitted_at < bindparam("until")
).execution_options(**{AT_LENGTH: True})


@dataclass(slots=True)
class Concerns:
    work: Work
    trail: Trail
    school: School
    lot: Lot

    async def get(self, id: ConcernId) -> Concern | None:
        return await self.work.one(_BY_ID, concerns, _concern, id=id)

    async def among(self, ids: Collection[ConcernId]) -> Mapping[ConcernId, Concern]:
        found = [one for some in pages(list(ids), _AT_ONCE) for one in await self._where(_AMONG, ids=list(some))]
        return {one.id: one for one in found}

    async def free_reference(self, *, at: datetime) -> str:
        """`26-48213`: the starting year of the school year, on the school's own clock, and a number drawn by lot.

        No number is given twice in a school, whatever the year. Nobody else draws meanwhile: the school's turn is held.
        """
        await self.work.head.take()
        local = at.astimezone(self.school.calendar.zone)
        year = year_of(local.year, local.month)
        for digits in count(FEWEST):
            for _ in range(_DRAWS):
                reference = drawn(year, self.lot, digits=digits)
                if not await self._is_taken(reference):
                    return reference
        raise AssertionError("there is always a longer number")

    async def _is_taken(self, reference: str) -> bool:
        return await self.work.first(_TAKEN, number=reference.partition("-")[2]) is not None

    async def save(self, concern: Concern, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another, or when that id is another concern by now."""
        id, version, values = concern.id, concern.version, _values(concern)
        before = await self.work.first(_BY_ID, id=id)
        # The reference is compared too: of two submissions under one id, the later must find the first.
        row = await keep(self.work, concerns, _BY_ID, id=id, version=version, values=values, once=("reference",))
        links = {"named": concern.named, "sealed": concern.sealed_to, "children": concern.children}
        for name, table, other in LINKED:
            await self._link(table, other, concern, _ids(before[name]) if before else frozenset(), links[name])
        self.work.tell(concerns, {**row, **links})
        if concern.disposed_at is None:
            self.work.wrote({**row, **{name: _text(ids) for name, ids in links.items()}}, _BY_ID, id=id)
        return await self.trail.append(because)

    async def dispose(self, concern: Concern, things: Collection[UUID], *, because: Entry) -> Sealed:
        await self.trail.keys.destroy((concern.id, *things))
        return await self.save(concern, because=because)

    async def unaccepted(self) -> Sequence[Concern]:
        """Submitted or seen, with no owner; oldest first."""
        return await self._where(_UNACCEPTED)

    async def open(self) -> Sequence[Concern]:
        return await self._where(_OPEN)

    async def waiting_for(self, person: PersonId) -> Sequence[Concern]:
        """What is open and nobody's, theirs, offered to them, or waits for a second reader or a sign-off."""
        return await self._where(_WAITING, person=person)

    async def reported_by(self, person: PersonId) -> Sequence[Concern]:
        """Oldest first."""
        return await self._where(_REPORTED, person=person)

    async def lately_reported_by(
        self, person: PersonId, *, closed: int, also: Collection[ConcernId]
    ) -> tuple[Sequence[Concern], int]:
        found = await self._where(_LATELY, person=person, closed=closed, ids=list(also))
        many = await self.work.first(_MANY, person=person)
        return found, many["many"] if many else 0

    async def find(self, typed: str) -> Concern | None:
        """By its reference as people type it (`reference.meant`), whoever asks: what they may see is for the caller.

        Of old numbers, which began again each year, the newest where the year is not said.
        """
        references = list(meant(typed))
        return next(reversed(await self._where(_BY_REFERENCE, references=references)), None) if references else None

    async def damaged(self, typed: str) -> Concern | None:
        """By its reference, one that is there and cannot be read: as the trail says that it stands."""
        references = list(meant(typed))
        for row in await self.work.rows(_IDS, references=references) if references else ():
            with suppress(Damaged):
                if await self.get(row["id"]) is not None:
                    continue
            told = await self.work.told_of(concerns, row["id"])
            one = None if told is None else self.work.read(concerns, told, _concern)
            if one is not None and one.disposed_at is None:
                return one
        return None

    async def of_pupil(self, pupil: PupilId) -> Sequence[Concern]:
        """Every concern that has to do with that pupil, oldest first."""
        return await self._where(_OF_PUPIL, pupil=pupil)

    async def naming(self, person: PersonId) -> Sequence[Concern]:
        """Every concern in which that person is named, oldest first."""
        return await self._where(_NAMING, person=person)

    async def about_adults(self) -> Sequence[Concern]:
        return await self._where(_ABOUT_ADULTS)

    async def since(self, since: datetime, until: datetime) -> Sequence[Concern]:
        """Every concern submitted from `since` to before `until`, oldest first."""
        return await self._where(_SINCE, since=since, until=until)

    async def _where(self, query: Select[Any], **values: object) -> Sequence[Concern]:
        """Oldest first. Sorted here: told to sort, SQLite would walk all that is stored in that order."""
        found: list[Concern] = []
        for row in await self.work.rows(query, **values):
            found += filter(None, [self.work.read(concerns, row, _concern)])
            await self.work.give_way()
        await self.work.judge()
        return sorted(found, key=lambda concern: (concern.submitted_at, concern.reference))

    async def _link(
        self, table: Table, column: str, concern: Concern, stored: frozenset[UUID], wanted: frozenset[UUID]
    ) -> None:
        """Make the rows of that table say whom or what the concern has now."""
        mine = (table.c.school == self.work.school, table.c.concern == concern.id)
        if gone := stored - wanted:
            await self.work.write(delete(table).where(*mine, table.c[column].in_(gone)))
        if new := wanted - stored:
            fresh: list[dict[str, object]] = [
                {"school": self.work.school, "concern": concern.id, column: one} for one in new
            ]
            await self.work.write(statements.insert(self.work.connection, table), fresh)


def _ids(text: str | None) -> frozenset[UUID]:
    return frozenset(map(UUID, text.split())) if text else frozenset()


def _text(ids: Collection[UUID]) -> str:
    return " ".join(id.hex for id in ids)


def _values(concern: Concern) -> dict[str, object]:
    return {
        "reference": concern.reference,
        "reporter": concern.reporter,
        "about": concern.about,
        "route": concern.route,
        "urgency": concern.urgency,
        "status": concern.status,
        "submitted_at": concern.submitted_at,
        "seen_at": concern.seen_at,
        "owner": concern.owner,
        "accepted_at": concern.accepted_at,
        "offered_to": concern.offered_to,
        "rung": concern.rung,
        "escalated_at": concern.escalated_at,
        "outcome": concern.outcome,
        "triaged_at": concern.triaged_at,
        "closed_at": concern.closed_at,
        "offered_at": concern.offered_at,
        "level": concern.level,
        "decided_by": concern.decided_by,
        "second": concern.second,
        "review_at": concern.review_at,
        "close_proposed_by": concern.close_proposed_by,
        "close_proposed_at": concern.close_proposed_at,
        "merged_into": concern.merged_into,
        "reporter_as": concern.reporter_as,
        "drill": concern.drill,
        "now_since": concern.now_since,
        "safe_until": concern.safe_until,
        "safe_by": concern.safe_by,
        "disposed_at": concern.disposed_at,
    }


def _concern(row: Row) -> Concern:
    """ValueError where it cannot be so, whatever each of its cells says: no card may be drawn of it."""
    concern = _as_stored(row)
    kept = concern.owner is not None and concern.accepted_at is not None
    if not is_one(concern.reference) or not (kept or concern.status in (Status.SUBMITTED, Status.SEEN)):
        raise ValueError("a concern was stored here")
    return concern


def _as_stored(row: Row) -> Concern:
    return Concern(
        id=ConcernId(row["id"]),
        reference=plain(row["reference"]),
        reporter=PersonId(row["reporter"]),
        about=About(row["about"]),
        route=Route(row["route"]),
        urgency=Urgency(row["urgency"]),
        submitted_at=row["submitted_at"],
        status=Status(row["status"]),
        named=frozenset(map(PersonId, _ids(row["named"]))),
        seen_at=row["seen_at"],
        owner=row["owner"],
        accepted_at=row["accepted_at"],
        offered_to=row["offered_to"],
        rung=whole(row["rung"]),
        escalated_at=row["escalated_at"],
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        triaged_at=row["triaged_at"],
        closed_at=row["closed_at"],
        offered_at=row["offered_at"],
        level=None if row["level"] is None else Level(row["level"]),
        decided_by=row["decided_by"],
        second=Second(row["second"]),
        review_at=row["review_at"],
        close_proposed_by=row["close_proposed_by"],
        close_proposed_at=row["close_proposed_at"],
        merged_into=row["merged_into"],
        sealed_to=frozenset(map(PersonId, _ids(row["sealed"]))),
        children=frozenset(map(PupilId, _ids(row["children"]))),
        reporter_as=ReporterAs(row["reporter_as"]),
        drill=row["drill"],
        now_since=row["now_since"],
        safe_until=row["safe_until"],
        safe_by=row["safe_by"],
        disposed_at=row["disposed_at"],
        version=whole(row["version"]),
    )
