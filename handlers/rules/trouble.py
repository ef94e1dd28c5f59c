"""What can be wrong with the program or with what it stands on: each by a name that stays, and where it is. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.rules.people import Login
from handlers.rules.school import Place


class Trouble(StrEnum):
    """The value is stored, logged and counted: add, never rename."""

    PLATFORM_SILENT = "platform_silent"
    """A platform does not answer, or answers that it cannot."""
    TOKEN_REFUSED = "token_refused"  # noqa: S105 (a name of what is wrong)
    """A platform does not take the app's token, or the app lacks a permission."""
    PLACE_UNFIT = "place_unfit"
    """Cards may not go to a place, or cannot: it is archived, open to others, or the app is not in it."""
    NOTICE_STUCK = "notice_stuck"
    """A card cannot be drawn or is not taken, though others are: a fault of the program's own, or nobody to give it to.
    """
    ROW_DAMAGED = "row_damaged"
    """A row of the database cannot be read."""
    CHASE_LATE = "chase_late"
    """What is chased by the clock was not looked at in time."""
    CLOCK_OFF = "clock_off"
    """The clock of the machine is not the database's, or was set while the program ran."""
    DISK_FULL = "disk_full"
    """There is hardly any room on the disk of the database, or of what waits for it."""
    SPOOL_LATE = "spool_late"
    """What was sent while the database was away has waited too long, or could not be brought in."""
    OUTBOX_LATE = "outbox_late"
    """Cards are due and nobody takes them in hand."""
    SIGNATURES_REFUSED = "signatures_refused"
    """Much comes to a platform's door that is not proved to be the platform's."""


WATCHED = frozenset(
    {
        Trouble.ROW_DAMAGED, Trouble.CHASE_LATE, Trouble.CLOCK_OFF, Trouble.DISK_FULL, Trouble.SPOOL_LATE,
        Trouble.OUTBOX_LATE, Trouble.SIGNATURES_REFUSED,
    }
)
"""What the program finds about itself and what it stands on, and not in delivering."""
DOWN = frozenset({Trouble.PLATFORM_SILENT, Trouble.TOKEN_REFUSED})
"""While one of these lasts nothing can be sent by that platform."""
FORGOTTEN = timedelta(hours=1)
"""After so long a place that was unfit is tried again for whoever has another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """A trouble that has begun and is not over."""

    trouble: Trouble
    where: str
    """Which platform or place, by ids alone; empty where it is the program."""
    reason: str
    """A code."""
    since: datetime


def platform_of(place: Place | Login) -> str:
    """As `Lasting.where` names the platform of that place."""
    return f"{place.platform}:{place.tenant}"


def name_of(place: Place) -> str:
    """As `Lasting.where` names that place."""
    return f"{platform_of(place)}:{place.kind}:{place.id}"


def is_down(lasting: tuple[Lasting, ...], place: Place | Login) -> bool:
    """Whether nothing can be sent by that platform now."""
    return any(one.trouble in DOWN and one.where == platform_of(place) for one in lasting)


def is_unfit(lasting: tuple[Lasting, ...], place: Place) -> bool:
    """Whether that place cannot be used now, or its platform."""
    here = (Trouble.PLACE_UNFIT, name_of(place))
    return is_down(lasting, place) or any((one.trouble, one.where) == here for one in lasting)
