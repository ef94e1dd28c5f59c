"""Pupils: sealed in the database, opened once into memory and searched there. A query is never kept or logged."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import select

from handlers.rules import lookup
from handlers.rules.lookup import Line
from handlers.rules.people import Pupil, PupilId
from store.memory import Row
from store.packing import canonical, unpack_texts
from store.sealing import Key, bound_to
from store.tables import pupils
from store.work import SCHOOL, Work

_EVERYBODY = select(pupils).where(pupils.c.school == SCHOOL)
NAMELESS = "a child whose entry is damaged"
"""In place of a name that cannot be read. Whoever is on the school's list is written anew from it at the next start."""
_PARTS = 2
"""Of a label: the name and the form."""


@dataclass(slots=True)
class Names:
    """One school's pupils in memory, as of one state of its roll."""

    roll: int = -1
    here: tuple[Line[Pupil], ...] = ()
    left: tuple[Line[Pupil], ...] = ()
    by_id: Mapping[PupilId, Pupil] = field(default_factory=dict[PupilId, Pupil])

    def fill(self, roll: int, known: Iterable[Pupil]) -> None:
        """Take every pupil that was ever on the roll."""
        lines = [lookup.line(pupil, pupil.name, pupil.form) for pupil in known]
        lines.sort(key=lambda line: (line.text, str(line.thing.id)))
        self.here = tuple(line for line in lines if line.thing.active)
        self.left = tuple(line for line in lines if not line.thing.active and line.thing.name != NAMELESS)
        self.by_id = {line.thing.id: line.thing for line in lines}
        self.roll = roll

    def search(self, query: str, *, left: bool = False) -> Sequence[Pupil]:
        """Those who are on the roll now; with `left` those who were, behind them."""
        found = lookup.search(self.here, query, parts=_PARTS)
        gone = lookup.search(self.left, query, parts=_PARTS) if left else ()
        return (*found, *gone)


@dataclass(slots=True)
class Pupils:
    work: Work
    names: Names
    _is_fresh: bool = False

    async def search(self, query: str, *, left: bool = False) -> Sequence[Pupil]:
        return (await self._fresh()).search(query, left=left)

    async def get(self, ids: Collection[PupilId]) -> Mapping[PupilId, Pupil]:
        """Those of the ids that are known, on the roll or not any more."""
        known = (await self._fresh()).by_id
        return {id: known[id] for id in ids if id in known}

    async def _fresh(self) -> Names:
        """Read again when another process has loaded a new roll; looked for once in a unit of work."""
        if self._is_fresh:
            return self.names
        roll = await self.work.roll()
        if self.names.roll != roll:
            await self.work.keys_again()
            self.names.fill(roll, [self._read(row) for row in await self.work.rows(_EVERYBODY)])
        self._is_fresh = True
        return self.names

    def _read(self, row: Row) -> Pupil:
        """One that is damaged is who they were before, where that is known; else a child without a name, found by no
        search."""
        id = PupilId(row["id"])
        pupil = self.work.read(pupils, row, partial(pupil_of, key=self.work.key))
        return pupil or self.names.by_id.get(id) or Pupil(id=id, name=NAMELESS, form="", year="", active=False)


def particulars_of(pupil: Pupil) -> bytes:
    beside = {
        "flags": "\n".join(pupil.flags), "siblings": " ".join(map(str, pupil.siblings)), "preferred": pupil.preferred,
        "born": pupil.born.isoformat() if pupil.born else "", "upn": pupil.upn, "address": pupil.address,
        "parents": "\n".join(pupil.parents),
    }  # fmt: skip
    known = {name: value for name, value in beside.items() if value}
    return canonical({"name": pupil.name, "form": pupil.form, "year": pupil.year, **known})


def name_in(particulars: bytes) -> str:
    """The name alone, of particulars that are open."""
    return unpack_texts(particulars)["name"]


def pupil_of(row: Row, key: Key) -> Pupil:
    texts = unpack_texts(key.open(row["particulars"], bound_to(row["school"], row["id"], "pupils", "particulars")))
    return Pupil(
        id=PupilId(row["id"]),
        name=texts["name"],
        form=texts["form"],
        year=texts["year"],
        flags=tuple(texts.get("flags", "").splitlines()),
        siblings=tuple(PupilId(UUID(id)) for id in texts.get("siblings", "").split()),
        active=row["active"],
        preferred=texts.get("preferred", ""),
        born=date.fromisoformat(texts["born"]) if texts.get("born") else None,
        upn=texts.get("upn", ""),
        address=texts.get("address", ""),
        parents=tuple(texts.get("parents", "").splitlines()),
    )
