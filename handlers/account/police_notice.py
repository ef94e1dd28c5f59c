"""`/concern notice`: what the police have told the school of a child, recorded by whoever received it.

It is no referral: the police tell the school. The leads have it as they have any concern, with what was said in its own
place, as somebody else's words.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.account import times
from handlers.account.notice_words import FROM, REFERENCE
from handlers.account.reported import Reported
from handlers.rules import inbound, verdict
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.concern import About
from handlers.rules.inbound import Inbound
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import possible_days
from handlers.ui.card import Words
from handlers.ui.form import DateField, Field, Form, Part, PickField, Source, TextField, TimeField
from handlers.ui.reader import Reader
from handlers.ui.spoken_days import Looks

ID = "police_notice"
_ENCOMPASS: Inbound = ENGLAND.notices[0]
_OTHER = TextField(
    name="child_other", label="Who is the child?", hint="Name and form; or what you do know.", required=True, most=500,
    asks=Asks.NAME,
)  # fmt: skip
_PARTS: tuple[Part, ...] = (
    Words(text=ENGLAND.words["danger_quick"], alert=True),
    Words(text=_ENCOMPASS.before_lesson),
    PickField(name="child_1", label="Child", source=Source.PUPILS, hint="Two letters. Not listed? Leave this blank."),
    _OTHER,
    PickField(name="child_2", label="Another child in the notice, if any", source=Source.PUPILS),
    PickField(name="child_3", label="A third child, if any", source=Source.PUPILS),
    TextField(
        name="others", label="What the police said", hint="In their words. Add nothing of your own.", required=True,
        long=True, most=2000,
    ),
    TextField(name=FROM, label="Who it came from", hint="Name and team, or the mailbox.", most=200, asks=Asks.NAME),
    TextField(name=REFERENCE, label="The police's reference", most=100),
    DateField(
        name="learned_date", label="Date it reached school", looks=Looks.BACK, hint="Leave this blank for today."
    ),
    TimeField(name="learned_time", label="Time it reached school", hint="Leave both blank to use the time now."),
    DateField(name="happened_date", label="Date of the incident", looks=Looks.BACK),
    TimeField(name="happened_time", label="Time of the incident"),
    Words(text=_ENCOMPASS.text, subtle=True),
)
_CHILDREN = ("child_1", "child_2", "child_3")


def form(key: str, answers: Answers, names: Mapping[str, str], *, asked: Sequence[Part] = ()) -> Form:
    """The form, under the id that the concern will have. `asked`: what its words leave to be asked, below them."""
    parts = tuple(part for part in _PARTS if part is not _OTHER or _asks_who(answers))
    return Form(
        id=ID, key=key, title="Police notice", parts=(*parts, *asked), submit="Send", leave="Cancel", values=answers,
        names=names,
    )  # fmt: skip


def questions(answers: Answers) -> tuple[Field, ...]:
    """What must be answered as it stands: who the child is in words only where none was chosen."""
    fields = tuple(part for part in _PARTS if isinstance(part, Field))
    return tuple(field for field in fields if field is not _OTHER or not Reader(answers).text("child_1"))


def read(answers: Answers, *, calendar: Calendar, at: datetime) -> Reported:
    """Its answers as an account; raises `InvalidForm` with every complaint."""
    reader = Reader(answers)
    reader.check(questions(answers))
    _check_children(reader)
    reached = _moment(reader, "learned", calendar, at=at)
    happened = _moment(reader, "happened", calendar, at=at)
    if reached and happened and happened > reached:
        reader.complain("happened_date", "This is after the notice came. Check both dates.")
    days = possible_days.Days(today=at.astimezone(calendar.zone).date())
    reader.complain_all(possible_days.complaints(questions(answers), answers, days))
    reader.finish()
    names = [part.name for part in _PARTS if isinstance(part, Field)]
    told = {name: answers[name] for name in names if answers.get(name)}
    kept = {**told, **_dated(reader, reached or at, calendar), **_known(answers)}
    return Reported(
        about=About.CHILD, urgency=inbound.urgency(calendar, at=at), adult="", adult_post=None, close="",
        delays=times.facts(kept, calendar=calendar, at=at), kept=kept,
    )  # fmt: skip


def _known(answers: Answers) -> dict[str, str | tuple[str, ...]]:
    """What is so of every notice of this kind, whoever records it."""
    roles = {f"role_{name[-1]}": "harmed" for name in _CHILDREN if answers.get(name)}
    asked = {verdict.ANSWER: answers[verdict.ANSWER]} if answers.get(verdict.ANSWER) else {}
    return {
        "about": About.CHILD.value, "source": "adult", "place": "unknown", "kinds": _ENCOMPASS.kinds,
        inbound.NOTICE: _ENCOMPASS.name, **roles, **asked,
    }


def _check_children(reader: Reader) -> None:
    chosen = [reader.text(name) for name in _CHILDREN]
    for number, name in enumerate(_CHILDREN):
        if chosen[number] and chosen[number] in chosen[:number]:
            reader.complain(name, "This is the same child again.")


def _moment(reader: Reader, which: str, calendar: Calendar, *, at: datetime) -> datetime | None:
    """When it was, as far as it is said. Complains of a time without its day, and of a moment to come.

    None where what was written is no day or no time: that is complained of already.
    """
    if reader.complained(f"{which}_date", f"{which}_time"):
        return None
    day, clock = reader.text(f"{which}_date"), reader.text(f"{which}_time")
    if clock and not day and which == "happened":
        reader.complain("happened_date", "Give the date too.")
    today = at.astimezone(calendar.zone).date().isoformat()
    if not day and not clock:
        return None
    moment = Reader({"d": day or today, "t": clock}).moment("d", "t", calendar)
    if moment and moment > at:
        reader.complain(f"{which}_date", "This is in the future. Check the date and the time.")
    return moment


def _dated(reader: Reader, reached: datetime, calendar: Calendar) -> dict[str, str]:
    """When it happened and when it was learned, as the form behind /concern keeps them."""
    local = reached.astimezone(calendar.zone)
    clock = f"{local:%H:%M}" if reader.text("learned_time") or not reader.text("learned_date") else ""
    timed = {"learned_time": clock} if clock else {}
    happened = "then" if reader.text("happened_date") else "unknown"
    return {"happened": happened, "learned": "then", "learned_date": local.date().isoformat(), **timed}


def _asks_who(answers: Answers) -> bool:
    sent = bool(answers.get("others"))
    return bool(answers.get(_OTHER.name)) or (sent and not answers.get("child_1"))
