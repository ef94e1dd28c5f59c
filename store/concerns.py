"""Concerns, kept with compare-and-set: what is asked stands in `concern_queries`, rows and values in `concern_rows`."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, delete

from handlers.errors import Damaged
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import PersonId, PupilId
from handlers.rules.reference import FEWEST, Lot, drawn, meant, year_of
from handlers.rules.school import School
from store import concern_queries as queries
from store import statements
from store.audit import Trail
from store.concern_rows import as_text, concern_of, ids_in, values_of
from store.keeping import keep
from store.packing import pages
from store.tables import concerns
from store.work import Work
from store.wrote import LINKED

_AT_ONCE = 500
"""Concerns that are asked for by their ids in one statement."""
_DRAWS = 100
"""How often a number is drawn before it is given one digit more: by then nearly all of that length are taken."""


@dataclass(slots=True)
class Concerns:
    work: Work
    trail: Trail
    school: School
    lot: Lot

    async def get(self, id: ConcernId) -> Concern | None:
        return await self.work.one(queries.BY_ID, concerns, concern_of, id=id)

    async def among(self, ids: Collection[ConcernId]) -> Mapping[ConcernId, Concern]:
        found = [one for some in pages(list(ids), _AT_ONCE) for one in await self._where(queries.AMONG, ids=list(some))]
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
        return await self.work.first(queries.TAKEN, number=reference.partition("-")[2]) is not None

    async def save(self, concern: Concern, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another, or when that id is another concern by now."""
        id, version, values = concern.id, concern.version, values_of(concern)
        before = await self.work.first(queries.BY_ID, id=id)
        # The reference is compared too: of two submissions under one id, the later must find the first.
        row = await keep(self.work, concerns, queries.BY_ID, id=id, version=version, values=values, once=("reference",))
        links = {"named": concern.named, "sealed": concern.sealed_to, "children": concern.children}
        for name, table, other in LINKED:
            await self._link(table, other, concern, ids_in(before[name]) if before else frozenset(), links[name])
        self.work.tell(concerns, {**row, **links})
        if concern.disposed_at is None:
            self.work.wrote({**row, **{name: as_text(ids) for name, ids in links.items()}}, queries.BY_ID, id=id)
        return await self.trail.append(because)

    async def dispose(self, concern: Concern, things: Collection[UUID], *, because: Entry) -> Sealed:
        await self.trail.keys.destroy((concern.id, *things))
        return await self.save(concern, because=because)

    async def unaccepted(self) -> Sequence[Concern]:
        """Submitted or seen, with no owner; oldest first."""
        return await self._where(queries.UNACCEPTED)

    async def open(self) -> Sequence[Concern]:
        return await self._where(queries.ALL_OPEN)

    async def waiting_for(self, person: PersonId) -> Sequence[Concern]:
        """What is open and nobody's, theirs, offered to them, or waits for a second reader or a sign-off."""
        return await self._where(queries.WAITING, person=person)

    async def reported_by(self, person: PersonId) -> Sequence[Concern]:
        """Oldest first."""
        return await self._where(queries.REPORTED, person=person)

    async def lately_reported_by(
        self, person: PersonId, *, closed: int, also: Collection[ConcernId]
    ) -> tuple[Sequence[Concern], int]:
        found = await self._where(queries.LATELY, person=person, closed=closed, ids=list(also))
        many = await self.work.first(queries.MANY, person=person)
        return found, many["many"] if many else 0

    async def find(self, typed: str) -> Concern | None:
        """By its reference as people type it (`reference.meant`), whoever asks: what they may see is for the caller.

        Of old numbers, which began again each year, the newest where the year is not said.
        """
        references = list(meant(typed))
        found = await self._where(queries.BY_REFERENCE, references=references) if references else ()
        return next(reversed(found), None)

    async def damaged(self, typed: str) -> Concern | None:
        """By its reference, one that is there and cannot be read: as the trail says that it stands."""
        references = list(meant(typed))
        for row in await self.work.rows(queries.IDS, references=references) if references else ():
            with suppress(Damaged):
                if await self.get(row["id"]) is not None:
                    continue
            told = await self.work.told_of(concerns, row["id"])
            one = None if told is None else self.work.read(concerns, told, concern_of)
            if one is not None and one.disposed_at is None:
                return one
        return None

    async def of_pupil(self, pupil: PupilId) -> Sequence[Concern]:
        """Every concern that has to do with that pupil, oldest first."""
        return await self._where(queries.OF_PUPIL, pupil=pupil)

    async def naming(self, person: PersonId) -> Sequence[Concern]:
        """Every concern in which that person is named, oldest first."""
        return await self._where(queries.NAMING, person=person)

    async def about_adults(self) -> Sequence[Concern]:
        return await self._where(queries.ABOUT_ADULTS)

    async def since(self, since: datetime, until: datetime) -> Sequence[Concern]:
        """Every concern submitted from `since` to before `until`, oldest first."""
        return await self._where(queries.SINCE, since=since, until=until)

    async def _where(self, query: Select[Any], **values: object) -> Sequence[Concern]:
        """Oldest first. Sorted here: told to sort, SQLite would walk all that is stored in that order."""
        found: list[Concern] = []
        for row in await self.work.rows(query, **values):
            found += filter(None, [self.work.read(concerns, row, concern_of)])
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
