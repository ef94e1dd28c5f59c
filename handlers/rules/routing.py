"""Who gets it: from what a concern is about to the people who receive it. Pure (DOMAIN, "Who gets it").

Everyone named or conflicted leaves every pool; an empty pool goes to the next rung; nothing is dropped. Concerns about
adults share nothing with concerns about children: no pool, no channel, no list.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from uuid import uuid5

from handlers.rules.concern import About, Concern, ConcernId, ReporterAs, Route
from handlers.rules.people import LEADS, Person, PersonId, PupilId, Role


class Rung(IntEnum):
    """How far up the ladder. On the top rung the outside contact is rung by hand: their number is shown."""

    FIRST = 0
    DEPUTIES = 1
    HEAD = 2
    OUTSIDE = 3


class Post(StrEnum):
    """What an adult who is named does here, where the staff list does not tell."""

    STAFF = "staff"
    LEAD = "lead"
    HEAD = "head"
    GOVERNOR = "governor"
    CHAIR = "chair"
    TRUST = "trust"


class Weight(StrEnum):
    """How grave a concern about an adult is; SELF where the adult reports it of themselves."""

    ALLEGATION = "allegation"
    LOW_LEVEL = "low_level"
    SELF = "self"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a school has settled about its routes."""

    low_level_to_lead: bool = False
    head_is_proprietor: bool = False
    """The head is the sole proprietor: nobody stands above them (KCSIE part four)."""


def _roles(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


_ADULTS_LAST = _roles(Role.VICE_CHAIR, Role.SAFEGUARDING_GOVERNOR, Role.TRUST_LEAD, Role.NOMINATED)
"""Where everybody on a ladder about adults is named or gone: somebody always has it."""
_LADDER: dict[Route, tuple[frozenset[Role], ...]] = {
    Route.LEADS: (
        _roles(Role.LEAD),
        _roles(Role.DEPUTY),
        _roles(Role.HEAD),
        _roles(Role.LEAD, Role.DEPUTY, Role.HEAD),
        _roles(Role.SAFEGUARDING_GOVERNOR, Role.CHAIR, Role.NOMINATED),
    ),
    Route.HEAD: (
        _roles(Role.HEAD),
        _roles(Role.HEAD),
        _roles(Role.CHAIR),
        _roles(Role.HEAD, Role.CHAIR),
        _ADULTS_LAST,
    ),
    Route.CHAIR: (
        _roles(Role.CHAIR),
        _roles(Role.CHAIR),
        _roles(Role.VICE_CHAIR),
        _roles(Role.CHAIR, Role.VICE_CHAIR),
        _ADULTS_LAST,
    ),
    Route.VICE_CHAIR: (
        _roles(Role.VICE_CHAIR),
        _roles(Role.VICE_CHAIR),
        _roles(Role.SAFEGUARDING_GOVERNOR, Role.TRUST_LEAD),
        _roles(Role.VICE_CHAIR, Role.SAFEGUARDING_GOVERNOR, Role.TRUST_LEAD),
        _roles(Role.NOMINATED),
    ),
    Route.OUTSIDE: (
        _roles(Role.NOMINATED),
        _roles(Role.NOMINATED),
        _roles(Role.TRUST_LEAD, Role.VICE_CHAIR),
        _roles(Role.NOMINATED, Role.TRUST_LEAD, Role.VICE_CHAIR),
        _roles(Role.SAFEGUARDING_GOVERNOR),
    ),
    Route.TRUST: (
        _roles(Role.TRUST_LEAD),
        _roles(Role.TRUST_LEAD),
        _roles(Role.CHAIR),
        _roles(Role.TRUST_LEAD, Role.CHAIR),
        _ADULTS_LAST,
    ),
    Route.LOW_LEVEL: (
        _roles(Role.LEAD),
        _roles(Role.HEAD),
        _roles(Role.HEAD),
        _roles(Role.LEAD, Role.HEAD),
        _roles(Role.CHAIR, *_ADULTS_LAST),
    ),
}
LAST_FOR_A_CHILD = _LADDER[Route.LEADS][-1]
"""Who has a concern about a child where nobody below is left, or all of them are one person."""
CHILDS_PART = "the child's part"
"""The name from which the id of the linked concern is made, beside the other's id."""


def childs_part_of(whole: ConcernId) -> ConcernId:
    """The id of the child's part of one about a child and an adult, whether there is one or not."""
    return ConcernId(uuid5(whole, CHILDS_PART))


LADO_IS_SHOWN = frozenset({Route.VICE_CHAIR, Route.OUTSIDE})
"""Whoever reports is shown the LADO's details: nobody in the school's leadership can be asked to ring."""
HIGHEST = max(len(ladder) for ladder in _LADDER.values()) - 1
"""The last pool of a ladder: it is reached only when every other is empty."""
_ALWAYS: dict[Route, frozenset[Role]] = {
    Route.LEADS: _roles(Role.DEPUTY),
    Route.LOW_LEVEL: _roles(Role.HEAD),
}
"""Who may act from the first, though others are told before."""
_OVERSEE: dict[Route, frozenset[Role]] = {Route.HEAD: _roles(Role.CHAIR, Role.HR), Route.LOW_LEVEL: _roles(Role.HR)}
"""Who may read a concern about an adult, and do no more (DOMAIN, tiers)."""
_PRACTICE = _roles(Role.WHISTLEBLOWING_LEAD)
"""Beside the head, where it is about how the school does things."""

MAY_HAVE_ONE = frozenset[Role]().union(
    *(pool for ladder in _LADDER.values() for pool in ladder), *_ALWAYS.values(), *_OVERSEE.values(), _PRACTICE
)
"""Whoever may by their post receive a concern, read or find one, or be told of one."""

_POST_OF_ROLE: dict[Role, Post] = {
    Role.LEAD: Post.LEAD,
    Role.DEPUTY: Post.LEAD,
    Role.HEAD: Post.HEAD,
    Role.CHAIR: Post.CHAIR,
    Role.VICE_CHAIR: Post.GOVERNOR,
    Role.SAFEGUARDING_GOVERNOR: Post.GOVERNOR,
    Role.TRUST_LEAD: Post.TRUST,
}


_USUAL = Policy()


def posts_of(people: Iterable[Person]) -> list[Post]:
    """Every post of each of them that decides a route; staff for whoever holds none."""
    held = [{_POST_OF_ROLE[role] for role in person.roles & _POST_OF_ROLE.keys()} or {Post.STAFF} for person in people]
    return sorted(post for posts in held for post in posts)


def way_up(concern: Concern) -> tuple[Role, ...]:
    """Every post that may come to have it, each once, from the first to the last of its ladder."""
    pools = (own_posts(concern), *_LADDER[concern.route][1:])
    return tuple(dict.fromkeys(role for pool in pools for role in Role if role in pool))


def own_posts(concern: Concern) -> frozenset[Role]:
    """The posts that have it from the first."""
    practice = _PRACTICE if concern.about is About.PRACTICE and concern.route is Route.HEAD else frozenset[Role]()
    return _LADDER[concern.route][0] | _ALWAYS.get(concern.route, frozenset()) | practice


def held_with(post: Post, people: Iterable[Person]) -> list[Post]:
    """That post with every other that somebody who holds it holds too: whoever is meant by it may be any of them."""
    return sorted({post, *posts_of(person for person in people if post in posts_of([person]))})


def alone_in(post: Post, people: Iterable[Person]) -> Person | None:
    """Who is meant by a post without a name: whoever alone holds it. Being on the staff is no post of one."""
    held = [] if post is Post.STAFF else [person for person in people if post in posts_of([person])]
    return held[0] if len(held) == 1 else None


def route(
    about: About, posts: Collection[Post], *, weight: Weight = Weight.ALLEGATION, policy: Policy = _USUAL
) -> Route:
    """The route of a concern about that, naming adults in those posts (KCSIE part four for adults)."""
    if about is About.CHILD:
        return Route.LEADS
    if Post.CHAIR in posts:
        return Route.OUTSIDE if Post.HEAD in posts else Route.VICE_CHAIR
    if Post.HEAD in posts:
        return Route.OUTSIDE if policy.head_is_proprietor else Route.CHAIR
    if Post.GOVERNOR in posts:
        return Route.CHAIR
    if Post.TRUST in posts:
        return Route.TRUST
    low = about is About.ADULT and weight is not Weight.ALLEGATION and Post.LEAD not in posts
    return Route.LOW_LEVEL if low and policy.low_level_to_lead else Route.HEAD


def relatives(children: Collection[PupilId], people: Iterable[Person]) -> tuple[Person, ...]:
    """Whoever is a parent or close relative of one of those children: they are too close to a concern about them."""
    return tuple(person for person in people if not person.children.isdisjoint(children))


def conflicted(concern: Concern) -> frozenset[PersonId]:
    """Whoever leaves every pool: those named, and a reporter who is a relative or the subject."""
    if concern.reporter_as is ReporterAs.STAFF:
        return concern.named
    return concern.named | {concern.reporter}


def pool(concern: Concern, rung: int, people: Collection[Person]) -> tuple[Person, ...]:
    """Who is told at that rung: the first rung from there up that has anybody left in it."""
    if concern.sealed:
        held = tuple(person for person in people if _has_sealed(concern, person))
        if held:
            return held
    for number in range(rung, len(_LADDER[concern.route])):
        if told := _on(concern, number, people):
            return told
    return ()


def lowest_rung(concern: Concern, people: Collection[Person]) -> int | None:
    """The first rung on which anybody is left; None where the whole ladder is empty."""
    rungs = range(len(_LADDER[concern.route]))
    return next((rung for rung in rungs if _on(concern, rung, people)), None)


def climbed(
    concern: Concern, rung: int, people: Collection[Person], *, less: Collection[PersonId] = ()
) -> tuple[int, tuple[Person, ...]]:
    """The rung that it comes to when it is carried to that one, and who is told there.

    Whoever was told on the way is not told again by another post: a rung with nobody new on it is passed over. Where
    none is left, it is at the top: everybody who has it is told, with the outside contact's number; and where they are
    one person, whoever stands on the last pool too. `less`: who carries it up and is told nothing.
    """
    if concern.sealed:
        return rung, tuple(person for person in pool(concern, rung, people) if person.id not in less)
    had = {person.id for number in range(rung) for person in chased(concern, number, people)[1]} | set(less)
    for number in range(rung, Rung.OUTSIDE):
        if new := tuple(person for person in _on(concern, number, people) if person.id not in had):
            return number, new
    return _top(concern, people, less)


def chased(concern: Concern, rung: int, people: Collection[Person]) -> tuple[int, tuple[Person, ...]]:
    """As `climbed`, by the clock: it reminds the first pool, and a post that the ladder has twice is asked twice."""
    if rung == Rung.FIRST:
        return lowest_rung(concern, people) or rung, pool(concern, rung, people)
    if asks_twice(concern.route, rung):
        before, told = chased(concern, rung - 1, people)
        return max(before, rung), told
    return climbed(concern, rung, people)


def asks_twice(route: Route, rung: int) -> bool:
    """Whether the ladder means the post of the rung below to be asked once more there."""
    return Rung.FIRST < rung < Rung.OUTSIDE and _LADDER[route][rung] == _LADDER[route][rung - 1]


def _top(concern: Concern, people: Collection[Person], less: Collection[PersonId]) -> tuple[int, tuple[Person, ...]]:
    here = [person for person in people if receives(replace(concern, rung=int(Rung.OUTSIDE)), person)]
    if len(here) > 1 or not (last := _on(concern, HIGHEST, people)):
        return Rung.OUTSIDE, tuple(person for person in here if person.id not in less)
    told = {person.id: person for person in (*here, *last) if person.id not in less}
    return HIGHEST, tuple(told.values())


def up_to_another(
    concern: Concern, less: Collection[PersonId], people: Collection[Person]
) -> tuple[int, tuple[Person, ...]]:
    """Who besides those people receives it, and how far up it must be carried for that: a decision takes two people.

    Nobody, and no further up, where there is nobody else.
    """
    for rung in range(concern.rung, HIGHEST + 1):
        carried = replace(concern, rung=rung)
        if others := tuple(one for one in people if receives(carried, one) and one.id not in less):
            return rung, others
    return concern.rung, ()


def _on(concern: Concern, rung: int, people: Collection[Person]) -> tuple[Person, ...]:
    roles = _LADDER[concern.route][rung]
    if rung == Rung.FIRST and concern.about is About.PRACTICE and concern.route is Route.HEAD:
        roles |= _PRACTICE
    left_out = conflicted(concern)
    return tuple(p for p in people if p.among(roles) and p.active and p.id not in left_out)


def receives(concern: Concern, person: Person) -> bool:
    """Whether that person is a recipient now: by role, as far up as it has been carried, and never when named."""
    if person.id in conflicted(concern) or not person.active:
        return False
    if concern.sealed:
        return person.id in concern.sealed_to
    return person.among(own_posts(concern).union(*_LADDER[concern.route][: concern.rung + 1]))


def oversees(concern: Concern, person: Person) -> bool:
    """Whether that person may read it by their post, and do no more."""
    if person.id in conflicted(concern) or not person.active or concern.sealed:
        return False
    return concern.about is not About.PRACTICE and person.among(_OVERSEE.get(concern.route, ()))


def _has_sealed(concern: Concern, person: Person) -> bool:
    return person.active and person.id in concern.sealed_to and person.id not in conflicted(concern)


def fits_the_leads_place(concern: Concern, people: Collection[Person]) -> bool:
    """Whether a card may stand in the leads' channel: not when one of those who read there may not see it."""
    readers = {person.id for person in people if person.among(LEADS)}
    return concern.route is Route.LEADS and not concern.sealed and not readers & conflicted(concern)
