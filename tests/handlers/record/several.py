"""Random concerns with several children, and what must not stand in a document that is made for one of them.

Each text that is written for some children alone holds a mark by which it is found; each text holds every child's name,
typed in one of many ways.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from handlers.actions import giving
from handlers.actions.giving import Asked
from handlers.closing import moves as closing
from handlers.closing.moves import Coming
from handlers.record import correcting, sharing
from handlers.record.sharing import Giving
from handlers.referrals import moves as referrals
from handlers.referrals.moves import Sending
from handlers.reporter import raising
from handlers.rules.concern import Concern
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Pupil, PupilId
from handlers.rules.referral import Method, Referral
from handlers.triage import deciding
from handlers.ui.card import Press
from tests.handlers.school import ANSWERS, DECISION, LEE, PRIYA, SCHOOL, TESS, TOM, Here

CHILDREN = tuple(
    Pupil(id=PupilId(UUID(int=number)), name=name, form=form, year=form[:-1])
    for number, (name, form) in enumerate(
        [
            ("Noah Bennett-Cole", "9C"), ("Zoë O’Brien", "7D"), ("Katherine Quill", "5E"), ("Thomas Adeyemi", "6F"),
            ("Priyanka Iyer", "3H"), ("Łukasz Żuk", "8K"),
        ],
        start=921,
    )
)  # fmt: skip
WAYS = (
    "{g} {f}", "{f}, {g}", "{g}", "{f}", "{g}'s", "{g} {i}.", "({g} {f})", "{form}", "{g}/{f}", "{G} {F}", "{lg} {lf}",
)
ROLES = ("harmed", "alleged", "witness", "sibling", "mentioned")


def parts_of(pupil: Pupil) -> frozenset[str]:
    """The words by which that child would be known, folded."""
    name = pupil.name.casefold().replace("-", " ").replace("’", " ")
    return frozenset((*name.split(), pupil.form.casefold())) - {"o"}


def typed(pupil: Pupil, chance: Random) -> str:
    given, family = pupil.name.split(" ", 1)
    return chance.choice(WAYS).format(
        g=given, f=family, i=family[0], form=f"the one in {pupil.form}", G=given.upper(), F=family.upper(),
        lg=given.lower(), lf=family.lower(),
    )  # fmt: skip


@dataclass(slots=True)
class Story:
    """One concern as it goes on, and which marks are for whom alone."""

    here: Here
    chance: Random
    there: list[Pupil]
    later: list[Pupil]
    concern: Concern = field(init=False)
    marks: dict[str, frozenset[PupilId]] = field(default_factory=dict[str, frozenset[PupilId]])
    came_later: int = 0
    made: list[tuple[Referral, frozenset[PupilId]]] = field(default_factory=list[tuple[Referral, frozenset[PupilId]]])

    @property
    def linked(self) -> frozenset[PupilId]:
        return frozenset(pupil.id for pupil in self.there)

    def text(self, whose: frozenset[PupilId] = frozenset()) -> str:
        """With every child's name in it, and a mark where it is for some of them alone."""
        names = [typed(pupil, self.chance) for pupil in (*self.there, *self.later)]
        self.chance.shuffle(names)
        mark = f"marked{len(self.marks)}x"
        if whose:
            self.marks[mark] = whose
        return f"{', '.join(names)} were spoken of: {mark if whose else 'all of it'}."

    def some(self) -> frozenset[PupilId]:
        chosen = self.chance.sample(self.there, self.chance.randint(1, len(self.there)))
        return frozenset(pupil.id for pupil in chosen)

    async def begins(self) -> None:
        answers = {**ANSWERS, "facts": self.text(), "others": self.text(), "child_1": "", "role_1": ""}
        for number, pupil in enumerate(self.there, 1):
            end = "" if number == 1 else f"_{number}"
            answers |= {f"child_{number}": str(pupil.id), f"role_{number}": self.chance.choice(ROLES)}
            answers |= {f"own_words{end}": self.text(frozenset({pupil.id}))}
        answers |= {"looked": self.text(frozenset({self.there[0].id}))}
        self.concern = await self.here.raises(answers=answers)
        await self.here.press(LEE, Press.ACCEPT, self.concern.id)

    async def goes_on(self) -> None:
        await self.chance.choice([
            self.refers, self.refers, self.assigns, self.assigns, self.corrects, self.adds, self.decides, self.shares,
            self.links,
        ])()  # fmt: skip
        self.here.later(minutes=7)

    async def refers(self) -> None:
        whom = self.some()
        words = {name: self.text(whom) for name in ("told_agency", "agency_contact", "parents_of_referral")}
        sending = Sending(
            agency=ENGLAND.agency("mash"), method=Method.TELEPHONE, sent_at=self.here.at, words=words, children=whom
        )
        async with self.here.units(SCHOOL.id) as uow:
            sent = await referrals.send_referral(uow, self.concern.id, sending, by=LEE, at=self.here.at)
        self.made.append((sent, whom))
        self.here.later(minutes=3)
        async with self.here.units(SCHOOL.id) as uow:
            said = {"agency_said": self.text(whom), "reason": self.text(whom)}
            await referrals.answer_referral(
                uow, sent.id, said, accepted=self.chance.random() < 0.5, received_at=self.here.at, by=LEE,
                at=self.here.at,
            )  # fmt: skip

    async def assigns(self) -> None:
        whom = self.some()
        asked = Asked(what=self.text(whom), owner=TOM.id, children=whom)
        async with self.here.units(SCHOOL.id) as uow:
            given = await giving.assign_action(uow, self.concern.id, asked, by=LEE, at=self.here.at)
            await giving.finish_action(uow, given.id, self.text(whom), by=TOM, at=self.here.at)

    async def corrects(self) -> None:
        number = self.chance.randint(1, min(3, len(self.there)))
        first = self.there[0].id
        field, whose = self.chance.choice([
            ("facts", frozenset[PupilId]()), ("note", frozenset[PupilId]()), ("looked", frozenset({first})),
        ])  # fmt: skip
        if number > 1 and self.there[number - 1].id in self.began_with:
            field, whose = f"role_{number}", frozenset({self.there[number - 1].id})
        words = {"now": self.text(whose), "reason": self.text(whose)}
        async with self.here.units(SCHOOL.id) as uow:
            await correcting.correct(uow, self.concern.id, field, words, by=PRIYA, at=self.here.at)

    @property
    def began_with(self) -> frozenset[PupilId]:
        return frozenset(pupil.id for pupil in self.there[: len(self.there) - self.came_later])

    async def adds(self) -> None:
        async with self.here.units(SCHOOL.id) as uow:
            words = {"more": self.text()}
            await raising.add_more(uow, self.concern.id, words, by=TESS, at=self.here.at)

    async def decides(self) -> None:
        answers = {**DECISION, "rationale": self.text(), "threshold": self.text(), "kinds_1": ("neglect",)}
        if not self.chance.randint(0, 1):
            answers["tell_reporter"] = "Thank you."
        whose = self.linked if self.later else frozenset[PupilId]()
        answers["rejected"] = self.text(whose)
        async with self.here.units(SCHOOL.id) as uow:
            await deciding.triage_concern(uow, self.concern.id, answers, by=LEE, at=self.here.at)

    async def shares(self) -> None:
        second = self.there[1].id if len(self.there) > 1 + self.came_later else None
        fields, whose = (("own_words_2",), frozenset({second})) if second else (("facts",), frozenset[PupilId]())
        until = self.here.at.replace(year=2027)
        given = Giving(fields=fields, to=TOM.id, until=until, reason=self.text(whose))
        async with self.here.units(SCHOOL.id) as uow:
            await sharing.share_concern(uow, self.concern.id, given, by=LEE, at=self.here.at)

    async def links(self) -> None:
        if not self.later:
            return
        pupil = self.later.pop()
        async with self.here.units(SCHOOL.id) as uow:
            reason = self.text(frozenset({pupil.id}))
            coming = Coming(child=pupil.id, part=self.chance.choice(ROLES))
            await closing.misfile(uow, self.concern.id, reason, wrong=(), right=coming, by=LEE, at=self.here.at)
        self.there.append(pupil)
        self.came_later += 1

    def not_for(self, mine: frozenset[PupilId]) -> Sequence[str]:
        """The marks that may stand in no document for those children."""
        return [mark for mark, whose in self.marks.items() if whose.isdisjoint(mine)]
