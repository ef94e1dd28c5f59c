"""What a person reads in a window of their own: an account with what has happened since, or an action.

Every reading writes an entry. The window is gone when it is closed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from handlers.access import action_for, concern_for
from handlers.actions import what_is_asked
from handlers.cards import say
from handlers.cards.action import reference
from handlers.cards.model import Facts, Heading, Quote, Words
from handlers.forms import account
from handlers.forms import concern as concern_form
from handlers.forms.model import Field, Form, Part, PickField, Source
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.action import ActionId
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person, PersonId, PupilId

TITLES = {
    Deed.DANGER: "In danger now, said on the first page",
    Deed.ADDED: "Added by the reporter",
    Deed.ACCEPTED: "Accepted",
    Deed.HANDED_OVER: "Handed over",
    Deed.ESCALATED: "Escalated",
    Deed.CHASED: "Chased",
    Deed.PASSED_OVER: "Passed over: out of office",
    Deed.DECIDED: "Decision",
    Deed.CLOSED: "Closed",
    Deed.ASSIGNED: "Action assigned",
    Deed.DONE: "Action done",
}
"""Deeds that are shown in the window; readings and nudges are in the trail alone."""


async def open_concern(
    uow: UnitOfWork, id: ConcernId, *, page: int, by: Person, at: datetime
) -> Form:
    """The account, for one who may read it. The first reading by a recipient marks it read."""
    concern = await concern_for(uow, id, Doing.READ, by=by)
    if page == 1:
        await _mark_read(uow, concern, by=by, at=at)
    answers = await uow.trail.answers(id)
    names = await names_of(uow, answers)
    about = await _about(uow, concern)
    return account.window(
        str(id), f"Concern {concern.reference}", about, answers, names, number=page,
        after=await _since(uow, concern, names),
    )


async def _mark_read(uow: UnitOfWork, concern: Concern, *, by: Person, at: datetime) -> None:
    seen = concern.see(at=at)
    if seen is concern:
        await uow.trail.append(Entry(deed=Deed.READ, at=at, by=by.id, thing=concern.id))
    else:
        await record(uow, seen, because=Entry(deed=Deed.SEEN, at=at, by=by.id, thing=concern.id))


async def _about(uow: UnitOfWork, concern: Concern) -> Sequence[Part]:
    reporter = await uow.people.get(concern.reporter)
    pairs = [
        ("How soon", say.URGENCY[concern.urgency]),
        ("Received", say.moment(concern.submitted_at, uow.school.calendar)),
        ("Reported by", reporter.name if reporter else "somebody no longer here"),
    ]
    return (Facts(tuple(pairs)),)


async def _since(
    uow: UnitOfWork, concern: Concern, names: Mapping[str, str]
) -> Sequence[Part]:
    people = {person.id: person.name for person in await uow.people.all()}
    parts: list[Part] = []
    for line in await uow.trail.of(concern.id, words=True):
        if line.entry.deed in TITLES:
            parts += _line(line, people, uow, names)
    return (Heading("What has happened since"), *parts) if parts else ()


def _line(
    line: Sealed, people: Mapping[PersonId, str], uow: UnitOfWork, names: Mapping[str, str]
) -> list[Part]:
    entry = line.entry
    who = people.get(entry.by, "somebody no longer here") if entry.by else "Heard"
    when = say.moment(entry.at, uow.school.calendar)
    parts: list[Part] = [Words(text=f"{TITLES[entry.deed]} · {who} · {when}")]
    if pairs := _whom_and_when(entry, people, uow):
        parts.append(Facts(pairs))
    if "outcome" in entry.facts:
        parts.append(Words(text=_outcome(entry.facts["outcome"])))
    for name, value in entry.words.items():
        text = value if isinstance(value, str) else ", ".join(value)
        if text:
            parts += [Words(text=_label(name), subtle=True), *account.pieces(names.get(text, text))]
    return parts


def _whom_and_when(
    entry: Entry, people: Mapping[PersonId, str], uow: UnitOfWork
) -> tuple[tuple[str, str], ...]:
    """To whom something was given, and by when."""
    given = entry.facts.get("owner") or entry.facts.get("to")
    pairs = [("To", people.get(PersonId(UUID(given)), "somebody no longer here"))] if given else []
    if due := entry.facts.get("due"):
        pairs.append(("Due", say.moment(datetime.fromisoformat(due), uow.school.calendar)))
    return tuple(pairs)


_LABELS = {
    "reason": "Reason",
    "note": "Note",
    "rationale": "Rationale",
    "rejected": "Considered and not chosen",
    "outcome": "Outcome",
    "what": "What is to be done",
    "what_done": "What was done",
    "more": "Added",
}


def _label(name: str) -> str:
    return _LABELS.get(name) or next(
        (f.label for f in concern_form.every_field() if f.name == name), "Added"
    )


def _outcome(key: str) -> str:
    return next((words for known, words in say.OUTCOME.items() if known.value == key), key).capitalize()


async def names_of(uow: UnitOfWork, answers: Answers) -> dict[str, str]:
    """The label of every pupil and member of staff that is picked in the answers."""
    return await _names(uow, concern_form.every_field(), answers)


async def names_in(uow: UnitOfWork, form: Form) -> dict[str, str]:
    """The same for what any form holds."""
    return await _names(uow, form.fields(), form.values)


async def _names(uow: UnitOfWork, fields: Sequence[Field], answers: Answers) -> dict[str, str]:
    names: dict[str, str] = {}
    for field in fields:
        id = _as_uuid(answers.get(field.name, "")) if isinstance(field, PickField) else None
        if id is None or not isinstance(field, PickField):
            continue
        if field.source is Source.PUPILS:
            pupils = await uow.pupils.get([PupilId(id)])
            names |= {str(key): pupil.label() for key, pupil in pupils.items()}
        elif person := await uow.people.get(PersonId(id)):
            names[str(id)] = person.name
    return names


def _as_uuid(value: str | tuple[str, ...]) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


async def open_action(uow: UnitOfWork, id: ActionId, *, by: Person, at: datetime) -> Form:
    """What an action asks, for its owner or a lead; nothing else of the concern."""
    action, concern = await action_for(uow, id, Doing.READ_ACTION, by=by)
    facts = {"action": str(id)}
    await uow.trail.append(Entry(deed=Deed.READ, at=at, by=by.id, thing=concern.id, facts=facts))
    due = say.moment(action.due_at, uow.school.calendar)
    asked = tuple(account.pieces(await what_is_asked(uow, action)))
    return Form(
        id="action",
        key=str(id),
        title=f"Action {reference(action, concern)}",
        parts=(Facts((("Due", due),)), Heading("What is to be done"), *(asked or (Quote("-"),))),
    )
