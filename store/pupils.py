"""Pupils: sealed in the database, opened once into memory and searched there. A query is never kept or logged."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import RowMapping, select

from handlers.rules.people import Pupil, PupilId
from store.packing import canonical, unpack_texts
from store.sealing import Key, bound_to
from store.tables import heads, pupils
from store.work import Work

_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "-": " ", "'": None, "’": None, "`": None}
)


def fold(text: str) -> str:
    """As it is typed in a hurry: no capitals, no accents, no apostrophes, a space for a hyphen."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(_NOT_DECOMPOSED).split())


@dataclass(frozen=True, slots=True)
class _Line:
    pupil: Pupil
    text: str
    """Name and form, folded."""


@dataclass(slots=True)
class Names:
    """One school's pupils in memory, as of one state of its roll."""

    roll: int = -1
    lines: tuple[_Line, ...] = ()
    by_id: Mapping[PupilId, Pupil] = field(default_factory=dict[PupilId, Pupil])

    def fill(self, roll: int, known: Iterable[tuple[Pupil, bool]]) -> None:
        """Take every pupil that was ever on the roll; only those who are there now can be found by name."""
        listed = list(known)
        here = [_Line(pupil, fold(f"{pupil.name} {pupil.form}")) for pupil, active in listed if active]
        self.lines = tuple(sorted(here, key=lambda line: (line.text, str(line.pupil.id))))
        self.by_id = {pupil.id: pupil for pupil, _ in listed}
        self.roll = roll

    def search(self, query: str, most: int) -> Sequence[Pupil]:
        """First those whose name begins so, then those with words that begin so, then the rest, each by name.

        A whole label finds its pupil too: of `Mia Patel · 8B · Year 8` the name and the form are looked for.
        """
        wanted = fold(" ".join(part.strip() for part in query.split("·")[:2]))
        words = wanted.split()
        if not words:
            return ()
        found = [line for line in self.lines if all(word in line.text for word in words)]
        found.sort(key=lambda line: _rank(line.text, wanted, words))
        return tuple(line.pupil for line in found[:most])


def _rank(text: str, wanted: str, words: Sequence[str]) -> int:
    if text.startswith(wanted):
        return 0
    spaced = f" {text}"
    return 1 if all(f" {word}" in spaced for word in words) else 2


@dataclass(slots=True)
class Pupils:
    work: Work
    names: Names

    async def search(self, query: str, *, most: int) -> Sequence[Pupil]:
        return (await self._fresh()).search(query, most)

    async def get(self, ids: Collection[PupilId]) -> Mapping[PupilId, Pupil]:
        """Those of the ids that are known, on the roll or not any more."""
        known = (await self._fresh()).by_id
        return {id: known[id] for id in ids if id in known}

    async def _fresh(self) -> Names:
        """Read again when another process has loaded a new roll."""
        row = await self.work.first(select(heads.c.roll).where(heads.c.school == self.work.school))
        roll = row["roll"] if row else 0
        if self.names.roll != roll:
            rows = await self.work.rows(select(pupils).where(pupils.c.school == self.work.school))
            self.names.fill(roll, ((pupil_of(row, self.work.key), row["active"]) for row in rows))
        return self.names


def particulars_of(pupil: Pupil) -> bytes:
    beside = {"flags": "\n".join(pupil.flags), "siblings": " ".join(map(str, pupil.siblings))}
    known = {name: value for name, value in beside.items() if value}
    return canonical({"name": pupil.name, "form": pupil.form, "year": pupil.year, **known})


def pupil_of(row: RowMapping, key: Key) -> Pupil:
    texts = unpack_texts(key.open(row["particulars"], bound_to(row["school"], row["id"], "pupils", "particulars")))
    return Pupil(
        id=PupilId(row["id"]),
        name=texts["name"],
        form=texts["form"],
        year=texts["year"],
        flags=tuple(texts.get("flags", "").splitlines()),
        siblings=tuple(PupilId(UUID(id)) for id in texts.get("siblings", "").split()),
    )
