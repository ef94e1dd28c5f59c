"""What somebody is told where a platform could not show what was asked for: an adapter says it, it is worded here."""

_IN_DANGER = "If a child may be in danger, ring 999 and tell a lead in person."

NO_WINDOW = f"The window did not open, and nothing has been kept or changed. Try again. {_IN_DANGER}"
NO_WINDOW_HERE = (
    "No window could be opened here, so nothing has been changed. Try again on a computer or in a browser. "
    f"{_IN_DANGER}"
)
NOT_SHOWN = f"The answer could not be shown. Close the window and try again. {_IN_DANGER}"
NOT_OURS = "This button does not work any more, and nothing has been changed. Type /concern to start again."
TOO_FAST = "One moment"


def too_fast(typed: str) -> str:
    """To somebody who asks faster than people do; what they `typed` is given back in a window, being kept nowhere."""
    back = f"\n\nWhat you typed, to copy: {typed}" if typed.strip() else ""
    return (
        "That was a great deal in one minute, so nothing has been done with this one. Wait half a minute and try "
        f"again. Whatever you sent in a form before is safe. {_IN_DANGER}{back}"
    )
