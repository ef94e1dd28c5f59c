"""The low-level concerns about adults, each adult's together, and their review of each term.

Whoever receives them keeps the log of those that they receive: the head, a lead by the school's policy, the chair of
those about the head. Each reading and each review is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from handlers import allegation as cases
from handlers import notices, staff, ticking
from handlers.adults.log_form import Adult
from handlers.errors import NoSuchConcern
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.record import lookback
from handlers.rules import allegation, low_level, order, routing
from handlers.rules.adults import Clock
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Term
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.low_level import Asked
from handlers.rules.pack import ENGLAND
from handlers.rules.people import FINDERS, Person, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """What somebody may read of it."""

    adults: Sequence[Adult]
    logs: frozenset[str]
    """The logs that are theirs to review."""


async def low_levels(uow: UnitOfWork) -> list[Concern]:
    """Every low-level concern about an adult, whoever may see it."""
    about = await uow.concerns.about_adults()
    found = [one for one in about if allegation.is_about(one) and not one.drill and one.merged_into is None]
    return [one for one in found if (await cases.case_of(uow, one)).low_level]


async def read(uow: UnitOfWork, *, by: Person, at: datetime) -> Log:
    """The log as that person may read it: by adult, whoever has the most first."""
    if not by.among(FINDERS):
        raise NoSuchConcern
    mine = [one for one in await low_levels(uow) if may(by, Doing.READ, one)]
    by_adult: dict[str, list[Concern]] = {}
    for one in order.known(mine, lambda one: order.of_concern(one, uow.school.calendar, at=at)):
        by_adult.setdefault(await _of_whom(uow, one), []).append(one)
    adults = [
        Adult(label=label, concerns=[await lookback.of_adult(uow, one) for one in some])
        for label, some in sorted(by_adult.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    return Log(adults=adults, logs=frozenset(low_level.log_of(one) for one in mine if may(by, Doing.RUN_CASE, one)))


async def _of_whom(uow: UnitOfWork, concern: Concern) -> str:
    """Whom it is about: by the staff list, as they were written down, or whoever reported themselves."""
    answers = await uow.trail.answers(concern.id)
    if (id := lookback.adult_in(answers)) is not None:
        return await staff.name_of(uow, id)
    if answers.get("adult_weight") == routing.Weight.SELF:
        return await staff.name_of(uow, concern.reporter)
    return str(answers.get("adult_other") or "Not said")


async def looked(uow: UnitOfWork, *, by: Person, at: datetime) -> None:
    await uow.trail.looked(Entry(deed=Deed.LOOKED_BACK, at=at, by=by.id, thing=None, facts={"what": "log"}))


async def review(uow: UnitOfWork, words: str, *, by: Person, at: datetime) -> Term:
    """Keep that whoever keeps a log has read it, with what they saw. Raises `NoSuchConcern` for whoever keeps none."""
    term = low_level.term_of(uow.school.calendar, at.astimezone(uow.school.calendar.zone).date())
    logs = (await read(uow, by=by, at=at)).logs
    if term is None or not logs:
        raise NoSuchConcern
    for log in sorted(logs):
        id = review_of(uow, term, log)
        await uow.steps.take(id, _REVIEWED, at=at)
        entry = Entry(deed=Deed.LOG_REVIEWED, at=at, by=by.id, thing=id, words={"log_review": words})
        await uow.trail.append(entry)
        await notices.redraw(uow, id)
    return term


_REVIEWED = "reviewed"


def review_of(uow: UnitOfWork, term: Term, log: str) -> UUID:
    """The id of the review of that log in that term."""
    return uuid5(uow.school.id, f"low_level/{log}/{term.first.isoformat()}")


async def reviewed(uow: UnitOfWork, id: UUID) -> bool:
    return _REVIEWED in await uow.steps.taken(id)


def term_of_review(uow: UnitOfWork, id: UUID) -> Term | None:
    """The term of the review of that id; None where there is no such."""
    every = ((term, log) for term in uow.school.calendar.terms for log in low_level.LOGS)
    return next((term for term, log in every if review_of(uow, term, log) == id), None)


async def keepers(uow: UnitOfWork, concerns: Iterable[Concern]) -> dict[str, list[Person]]:
    """Who keeps each log: whoever receives what stands in it."""
    people = await uow.people.all()
    found: dict[str, dict[PersonId, Person]] = {}
    for one in concerns:
        here = {person.id: person for person in people if routing.receives(one, person)}
        found.setdefault(low_level.log_of(one), {}).update(here)
    return {log: list(some.values()) for log, some in found.items()}


async def ask_for_reviews(units: UnitsOfWork, *, at: datetime) -> int:
    """Before a term ends, ask whoever keeps a log with anything in it for its review; returns how many schools did."""
    return await ticking.each(units, ticking.once, lambda uow, _: _ask(uow, at=at))


async def _ask(uow: UnitOfWork, *, at: datetime) -> bool:
    due = low_level.asked(uow.school.calendar, ENGLAND.adults.days[Clock.LOG], at=at)
    if due is None:
        return False
    term, asked = due
    this_term = uuid5(uow.school.id, f"low_level/{term.first.isoformat()}")
    if asked in await uow.steps.taken(this_term):
        return False
    await uow.steps.take(this_term, asked, at=at)
    for log, people in (await keepers(uow, await low_levels(uow))).items():
        await _tell(uow, review_of(uow, term, log), people, asked, at=at)
    return True


async def _tell(uow: UnitOfWork, id: UUID, people: Sequence[Person], asked: Asked, *, at: datetime) -> None:
    if await reviewed(uow, id):
        return
    await uow.trail.append(Entry(deed=Deed.LOG_ASKED, at=at, by=None, thing=id, facts={"step": asked.value}))
    await notices.tell(uow, NoticeKind.LOG_DUE, people, id, step=asked.value)
