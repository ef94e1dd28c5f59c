"""What the life of a draft needs from the store. `handlers.ports` holds the rest, and hands these on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from handlers.rules.chronology import Answers
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What has been typed into a form that is not sent yet; stored sealed."""

    key: UUID
    owner: PersonId
    answers: Answers
    at: datetime
    """When it was last touched."""
    begun: datetime | None = None
    """When it was first kept; None where that was not noted."""
    page: int = 1
    """The page that its writer was shown last."""
    completes: ConcernId | None = None
    """The quick concern that it tells the whole of: sent, it is added there and never becomes one of its own."""


class Drafts(Protocol):
    async def get(self, key: UUID) -> Draft | None: ...
    async def put(self, draft: Draft) -> None: ...
    async def delete(self, key: UUID) -> None: ...
    async def of(self, owner: PersonId) -> Sequence[Draft]:
        """That person's drafts from which no concern has come, the one touched last first."""
        ...

    async def untouched(self, *, since: datetime) -> Sequence[UUID]:
        """The keys of drafts from which no concern has come and that nobody has touched since then, oldest first."""
        ...

    async def clear_sent(self, *, before: datetime) -> None:
        """Drop what was last touched before then and has become a concern: the words are in its trail."""
        ...
