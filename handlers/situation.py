"""What a card shows beside the concern itself: names of staff, clocks, what is owed. Frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.rules.calendar import Calendar
from handlers.rules.duty import NONE_OF_THEIR_OWN, Own
from handlers.rules.held import NOBODY, Held
from handlers.rules.people import PersonId
from handlers.ui.numbers import NOBODY as NO_NUMBERS
from handlers.ui.numbers import Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a card shows beside the concern itself."""

    calendar: Calendar
    names: Mapping[PersonId, str]
    accept_by: datetime | None
    at: datetime
    open_actions: int = 0
    overdue_actions: int = 0
    outside: str = ""
    """The outside contact's name and number: shown once everything else has been tried."""
    outside_number: tuple[str, str] = ("", "")
    """The same as a line of its own, where the school is closed."""
    held: Held = NOBODY
    """By whose posts it is had."""
    reached: bool = True
    """Whether anybody in school receives it: where everyone is named in it, nobody does."""
    cut_off: bool = False
    """Whether it waits, and nobody who may receive it can be reached at present: the platforms do not take messages."""
    numbers: Numbers = NO_NUMBERS
    """Of those who receive it, for its reporter, who must reach them now."""
    additions: int = 0
    """How often the reporter has added to it."""
    told: bool = False
    """Whether the lead has written something for the reporter."""
    added_since_closed: bool = False
    duty: Own = NONE_OF_THEIR_OWN
    """The reporter's own duties, for their receipt alone."""
    own_words: tuple[str, ...] = ()
    """The digests of what a child said, for the receipt: as it was sent, then as it was added to."""
    officer: tuple[str, str] = ("", "")
    """Whom to ring of an allegation against an adult: name and telephone number."""
    ring_officer: bool = False
    """It is an allegation, and nobody outside has been told yet."""
    returned: str = ""
    """Whose it was and why it waits to be accepted again; empty where it does not."""
    incomplete: bool = False
    """It came in three answers, and the rest has not been told."""
    woken: str = ""
    """Why it counts as "now" though another word was chosen: a code of `rules.home_time.Why`."""
