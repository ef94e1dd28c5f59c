"""A concern about an adult as a case of its own kind: what is judged of it, which steps stand, what is owed. Pure.

Everything is read back from its entries: nothing of it is kept twice (KCSIE part four; DOMAIN, "Adults").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from handlers.rules.adults import Adults, Barring, Calls, Clock, Finding
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Concern, Route
from handlers.rules.routing import Weight

ROUTES: Final = frozenset({Route.HEAD, Route.CHAIR, Route.VICE_CHAIR, Route.OUTSIDE, Route.TRUST, Route.LOW_LEVEL})
"""Where concerns about adults go. Nothing of them stands on the leads' side."""


class Judged(StrEnum):
    """What it is judged to be. Stored in sealed words: never rename."""

    ALLEGATION = "allegation"
    LOW_LEVEL = "low_level"


class ChildIs(StrEnum):
    """Whether the child's part is made."""

    NAMED = "named"
    NOT_YET = "not_yet"
    """There may be a child, and nobody can name them: asked again until somebody can."""
    NONE = "none"


class Meeting(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    NOT_HELD = "not_held"
    """The LADO, or whoever would hold it, says that none is needed."""


class Barred(StrEnum):
    """What became of a referral that the law asks for, or has considered."""

    REFERRED = "referred"
    NOT_NEEDED = "not_needed"


JUDGED, LIMBS, CHILD, MEETING, FINDING = "adult_is", "limbs", "child_is", "meeting_is", "finding"
TOLD, REMOVED, TEACHER, BODY, BARRED = "adult_told", "removed", "teacher", "barring_body", "barring_is"
SUSPENDED, WRITTEN = "suspended", "written_date"
"""Words of the entries that are read back, by the names of the forms' fields."""
IS_SUSPENDED: Final = "suspended"
"""The answer by which they are."""
CHILD_PART: Final = "child_part"
"""The fact that holds the id of the child's part."""


def is_about(concern: Concern) -> bool:
    """Whether it is about an adult and triaged as such, never as a child's."""
    return concern.about in {About.ADULT, About.BOTH} and concern.route in ROUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How it stands."""

    weight: Weight
    """As whoever reported it weighed it; unsure is an allegation."""
    reported_at: datetime
    judged: Judged | None = None
    since: datetime | None = None
    """From when it counts as an allegation; None where it does not."""
    raised_at: datetime | None = None
    """When a low-level concern was raised to an allegation that has not been triaged as one yet."""
    triaged_at: datetime | None = None
    child: ChildIs | None = None
    child_at: datetime | None = None
    meeting: Meeting | None = None
    meeting_at: datetime | None = None
    """When it is planned for."""
    suspension_at: datetime | None = None
    unwritten_since: datetime | None = None
    """From when the adult is suspended, as long as it is not recorded that they have the reasons in writing."""
    support_at: datetime | None = None
    """When it was recorded that the adult was told."""
    support_asked_at: datetime | None = None
    """When it was last said why not yet."""
    finding: Finding | None = None
    found_at: datetime | None = None
    removed: bool = False
    teacher: bool = False
    barred: Mapping[str, Barred] = field(default_factory=dict[str, Barred])

    @property
    def allegation(self) -> bool:
        return self.since is not None

    @property
    def unmet(self) -> bool:
        """No meeting is recorded as held, or as not needed."""
        return self.meeting in {None, Meeting.PLANNED}

    @property
    def low_level(self) -> bool:
        return not self.allegation


def case_of(concern: Concern, weight: Weight, entries: Iterable[Entry]) -> Case:
    """The case as its entries tell it, in their order; their words must be open."""
    grave = weight is Weight.ALLEGATION
    case = Case(weight=weight, reported_at=concern.submitted_at, since=concern.submitted_at if grave else None)
    for entry in entries:
        read = _READ.get(entry.deed)
        case = read(case, entry) if read else case
    return case


def _raised(case: Case, entry: Entry) -> Case:
    return replace(case, child=ChildIs.NAMED, child_at=entry.at) if entry.facts.get(CHILD_PART) else case


def _triaged(case: Case, entry: Entry) -> Case:
    said = str(entry.words.get(JUDGED) or "")
    if said not in set(Judged):
        return case
    grave = said == Judged.ALLEGATION
    since = (case.since or entry.at) if grave else None
    case = replace(case, judged=Judged(said), since=since, triaged_at=entry.at, raised_at=None)
    return _child(case, entry)


def _child(case: Case, entry: Entry) -> Case:
    """Once a part is made it stays made, whatever is answered afterwards."""
    said = str(entry.words.get(CHILD) or "")
    if said not in set(ChildIs) or case.child is ChildIs.NAMED:
        return case
    return replace(case, child=ChildIs(said), child_at=entry.at)


def _graver(case: Case, entry: Entry) -> Case:
    return replace(case, judged=Judged.ALLEGATION, since=case.since or entry.at, raised_at=entry.at)


def _met(case: Case, entry: Entry) -> Case:
    due = entry.facts.get("due")
    at = datetime.fromisoformat(due) if due else None
    return replace(case, meeting=Meeting(str(entry.words[MEETING])), meeting_at=at)


def _suspension(case: Case, entry: Entry) -> Case:
    """What was recorded last holds: nobody who is suspended no longer is owed the reasons."""
    owed = entry.words.get(SUSPENDED) == IS_SUSPENDED and not entry.words.get(WRITTEN)
    since = (case.unwritten_since or entry.at) if owed else None
    return replace(case, suspension_at=entry.at, unwritten_since=since)


def _support(case: Case, entry: Entry) -> Case:
    told = entry.words.get(TOLD) == "told"
    return replace(case, support_at=entry.at if told else case.support_at, support_asked_at=entry.at)


def _found(case: Case, entry: Entry) -> Case:
    return replace(
        case, finding=Finding(str(entry.words[FINDING])), found_at=entry.at,
        removed=entry.words.get(REMOVED) == "yes", teacher=entry.words.get(TEACHER) == "yes",
    )  # fmt: skip


def _barred(case: Case, entry: Entry) -> Case:
    return replace(case, barred={**case.barred, str(entry.words[BODY]): Barred(str(entry.words[BARRED]))})


def _reopened(case: Case, entry: Entry) -> Case:
    """What was found holds no longer: it is looked into again."""
    return replace(case, finding=None, found_at=None)


_READ = {
    Deed.RAISED: _raised,
    Deed.DECIDED: _triaged,
    Deed.CHILD_ASKED: _child,
    Deed.MADE_GRAVER: _graver,
    Deed.STRATEGY: _met,
    Deed.SUSPENSION: _suspension,
    Deed.ADULT_SUPPORT: _support,
    Deed.FOUND_OF_ADULT: _found,
    Deed.BARRING: _barred,
    Deed.REOPENED: _reopened,
}


class Step(StrEnum):
    """What is asked of whoever runs an allegation. Stored in the names of chased steps: never rename."""

    LADO = "lado"
    LIMBS = "limbs"
    CHILD = "child"
    SUSPENSION = "suspension"
    WRITTEN = "written"
    SUPPORT = "support"
    MEETING = "meeting"
    FINDING = "finding"
    BARRING = "barring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A step that is not done."""

    step: Step
    due: datetime
    body: str = ""
    """Which body, of a referral that the law asks for."""

    @property
    def name(self) -> str:
        """Stored with whom it chased; it carries the moment, so that what is owed afresh is chased afresh."""
        return f"{self.step}{f'_{self.body}' if self.body else ''}:{self.due:%Y%m%dT%H%M}"


def called_for(case: Case, body: Barring) -> bool:
    """Whether the law has the school refer the adult to that body, or consider it, by what was found."""
    if case.finding is None:
        return False
    grave = case.removed or case.finding is Finding.SUBSTANTIATED
    return grave and (case.teacher or body.calls is not Calls.TEACHER)


def barring_owed(case: Case, adults: Adults) -> tuple[Barring, ...]:
    """The bodies of which nothing is recorded yet."""
    return tuple(body for body in adults.barring if called_for(case, body) and body.key not in case.barred)


def owed(case: Case, adults: Adults, calendar: Calendar, *, told: datetime | None) -> tuple[Owed, ...]:
    """The steps of an allegation that are chased and not done, earliest first; none before it is triaged.

    `told`: when the LADO was. That they must be is chased with the referrals (`referral_clocks.make_by`).
    """
    if case.since is None:
        return ()
    found = [*_after_triage(case, adults, calendar, told=told)]
    if case.raised_at is not None:
        found.append(Owed(step=Step.LIMBS, due=_by(case.raised_at, Clock.LIMBS, adults, calendar)))
    if case.meeting is Meeting.PLANNED and case.meeting_at is not None:
        found.append(Owed(step=Step.MEETING, due=case.meeting_at))
    if case.unwritten_since is not None:
        found.append(Owed(step=Step.WRITTEN, due=_by(case.unwritten_since, Clock.WRITTEN, adults, calendar)))
    for body in barring_owed(case, adults):
        due = calendar.after_working_days(case.found_at or case.since, body.days)
        found.append(Owed(step=Step.BARRING, due=due, body=body.key))
    return tuple(sorted(found, key=lambda one: one.due))


def _after_triage(case: Case, adults: Adults, calendar: Calendar, *, told: datetime | None) -> Iterator[Owed]:
    if case.triaged_at is None or case.since is None:
        return
    if case.child in {None, ChildIs.NOT_YET}:
        yield Owed(step=Step.CHILD, due=_by(case.child_at or case.triaged_at, Clock.CHILD, adults, calendar))
    if case.suspension_at is None and case.finding is None:
        since = max(case.since, case.triaged_at)
        yield Owed(step=Step.SUSPENSION, due=_by(since, Clock.SUSPENSION, adults, calendar))
    if case.support_at is None:
        since = case.support_asked_at or max(told or case.triaged_at, case.triaged_at)
        yield Owed(step=Step.SUPPORT, due=_by(since, Clock.SUPPORT, adults, calendar))


def _by(since: datetime, clock: Clock, adults: Adults, calendar: Calendar) -> datetime:
    return calendar.after_working_days(since, adults.days[clock])


def unsettled(case: Case, adults: Adults, *, told: datetime | None) -> str:
    """Why an allegation cannot be closed yet, as a sentence; empty where it can."""
    if case.since is None:
        return ""
    if case.raised_at is not None:
        return "This has been raised to an allegation and not triaged as one yet. Press “Triage” or “Decide again”."
    if told is None:
        return "It is not recorded that the LADO was told of this allegation. Record it under “Next steps” first."
    if case.child in {None, ChildIs.NOT_YET}:
        return "No child has been named yet. Name the child under “Next steps”, or say why there is none."
    if case.finding is None:
        return "An allegation is closed with its outcome. Record it under “Next steps” first."
    if left := barring_owed(case, adults):
        return f"Record under “Next steps” what became of this first: {left[0].name}."
    return ""
