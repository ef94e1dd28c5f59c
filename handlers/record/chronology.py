"""The chronology of a concern, or of a child over every concern that the reader may see. Each reading is kept.

In the order of the event where that is known, else of the record; what was recorded more than a day late is marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handlers import staff
from handlers.access import concern_for
from handlers.account import names as handlers_names
from handlers.account import times
from handlers.account.for_one import ForOne
from handlers.account.goes import Goes, into
from handlers.errors import NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.record import chronology_form, labels, lookback
from handlers.record import window as reading
from handlers.record.for_child import account_in, for_children
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.delay import Moment, said
from handlers.rules.people import Person, PersonId, PupilId
from handlers.ui import pages, say
from handlers.ui.card import Words
from handlers.ui.form import Form, Part

LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """An entry with the moment of its event."""

    event: datetime
    line: Sealed
    concern: Concern
    names: Mapping[str, str]
    account: Answers
    """That the concern was raised with."""


async def open_chronology(uow: UnitOfWork, key: str, subject: UUID, *, page: int, by: Person, at: datetime) -> Form:
    """The chronology of that concern, or of that pupil; `NoSuchConcern` where the reader may see nothing of it."""
    concerns, heading = await _whose(uow, subject, by=by, at=at)
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=subject, facts={"what": "chronology"}))
    entries: list[_At] = []
    told = {one.id: await uow.trail.of(one.id, words=True) for one in concerns}
    view = await for_children(uow, [PupilId(subject)], concerns, told) if _is_of_a_child(concerns, subject) else None
    for concern in concerns:
        entries += await _entries(uow, concern, told[concern.id], view)
    entries.sort(key=lambda entry: (entry.event, entry.line.sequence))
    people = await staff.names(uow)
    shown = chronology_form.shown_by(key)
    lines = [
        _line(uow, entry, people) for entry in entries if entry.line.entry.deed in chronology_form.FILTERS[shown][1]
    ]
    wanted = [line for line in lines if line.late] if shown == "late" else lines
    others = tuple(view.aliases.values()) if view else ()
    return chronology_form.window(key, heading, wanted, others=others, number=page)


async def _whose(uow: UnitOfWork, subject: UUID, *, by: Person, at: datetime) -> tuple[Sequence[Concern], str]:
    concern = await uow.concerns.get(ConcernId(subject))
    if concern is not None:
        found = await concern_for(uow, concern.id, Doing.READ, by=by, at=at)
        return (found,), f"Concern {found.reference}"
    pupil = (await uow.pupils.get([PupilId(subject)])).get(PupilId(subject))
    seen = await lookback.seen_by(uow, PupilId(subject), by) if pupil else []
    may_look = [one for one in seen if may(by, Doing.LOOK_BACK, one)]
    if pupil is None or not may_look:
        raise NoSuchConcern
    return may_look, pupil.label()


def _is_of_a_child(concerns: Sequence[Concern], subject: UUID) -> bool:
    """Whether it is read for one child, and not for one concern."""
    return not any(concern.id == subject for concern in concerns)


async def _entries(uow: UnitOfWork, concern: Concern, lines: Sequence[Sealed], view: ForOne | None) -> list[_At]:
    """Those that are shown; `view` is how they read for one child."""
    told = account_in(lines)
    names: Mapping[str, str] = await handlers_names.names_of(uow, told) | await handlers_names.names_since(uow, lines)
    event = {line.sequence: _event(uow, line) for line in lines}
    if view is not None:
        names, lines = view.names(names), view.lines(lines, told, concern.children)
    shown = [line for line in lines if line.entry.deed is Deed.RAISED or line.entry.deed in labels.TITLES]
    return [_At(event=event[line.sequence], line=line, concern=concern, names=names, account=told) for line in shown]


def _event(uow: UnitOfWork, line: Sealed) -> datetime:
    """When it happened, where the account or the entry says so; else when it was recorded."""
    if "event" in line.entry.facts:
        return datetime.fromisoformat(line.entry.facts["event"])
    if line.entry.deed is not Deed.RAISED:
        return line.entry.at
    happened = times.happened(line.entry.words, calendar=uow.school.calendar)
    return happened.at if happened else line.entry.at


def _line(uow: UnitOfWork, entry: _At, people: Mapping[PersonId, str]) -> chronology_form.Line:
    if entry.line.entry.deed is Deed.RAISED:
        parts = _raised(uow, entry, people)
    else:
        parts = reading.line_of(entry.line, people, uow, entry.names, entry.account)
        parts = [Words(text=f"{entry.concern.reference}: {_text(parts[0])}"), *parts[1:]]
    recorded = entry.line.entry.at
    after = said(Moment(at=entry.event), Moment(at=recorded), zone=uow.school.calendar.zone)
    late = f"Recorded {after} after the event." if recorded - entry.event > LATE else ""
    return chronology_form.Line(parts=parts, late=late)


def _raised(uow: UnitOfWork, entry: _At, people: Mapping[PersonId, str]) -> list[Part]:
    answers: Answers = entry.line.entry.words
    who = staff.name(people, entry.concern.reporter)
    recorded = entry.line.entry.at
    when = times.sentence(answers, calendar=uow.school.calendar, recorded=recorded)
    when = when or f"recorded {say.moment(recorded, uow.school.calendar)}"
    kinds = ", ".join(lookback.kinds_of(answers))
    parts: list[Part] = [Words(text=f"{entry.concern.reference}: Concern raised · {who} · {when}")]
    if kinds:
        parts.append(Words(text=kinds, subtle=True))
    for name in into(Goes.CHRONOLOGY):
        if text := str(answers.get(name) or ""):
            parts += [Words(text=labels.headed(name, answers, entry.names), subtle=True), *pages.pieces(text)]
    return parts


def _text(part: Part) -> str:
    return part.text if isinstance(part, Words) else ""
