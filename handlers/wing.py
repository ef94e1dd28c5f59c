"""What a wing brings to the two doors: presses and forms, commands, offers, cards, jobs, examples.

Each wing ends in one `WING`; `handlers/wings.py` names them in order. Nothing is filled at import from elsewhere, and
nothing is found by its name.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handlers.conversation import CommandTyped, Reply
from handlers.counter import Counter
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Directory
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, Status
from handlers.rules.people import Person, PersonId, Role
from handlers.ui.card import Card, Press
from handlers.ui.form import Form

EVERYBODY = frozenset(Role) - {Role.PUPIL}
Answer = Callable[[UnitOfWork, CommandTyped, Person, datetime], Awaitable[Reply]]
Draw = Callable[[UnitOfWork, Notice, datetime], Awaitable[Card | None]]
"""The card that a notice stands for, from the state as it is then; None where there is nothing to show that person."""
State = Callable[[Concern, PersonId], bool]
"""Whether it can be done with a concern as it is now, by that person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A word after `/concern`: who may use it, what it answers, its line in `/concern help`."""

    word: str
    does: str
    """What it does, as `/concern help` says it; empty where another row's line says it already."""
    answer: Answer
    roles: frozenset[Role] = EVERYBODY
    whom: str = "everybody"
    """Whom it is for, in the sentence that anybody else is answered with."""
    more: bool = False
    """Whether anything may follow it: else the whole of what was typed must be the word."""


def is_open(concern: Concern, _: PersonId) -> bool:
    return concern.status is not Status.CLOSED


def whenever(_: Concern, __: PersonId) -> bool:
    return True


def is_owned(concern: Concern, by: PersonId) -> bool:
    return is_open(concern, by) and concern.owner is not None


def is_theirs(concern: Concern, by: PersonId) -> bool:
    return is_open(concern, by) and concern.owner == by


class Group(StrEnum):
    """How the list behind a card's last button is divided, in this order; the value is what stands over a group."""

    NEXT = "Waiting for you"
    READING = "Reading"
    CHANGING = "Changing"
    """Whose it is, what is owed of it, what stands in it."""
    SHARING = "Sharing"
    """Who may know of it, in school and outside."""
    ENDING = "Ending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A line of *More*: a press that is rarer than the buttons of the card."""

    press: Press
    label: str
    doing: Doing
    group: Group
    when: State = is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What the jobs work with."""

    units: UnitsOfWork
    directories: Mapping[str, Directory]
    """By platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    name: str
    every: float
    """Seconds between ticks: how late a step may be, not how often it happens."""
    run: Callable[[Uses, datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """One of each form and card, for the golden files and the vendors' own validators."""

    forms: Mapping[str, Form] = field(default_factory=dict[str, Form])
    cards: Mapping[str, Card] = field(default_factory=dict[str, Card])
    answers: frozenset[str] = frozenset()
    """The names of those cards that answer whoever asked: no courier carries them. They too are held against
    `ui/may_stand.toml`, for on Teams they stay in a chat."""
    windows: frozenset[str] = frozenset()
    """Those of the answers that are drawn in a window alone, and hold what a chat may not."""


def no_examples() -> Examples:
    return Examples()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wing:
    counters: tuple[Counter, ...] = ()
    commands: tuple[Command, ...] = ()
    offers: tuple[Offer, ...] = ()
    draws: Mapping[NoticeKind, Draw] = field(default_factory=dict[NoticeKind, Draw])
    jobs: tuple[Job, ...] = ()
    examples: Callable[[], Examples] = no_examples
    """Made when somebody asks, which the serving program never does."""
