"""A time of day as people say it: "half past two in the afternoon", "9 o'clock", "ten to eleven am". Pure.

Without the half of the day it may be either, so it is asked back; what is read off a clock of 24 hours says which.
So is what is no time of any clock: "after lunch", "at break".
"""

import re

_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MINUTES = {
    "half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25,
    "twenty-five": 25,
}  # fmt: skip
_AM, _PM = range(12), range(12, 24)
_HALF = {
    "am": _AM, "a.m.": _AM, "a.m": _AM, "in the morning": range(1, 12), "pm": _PM, "p.m.": _PM, "p.m": _PM,
    "in the afternoon": range(12, 19), "in the evening": range(17, 24),
}  # fmt: skip
"""The hours of which each is said."""
_NAMED = {"noon": "12:00", "midday": "12:00", "12 noon": "12:00", "twelve noon": "12:00", "12 midday": "12:00"}
_HOUR = rf"(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})"
_MANY = rf"(?P<many>{'|'.join(_MINUTES)}|\d{{1,2}})(?: minutes?)?"
_FORMS = tuple(
    re.compile(rf"(?:at )?{form} ?(?P<half>{'|'.join(map(re.escape, _HALF))})")
    for form in (
        rf"{_MANY} (?P<way>past|to) {_HOUR}",
        rf"(?P<many>half) (?P<way>){_HOUR}",
        rf"{_HOUR}(?: o['’]?clock| oclock)?(?P<many>)(?P<way>)",
        rf"{_HOUR} (?P<many>thirty|fifteen|forty five)(?P<way>)",
    )
)  # fmt: skip
_BEHIND = {"thirty": 30, "fifteen": 15, "forty five": 45}
_HALF_A_DAY = 12 * 60


def read(words: str) -> str:
    """The time as a field holds it; empty for what may be another one too. `words`: small, one space between them."""
    if words.removeprefix("at ") in _NAMED:
        return _NAMED[words.removeprefix("at ")]
    found = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    return _time(found) if found else ""


def _time(found: re.Match[str]) -> str:
    written, many = found["hour"], found["many"]
    hour = int(written) if written.isdecimal() else _HOURS.index(written) + 1
    minutes = int(many) if many.isdecimal() else {**_MINUTES, **_BEHIND, "": 0}[many]
    if not 1 <= hour <= 12 or minutes > 59:
        return ""
    on_the_dial = (hour * 60 + (-minutes if found["way"] == "to" else minutes)) % _HALF_A_DAY
    hours = _HALF[found["half"]]
    meant = on_the_dial // 60 + (0 if hours.stop <= 12 else 12)
    return f"{meant:02d}:{on_the_dial % 60:02d}" if meant in hours else ""
