"""A school in which every table holds something, and every way in which one of its rows may be damaged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, LargeBinary, String, Table, Uuid, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.notice import Notice, NoticeKind
from handlers.ports import Draft, UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.referral import Method, Referral, ReferralId
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from handlers.rules.trouble import Trouble
from handlers.ui.card import Press
from store import walls
from store.columns import SealedBytes, UtcTime
from store.engine import make_engine
from store.notes import Signer
from store.opening import open_units
from store.schema import metadata
from tests.handlers.acting import assigned
from tests.handlers.posting import Post, works
from tests.handlers.school import ANSWERS, COLIN, DANA, LEADS_ON_SLACK, LEE, MIA, PEOPLE, ROLL, SCHOOL, TESS, Here

KEY = bytes(range(1, 33))
SIGNER = Signer.of(bytes(range(50, 82)))
GONE = Person(id=PersonId(UUID(int=77)), name="Gwen Airey", roles=frozenset({Role.STAFF}))
LEFT = Pupil(id=PupilId(UUID(int=977)), name="Zed Quill", form="6A", year="6")
HURT, WHOLE, DRAFT = UUID(int=0xA), UUID(int=0xB), UUID(int=0xD)
"""The concern whose rows are damaged, one that has nothing to do with them, and what somebody has begun to write."""
BEFORE = replace(
    ROLL,
    people=(*PEOPLE, (GONE, (Login(platform="slack", tenant="T0SCHOOL", user="U77"),))),
    pupils=(*ROLL.pupils, LEFT, *(Pupil(id=PupilId(UUID(int=n)), name=f"Kim {n}", form="1A", year="1")
                                  for n in range(2000, 2030))),
)  # fmt: skip
NOW = replace(BEFORE, people=PEOPLE, pupils=tuple(pupil for pupil in BEFORE.pupils if pupil.id != LEFT.id))
"""The school's file as it is when a row is damaged: one of the staff and one child have left since."""


@dataclass(frozen=True, slots=True)
class Harm:
    """One way to damage one row."""

    table: Table
    column: Column[Any]
    how: str

    @property
    def shows(self) -> bool:
        """Whether it can be told from what might have been written: any name of a step might, a post that a
        newer version knows, and an empty cell where one may be empty."""
        if isinstance(self.column.type, String) and self.how in {"unknown", "cut"}:
            return "closed vocabulary" in self.column.info["plain"] and self.column.name not in ("platform", "roles")
        return self.how != "emptied"

    def __str__(self) -> str:
        return f"{self.table.name}.{self.column.name}-{self.how}"


def harms(dialect: str) -> Iterator[Harm]:
    """Of every column but those that say which row it is, each way that it can be damaged on that engine."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not column.primary_key:
                yield from (Harm(table, column, how) for how in _ways(column, dialect))


def _ways(column: Column[Any], dialect: str) -> Iterator[str]:
    if column.nullable:
        yield "emptied"
    if isinstance(column.type, SealedBytes):
        yield from ("moved", "flipped", "cut")
    elif isinstance(column.type, LargeBinary):
        yield from ("flipped", "cut")
    elif isinstance(column.type, String):
        yield from ("unknown", "cut")
    if dialect == "sqlite":
        yield "torn"


async def fill(url: str) -> None:
    """Everything that a school may have, about one concern and another."""
    units = await open_units(url, root_key=KEY, schools=(BEFORE,))
    here = Here(units)
    for key in (HURT, WHOLE):
        await here.raises(TESS, {**ANSWERS, "facts": f"She held her sleeve, {key.int}."}, key=key)
    await works(here, Post())
    await here.press(LEE, Press.ACCEPT, HURT)
    await assigned(here, await here.concern(HURT))
    hurt = await here.concern(HURT)
    async with units(SCHOOL.id) as uow:
        await _more(uow, hurt, here)
    await units.addresses("slack", "T0SCHOOL").remember("service", "https://slack.example/")
    await units.turned_away(Entry(deed=Deed.REFUSED, at=here.at, by=None, thing=None, facts={"why": "unknown_school"}))
    for school in (SCHOOL.id, None):
        await units.sign(school, SIGNER)
    await units.close()
    engine = make_engine(url)
    async with engine.begin() as connection:  # by the program before this one
        await walls.say(connection, (SCHOOL.id,))
        row = {"school": SCHOOL.id, "year": 2026, "last": 7}
        await connection.execute(metadata.tables["concern_references"].insert().values(row))
    await engine.dispose()
    await (await open_units(url, root_key=KEY, schools=(NOW,))).close()


async def _more(uow: UnitOfWork, hurt: Concern, here: Here) -> None:
    at, day = here.at, timedelta(days=1)

    def because(deed: Deed) -> Entry:
        return Entry(deed=deed, at=at, by=LEE.id, thing=hurt.id)

    named = replace(hurt, named=frozenset({COLIN.id}), sealed_to=frozenset({LEE.id}))
    await uow.concerns.save(named, because=because(Deed.LINKED))
    referral = Referral(id=ReferralId(UUID(int=81)), concern=hurt.id, number=1, agency=ENGLAND.agencies[0].key,
                        method=Method.TELEPHONE, sent_at=at, sent_by=LEE.id, answer_by=at + day)  # fmt: skip
    await uow.referrals.save(referral, because=because(Deed.REFERRED))
    share = Share(id=ShareId(UUID(int=82)), concern=hurt.id, to=TESS.id, by=LEE.id, at=at, until=at + day)
    await uow.shares.save(share, because=because(Deed.SHARED))
    glass = BreakGlass(id=BreakGlassId(UUID(int=83)), concern=hurt.id, asked_by=DANA.id, asked_at=at)
    await uow.break_glass.save(glass, because=because(Deed.BREAK_GLASS_ASKED))
    answers = {"facts": "He came in wet.", "child_1": str(MIA.id)}
    for key in (DRAFT, UUID(int=0xE)):
        await uow.drafts.put(Draft(key=key, owner=TESS.id, answers=answers, at=at))
    await uow.outbox.put(Notice(kind=NoticeKind.TRIAGE, place=LEADS_ON_SLACK, subject=hurt.id))
    await uow.troubles.begin(Trouble.NOTICE_STUCK, "", reason="mishap", at=at)


async def damage(url: str, harm: Harm) -> dict[str, object]:
    """Damage one row, as whoever holds the database could; its key."""
    engine = make_engine(url, migrating=True)
    async with engine.begin() as connection:
        await _without_rules(connection, harm.table)
        keys = [column for column in harm.table.primary_key.columns if column.name != "school"]
        row = (await connection.execute(_which(harm))).mappings().first()
        assert row is not None, f"nothing is in {harm.table.name}"
        value = await _value(connection, harm, row[harm.column.name])
        same = [column == row[column.name] for column in harm.table.primary_key.columns]
        done = await connection.execute(harm.table.update().where(*same).values({harm.column.name: value}))
        assert done.rowcount == 1
        found = {column.name: row[column.name] for column in keys}
    await engine.dispose()
    return found


def _which(harm: Harm) -> Any:
    """A row of the concern that is hurt where there is one; of people and pupils one who has left."""
    table, query = harm.table, select(harm.table)
    wanted = {"people": GONE.id, "pupils": LEFT.id, "concerns": HURT, "drafts": DRAFT, "case_keys": HURT}
    if table.name in wanted:
        return query.where(next(column for column in table.primary_key.columns if column.name != "school")
                           == wanted[table.name])  # fmt: skip
    for name in ("concern", "thing", "subject"):
        if name in table.c:
            query = query.where(table.c[name] == HURT)
            break
    return query.order_by(*table.primary_key.columns)


async def _value(connection: AsyncConnection, harm: Harm, before: Any) -> Any:
    if harm.how == "moved":
        others = select(harm.column).where(harm.column != before, harm.column.is_not(None)).limit(1)
        return (await connection.execute(others)).scalar_one_or_none() or before[::-1]
    if harm.how == "flipped":
        return before[:-3] + bytes((before[-3] ^ 4,)) + before[-2:] if before else b"\x04"
    if harm.how == "cut":
        return before[: len(before) // 2] if before else ""
    if harm.how == "torn":
        return text("'x'" if isinstance(harm.column.type, LargeBinary | UtcTime | Uuid | Boolean) else "X'ff'")
    return "zz" if harm.how == "unknown" else None


async def _without_rules(connection: AsyncConnection, table: Table) -> None:
    if connection.dialect.name == "sqlite":
        await connection.execute(text("PRAGMA ignore_check_constraints=ON"))
        for deed in ("update", "delete", "replace"):
            await connection.execute(text(f"DROP TRIGGER IF EXISTS {table.name}_refuse_{deed}"))
        return
    await connection.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER ALL"))
    checks = text(f"SELECT conname FROM pg_constraint WHERE conrelid = '{table.name}'::regclass AND contype = 'c'")  # noqa: S608 (a table of ours)
    for (name,) in (await connection.execute(checks)).all():
        await connection.execute(text(f'ALTER TABLE {table.name} DROP CONSTRAINT "{name}"'))
