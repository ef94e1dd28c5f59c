"""A card, described once: a projection of the state, drawn afresh each time. Text is plain: renderers escape it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID


class Press(StrEnum):
    """What a button asks for. The value is the platform's action id: add, never rename."""

    OPEN = "open"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    DECIDE = "decide"
    CLOSE = "close"
    DONE = "done"
    """An action's owner says what was done."""
    START = "start"
    """Open the form behind /concern."""
    START_HERE = "start_here"
    """Run the same form inside the message, where a dialog cannot be had."""
    OPEN_ACTION = "open_action"
    """Read what an action asks."""
    MORE = "more"
    """What else may be done with it now."""
    SECOND_READ = "second_read"
    """Read a decision as its second reader."""
    FIND = "find"
    NAME = "name"
    """Say that somebody is named in it, or too close to it."""
    SEAL = "seal"
    UNSEAL = "unseal"
    UNLOCK = "unlock"
    """Ask to open a concern in an emergency."""
    AGREE = "agree"
    """Answer somebody who asks to open a concern in an emergency."""
    PATTERNS = "patterns"
    FIGURES = "figures"
    """Read the quality of a term's records, or what to train next."""
    REVIEW = "review"
    """Look at a record for its quality."""
    CHRONOLOGY = "chronology"
    CORRECT = "correct"
    """Put a correction beside what was written."""
    SHARE = "share"
    READ_SHARE = "read_share"
    UNSHARE = "unshare"
    DECLINE = "decline"
    """Not take what was offered."""
    SAFE_UNTIL = "safe_until"
    """Say why the child is safe until school opens again."""
    COVER = "cover"
    """Take over from an owner who is away."""
    SIGN_OFF = "sign_off"
    """Another lead signs off the closing."""
    REOPEN = "reopen"
    MERGE = "merge"
    AGREE_MERGE = "agree_merge"
    """Answer whoever proposes that it goes on in another."""
    DISPOSE = "dispose"
    """Propose that the record of a closed concern is destroyed."""
    AGREE_DISPOSE = "agree_dispose"
    """Answer whoever proposes it."""
    MISFILE = "misfile"
    """Move it to the right child."""
    TOLD = "told"
    """The reporter reads what the lead wrote for them."""
    ACKNOWLEDGE = "acknowledge"
    """An action's owner has it in hand: one press, no form."""
    BEGIN = "begin"
    """They are at it, or an agency has answered: one press, no form."""
    WAIT = "wait"
    """Nothing can be done on an action before an agency answers."""
    MORE_TIME = "more_time"
    """Its owner asks for more time, a lead gives it."""
    VERIFY = "verify"
    """What was done is what was asked: one press, no form."""
    SEND_BACK = "send_back"
    REASSIGN = "reassign"
    CANCEL_ACTION = "cancel_action"
    ACTIONS = "actions"
    """Choose one of a concern's actions, and what is to become of it."""
    ADD = "add"
    """The reporter adds to their own concern."""
    ASK_MORE = "ask_more"
    """Ask whoever reported it for more detail."""
    DUTY = "duty"
    """The reporter reads of a duty of their own, and logs the call."""
    NOT_SATISFIED = "not_satisfied"
    """The reporter raises a concern about how theirs was handled."""
    RAISE = "raise"
    """Begin a concern afresh, as the command does: for a page of one's own that stands there for long."""
    BOARD = "board"
    """Draw a board as things stand now: no form."""
    LIST = "list"
    """Show the whole of a list of which a card shows the first, a page at a time."""
    AWAY = "away"
    """Say from when until when somebody is away, and who covers."""
    CLOSED = "closed"
    """Say that school is closed, closes early or opens late."""
    AWAY_NOTE = "away_note"
    """Read the note that goes with it."""
    TAKE_ALL = "take_all"
    """Take over everything that is left of what somebody owns who is away: one press, no form."""
    QUICK = "quick"
    """Open the form of three answers."""
    QUICK_HERE = "quick_here"
    """The same inside the message."""
    NOTICE = "notice"
    """Open the form for what the police have told the school."""
    NOTICE_HERE = "notice_here"
    """The same inside the message."""
    COMPLETE = "complete"
    """Tell the rest of a quick concern."""
    ON_IT = "on_it"
    """Say that one is on it, while it is still being written: somebody may be in danger now."""
    THROW_AWAY = "throw_away"
    """Throw away what was begun and not sent; asked once more in a window."""

    WORD = "word"
    """A command was meant where it was asked: its subject is the id of the word."""

    REFER = "refer"
    """Record that an outside agency was told."""
    REFERRALS = "referrals"
    """The referrals of a concern, and what may be done with each."""
    OPEN_REFERRAL = "open_referral"
    CONFIRM_REFERRAL = "confirm_referral"
    ANSWER_REFERRAL = "answer_referral"
    CHALLENGE_REFERRAL = "challenge_referral"
    RESOLVE_REFERRAL = "resolve_referral"
    WITHDRAW_REFERRAL = "withdraw_referral"
    ASK_LETTER = "ask_letter"
    """Ask for a referral's letter, to be fetched sealed outside chat."""

    ALLEGATION = "allegation"
    """How a case about an adult stands, and which step is recorded next."""
    LADO = "lado"
    CHILDS_PART = "childs_part"
    """Name the child of an allegation, or say why none is named."""
    STRATEGY = "strategy"
    SUSPENSION = "suspension"
    ADULT_SUPPORT = "adult_support"
    FINDING = "finding"
    """The outcome of an allegation."""
    BARRING = "barring"
    """What became of a referral that the law asks for."""
    GRAVER = "graver"
    """Raise a low-level concern to an allegation."""
    LOG = "low_level_log"
    """Read the low-level concerns about adults together, and record their review."""


OPENS_A_WINDOW = (
    frozenset(Press)
    - {Press.ACCEPT, Press.START_HERE, Press.QUICK_HERE, Press.NOTICE_HERE}
    - {Press.ACKNOWLEDGE, Press.BEGIN, Press.VERIFY, Press.BOARD, Press.TAKE_ALL}
)
"""Presses answered with a form in a window of that person's own: a platform must know this before the press."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    text: str
    subtle: bool = False
    alert: bool = False
    """Something to act on: overdue, refused, in danger."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's exact words: drawn so that nothing in them is read as markup, every space and line kept."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A picture made of characters, drawn in a face of one width with every space and line kept.

    Plain ASCII: no character in it may be drawn wider than another.
    """

    lines: tuple[str, ...]
    """At most 40 characters each, so that a telephone shows them unbroken."""
    alt: str
    """The same in words, read before it: for whoever hears the screen, or cannot make the picture out."""


@dataclass(frozen=True, slots=True)
class Facts:
    pairs: tuple[tuple[str, str], ...]


def titled(name: str) -> str:
    """A fact's name as it stands before its value; a question keeps its own mark."""
    return name if name.endswith("?") else f"{name}:"


class Look(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    press: Press
    label: str
    subject: UUID
    """The concern or the action. The button carries this and the version, and nothing else."""
    version: int
    look: Look = Look.PLAIN
    spoken: str = ""
    """What a screen reader says in the label's place, where that alone does not tell it from its neighbours; at most 75
    characters (Slack, "accessibility_label")."""
    proof: str = ""
    """Our own mark of the place and the card that it was drawn for; put on when it is carried there (`proved`)."""


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]
    """At most six (Teams' primary actions)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a list: what it is, how it stands, and where it opens."""

    name: str
    value: str
    button: Button
    alert: bool = False
    """Late, or to be acted on first."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list. Slack draws a button beside each row; Teams takes few on a card, so it draws the first ones' alone."""

    rows: tuple[Row, ...]


Part: TypeAlias = Heading | Words | Quote | Sketch | Facts | Buttons | Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which card of ours it is in its channel: as a code and ids, never a word of it."""

    kind: str
    subject: UUID
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    summary: str
    """One line for notifications and screen readers. Never a child's name, a kind or a word that somebody typed; who in
    school owes something is named to one person in private chat alone (`ui.due`)."""
    parts: tuple[Part, ...]
    mark: str = ""
    """Our own mark of the place and of what is shown there, put on when it is carried (`proved`): a platform that keeps
    such a thing with a message is asked for it where an answer was lost."""
    which: Which | None = None
    """Put on with the mark: a client that draws it afresh by itself says by this which card of ours it has."""


def proved(card: Card, proof: str, which: Which | None = None) -> Card:
    """The card with that mark, each of its buttons with that proof."""

    def with_proof(part: Part) -> Part:
        if not isinstance(part, Buttons):
            return part
        return Buttons(tuple(replace(button, proof=proof) for button in part.buttons))

    return replace(card, parts=tuple(with_proof(part) for part in card.parts), mark=proof, which=which)
