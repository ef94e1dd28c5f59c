"""An invented school, and values that fill every field, for the store's tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from handlers.notice import Notice, NoticeKind
from handlers.rules.action import Action, ActionId
from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Route, Urgency
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.school import OutsideContact, Place, PlaceKind, School, SchoolId
from store.rolls import Roll

AT = datetime(2026, 11, 9, 10, 15, 30, 123456, tzinfo=UTC)
ROOT = bytes(range(7, 200, 6))[:32]
WORDS: Answers = {
    "own_words": "they *wait* for me <by> the gate — \"honest\" \U0001f600 \udc00",
    "facts": "CANARY-FACTS",
    "kinds": ("bullying", "not_sure"),
    "empty": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    roll: Roll

    @property
    def id(self) -> SchoolId:
        return self.roll.school.id

    def person(self, key: str) -> Person:
        return next(person for person, _ in self.roll.people if person.id == self._id(key))

    def who(self, key: str) -> Login:
        return next(held[0] for person, held in self.roll.people if person.id == self._id(key))

    def _id(self, key: str) -> PersonId:
        return PersonId(uuid5(self.id, key))

    def concern(self, reference: str = "26-48213", **more: object) -> Concern:
        values: dict[str, object] = {
            "id": ConcernId(uuid4()),
            "reference": reference,
            "reporter": self._id("teacher"),
            "about": About.CHILD,
            "route": Route.LEADS,
            "urgency": Urgency.TODAY,
            "submitted_at": AT,
        }
        return Concern(**(values | more))  # type: ignore[arg-type]

    def action(self, concern: Concern, number: int = 1) -> Action:
        return Action(
            id=ActionId(uuid4()),
            concern=concern.id,
            number=number,
            owner=self._id("teacher"),
            assigned_by=self._id("lead"),
            assigned_at=AT,
            due_at=AT.replace(day=20),
        )

    def entry(self, thing: UUID | None, deed: Deed = Deed.RAISED, **more: object) -> Entry:
        values: dict[str, object] = {"deed": deed, "at": AT, "by": self._id("teacher"), "thing": thing}
        return Entry(**(values | more))  # type: ignore[arg-type]

    def raised(self, concern: Concern, words: Answers = WORDS) -> Entry:
        return self.entry(concern.id, facts={"urgency": concern.urgency.value}, words=words)


def sample(name: str = "one", pupils: Sequence[tuple[str, str, str]] = ()) -> Sample:
    """A school with a person of each role, `CANARY-` in everything about them that is somebody's own."""
    id = SchoolId(uuid5(UUID(int=1), name))
    school = School(
        id=id,
        name="Kingfisher School",
        calendar=Calendar(
            zone=ZoneInfo("Europe/London"),
            opens=time(8, 30),
            closes=time(15, 30),
            terms=(Term(first=date(2026, 9, 1), last=date(2027, 7, 20)),),
        ),
        leads_places=(channel(f"C-{name}"),),
        outside=OutsideContact(name="Duty desk", telephone="01632 960001"),
        tenants=(("slack", f"T-{name}"),),
    )
    listed = pupils or (("Mia CANARY-PUPIL", "8B", "8"), ("Noah Ek", "9C", "9"))
    return Sample(
        roll=Roll(
            school=school,
            people=tuple(_person(id, name, key) for key in ("teacher", "lead", "deputy", "head", "chair", "pupil")),
            pupils=tuple(_pupil(id, number, *one) for number, one in enumerate(listed)),
        )
    )


def _person(school: SchoolId, name: str, key: str) -> tuple[Person, tuple[Login, ...]]:
    role = Role.STAFF if key == "teacher" else Role(key)
    person = Person(
        id=PersonId(uuid5(school, key)),
        name=f"{key.title()} CANARY-NAME",
        roles=frozenset({role}),
        telephone="CANARY-TELEPHONE",
        mail=f"{key}@CANARY-MAIL.example",
    )
    accounts = [Login(platform="slack", tenant=f"T-{name}", user=f"U-{key}")]
    if key == "lead":
        accounts.append(Login(platform="teams", tenant="tenant-1", user="lead-on-teams"))
    return person, tuple(accounts)


def _pupil(school: SchoolId, number: int, name: str, form: str, year: str) -> Pupil:
    return Pupil(id=PupilId(uuid5(school, f"pupil/{number}")), name=name, form=form, year=year)


def channel(id: str) -> Place:
    return Place(platform="slack", tenant="T-one", kind=PlaceKind.CHANNEL, id=id)


def notice(place: str = "C1", subject: UUID | None = None, **more: object) -> Notice:
    values: dict[str, object] = {"kind": NoticeKind.TRIAGE, "place": channel(place), "subject": subject or uuid4()}
    return Notice(**(values | more))  # type: ignore[arg-type]
