"""Patterns at triage and weekly: what accumulates, over what the reader may see; each is dismissed with a reason."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from handlers import allegation as cases
from handlers import staff
from handlers.account import times
from handlers.errors import InvalidForm
from handlers.oversight.patterns_form import SAYS, Noticed
from handlers.ports import UnitOfWork
from handlers.rules import allegation, order, patterns
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.patterns import Pattern, PatternKind, Seen
from handlers.rules.people import Person, PersonId, PupilId
from handlers.ui import choices

_BACK = timedelta(days=56)
_PLACES = {option.key: option.label for option in choices.PLACES}
_NO_PLACE = frozenset({"", "unknown", "home"})
"""Home is each child's own: the same word is not the same place."""


async def of_children(uow: UnitOfWork, children: Iterable[PupilId], *, by: Person, at: datetime) -> list[Noticed]:
    """What is noticed about those children, and has not been dismissed."""
    found: list[Pattern] = []
    known = await uow.pupils.get(list(children))
    for pupil in known.values():
        family = [pupil.id, *pupil.siblings]
        seen = [one for id in family for one in await _seen(uow, await uow.concerns.of_pupil(id), by)]
        unique = list({one.id: one for one in seen}.values())
        found += patterns.of_child(pupil.id, unique, siblings=pupil.siblings, at=at)
    return await _shown(uow, found)


async def of_adult(uow: UnitOfWork, adult: PersonId, *, by: Person, at: datetime) -> list[Noticed]:
    """What is noticed about that adult, over what the reader may see: for those who receive concerns about adults."""
    seen = await _seen(uow, await uow.concerns.naming(adult), by)
    about = [pattern for pattern in patterns.of_school(seen, at=at) if pattern.about == str(adult)]
    return await _shown(uow, about)


async def of_school(uow: UnitOfWork, *, by: Person, at: datetime) -> list[Noticed]:
    """What is noticed across children in the last weeks, and about each child who has several."""
    concerns = await uow.concerns.since(at - _BACK, at + timedelta(seconds=1))
    seen = await _seen(uow, concerns, by)
    found = patterns.of_school(seen, at=at)
    often = _often(seen)
    for pupil in (await uow.pupils.get(often)).values():
        found += patterns.of_child(pupil.id, seen, siblings=pupil.siblings, at=at)
    return await _shown(uow, found)


def _often(seen: Sequence[Seen]) -> list[PupilId]:
    """Children with more than one concern, each once."""
    counted: dict[PupilId, int] = {}
    for one in seen:
        for child in one.children:
            counted[child] = counted.get(child, 0) + 1
    return [child for child, count in counted.items() if count > 1]


async def _seen(uow: UnitOfWork, concerns: Iterable[Concern], by: Person) -> list[Seen]:
    mine = [c for c in concerns if not c.drill and c.merged_into is None and may(by, Doing.LOOK_BACK, c)]
    accounts = await uow.trail.answers_of([concern.id for concern in mine])
    low = {c.id for c in mine if allegation.is_about(c) and (await cases.case_of(uow, c)).low_level}
    return [_one(uow, concern, accounts[concern.id], low_level=concern.id in low) for concern in mine]


def _one(uow: UnitOfWork, concern: Concern, answers: Answers, *, low_level: bool) -> Seen:
    """`low_level`: of an adult, as it was judged, or until then as it was said to be."""
    delays = times.facts(answers, calendar=uow.school.calendar, at=concern.submitted_at)
    late = delays.get(times.RECORDED_AFTER)
    kinds = answers.get("kinds", ())
    return Seen(
        id=concern.id,
        reference=concern.reference,
        at=concern.submitted_at,
        children=concern.children,
        level=concern.level,
        kinds=frozenset({kinds} if isinstance(kinds, str) else kinds),
        place=_place(answers),
        adults=frozenset() if not answers.get("adult") else frozenset({PersonId(UUID(str(answers["adult"])))}),
        low_level=low_level,
        voice=any(answers.get(name) for name in ("own_words", "own_words_2", "own_words_3", "told_by")),
        parents=bool(answers.get("parent_told")) and answers.get("parent_told") != "no",
        delay=None if late is None else timedelta(minutes=int(late)),
    )


def _place(answers: Answers) -> str:
    kind = str(answers.get("place") or "")
    if kind in _NO_PLACE:
        return ""
    return f"{kind} {' '.join(str(answers.get('place_words') or '').casefold().split())}".strip()


async def _shown(uow: UnitOfWork, found: Sequence[Pattern]) -> list[Noticed]:
    """Those that nobody has dismissed with the same evidence, in words."""
    kept: dict[str, Noticed] = {}
    taken = await uow.steps.taken_of({_id(uow, pattern) for pattern in found})
    for pattern in order.known(found, order.of_pattern):
        id = _id(uow, pattern)
        if str(id) not in kept and "dismissed" not in taken[id]:
            references = [one.reference for one in pattern.evidence]
            kept[str(id)] = Noticed(id=str(id), words=await _words(uow, pattern), evidence=references)
    return list(kept.values())


def _id(uow: UnitOfWork, pattern: Pattern) -> UUID:
    return uuid5(uow.school.id, f"pattern/{pattern.name}")


async def _words(uow: UnitOfWork, pattern: Pattern) -> str:
    """What, and about whom or where: read in a window alone."""
    said = SAYS[pattern.kind]
    if pattern.kind is PatternKind.SAME_PLACE:
        kind, _, where = pattern.about.partition(" ")
        return f"{said}: {_PLACES.get(kind, kind)}{f', {where}' if where else ''}"
    if pattern.kind in {PatternKind.SAME_ADULT, PatternKind.LOW_LEVEL}:
        return f"{said}: {await staff.name_of(uow, pattern.about)}"
    if pattern.kind is PatternKind.LATE:
        return said
    id = PupilId(UUID(pattern.about))
    pupil = (await uow.pupils.get([id])).get(id)
    return f"{said}: {pupil.label()}" if pupil else said


async def dismiss(uow: UnitOfWork, id: str, reason: str, *, by: Person, at: datetime) -> None:
    """Somebody has looked into it: kept with the reason; new evidence makes it noticed again."""
    noticed = {one.id: one for one in await of_school(uow, by=by, at=at)}
    if id not in noticed:
        raise InvalidForm({"pattern": "Choose one of those shown."})
    pattern = UUID(id)
    await uow.steps.take(pattern, "dismissed", at=at)
    words: Answers = {"pattern": noticed[id].words, "evidence": tuple(noticed[id].evidence), "reason": reason}
    await uow.trail.append(Entry(deed=Deed.PATTERN_DISMISSED, at=at, by=by.id, thing=pattern, words=words))
