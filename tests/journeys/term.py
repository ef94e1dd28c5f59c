"""A term told in lines, played minute by minute on the stage: its clock, its school, who was told what, the driver.

A line is a moment on the school's own clock and what happens then:

    Thu 3 Sep 09:00  tess raises today
    Thu 3 Sep 09:30  > dana: chase today_30   # why then, in words

`>` lines are what must be sent at that minute, to exactly these people. A second before it nothing may be sent, and
between two lines nothing at all, so a nudge that is missing, early, late or one too many is each a difference.
`woken` after what is raised: school is closed, so "today" counts as "now" at once; the receipt and the record say so.
Nothing here asks the program's clocks when anything is due.
"""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.demo import SAMPLE
from bot.playground.thumbs import Thumbs
from bot.school_file import SchoolFile, read_school_file
from handlers.notice import STANDS, NoticeKind
from handlers.rules.calendar import Term
from handlers.rules.people import Login, Person, Role
from handlers.rules.school import OutsideContact

LONDON = ZoneInfo("Europe/London")
INSET = frozenset({date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 2)})
EXTRA_BANK_HOLIDAY = date(2026, 11, 23)
"""Invented: no bank holiday of England falls into an autumn term."""
SECOND = timedelta(seconds=1)


class StillClock(Clock):
    """Stands still until it is moved, so that what is due on a minute can be asked for on that minute."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        self._at += by


def school_of_the_term(*, mirrored: bool) -> SchoolFile:
    """The sample school in the autumn of 2026; `mirrored`: whoever is on Slack there is on Teams here."""
    file = read_school_file(SAMPLE)
    calendar = replace(
        file.school.calendar,
        terms=(
            Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
            Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
            Term(first=date(2027, 1, 4), last=date(2027, 2, 12)),
        ),
        inset=INSET,
        bank_holidays=file.school.calendar.bank_holidays | {EXTRA_BANK_HOLIDAY},
    )
    lado = OutsideContact(name="Fernshire LADO", telephone="01632 960 888")
    file = replace(file, school=replace(file.school, calendar=calendar, lado=lado))
    if not mirrored:
        return file
    return replace(file, people=tuple(_mirrored(*one, number=n, file=file) for n, one in enumerate(file.people)))


def _mirrored(
    person: Person, accounts: tuple[Login, ...], *, number: int, file: SchoolFile
) -> tuple[Person, tuple[Login, ...]]:
    if len(accounts) != 1 or person.has(Role.PUPIL):
        return person, accounts[::-1]
    tenants = dict(file.school.tenants)
    other = "teams" if accounts[0].platform == "slack" else "slack"
    user = f"U0MIRROR{number:02d}" if other == "slack" else f"a1f0c9d2-0002-4c5e-9b1a-{number:012d}"
    return person, (Login(platform=other, tenant=tenants[other], user=user),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the story."""

    at: datetime
    nick: str
    who: str
    """Who does it; empty for what the clock sends."""
    words: tuple[str, ...]


def lines_of(story: Mapping[str, str], year: int) -> tuple[Line, ...]:
    """The story read, in the order of its moments; within one moment in the order in which it is told."""
    read = [_line(nick, text, year) for nick, told in story.items() for text in told.splitlines() if text.strip()]
    return tuple(sorted(read, key=lambda line: line.at))


def _line(nick: str, text: str, year: int) -> Line:
    weekday, day, month, clock, *rest = text.partition("#")[0].split()
    local = datetime.strptime(f"{day} {month} {year} {clock}", "%d %b %Y %H:%M").replace(tzinfo=LONDON)
    assert local.strftime("%a") == weekday, f"{text.strip()}: that day is a {local:%a}"
    if rest[0] == "GMT":
        local, rest = local.replace(fold=1), rest[1:]
    if rest[0] == ">":
        return Line(at=local.astimezone(UTC), nick=nick, who="", words=tuple(rest[1:]))
    return Line(at=local.astimezone(UTC), nick=nick, who=rest[0], words=tuple(rest[1:]))


Told = tuple[str, str, str]
"""Of which concern, what, to whom: `("gate", "chase today_30", "dana")`."""


def expected(line: Line) -> Iterator[Told]:
    people, _, what = " ".join(line.words).partition(": ")
    for person in people.split():
        yield line.nick, what, person


class Stood(ABC):
    """The term as far as it has been played: on the stage (`term_stage`), or at the desk alone (`term_desk`)."""

    def __init__(self, file: SchoolFile, folder: Path, clock: StillClock) -> None:
        self.file = file
        self.clock = clock
        self.ids: dict[UUID, str] = {}
        """The nickname of every concern and draft, by id."""
        self.references: dict[str, str] = {}
        self.recused: dict[str, set[str]] = defaultdict(set)
        """Whom a concern keeps out, by nickname."""
        self.done: dict[str, list[tuple[datetime, str, str]]] = defaultdict(list)
        """What the chronology must hold: when, its title there, and by whom."""
        self.differences: list[str] = []
        self._database = sqlite3.connect(f"file:{folder / 'heard.db'}?mode=ro", uri=True, isolation_level=None)
        self._serial = 0
        self._messages = 0
        self._standing = 0
        self._known: set[tuple[str, str, str]] = set()
        self.daily: Counter[tuple[str, date]] = Counter()
        """New messages that each person had in their own chat, by day."""

    @abstractmethod
    def on(self, key: str) -> Thumbs:
        """That person, on the platform on which they are told things."""

    @abstractmethod
    async def tick(self) -> None:
        """Do now all that is due now."""

    @abstractmethod
    async def carried(self) -> None:
        """Wait until nothing is on its way any more."""

    @abstractmethod
    def message(self, platform: str, user: str, id: str) -> str:
        """A message as it stands, whole: in somebody's chat, or without a user in the leads' place."""

    @abstractmethod
    def count(self) -> int:
        """Messages of the bot's that stand anywhere, less those for one person's eyes in a channel."""

    @abstractmethod
    async def out_of_office(self, key: str, *, away: bool) -> None: ...

    def close(self) -> None:
        self._database.close()

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self._database.execute(query, values).fetchall()

    def account(self, key: str) -> Login:
        """Where that person is told things: the first, where there are two."""
        return next(accounts[0] for person, accounts in self.file.people if key_of(person) == key)

    def id_of(self, key: str) -> UUID:
        return next(person.id for person, _ in self.file.people if key_of(person) == key)

    async def to(self, moment: datetime) -> list[Told]:
        """Move time on to that moment, let happen what is due, and wait until all of it has been carried.

        Returns what is told of the story's concerns; what else comes by the clock (digests, a drill) is not of it.
        """
        self.clock.move(moment - self.clock())
        await self.tick()
        await self.carried()
        told, count, standing = self._record(), self.count(), self._known_to_stand()
        if count - self._messages != standing - self._standing:
            new, known = count - self._messages, standing - self._standing
            self.differences.append(f"{self.now()}: {new} messages, {known} known")
        self._messages, self._standing = count, standing
        return [one for one in told if one[0]]

    def forget(self) -> None:
        """What people do tells people at once: other journeys judge that, here only whom it may not reach."""
        self._record()
        self._messages, self._standing = self.count(), self._known_to_stand()

    def _known_to_stand(self) -> int:
        """Messages that the program knows to stand."""
        messages = "select distinct platform, place, message from posts where place_kind <> 'home'"
        return len(self.rows(messages))

    def side_by_side(self) -> list[tuple[object, ...]]:
        """Of which one thing several messages stand with one person, though one must do (`notice.STANDS`)."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        columns = 'kind, subject, "to", platform, place, message'
        for kind, *which, message in self.rows(f"select {columns} from posts where place_kind = 'person'"):  # noqa: S608
            row = STANDS[NoticeKind(str(kind))]
            if not row.each:
                found[(row.among or str(kind), *map(str, which))].add(str(message))
        return [where for where, messages in found.items() if len(messages) > 1]

    def now(self) -> str:
        return f"{self.clock().astimezone(LONDON):%a %-d %b %H:%M:%S}"

    def _record(self) -> list[Told]:
        """What has been sent since this was last asked: from the program's own record, each found where it stands."""
        columns = 'kind, step, subject, "to", platform, message, serial'
        query = f"select {columns} from posts where place_kind <> 'home' and serial > ? order by serial"  # noqa: S608
        return [self._told(*map(str, row)) for row in self.rows(query, self._serial)]

    def _told(self, kind: str, step: str, subject: str, to: str, platform: str, message: str, serial: str) -> Told:
        self._serial = int(serial)
        nick, who = self._nick(UUID(subject)), f"leads-{platform}"
        user = ""
        if to != "None":
            who = next(key_of(person) for person, _ in self.file.people if person.id == UUID(to))
            user = self.account(who).user
            if (platform, user, message) not in self._known:
                self.daily[who, self.clock().astimezone(LONDON).date()] += 1
            self._known.add((platform, user, message))
        raw = self.message(platform, user, message)
        if nick in self.references and self.references[nick] not in raw:
            self.differences.append(f"{self.now()}: {who} is told of {nick} without its reference")
        if who in self.recused.get(nick, ()):
            self.differences.append(f"{self.now()}: {who} is kept out of {nick} and is told")
        what = re.sub(r"(lapsed|begins)_\d+|duty_[\d-]+_?", r"\1", step.partition(":")[0])
        return nick, f"{kind} {what}".strip(), who

    def _nick(self, subject: UUID) -> str:
        if subject in self.ids:
            return self.ids[subject]
        for table in ("actions", "referrals"):
            found = self.rows(f"select concern from {table} where id = ?", subject.hex)  # noqa: S608 (a name from here)
            if found:
                return self.ids[UUID(str(found[0][0]))]
        return ""


def key_of(person: Person) -> str:
    return person.name.split()[0].casefold()
