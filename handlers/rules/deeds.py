"""Every kind of entry, and what each is for its readers: one row a deed, in one place. Pure values.

What is stored for ever is the name alone; how it stands in the window, whom it is about and what its words are called
may be said better.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto


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
    MORE_ASKED = "concern.more_asked"
    """Whoever reported it (`facts["to"]`) is asked for more detail by `facts["due"]`; what they add then answers it."""
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
    DISPOSAL_PROPOSED = "concern.disposal_proposed"
    """Somebody proposes that its words are destroyed: `facts["basis"]` is a code (`rules.retention.Basis`)."""
    DISPOSAL_REFUSED = "concern.disposal_refused"
    DISPOSED = "concern.disposed"
    """Two people agreed, and the keys of its words were destroyed. `facts`: `reference`, `basis`, `proposed_by`; of one
    that had gone on in another, `with` that one's id. It has no words: they would be under a key that is gone."""
    MISFILED = "concern.misfiled"
    SEALED = "concern.sealed"
    UNSEALED = "concern.unsealed"
    NAMED = "concern.named"
    """Somebody on the staff is named in it, or too close: they lose it at once."""
    CORRECTED = "concern.corrected"
    REVIEWED = "concern.reviewed"
    LOOKED_BACK = "concern.looked_back"
    EXPORTED = "concern.exported"
    LETTER_ASKED = "referral.letter_asked"
    """Somebody asks for a referral's letter, to be fetched sealed until `facts["until"]`; its key is a sealed word."""
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
    SCHOOL_CLOSED = "school.closed"
    """School is closed, closes early or opens late (`rules.closed` reads the facts); why is sealed. Its thing is the
    school."""
    SCHOOL_OPEN = "school.open"
    """It does not after all: `facts["of"]` is the number of the entry that said so, `facts["from"]` the day from which
    it holds no more."""
    THEMES = "leads.themes"
    """Somebody looked at what to train next."""
    REFUSED = "refused"
    """Someone was turned away; `facts["why"]` is a code, never the text they sent."""
    ALARMED = "operator.alarmed"
    SELF_TESTED = "operator.self_tested"
    """It was worked out for every possible subject who would receive it; `facts` count what is wrong, by code."""
    ROLL = "operator.roll"
    """What became of the list of pupils: `facts["why"]` is why the one of before stands; without it all is well."""

    BROUGHT_UNDER = "trail.brought_under"
    """The rows that stand in the tables come under the trail: a program that told of no rows wrote them. How they stood
    then is not known; `facts["rows"]` counts them, `facts["entries"]` is up to which entry that was so."""
    KEY_CHANGED = "trail.key_changed"
    """The school has a new key, or so many keys of cases (`facts["rows"]`) lie under it now."""


class Whose(Enum):
    """How it is known whom an entry is about."""

    ACCOUNT = auto()
    """It is the account, or told beside it: each field is the child's whom it was asked about (`account/for_one`)."""
    AT_THE_TIME = auto()
    """The children who were linked to the concern when it was written."""
    REFERRAL = auto()
    """Those whom its referral was made for."""
    ACTION = auto()
    """Those whom its action is for."""
    LINK = auto()
    """Those who were linked, and those who are no longer."""
    BOTH = auto()
    """Two concerns that become one: the children of both."""
    NOBODYS = auto()
    """In the trail alone: it stands in no document."""


class Under(StrEnum):
    """What of a chronology is read together."""

    TOLD = "told"
    DECIDED = "decided"
    ACTIONS = "actions"
    REFERRALS = "referrals"


@dataclass(frozen=True, slots=True)
class Shown:
    """How an entry stands in the window and the chronology, and whom it is about."""

    title: str
    whose: Whose
    under: Under | None = None
    """The filter of the chronology that shows it; every entry stands under "Everything"."""
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """What its words are called, by name, where no other deed has words of that name (`record/labels` has the rest)."""


SHOWN: Mapping[Deed, Shown] = {
    Deed.RAISED: Shown("Concern raised", Whose.ACCOUNT, Under.TOLD),
    Deed.DANGER: Shown("In danger now, said on the first page", Whose.AT_THE_TIME),
    Deed.DANGER_ACCEPTED: Shown("Somebody is on it, while it was still being written", Whose.AT_THE_TIME),
    Deed.KEPT_MEANWHILE: Shown(
        "Sent while the record could not be reached, and kept safely until then", Whose.AT_THE_TIME, Under.TOLD
    ),
    Deed.ADDED: Shown("Added by the reporter", Whose.ACCOUNT, Under.TOLD),
    Deed.MORE_ASKED: Shown(
        "The reporter was asked for more detail", Whose.AT_THE_TIME, Under.TOLD, {"asked": "What is missing"}
    ),
    Deed.ACCEPTED: Shown("Accepted", Whose.AT_THE_TIME),
    Deed.HANDED_OVER: Shown("Handed over", Whose.AT_THE_TIME),
    Deed.TAKEN_OVER: Shown("Taken over", Whose.AT_THE_TIME),
    Deed.OFFER_DECLINED: Shown("Offer declined", Whose.AT_THE_TIME),
    Deed.OFFER_LAPSED: Shown("Offer not answered in time", Whose.AT_THE_TIME),
    Deed.OWNER_GONE: Shown("Waiting for a new owner", Whose.AT_THE_TIME),
    Deed.ESCALATED: Shown("Escalated", Whose.AT_THE_TIME),
    Deed.CHASED: Shown("Chased", Whose.AT_THE_TIME),
    Deed.PASSED_OVER: Shown("Passed over: out of office", Whose.AT_THE_TIME),
    Deed.DANGER_CHASED: Shown("Told again: nobody had said that they are on it", Whose.AT_THE_TIME),
    Deed.COUNTS_AS_NOW: Shown("Counts as “now” from here", Whose.AT_THE_TIME),
    Deed.SAFE_UNTIL: Shown("Safe until", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.DECIDED: Shown("Decision", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.CHILD_ASKED: Shown("The child was asked for", Whose.LINK, Under.DECIDED),
    Deed.MADE_GRAVER: Shown("Raised to an allegation", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.LADO_SPOKEN: Shown("Spoken to the LADO again", Whose.AT_THE_TIME, Under.REFERRALS),
    Deed.STRATEGY: Shown("Strategy meeting", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.SUSPENSION: Shown("Suspension was considered", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.ADULT_SUPPORT: Shown("What the adult was told, and who supports them", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.FOUND_OF_ADULT: Shown("Outcome of the allegation", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.BARRING: Shown("Referral that the law asks for", Whose.AT_THE_TIME, Under.REFERRALS),
    Deed.ADULT_CHASED: Shown("Chased: a step is late", Whose.AT_THE_TIME),
    Deed.SECOND_READ: Shown("Decision read by a second reader", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.CLOSE_PROPOSED: Shown("Closing proposed", Whose.AT_THE_TIME),
    Deed.KEPT_OPEN: Shown("Kept open", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.CLOSED: Shown("Closed", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.REOPENED: Shown("Opened again", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.MERGE_PROPOSED: Shown("Merging proposed", Whose.BOTH),
    Deed.MERGE_REFUSED: Shown("Merging not agreed", Whose.BOTH),
    Deed.MERGED: Shown("Merged", Whose.BOTH, Under.DECIDED),
    Deed.DISPOSAL_PROPOSED: Shown("Disposal proposed", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.DISPOSAL_REFUSED: Shown("Disposal not agreed", Whose.AT_THE_TIME, Under.DECIDED),
    Deed.REVIEWED: Shown("Checked for its quality as a record", Whose.AT_THE_TIME),
    Deed.CORRECTED: Shown("Corrected, or a note added", Whose.ACCOUNT, Under.TOLD),
    Deed.SHARED: Shown("Shared", Whose.AT_THE_TIME),
    Deed.SHARE_REVOKED: Shown("No longer shared", Whose.AT_THE_TIME),
    Deed.NAMED: Shown("Named in it, or too close", Whose.AT_THE_TIME),
    Deed.SEALED: Shown("Sealed", Whose.AT_THE_TIME),
    Deed.UNSEALED: Shown("The seal taken off", Whose.AT_THE_TIME),
    Deed.BREAK_GLASS_ASKED: Shown("Asked to open it in an emergency", Whose.AT_THE_TIME),
    Deed.BREAK_GLASS_AGREED: Shown("Opened in an emergency: agreed", Whose.AT_THE_TIME),
    Deed.MISFILED: Shown("Moved to the right child", Whose.LINK),
    Deed.LINKED: Shown("Linked to a child", Whose.LINK),
    Deed.REPORTED: Shown("Police reference logged by the reporter", Whose.AT_THE_TIME, Under.TOLD),
    Deed.NOT_THEIRS: Shown("The reporter says that the duty is not theirs to do", Whose.AT_THE_TIME, Under.TOLD),
    Deed.REFERRED: Shown("Referred to an outside agency", Whose.REFERRAL, Under.REFERRALS),
    Deed.REFERRAL_CONFIRMED: Shown("Referral confirmed in writing", Whose.REFERRAL, Under.REFERRALS),
    Deed.REFERRAL_ANSWERED: Shown("The agency answered", Whose.REFERRAL, Under.REFERRALS),
    Deed.REFERRAL_CHALLENGED: Shown("Challenged", Whose.REFERRAL, Under.REFERRALS),
    Deed.REFERRAL_RESOLVED: Shown("Referral resolved", Whose.REFERRAL, Under.REFERRALS),
    Deed.REFERRAL_WITHDRAWN: Shown("Referral withdrawn", Whose.REFERRAL, Under.REFERRALS),
    Deed.REFERRAL_CHASED: Shown("Chased: something about a referral is late", Whose.REFERRAL),
    Deed.EXPORTED: Shown("A document was made from the record", Whose.REFERRAL),
    Deed.ASSIGNED: Shown("Action assigned", Whose.ACTION, Under.ACTIONS),
    Deed.ORPHANED: Shown("Action waits for somebody else", Whose.ACTION),
    Deed.ACKNOWLEDGED: Shown("Action acknowledged", Whose.ACTION),
    Deed.BEGUN: Shown("Action begun", Whose.ACTION),
    Deed.WAITING: Shown("Action waits for an agency", Whose.ACTION),
    Deed.MORE_TIME: Shown("Action: more time asked for", Whose.ACTION),
    Deed.EXTENDED: Shown("Action: more time given", Whose.ACTION, Under.ACTIONS),
    Deed.REASSIGNED: Shown("Action given to somebody else", Whose.ACTION),
    Deed.DONE: Shown("Action done", Whose.ACTION, Under.ACTIONS),
    Deed.SENT_BACK: Shown("Action sent back", Whose.ACTION, Under.ACTIONS),
    Deed.VERIFIED: Shown("Action verified", Whose.ACTION, Under.ACTIONS),
    Deed.CANCELLED: Shown("Action cancelled", Whose.ACTION, Under.ACTIONS),
}
"""Deeds that are shown; readings and nudges are in the trail alone (`UNSHOWN`)."""
UNSHOWN = frozenset({
    Deed.DRAFT_CHASED, Deed.THROWN_AWAY, Deed.EXPIRED, Deed.SEEN, Deed.READ, Deed.LOOKED_BACK, Deed.FOUND,
    Deed.LISTED, Deed.BREAK_GLASS_REFUSED, Deed.LOG_ASKED, Deed.LOG_REVIEWED, Deed.PATTERN_DISMISSED, Deed.REMINDED,
    Deed.NUDGED, Deed.DIGESTED, Deed.HUDDLED, Deed.AWAY, Deed.COVERED, Deed.UNCOVERED, Deed.BACK, Deed.THEMES,
    Deed.REFUSED, Deed.ALARMED, Deed.SELF_TESTED, Deed.ROLL, Deed.DISPOSED,
    Deed.BROUGHT_UNDER, Deed.KEY_CHANGED, Deed.LETTER_ASKED, Deed.SCHOOL_CLOSED, Deed.SCHOOL_OPEN,
})  # fmt: skip
WHOSE: Mapping[Deed, Whose] = {
    **{deed: shown.whose for deed, shown in SHOWN.items()},
    **dict.fromkeys(sorted(UNSHOWN), Whose.NOBODYS),
}
"""A row for every deed: what only the trail has is nobody's, and stands in no document."""
