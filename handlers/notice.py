"""A notice: something to show somebody, by reference, and which card it stands for. Never the words themselves.

Of what is about one thing one message stands with a person (`STANDS`): a newer one takes the place of the older.
"""

from collections.abc import Mapping
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
    MORE_ASKED = "more_asked"
    """Whoever has the concern asks its reporter for more detail: to the reporter."""
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
    LETTER = "letter"
    """A letter that somebody asked for is fetched, or was not in its time: to who asked."""
    STEP_DUE = "step_due"
    """A step of a case about an adult is late: to whoever runs it."""
    LOG_DUE = "log_due"
    """A log is to be read before the term ends: to whoever keeps it."""
    SIGN_OFF = "sign_off"
    """Closing waits for the sign-off of another lead."""
    MERGE = "merge"
    """Somebody proposes that a concern goes on in another: to whoever may agree."""
    DISPOSAL = "disposal"
    """Somebody proposes to dispose of a record: to whoever may agree."""
    DISPOSED = "disposed"
    """It is done: to who proposed it."""
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
    CLOSED = "closed"
    """School has other hours for some days: what was said, in the leads' places."""
    DIGEST = "digest"
    BOARD = "board"
    """What waits for one person, kept up to date where it stands. Never in a channel."""
    HUDDLE = "huddle"
    """The leads' week, once a week."""
    TUTOR = "tutor"
    """A form tutor's own week, once a week."""
    COVER = "cover"
    """Somebody is away: to who covers for them, and to themselves once it is taken over."""
    ALARM = "alarm"
    """Something is wrong with the delivery itself."""
    CHECKPOINT = "checkpoint"
    """How far the audit trail has come, for whoever keeps a copy apart from the database."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """How the messages of a kind stand with one person."""

    why: str
    """The reason: who owes what by it, or why it asks for nobody's eyes."""
    among: str = ""
    """What it shares its place with, where several kinds are about the same; else it has one of its own."""
    loud: bool = True
    """It comes as a new message; else what stands already changes, and a new one comes only where nothing stands."""
    each: bool = False
    """Each of them stays: one does not speak for another."""


CONCERN, ABOVE = "concern", "above"
STANDS: Mapping[NoticeKind, Stands] = {
    NoticeKind.TRIAGE: Stands(among=CONCERN, why="whoever receives it owes its acceptance; a channel has it once"),
    NoticeKind.CHASE: Stands(among=CONCERN, why="a step of a clock, or what happened: that reader owes the next step"),
    NoticeKind.DANGER: Stands(among=CONCERN, why="somebody must be on it now; once it is sent it is the concern's"),
    NoticeKind.SECOND: Stands(among=CONCERN, why="another lead owes a second reading"),
    NoticeKind.SIGN_OFF: Stands(among=CONCERN, why="another lead owes the sign-off"),
    NoticeKind.MERGE: Stands(why="whoever may agree owes an answer, beside what else waits of that concern"),
    NoticeKind.DISPOSAL: Stands(why="whoever may agree owes an answer"),
    NoticeKind.DISPOSED: Stands(why="who proposed it learns that it is done: nothing else of it stands any more"),
    NoticeKind.RECEIPT: Stands(why="the writer's own, drawn again in place for as long as it stands"),
    NoticeKind.RING: Stands(why="at each rung whom to ring is another: the newest says who has not answered so far"),
    NoticeKind.MORE_ASKED: Stands(why="the reporter owes an answer to who has the concern"),
    NoticeKind.DUTY: Stands(why="whose duty it is owes the call; who has the concern owes asking them"),
    NoticeKind.DRAFT: Stands(why="its writer owes the end of it; later somebody must ask them"),
    NoticeKind.ACTION: Stands(why="its owner owes it"),
    NoticeKind.OVERDUE: Stands(among=ABOVE, why="who gave it owes asking after it"),
    NoticeKind.VERIFY: Stands(among=ABOVE, why="who gave it owes a look at what was done"),
    NoticeKind.EXTENDED: Stands(among=ABOVE, loud=False, why="leads learn of a third extension, and owe nothing by it"),
    NoticeKind.MORE_TIME: Stands(why="who may give time owes an answer, beside its being overdue"),
    NoticeKind.ORPHANED: Stands(why="somebody owes it to give it to another"),
    NoticeKind.REFERRAL: Stands(why="who carries it owes its confirmation, then asking the agency"),
    NoticeKind.REFER_DUE: Stands(why="who receives the allegation owes the call outside"),
    NoticeKind.LETTER: Stands(why="who asked for a letter learns where it lies, or asks again"),
    NoticeKind.STEP_DUE: Stands(why="who runs the case of an adult owes the step; it shows the one that is latest"),
    NoticeKind.LOG_DUE: Stands(why="who keeps the log owes a reading of it before the term ends"),
    NoticeKind.SHARE: Stands(why="the colleague owes a reading of it while it is open"),
    NoticeKind.SAMPLE: Stands(why="each lead owes a look, once a month"),
    NoticeKind.BREAK_GLASS: Stands(why="the second person owes an answer, and who asked is waiting for it"),
    NoticeKind.BREAK_GLASS_OPEN: Stands(why="all leads and the chair must know, whatever else they have of it"),
    NoticeKind.CLOSED: Stands(each=True, why="who owes something owes it by another time: each is of other days"),
    NoticeKind.DIGEST: Stands(why="once a school day, in the leads' places"),
    NoticeKind.HUDDLE: Stands(why="once a week, in the leads' places"),
    NoticeKind.TUTOR: Stands(why="a form tutor owes what is listed, and was told of each before"),
    NoticeKind.BOARD: Stands(why="only where somebody asked for it"),
    NoticeKind.COVER: Stands(why="who covers owes taking over; who is away learns that it is done"),
    NoticeKind.CHECKPOINT: Stands(each=True, why="each day's is a copy to keep: a newer one says nothing of an older"),
    NoticeKind.ALARM: Stands(each=True, why="each is of another fault, and stays until it is mended"),
}
"""By kind; a kind without a row fails a test. It is about a person's own chat: a channel has one of each anyway."""
PASSED_ON = "passed_on"
"""How the step begins of what was asked of a concern's owner before, and is asked of the one now."""
QUIET = frozenset({"taken_over", "merge_refused", "disposal_refused", PASSED_ON})
"""What happened (`triage.why`) by which its reader owes nothing: it changes the message that stands."""


def shares(one: Notice, other: Notice) -> bool:
    """Whether both have the same place with the same person: only one of them stands."""
    same = (one.place, one.to, one.subject) == (other.place, other.to, other.subject)
    return same and one.to is not None and _place(one.kind) == _place(other.kind) and not STANDS[one.kind].each


def _place(kind: NoticeKind) -> str:
    return STANDS[kind].among or kind.value


def is_quiet(notice: Notice) -> bool:
    """Whether it changes what stands, and is no new message where anything does."""
    event = notice.step.rpartition("_")[0] if notice.step.rpartition("_")[2].isdigit() else notice.step
    return not notice.step or event in QUIET or not STANDS[notice.kind].loud
