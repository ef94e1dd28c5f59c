"""Who gets it: from what a concern is about to the people who receive it. Pure (DOMAIN, "Who gets it").

Everyone named leaves every pool; an empty pool goes to the next rung; nothing is dropped.
"""

from collections.abc import Collection
from enum import IntEnum, StrEnum

from handlers.rules.concern import About, Concern, Route
from handlers.rules.people import Person, PersonId, Role


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


_LADDER: dict[Route, tuple[frozenset[Role], ...]] = {
    Route.LEADS: (
        frozenset({Role.LEAD}),
        frozenset({Role.DEPUTY}),
        frozenset({Role.HEAD}),
        frozenset({Role.LEAD, Role.DEPUTY, Role.HEAD}),
    ),
    Route.HEAD: (
        frozenset({Role.HEAD}),
        frozenset({Role.HEAD}),
        frozenset({Role.CHAIR}),
        frozenset({Role.HEAD, Role.CHAIR}),
    ),
    Route.CHAIR: (frozenset({Role.CHAIR}),) * 4,
}

_ROUTE_OF_POST: dict[Post, Route] = {
    Post.STAFF: Route.HEAD,
    Post.LEAD: Route.HEAD,
    Post.HEAD: Route.CHAIR,
    Post.GOVERNOR: Route.CHAIR,
}

_POST_OF_ROLE: dict[Role, Post] = {
    Role.LEAD: Post.LEAD,
    Role.DEPUTY: Post.LEAD,
    Role.HEAD: Post.HEAD,
    Role.CHAIR: Post.GOVERNOR,
}


def post_of(role: Role) -> Post:
    return _POST_OF_ROLE.get(role, Post.STAFF)


def route(about: About, posts: Collection[Post]) -> Route:
    """The route of a concern about that, naming adults in those posts (KCSIE part four for adults)."""
    if about is About.CHILD:
        return Route.LEADS
    if Route.CHAIR in {_ROUTE_OF_POST[post] for post in posts}:
        return Route.CHAIR
    return Route.HEAD


def pool(concern: Concern, rung: int, people: Collection[Person]) -> tuple[Person, ...]:
    """Who is told at that rung: the first rung from there up that has anybody left in it."""
    for roles in _LADDER[concern.route][rung:]:
        told = tuple(p for p in people if p.role in roles and p.active and p.id not in concern.named)
        if told:
            return told
    return ()


def receives(concern: Concern, person: Person) -> bool:
    """Whether that person is a recipient now: by role, as far up as it has been carried, and never when named."""
    if person.id in concern.named or not person.active:
        return False
    reached = _LADDER[concern.route][: concern.rung + 1]
    always = frozenset({Role.DEPUTY}) if concern.route is Route.LEADS else frozenset[Role]()
    return person.role in always.union(*reached)


def fits_the_leads_place(concern: Concern, people: Collection[Person]) -> bool:
    """Whether a card may stand in the leads' channel: not when one of those who read there is named."""
    readers = {person.id for person in people if person.role in {Role.LEAD, Role.DEPUTY}}
    return concern.route is Route.LEADS and not readers & concern.named


def named_people(ids: Collection[PersonId], people: Collection[Person]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.id in ids)
