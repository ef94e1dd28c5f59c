"""The names under which a person reaches the form: the same on both platforms, and what `bot` parses by.

Names alone; how they are offered is each manifest's own affair.
"""

COMMAND = "concern"
"""Typed as `/concern` on Slack and on Teams, and as `concern` to the app on Teams."""
HELP = "help"
"""Typed after the command. The other words are the wings' (`words`)."""

RAISE = "raise_concern"
"""Slack's global shortcut and Teams' command in the compose box."""
REPORT = "report_message"
"""The command in a message's menu, on both."""

RAISE_TITLE = "Raise a concern"
REPORT_TITLE = "Report as a concern"
"""At most 24 characters (Slack's shortcut name)."""

SUMMARY = "Tell the safeguarding leads what you saw or heard."
DETAIL = (
    "A member of staff types /concern. A short form takes what was seen and heard apart from what is thought of it, "
    "and the child's own words as they were said. The safeguarding leads are told at once in their private place, and "
    "whatever is left undone is chased. Chat holds no child's data: an account is read in a window that one person "
    "sees, and each reading is kept in a record. In an emergency ring 999 and speak to a lead; do not wait for an app."
)
EXPLAIN_RAISE = "Opens a short form. Only the safeguarding leads are told."
EXPLAIN_REPORT = "Opens the same short form with this message's words in it."
EXPLAIN_HELP = "Says what this app does, who is told, and whom to ring."
