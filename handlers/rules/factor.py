"""The factor of the children in need census that fits a kind of concern, as far as one does. Pure.

The census splits some kinds by who did it, and some by whose they are. What follows from the roles in a concern is
worked out here; what does not is left to a person, with the codes among which they choose.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from handlers.rules.concern import About

ALLEGED = "alleged"
"""The role of a child who is alleged to have caused harm (`ui/choices.PARTS_PLAYED`)."""


class By(StrEnum):
    """Who is said to have done it."""

    CHILD = "child"
    ADULT = "adult"


def done_by(about: About, roles: Collection[str]) -> By | None:
    """Read from the record alone: None where it says neither, or both."""
    child, adult = ALLEGED in roles, about in {About.ADULT, About.BOTH}
    if child == adult:
        return None
    return By.CHILD if child else By.ADULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    code: str = ""
    """It fits whoever did it."""
    by_child: str = ""
    by_adult: str = ""
    one_of: tuple[str, ...] = ()
    """The kind does not say which, or whether any: a person chooses."""

    def fits(self, by: By | None) -> str:
        """The code that follows; empty where a person has to say."""
        if self.code or by is None:
            return self.code
        return self.by_child if by is By.CHILD else self.by_adult
