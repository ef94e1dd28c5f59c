"""What the handlers need from a chat platform: cards put in front of people, and what is known of people there.

`bot/` provides it, once a platform; a place and its kind are taken from here, for adapters know no rules.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from handlers.rules.people import Login
from handlers.rules.school import Place, PlaceKind
from handlers.ui.card import Card

__all__ = ["Place", "PlaceKind"]


class Fault(StrEnum):
    """Whose fault it is that a message did not arrive: what else will not arrive either."""

    PLATFORM = "platform"
    """Nothing goes by that platform: it does not answer, or takes no token of ours."""
    TOKEN = "token"  # noqa: S105 (a word of a list)
    """The same, and somebody must mend the app's token or permissions."""
    PLACE = "place"
    """Nothing goes to that place: it is archived, not private, not ours; nobody is there."""
    BUSY = "busy"
    """Nothing is wrong: the platform asks for a while."""
    MESSAGE = "message"
    """This one does not go: the platform does not take it, or it cannot be drawn."""


class Undelivered(Exception):
    """The platform did not take the message; it will be tried again."""

    def __init__(
        self, reason: str, *, after: float = 0.0, final: bool = False, sent: bool = False, fault: Fault | None = None
    ) -> None:
        """`reason` a short code; `after` seconds that the platform asked for; `final`: soon again is of no use, so that
        another way is taken at once; `sent`: the answer was lost, so the message may stand there."""
        super().__init__(reason)
        self.fault = fault or (Fault.PLACE if final else Fault.PLATFORM)
        self.reason = reason
        self.after = after
        self.final = final
        self.sent = sent


class AnotherTenant(Undelivered):
    """Nothing is set up here for that workspace or tenant."""

    def __init__(self) -> None:
        super().__init__("another_tenant", final=True, fault=Fault.TOKEN)


class Gone(Undelivered):
    """The message to be updated is not there any more: post it afresh."""


class Courier(Protocol):
    """Puts a card in front of people on one platform, or raises Undelivered."""

    async def post(self, place: Place, card: Card) -> str:
        """The platform's id of the new message; never empty."""
        ...

    async def update(self, place: Place, message: str, card: Card) -> None: ...

    async def withdraw(self, place: Place, message: str) -> None:
        """Take our own message away for everybody. Raises `Gone` when it is not there any more."""
        ...


    async def empty(self, place: Place, message: str) -> None:
        """Leave one line in our own message that says nothing, whoever reads there by now. Raises `Gone`."""
        ...

    async def examine(self, place: Place) -> None:
        """Look whether cards may stand in that channel now. Raises `Undelivered` with the code of what is wrong."""
        ...

    async def find(self, place: Place, mark: str) -> Sequence[str]:
        """Our messages in a channel that were posted with that mark (`Card.mark`), the oldest first. Nothing where the
        platform cannot be asked for them: there an answer that was lost may hide one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    name: str
    mail: str
    active: bool
    guest: bool


class Directory(Protocol):
    """What a platform knows of people. The program works without it: every method may raise `Undelivered`.

    A user is one of a tenant (a workspace, an Entra tenant): one program may serve several schools.
    """

    async def profile(self, tenant: str, user: str) -> Profile: ...
    async def away(self, tenant: str, users: Collection[str]) -> frozenset[str]:
        """Those of that tenant's users who are out of office now."""
        ...

    async def members(self, place: Place) -> frozenset[str]:
        """The user ids of a channel's members, without bots."""
        ...


class Standing(StrEnum):
    """How an account on a platform stands, as the platform says."""

    GOOD = "good"
    INACTIVE = "inactive"
    """Switched off or deleted."""
    GUEST = "guest"
    """Somebody else's, or restricted to a few channels: no account of this school's own."""
    UNKNOWN = "unknown"
    """The platform does not answer, and was not asked about it before."""


class Accounts(Protocol):
    """Whether listed people's accounts still stand. Never raises, and answers within a second."""

    async def standing(self, who: Login, *, lately: bool = False) -> Standing:
        """How that account stands now; `lately`: an answer of half a minute ago will do."""
        ...


class Unasked:
    """`Accounts` where no platform is asked: the staff list alone decides."""

    async def standing(self, who: Login, *, lately: bool = False) -> Standing:
        del who, lately
        return Standing.GOOD


class Addresses(Protocol):
    """What a platform told us about reaching a place (service address, conversation id). Nothing personal."""

    async def remember(self, key: str, value: str) -> None: ...
    async def recall(self, key: str) -> str | None: ...
