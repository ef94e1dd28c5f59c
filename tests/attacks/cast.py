"""An invented school with somebody in every relation to a concern, and concerns in every state.

What is built here goes through the desk wherever a person could do it; a name added later and a seal are set in the
store, for who may do that is not what is being built. Nobody here asks `rules.authority` anything.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from handlers.account import reported
from handlers.conversation import ButtonPressed, Complaints, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.desk.desk import Desk
from handlers.ports import UnitOfWork
from handlers.reporter.raising import raise_concern
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Login, Person, PersonId, Pupil, PupilId, Role
from handlers.rules.school import OutsideContact, SchoolId
from handlers.rules.share import BreakGlass, BreakGlassId
from handlers.triage.form import KINDS
from handlers.ui.card import Press
from handlers.ui.form import Form
from store.rolls import Roll
from store.unit_of_work import Units
from tests.attacks.authority import ADULT_SCENES
from tests.bot.teams.conftest import TENANT, aad
from tests.handlers.school import SCHOOL as HERON
from tests.handlers.school import TUESDAY

SLACK, OTHER_SLACK, OTHER_TENANT = "T0SCHOOL", "T0OTHER", "5f0e7c1a-6d2b-4a3e-8c11-0f6f6b1d2c99"
SCHOOL = replace(HERON, tenants=(("slack", SLACK), ("teams", TENANT)))
OTHER = replace(
    HERON, id=SchoolId(UUID(int=600)), name="Wren Primary", leads_places=(),
    outside=OutsideContact(name="The Hub", telephone="01632 960 999"),
    tenants=(("slack", OTHER_SLACK), ("teams", OTHER_TENANT)),
)  # fmt: skip


Listed = tuple[Person, tuple[Login, ...]]


def _roll(start: int, slack: str, teams: str, *people: tuple[str, Role]) -> tuple[Listed, ...]:
    listed: list[Listed] = []
    for number, (name, role) in enumerate(people, start=start):
        id, telephone = PersonId(UUID(int=number)), f"01632 9600{number:02d}"
        person = Person(id=id, name=name, roles=frozenset({role}), telephone=telephone)
        where = (
            Login(platform="slack", tenant=slack, user=f"U{number}"),
            Login(platform="teams", tenant=teams, user=aad(number)),
        )
        listed.append((person, where))
    return tuple(listed)


PEOPLE = _roll(
    1, SLACK, TENANT,
    ("Lee Abara", Role.LEAD), ("Priya Raman", Role.LEAD), ("Nora Quist", Role.LEAD), ("Dana Okello", Role.DEPUTY),
    ("Sam Iyer", Role.DEPUTY), ("Reg Dunn", Role.LEAD), ("Gary Left", Role.LEAD), ("Helen Marsh", Role.HEAD),
    ("Hugo Vance", Role.HEAD), ("Colin Teale", Role.CHAIR), ("Hattie Orr", Role.HR), ("Tess Hallam", Role.STAFF),
    ("Tom Whitlow", Role.STAFF), ("Una Frost", Role.STAFF), ("Sol Brandt", Role.STAFF), ("Theo Lund", Role.TECHNICIAN),
    ("A pupil's account", Role.PUPIL),
)  # fmt: skip
(LEE, PRIYA, NORA, DANA, SAM, REG, GARY, HELEN, HUGO, COLIN, HATTIE, TESS, TOM, UNA, SOL, THEO, PUPIL) = (
    person for person, _ in PEOPLE
)
ELSEWHERE = _roll(61, OTHER_SLACK, OTHER_TENANT, ("Zara Nolan", Role.LEAD), ("Yves Marlow", Role.HEAD))
ZARA = ELSEWHERE[0][0]
MIA = Pupil(id=PupilId(UUID(int=901)), name="Mia Patel", form="8B", year="8")
OSKAR = Pupil(id=PupilId(UUID(int=902)), name="Oskar Bloom", form="4K", year="4")
ROLLS = (
    Roll(school=SCHOOL, people=PEOPLE, pupils=(MIA, OSKAR)),
    Roll(school=OTHER, people=ELSEWHERE, pupils=()),
)
WITHOUT_GARY = (replace(ROLLS[0], people=tuple(one for one in PEOPLE if one[0] is not GARY)), ROLLS[1])
"""The staff list as it is the day after he has left."""

ACCOUNT: Answers = {
    "danger": "no", "about": "child", "urgency": "today", "told_lead": "no", "source": "child",
    "child_1": str(MIA.id), "role_1": "harmed", "happened": "over_time", "learned": "same", "place": "gate",
    "facts": "CANARY-FACTS She held her sleeve down.", "own_words": "CANARY-WORDS they wait for me",
    "kinds": ("bullying",), "own_account": ("yes",),
}  # fmt: skip
CANARIES = ("CANARY", MIA.name, "bullying", "Bullying")
"""What may stand in no card and in no answer to somebody who may not read."""
DECISION: Answers = {
    "level": "medium", "seen": "spoken", "parents": "told", "outcome": "monitoring", "rationale": "CANARY-WHY Seen.",
}  # fmt: skip

ADULT_DECISION: Answers = {
    "adult_is": "allegation", "limbs": ("harmed",), "rationale": "CANARY-WHY Told by two.", "child_safe": "yes",
    "child_is": "none", "child_why": "CANARY-CHILD None.", "asked_before": "no",
}  # fmt: skip

FOUND: Answers = {"finding": "unfounded", "finding_why": "CANARY-FOUND No basis.", "removed": "no", "teacher": "no"}


def accounts(person: Person) -> tuple[Login, ...]:
    return next(where for listed, where in (*PEOPLE, *ELSEWHERE) if listed.id == person.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A kind of concern: whom it concerns decides who is what to it."""

    name: str
    reporter: Person
    account: Answers
    owner: Person
    second: Person
    """Another who receives it."""


SCENES: Mapping[str, Scene] = {
    scene.name: scene
    for scene in (
        Scene(name="child", reporter=TESS, owner=LEE, second=DANA, account={**ACCOUNT, "close": str(PRIYA.id)}),
        Scene(name="relative", reporter=REG, owner=LEE, second=DANA, account={**ACCOUNT, "relative": "yes"}),
        Scene(name="sealed", reporter=TESS, owner=LEE, second=SAM, account=ACCOUNT),
        Scene(
            name="adult", reporter=TESS, owner=HELEN, second=HUGO,
            account={**ACCOUNT, "about": "adult", "adult": str(THEO.id)},
        ),
        Scene(
            name="subject", reporter=REG, owner=HELEN, second=HUGO,
            account={**ACCOUNT, "about": "adult", "adult": str(REG.id), "adult_weight": "self"},
        ),
    )
}  # fmt: skip
NAMED_LATER = {"child": NORA}
"""Who is named when everything else has been done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One concern in one state, with what hangs on it."""

    scene: Scene
    state: str
    concern: UUID
    reference: str
    action: UUID
    referral: UUID
    share: UUID
    other: str
    """The reference of another open concern of the same people."""

    @property
    def stands(self) -> str:
        """Its state as the table has it: nobody is a second reader of what is about an adult."""
        return "triaged" if self.state == "second" and self.scene.name in ADULT_SCENES else self.state


class Stage:
    """Acts for people at a desk, with a clock that is set by hand."""

    def __init__(self, units: Units) -> None:
        self.units, self.at = units, TUESDAY
        self.mishaps: list[str] = []
        self.desk = Desk(units=units, now=lambda: self.at, wake=lambda: None, mishap=self.keep)

    def keep(self, reference: str, error: BaseException) -> None:
        self.mishaps.append(f"{reference} {type(error).__name__}: {error}")

    async def press(self, by: Person, press: Press, subject: UUID) -> Reply:
        who = accounts(by)[0]
        return await self.desk.answer(ButtonPressed(who=who, press=press, subject=subject, version=1))

    async def opens(self, by: Person, press: Press, subject: UUID) -> Form:
        reply = await self.press(by, press, subject)
        assert isinstance(reply, OpenForm), (press, reply)
        return reply.form

    async def sends(self, by: Person, form: Form, values: Answers) -> Reply:
        who = accounts(by)[0]
        sent = FormSubmitted(who=who, form=form.id, key=form.key, page=form.page, values=values)
        reply = await self.desk.answer(sent)
        assert not isinstance(reply, Complaints), (form.id, reply.by_field)
        return reply

    async def does(self, by: Person, press: Press, subject: UUID, values: Answers) -> None:
        """Press, fill the form that opens and send it."""
        reply = await self.sends(by, await self.opens(by, press, subject), values)
        assert isinstance(reply, Tell), reply

    async def decides(self, by: Person, subject: UUID, **answers: str) -> None:
        page = await self.sends(by, await self.opens(by, Press.DECIDE, subject), {})
        assert isinstance(page, NextPage), page
        if page.form.page == KINDS:
            page = await self.sends(by, page.form, {})
            assert isinstance(page, NextPage), page
        reply = await self.sends(by, page.form, _decision(page.form, answers))
        assert isinstance(reply, Tell), reply

    async def raises(self, by: Person, answers: Answers, id: UUID | None = None) -> UUID:
        """As its last page does; the pages before it are tried elsewhere."""
        id = id or uuid4()
        async with self.units(SCHOOL.id) as uow:
            account = reported.read(answers, calendar=SCHOOL.calendar, at=self.at)
            await raise_concern(uow, account, id=ConcernId(id), by=by, at=self.at)
        return id

    async def concern(self, id: UUID) -> Concern:
        async with self.units(SCHOOL.id) as uow:
            found = await uow.concerns.get(ConcernId(id))
        assert found is not None
        return found

    async def changes(self, id: UUID, change: Callable[[Concern], Concern]) -> None:
        """Behind the desk's back: what somebody else's screen did meanwhile."""
        async with self.units(SCHOOL.id) as uow:
            concern = await uow.concerns.get(ConcernId(id))
            assert concern is not None
            entry = Entry(deed=Deed.NAMED, at=self.at, by=None, thing=concern.id)
            await uow.concerns.save(change(concern), because=entry)


def _decision(form: Form, answers: Mapping[str, str]) -> Answers:
    """What a child's triage is sent with, or an adult's, which asks for nothing that is in a child's."""
    if form.id != "decide_adult":
        return {**DECISION, **answers}
    asked = {field.name for field in form.fields()}
    return {name: value for name, value in ADULT_DECISION.items() if name in asked}


def settled_as(scene: Scene) -> str:
    """In which state a settled referral is: of an adult it stands, for whoever was told of them was told."""
    return "accepted" if scene.name in ADULT_SCENES else "withdrawn"


async def build(stage: Stage, scene: Scene, state: str, other: str) -> Placed:
    """A concern of that kind in that state, with an action, a referral and a share where there can be some."""
    id = await stage.raises(scene.reporter, scene.account)
    if scene.name == "sealed":
        await stage.changes(id, lambda concern: concern.seal(frozenset({LEE.id, SAM.id})))
    hung = await _hang(stage, scene, id)
    await STATES[state](stage, scene, id, hung, other)
    if later := NAMED_LATER.get(scene.name):
        await stage.changes(id, lambda c: c.name(later.id, c.route))
    if scene.name == "child":
        await _break_glass(stage, id)
    made = await stage.concern(id)
    return Placed(
        scene=scene, state=state, concern=id, reference=made.reference, other=other,
        action=hung["action"], referral=hung["referral"], share=hung["share"],
    )  # fmt: skip


async def _break_glass(stage: Stage, id: UUID) -> None:
    """The emergency door is open for one of the heads; another has agreed to it."""
    open_now = BreakGlass(
        id=BreakGlassId(uuid4()), concern=ConcernId(id), asked_by=HUGO.id, asked_at=stage.at, agreed_by=HELEN.id,
        agreed_at=stage.at, until=stage.at + timedelta(days=1),
    )  # fmt: skip
    async with stage.units(SCHOOL.id) as uow:
        entry = Entry(deed=Deed.BREAK_GLASS_AGREED, at=stage.at, by=HELEN.id, thing=id)
        await uow.break_glass.save(open_now, because=entry)


async def another(stage: Stage, scene: Scene) -> str:
    """The reference of another concern of the same people, open and owned: what may be merged into."""
    id = await stage.raises(scene.reporter, scene.account)
    if scene.name == "sealed":
        await stage.changes(id, lambda concern: concern.seal(frozenset({LEE.id, SAM.id})))
    await stage.press(scene.owner, Press.ACCEPT, id)
    return (await stage.concern(id)).reference


async def named_as_well(stage: Stage, scene: Scene, reference: str) -> None:
    """Whoever is named later in the one is named later in the other: else the two are not open to the same people."""
    async with stage.units(SCHOOL.id) as uow:
        found = await uow.concerns.find(reference)
    if found and (later := NAMED_LATER.get(scene.name)):
        await stage.changes(found.id, lambda c: c.name(later.id, c.route))


async def _hang(stage: Stage, scene: Scene, id: UUID) -> dict[str, UUID]:
    """An action, a referral and a share; none of them needs an owner, or that anybody has opened it."""
    asked = {"kind": "call_home", "what": "CANARY-ASK Ring", "owner": str(TOM.id)}
    await stage.does(scene.owner, Press.ASSIGN, id, asked)
    agency = "lado" if scene.name in ADULT_SCENES else "mash"
    told = {"to_agency": agency, "method": "telephone", "parents_of_referral": "CANARY-P Told."}
    await stage.does(scene.owner, Press.REFER, id, told)
    until = (stage.at + timedelta(days=20)).date().isoformat()
    share = {"fields": ("facts",), "to": str(UNA.id), "until": until, "reason": "CANARY-SHARE Her tutor."}
    await stage.does(scene.owner, Press.SHARE, id, share)
    async with stage.units(SCHOOL.id) as uow:
        return await _hung(uow, id)


async def _hung(uow: UnitOfWork, id: UUID) -> dict[str, UUID]:
    (action,), (referral,), (share,) = (
        await uow.actions.of(ConcernId(id)), await uow.referrals.of(ConcernId(id)), await uow.shares.of(ConcernId(id))
    )  # fmt: skip
    return {"action": action.id, "referral": referral.id, "share": share.id}


_Step = Callable[[Stage, Scene, UUID, Mapping[str, UUID], str], Awaitable[None]]


async def _submitted(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    pass


async def _seen(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await stage.opens(scene.owner, Press.OPEN, id)


async def _accepted(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await stage.press(scene.owner, Press.ACCEPT, id)


async def _offered(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await _accepted(stage, scene, id, hung, other)
    await stage.does(scene.owner, Press.HAND_OVER, id, {"to": str(scene.second.id), "note": "CANARY-NOTE"})


async def _triaged(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await _accepted(stage, scene, id, hung, other)
    await stage.decides(scene.owner, id)


async def _second(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await _accepted(stage, scene, id, hung, other)
    await stage.decides(scene.owner, id, outcome="no_further_action")


async def _settle(stage: Stage, scene: Scene, hung: Mapping[str, UUID]) -> None:
    await stage.does(TOM, Press.DONE, hung["action"], {"what_done": "CANARY-DONE"})
    await stage.press(scene.second, Press.VERIFY, hung["action"])
    if scene.name in ADULT_SCENES:
        yes = {"answer": "accepted", "agency_said": "CANARY-LADO They will lead."}
        await stage.does(scene.owner, Press.ANSWER_REFERRAL, hung["referral"], yes)
        return
    await stage.does(scene.owner, Press.WITHDRAW_REFERRAL, hung["referral"], {"reason": "Made in error."})


async def _proposed(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await _triaged(stage, scene, id, hung, other)
    await _settle(stage, scene, hung)
    if scene.name in ADULT_SCENES:
        await stage.does(scene.owner, Press.FINDING, id, FOUND)
    await stage.does(scene.owner, Press.CLOSE, id, {"outcome": "CANARY-END All well."})


async def _closed(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await _proposed(stage, scene, id, hung, other)
    await stage.does(scene.second, Press.SIGN_OFF, id, {"agreed": "yes", "sign_off": "CANARY-SIGN"})


async def _merged(stage: Stage, scene: Scene, id: UUID, hung: Mapping[str, UUID], other: str) -> None:
    await _triaged(stage, scene, id, hung, other)
    await _settle(stage, scene, hung)
    await stage.does(scene.owner, Press.MERGE, id, {"into": other, "reason": "CANARY-ONE"})
    await stage.does(scene.second, Press.AGREE_MERGE, id, {"agreed": "yes", "why": "CANARY-AGREED"})


STATES: Mapping[str, _Step] = {
    "submitted": _submitted, "seen": _seen, "accepted": _accepted, "offered": _offered, "triaged": _triaged,
    "second": _second, "proposed": _proposed, "closed": _closed, "merged": _merged,
}  # fmt: skip


class Rehearsal:
    """Units of work that are taken back at their end: every cell is tried on the same state, and leaves nothing.

    All of it happens in the real store but the commit.
    """

    def __init__(self, units: Units) -> None:
        self.units = units
        self.kept = 0
        """Refusals that wrote an entry, over all that was tried."""

    @asynccontextmanager
    async def __call__(self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None):
        try:
            async with self.units(school, at=at) as uow:
                yield uow
                raise _TakenBack
        except _TakenBack:
            pass

    @asynccontextmanager
    async def looking(self, school: SchoolId, *, at: datetime | None = None, patience: float | None = None):
        try:
            async with self.units.looking(school, at=at) as uow:
                yield uow
                raise _TakenBack
        except _TakenBack:
            pass

    async def school_of(self, who: Login) -> SchoolId | None:
        return await self.units.school_of(who)

    def schools(self):
        return self.units.schools()

    async def turned_away(self, entry: Entry) -> None:
        self.kept += 1


class _TakenBack(Exception):
    pass

