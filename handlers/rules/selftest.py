"""Who would receive it, asked of every possible subject, and whether they can be reached. Pure: no concern is read.

A subject is a post or a key of the staff list, never a concern; a sealed one is counted and nothing more is said of it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from handlers.rules import routing
from handlers.rules.concern import About, Concern, ConcernId, ReporterAs, Route, Urgency
from handlers.rules.people import IN_CHARGE, Person, PersonId
from handlers.rules.routing import Policy, Post, Rung, Weight

NOBODY = PersonId(UUID(int=0))


class Fault(StrEnum):
    """What is wrong with a way. The values are kept in the trail: add, never rename."""

    NOBODY = "nobody"
    """Nobody is left on any rung."""
    UNREACHABLE = "unreachable"
    """Somebody is, and none of them has an account on a platform that is set up."""
    FIRST_UNREACHABLE = "first_unreachable"
    """Only those higher up can be reached: it waits for the clock to carry it to them."""
    ALONE = "alone"
    """One person is all there is, by however many posts: nobody takes it up for them or reads a decision after them."""


CHILD = "a child"
"""The subject that most concerns have."""
GRAVE = frozenset({Fault.NOBODY, Fault.UNREACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a concern could be about: `what` in words, `who` of the staff list, `sealed_to` where it is sealed."""

    what: str
    concern: Concern
    who: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    subject: Subject
    told: tuple[tuple[Person, ...], ...]
    """Who is told at each rung from the first."""
    fault: Fault | None


def rows(
    people: Sequence[Person], reachable: Collection[PersonId], *, policy: Policy, sealed: Sequence[Concern],
    at: datetime,
) -> tuple[Row, ...]:
    """A row for every possible subject. `reachable`: whoever has an account on a platform that is set up."""
    subjects = [*_subjects(people, policy, at), *(Subject(what="a sealed concern", concern=one) for one in sealed)]
    return tuple(_row(subject, people, reachable) for subject in subjects)


def faults(found: Sequence[Row]) -> dict[Fault, int]:
    """How many of each."""
    return {fault: sum(row.fault is fault for row in found) for fault in Fault}


def _row(subject: Subject, people: Sequence[Person], reachable: Collection[PersonId]) -> Row:
    if subject.concern.sealed:
        held = tuple(person for person in people if routing.receives(subject.concern, person))
        told: tuple[tuple[Person, ...], ...] = (held,)
    else:
        told = tuple(routing.chased(subject.concern, rung, people)[1] for rung in Rung)
    fault = _fault(told, reachable) or (None if subject.concern.sealed else _alone(told, reachable))
    return Row(subject=subject, told=told, fault=fault)


def _fault(told: Sequence[Sequence[Person]], reachable: Collection[PersonId]) -> Fault | None:
    if not any(told):
        return Fault.NOBODY
    if not any(person.id in reachable for rung in told for person in rung):
        return Fault.UNREACHABLE
    return None if any(person.id in reachable for person in told[0]) else Fault.FIRST_UNREACHABLE


def _alone(told: Sequence[Sequence[Person]], reachable: Collection[PersonId]) -> Fault | None:
    here = {person.id for rung in told for person in rung if person.id in reachable}
    return Fault.ALONE if len(here) == 1 else None


def _subjects(people: Sequence[Person], policy: Policy, at: datetime) -> Iterator[Subject]:
    def made(what: str, about: About, posts: Collection[Post], *, who: Person | None = None,
             meant: Person | None = None, weight: Weight = Weight.ALLEGATION,
             by: PersonId = NOBODY) -> Subject:  # fmt: skip
        route = routing.route(about, posts, weight=weight, policy=policy)
        out = meant if who is None else who
        named = frozenset({out.id}) if out and weight is not Weight.SELF else frozenset[PersonId]()
        told = ReporterAs.SUBJECT if weight is Weight.SELF else ReporterAs.STAFF
        return Subject(what=what, who=who, concern=_concern(about, route, named, by, told, at))

    yield made(CHILD, About.CHILD, ())
    yield made("how the school does things", About.PRACTICE, ())
    for person in people:
        posts = routing.posts_of([person])
        yield made("an allegation against", About.ADULT, posts, who=person)
        yield made("low-level, about", About.ADULT, posts, who=person, weight=Weight.LOW_LEVEL)
        yield made("their own report by", About.ADULT, posts, who=person, weight=Weight.SELF, by=person.id)
        if person.among(IN_CHARGE):
            yield made("a child, too close:", About.CHILD, (), who=person)
            yield made("how the school does things, left out:", About.PRACTICE, posts, who=person)
    for post in Post:
        held, meant = routing.held_with(post, people), routing.alone_in(post, people)
        yield made(f"an adult who is not listed ({post.value})", About.ADULT, held, meant=meant)
    yield made("the head and the chair", About.ADULT, (Post.HEAD, Post.CHAIR))


def _concern(
    about: About, route: Route, named: frozenset[PersonId], by: PersonId, told: ReporterAs, at: datetime
) -> Concern:
    return Concern(
        id=ConcernId(UUID(int=0)), reference="", reporter=by, about=about, route=route, urgency=Urgency.TODAY,
        submitted_at=at, named=named, reporter_as=told,
    )  # fmt: skip
