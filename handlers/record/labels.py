"""How the record words an entry: what was done, and what was answered in it.

The keys are stored for ever: add, never rename. Two forms may ask under one name (`reason`, `outcome`, `agreed`).
"""

from handlers.account import form as concern_form
from handlers.account import logged, read_as
from handlers.oversight import quality_form
from handlers.rules.chronology import Deed
from handlers.rules.pack import ENGLAND
from handlers.ui import choices, say

REFERRAL_TITLES = {
    Deed.REFERRED: "Referred to an outside agency",
    Deed.REFERRAL_CONFIRMED: "Referral confirmed in writing",
    Deed.REFERRAL_ANSWERED: "The agency answered",
    Deed.REFERRAL_CHALLENGED: "Challenged",
    Deed.REFERRAL_RESOLVED: "Referral resolved",
    Deed.REFERRAL_WITHDRAWN: "Referral withdrawn",
    Deed.REFERRAL_CHASED: "Chased: something about a referral is late",
    Deed.EXPORTED: "A document was made from the record",
}
"""Deeds of referrals."""
TITLES = {
    Deed.DANGER: "In danger now, said on the first page",
    Deed.DANGER_ACCEPTED: "Accepted while it was still being written",
    Deed.ADDED: "Added by the reporter",
    Deed.ACCEPTED: "Accepted",
    Deed.HANDED_OVER: "Handed over",
    Deed.TAKEN_OVER: "Taken over",
    Deed.OFFER_DECLINED: "Offer declined",
    Deed.OFFER_LAPSED: "Offer not answered in time",
    Deed.OWNER_GONE: "Waiting for a new owner",
    Deed.ESCALATED: "Escalated",
    Deed.CHASED: "Chased",
    Deed.PASSED_OVER: "Passed over: out of office",
    Deed.DECIDED: "Decision",
    Deed.SECOND_READ: "Decision read by a second reader",
    Deed.CLOSE_PROPOSED: "Closing proposed",
    Deed.KEPT_OPEN: "Kept open",
    Deed.CLOSED: "Closed",
    Deed.REOPENED: "Opened again",
    Deed.MERGE_PROPOSED: "Merging proposed",
    Deed.MERGE_REFUSED: "Merging not agreed",
    Deed.MERGED: "Merged",
    Deed.REVIEWED: "Checked for its quality as a record",
    Deed.CORRECTED: "Corrected, or a note added",
    Deed.SHARED: "Shared",
    Deed.SHARE_REVOKED: "No longer shared",
    Deed.NAMED: "Named in it, or too close",
    Deed.SEALED: "Sealed",
    Deed.UNSEALED: "The seal taken off",
    Deed.BREAK_GLASS_ASKED: "Asked to open it in an emergency",
    Deed.BREAK_GLASS_AGREED: "Opened in an emergency: agreed",
    Deed.MISFILED: "Moved to the right child",
    Deed.LINKED: "Linked to a child",
    Deed.REPORTED: "Police reference logged by the reporter",
    **REFERRAL_TITLES,
    Deed.ASSIGNED: "Action assigned",
    Deed.ORPHANED: "Action waits for somebody else",
    Deed.ACKNOWLEDGED: "Action acknowledged",
    Deed.BEGUN: "Action begun",
    Deed.WAITING: "Action waits for an agency",
    Deed.MORE_TIME: "Action: more time asked for",
    Deed.EXTENDED: "Action: more time given",
    Deed.REASSIGNED: "Action given to somebody else",
    Deed.DONE: "Action done",
    Deed.SENT_BACK: "Action sent back",
    Deed.VERIFIED: "Action verified",
    Deed.CANCELLED: "Action cancelled",
}
"""Deeds that are shown in the window; readings and nudges are in the trail alone."""
MOST_CHILDREN = 3
"""Children of one concern that a decision tells apart."""
DECISION = {
    "threshold": "Threshold: which, and why",
    "seen": "Was the child seen and spoken to?",
    "parents": "Parents or carers",
    "parents_why": "What they said, or why they are not told",
    "consulted": "Who was consulted",
    "tell_reporter": "What the reporter is told",
    "agreed": "Second reader",
    "reading": "What the second reader found",
    **{f"of_{number}": "Child" for number in range(1, MOST_CHILDREN + 1)},
    **{f"kinds_{number}": "Categories" for number in range(1, MOST_CHILDREN + 1)},
}
CLOSING = {
    "outcome": "Outcome",
    "voice": "What the child says about it now",
    "informed": "Who has been told that it is closed",
    "open_reason": "Why the open actions are cancelled or carried over",
    "sign_off": "Sign-off",
    "whole": "Why the whole concern moves",
}
MERGING = {"agreement": "The second lead's reasons"}
CORRECTION = {"now": "It should read", "field": "Corrected"}
REFERRAL = {
    "to_agency": "Agency",
    "method": "How",
    "agency_reference": "The agency's reference",
    "agency_contact": "The agency's contact",
    "told_agency": "What the agency was told",
    "parents_of_referral": "Parents or carers told of the referral, or the reason not",
    "answer": "The agency's answer",
    "agency_said": "What the agency said",
    "stage": "Stage of the challenge",
}
_LABELS = {
    "reason": "Reason",
    "note": "Note",
    "rationale": "Rationale",
    "rejected": "Considered and not chosen",
    "outcome": "Outcome",
    "what": "What is to be done",
    "what_done": "What was done",
    "agency": "Waiting for",
    "more": "Added",
    "fields": "Shared",
    **logged.LABELS,
    **quality_form.LABELS,
    **DECISION,
    **CLOSING,
    **MERGING,
    **CORRECTION,
    **REFERRAL,
}


def label(name: str) -> str:
    return _LABELS.get(name) or next(
        (read_as.label(f) for f in concern_form.every_field() if f.name == name), "Added"
    )


def shown(name: str, value: str | tuple[str, ...]) -> str:
    """An answer given here, as words."""
    if name == logged.DATE:
        return say.typed(str(value))
    chosen = (value,) if isinstance(value, str) else value
    labels = _KINDS if name.startswith("kinds_") else _CHOSEN.get(name, {})
    return ", ".join(labels.get(key, key) for key in chosen)


_KINDS = dict(ENGLAND.kinds)
_CHOSEN: dict[str, dict[str, str]] = {
    "seen": {option.key: option.label for option in choices.SEEN},
    "parents": {option.key: option.label for option in choices.PARENTS},
}
