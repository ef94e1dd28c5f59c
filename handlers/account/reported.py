"""Reads what was typed into the form behind /concern: values for the rules, or every complaint at once.

What one field needs is said with the field (`forms.concern`); here is only what fields need of each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.account import called_for, times, voices
from handlers.account.form import BESIDE, CHILDREN, FIRST, fields, page_of
from handlers.account.goes import Goes, into
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Urgency
from handlers.rules.routing import Post, Weight
from handlers.ui import possible_days
from handlers.ui.form import Field
from handlers.ui.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What the rules need of an account; the account itself is the answers."""

    about: About
    urgency: Urgency
    adult: str
    """The id of the member of staff named, or empty."""
    adult_post: Post | None
    close: str
    """The id of the lead, head or chair who is involved or close, or empty: they are told nothing of it."""
    delays: Mapping[str, str] = field(default_factory=dict[str, str])
    """Minutes from its happening to its being learned and recorded, as far as known (`forms.times`)."""
    kept: Answers
    """The answers to the fields shown and what was kept beside them; nothing else that may have come with them."""


def check_page(number: int, answers: Answers, *, calendar: Calendar, at: datetime) -> None:
    """Raises `InvalidForm` with every complaint about that page."""
    answers = _settled(answers, calendar=calendar, at=at)
    reader = _checked(answers, calendar=calendar, at=at)
    here = {name: words for name, words in reader.complaints().items() if page_of(name, answers) == number}
    narrowed = Reader(answers)
    for name, words in here.items():
        narrowed.complain(name, words)
    narrowed.finish()


def read(answers: Answers, *, calendar: Calendar, at: datetime) -> Reported:
    """The whole account; raises `InvalidForm` with every complaint about any page."""
    answers = _settled(answers, calendar=calendar, at=at)
    reader = _checked(answers, calendar=calendar, at=at)
    reader.finish()
    shown = [field for field in fields(answers) if field.name in into(Goes.WINDOW)]
    post = reader.text("adult_post")
    return Reported(
        about=_about(reader),
        urgency=Urgency.NOW if reader.text("danger") == "yes" else Urgency(reader.text("urgency")),
        adult=reader.text("adult"),
        adult_post=Post(post) if post else None,
        close=reader.text("close"),
        delays=times.facts(answers, calendar=calendar, at=at),
        kept={**{field.name: answers[field.name] for field in shown if answers.get(field.name)}, **_beside(answers)},
    )


def _settled(answers: Answers, *, calendar: Calendar, at: datetime) -> Answers:
    """With dates for days, and with what follows where it was not asked: when it was learned of."""
    told = times.dated(answers, calendar=calendar, at=at)
    if told.get("learned") or not told.get("happened") or called_for.learned_apart(answers):
        return told
    if called_for.first_hand(told):
        return {**told, "learned": "same"}
    return {**told, "learned": "then", "learned_date": told["happened_date"]}


def _about(reader: Reader) -> About:
    """What it is about; an allegation that names a child has a child's part too (DOMAIN, "Who gets it")."""
    about = About(reader.text("about"))
    grave = reader.text("adult_weight") in {"", Weight.ALLEGATION}
    return About.BOTH if about is About.ADULT and grave and reader.text("child_1") else about


def _beside(answers: Answers) -> Answers:
    """What is kept beside the fields: a first text only where it was changed since."""
    same = {first for field, first in FIRST.items() if answers.get(first) == answers.get(field)}
    return {name: answers[name] for name in BESIDE if answers.get(name) and name not in same}


def _checked(answers: Answers, *, calendar: Calendar, at: datetime) -> Reader:
    reader = Reader(answers)
    reader.check(fields(answers))
    about = reader.text("about")
    if about in {About.CHILD, About.BOTH}:
        _check_children(reader)
    if about in {About.ADULT, About.BOTH}:
        _check_adult(reader)
    _check_times(reader, calendar=calendar, at=at)
    days = possible_days.Days(today=at.astimezone(calendar.zone).date())
    reader.complain_all(possible_days.complaints(_dates(answers), answers, days))
    told = any(reader.said(name) for name in ("facts", "others")) or voices.said_something(answers)
    if not told and not voices.said_nothing(answers):
        reader.complain("facts", "Write what you saw or heard, or below it what the child or somebody else told you.")
    return reader


def _dates(answers: Answers) -> tuple[Field, ...]:
    """Those that are read: what "yesterday" means is worked out."""
    return tuple(one for one in fields(answers) if answers.get(one.name.removesuffix("_date")) == "then")


def _check_children(reader: Reader) -> None:
    if not reader.text("child_1") and not reader.said("child_other"):
        reader.complain("child_other", "Write whom you mean, or go back and choose the child from the list.")
    for number in CHILDREN:
        child, role = reader.text(f"child_{number}"), reader.text(f"role_{number}")
        if role and not child and not (number == "1" and reader.text("child_other")):
            reader.complain(f"child_{number}", "Choose the child whose part this is.")
        if child and child in [reader.text(f"child_{other}") for other in CHILDREN if other < number]:
            reader.complain(f"child_{number}", "This is the same child again.")


def _check_adult(reader: Reader) -> None:
    if not reader.text("adult") and not reader.said("adult_other"):
        reader.complain("adult_other", "Write whom you mean, or go back and choose the adult from the list.")
    if reader.text("adult_other") and not reader.text("adult_post"):
        reader.complain("adult_post", "Choose what they do here: it decides who is told.")


def _check_times(reader: Reader, *, calendar: Calendar, at: datetime) -> None:
    happened = _moment(reader, "happened", calendar=calendar, at=at)
    learned = _moment(reader, "learned", calendar=calendar, at=at)
    if happened and learned and learned.date() < happened.date():
        reader.complain("learned_date", "This is before it happened. Check both dates.")
    if reader.text("happened") == "unknown" and reader.text("learned") == "same":
        reader.complain("learned", times.NOT_THEN)


def _moment(reader: Reader, which: str, *, calendar: Calendar, at: datetime) -> datetime | None:
    """The moment that is dated, with its complaints; None where it is not dated. Never silently now."""
    if reader.text(which) != "then":
        return None
    day, clock = f"{which}_date", f"{which}_time"
    if not reader.text(day):
        reader.complain(day, "Give the date.")
    moment = reader.moment(day, clock, calendar)
    timed = bool(reader.text(clock))
    if moment and (moment > at + timedelta(minutes=5) if timed else moment.date() > at.date()):
        reader.complain(day, "This is in the future. Check the date and the time.")
    return moment
