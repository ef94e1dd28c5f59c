"""A referral: a concern handed to an outside agency, and the challenge when it says no or nothing. Pure.

What was written, the agency's reference and its contact are sealed in entries. Which agencies there are and their
deadlines is the guidance pack's.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from handlers.rules.concern import CannotMove, ConcernId
from handlers.rules.people import PersonId

ReferralId = NewType("ReferralId", UUID)


class ReferralStatus(StrEnum):
    """Stored: add with a migration, never rename."""

    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The agency says no further action, or that its threshold is not met."""
    CHALLENGED = "challenged"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    TELEPHONE = "telephone"
    ONLINE = "online"
    MAIL = "mail"
    IN_PERSON = "in_person"


SPOKEN = (Method.TELEPHONE, Method.IN_PERSON)
"""Said, not written: some agencies ask for it in writing afterwards."""
WAITING = (ReferralStatus.SENT, ReferralStatus.CHALLENGED)
"""An answer is owed by the agency."""
LIVE = (*WAITING, ReferralStatus.REFUSED)
"""Not settled: somebody in school has something to do, or an agency has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    id: ReferralId
    concern: ConcernId
    number: int
    """1, 2, 3 ... within its concern: `26-27415/R2` is the second."""
    agency: str
    """A key of the pack."""
    method: Method
    sent_at: datetime
    sent_by: PersonId
    answer_by: datetime
    """When its answer is owed; at a later stage of a challenge, that stage's deadline."""
    status: ReferralStatus = ReferralStatus.SENT
    confirm_by: datetime | None = None
    """When a referral by telephone must be confirmed in writing."""
    confirmed_at: datetime | None = None
    answered_at: datetime | None = None
    stage: int = 0
    """Of the challenge: 0 before there is one."""
    stage_at: datetime | None = None
    version: int = 1

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def waiting(self) -> bool:
        """The agency owes an answer."""
        return self.status in WAITING

    def late(self, *, at: datetime) -> bool:
        """The agency's answer is overdue."""
        return self.waiting and at > self.answer_by

    def unconfirmed(self, *, at: datetime) -> bool:
        """Told by telephone, and not confirmed in writing in time."""
        late = self.confirm_by is not None and at > self.confirm_by
        return late and self.confirmed_at is None and self.status is not ReferralStatus.WITHDRAWN

    def confirm(self, *, at: datetime) -> "Referral":
        if self.status is ReferralStatus.WITHDRAWN:
            raise CannotMove("This referral is settled already.")
        if self.confirm_by is None:
            raise CannotMove("This referral was made in writing: there is nothing to confirm.")
        if self.confirmed_at is not None:
            raise CannotMove("This referral has been confirmed in writing already.")
        return replace(self, confirmed_at=at)

    def answered(self, *, accepted: bool, at: datetime) -> "Referral":
        """What the agency said; an answer to a challenge settles it when it is accepted."""
        self._must_be_live()
        if not accepted and self.status is ReferralStatus.REFUSED:
            raise CannotMove("The agency's no has been recorded already. Challenge it, or resolve it.")
        if not accepted:
            return replace(self, status=ReferralStatus.REFUSED, answered_at=at)
        settled = ReferralStatus.RESOLVED if self.stage else ReferralStatus.ACCEPTED
        return replace(self, status=settled, answered_at=at)

    def challenge(self, *, at: datetime, answer_by: datetime, highest: int) -> "Referral":
        """Formal disagreement, at the next stage: after a refusal, or when the answer is late."""
        self._must_be_live()
        if self.waiting and not self.late(at=at):
            raise CannotMove("The agency still has time to answer. A challenge begins when the answer is no, or late.")
        if self.stage >= highest:
            raise CannotMove("This challenge has gone as far as the procedure goes.")
        return replace(
            self, status=ReferralStatus.CHALLENGED, stage=self.stage + 1, stage_at=at, answer_by=answer_by,
            answered_at=None,
        )

    def resolve(self, *, at: datetime) -> "Referral":
        """The school accepts the answer, or has agreed something else with the agency; the reason is sealed."""
        self._must_be_live()
        return replace(self, status=ReferralStatus.RESOLVED, answered_at=self.answered_at or at)

    def withdraw(self) -> "Referral":
        """Made in error; the reason is sealed in its entry."""
        self._must_be_live()
        return replace(self, status=ReferralStatus.WITHDRAWN)

    def _must_be_live(self) -> None:
        if not self.live:
            raise CannotMove("This referral is settled already.")
