"""Units of work: one transaction for one school. Nothing else commits a concern.

In one process units take turns, first come first served (SQLite: one at a time): they queue, they do not fail.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from time import monotonic

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from handlers import platform_ports, ports
from handlers.errors import Away, Busy, Shut, Unsure
from handlers.ports import Damage
from handlers.rules.chronology import Entry
from handlers.rules.people import Login
from handlers.rules.roll import Held
from handlers.rules.school import School, SchoolId
from store import checkpoints, examining, turned_away, walls
from store import engine as engines
from store.addresses import Addresses
from store.figures import Counts, counted
from store.filling import fill
from store.head import Head, NoTurn
from store.notes import Signer
from store.outbox import let_go
from store.statements import database_ms
from store.tables import heads
from store.turns import Turns
from store.unit import Home, Unit

_PATIENT = 30.0
"""Seconds for which the program's own work waits for another process."""


class Units:
    """Every school that is served here (`ports.UnitsOfWork`)."""

    def __init__(
        self, engine: AsyncEngine, homes: Mapping[SchoolId, Home], shut: Mapping[SchoolId, School] | None = None
    ) -> None:
        self._engine = engine
        self._homes = homes
        self._shut = shut or {}
        self._turns = Turns(engines.AT_ONCE[engine.dialect.name])
        self._looks = Turns(engines.LOOKING)
        self._queues = {school: Turns(1) for school in homes}
        """Before each school's own turn: in one process nobody asks PostgreSQL to wait for who is here too."""
        self._inside: set[asyncio.Task[object] | None] = set()
        self._known: dict[tuple[str, str, str], str] = {}
        self._silent_at = float("-inf")
        """When the database last let a deadline pass: who waited for a turn then is told at once, not one by one."""
        self._locked_at = float("-inf")
        """When somebody last waited in vain for another process to let go of the file: the same holds."""

    @asynccontextmanager
    async def __call__(
        self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None
    ) -> AsyncGenerator[Unit]:
        """Commits when the block ends well, and leaves nothing when it does not. LookupError for an unknown school,
        `Shut` for one that cannot be opened.

        `at`: the day that its calendar shows.
        """
        home = self._home(school)
        until = monotonic() + (_PATIENT if patience is None else patience)
        self._must_be_outside()
        came, queue = _now(), self._queues[school]
        async with (
            queue.turn(patience),
            self._writing(school, patience=_left(patience, until), came=came) as connection,
        ):
            head = Head(connection, school, patient_until=until)
            await head.take()
            unit = await home.opened(connection, head, at)
            await unit.begin()
            yield unit
            await unit.end()

    @asynccontextmanager
    async def looking(
        self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None
    ) -> AsyncGenerator[ports.UnitOfWork]:
        """Who looks holds nobody up: what they read is of one moment, and that they looked is kept when they have.

        LookupError for an unknown school.
        """
        home = self._home(school)
        came = _now()
        async with self._looks.turn(patience), self._answering(came), self.reading(school) as connection:
            head = NoTurn(connection, school)
            yield await home.opened(connection, head, at)
        if head.looked:
            async with self(school, patience=patience) as uow:
                for entry in head.looked:
                    await uow.trail.append(entry)

    async def school_of(self, who: Login) -> SchoolId | None:
        return self._school_of(who.platform, who.tenant)

    def schools(self) -> Sequence[SchoolId]:
        return tuple(self._homes)

    def shut(self) -> Sequence[SchoolId]:
        """Those whose key does not open: they are known, and nothing of theirs can be read or kept."""
        return tuple(self._shut)

    def held(self, school: SchoolId) -> Held | None:
        """The list of pupils that was not taken over when this was opened; None where it was."""
        return self._home(school).held

    def damaged(self, school: SchoolId) -> frozenset[Damage]:
        """The rows of that school that this process has found to be damaged so far."""
        return frozenset(self._homes[school].damaged)

    def newer(self, school: SchoolId) -> frozenset[Damage]:
        """The rows of that school that a newer version wrote and this one cannot read, when it last looked at all."""
        return frozenset(self._homes[school].newer)

    async def examine(self, school: SchoolId) -> frozenset[Damage]:
        """Look at every row of that school, and at those of none; what is damaged now. Raises `Away` or `Busy`."""
        home = self._homes[school]
        async with _plainly(), self.reading(school) as connection:
            await home.unit(connection, NoTurn(connection, school), None).trail.work.keys_again()
            found = await examining.look_at_all(connection, school, home.key)
            nobodys = await examining.look_at_all(connection, None)
        home.damaged.clear()
        home.damaged.update(found.damaged | nobodys.damaged)
        home.newer.clear()
        home.newer.update(found.newer | nobodys.newer)
        return frozenset(home.damaged)

    async def turned_away(self, entry: Entry) -> None:
        async with self._writing() as connection:
            await turned_away.keep(connection, entry)

    async def sign(self, school: SchoolId | None, signer: Signer) -> checkpoints.Kept | None:
        """Sign how far that log has come (None: those turned away). Raises `store.checkpoints.NotGrown`."""
        async with self._writing(*([school] if school else ())) as connection:
            return await checkpoints.sign(connection, school, signer)

    async def fill(self, *, at: datetime) -> None:
        """After the schema has moved: what older rows lack, and what the trail says of none of them."""
        for school in self.schools():
            async with self(school) as uow:
                await fill(uow, at=at)

    async def take_over(self) -> None:
        """Before working the outbox: what the process before this one had in hand is due now, not after its lease.

        On SQLite alone, where one process works. On PostgreSQL another may be at work on it.
        """
        if self._engine.dialect.name == "sqlite":
            async with self._writing(*self._homes) as connection:
                await connection.execute(let_go())

    def addresses(self, platform: str, tenant: str) -> platform_ports.Addresses:
        """What is known about reaching that tenant. LookupError when it is no school's."""
        school = self._school_of(platform, tenant)
        if school is None:
            raise LookupError("no school here has that workspace or tenant")
        return Addresses(
            reading=partial(self.reading, school), writing=partial(self._writing, school), school=school,
            platform=platform, tenant=tenant, known=self._known,
        )  # fmt: skip

    @asynccontextmanager
    async def reading(self, *of: SchoolId) -> AsyncGenerator[AsyncConnection]:
        """A connection that sees one moment of the database and changes nothing: of those schools, or of all that are
        served here."""
        async with engines.reading(self._engine) as connection:
            await walls.say(connection, of or self._homes)
            yield connection

    async def ready(self) -> bool:
        """Whether the database answers within its deadline."""
        try:
            async with asyncio.timeout(engines.DEADLINE), self.reading() as connection:
                await connection.execute(select(heads.c.sequence).limit(1))
        except (SQLAlchemyError, OSError, TimeoutError):
            return False
        return True

    async def time(self) -> float:
        """What the database's own clock shows, in seconds since 1970. Raises `Away` or `Busy`."""
        async with _plainly(), asyncio.timeout(engines.DEADLINE), self.reading() as connection:
            return (await connection.scalar(select(database_ms())) or 0) / 1000

    async def counts(self) -> Counts:
        """Figures for the operator, of each school that is served here. Raises `Away` or `Busy`."""
        async with _plainly(), self.reading() as connection:
            return await counted(connection, self._homes)

    async def close(self) -> None:
        await self._engine.dispose()

    @asynccontextmanager
    async def _writing(
        self, *of: SchoolId, patience: float | None = None, came: float | None = None
    ) -> AsyncGenerator[AsyncConnection]:
        """One transaction for those schools, in its turn. A task that asks for a second one inside the first would wait
        for itself. `came`: since when it has been waited for."""
        self._must_be_outside()
        task, came = asyncio.current_task(), _now() if came is None else came
        async with self._turns.turn(patience), self._answering(came):
            self._inside.add(task)
            try:
                async with self._engine.connect() as connection, self._begun(connection, came) as transaction:
                    await walls.say(connection, of)
                    yield connection
                    await _commit(transaction)
            finally:
                self._inside.discard(task)

    def _must_be_outside(self) -> None:
        if asyncio.current_task() in self._inside:
            raise RuntimeError("a unit of work is open already in this task")

    @asynccontextmanager
    async def _begun(self, connection: AsyncConnection, came: float) -> AsyncGenerator[AsyncTransaction]:
        """On SQLite another process may have the whole file: one of those who wait for a turn waits for that."""
        if self._locked_at > came:
            raise Busy
        async with AsyncExitStack() as stack:
            try:
                transaction = await stack.enter_async_context(connection.begin())
            except SQLAlchemyError as error:
                if connection.dialect.name == "sqlite" and engines.is_a_wait(error):
                    self._locked_at = _now()
                raise
            yield transaction

    @asynccontextmanager
    async def _answering(self, came: float) -> AsyncGenerator[None]:
        """Remembers that a deadline passed without a word. A database that says how long somebody waited is there."""
        if self._silent_at > came:
            raise Away("the database did not answer those before")
        began = _now()
        try:
            yield
        except Unsure:
            self._silent_at = _now() if _now() - began >= engines.DEADLINE * 0.9 else self._silent_at
            raise
        except TimeoutError as error:
            if _now() - began >= engines.DEADLINE * 0.9:
                self._silent_at = _now()
            raise Away from error
        except (OSError, SQLAlchemyError) as error:
            if (told := _told_by(error)) is None:
                raise
            raise told from error

    def _school_of(self, platform: str, tenant: str) -> SchoolId | None:
        known = {**{id: home.school for id, home in self._homes.items()}, **self._shut}
        return next((id for id, school in known.items() if (platform, tenant) in school.tenants), None)

    def _home(self, school: SchoolId) -> Home:
        if school in self._shut:
            raise Shut
        return self._homes[school]


def _told_by(error: OSError | SQLAlchemyError) -> Away | Busy | None:
    """In the words of the port; None for what is a fault of ours. A deadline that passed is an OSError."""
    if isinstance(error, OSError):
        return Away()
    if engines.is_a_wait(error):
        return Busy()
    return Away() if engines.is_away(error) else None


@asynccontextmanager
async def _plainly() -> AsyncGenerator[None]:
    """Who reads at length outside a unit of work is told as those inside are."""
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        if (told := _told_by(error)) is None:
            raise
        raise told from error


async def _commit(transaction: AsyncTransaction) -> None:
    """Raises `Unsure` where it was asked for, and nobody has said whether it is done."""
    try:
        await transaction.commit()
    except OSError as error:  # a deadline is one too
        raise Unsure from error
    except SQLAlchemyError as error:
        if engines.is_away(error):
            raise Unsure from error
        raise


def _left(patience: float | None, until: float) -> float | None:
    """What is left of somebody's patience who has waited already."""
    return None if patience is None else until - monotonic()


def _now() -> float:
    return asyncio.get_running_loop().time()
