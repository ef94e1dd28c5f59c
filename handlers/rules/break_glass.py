"""The emergency door: who may ask for it and agree to it, and for how long. Pure (DOMAIN, "Who gets it")."""

import re
from datetime import timedelta

from handlers.rules.people import LEADS, Person, Role

ROLES = LEADS | {Role.HEAD, Role.CHAIR}
"""Who may ask, and who may agree: never the same person, and never one who is named in the concern (D)."""
TOLD = LEADS | {Role.CHAIR}
OPEN_FOR = timedelta(hours=4)
"""How long the one who asked may read, from the moment when a second person agreed (D)."""
LAPSES = timedelta(hours=4)
"""How long an answer to the question is taken (D)."""
_REFERENCE = re.compile(r"\d{2}-\d{4,6}")


def may_ask(person: Person) -> bool:
    return person.active and person.among(ROLES)


def reference_in(typed: str) -> str:
    """The reference as it is written on cards; empty where it cannot be one. Whether there is one is not looked at."""
    found = typed.strip()
    return found if _REFERENCE.fullmatch(found) else ""
