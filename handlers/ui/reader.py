"""Turns what was typed into values, collecting every complaint before it refuses. Nothing typed is changed."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from handlers.errors import InvalidForm
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.ui import picked, visible
from handlers.ui.form import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    PickField,
    TextField,
    TimeField,
    is_date,
    is_time,
)

NO_DAY = "Give the day as a date, such as 24/11/2026."
NO_TIME = "Give the time on a 24-hour clock, such as 14:05, or with am or pm."


class Reader:
    """Reads answers field by field; `finish` raises `InvalidForm` with every complaint at once."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._complaints: dict[str, str] = {}

    def check(self, fields: tuple[Field, ...]) -> None:
        """Complain about each field whose answer is missing where it is needed, or is not one it offers."""
        for field in fields:
            if words := _fault(field, self._answers.get(field.name, "")):
                self.complain(field.name, words)

    def text(self, name: str) -> str:
        """The words as they were typed; empty when there is nothing in them that can be seen."""
        value = self._answers.get(name, "")
        typed = value if isinstance(value, str) else ", ".join(value)
        return typed if visible.says_something(typed) else ""

    def said(self, name: str) -> str:
        """The same where it must be given: empty too where there is nothing in them that can be read."""
        return said(self._answers, name)

    def many(self, name: str) -> tuple[str, ...]:
        value = self._answers.get(name, ())
        return (value,) if isinstance(value, str) and value else tuple(value)

    def moment(self, day: str, clock: str, calendar: Calendar) -> datetime | None:
        """The day and the time of day as a moment in UTC; midday when no time is known; None without a day."""
        if self.text(day) == "" or self.complained(day, clock):
            return None
        at = time.fromisoformat(self.text(clock)) if self.text(clock) else time(12)
        local = datetime.combine(date.fromisoformat(self.text(day)), at, calendar.zone)
        return local.astimezone(UTC)

    def complain(self, name: str, words: str) -> None:
        self._complaints.setdefault(name, words)

    def complain_all(self, complaints: Mapping[str, str]) -> None:
        for name, words in complaints.items():
            self.complain(name, words)

    def complained(self, *names: str) -> bool:
        return any(name in self._complaints for name in names)

    def complaints(self) -> Mapping[str, str]:
        return dict(self._complaints)

    def finish(self) -> None:
        if self._complaints:
            raise InvalidForm(dict(self._complaints))


def said(answers: Answers, name: str) -> str:
    """What was written there, where that must be; empty where there is nothing in it that can be read, such as "."."""
    value = answers.get(name, "")
    return value if isinstance(value, str) and visible.can_be_read(value) else ""


def _fault(field: Field, value: str | tuple[str, ...]) -> str:
    """The sentence about that answer, empty when there is nothing to say."""
    empty = not visible.says_something(value) if isinstance(value, str) else not value
    if empty:
        return _missing(field) if field.required else ""
    match field:
        case TextField():
            return _too_long(str(value), field.most) or _wordless(field, str(value))
        case ChoiceField():
            offered = {option.key for option in field.options}
            return "" if value in offered else "Choose one of the answers offered."
        case ChoicesField():
            return _too_many(field, (value,) if isinstance(value, str) else value)
        case DateField():
            return "" if is_date(str(value)) else NO_DAY
        case TimeField():
            return "" if is_time(str(value)) else NO_TIME
        case PickField():
            return picked.fault(field, str(value))


def _missing(field: Field) -> str:
    return "Please write something here." if isinstance(field, TextField) else "Please answer this."


def _wordless(field: TextField, text: str) -> str:
    """What is optional may be a dash: there nothing hangs on it."""
    fine = not field.required or visible.can_be_read(text, signs=field.signs)
    return "" if fine else "Please write a few words here."


def _too_long(text: str, most: int) -> str:
    over = len(text) - most
    return f"This is {over} characters too long: {most:,} fit here. Nothing has been cut." if over > 0 else ""


def _too_many(field: ChoicesField, chosen: tuple[str, ...]) -> str:
    offered = {option.key for option in field.options}
    if not set(chosen) <= offered:
        return "Choose from the answers offered."
    return f"Choose {field.most} at the most." if len(chosen) > field.most else ""

