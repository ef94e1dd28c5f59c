"""The child's part of a concern about an adult, made later: by whoever runs it, as soon as the child can be named.

Nothing that was typed crosses over, and not who the adult is (`need_to_know.placing`). Its id is made from the other's,
so there is one, and whoever comes to be named in the one loses the other.
"""

from dataclasses import dataclass
from datetime import datetime

from handlers.account.goes import Goes, into
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import losing_it, naming, placing
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.reporter.raising import put_forward
from handlers.rules import allegation, routing
from handlers.rules.allegation import ChildIs
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, ReporterAs, Route, Urgency
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PupilId

_OF_CHILDREN = ("child_", "role_", "own_words", "told_by", "child_now", "safe_home", "marks")
"""What was said of whoever was named in the account, if anybody: it is not taken for this child's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterPart:
    """The child, and what they are to it."""

    child: PupilId
    part: str
    unsafe: bool = False


async def make(uow: UnitOfWork, concern: Concern, told: LaterPart, *, by: Person, at: datetime) -> Concern:
    """Link the child, and raise their part to the leads in the name of whoever runs it; returns that part.

    Raises `InvalidForm` for a child who is not on the roll, and `Refused` where there is such a part already.
    """
    known = await uow.pupils.get([told.child])
    if told.child not in known:
        raise InvalidForm({"adult_child": "This child is not on the list any more. Choose again from the list."})
    if await losing_it.childs_part_of(uow, concern) is not None:
        raise Refused("The child's part has been made already. Whoever has it can link another child to it.")
    id = routing.childs_part_of(concern.id)
    current = await uow.concerns.get(concern.id) or concern
    facts = {allegation.CHILD_PART: str(id), "to_child": str(told.child)}
    words: Answers = {
        allegation.CHILD: ChildIs.NAMED.value, "child_1": str(told.child), "adult_child_part": told.part
    }  # fmt: skip
    linked = Entry(deed=Deed.CHILD_ASKED, at=at, by=by.id, thing=concern.id, facts=facts, words=words)
    await record(uow, current.about_children(current.children | {told.child}), because=linked)
    part, answers = await _part(uow, current, told, id=id, by=by, at=at)
    await put_forward(uow, part, answers, by=by, at=at)
    after = await uow.concerns.get(concern.id) or current
    await naming.name_relatives(uow, after, [told.child], by=by, at=at)
    return part


async def _part(
    uow: UnitOfWork, concern: Concern, told: LaterPart, *, id: ConcernId, by: Person, at: datetime
) -> tuple[Concern, Answers]:
    account = await uow.trail.answers(concern.id)
    kept = {name: account[name] for name in into(Goes.CHILDS_PART) if account.get(name)}
    urgency = Urgency.NOW if told.unsafe else _soonest(concern.urgency)
    answers: Answers = {
        **{name: value for name, value in kept.items() if not name.startswith(_OF_CHILDREN)},
        "about": About.CHILD.value, "urgency": urgency.value, "child_1": str(told.child), "role_1": told.part,
        "facts": ENGLAND.words["childs_part"],
    }  # fmt: skip
    family = {person.id for person in routing.relatives([told.child], await uow.people.all())}
    part = Concern(
        id=id,
        reference=await uow.concerns.free_reference(at=at),
        reporter=by.id,
        about=About.CHILD,
        route=Route.LEADS,
        urgency=urgency,
        submitted_at=at,
        named=(concern.named | family) - {by.id},
        children=frozenset({told.child}),
        reporter_as=ReporterAs.RELATIVE if by.id in family else ReporterAs.STAFF,
    )
    return await placing.on_its_rung(uow, part, at=at), answers


def _soonest(urgency: Urgency) -> Urgency:
    """A child who may have been harmed by an adult here is looked after today at the latest (D)."""
    return urgency if urgency in {Urgency.NOW, Urgency.TODAY} else Urgency.TODAY
