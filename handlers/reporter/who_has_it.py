"""Who has a concern, in the words that its reporter reads: by the posts of the people who have it. Pure."""

from collections.abc import Mapping

from handlers.rules.held import By, Held
from handlers.rules.people import Role
from handlers.ui import say

ALL: Mapping[By, str] = {
    Role.LEAD: "the safeguarding leads",
    Role.HEAD: "the head",
    Role.CHAIR: "the chair of governors",
    Role.VICE_CHAIR: "the vice-chair of governors",
    Role.SAFEGUARDING_GOVERNOR: "the safeguarding governor",
    Role.TRUST_LEAD: "the trust's lead",
    Role.NOMINATED: "the nominated person outside the school's leadership",
    None: "somebody who receives such concerns",
}
"""Inside a sentence. It is not said how many leads have it: that would tell that one of them is kept out."""
ONE: Mapping[By, str] = {
    **ALL, Role.LEAD: "a lead", Role.NOMINATED: "the nominated person", None: "somebody",
}  # fmt: skip
"""Whoever alone owns it."""
_IN_SCHOOL: Mapping[By, str] = {Role.LEAD: "a lead", Role.HEAD: "the head"}
"""Whom one who stands beside a child can go to."""


def named(held: Held) -> str:
    """`The safeguarding leads`, `The safeguarding leads and the head`; of what somebody owns `A safeguarding lead`."""
    return _begins(inside(held))


def inside(held: Held) -> str:
    """The same inside a sentence."""
    own: Mapping[By, str] = {**ALL, Role.LEAD: "a safeguarding lead"} if held.owned else ALL
    return say.listed([own[post] for post in held.by])


def goes_to(held: Held) -> str:
    """Before it is sent."""
    return f"This goes to {inside(held)}." if held.by else "Nobody in school can receive this: ring the line below."


def taken_on(owner: By) -> str:
    return f"{_begins(ONE[owner])} has taken it on"


def in_danger(held: Held) -> str:
    """What to do where a child may be in danger: never to go to one who has no part in it."""
    there = _there(held)
    return f"If a child may be in danger, ring 999{f' and tell {there} in person' if there else ''}."


def in_person(held: Held, *, otherwise: str) -> str:
    """Whom to tell where no message reaches anybody."""
    there = _there(held)
    return f"Tell {there} in person or {otherwise}" if there else _begins(otherwise)


def _there(held: Held) -> str:
    return next((_IN_SCHOOL[post] for post in held.by if post in _IN_SCHOOL), "")


def _begins(text: str) -> str:
    return text[:1].upper() + text[1:]
