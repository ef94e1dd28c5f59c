"""What is shown of a personal duty, and the form in which the reporter logs that they have rung. Windows alone.

A chat card never says which duty it is. Nothing here says that a duty is done, or that it was not.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.account import times
from handlers.account.logged import DATE, NOT_THEIRS, REFERENCE, TIME
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.duty import Called, Duty, called_for, due
from handlers.rules.pack import ENGLAND
from handlers.rules.school import OutsideContact
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import DateField, Form, Part, TextField, TimeField
from handlers.ui.spoken_days import Looks

ID: Final = "duty"
GOOD_PRACTICE = "Not yet in force: good practice"


def since(answers: Answers, *, calendar: Calendar, at: datetime) -> datetime:
    """When the writer learned of it, as far as they have said; else now."""
    try:
        known = times.facts(answers, calendar=calendar, at=at)
    except ValueError:
        return at
    return at - timedelta(minutes=int(known.get(times.RECORDED_AFTER, 0)))


def called(answers: Answers, *, calendar: Calendar, at: datetime) -> tuple[Called, ...]:
    """The duties that those answers call for, and since when."""
    known = since(answers, calendar=calendar, at=at)
    return tuple(Called(duty=duty, since=known) for duty in called_for(ENGLAND.duties, answers))


def parts(calls: Sequence[Called], *, calendar: Calendar, at: datetime, outside: OutsideContact) -> tuple[Part, ...]:
    """Each duty with its number and its deadline; nothing where none is called for."""
    shown = [part for call in calls for part in _one(call, calendar=calendar, at=at, outside=outside)]
    return (Heading("You may have a duty of your own"), *shown) if shown else ()


IN_A_CHAT = "You may have a personal duty to report this. Send this first, then press “Your own duty” below it."


def in_a_chat(calls: Sequence[Called]) -> tuple[Part, ...]:
    """That there may be one, where the chat keeps what is shown."""
    return (Words(text=IN_A_CHAT, alert=True),) if calls else ()


def of_pictures(answers: Answers) -> tuple[Part, ...]:
    """What not to do with nudes, where the writer says that it is about them."""
    kinds = answers.get("kinds", ())
    chosen = {kinds} if isinstance(kinds, str) else set(kinds)
    return (Words(text=ENGLAND.words["nudes"], alert=True),) if "nudes" in chosen else ()


def on(form: Form, shown: Sequence[Part]) -> Form:
    """A page of another form with them under its first line."""
    return replace(form, parts=(*form.parts[:1], *shown, *form.parts[1:]))


def _one(call: Called, *, calendar: Calendar, at: datetime, outside: OutsideContact) -> tuple[Part, ...]:
    duty = call.duty
    numbers = [(duty.whom, duty.ring), *([(outside.name, outside.telephone)] if duty.authority else [])]
    pairs = (
        *numbers,
        ("By when", _by_when(call, calendar, at)),
        ("Who must", duty.binds),
        ("The law", _status(duty, calendar, at)),
        *((name, text) for name, text in _said(duty) if text),
    )
    return (
        Words(text=f"{duty.title}. {duty.text[0]}"),
        *(Words(text=line) for line in duty.text[1:]),
        Facts(pairs),
        Words(text=f"Source: {duty.source.cited()}.", subtle=True),
        *([Words(text=f"The time: {duty.deadline.cited()}.", subtle=True)] if duty.deadline.is_default else []),
    )


def _said(duty: Duty) -> tuple[tuple[str, str], ...]:
    return (
        ("The time in the Act", duty.limit),
        ("Exceptions", duty.exceptions),
        ("If you are told not to", duty.deterring),
    )


def _by_when(call: Called, calendar: Calendar, at: datetime) -> str:
    moment = due(call.duty, calendar, since=call.since)
    if moment is None:
        return f"As soon as you can: today, {say.day(at, calendar)}, if possible"
    if moment < at:
        return f"It was due by {say.moment(moment, calendar)}. If you have not rung yet, ring now"
    return say.moment(moment, calendar)


def _status(duty: Duty, calendar: Calendar, at: datetime) -> str:
    if duty.binding(at.astimezone(calendar.zone).date()):
        return "In force"
    if duty.in_force is None:
        return GOOD_PRACTICE
    return f"{GOOD_PRACTICE} until {say.long(duty.in_force)}"


def form(key: str, reference: str, shown: Sequence[Part] = ()) -> Form:
    """The duty to read, and the place to log the call."""
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    fields = (
        Heading("Log your call"),
        TextField(
            name=REFERENCE, label="The reference that the police gave you", most=100,
            hint="It is kept with the concern, where whoever has it sees it.",
        ),
        DateField(name=DATE, label="Date of your call", looks=Looks.BACK),
        TimeField(name=TIME, label="Time of your call"),
        TextField(
            name=NOT_THEIRS, label="Or say why it is not yours to do", long=True,
            hint="For instance: I am not a teacher. Then leave the rest blank, and you are reminded no more.",
        ),
    )
    return Form(
        id=ID, key=key, title="Your own duty", submit="Save", leave="Close", parts=(*about, *shown, *fields)
    )
