"""Whom the lines of a window are about, what kind, and what happened last: for one person, drawn on demand.

Only of what they may read, kept nowhere, never on a card; each is a reading that the trail keeps (`concern.listed`).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from handlers import staff
from handlers.access import opened_to
from handlers.ports import UnitOfWork
from handlers.record.lookback import kinds_of
from handlers.rules import children_in
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Entry, Sealed
from handlers.rules.concern import About, Concern, ConcernId
from handlers.rules.deeds import SHOWN, Deed
from handlers.rules.drafts import WHOLE
from handlers.rules.people import Person, PersonId, Pupil, PupilId
from handlers.ui import choices, say
from handlers.ui.lines import Line
from handlers.ui.listing import Told

_OPENED = frozenset({Deed.RAISED, Deed.ADDED, Deed.DECIDED, Deed.LINKED, Deed.MISFILED})
"""Whose words say whom it is about, and of what kind."""
_HARMED = "harmed"
_PARTS = {option.key: option.label for option in choices.PARTS_PLAYED if option.key != _HARMED}
_ABOUT = {option.key: option.label for option in choices.ABOUT}
_ROOM = 60
"""Characters of a name."""


async def of(uow: UnitOfWork, lines: Sequence[Line], *, by: Person, at: datetime) -> Mapping[UUID, Told]:
    """By concern, for those of the lines that this person may read now; that they were shown it is kept."""
    shown = await _readable(uow, {ConcernId(line.of) for line in lines if line.of}, by=by, at=at)
    for id in shown:
        await uow.trail.looked(Entry(deed=Deed.LISTED, at=at, by=by.id, thing=id))
    trail = await uow.trail.entries_of(list(shown), opened=_OPENED)
    pupils = await uow.pupils.get({child for concern in shown.values() for child in concern.children})
    people = await staff.names(uow)
    return {
        id: Told(
            who=_who(concern, trail[id], pupils, people),
            kind=", ".join(kinds_of({"kinds": _kinds(trail[id])})),
            soon=say.URGENCY[concern.urgency],
            last=_last(trail[id], uow),
        )
        for id, concern in shown.items()
    }  # fmt: skip


async def _readable(
    uow: UnitOfWork, ids: Collection[ConcernId], *, by: Person, at: datetime
) -> Mapping[ConcernId, Concern]:
    found = await uow.concerns.among(ids)
    opened = {concern.id for concern, _ in await opened_to(uow, by, at=at)}
    return {id: one for id, one in found.items() if may(by, Doing.READ, one, glass=id in opened)}


def _account(trail: Sequence[Sealed]) -> Answers:
    raised = [line.entry.words for line in trail if line.entry.deed is Deed.RAISED]
    return raised[0] if raised else {}


def _kinds(trail: Sequence[Sealed]) -> tuple[str, ...]:
    """As a lead decided last; else as it was reported, the rest of a quick concern included."""
    for line in reversed(trail):
        words, deed = line.entry.words, line.entry.deed
        if deed is Deed.DECIDED and (decided := _several(words, "kinds_1", "kinds_2", "kinds_3")):
            return decided
        whole = deed is Deed.RAISED or (deed is Deed.ADDED and line.entry.facts.get("form") == WHOLE)
        if whole and (reported := _several(words, "kinds")):
            return reported
    return ()


def _several(words: Answers, *names: str) -> tuple[str, ...]:
    held = [words.get(name, ()) for name in names]
    every = [key for value in held for key in ((value,) if isinstance(value, str) else value) if key]
    return tuple(dict.fromkeys(every))


def _who(
    concern: Concern, trail: Sequence[Sealed], pupils: Mapping[PupilId, Pupil], people: Mapping[PersonId, str]
) -> str:
    """The children with the part of each that is not the one harmed; the adult; what was typed of who is on no list."""
    told = _account(trail)
    parts = children_in.roles(told, [line.entry for line in trail])
    first = [child for child in parts if child in concern.children]
    known = [*first, *sorted(concern.children - set(first), key=str)]
    named = [_with_part(_in_room(pupils[child]), parts.get(child, "")) for child in known if child in pupils]
    if concern.about is not About.CHILD and (adult := str(told.get("adult") or "")):
        named.append(staff.name(people, PersonId(UUID(adult))))
    typed = [str(told[name]) for name in ("child_other", "adult_other") if told.get(name)]
    named += [f"{say.fit(' '.join(text.split()), _ROOM)} (not on the list)" for text in typed]
    return ", ".join(named) or _ABOUT[concern.about]


def _in_room(pupil: Pupil) -> str:
    """With form and year, which no length of name takes away."""
    return say.fit(pupil.name, _ROOM) + pupil.label().removeprefix(pupil.name)


def _with_part(label: str, part: str) -> str:
    return f"{label} ({_PARTS[part].lower()})" if part in _PARTS else label


def _last(trail: Sequence[Sealed], uow: UnitOfWork) -> str:
    """What was done last of what the record shows, and when."""
    done = next((line.entry for line in reversed(trail) if line.entry.deed in SHOWN), None)
    return f"{SHOWN[done.deed].title}, {say.moment(done.at, uow.school.calendar)}" if done else ""
