"""The short forms about actions, one function each: what is asked, and nothing about what it does.

Keys are those of `forms.moves`. When an action is due may be left out: then it is worked out (`rules.due`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.record import of_several
from handlers.rules import due
from handlers.rules.action import ActionKind
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.concern import Urgency
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.ui import say, who
from handlers.ui.card import Press, Quote, Words
from handlers.ui.form import ChoiceField, DateField, Form, Option, Part, PickField, Source, TextField, TimeField
from handlers.ui.listing import fitting
from handlers.ui.reader import Reader
from handlers.ui.spoken_days import Looks

ASSIGN, DONE, WAIT, MORE_TIME = "assign", "done", "wait", "more_time"
SEND_BACK, REASSIGN, CANCEL, CHOOSE = "send_back", "reassign", "cancel_action", "actions"
MOST_LISTED: Final = 100
"""Choices in one list (Slack's limit, and on Teams well within a card's 25 KB)."""

_KINDS = tuple(
    Option(key=kind.value, label=f"{usual.label} · {say.URGENCY[usual.urgency].lower()}")
    for kind, usual in ENGLAND.actions.kinds.items()
)
_URGENCIES = tuple(Option(key=urgency.value, label=label) for urgency, label in say.URGENCY.items())
DEEDS: Final = {
    Press.OPEN_ACTION: "Read it, and what has been done",
    Press.VERIFY: "Verify it",
    Press.SEND_BACK: "Send it back",
    Press.MORE_TIME: "Give it more time",
    Press.REASSIGN: "Give it to somebody else",
    Press.CANCEL_ACTION: "Cancel it",
}


def assign(key: str, reference: str, staff: Sequence[Person], children: Sequence[Option] = ()) -> Form:
    """`children`: those of the concern, where there are several; a document made for another has nothing of it."""
    which = of_several.asks(of_several.NAME, children, hint="Leave this blank where it is about all of them.")
    parts = (
        *which,
        ChoiceField(
            name="kind", label="What sort of action?", options=_KINDS, required=True, menu=True,
            hint="Each says how soon it is usually done.",
        ),
        TextField(
            name="what", label="What is to be done?", required=True, long=True,
            hint="They see this, and nothing else about the concern.",
        ),
        _who("owner", "Who will do it?", staff),
        ChoiceField(
            name="urgency", label="How soon?", options=_URGENCIES, menu=True,
            hint="Leave this blank for the usual time.",
        ),
        *_due("Leave this blank to have it worked out, in school time."),
    )
    about = f"Concern {reference}" if reference else ""
    return _form(ASSIGN, key, "Assign an action", about, parts, submit="Assign")


def done(key: str, reference: str, kind: ActionKind = ActionKind.OTHER) -> Form:
    hint = ENGLAND.actions.kinds[kind].hint
    what = TextField(name="what_done", label="What did you do?", required=True, long=True, hint=hint)
    return _form(DONE, key, "Action done", _action(reference), (what,), submit="Done")


def wait(key: str, reference: str) -> Form:
    parts = (
        TextField(name="agency", label="Who are you waiting for?", required=True, most=200, asks=Asks.NAME),
        DateField(
            name="until", label="Until when?", looks=Looks.AHEAD, required=True,
            hint="You will be reminded that morning, and not before."
        ),
        TextField(name="note", label="What you asked of them", long=True),
    )
    return _form(WAIT, key, "Wait for an agency", _action(reference), parts, submit="Wait")


def more_time(key: str, reference: str, asked: str = "") -> Form:
    """`asked` is the reason its owner gave, for whoever may give the time."""
    told: tuple[Part, ...] = (Words(text="Why more time is asked for", subtle=True), Quote(asked)) if asked else ()
    reason = TextField(name="reason", label="Why is more time needed?", required=True, long=True)
    parts = (*told, *_due("", label="New due date", required=True), reason)
    return _form(MORE_TIME, key, "More time", _action(reference), parts, submit="Send")


def send_back(key: str, reference: str) -> Form:
    reason = TextField(
        name="reason", label="What is still to be done?", required=True, long=True, hint="Its owner reads this."
    )
    parts = (reason, *_due("Leave this blank to keep the date it has, or for a new one where that has passed."))
    return _form(SEND_BACK, key, "Send back", _action(reference), parts, submit="Send back")


def reassign(key: str, reference: str, staff: Sequence[Person]) -> Form:
    parts = (
        _who("to", "Who will do it now?", staff),
        TextField(
            name="reason", label="Why?", required=True, long=True,
            hint="For the record. Neither of them is shown it.",
        ),
        *_due("Leave this blank to keep the date it has, or for a new one where that has passed."),
    )
    return _form(REASSIGN, key, "Give to somebody else", _action(reference), parts, submit="Give it")


def cancel(key: str, reference: str) -> Form:
    reason = TextField(name="reason", label="Why is it no longer needed?", required=True, long=True)
    return _form(CANCEL, key, "Cancel an action", _action(reference), (reason,), submit="Cancel action")


def choose(key: str, reference: str, listed: Sequence[Option]) -> Form:
    """One of a concern's actions, and what is to become of it."""
    about = f"Concern {reference}" if reference else ""
    if not listed:
        nothing = Words(text="This concern has no actions yet.")
        return _form(CHOOSE, key, "Actions", about, (nothing,), submit="")
    deeds = tuple(Option(key=press.value, label=label) for press, label in DEEDS.items())
    options, note = fitting(listed, "The rest is settled, and in the chronology.")
    parts = (
        *note,
        ChoiceField(name="which", label="Which action?", options=options, required=True, menu=True),
        ChoiceField(name="deed", label="What do you want to do?", options=deeds, required=True),
    )
    return _form(CHOOSE, key, "Actions", about, parts, submit="Next")


def kind_of(answers: Answers) -> tuple[ActionKind, Urgency]:
    """What sort of action was chosen, and how soon: as is usual for it where that was left."""
    kind = ActionKind(str(answers["kind"]))
    chosen = str(answers.get("urgency") or "")
    return kind, Urgency(chosen) if chosen else ENGLAND.actions.urgency(kind)


def due_of(answers: Answers, *, calendar: Calendar, at: datetime, now: bool = False) -> datetime | None:
    """The due moment that was typed, None where it was left; raises `InvalidForm` when it will not do.

    `now`: it is done at once, on a day without school too.
    """
    reader = Reader(answers)
    if reader.text("due_time") and not reader.text("due_date"):
        reader.complain("due_date", "Give the date too, or leave the time empty.")
    moment = reader.moment("due_date", "due_time", calendar)
    if moment is not None and not reader.text("due_time"):
        moment = calendar.closing(moment.astimezone(calendar.zone).date())
    if moment is not None and moment <= at:
        reader.complain("due_date", "This time has passed already. Choose a later one.")
    elif moment is not None and not now:
        _school_day(reader, "due_date", moment, calendar)
    reader.finish()
    return moment


def until_of(answers: Answers, *, calendar: Calendar, at: datetime) -> datetime:
    """The morning on which a wait ends; raises `InvalidForm` when that has passed or there is no school."""
    reader = Reader(answers)
    midday = reader.moment("until", "", calendar)
    day = calendar.opening(midday.astimezone(calendar.zone).date()) if midday else None
    if day is None or day <= at:
        reader.complain("until", "Choose a later day: this morning has passed.")
    else:
        _school_day(reader, "until", day, calendar)
    reader.finish()
    assert day is not None
    return day


def _school_day(reader: Reader, name: str, moment: datetime, calendar: Calendar) -> None:
    if due.no_school(moment, calendar):
        following = say.day(calendar.next_opening(moment), calendar)
        closed = say.day(moment, calendar)
        reader.complain(name, f"There is no school on {closed}. The next school day is {following}.")


def _who(name: str, label: str, staff: Sequence[Person]) -> PickField:
    listed = who.staff(staff)
    return PickField(
        name=name, label=label, source=Source.STAFF, required=True, hint="Type two letters of the name.",
        options=listed if len(listed) <= MOST_LISTED else (),
    )


def _due(hint: str, *, label: str = "Due date", required: bool = False) -> tuple[DateField, TimeField]:
    return (
        DateField(name="due_date", label=label, looks=Looks.AHEAD, required=required, hint=hint),
        TimeField(name="due_time", label="Due time", hint="Leave this blank for the end of the school day."),
    )


def _action(reference: str) -> str:
    return f"Action {reference}" if reference else ""


def _form(id: str, key: str, title: str, about: str, parts: Sequence[Part], *, submit: str) -> Form:
    said = (Words(text=about, subtle=True),) if about else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*said, *parts))
