"""Fills a store with the work of years, fast: rows past the program, sealed and chained as the program would.

So many concerns, of which few are open; one child with thirty; every concern with an account, a decision and an end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert, select, text, update

from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.school import OutsideContact, Place, PlaceKind, School, SchoolId
from store.bodies import Place as Standing
from store.bodies import body_of
from store.case_tables import concern_children, referrals
from store.cause import Cause
from store.engine import make_engine
from store.packing import pack_answers
from store.rolls import Roll
from store.sealing import Key, bound_to, fresh_secret
from store.tables import actions, case_keys, concerns, heads
from store.trail_tables import entries
from store.tree import Peaks, leaf_of
from store.unit_of_work import Units

AT = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
OPEN = 400
STAFF, PUPILS = 100, 1500
OF_THE_BUSY_CHILD = 30
CHUNK = 2_000
LEADS = (Role.LEAD, Role.LEAD, Role.DEPUTY, Role.DEPUTY)
_HEADED = (*LEADS, Role.HEAD, Role.CHAIR)
SCHOOL = School(
    id=SchoolId(UUID(int=77)),
    name="Kingfisher Academy",
    calendar=Calendar(
        zone=ZoneInfo("Europe/London"), opens=time(8, 30), closes=time(15, 30),
        terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
    ),
    leads_places=(Place(platform="slack", tenant="T0", kind=PlaceKind.CHANNEL, id="C0LEADS"),),
    outside=OutsideContact(name="The Hub", telephone="01632 960 999"),
    tenants=(("slack", "T0"),),
)
PEOPLE = tuple(
    Person(id=PersonId(UUID(int=1000 + n)), name=f"Person {n}", roles=frozenset({role}))
    for n, role in enumerate((*_HEADED, *[Role.STAFF] * (STAFF - len(_HEADED))))
)
CHILDREN = tuple(
    Pupil(id=PupilId(UUID(int=5000 + n)), name=f"Child {n}", form=f"{n % 13}A", year=str(n % 13),
          siblings=(PupilId(UUID(int=5001)), PupilId(UUID(int=5002))) if n == 0 else ())
    for n in range(PUPILS)
)
BUSY = CHILDREN[0]
LEE, TESS = PEOPLE[0], PEOPLE[-1]


def account_of(person: Person) -> Login:
    return Login(platform="slack", tenant="T0", user=f"U{person.id.int}")


def roll() -> Roll:
    return Roll(school=SCHOOL, people=tuple((one, (account_of(one),)) for one in PEOPLE), pupils=CHILDREN)


_WORDS = (
    "She held her sleeve down and would not take her coat off in the hall. I asked whether she was all right and she "
    "said that she was cold. At break she stayed by the door until her sister came. "
)


def answers_of(child: Pupil) -> dict[str, str | tuple[str, ...]]:
    return {
        "danger": "no", "about": "child", "urgency": "week", "told_lead": "no", "source": "saw",
        "child_1": str(child.id), "role_1": "harmed", "happened": "over_time", "learned": "same", "place": "gate",
        "facts": _WORDS * 3, "own_words": "they wait for me", "kinds": ("bullying",), "own_account": ("yes",),
    }  # fmt: skip


@dataclass(slots=True)
class _Pen:
    """Writes entries as the trail does: their words sealed under the concern's own key."""

    key: Key
    leaf: bytes
    peaks: Peaks
    rows: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: Table, **row: Any) -> None:
        self.rows.setdefault(table, []).append({"school": SCHOOL.id, **row})

    def case(self, concern: UUID) -> Key:
        secret = fresh_secret()
        wrapped = self.key.seal(secret, bound_to(SCHOOL.id, concern, "case_keys", "key"))
        self.add(case_keys, case=concern, key=wrapped)
        return Key(secret)

    def entry(self, entry: Entry, key: Key) -> None:
        assert entry.thing is not None
        bound = bound_to(SCHOOL.id, entry.thing, "entries", "words")
        words = key.seal(pack_answers(entry.words), bound) if entry.words else None
        standing = Standing(school=SCHOOL.id, sequence=self.peaks.size + 1, after=self.leaf)
        body = body_of(entry, standing, words=words, cause=Cause("slack", uuid4().hex))
        self.leaf = leaf_of(body)
        self.peaks.add(self.leaf)
        self.add(entries, sequence=self.peaks.size, thing=entry.thing, body=body, leaf=self.leaf, words=words)


async def fill(units: Units, url: str, count: int, *, every: timedelta = timedelta(minutes=5)) -> UUID:
    """Write them, one `every` so long; returns the id of an open one about the busy child, owned by the first lead."""
    engine = make_engine(url, deadline=120)
    async with engine.begin() as connection:
        head = (await connection.execute(select(heads).where(heads.c.school == SCHOOL.id))).mappings().one()
        peaks = Peaks.unpacked(head["sequence"], head["peaks"])
        pen = _Pen(key=units._homes[SCHOOL.id].key, leaf=head["newest"], peaks=peaks)
        wanted = UUID(int=0)
        for number, id in enumerate(_all(pen, count, every)):
            wanted = id if number == count - 1 else wanted
            if number % CHUNK == CHUNK - 1 or number == count - 1:
                for table in _ORDER:
                    if rows := pen.rows.pop(table, []):
                        await connection.execute(insert(table), rows)
        moved = {"sequence": pen.peaks.size, "newest": pen.leaf, "peaks": pen.peaks.packed()}
        await connection.execute(update(heads).where(heads.c.school == SCHOOL.id).values(moved))
    if engine.dialect.name == "postgresql":
        async with engine.begin() as connection:  # as its own autovacuum would, in the minutes after
            await connection.execute(text("ANALYZE"))
    await engine.dispose()
    return wanted


def reference_of(number: int) -> str:
    """Each number once, and longer than those that are drawn by lot."""
    return f"26-{100_000 + number}"


_ORDER = (concerns, concern_children, case_keys, entries, actions, referrals)


def _all(pen: _Pen, count: int, every: timedelta) -> Iterator[UUID]:
    """The oldest first; the last ones are open, and the very last is about the busy child."""
    first = AT - count * every
    busy = {count - 1 - n * max(1, count // 40) for n in range(OF_THE_BUSY_CHILD)}
    for number in range(count):
        child = BUSY if number in busy else CHILDREN[1 + number % (PUPILS - 1)]
        yield _one(pen, number, child, at=first + number * every, open=number >= count - OPEN)


def _one(pen: _Pen, number: int, child: Pupil, *, at: datetime, open: bool) -> UUID:
    id, owner = uuid4(), PEOPLE[number % len(LEADS)]
    reporter = PEOPLE[len(_HEADED) + number % (STAFF - len(_HEADED))]
    if open:
        # Raised an hour ago, so that the tick has nothing to do about it: it is measured at rest.
        at = AT - timedelta(hours=1)
    accepted = not open or number % 20 != 0
    closed = at + timedelta(days=3)
    pen.add(
        concerns, id=id, reference=reference_of(number), reporter=reporter.id, about="child", route="leads",
        urgency="week", status="closed" if not open else "triaged" if accepted else "seen", submitted_at=at,
        seen_at=at, owner=owner.id if accepted else None, accepted_at=at if accepted else None, offered_to=None,
        rung=0, escalated_at=None, outcome="monitoring" if accepted else None, triaged_at=at if accepted else None,
        closed_at=None if open else closed, offered_at=None, level="low" if accepted else None,
        decided_by=owner.id if accepted else None, second="not_needed",
        review_at=AT + timedelta(days=number % 40 + 1) if open and accepted else None, close_proposed_by=None,
        close_proposed_at=None, merged_into=None, reporter_as="staff", drill=False, version=4,
    )  # fmt: skip
    pen.add(concern_children, concern=id, pupil=child.id)
    key = pen.case(id)
    facts = {"about": "child", "route": "leads", "urgency": "week"}
    pen.entry(Entry(deed=Deed.RAISED, at=at, by=reporter.id, thing=id, facts=facts, words=answers_of(child)), key)
    pen.entry(Entry(deed=Deed.SEEN, at=at, by=owner.id, thing=id), key)
    if accepted:
        pen.entry(Entry(deed=Deed.ACCEPTED, at=at, by=owner.id, thing=id), key)
        decided = {"rationale": _WORDS, "outcome": "monitoring"}
        pen.entry(Entry(deed=Deed.DECIDED, at=at, by=owner.id, thing=id, words=decided), key)
        _action(pen, id, number, at=at, open=open)
    if not open:
        pen.entry(Entry(deed=Deed.CLOSED, at=closed, by=owner.id, thing=id, words={"outcome": _WORDS}), key)
    if number % 10 == 0:
        _referral(pen, id, at=at, open=open)
    return id


def _action(pen: _Pen, concern: UUID, number: int, *, at: datetime, open: bool) -> None:
    pen.add(
        actions, id=uuid4(), concern=concern, number=1, owner=PEOPLE[number % STAFF].id, assigned_by=LEE.id,
        assigned_at=at, due_at=AT + timedelta(days=4) if open else at + timedelta(days=1),
        status="open" if open else "verified", done_at=None if open else at + timedelta(days=1), kind="observe",
        urgency="week", waiting_until=None, extensions=0, verified_by=None if open else LEE.id, version=2,
    )  # fmt: skip


def _referral(pen: _Pen, concern: UUID, *, at: datetime, open: bool) -> None:
    pen.add(
        referrals, id=uuid4(), concern=concern, number=1, agency="mash", method="online",
        status="sent" if open else "accepted", sent_at=at, sent_by=LEE.id, answer_by=AT + timedelta(days=1),
        confirm_by=None, confirmed_at=None, answered_at=None if open else at + timedelta(days=1), stage=0,
        stage_at=None, version=2,
    )  # fmt: skip
