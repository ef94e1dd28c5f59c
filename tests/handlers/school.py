"""A small invented school for the tests of what the program does, and a way to act in it by person."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.calendars import bank_holidays
from handlers.account import form, review, times
from handlers.conversation import (
    ButtonPressed,
    CommandTyped,
    Complaints,
    FormSubmitted,
    Inbound,
    NextPage,
    OpenForm,
    Reply,
    Tell,
)
from handlers.desk.desk import Desk
from handlers.reporter import unsent
from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Answers
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.school import OutsideContact, Place, PlaceKind, School, SchoolId
from handlers.triage.form import KINDS
from handlers.ui import picked
from handlers.ui.card import Press
from handlers.ui.form import Form
from store.rolls import Roll
from store.unit_of_work import Units

TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
LEADS_ON_SLACK = Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.CHANNEL, id="C0LEADS")
SCHOOL = School(
    id=SchoolId(UUID(int=500)),
    name="Heron Primary",
    calendar=Calendar(
        zone=ZoneInfo("Europe/London"),
        opens=time(8, 30),
        closes=time(15, 30),
        terms=(
            Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
            Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
            Term(first=date(2027, 1, 4), last=date(2027, 7, 20)),
            Term(first=date(2027, 9, 2), last=date(2027, 12, 17)),
        ),
        bank_holidays=bank_holidays("England", range(2026, 2028)),
    ),
    leads_places=(LEADS_ON_SLACK,),
    outside=OutsideContact(name="The Hub", telephone="01632 960 999"),
    tenants=(("slack", "T0SCHOOL"), ("teams", "tenant-1")),
)


def _person(number: int, name: str, role: Role) -> tuple[Person, tuple[Login, ...]]:
    person = Person(id=PersonId(UUID(int=number)), name=name, roles=frozenset({role}))
    return person, (Login(platform="slack", tenant="T0SCHOOL", user=f"U{number}"),)


PEOPLE = tuple(
    _person(number, name, role)
    for number, (name, role) in enumerate(
        [
            ("Lee Abara", Role.LEAD),
            ("Priya Raman", Role.LEAD),
            ("Dana Okello", Role.DEPUTY),
            ("Helen Marsh", Role.HEAD),
            ("Colin Teale", Role.CHAIR),
            ("Tess Hallam", Role.STAFF),
            ("Tom Whitlow", Role.STAFF),
            ("Theo Lund", Role.TECHNICIAN),
            ("A pupil's account", Role.PUPIL),
        ],
        start=1,
    )
)
LEE, PRIYA, DANA, HELEN, COLIN, TESS, TOM, THEO, PUPIL = (person for person, _ in PEOPLE)
MIA = Pupil(id=PupilId(UUID(int=901)), name="Mia Patel", form="8B", year="8")
OTHER_MIA = Pupil(id=PupilId(UUID(int=902)), name="Mia Patel", form="4K", year="4")
ROLL = Roll(school=SCHOOL, people=PEOPLE, pupils=(MIA, OTHER_MIA))

ANSWERS: Answers = {
    "danger": "no", "about": "child", "urgency": "today", "told_lead": "no", "source": "child",
    "child_1": str(MIA.id),
    "role_1": "harmed", "happened": "over_time", "learned": "same", "place": "gate",
    "facts": "She held her sleeve down.", "own_words": "they wait for me", "kinds": ("bullying",),
    "own_account": ("yes",),
}
DECISION: Answers = {
    "level": "low", "seen": "spoken", "parents": "told", "outcome": "monitoring", "rationale": "Seen on three days.",
}
ADULT_DECISION: Answers = {
    "adult_is": "low_level", "rationale": "A sharp word.", "child_safe": "yes", "asked_before": "no",
}


def about_adult(person: Person, answers: Answers = ANSWERS) -> Answers:
    """About somebody who works here, and no child is named: with one there is a child's part too."""
    return {**answers, "about": "adult", "adult": str(person.id), "child_1": "", "role_1": ""}


ABOUT_LEE = about_adult(LEE)
ABOUT_HELEN = about_adult(HELEN)


@dataclass(slots=True)
class Here:
    """The desk of that school, with a clock that is set by hand."""

    units: Units
    at: datetime = TUESDAY
    mishaps: list[str] = field(default_factory=list)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(units=self.units, now=lambda: self.at, wake=lambda: None, mishap=self._keep)

    def _keep(self, reference: str, error: BaseException) -> None:
        self.mishaps.append(f"{reference} {type(error).__name__}")

    def later(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at

    async def answers(self, inbound: Inbound) -> Reply:
        return await self.desk.answer(inbound)

    async def command(self, by: Person, text: str = "") -> Reply:
        return await self.answers(CommandTyped(who=account(by), text=text))

    async def press(self, by: Person, press: Press, subject: UUID, version: int = 1) -> Reply:
        return await self.answers(ButtonPressed(who=account(by), press=press, subject=subject, version=version))

    async def send(self, by: Person, form: Form, values: Answers) -> Reply:
        return await self.answers(
            FormSubmitted(who=account(by), form=form.id, key=form.key, page=form.page, values=values)
        )

    async def raises(self, by: Person = TESS, answers: Answers = ANSWERS, *, key: UUID | None = None) -> Concern:
        """The concern as it is stored. What the pages leave in a draft is put there, and the last look sends it: both
        come to the same (`test_the_short_way`). One for now has no last look, and every page is filled.
        """
        id = key or uuid4()
        if form.is_urgent(answers):
            await self.raises_as_told(by, answers, key=id)
            return await self.concern(id)
        await self._leaves_in_a_draft(by, answers, id)
        last = FormSubmitted(who=account(by), form="concern", key=str(id), page=review.PAGE, values=answers)
        reply = await self.answers(last)
        assert isinstance(reply, Tell), reply
        return await self.concern(id)

    async def _leaves_in_a_draft(self, by: Person, answers: Answers, id: UUID) -> None:
        typed = times.anchored({}, answers, calendar=SCHOOL.calendar, at=self.at)
        asked = {field.name: typed[field.name] for field in form.fields(typed) if typed.get(field.name)}
        kept = picked.chosen(form.every_field(), asked)
        async with self.units(SCHOOL.id) as uow:
            await unsent.keep(uow, id, review.first_written(kept), by=by, at=self.at)

    async def raises_as_told(self, by: Person, answers: Answers, *, key: UUID) -> Tell:
        """Fill every page and send it; what the last page is answered with."""
        for page in (1, 2, 3, 4, review.PAGE):
            reply = await self.answers(
                FormSubmitted(who=account(by), form="concern", key=str(key), page=page, values=answers)
            )
            assert not isinstance(reply, Complaints), reply.by_field
            if isinstance(reply, Tell) and page >= 4:
                break
        assert isinstance(reply, Tell), reply
        return reply

    async def decides(self, by: Person, concern: Concern, **answers: object) -> Reply:
        """Past the look-back and the categories to the form of the decision, and send it."""
        form = await self.opens(by, Press.DECIDE, concern.id)
        reply = await self.send(by, form, {})
        assert isinstance(reply, NextPage), reply
        if reply.form.page == KINDS:
            chosen = {name: value for name, value in answers.items() if name.startswith("kinds_")}
            reply = await self.send(by, reply.form, chosen)  # type: ignore[arg-type]
            assert isinstance(reply, NextPage), reply
        told = ADULT_DECISION if reply.form.id == "decide_adult" else {**DECISION, **answers}
        return await self.send(by, reply.form, told)  # type: ignore[arg-type]

    async def concern(self, id: UUID) -> Concern:
        async with self.units(SCHOOL.id) as uow:
            concern = await uow.concerns.get(ConcernId(id))
        assert concern is not None
        return concern

    async def opens(self, by: Person, press: Press, subject: UUID) -> Form:
        """Press, and the form that opens."""
        reply = await self.press(by, press, subject)
        assert isinstance(reply, OpenForm), reply
        return reply.form


def account(person: Person) -> Login:
    return next(accounts[0] for listed, accounts in PEOPLE if listed.id == person.id)


def words(reply: Reply) -> str:
    """What a person reads in an answer that only says something."""
    assert isinstance(reply, Tell), reply
    return " ".join(getattr(part, "text", "") for part in reply.card.parts)
