"""What a reporter's log of a call holds, and how it is read back. The keys are stored for ever: add, never rename."""

from typing import Final

REFERENCE, DATE, TIME, NOT_THEIRS = "police_reference", "rung_date", "rung_time", "not_theirs"
LABELS: Final = {
    REFERENCE: "Police reference", DATE: "Date of the call", TIME: "Time of the call",
    NOT_THEIRS: "Why it is not theirs to do",
}  # fmt: skip
