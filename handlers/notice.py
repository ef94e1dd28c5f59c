"""A notice: something to show somebody, by reference, and which card it stands for. Never the words themselves."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from handlers.rules.people import PersonId
from handlers.rules.school import Place


class NoticeKind(StrEnum):
    """Which card a notice stands for. The value is stored: add, never rename."""

    TRIAGE = "triage"
    """The triage card in the leads' private channel, or to the head where it goes there."""
    CHASE = "chase"
    """Somebody must look at this concern: one card a person, updated in place."""
    DANGER = "danger"
    """Somebody who is still writing says that a child is in danger now: to each lead, before the rest is asked."""
    DRAFT = "draft"
    """Something was begun and not sent: to its writer with a way on, later to those who would receive it."""
    RECEIPT = "receipt"
    """The reporter's own card: received, read, owned, decision recorded."""
    RING = "ring"
    """To the reporter, each time that nobody has answered in time: who was asked, and whom to ring."""
    DUTY = "duty"
    """A duty of the reporter's own that they have not logged: to them, and to who has the concern."""
    ACTION = "action"
    """An action, to the person who owes it."""
    OVERDUE = "overdue"
    """An overdue action, to the concern's owner or the leads."""
    VERIFY = "verify"
    """An action that is done, to whoever says whether it is what was asked."""
    MORE_TIME = "more_time"
    """Its owner asks for more time: to whoever may give it."""
    EXTENDED = "extended"
    """An action has been given more time for the third time: to the leads."""
    SECOND = "second"
    """A decision waits for its second reader."""
    REFERRAL = "referral"
    """A referral, to whoever carries it: in private chat alone."""
    REFER_DUE = "refer_due"
    """An outside agency was to be told, and no referral is recorded: to who receives the concern."""
    STEP_DUE = "step_due"
    """A step of a case about an adult is late: to whoever runs it."""
    LOG_DUE = "log_due"
    """A log is to be read before the term ends: to whoever keeps it."""
    SIGN_OFF = "sign_off"
    """Closing waits for the sign-off of another lead."""
    MERGE = "merge"
    """Somebody proposes that a concern goes on in another: to whoever may agree."""
    SHARE = "share"
    """Something is shared with a colleague for a time."""
    SAMPLE = "sample"
    """The month's records to look at, to each lead."""
    ORPHANED = "orphaned"
    """Somebody can do an action no longer, because they are named by now: to those who may give it to another."""
    BREAK_GLASS = "glass"
    """Somebody asks to open a concern in an emergency: to whoever may agree, and the answer to who asked."""
    BREAK_GLASS_OPEN = "glass_open"
    """A concern is open to somebody in an emergency: to them, the leads and the chair."""
    DIGEST = "digest"
    BOARD = "board"
    """What waits for one person, kept up to date where it stands. Never in a channel."""
    HUDDLE = "huddle"
    """The leads' week, once a week."""
    COVER = "cover"
    """Somebody is away: to who covers for them, and to themselves once it is taken over."""
    ALARM = "alarm"
    """Something is wrong with the delivery itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to show somebody, by reference: never the words themselves."""

    kind: NoticeKind
    place: Place
    subject: UUID
    """The concern, the action, or for a digest the day's own id."""
    to: PersonId | None = None
    """The person, where the place is a person's."""
    step: str = ""
    """Which nudge it is, where the same card comes again as a new message (`due`, `plus_1`); empty: update in place."""
