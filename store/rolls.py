"""Loads a school's file into the database: what is new is added, what changed is replaced, who left becomes inactive.

Nobody is ever deleted: a concern that names them must still read well.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Damage
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.roll import Held, Why, turnover
from handlers.rules.school import School, SchoolId
from store import people as people_store
from store import pupils as pupils_store
from store import statements
from store.damage import UNREADABLE, Torn
from store.examining import asked
from store.head import NO_LEAF, Head
from store.keys import KeyFaulty, school_key, wrap_school_key
from store.memory import Row
from store.mending import mend
from store.packing import pages
from store.ring import Ring
from store.sealing import Key, bound_to, fresh_secret
from store.tables import accounts, heads, people, pupils, schools
from store.work import Work

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """What a school's file says."""

    school: School
    people: Sequence[tuple[Person, tuple[Login, ...]]]
    pupils: Sequence[Pupil]
    faults: Sequence[str] = ()
    """Why its pupils could not be read, a sentence a line: then those of before stand."""
    accepted: int | None = None
    """What somebody said when they were asked about a list that takes many off the roll (`Turnover.number`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    key: Ring
    held: Held | None
    """The list of pupils that was not taken over; None where it was."""
    damaged: set[Damage]
    """Rows that could not be read. Those that the file has were written anew, and counts were counted anew."""


async def check_root_key(connection: AsyncConnection, root: Key, wanted: Collection[SchoolId]) -> Collection[SchoolId]:
    """The schools whose key it does not open. One among others is damaged; where it opens none of the database's, or
    none of the wanted, it raises `KeyFaulty`: then it is another root key. Writes nothing.
    """
    rows = [row.row if isinstance(row, Torn) else row for row in await asked(connection, select(schools))]
    shut = [row["school"] for row in rows if not _opens(root, row)]
    if shut and (len(shut) == len(rows) or set(wanted) <= set(shut)):
        school_key(root, next((school for school in shut if school in wanted), shut[0]), _NO_KEY)
    return shut


_NO_KEY = b""
"""What opens for nobody."""


def _opens(root: Key, row: Row) -> bool:
    try:
        school_key(root, row["school"], row["key"])
    except (KeyFaulty, *UNREADABLE):
        return False
    return True


async def load(connection: AsyncConnection, root: Key, roll: Roll) -> Loaded:
    """Take over what the file says, its pupils only where nothing is wrong with them.

    ValueError, with what is wrong, where there are none of before that could stand.
    """
    key = await _enrol(connection, root, roll.school.id)
    damaged = await mend(connection, roll.school.id)
    head = Head(connection, roll.school.id)
    work = Work(connection=connection, school=roll.school.id, key=key, head=head, damaged=damaged)
    await head.take()
    changed = await _merge(work, people, _people(roll)) + await _load_accounts(work, roll)
    held = await _held(work, roll)
    if held is None:
        changed += await _merge(work, pupils, _pupils(roll))
    head.roll += bool(changed)
    key.roll = head.roll
    await head.keep()
    return Loaded(key=key, held=held, damaged=damaged)


async def _held(work: Work, roll: Roll) -> Held | None:
    before = {PupilId(id): line for id, line in (await _stored(work, pupils)).items() if line.plain["active"]}
    if roll.faults and not before:
        raise ValueError("\n".join(roll.faults))
    names = {id: pupils_store.name_in(line.particulars) for id, line in before.items()}
    change = turnover(names, {} if roll.faults else {pupil.id: pupil.name for pupil in roll.pupils})
    if roll.faults:
        return Held(why=Why.UNREADABLE, turnover=change)
    asked = change.is_asked_about and roll.accepted != change.number
    return Held(why=Why.SHRINKS, turnover=change) if asked else None


async def _enrol(connection: AsyncConnection, root: Key, school: SchoolId) -> Ring:
    """The school's key, made at the first time. Of two processes that begin at once, one makes it."""
    fresh = {schools: {"key": wrap_school_key(root, school, fresh_secret())}, heads: _NEW_HEAD}
    for table, values in fresh.items():
        row = {"school": school} | values
        await connection.execute(statements.insert(connection, table).values(row).on_conflict_do_nothing())
    query = select(schools.c.key).where(schools.c.school == school)
    return school_key(root, school, (await connection.execute(query)).scalar_one())


_NEW_HEAD: dict[str, object] = {"sequence": 0, "newest": NO_LEAF, "peaks": b"", "serial": 0, "roll": 0}


@dataclass(frozen=True, slots=True)
class _Line:
    """A person or a pupil as a row, before it is sealed."""

    plain: Mapping[str, object]
    particulars: bytes

    def left(self) -> "_Line":
        return _Line({**self.plain, "active": False}, self.particulars)


_Lines = dict[UUID, _Line]


def _people(roll: Roll) -> _Lines:
    lines: _Lines = {}
    for position, (person, _) in enumerate(roll.people):
        roles = " ".join(role for role in Role if role in person.roles)
        plain = {"roles": roles, "position": position, "active": person.active}
        lines[person.id] = _Line(plain, people_store.particulars_of(person))
    return lines


def _pupils(roll: Roll) -> _Lines:
    return {pupil.id: _Line({"active": True}, pupils_store.particulars_of(pupil)) for pupil in roll.pupils}


async def _merge(work: Work, table: Table, wanted: _Lines) -> int:
    """Write only what differs, so that a start with an unchanged file changes nothing; returns how many rows did.

    A row that is damaged is written anew where the file has it.
    """
    stored = await _stored(work, table)
    wanted = {id: _with_newer_posts(line, stored.get(id)) for id, line in wanted.items()}
    left = {id: line.left() for id, line in stored.items() if id not in wanted}
    differs = [(id, line) for id, line in (wanted | left).items() if stored.get(id) != line]
    for some in pages([_sealed(work, table, id, line) for id, line in differs], _AT_ONCE):
        await work.write(statements.upsert(work.connection, table), some)
    return len(differs)


def _with_newer_posts(line: _Line, stored: _Line | None) -> _Line:
    """A post that only a newer version knows, which runs beside this one, is not taken from whoever holds it."""
    before = str(stored.plain.get("roles", "")) if stored else ""
    if not (newer := sorted(people_store.newer_roles(before))):
        return line
    return _Line({**line.plain, "roles": " ".join([str(line.plain["roles"]), *newer])}, line.particulars)


async def _stored(work: Work, table: Table) -> _Lines:
    lines: _Lines = {}
    for row in await work.rows(select(table).where(table.c.school == work.school)):
        plain = {name: value for name, value in row.items() if name not in {"school", "id", "particulars"}}
        bound = bound_to(work.school, row["id"], table.name, "particulars")
        try:
            lines[row["id"]] = _Line(plain, work.key.open(row["particulars"], bound))
        except UNREADABLE:
            work.set_aside(table, row)
    return lines


def _sealed(work: Work, table: Table, id: UUID, line: _Line) -> dict[str, object]:
    bound = bound_to(work.school, id, table.name, "particulars")
    sealed = work.key.seal(line.particulars, bound)
    return {**line.plain, "school": work.school, "id": id, "particulars": sealed}


async def _load_accounts(work: Work, roll: Roll) -> int:
    """The accounts of everybody in the file; those of people who have left stay theirs until another has them.

    Returns how many rows it changed.
    """
    changed = 0
    wanted = _accounts(roll)
    listed = {person.id for person, _ in roll.people}
    for row in await work.rows(select(accounts).where(accounts.c.school == work.school)):
        account = (row["platform"], row["tenant"], row["user"])
        if not isinstance(row["position"], int):  # written anew below, and told like every damaged row
            work.set_aside(accounts, row)
        if wanted.get(account) == (row["person"], row["position"]):
            del wanted[account]
        elif account in wanted or row["person"] in listed:
            changed += await work.write(delete(accounts).where(*_is(work, account)))
    rows = [_account(work, account, *whose) for account, whose in wanted.items()]
    for some in pages(rows, _AT_ONCE):
        await work.write(statements.upsert(work.connection, accounts), some)
    return changed + len(rows)


_Name = tuple[str, str, str]
"""Platform, tenant and user: what a platform calls somebody."""


def _accounts(roll: Roll) -> dict[_Name, tuple[PersonId, int]]:
    """Whose each account is, and how much it is preferred."""
    whose: dict[_Name, tuple[PersonId, int]] = {}
    for person, held in roll.people:
        for position, account in enumerate(held):
            whose[account.platform, account.tenant, account.user] = (person.id, position)
    return whose


def _is(work: Work, account: _Name) -> tuple[ColumnElement[bool], ...]:
    platform, tenant, user = account
    return (
        accounts.c.school == work.school,
        accounts.c.platform == platform,
        accounts.c.tenant == tenant,
        accounts.c.user == user,
    )


def _account(work: Work, account: _Name, person: PersonId, position: int) -> dict[str, object]:
    platform, tenant, user = account
    whose = {"person": person, "position": position}
    return {"school": work.school, "platform": platform, "tenant": tenant, "user": user, **whose}
