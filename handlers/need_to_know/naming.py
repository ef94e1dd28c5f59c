"""Saying later that a member of staff is named in a concern, or too close to it: they lose it at once and everywhere.

The way that it goes is worked out anew from everyone named; it never comes back down to somebody it had passed.
What goes with it (the child's part, whatever was merged) names them too.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers import notices
from handlers.access import concern_for
from handlers.errors import InvalidForm
from handlers.need_to_know import losing_it, placing
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules import routing, verdict
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Route, Status
from handlers.rules.people import Person, PersonId, PupilId, Role
from handlers.rules.routing import Post, Weight
from handlers.rules.verdict import Meant

NAMED, CLOSE = "named", "close"
"""What somebody is to it: the concern is about them, or they are too close to it. Stored in facts."""
_HEIGHT = {Route.LOW_LEVEL: 0, Route.HEAD: 1, Route.TRUST: 2, Route.CHAIR: 2, Route.VICE_CHAIR: 3, Route.OUTSIDE: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    person: PersonId
    part: str
    """`NAMED` or `CLOSE`."""
    reason: str


IN_WHAT_WAS_ADDED = "The reporter added words that may mean them."
WHOSE_CHILD = "They are a parent or relative of a child in it."


async def name_person(uow: UnitOfWork, id: ConcernId, naming: Naming, *, by: Person, at: datetime) -> Concern:
    """They lose the concern and all that goes with it. Raises `InvalidForm` where that person has lost it already."""
    concern = await concern_for(uow, id, Doing.NAME, by=by)
    person = await uow.people.get(naming.person)
    if person is None or person.has(Role.PUPIL):
        raise InvalidForm({"person": "Choose a member of staff from the list."})
    if person.id in routing.conflicted(concern):
        raise InvalidForm({"person": "This has been recorded already. They see nothing of it."})
    return await _everywhere(uow, concern, person, naming, by=by, at=at)


async def name_those_meant(
    uow: UnitOfWork, concern: Concern, found: Iterable[Meant], reason: str = IN_WHAT_WAS_ADDED, *,
    by: Person, at: datetime,
) -> Concern:  # fmt: skip
    """The same of everyone who may be meant by what was typed since, and has not lost it yet."""
    for one in found:
        if one.named and one.person.id not in routing.conflicted(concern):
            part = NAMED if one.subject else CLOSE
            naming = Naming(person=one.person.id, part=part, reason=reason)
            concern = await _everywhere(uow, concern, one.person, naming, by=by, at=at)
    return concern


async def name_relatives(
    uow: UnitOfWork, concern: Concern, children: Collection[PupilId], *, by: Person, at: datetime
) -> Concern:
    """The same of every parent or close relative of children who have come into it.

    Whoever reported it, and could not have it by a post, keeps their receipt.
    """
    for person in routing.relatives(children, await uow.people.all()):
        keeps = person.id == concern.reporter and not person.among(routing.MAY_HAVE_ONE)
        if not keeps and person.id not in routing.conflicted(concern):
            naming = Naming(person=person.id, part=CLOSE, reason=WHOSE_CHILD)
            concern = await _everywhere(uow, concern, person, naming, by=by, at=at)
    return concern


async def name_close(uow: UnitOfWork, concern: Concern, person: Person, reason: str, *, at: datetime) -> Concern:
    """The same of somebody whom nobody has named: what the program itself knows keeps them from it."""
    naming = Naming(person=person.id, part=CLOSE, reason=reason)
    return await _everywhere(uow, concern, person, naming, by=None, at=at)


async def _everywhere(
    uow: UnitOfWork, concern: Concern, person: Person, naming: Naming, *, by: Person | None, at: datetime
) -> Concern:
    route = await _route(uow, concern, routing.posts_of([person]) if naming.part == NAMED else [])
    facts = {"person": str(person.id), "part": naming.part}
    named = await _name(uow, concern, person, route, facts, {"reason": naming.reason}, by=by, at=at)
    for other in await _what_goes_with_it(uow, concern, person):
        along = {"part": naming.part}
        await _name(uow, other, person, other.route, along, {}, by=by, at=at)
    return await uow.concerns.get(named.id) or named


async def _what_goes_with_it(uow: UnitOfWork, concern: Concern, person: Person) -> Sequence[Concern]:
    """Nothing that was typed crosses over, and not who it is: the child's part tells nothing of an adult."""
    part = await losing_it.childs_part_of(uow, concern)
    others = [
        *await losing_it.joined(uow, concern),
        *(() if part is None else (part, *await losing_it.joined(uow, part))),
    ]
    return [other for other in others if person.id not in routing.conflicted(other)]


async def _name(  # noqa: PLR0913 (a concern, who, where to, and what is kept of it)
    uow: UnitOfWork, concern: Concern, person: Person, route: Route, facts: dict[str, str], words: Answers, *,
    by: Person | None, at: datetime,
) -> Concern:  # fmt: skip
    named = concern.name(person.id, route)
    if not named.sealed and named.status is not Status.CLOSED:
        named = await placing.on_its_rung(uow, named, at=at)
    shown = {} if route is concern.route else placing.shown_to_the_reporter(named)
    whose = by.id if by else None
    entry = Entry(deed=Deed.NAMED, at=at, by=whose, thing=concern.id, facts={**facts, **shown}, words=words)
    written = await record(uow, named, because=entry)
    await losing_it.end_shares(uow, named, lambda share: share.to == person.id, why="named", by=by, at=at)
    await losing_it.draw_everything_again(uow, named)
    await losing_it.take_from_their_board(uow, person)
    await losing_it.offer_their_actions(uow, named, person)
    await placing.raise_alarms(uow, named, at=at)
    if named.owner is None and named.status is not Status.CLOSED:
        told = await notices.first_told(uow, named)
        await notices.tell(uow, NoticeKind.CHASE, told, named.id, step=f"named_{written.sequence}")
    return named


async def _route(uow: UnitOfWork, concern: Concern, also: Sequence[Post]) -> Route:
    """Where it goes by the posts of everyone whom it is about, as when it came in (`placing`)."""
    if concern.about is About.CHILD:
        return Route.LEADS
    answers = await uow.trail.answers(concern.id)
    posts = [*await _posts(uow, concern, answers), *also]
    new = routing.route(concern.about, posts, weight=placing.weight(answers), policy=uow.school.policy)
    return new if _HEIGHT[new] >= _HEIGHT[concern.route] else concern.route


async def _posts(uow: UnitOfWork, concern: Concern, answers: Answers) -> list[Post]:
    ids = [str(answers.get("adult") or ""), *map(str, verdict.subjects(answers))]
    ids += [str(concern.reporter)] if placing.weight(answers) is Weight.SELF else []
    ids += [str(id) for id in concern.named] if concern.about is About.PRACTICE else []
    for line in await uow.trail.of(concern.id):
        if line.entry.deed is Deed.NAMED and line.entry.facts.get("part") == NAMED:
            ids.append(line.entry.facts.get("person", ""))
    people = [await uow.people.get(PersonId(UUID(id))) for id in ids if id]
    said = answers.get("adult_post")
    everybody = await uow.people.all()
    typed = [held for post in Post if post.value == said for held in routing.held_with(post, everybody)]
    return [*typed, *routing.posts_of(person for person in people if person is not None)]
