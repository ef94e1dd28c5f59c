"""What case work needs from the store: actions, referrals, shares, the emergency door. The rest: `handlers.ports`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from handlers.rules.action import Action, ActionId
from handlers.rules.chronology import Entry, Reached, Sealed
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from handlers.rules.referral import Referral, ReferralId
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId


class Actions(Protocol):
    async def get(self, id: ActionId) -> Action | None: ...
    async def of(self, concern: ConcernId) -> Sequence[Action]: ...
    async def save(self, action: Action, *, because: Entry) -> Sealed:
        """As `Concerns.save`."""
        ...

    async def open(self) -> Sequence[Action]:
        """Everything that is still owed."""
        ...

    async def owed_by(self, person: PersonId) -> Sequence[Action]: ...
    async def in_concerns_of(self, owner: PersonId) -> Sequence[Action]:
        """Everything that is still owed in the concerns that person owns."""
        ...


class Referrals(Protocol):
    async def get(self, id: ReferralId) -> Referral | None: ...
    async def of(self, concern: ConcernId) -> Sequence[Referral]: ...
    async def live(self) -> Sequence[Referral]:
        """Every referral that is not settled."""
        ...

    async def in_concerns_of(self, owner: PersonId) -> Sequence[Referral]:
        """Every referral that is not settled of the concerns that person owns."""
        ...

    async def save(self, referral: Referral, *, because: Entry) -> Sealed:
        """As `Concerns.save`."""
        ...


class Shares(Protocol):
    """Chosen paragraphs of a concern, for one colleague, until a date."""

    async def get(self, id: ShareId) -> Share | None: ...
    async def of(self, concern: ConcernId) -> Sequence[Share]: ...
    async def given_to(self, person: PersonId) -> Sequence[Share]:
        """Everything that was ever shared with that person, oldest first."""
        ...

    async def save(self, share: Share, *, because: Entry) -> Sealed:
        """As `Concerns.save`."""
        ...


class BreakGlasses(Protocol):
    """Break-glass: asked for by one, agreed by another, for a time."""

    async def get(self, id: BreakGlassId) -> BreakGlass | None: ...
    async def of(self, concern: ConcernId) -> Sequence[BreakGlass]: ...
    async def asked_by(self, person: PersonId) -> Sequence[BreakGlass]:
        """Everything that was ever opened to that person, oldest first."""
        ...

    async def ended(self, *, since: datetime, by: datetime) -> Sequence[BreakGlass]:
        """What was open until a moment after `since` and not after `by`."""
        ...

    async def save(self, glass: BreakGlass, *, because: Entry) -> Sealed:
        """As `Concerns.save`."""
        ...


class Checkpoints(Protocol):
    async def newest(self) -> Reached | None: ...

    async def at(self, entries: int) -> Reached | None:
        """The one that was signed over so many entries."""
        ...
