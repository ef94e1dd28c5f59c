"""What the handlers need from the outside for what is on its way to people, and for what stands with them.

store/ provides it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from handlers.notice import Notice, NoticeKind
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from handlers.rules.school import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice taken from the outbox under a lease; `fence` makes a late settle of a lost lease harmless."""

    id: int
    notice: Notice
    attempts: int
    fence: int
    ambiguous: bool
    """An earlier attempt was cut off after it began: the message may stand there already."""
    told: bool = False
    """What it shows has been told in another way meanwhile."""
    aside: bool = False
    """It waits outside the order of its place."""
    waited: float | None = None
    """Seconds from when it was put out until it was taken now; None where that is not known."""


class Outbox(Protocol):
    @property
    def moved(self) -> bool:
        """Whether this unit of work has put anything in."""
        ...

    async def put(self, notice: Notice) -> None:
        """Add it; one that waits already for the same kind, place, subject and step is enough."""
        ...

    async def is_due(self) -> bool:
        """Whether there is anything to claim."""
        ...

    async def first_due(self) -> tuple[int, int] | None:
        """What has been due for longest, with its fence: where both stay the same, nobody takes it."""
        ...

    async def claim(self, *, most: int, only: NoticeKind | None = None) -> Sequence[Claimed]:
        """Take what is due, oldest first and one at a time a place, under a lease of half a minute; `only`: that kind.
        """
        ...

    async def settle(self, item: Claimed) -> None: ...
    async def postpone(
        self, item: Claimed, *, wait: float, reason: str, told: datetime | None = None, aside: datetime | None = None
    ) -> None:
        """Try again in so many seconds. `told`: it has been told in another way; `aside`: it holds up no other."""
        ...

    async def hold(self, place: Place, *, wait: float) -> None:
        """Whatever waits for that place's platform waits so many seconds, unless it is let go before."""
        ...

    async def let_go(self, place: Place) -> None:
        """Whatever waits for that place's platform is due now."""
        ...

    async def untold(self, place: Place, *, whole_platform: bool) -> Sequence[tuple[int, Notice]]:
        """What waits for that place, or for any of its platform, and was not told in another way; the oldest first."""
        ...

    async def was_told(self, id: int, *, at: datetime, moved: bool) -> None:
        """It has been told in another way now; `moved`: for good, and it need not be tried here."""
        ...

    async def behind(self, item: Claimed, *, of_its_subject: bool) -> Sequence[Notice]:
        """The later cards of that kind that wait for the same place; of the same thing, or of any."""
        ...

    async def stuck(self) -> int:
        """How many were set aside: tried again from time to time, shown, never silent."""
        ...


class Posts(Protocol):
    """Where cards stand, so that they are updated in place."""

    async def find(self, notice: Notice) -> Sequence[str]:
        """The platform's ids of the messages that show this notice; more than one after a lost answer."""
        ...

    async def at(self, place: Place, message: str) -> Sequence[Notice]:
        """What the message of that id stands for in that place; nothing where we do not know it."""
        ...

    def proof(self, notice: Notice) -> str:
        """A keyed digest of the place and of what is shown there: nobody else can make it."""
        ...

    async def put(self, notice: Notice, message: str) -> None: ...
    async def standing(self, subject: UUID) -> Sequence[Notice]:
        """Every notice about that subject that has been posted."""
        ...

    async def standing_of(self, subjects: Collection[UUID]) -> Sequence[Notice]:
        """The same for many, in as many statements as for one."""
        ...

    async def around(self, concern: ConcernId, people: Collection[PersonId]) -> Sequence[Notice]:
        """The same about these people, and about whatever hangs from that concern: its actions and referrals."""
        ...

    async def in_place(self, place: Place, *, most: int) -> Sequence[tuple[Notice, str]]:
        """What is known to stand there, the newest first."""
        ...

    async def forget(self, notice: Notice, message: str) -> None: ...
