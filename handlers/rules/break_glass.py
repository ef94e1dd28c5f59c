"""The emergency door: who may ask for it and agree to it, and for how long. Pure (DOMAIN, "Who gets it")."""

from datetime import timedelta

from handlers.rules import reference
from handlers.rules.people import LEADS, Person, Role

ROLES = LEADS | {Role.HEAD, Role.CHAIR}
"""Who may ask, and who may agree: never the same person, and never one who is named in the concern (D)."""
TOLD = LEADS | {Role.CHAIR}
OPEN_FOR = timedelta(hours=4)
"""How long the one who asked may read, from the moment when a second person agreed (D)."""
LAPSES = timedelta(hours=4)
"""How long an answer to the question is taken (D)."""


def may_ask(person: Person) -> bool:
    return person.active and person.among(ROLES)


def reference_in(typed: str) -> str:
    """The reference as it is written on cards; empty where it cannot be one, or the year is not said.

    Whether there is one is not looked at, so the year cannot be found for it.
    """
    found = [one for one in reference.meant(typed) if one[0].isdigit()]
    return found[0] if len(found) == 1 else ""
