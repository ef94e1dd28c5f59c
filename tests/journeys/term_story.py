"""The term itself: forty concerns, what people do with them, and what the clock must send, each at its minute.

The moments were worked out by a person from DOMAIN's words ("Clocks"), not asked of the program. School is open from
08:30 to 15:30. Its days are those of `SCHOOL_DAYS`: 3 September to 18 December 2026, less half-term (26 to 30 October),
the INSET day on 2 November and an invented bank holiday on Monday 23 November. The clocks go back on Sunday
25 October at 02:00. How a line is read: `tests.journeys.term`.
"""

from tests.journeys import term_after_half_term, term_until_half_term

YEAR = 2026
SCHOOL_DAYS = {
    "Sep": "Thu 3, Fri 4, Mon 7, Tue 8, Wed 9, Thu 10, Fri 11, Mon 14, Tue 15, Wed 16, Thu 17, Fri 18, Mon 21, Tue 22, "
    "Wed 23, Thu 24, Fri 25, Mon 28, Tue 29, Wed 30",
    "Oct": "Thu 1, Fri 2, Mon 5, Tue 6, Wed 7, Thu 8, Fri 9, Mon 12, Tue 13, Wed 14, Thu 15, Fri 16, Mon 19, Tue 20, "
    "Wed 21, Thu 22, Fri 23",
    "Nov": "Tue 3, Wed 4, Thu 5, Fri 6, Mon 9, Tue 10, Wed 11, Thu 12, Fri 13, Mon 16, Tue 17, Wed 18, Thu 19, Fri 20, "
    "Tue 24, Wed 25, Thu 26, Fri 27, Mon 30",
    "Dec": "Tue 1, Wed 2, Thu 3, Fri 4, Mon 7, Tue 8, Wed 9, Thu 10, Fri 11, Mon 14, Tue 15, Wed 16, Thu 17, Fri 18",
}
"""Half an hour before school opens on each of these the digest is in both leads' places, and on no other day."""
WEEKS = (
    "Thu 3 Sep", "Mon 7 Sep", "Mon 14 Sep", "Mon 21 Sep", "Mon 28 Sep", "Mon 5 Oct", "Mon 12 Oct", "Mon 19 Oct",
    "Tue 3 Nov", "Mon 9 Nov", "Mon 16 Nov", "Tue 24 Nov", "Mon 30 Nov", "Mon 7 Dec", "Mon 14 Dec",
)  # fmt: skip
"""The huddle: the first school day of each week. After the INSET day and the bank holiday that is a Tuesday."""
MONTHS = ("Thu 3 Sep", "Thu 1 Oct", "Tue 3 Nov", "Tue 1 Dec")
"""The sample of records to look at: the first school day of each month."""
HALF_TERM = ("cellar", "late", "locker", "office", "journey", "friday", "clocks", "ladder")
"""What is played on the stage: it begins before half-term and ends after it."""

STORY = {**term_until_half_term.BEGUN, **term_after_half_term.BEGUN}
