"""What is known of a concern's children and its adult before it is judged: only what the reader may see.

Every look is kept.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import allegation as cases
from handlers import staff
from handlers.access import concern_for
from handlers.account import read_as
from handlers.oversight import patterns
from handlers.ports import UnitOfWork
from handlers.record.lookback_form import Earlier, Known, KnownAdult, parts
from handlers.rules import children_in, order, same_person
from handlers.rules.allegation import Judged
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Status
from handlers.rules.people import Person, PersonId, Pupil, PupilId
from handlers.rules.routing import Weight
from handlers.ui import choices, say
from handlers.ui.form import Part

_KINDS = {option.key: option.label for option in choices.KINDS}
_WEIGHTS = {**{option.key: option.label for option in choices.WEIGHTS}, **read_as.VALUES["adult_weight"]}
_JUDGED = {Judged.ALLEGATION: "An allegation", Judged.LOW_LEVEL: _WEIGHTS[Weight.LOW_LEVEL]}
_PARTS = {option.key: option.label for option in choices.PARTS_PLAYED}


async def look_back(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> tuple[Part, ...]:
    """The look-back of each child in that concern, for one who may have it."""
    concern = await concern_for(uow, id, Doing.LOOK_BACK, by=by)
    await uow.trail.looked(Entry(deed=Deed.LOOKED_BACK, at=at, by=by.id, thing=id))
    told = await roles(uow, concern)
    pupils = await uow.pupils.get(concern.children)
    known = [
        await _known(uow, pupil, concern, part=_PARTS.get(told.get(pupil.id, ""), ""), by=by, at=at)
        for pupil in sorted(pupils.values(), key=lambda pupil: pupil.name)
    ]
    noticed = await patterns.of_children(uow, concern.children, by=by, at=at)
    adult = await _adult(uow, concern, by=by, at=at)
    if adult is not None:
        noticed += await patterns.of_adult(uow, adult.id, by=by, at=at)
    return parts(known, noticed, adult=adult, written=await _written_down(uow, concern))


async def roles(uow: UnitOfWork, concern: Concern) -> dict[PupilId, str]:
    """The part of each child in it, of those who were linked later too."""
    lines = await uow.trail.of(concern.id, words=True)
    return children_in.roles(await uow.trail.answers(concern.id), [line.entry for line in lines])


async def _adult(uow: UnitOfWork, concern: Concern, *, by: Person, at: datetime) -> KnownAdult | None:
    """What the reader may see of earlier concerns about the same adult; None where nobody on the staff list is it."""
    id = adult_in(await uow.trail.answers(concern.id))
    if id is None or concern.about is About.CHILD:
        return None
    same = [
        one
        for one in await uow.concerns.naming(id)
        if one.id != concern.id and not one.drill and may(by, Doing.READ, one)
        and adult_in(await uow.trail.answers(one.id)) == id
    ]  # fmt: skip
    in_order = order.known(same, lambda one: order.of_concern(one, uow.school.calendar, at=at))
    return KnownAdult(
        id=id, label=await staff.name_of(uow, id), earlier=[await of_adult(uow, one) for one in in_order]
    )


async def of_adult(uow: UnitOfWork, concern: Concern) -> Earlier:
    """With what it was judged to be, or until then how serious it was said to be: that tells more of it than a kind."""
    case, line = await cases.case_of(uow, concern), await _line(uow, concern)
    weight = _JUDGED[case.judged] if case.judged else _WEIGHTS[case.weight]
    return replace(line, kinds=", ".join(said for said in (weight, line.kinds) if said))


async def _written_down(uow: UnitOfWork, concern: Concern) -> bool:
    """Whether it is about an adult who is on no list, whom nothing can be looked up by."""
    answers = await uow.trail.answers(concern.id)
    return concern.about is not About.CHILD and not answers.get("adult") and bool(answers.get("adult_other"))


def adult_in(answers: Answers) -> PersonId | None:
    try:
        return PersonId(UUID(str(answers.get("adult") or "")))
    except ValueError:
        return None


async def seen_by(uow: UnitOfWork, pupil: PupilId, by: Person) -> list[Concern]:
    """Every concern of that pupil that this person may read, oldest first; drills left out."""
    found = await uow.concerns.of_pupil(pupil)
    return [concern for concern in found if not concern.drill and may(by, Doing.READ, concern)]


async def _known(
    uow: UnitOfWork, pupil: Pupil, concern: Concern, *, part: str, by: Person, at: datetime
) -> Known:
    earlier = [one for one in await seen_by(uow, pupil.id, by) if one.id != concern.id]
    in_order = order.known(earlier, lambda one: order.of_concern(one, uow.school.calendar, at=at))
    return Known(
        label=pupil.label(),
        part=part,
        flags=pupil.flags,
        siblings=await _siblings(uow, pupil, by),
        linked=await _linked(uow, pupil.id, earlier),
        earlier=[await _line(uow, one) for one in in_order],
        before=await _of_the_same_name(uow, pupil, concern, by=by, at=at),
    )


async def _of_the_same_name(
    uow: UnitOfWork, pupil: Pupil, concern: Concern, *, by: Person, at: datetime
) -> list[tuple[str, list[Earlier]]]:
    """Whoever left and may be this child: a roll gives a child who comes back another key."""
    found: list[tuple[str, list[Earlier]]] = []
    for one in same_person.of_one_name(pupil, await uow.pupils.search(pupil.name, left=True)):
        earlier = [other for other in await seen_by(uow, one.id, by) if other.id != concern.id]
        in_order = order.known(earlier, lambda other: order.of_concern(other, uow.school.calendar, at=at))
        if in_order:
            found.append((one.label(), [await _line(uow, other) for other in in_order]))
    return found


async def _line(uow: UnitOfWork, concern: Concern) -> Earlier:
    return Earlier(
        reference=concern.reference,
        when=say.day(concern.submitted_at, uow.school.calendar),
        kinds=", ".join(kinds_of(await uow.trail.answers(concern.id))),
        state=_state(concern),
    )


def kinds_of(answers: Answers) -> tuple[str, ...]:
    """The kinds that the reporter chose, as they are shown."""
    chosen = answers.get("kinds", ())
    keys = (chosen,) if isinstance(chosen, str) else chosen
    return tuple(_KINDS.get(key, key) for key in keys if key)


def _state(concern: Concern) -> str:
    decided = say.OUTCOME[concern.outcome].capitalize() if concern.outcome else "No decision yet"
    level = f", level {concern.level.value}" if concern.level else ""
    return f"{decided}{level}{', closed' if concern.status is Status.CLOSED else ''}"


async def _siblings(uow: UnitOfWork, pupil: Pupil, by: Person) -> list[tuple[str, int]]:
    known = await uow.pupils.get(pupil.siblings)
    return [(one.label(), len(await seen_by(uow, one.id, by))) for one in known.values()]


async def _linked(uow: UnitOfWork, pupil: PupilId, concerns: Collection[Concern]) -> list[tuple[str, int]]:
    """Other children who stand in the same concerns, the most often first."""
    together = Counter(child for concern in concerns for child in concern.children if child != pupil)
    known = await uow.pupils.get(list(together))
    return [(known[id].label(), count) for id, count in together.most_common() if id in known]
