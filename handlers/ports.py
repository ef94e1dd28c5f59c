"""What the handlers need from the outside. store/ and bot/ provide it; nothing here does.

A unit of work is one transaction for one school: it commits when the block ends well, else it leaves nothing.
It has no courier, so no chat API can be called inside it.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from handlers.case_ports import Actions, BreakGlasses, Checkpoints, Referrals, Shares
from handlers.draft_ports import Draft, Drafts
from handlers.outbox_ports import Claimed, Outbox, Posts
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.school import School, SchoolId
from handlers.rules.trouble import Lasting, Trouble

__all__ = ["Claimed", "Draft"]
"""What is taken from here and stands elsewhere."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Damage:
    """A row that cannot be read, by where it stands and never by what stands in it."""

    table: str
    id: str


class Concerns(Protocol):
    """Whoever asks for one thing whose row is damaged, here and below, is told so (`errors.Damaged`); where many are
    read it is left out, and whoever keeps the program is told."""

    async def get(self, id: ConcernId) -> Concern | None: ...
    async def among(self, ids: Collection[ConcernId]) -> Mapping[ConcernId, Concern]:
        """Those of the ids that there are, in as many statements as for one."""
        ...

    async def free_reference(self, *, at: datetime) -> str:
        """A reference of the school year that nothing has yet, drawn by lot: `26-48213` counts nothing."""
        ...

    async def save(self, concern: Concern, *, because: Entry) -> Sealed:
        """Insert at version 1, else update where the stored version is `concern.version`, and add one to it.

        The entry (with its sealed words) is written in the same transaction. Raises `errors.MovedOn` when the version
        has moved.
        """
        ...

    async def dispose(self, concern: Concern, things: Collection[UUID], *, because: Entry) -> Sealed:
        """Save it as disposed of, and destroy its key and that of each of those things for good.

        It is found by nothing from here on. Its entries stay, and what of them is plain can be read; a word of them
        can be opened by nobody.
        """
        ...

    async def unaccepted(self) -> Sequence[Concern]:
        """Submitted or seen, with no owner."""
        ...

    async def open(self) -> Sequence[Concern]:
        """Everything that is not closed, oldest first."""
        ...

    async def waiting_for(self, person: PersonId) -> Sequence[Concern]:
        """Of what is open: nobody's, theirs, offered to them, waiting for another lead. As `of_pupil`."""
        ...

    async def reported_by(self, person: PersonId) -> Sequence[Concern]:
        """Oldest first."""
        ...

    async def lately_reported_by(
        self, person: PersonId, *, closed: int, also: Collection[ConcernId]
    ) -> tuple[Sequence[Concern], int]:
        """Of what that person reported all that is open, those that were closed as far as the newest so many, and
        `also`, oldest first. With how many there are in all of which they may know: no drill, none that names them."""
        ...

    async def find(self, typed: str) -> Concern | None:
        """By its reference as people type it; what the asker may see is for the caller."""
        ...

    async def damaged(self, typed: str) -> Concern | None:
        """Of that reference one that is there and cannot be read now, as the trail says that it stands: so that it is
        known whose it is, and for nothing else. None where it can be read, and where there is none."""
        ...

    async def of_pupil(self, pupil: PupilId) -> Sequence[Concern]:
        """Every concern that has to do with that pupil, oldest first: what may be seen is for the caller."""
        ...

    async def naming(self, person: PersonId) -> Sequence[Concern]:
        """Every concern in which that person is named, oldest first: what may be seen is for the caller."""
        ...

    async def about_adults(self) -> Sequence[Concern]:
        """Every concern that is about an adult, or about a child and an adult, oldest first."""
        ...

    async def since(self, since: datetime, until: datetime) -> Sequence[Concern]:
        """Every concern submitted from `since` to before `until`, oldest first."""
        ...


class Trail(Protocol):
    """The audit trail: append-only, hash-chained per school; also the chronology."""

    async def append(self, entry: Entry) -> Sealed: ...
    async def looked(self, entry: Entry) -> None:
        """Keep that somebody looked. In a unit of work that only looks it is added last, when the block has ended well;
        what was read is shown only when that is done."""
        ...

    async def of(self, thing: UUID, *, words: bool = False) -> Sequence[Sealed]:
        """Every entry of a concern in order; with `words` the sealed words are opened too."""
        ...

    async def answers(self, concern: ConcernId) -> Answers:
        """The account as submitted: the words of its `concern.raised` entry."""
        ...

    async def answers_of(self, concerns: Collection[ConcernId]) -> Mapping[ConcernId, Answers]:
        """The same for many, in as many statements as for one. One that has no account is left out."""
        ...

    async def entries_of(
        self, things: Collection[UUID], *, opened: Collection[Deed] = ()
    ) -> Mapping[UUID, Sequence[Sealed]]:
        """Every entry of each, in order, in as many statements as for one; the words of those deeds alone are opened.
        Each thing has its place, if an empty one."""
        ...

    async def done(self, deed: Deed, since: datetime, until: datetime) -> Sequence[Entry]:
        """Every entry of that deed from `since` up to, not including, `until`, in order; never its words."""
        ...


class People(Protocol):
    async def identify(self, who: Login) -> Person | None: ...
    async def get(self, id: PersonId) -> Person | None: ...
    async def all(self) -> Sequence[Person]:
        """Every active person, pupils' accounts left out."""
        ...

    async def ever(self) -> Sequence[Person]:
        """The same with those who have left: their names stay in the record, and may be typed."""
        ...

    async def with_roles(self, roles: Collection[Role]) -> Sequence[Person]:
        """Whoever holds any of those posts, each person once."""
        ...

    async def accounts(self, person: PersonId) -> Sequence[Login]:
        """Where that person can be written to, the preferred one first."""
        ...


class Pupils(Protocol):
    async def search(self, query: str, *, left: bool = False) -> Sequence[Pupil]:
        """Everybody found by any part of the name or the form, folded, the nearest first; decrypted in memory, never
        logged. `left`: those who have left too, behind those who are here."""
        ...

    async def get(self, ids: Collection[PupilId]) -> Mapping[PupilId, Pupil]: ...


class Steps(Protocol):
    """What has been chased at which step: each once, whoever ticks, however often."""

    async def take(self, subject: UUID, step: str, *, at: datetime) -> bool:
        """True for the one caller that gets it."""
        ...

    async def taken(self, subject: UUID) -> Mapping[str, datetime]:
        """Every step of that subject that has been taken, with when."""
        ...

    async def taken_of(self, subjects: Collection[UUID]) -> Mapping[UUID, Mapping[str, datetime]]:
        """The same for many, in as many statements as for one; each of them has its place, if an empty one.

        Who asks for many first may ask for each of them afterwards: that costs nothing any more.
        """
        ...


class Troubles(Protocol):
    """What is wrong now with the program or with what it stands on: each begins once and ends once, for everybody."""

    async def lasting(self) -> tuple[Lasting, ...]: ...
    async def begin(self, trouble: Trouble, where: str, *, reason: str, at: datetime) -> bool:
        """True for the one caller that begins it."""
        ...

    async def becomes(self, lasting: Lasting, reason: str) -> bool:
        """The same trouble goes on for another reason; True for the one caller that writes it down."""
        ...

    async def end(self, trouble: Trouble, where: str) -> bool:
        """True for the one caller that ends it."""
        ...


class UnitOfWork(Protocol):
    @property
    def school(self) -> School: ...
    @property
    def concerns(self) -> Concerns: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def trail(self) -> Trail: ...
    @property
    def people(self) -> People: ...
    @property
    def pupils(self) -> Pupils: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def steps(self) -> Steps: ...
    @property
    def troubles(self) -> Troubles: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def shares(self) -> Shares: ...
    @property
    def break_glass(self) -> BreakGlasses: ...
    @property
    def checkpoints(self) -> Checkpoints: ...

    def mark(self) -> object:
        """Equal to that of another unit of work where between the two no entry was added, nothing was put into the
        outbox, nothing was posted and no list was loaded. Never equal where one of them only looks."""
        ...


class UnitsOfWork(Protocol):
    def __call__(
        self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """`at` where something of it is read by a person: a date of another year names its year.

        `patience` where somebody waits for it: the seconds after which `errors.Busy` is raised, or at once where it
        would take longer.
        """
        ...

    def looking(
        self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """The same for whoever only reads: it sees the school at one moment, waits for nobody, and nobody waits for it.

        What would write raises `errors.MustWrite`, and leaves nothing; `Trail.looked` alone may be called.
        """
        ...

    async def school_of(self, who: Login) -> SchoolId | None:
        """The school whose workspace or tenant that is; None when it is nobody's."""
        ...

    def schools(self) -> Sequence[SchoolId]: ...

    async def turned_away(self, entry: Entry) -> None:
        """Write an entry that belongs to no school: an unknown workspace, a forged request."""
        ...
