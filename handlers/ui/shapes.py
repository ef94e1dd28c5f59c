"""What a slot of a sentence in `may_stand.toml` may hold: a reference, a time, a count, a word of a closed list.

None of them takes a word that is not written here.
"""

from collections.abc import Mapping

_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?"
_REF = r"(?:\d{2}-\d{4,6}(?:/R?\d{1,4})?|TEST-\d{4}-\d{2})"
_STATE = (
    r"(?:[Oo]pen|[Aa]cknowledged|[Ii]n progress|[Ww]aiting on an agency|[Dd]one, not yet verified|[Dd]one and verified"
    r"|[Cc]ancelled|[Ww]aiting for an answer|[Aa]ccepted|[Tt]he answer is (?:late|no)"
    r"|[Cc]hallenged, waiting for an answer|[Rr]esolved|[Ww]ithdrawn)(?:, overdue)?"
)
_TAKEN = (
    r"(?:[Rr]eceived|[Rr]ead|[Aa] decision has been recorded|[Cc]losed|(?:[Aa] lead|[Ss]omebody|[Tt]he (?:head"
    r"|trust's lead|chair of governors|vice-chair of governors|safeguarding governor|nominated person))"
    r" has taken it on)"
)
_HAS = (
    r"(?:(?:the|The) (?:safeguarding leads|head|chair of governors|vice-chair of governors|safeguarding governor"
    r"|trust's lead|nominated person outside the school's leadership)|(?:a|A) safeguarding lead"
    r"|(?:s|S)omebody who receives such concerns)"
)
"""Whoever has a concern, as its reporter reads it (`reporter/who_has_it`)."""
_MOMENT = rf"{_DAY}, \d{{2}}:\d{{2}}"
_LENGTH = r"(?:\d{1,2} minutes|[Aa]n hour|\d{1,3} hours)"
_LATE = (
    rf"(?:Reminder|Act now|Home time is near|Due now|Due within a school day|{_LENGTH} late"
    r"|(?:A (?:school|working) day"
    r"|(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|\d{1,3}) (?:school|working) days) late)"
)
_UNACCEPTED = (
    r"(?:Act now|Not accepted in (?:5 minutes|10 minutes|15 minutes|30 minutes of school time|an hour of school time"
    rf"|{_LENGTH}|two hours of school time|4 hours of school time|a school day"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) school days)"
    r"|Not accepted, and (?:home time|the first lesson) is near|Whoever was asked first is away or out of reach"
    r"|Everybody asked so far is away or out of reach)"
)
_NOBODY = (
    r"(?:Home time has come and (?:nothing has been decided|nobody has it)"
    rf"|Nobody has answered in {_LENGTH}(?: of school time)?|Nobody has answered in two hours of school time"
    rf"|Nobody has answered, and home time is near|Nothing has been decided in {_LENGTH}"
    rf"|Nobody has said in {_LENGTH} that they are on it|Whoever was asked first is away or out of reach"
    r"|Everybody asked so far is away or out of reach)"
)
"""How a message to whoever reported it begins, when nobody has answered (`reporter/ring_card`)."""
_LABELS = (
    r"(?:Open|I am on it|Safe until|Accept|Decline|Triage|Review it|Take over|Read the decision|Sign off"
    r"|Read and answer|Acknowledge|Begin"
    r"|They have answered|Done|Verify|Give more time|Give to somebody else|Record the answer|Challenge"
    r"|Confirmed in writing|Next steps|Open the log|Resolve|Refer|Carry on|Throw away|Complete it|Your own duty"
    r"|Take it over|Take all over)"
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_POST = (
    r"(?:Safeguarding lead|Deputy lead|Head|Chair of governors|Vice-chair of governors|Safeguarding governor"
    r"|Whistleblowing lead|Human resources|Nominated person|Trust's safeguarding lead|Auditor|School technician"
    r"|Data protection officer|Staff)"
)
_COUNT = r"\d{1,4} (?:to accept|to decide|for a second person|overdue actions?|reviews?)"
_COUNTED = rf"(?:{_COUNT}(?:, {_COUNT})*|nothing to accept or decide)"
_WHOSE = (
    r"(?:a lead|a deputy lead|the head|the chair of governors|the vice-chair of governors|the safeguarding governor"
    r"|the whistleblowing lead|human resources|the nominated person|the trust's lead|the school technician"
    r"|on the staff|no longer here)"
)
_WORD = (
    r"/concern(?: (?:quick|notice|away|closed|back|rota|adults|find|unlock|mine|board|patterns|quality(?: last)?"
    r"|themes(?: last)?|help))?"
)
"""What may be typed: with nothing behind it, for that is what somebody wrote."""
SHAPES: Mapping[str, str] = {
    "late": _LATE,
    "unaccepted": _UNACCEPTED,
    "nobody": _NOBODY,
    "press": (
        rf"Press “{_LABELS}”(?: or “{_LABELS}”)?"
        r"(?: to read it| to read why| to read what to do| if they cannot do it)?"
    ),
    "again": rf"(?:Action|(?:{_LATE}|(?:Sent back|More time given|Given to you again)(?: {_MOMENT})?|Overdue): action)",
    "due": rf"due(?: since)? {_MOMENT}(?:, waiting until {_DAY})?",
    "answered": r"answer to referral {ref}(?:, challenged to stage \d)?".replace("{ref}", _REF),
    "not_sent": (
        r"(?:Not sent yet|Still not sent this morning"
        r"|Still not sent, and those who would receive it know that you began one"
        r"|Still not sent, and nobody else has been told of it"
        rf"|Not sent, and to be deleted on {_DAY}): (?:a concern|the rest of a quick concern)"
    ),
    "stay": r"(?:One concern stays|\d{1,4} concerns stay)",
    "time": r"\d{2}:\d{2}",
    "length": _LENGTH,
    "reminder": rf"(?:Reminder|Its time has passed|Home time has come|Still not recorded on {_DAY})",
    "owed": rf"due (?:today|as soon as it can be, since {_MOMENT}|(?:by|since) {_MOMENT})",
    "open": "press “Open”",
    "week": rf"{_COUNTED}, (?:the oldest since {_DAY}|nothing open)",
    "morning": rf"{_COUNTED}, (?:the oldest since {_DAY}|nothing open)",
    "ref": _REF,
    "file": r"\d{2}-\d{4,6}-R\d{1,4}-\d{1,2}-[A-Z][a-z]{2,8}-\d{4}(?:-\d{1,3})?\.html",
    "refs": rf"{_REF}(?:, {_REF})*(?: and \d{{1,5}} more)?",
    "alert": r"\d{4}",
    "test": r"TEST-\d{4}-\d{2}",
    "day": _DAY,
    "moment": rf"{_DAY}, \d{{2}}:\d{{2}}",
    "began": rf"\d{{2}}:\d{{2}} (?:today|yesterday|on {_DAY})",
    "begun": "(?:a concern|to tell the rest of a quick concern)",
    "month": rf"{_MONTH} \d{{4}}",
    "word": _WORD,
    "whom": (
        r"(?:everybody|whoever receives concerns|the safeguarding leads and the head"
        r"|the safeguarding leads, the head and the chair of governors)"
    ),
    "posts": rf"{_POST}(?:(?:, {_POST})* and {_POST})?",
    "each": r"(?:Open it below|Open each below)",
    "whose": rf"{_WHOSE}(?:(?:, {_WHOSE})* and {_WHOSE})?",
    "away": rf"Away (?:on {_DAY}|from {_DAY} to {_DAY})",
    "first": (
        r"(?:closed it|read it|kept it open|agreed to merge it|did not agree to merge it"
        r"|did not agree to dispose of it)"
    ),
    "mishap": r"[0-9a-f]{8}",
    "count": r"\d{1,6}",
    "fits": r"\d{1,3}(?:,\d{3})*",
    "picked": "(?:child|person)",
    "platform": "[A-Z][a-z]{2,9}",
    "digests": r"[0-9a-f]{8,64}(?:, [0-9a-f]{8,64})*",
    "proof": r"[0-9a-f]{20}",
    "checkpoint": r"[0-9a-f]{8} \d{1,18} [a-z]{5}(?:-[a-z]{5}){7}",
    "urgency": "(?:[Nn]ow|[Tt]oday|[Tt]his week|[Ff]or the record)",
    "status": "(?:submitted|seen|accepted|triaged|closed)",
    "state": _STATE,
    "taken": _TAKEN,
    "has": rf"{_HAS}(?:(?:, {_HAS})* and {_HAS})?",
    "there": "(?:a lead|the head)",
    "waits": "(?:waits for you|settled)",
    "stage": r"(?:Challenge, stage \d\. )?",
    "actions": r"(?:one action|\d{1,4} actions) open",
}
