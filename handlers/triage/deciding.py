"""Triage: a lead judges and decides; some decisions wait for a second reader. Runs in the caller's unit of work."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from handlers import notices
from handlers.access import concern_for
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.record import lookback
from handlers.recording import record
from handlers.rules import allegation, routing, triage
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Level, Outcome, ReporterAs
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PersonId, PupilId
from handlers.rules.routing import Rung
from handlers.triage import adults
from handlers.triage.form import Child
from handlers.ui import choices, reader

_PLAIN = ("outcome", "level", "review_date")
"""Answers that are facts of the entry, or of the concern: the rest is sealed words."""


async def triage_concern(uow: UnitOfWork, id: ConcernId, answers: Answers, *, by: Person, at: datetime) -> Concern:
    """Record what was judged and decided, with its rationale (KCSIE part two: decisions reached and the reasons).

    Raises `InvalidForm` where a reason is owed. Some decisions wait for a second reader, who is told.
    """
    concern = await concern_for(uow, id, Doing.DECIDE, by=by)
    if allegation.is_about(concern):
        raise Refused(adults.NOT_A_CHILDS)
    outcome, level = Outcome(str(answers.get("outcome"))), Level(str(answers.get("level")))
    _check(answers, uow, at=at)
    told = await uow.trail.answers(id)
    wanted = triage.needs_second(outcome, level, _kinds(told, answers), injured=bool(told.get("mark_1")))
    review = _review(answers, uow) or triage.review_at(outcome, uow.school.calendar, at=at)
    decided = concern.decide(outcome, by=by.id, at=at, level=level, review_at=review, second=wanted)
    decided, readers = await _climb(uow, decided, at=at) if wanted else (decided, ())
    words = _words(_those_now(concern, await lookback.roles(uow, concern)), answers)
    facts = {
        "outcome": outcome.value,
        "level": level.value,
        "review": review.isoformat(),
        "second": decided.second.value,
        "told": "yes" if words.get("tell_reporter") else "no",
    }
    await record(uow, decided, because=Entry(deed=Deed.DECIDED, at=at, by=by.id, thing=id, facts=facts, words=words))
    if wanted and not readers:
        alarm = Entry(deed=Deed.ALARMED, at=at, by=None, thing=id, facts={"why": "nobody_to_read_second"})
        await uow.trail.append(alarm)
    await notices.tell(uow, NoticeKind.SECOND, readers, id, step=f"second_{decided.version}")
    return decided


async def _climb(uow: UnitOfWork, concern: Concern, *, at: datetime) -> tuple[Concern, Sequence[Person]]:
    """Whoever may read it a second time; where its maker alone receives it, it is carried up until somebody may.

    Where nobody may, it is at the top: the card shows the outside contact, and the alarm is kept.
    """
    rung, readers = routing.up_to_another(concern, _maker(concern), await uow.people.all())
    return concern.carry_to(rung if readers else Rung.OUTSIDE, at=at), readers


async def second_readers(uow: UnitOfWork, concern: Concern) -> Sequence[Person]:
    """Everyone who receives it, less the maker of the decision; the next above them where that is nobody."""
    return routing.up_to_another(concern, _maker(concern), await uow.people.all())[1]


def _maker(concern: Concern) -> frozenset[PersonId]:
    return frozenset({concern.decided_by} if concern.decided_by else ())


async def read_second(
    uow: UnitOfWork, id: ConcernId, words: Answers, *, agreed: bool, by: Person, at: datetime
) -> Concern:
    """Another lead has read the decision: it stands, or the owner decides again."""
    concern = await concern_for(uow, id, Doing.SECOND_READ, by=by)
    read = concern.read_second(by=by.id, agreed=agreed)
    facts = {"agreed": "yes" if agreed else "no"}
    entry = Entry(deed=Deed.SECOND_READ, at=at, by=by.id, thing=id, facts=facts, words=words)
    sealed = await record(uow, read, because=entry)
    owner = await uow.people.get(read.owner) if read.owner else None
    if owner is not None and not agreed:
        await notices.tell(uow, NoticeKind.CHASE, (owner,), id, step=f"second_no_{sealed.sequence}")
    return read


async def children_of(uow: UnitOfWork, concern: Concern) -> tuple[Child, ...]:
    """The children of a concern, those linked later too, each with the part they have in it."""
    said = {option.key: option.label for option in choices.PARTS_PLAYED}
    parts = await lookback.roles(uow, concern)
    known = await uow.pupils.get(list(parts))
    return tuple(
        Child(label=known[id].label() if id in known else "a child no longer on the roll", part=said.get(parts[id], ""))
        for id in _those_now(concern, parts)
    )


def _those_now(concern: Concern, parts: Iterable[PupilId]) -> tuple[PupilId, ...]:
    """As they were written down, then as they were linked; those who were taken out of it are not among them."""
    return tuple(id for id in parts if not concern.children or id in concern.children)


def _words(children: Sequence[PupilId], answers: Answers) -> Answers:
    """What was answered, each child's categories under the child: a category is of a child in a part, not of all."""
    words: dict[str, str | tuple[str, ...]] = {}
    for number, child in enumerate(children, start=1):
        if chosen := answers.get(f"kinds_{number}"):
            words |= {f"of_{number}": str(child), f"kinds_{number}": chosen}
    rest = {name: value for name, value in answers.items() if value and not name.startswith("kinds_")}
    return {**words, **{name: value for name, value in rest.items() if name not in _PLAIN}}


def _kinds(told: Answers, answers: Answers) -> set[str]:
    """What the reporter chose and what the lead chooses, for any child."""
    chosen: set[str] = set()
    for value in (told.get("kinds", ()), *(answers.get(f"kinds_{number}", ()) for number in (1, 2, 3))):
        chosen |= {value} if isinstance(value, str) else set(value)
    return chosen


def kinds_told(answers: Answers) -> tuple[str, ...]:
    """What kind the reporter took it for, in the words of the pack."""
    said = answers.get("kinds", ())
    chosen = {said} if isinstance(said, str) else set(said)
    return tuple(label for kind, label in ENGLAND.kinds if kind in chosen)


def _check(answers: Answers, uow: UnitOfWork, *, at: datetime) -> None:
    faults: dict[str, str] = {}
    if answers.get("parents") == "not_told" and not reader.said(answers, "parents_why"):
        faults["parents_why"] = "Say why they are not told: an inspector will ask."
    review = _review(answers, uow)
    if review is not None and review <= at:
        faults["review_date"] = "This day has passed already. Choose a later one."
    if faults:
        raise InvalidForm(faults)


def _review(answers: Answers, uow: UnitOfWork) -> datetime | None:
    text = str(answers.get("review_date") or "")
    if not text:
        return None
    return uow.school.calendar.opening(date.fromisoformat(text))


async def told_to_reporter(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> tuple[Concern, str]:
    """What the lead wrote for the reporter last; a relative has not the staff's view, and the subject nothing."""
    concern = await concern_for(uow, id, Doing.SEE_RECEIPT, by=by)
    if concern.reporter_as is ReporterAs.SUBJECT:
        raise NoSuchConcern
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=id, facts={"what": "told"}))
    if concern.reporter_as is not ReporterAs.STAFF:
        return concern, ""
    said = [line.entry.words.get("tell_reporter") for line in await uow.trail.of(id, words=True)]
    return concern, next((str(words) for words in reversed(said) if words), "")
