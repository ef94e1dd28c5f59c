"""Break-glass: a lead, the head or the chair asks to read a concern that is not theirs, and a second person agrees.

Asking looks nothing up. Whatever the reference, the same entry is written, the same people are asked in the same words
and the same is answered: nobody learns by asking that a sealed concern, or one about an adult, exists. Only once two
people have agreed is it looked for; where there is none, or it names the one who asked, they are told what everybody is
told of what is not theirs. Nobody who is named in it is shown the question.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handlers import board_standing, notices, staff, ticking
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.need_to_know.break_glass_card import Asked, asked_card, nothing_card, open_card, told_card
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules import routing
from handlers.rules.break_glass import LAPSES, OPEN_FOR, TOLD, may_ask, reference_in
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person, PersonId
from handlers.rules.share import BreakGlass, BreakGlassId
from handlers.ui import say
from handlers.ui.card import Card

_LOOKED_BACK = timedelta(days=7)
"""How long after its end a card is still put right, where nothing ran meanwhile."""
_ANSWERS = {Deed.BREAK_GLASS_AGREED, Deed.BREAK_GLASS_REFUSED}
NOT_FOR_YOU = (
    "This is for the safeguarding leads, the head and the chair of governors. If a child is in danger, ring 999."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    id: UUID
    reference: str
    reason: str
    by: PersonId
    at: datetime
    less: frozenset[str]
    """Whom the reason may mean: they are not asked, and are told nothing."""
    answer: Entry | None
    """What the second person said; None until somebody has."""


def must_be_able_to_ask(by: Person) -> None:
    if not may_ask(by):
        raise Refused(NOT_FOR_YOU)


def read_reference(typed: str) -> str:
    """Raises `InvalidForm` where it is none."""
    if reference := reference_in(typed):
        return reference
    raise InvalidForm({"reference": "Give the reference as it is written, with its year: such as 26-20583."})


async def ask_to_open(
    uow: UnitOfWork, id: UUID, typed: str, reason: str, *, less: Collection[PersonId] = (), by: Person, at: datetime
) -> None:
    """Ask every other lead, the head and the chair, `less` whom the reason may mean. `id` is the question's own."""
    must_be_able_to_ask(by)
    reference = read_reference(typed)
    seconds = await _seconds(uow, {by.id, *less})
    if not seconds:
        outside = uow.school.outside
        raise Refused(f"It takes two, and nobody else here may agree to it. Ring {outside.name}, {outside.telephone}.")
    words = {"reference": reference, "reason": reason}
    facts = {"less": " ".join(sorted(map(str, less)))} if less else {}
    await uow.trail.append(Entry(deed=Deed.BREAK_GLASS_ASKED, at=at, by=by.id, thing=id, facts=facts, words=words))
    await notices.tell(uow, NoticeKind.BREAK_GLASS, seconds, id)


async def _seconds(uow: UnitOfWork, less: Collection[PersonId]) -> Sequence[Person]:
    return [person for person in await uow.people.all() if may_ask(person) and person.id not in less]


async def question_for(uow: UnitOfWork, id: UUID, *, by: Person, at: datetime) -> tuple[str, str, str]:
    """Who asks, which reference and why, for one who may answer. The reason is read in a window alone."""
    question = await _open_question(uow, id, by=by, at=at)
    return await staff.name_of(uow, question.by), question.reference, question.reason


async def answer_question(uow: UnitOfWork, id: UUID, *, agreed: bool, by: Person, at: datetime) -> None:
    """The first answer settles it. Agreed, and it can be: whoever asked may read it for four hours, and is told so."""
    question = await _open_question(uow, id, by=by, at=at)
    if not await uow.steps.take(id, "answered", at=at):
        raise Refused("Somebody has answered this already.")
    concern = await uow.concerns.find(question.reference)
    opens = agreed and concern is not None and not {question.by, by.id} & routing.conflicted(concern)
    deed = Deed.BREAK_GLASS_AGREED if agreed else Deed.BREAK_GLASS_REFUSED
    facts = {"agreed": "yes" if agreed else "no", "opened": "yes" if opens else "no"}
    await uow.trail.append(Entry(deed=deed, at=at, by=by.id, thing=id, facts=facts))
    if opens and concern is not None:
        await _break(uow, question, concern, by=by, at=at)
    await notices.redraw(uow, id)
    asker = await uow.people.get(question.by)
    if asker is not None and not opens:
        await notices.tell(uow, NoticeKind.BREAK_GLASS, (asker,), id, step="answer")


async def _break(uow: UnitOfWork, question: _Question, concern: Concern, *, by: Person, at: datetime) -> None:
    """Kept with the concern: who asked and why, who agreed, until when. Told to the leads and the chair."""
    asked = BreakGlass(id=BreakGlassId(question.id), concern=concern.id, asked_by=question.by, asked_at=question.at)
    agreed = asked.agree(by=by.id, at=at, until=at + OPEN_FOR)
    which = {"glass": str(question.id)}
    words = {"reason": question.reason}
    await uow.trail.append(
        Entry(deed=Deed.BREAK_GLASS_ASKED, at=at, by=question.by, thing=concern.id, facts=which, words=words)
    )
    facts = {**which, "to": str(question.by), "until": (at + OPEN_FOR).isoformat()}
    broken = Entry(deed=Deed.BREAK_GLASS_AGREED, at=at, by=by.id, thing=concern.id, facts=facts)
    await uow.break_glass.save(agreed, because=broken)
    out = routing.conflicted(concern)
    people = [p for p in await uow.people.all() if p.among(TOLD) or p.id == question.by]
    await notices.tell(uow, NoticeKind.BREAK_GLASS_OPEN, [p for p in people if p.id not in out], question.id)
    await board_standing.refresh_of(uow, question.by)


async def close_what_ended(units: UnitsOfWork, *, at: datetime) -> int:
    """Once it is over, the card says so and it goes from the board of the one it was opened to."""

    async def ended(uow: UnitOfWork) -> Sequence[BreakGlass]:
        return await uow.break_glass.ended(since=at - _LOOKED_BACK, by=at)

    async def one(uow: UnitOfWork, glass: BreakGlass) -> bool:
        if not await uow.steps.take(glass.id, "ended", at=at):
            return False
        await notices.redraw(uow, glass.id)
        await board_standing.refresh_of(uow, glass.asked_by)
        return True

    return await ticking.each(units, ended, one)


async def _open_question(uow: UnitOfWork, id: UUID, *, by: Person, at: datetime) -> _Question:
    """The question, for one who may answer it now. Not theirs and none are one answer."""
    question = await _question(uow, id)
    if question is None or question.by == by.id or not may_ask(by) or await _is_named(uow, question, by):
        raise NoSuchConcern
    if question.answer is not None:
        raise Refused("Somebody has answered this already.")
    if at >= question.at + LAPSES:
        raise Refused("This was asked too long ago. It can be asked again.")
    return question


async def _question(uow: UnitOfWork, id: UUID) -> _Question | None:
    lines = [line.entry for line in await uow.trail.of(id, words=True)]
    questions = (entry for entry in lines if entry.deed is Deed.BREAK_GLASS_ASKED and "reference" in entry.words)
    asked = next(questions, None)
    if asked is None or asked.by is None:
        return None
    answer = next((entry for entry in lines if entry.deed in _ANSWERS), None)
    text = {name: str(value) for name, value in asked.words.items()}
    return _Question(
        id=id, reference=text["reference"], reason=text["reason"], by=asked.by, at=asked.at, answer=answer,
        less=frozenset(asked.facts.get("less", "").split()),
    )


async def _is_named(uow: UnitOfWork, question: _Question, person: Person) -> bool:
    concern = await uow.concerns.find(question.reference)
    return str(person.id) in question.less or (concern is not None and person.id in routing.conflicted(concern))


async def draw_question(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """To whoever may agree, the question; to whoever asked, that it was not agreed, or that nothing opens."""
    question = await _question(uow, notice.subject)
    reader = await uow.people.get(notice.to) if notice.to else None
    if question is None or reader is None:
        return None
    answer = question.answer
    if reader.id == question.by:
        if answer is None:
            return None
        return nothing_card(question.reference, agreed=answer.deed is Deed.BREAK_GLASS_AGREED)
    if not may_ask(reader) or await _is_named(uow, question, reader):
        return None
    lapses = question.at + LAPSES
    asked = Asked(
        id=question.id, reference=question.reference, by=await staff.name_of(uow, question.by),
        until=say.moment(lapses, uow.school.calendar), settled=answer is not None or at >= lapses,
    )
    return asked_card(asked)


async def draw_open(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """To whoever asked, the way in; to the leads and the chair, that it is open and to whom."""
    opened = await uow.break_glass.get(BreakGlassId(notice.subject))
    concern = await uow.concerns.get(ConcernId(opened.concern)) if opened else None
    if opened is None or concern is None or opened.until is None or notice.to in routing.conflicted(concern):
        return None
    until = say.moment(opened.until, uow.school.calendar)
    if notice.to == opened.asked_by:
        return open_card(concern, until=until, over=not opened.open(at=at))
    names = await staff.names(uow)
    by = opened.agreed_by
    agreed = staff.name(names, by) if by else ""
    return told_card(concern, to=staff.name(names, opened.asked_by), agreed=agreed, until=until)
