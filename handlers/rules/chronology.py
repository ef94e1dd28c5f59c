"""An entry: one line of the chronology, and the unit of the audit trail. Pure values.

`deed` and `facts` are plain and hold nothing personal; `words` is what somebody typed, and is sealed
under the concern's key before it is stored. The trail holds the digest of the sealed words only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from handlers.rules.people import PersonId

Answers = Mapping[str, str | tuple[str, ...]]
"""What was typed or chosen, by field name; several choices as a tuple, in their order."""


class Deed(StrEnum):
    """Every kind of entry. The value is stored for ever: add, never rename."""

    DANGER = "draft.danger"
    """A child is in danger now, said on the first page: the leads are told before the rest is asked."""
    DANGER_ACCEPTED = "draft.danger_accepted"
    """A lead is on it while it is still being written; once it is sent it is theirs, if they may have it."""
    DANGER_CHASED = "draft.danger_chased"
    """Nobody has said that they are on it: those who were told and the next in line are told again. `facts["rung"]`
    is how far up it has come."""
    DRAFT_CHASED = "draft.chased"
    """Its writer was reminded of it; `facts["told"]` counts those who learned then that it exists."""
    THROWN_AWAY = "draft.thrown_away"
    EXPIRED = "draft.expired"
    RAISED = "concern.raised"
    KEPT_MEANWHILE = "concern.kept_meanwhile"
    """It was sent while the record could not be reached, and waited: `facts["sent"]` is when."""
    ADDED = "concern.added"
    SEEN = "concern.seen"
    READ = "concern.read"
    ACCEPTED = "concern.accepted"
    HANDED_OVER = "concern.handed_over"
    ESCALATED = "concern.escalated"
    CHASED = "concern.chased"
    PASSED_OVER = "concern.passed_over"
    COUNTS_AS_NOW = "concern.counts_as_now"
    """It counts as "now" though another word was chosen: `facts["why"]` is a code (`rules.home_time.Why`), and
    `facts["urgency"]` what it was before."""
    SAFE_UNTIL = "concern.safe_until"
    """Somebody said until when the child is safe (`facts["until"]`); why is sealed."""
    DECIDED = "concern.decided"
    CLOSED = "concern.closed"
    LINKED = "concern.linked"
    """A pupil is linked to it, or no longer: `facts` hold the ids, the reason is sealed."""
    TAKEN_OVER = "concern.taken_over"
    OFFER_DECLINED = "concern.offer_declined"
    OFFER_LAPSED = "concern.offer_lapsed"
    OWNER_GONE = "concern.owner_gone"
    """Its owner can have it no longer: it waits to be accepted again. `facts["whose"]` is who had it, `facts["why"]` a
    code: `left`, or `post` where they are here and receive it by their post no longer."""
    SECOND_READ = "concern.second_read"
    CLOSE_PROPOSED = "concern.close_proposed"
    KEPT_OPEN = "concern.kept_open"
    REOPENED = "concern.reopened"
    MERGE_PROPOSED = "concern.merge_proposed"
    MERGE_REFUSED = "concern.merge_refused"
    MERGED = "concern.merged"
    MISFILED = "concern.misfiled"
    SEALED = "concern.sealed"
    UNSEALED = "concern.unsealed"
    NAMED = "concern.named"
    """Somebody on the staff is named in it, or too close: they lose it at once."""
    CORRECTED = "concern.corrected"
    REVIEWED = "concern.reviewed"
    LOOKED_BACK = "concern.looked_back"
    EXPORTED = "concern.exported"
    FOUND = "concern.found"
    LISTED = "concern.listed"
    """Somebody was shown in a list whom it is about: one entry a concern."""
    SHARED = "share.given"
    SHARE_REVOKED = "share.revoked"
    BREAK_GLASS_ASKED = "glass.asked"
    BREAK_GLASS_AGREED = "glass.broken"
    BREAK_GLASS_REFUSED = "glass.refused"
    """The second person did not agree, or there was nothing that could be opened for them."""
    REFERRED = "referral.sent"
    REFERRAL_CONFIRMED = "referral.confirmed"
    REFERRAL_ANSWERED = "referral.answered"
    REFERRAL_CHALLENGED = "referral.challenged"
    REFERRAL_RESOLVED = "referral.resolved"
    REFERRAL_WITHDRAWN = "referral.withdrawn"
    REFERRAL_CHASED = "referral.chased"
    CHILD_ASKED = "adult.child"
    """Of an allegation: whether a child is named, and where not, why; the child's part is `facts["child_part"]`."""
    MADE_GRAVER = "adult.made_graver"
    """A low-level concern counts as an allegation from here. `facts["route"]` where it goes to others for that."""
    LADO_SPOKEN = "adult.lado"
    """Spoken to again after the referral to them was answered: `facts["event"]` is when."""
    STRATEGY = "adult.strategy"
    """The agencies' meeting: planned (`facts["due"]`), held, or not needed."""
    SUSPENSION = "adult.suspension"
    """Suspension was considered, with its alternatives; what came of it is sealed."""
    ADULT_SUPPORT = "adult.support"
    FOUND_OF_ADULT = "adult.outcome"
    BARRING = "adult.barring"
    """What became of a referral that the law asks for."""
    ADULT_CHASED = "adult.chased"
    LOG_ASKED = "low_level.asked"
    """Whoever keeps the low-level log was asked for its review of a term."""
    LOG_REVIEWED = "low_level.reviewed"
    PATTERN_DISMISSED = "pattern.dismissed"
    REPORTED = "concern.reported"
    """The reporter logged the police's reference for a duty of their own (`rules.duty`)."""
    NOT_THEIRS = "concern.duty_not_theirs"
    """The reporter says that such a duty is not theirs to do; why is sealed."""
    REMINDED = "concern.reminded"
    """The reporter, and who has it, were reminded of a duty of the reporter's that they have not logged."""
    ASSIGNED = "action.assigned"
    ORPHANED = "action.orphaned"
    """Whoever owes it has left: `facts["whose"]`. Those who run the concern give it to somebody else."""
    DONE = "action.done"
    NUDGED = "action.nudged"
    ACKNOWLEDGED = "action.acknowledged"
    BEGUN = "action.begun"
    WAITING = "action.waiting"
    MORE_TIME = "action.more_time"
    """Its owner asks for more time: `facts["until"]` is what they ask for, the reason is sealed."""
    EXTENDED = "action.extended"
    REASSIGNED = "action.reassigned"
    VERIFIED = "action.verified"
    SENT_BACK = "action.sent_back"
    CANCELLED = "action.cancelled"
    """`facts["carried_to"]` is the action that goes on instead of it in another concern, where there is one."""
    DIGESTED = "leads.digest"
    HUDDLED = "leads.huddle"
    AWAY = "lead.away"
    """Somebody is away: `facts` hold `from`, `until` and `cover`, the note is sealed. Its thing is that person."""
    COVERED = "lead.covered"
    """Their cover took over: `facts["concerns"]` are the ids."""
    UNCOVERED = "lead.uncovered"
    """Their cover has left: `facts["cover"]`."""
    BACK = "lead.back"
    """They are back before the day that they gave."""
    THEMES = "leads.themes"
    """Somebody looked at what to train next."""
    REFUSED = "refused"
    """Someone was turned away; `facts["why"]` is a code, never the text they sent."""
    ALARMED = "operator.alarmed"
    SELF_TESTED = "operator.self_tested"
    """It was worked out for every possible subject who would receive it; `facts` count what is wrong, by code."""
    ROLL = "operator.roll"
    """What became of the list of pupils: `facts["why"]` is why the one of before stands; without it all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    deed: Deed
    at: datetime
    by: PersonId | None
    """None for the clock itself, and for somebody who is not on the staff list."""
    thing: UUID | None
    """The concern it belongs to; None for what belongs to no concern."""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    words: Answers = field(default_factory=dict[str, "str | tuple[str, ...]"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry as it stands in the trail."""

    sequence: int
    entry: Entry
    leaf: str
    """Hex SHA-256 of a zero byte and the entry's body (RFC 9162): a receipt carries its first 20 digits."""
