"""Saying that school is closed, closes early or opens late: what is asked, then what it does, to be confirmed."""

from collections.abc import Sequence
from enum import StrEnum

from handlers.conversation import FormSubmitted
from handlers.errors import NoSuchConcern
from handlers.overview.closed_card import TITLE
from handlers.rules.chronology import Answers
from handlers.ui import keys
from handlers.ui.card import Heading, Words
from handlers.ui.form import ChoiceField, DateField, Form, Option, Part, TextField, TimeField
from handlers.ui.spoken_days import Looks

ID = "closed"
SHOWN = 2
"""The page on which it is done."""
CARRIED = ("what", "first", "last", "clock")
LOOK = "Look at this first. Nothing has been done yet."


class What(StrEnum):
    CLOSED = "closed"
    EARLY = "early"
    LATE = "late"
    AS_USUAL = "as_usual"


_OPTIONS = (
    Option(key=What.CLOSED, label="School is closed"),
    Option(key=What.EARLY, label="School closes early"),
    Option(key=What.LATE, label="School opens late"),
    Option(key=What.AS_USUAL, label="School opens as usual after all"),
)
_ASKED: tuple[Part, ...] = (
    ChoiceField(name="what", label="What has changed?", options=_OPTIONS, required=True),
    DateField(name="first", label="On which day, or from which day", looks=Looks.AHEAD, hint="Leave blank for today."),
    DateField(
        name="last", label="Last day closed", looks=Looks.AHEAD,
        hint="Only where school is closed for more than one day.",
    ),
    TimeField(
        name="clock", label="At what time",
        hint="Where it opens late or closes early. Closed and left blank: from now on today, all day on a later day.",
    ),
)  # fmt: skip
_WHY = TextField(
    name="reason", label="Why, in one line", required=True, most=120,
    hint="Such as: snow, a burst pipe. Name no child and nobody else here.",
)  # fmt: skip


def form(key: str, before: Sequence[str] = (), values: Answers | None = None) -> Form:
    """`before`: what is said already of today or later, in sentences."""
    said: tuple[Part, ...] = tuple(Words(text=line) for line in before)
    about = Words(text="You are shown what this does to everything that is open before it is done.", subtle=True)
    return Form(
        id=ID, key=key, title=TITLE, submit="Show what it does", leave="Cancel", parts=(*said, about, *_ASKED, _WHY),
        values=values or {},
    )  # fmt: skip


def looked_at(key: str, said: str = "", effects: Sequence[Part] = (), values: Answers | None = None) -> Form:
    """What was understood and what it does; what was asked is in the key, for a window keeps what its fields hold."""
    told = (Words(text=LOOK, alert=True), Heading(said)) if said else ()
    given = values or {}
    return Form(
        id=ID, key=_carrying(key, given) if given else key, title=TITLE, page=SHOWN, submit="Confirm", leave="Cancel",
        back=True, parts=(*told, *effects, _WHY), values={"reason": given["reason"]} if given else {},
    )  # fmt: skip


def blank(key: str, _: str = "") -> Form:
    return looked_at(key)


def as_typed(inbound: FormSubmitted) -> Form:
    return looked_at(inbound.key) if inbound.page >= SHOWN else form(inbound.key)


def carried(inbound: FormSubmitted) -> Answers:
    """What was asked on the page before, out of the key; `NoSuchConcern` where it is none of ours."""
    told = inbound.key.partition(":")[2].split("_")
    if len(told) != len(CARRIED) + 1:
        raise NoSuchConcern
    values = dict(zip(CARRIED, told, strict=False))
    values["what"] = values["what"].replace("-", "_")
    return {**{name: value for name, value in values.items() if value}, "reason": inbound.values.get("reason", "")}


def _carrying(key: str, values: Answers) -> str:
    told = [str(values.get(name, "")).replace("_", "-") for name in CARRIED]
    fresh = keys.key(keys.subject(key)).partition(":")[2]
    return f"{keys.subject(key)}:{'_'.join((*told, fresh))}"
