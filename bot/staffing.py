"""What a school's posts lack, as lines for the technician: keys of the staff list, no name.

A school is not refused for it: small primaries are few people, and the rules go on to the next rung.
"""

from collections.abc import Collection, Mapping

from handlers.rules import break_glass, routing
from handlers.rules.people import LEADS, Role

Posts = Mapping[str, frozenset[Role]]
"""By key, what each person is."""
_WITHOUT = {
    Role.HEAD: "people: nobody has the role head; concerns about adults would go to nobody.",
    Role.CHAIR: "people: nobody has the role chair; a concern about the head would go to nobody.",
    Role.NOMINATED: "people: nobody has the role nominated; a concern about head and chair would go to nobody.",
}


def warnings(posts: Posts) -> list[str]:
    """Posts that nobody holds, then where posts come together in so few people that a step has nobody left."""
    return [*(line for role, line in _WITHOUT.items() if not _holders(posts, {role})), *_together(posts)]


def _together(posts: Posts) -> list[str]:
    lines = [
        f"people: {key} is head and chair; a concern about them goes outside the school."
        for key, roles in posts.items()
        if {Role.HEAD, Role.CHAIR} <= roles
    ]
    ladder, unlock = _holders(posts, LEADS | {Role.HEAD}), _holders(posts, break_glass.ROLES)
    if len(ladder) == 1:
        lines.append(_alone(ladder[0], [key for key in _holders(posts, routing.LAST_FOR_A_CHILD) if key not in ladder]))
    if len(unlock) == 1:
        lines.append(f"people: nobody beside {unlock[0]} is lead, deputy, head or chair; /concern unlock takes two.")
    return lines


def _alone(key: str, last: Collection[str]) -> str:
    then = f"goes to {', '.join(last)}" if last else "goes to nobody else: the outside contact is shown"
    return (
        f"people: {key} alone is lead, deputy or head; what they leave unanswered, and the second reading of their "
        f"decisions, {then}."
    )


def _holders(posts: Posts, roles: Collection[Role]) -> list[str]:
    """The keys of those who hold any of these posts."""
    return [key for key, held in posts.items() if not held.isdisjoint(roles)]
