"""How the record words an entry: what was done, and what was answered in it.

The keys are stored for ever: add, never rename. Two forms may ask under one name (`reason`, `outcome`, `agreed`).
"""

from collections.abc import Mapping

from handlers.account import form as concern_form
from handlers.account import logged, read_as, voices
from handlers.oversight import quality_form
from handlers.rules.children_in import PART
from handlers.rules.chronology import Answers
from handlers.rules.deeds import SHOWN, WHOSE, Deed, Under, Whose
from handlers.rules.pack import ENGLAND
from handlers.ui import choices, say

TITLES = {deed: shown.title for deed, shown in SHOWN.items() if deed is not Deed.RAISED}
"""Of what came after the account."""
COUNTS_AS_NOW = {
    "bell": "Home time had come, and nobody had recorded a decision or why it could wait.",
    "closed": "It was sent as “today” while school was closed.",
    "answer": "It says that the child is not, or may not be, safe to go home, or that somebody is in danger.",
}
"""By the code of the entry (`rules.home_time.Why`)."""
REFERRAL_TITLES = {deed: title for deed, title in TITLES.items() if WHOSE[deed] is Whose.REFERRAL}
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
ADULT = {
    "adult_is": "Allegation, or low-level concern?",
    "limbs": "Which of these may be so?",
    "child_safe": "Is the child safe now?",
    "safe_how": "Who sees to the child, and how",
    "child_is": "Can the child be named?",
    "adult_child_part": "The child's part in it",
    "child_why": "Why no child is named",
    "asked_before": "Was anybody asked about it already?",
    "before_what": "Who was asked what, and by whom",
}
JUDGED = {
    "allegation": "An allegation: it may meet the harm threshold",
    "low_level": "A low-level concern: it does not",
}
CHILD_SAFE = {"yes": "Yes", "no": "No", "not_known": "Not known yet", "none": "No child is concerned"}
CHILD_IS = {
    "named": "Yes: the child is chosen below",
    "not_yet": "Not yet, for the reason below",
    "none": "No child is concerned, for the reason below",
}
CASE = {
    "lado_said": "What did the LADO say?",
    "meeting_is": "How does the meeting stand?",
    "meeting_who": "Who is there, or was",
    "meeting_came_of": "What came of it",
    "suspended": "What was decided?",
    "alternatives": "Which ways to avoid it were considered?",
    "suspension_why": "Why, and why not the others",
    "decided_by": "Who decided, and who advised",
    "written_date": "Date the reasons were given in writing",
    "adult_told": "Has the adult been told?",
    "adult_told_what": "What they were told, or why they are not told yet",
    "named_contact": "Their named contact",
    "support_given": "Support",
    "finding": "Outcome of the allegation",
    "finding_why": "Why: what it rests on",
    "removed": "Removed from work with children, or would have been?",
    "teacher": "Is the adult a teacher?",
    "finding_told": "Who has been told of the outcome",
    "barring_body": "Which body?",
    "barring_is": "What became of it?",
    "barring_date": "Date of the referral",
    "barring_reference": "Its reference",
    "barring_why": "Why it is not needed, or what was sent",
    "log_review": "What was seen in the log, and what was done about it",
}
LADO_SAID = {
    "meets": "It meets the harm threshold: they say how it goes on",
    "does_not": "It does not meet it: the school deals with it",
    "no_answer": "No answer yet",
}
MEETING = {"planned": "Planned", "held": "Held", "not_held": "None is needed, for the reason below"}
SUSPENDED = {
    "not_suspended": "No suspension: the adult goes on as before",
    "alternative": "Another way, named below",
    "suspended": "Suspended",
}
ALTERNATIVES = {
    "accompanied": "Somebody else is with them whenever they are with children",
    "other_work": "Other work in school, away from the child or from children",
    "other_place": "Work in another place",
    "child_moved": "The child is taught elsewhere: no punishment, parents asked first",
    "another": "Something else, written below",
}
ADULT_TOLD = {"told": "Yes", "not_yet": "Not yet, for the reason below"}
BARRED = {"referred": "Referred", "not_needed": "Not needed, for the reason below"}
ASKED_BEFORE = {"no": "No, nobody", "yes": "Yes", "not_known": "Not known"}
CLOSING = {
    "outcome": "Outcome",
    "voice": "What the child says about it now",
    "informed": "Who has been told that it is closed",
    "open_reason": "Why the open actions are cancelled or carried over",
    "sign_off": "Sign-off",
    "whole": "Why the whole concern moves",
}
LINKING = {PART: "Part in it"}
MERGING = {"agreement": "The second person's reasons"}
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
    **ADULT,
    **CASE,
    **CLOSING,
    **LINKING,
    **MERGING,
    **CORRECTION,
    **REFERRAL,
    **{name: label for shown in SHOWN.values() for name, label in shown.words.items()},
}


def under(filter: Under) -> frozenset[Deed]:
    """The deeds that the chronology shows under that filter."""
    return frozenset(deed for deed, shown in SHOWN.items() if shown.under is filter)


def label(name: str) -> str:
    return _LABELS.get(name) or next(
        (read_as.label(f) for f in concern_form.every_field() if f.name == name), "Added"
    )


def headed(name: str, account: Answers, names: Mapping[str, str]) -> str:
    """The same, with the child's name in it where the words are a child's: of several it must be known whose they are.

    `account` says who stands in which place of it.
    """
    field = None if name in _LABELS else next((f for f in concern_form.every_field() if f.name == name), None)
    return voices.label(field, account, names) if field else label(name)


def shown(name: str, value: str | tuple[str, ...]) -> str:
    """An answer given here, as words."""
    if name == logged.DATE or name in _DATES:
        return say.typed(str(value))
    chosen = (value,) if isinstance(value, str) else value
    labels = _KINDS if name.startswith("kinds_") else _CHOSEN.get(name, {})
    return ", ".join(labels.get(key, key) for key in chosen)


_DATES = frozenset({"written_date", "barring_date"})
_KINDS = dict(ENGLAND.kinds)
_YES_NO = {option.key: option.label for option in choices.YES_NO}
_CHOSEN: dict[str, dict[str, str]] = {
    PART: {option.key: option.label for option in choices.PARTS_PLAYED},
    "seen": {option.key: option.label for option in choices.SEEN},
    "parents": {option.key: option.label for option in choices.PARENTS},
    "adult_is": JUDGED,
    "limbs": dict(ENGLAND.adults.limbs),
    "child_safe": CHILD_SAFE,
    "child_is": CHILD_IS,
    "adult_child_part": {option.key: option.label for option in choices.PARTS_PLAYED},
    "asked_before": ASKED_BEFORE,
    "lado_said": LADO_SAID,
    "meeting_is": MEETING,
    "suspended": SUSPENDED,
    "alternatives": ALTERNATIVES,
    "adult_told": ADULT_TOLD,
    "finding": {one.finding: one.label for one in ENGLAND.adults.outcomes},
    "removed": _YES_NO,
    "teacher": _YES_NO,
    "barring_body": {one.key: one.name for one in ENGLAND.adults.barring},
    "barring_is": BARRED,
}
