"""What was found, and how it is said."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    text: str
    wrong: bool = True


def ok(text: str) -> Finding:
    """What is right, or is the school's to choose."""
    return Finding(text=text, wrong=False)


def day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
