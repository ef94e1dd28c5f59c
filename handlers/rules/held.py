"""By whose posts a concern is had, as far as whoever reported it may read that. Pure.

What is said goes by the people who have it, never by its route alone. A receipt stands in a chat for years, so two
things are never said there: a post that has concerns of one kind alone, and to whom a sealed one is open.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

from handlers.rules import routing
from handlers.rules.concern import Concern, ReporterAs, Status
from handlers.rules.people import LEADS, Person, Role

By: TypeAlias = Role | None
"""A post, a deputy's as a lead's; None where it is not said which, and said of nobody beside whom another is said."""
_TELLS = frozenset({Role.WHISTLEBLOWING_LEAD})
"""Who has this post has concerns about how the school does things and no others: the post would tell the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """By which posts it is had."""

    by: tuple[By, ...] = ()
    """Each once, on its way up; of an open concern that is `owned`, its owner's alone. Empty where nobody has it."""
    owned: bool = False
    owner: By = None
    """Of whoever owns it, or owned it when it was closed."""


NOBODY = Held()


def held(concern: Concern, receiving: Collection[Person], owner: Person | None) -> Held:
    """`receiving`: who has it now and can be told of it; `owner`: whoever owns it, also where they have left.

    A reporter who is a relative or the subject learns nothing of what becomes of it: neither who took it on, nor how
    far up it has come.
    """
    staffed = concern.reporter_as is ReporterAs.STAFF
    taken = _said(concern, post_of(concern, owner)) if owner is not None and staffed else None
    if owner is not None and staffed and concern.status is not Status.CLOSED:
        return Held(by=(taken,), owned=True, owner=taken)
    first = [person for person in receiving if staffed or person in routing.pool(concern, 0, receiving)]
    found = {_said(concern, post) for person in first if (post := post_of(concern, person)) is not None}
    said = found - {None} or found
    return Held(by=tuple(sorted(said, key=_way_up(concern).index)), owner=taken)


def post_of(concern: Concern, person: Person) -> Role | None:
    """The first of their posts on its way up; None where none of them is on it."""
    return next((post for post in routing.way_up(concern) if person.has(post)), None)


def _way_up(concern: Concern) -> list[By]:
    return [*dict.fromkeys(_said(concern, post) for post in routing.way_up(concern)), None]


def _said(concern: Concern, post: Role | None) -> By:
    """A post as it is told. Of a sealed concern only that of its route's own people: it tells nothing that was not
    told before."""
    if post is None or post in _TELLS or (concern.sealed and post not in routing.own_posts(concern)):
        return None
    return Role.LEAD if post in LEADS else post
