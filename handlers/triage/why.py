"""Why a concern comes to somebody as a message of its own: what is due or happened, since when, whose, what to press.

Pure. Every step of a clock and every event has its words here; what is settled has none, and its card is plain.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import staff
from handlers.rules import case_clocks, clocks
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Status
from handlers.rules.people import PersonId
from handlers.situation import Situation
from handlers.ui import due, say
from handlers.ui.card import Press
from handlers.ui.due import Due

UNACCEPTED: Mapping[str, str] = {
    "now_0": "Act now",
    "now_5": "Not accepted in 5 minutes",
    "now_10": "Not accepted in 10 minutes",
    "now_15": "Not accepted in 15 minutes",
    "today_30": "Not accepted in 30 minutes of school time",
    "today_60": "Not accepted in an hour of school time",
    "today_120": "Not accepted in two hours of school time",
    "home_time": "Not accepted, and home time is near",
    "week_4h": "Not accepted in 4 hours of school time",
    "week_1d": "Not accepted in a school day",
    "record_2d": "Not accepted in two school days",
    "first_lesson": "Not accepted, and the first lesson is near",
    "passed_over_0": "Whoever was asked first is away or out of reach",
    "passed_over_1": "Everybody asked so far is away or out of reach",
}
"""How a message begins about what nobody has accepted, by the step of `rules.clocks` or of being passed over."""
REVIEW = "Review it"
SAFE = "Safe until"
"""The button with which somebody says why the child is safe until school opens again."""


def not_accepted(step: str) -> str:
    """How a message begins at that step about what nobody has accepted; empty for a step of something else."""
    kind = step.partition(":")[0]
    if kind.startswith(clocks.AGAIN):
        return f"Not accepted in {due.length(int(kind.removeprefix(clocks.AGAIN)))}"
    if kind.startswith(clocks.EACH_DAY):
        return f"Not accepted in {due.in_school_days(int(kind.removeprefix(clocks.EACH_DAY)))}"
    return UNACCEPTED.get(kind, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message as it is drawn for one reader."""

    due: Due
    press: Press
    label: str
    """The button that its first line names."""
    also: tuple[tuple[Press, str], ...] = ()
    """What else its first line names, where the card has no such button by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A concern as one reader is shown it."""

    concern: Concern
    now: Situation
    reader: PersonId
    step: str
    owner: str
    """The owner's name, also of one who has left; empty where there is none."""
    said: Entry | None = None
    """The entry of what happened, where the step is an event's."""

    @property
    def yours(self) -> bool:
        return self.concern.owner == self.reader

    @property
    def name(self) -> str:
        return self.concern.reference

    def moment(self, at: datetime) -> str:
        return say.moment(at, self.now.calendar)

    def by(self) -> str:
        """Whoever did what happened."""
        return self.now.names.get(self.said.by, "a colleague") if self.said and self.said.by else "somebody"


def asked(seen: Seen) -> Asked | None:
    """Why that reader has this message; None where what it was for is settled."""
    if seen.concern.status is Status.CLOSED and seen.said is None:
        return None
    if not_accepted(seen.step):
        return _unaccepted(seen)
    if seen.step.startswith((case_clocks.UNDECIDED, case_clocks.NEAR)):
        return _at_home_time(seen)
    if ":" in seen.step:
        return _clock(seen)
    if event := EVENTS.get(event_of(seen.step)):
        return event.tell(seen)
    return None


def event_of(step: str) -> str:
    """Which event a step is of: `offered_12` is `offered`, its number that of the entry."""
    name, _, number = step.rpartition("_")
    return name if number.isdigit() else step


def _asked(seen: Seen, what: str, when: str, move: tuple[Press, str], *, whose: str = "", then: str = "") -> Asked:
    owned = whose or due.belongs_to(seen.owner, yours=seen.yours)
    return Asked(
        due=Due(what=what, when=when, whose=owned, do=f"{due.press(move[1])}{then}"), press=move[0], label=move[1]
    )


def _unaccepted(seen: Seen) -> Asked | None:
    by = seen.now.accept_by
    if seen.concern.owner is not None or by is None:
        return None
    received = f"received {seen.moment(seen.concern.submitted_at)}"
    when = f"due since {seen.moment(by)}" if seen.now.at >= by else f"{received}, due by {seen.moment(by)}"
    what = f"{not_accepted(seen.step)}: concern {seen.name}"
    return _asked(seen, what, when, (Press.ACCEPT, "Accept"))


def _at_home_time(seen: Seen) -> Asked | None:
    """Home time is near, or it has come and the ladder of "now" runs: until somebody decides or says why it is safe."""
    kind, _, stamp = seen.step.partition(":")
    by = case_clocks.ends_at(seen.concern, seen.now.calendar, near=kind == case_clocks.NEAR)
    if by is None or f"{by:%Y%m%dT%H%M}" != stamp:
        return None
    move = (Press.DECIDE, "Triage") if seen.yours else (Press.COVER, "Take over")
    owed = case_clocks.decide_by(seen.concern, seen.now.calendar) if kind == case_clocks.NEAR else None
    when = _due(seen, owed or by)
    told = _asked(seen, f"{how_late(kind)}: decision on {seen.name}", when, move, then=f" or “{SAFE}”")
    return replace(told, also=((Press.SAFE_UNTIL, SAFE),))


def _due(seen: Seen, by: datetime) -> str:
    return f"due {'since' if by <= seen.now.at else 'by'} {seen.moment(by)}"


def how_late(kind: str) -> str:
    """How late a decision is at that step of `rules.case_clocks`."""
    minutes = int(kind.rpartition("_")[2]) if kind != case_clocks.NEAR else None
    if minutes is None:
        return "Home time is near"
    return f"{due.length(minutes).capitalize()} late" if minutes else "Act now"


def _clock(seen: Seen) -> Asked | None:
    """A step of `rules.case_clocks`: it is settled once the clock no longer runs from the moment that it names."""
    running = {step.name: step.due for step in case_clocks.steps(seen.concern, seen.now.calendar)}
    kind, _, stamp = seen.step.partition(":")
    first = kind.removesuffix("_plus_1")
    if seen.step not in running or seen.concern.owner is None:
        return None
    late = f"{due.school_days(1)}" if kind != first else "Reminder"
    what, press, then, whose = _CLOCKS[first](seen)
    when = f"due since {seen.moment(running[f'{first}:{stamp}'])}"
    return _asked(seen, f"{late}: {what}", when, press, whose=whose, then=then)


_Waits = tuple[str, tuple[Press, str], str, str]
"""What waits, what to press, what for, and whose it is where that is not the owner's."""


def _of_the_owner(seen: Seen, what: str, press: Press, label: str) -> _Waits:
    """Only its owner may do it: anybody else can take it over."""
    if seen.yours:
        return what, (press, label), "", ""
    return what, (Press.COVER, "Take over"), " if they cannot do it", ""


def _of_another(seen: Seen, what: str, move: tuple[Press, str], *less: PersonId | None) -> _Waits:
    """Whoever made it cannot be the second person."""
    made = less[0]
    maker = "you" if made == seen.reader else seen.now.names.get(made, "whoever proposed it") if made else "its owner"
    whose = f"It waits for somebody other than {maker}"
    return (what, (Press.OPEN, "Open"), "", whose) if seen.reader in less else (what, move, "", whose)


_CLOCKS: Mapping[str, Callable[[Seen], _Waits]] = {
    "decide": lambda seen: _of_the_owner(seen, f"decision on {seen.name}", Press.DECIDE, "Triage"),
    "review": lambda seen: _of_the_owner(seen, f"review of {seen.name}", Press.DECIDE, REVIEW),
    "second": lambda seen: _of_another(
        seen, f"second reading of the decision on {seen.name}", (Press.SECOND_READ, "Read the decision"),
        seen.concern.decided_by,
    ),
    "sign_off": lambda seen: _of_another(
        seen, f"sign-off to close {seen.name}", (Press.SIGN_OFF, "Sign off"),
        seen.concern.close_proposed_by, seen.concern.owner,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, of which somebody is told."""

    deed: Deed
    tell: Callable[[Seen], Asked | None]


def _news(seen: Seen, what: str, *, why: bool = False) -> Asked | None:
    """What happened and when, and what is to be done with it as it stands now. `why`: the reason is in the window."""
    if seen.said is None:
        return None
    move = (Press.OPEN, "Open") if why and seen.concern.owner is not None else _next(seen)
    read = " to read it" if why and move[0] is Press.OPEN else ""
    closed = "It is closed" if seen.concern.status is Status.CLOSED else ""
    return _asked(seen, what, seen.moment(seen.said.at), move, whose=closed, then=read)


def _next(seen: Seen) -> tuple[Press, str]:
    concern = seen.concern
    if concern.status is Status.CLOSED:
        return Press.OPEN, "Open"
    if concern.owner is None:
        return Press.ACCEPT, "Accept"
    return (Press.DECIDE, "Triage") if seen.yours and concern.status is not Status.TRIAGED else (Press.OPEN, "Open")


def _offered(seen: Seen) -> Asked | None:
    concern = seen.concern
    if concern.offered_to != seen.reader or concern.offered_at is None:
        return None
    ends = case_clocks.offer_ends(concern, seen.now.calendar)
    until = f", and the offer ends {seen.moment(ends)}" if ends else ""
    what, since = f"{seen.owner} offers you concern {seen.name}", f"since {seen.moment(concern.offered_at)}"
    stays = f"It stays {due.possessive(seen.owner)} until you accept"
    return _asked(seen, what, f"{since}{until}", (Press.ACCEPT, "Accept"), whose=stays, then=" or “Decline”")


def _gone(seen: Seen) -> Asked | None:
    """It came back from an owner who left, or has it by their post no longer: whose it was, and why it waits."""
    if seen.said is None or seen.concern.owner is not None:
        return None
    facts, since = seen.said.facts, f"since {seen.moment(seen.said.at)}"
    whose = WHOSE_IT_WAS[facts["why"]].format(who=staff.name(seen.now.names, facts["whose"]))
    return _asked(seen, f"Concern {seen.name} waits for a new owner", since, (Press.ACCEPT, "Accept"), whose=whose)


WHOSE_IT_WAS: Mapping[str, str] = {
    "left": "{who} had it and is no longer here",
    "post": "{who} had it and receives such concerns no longer",
}
"""By the code of the entry, as `notices.RETURNED`."""


EVENTS: Mapping[str, Event] = {
    "offered": Event(deed=Deed.HANDED_OVER, tell=_offered),
    "lapsed": Event(
        deed=Deed.OFFER_LAPSED, tell=lambda seen: _news(seen, f"Nobody answered when you offered {seen.name}")
    ),
    "declined": Event(
        deed=Deed.OFFER_DECLINED, tell=lambda seen: _news(seen, f"{seen.by()} declined {seen.name}", why=True)
    ),
    "taken_over": Event(
        deed=Deed.TAKEN_OVER, tell=lambda seen: _news(seen, f"{seen.by()} took over {seen.name} from you", why=True)
    ),
    "second_no": Event(
        deed=Deed.SECOND_READ,
        tell=lambda seen: _news(seen, f"Decide again: {seen.by()} did not agree with the decision on {seen.name}"),
    ),
    "kept_open": Event(
        deed=Deed.KEPT_OPEN,
        tell=lambda seen: _news(seen, f"{seen.by()} did not sign off the closing of {seen.name}", why=True),
    ),
    "merge_refused": Event(
        deed=Deed.MERGE_REFUSED,
        tell=lambda seen: _news(seen, f"{seen.by()} did not agree to merge {seen.name}", why=True),
    ),
    "disposal_refused": Event(
        deed=Deed.DISPOSAL_REFUSED,
        tell=lambda seen: _news(seen, f"{seen.by()} did not agree to dispose of {seen.name}", why=True),
    ),
    "added": Event(deed=Deed.ADDED, tell=lambda seen: _news(seen, f"The reporter added to {seen.name}", why=True)),
    "named": Event(deed=Deed.NAMED, tell=lambda seen: _news(seen, f"Concern {seen.name} comes to you now")),
    "sealed": Event(deed=Deed.SEALED, tell=lambda seen: _news(seen, f"Concern {seen.name} is sealed and open to you")),
    "escalated": Event(
        deed=Deed.ESCALATED, tell=lambda seen: _news(seen, f"{seen.by()} escalated concern {seen.name} to you")
    ),
    "made_graver": Event(
        deed=Deed.MADE_GRAVER, tell=lambda seen: _news(seen, f"Concern {seen.name} comes to you now")
    ),
    "owner_gone": Event(deed=Deed.OWNER_GONE, tell=_gone),
}  # fmt: skip
"""What happened, by how the step of its notice begins; the number behind it is the entry's own."""
