"""What was begun and not sent: a reminder to its writer, and later that it exists to those who would receive it.

No word of it, no child, and not what it is about: that somebody has begun one is all that a card may say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from handlers.rules.calendar import Calendar
from handlers.rules.drafts import Stage
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.ui.due import Due

_BEGINS = {
    Stage.HALF_HOUR: "Not sent yet",
    Stage.MORNING: "Still not sent this morning",
    Stage.LEADS: "Still not sent, and those who would receive it know that you began one",
    Stage.LAST: "Not sent, and to be deleted on {ends}",
}
"""How a reminder begins, by its stage."""
_RING = "If a child is in danger now, ring 999 and tell somebody in charge in person."


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A draft as far as a card may know of it."""

    key: UUID
    when: str
    """When it was begun, as its writer would say it: `14:05 today`."""
    completes: UUID | None = None
    """The quick concern that it tells the rest of."""
    says: str = ""
    """What tells it apart from the writer's others (`told_apart`): for their own window alone, on no card."""


def when(begun: datetime, calendar: Calendar, *, at: datetime) -> str:
    """`14:05 today`, `09:10 yesterday`, `09:10 on Fri 20 Nov`, on the school's clock."""
    then, today = begun.astimezone(calendar.zone).date(), at.astimezone(calendar.zone).date()
    near = {today: "today", today - timedelta(days=1): "yesterday"}
    return f"{say.clock(begun, calendar)} {near.get(then) or f'on {say.day(begun, calendar)}'}"


def reminder(draft: Begun, stage: Stage, *, ends: str) -> Card:
    """To its writer. `ends` is the day on which it is deleted unless it is touched again."""
    said = {
        Stage.LEADS: "Those who would receive it know that you began one, and nothing of what you wrote.",
        Stage.LAST: f"Unless you carry on with it, what you wrote is deleted on {ends}.",
    }
    words = said.get(stage, "Nobody can read it until you send it.")
    begins = _BEGINS.get(stage, _BEGINS[Stage.HALF_HOUR]).format(ends=ends)
    return _reminder(draft, begins, Words(text=words, alert=stage is Stage.LAST))


def known_to_nobody(draft: Begun, outside: str) -> Card:
    """In the place of the one that says that others know of it, where nobody may. `outside`: name and number."""
    words = (
        "Nobody else has been told that you began one. Carry on with it and send it. If you would rather not, ring "
        f"{outside}."
    )
    return _reminder(draft, "Still not sent, and nobody else has been told of it", Words(text=words, alert=True))


def _reminder(draft: Begun, begins: str, words: Words) -> Card:
    what = "the rest of a quick concern" if draft.completes else "a concern"
    asks = Due(
        what=f"{begins}: {what}", when=f"begun at {draft.when}", whose="It is yours alone until you send it",
        do=due.press("Carry on", "Throw away"),
    )  # fmt: skip
    parts = (
        words,
        Words(text=_RING, subtle=True),
        Buttons((_carry_on(draft, "Carry on"), _throw_away(draft, "Throw away"))),
    )
    return due.card(asks, parts)


def settled(words: str) -> Card:
    """In the place of a reminder that is no longer one."""
    return Card(summary=words, parts=(Heading("Nothing is waiting here"), Words(text=words, subtle=True)))


def left_behind(writer: str, began: str, telephone: str) -> Card:
    """The same where its writer is no longer here: only they know what it was, and nobody else can send it."""
    heading = "A concern was begun and not sent, and its writer has left"
    words = f"{writer} began one at {began}, has not sent it and is no longer here. Nobody else can read it or send it."
    ask = f"Ring {writer} and ask what it was about; then raise it yourself with /concern."
    numbers = (Facts(((writer, telephone),)),) if telephone else ()
    return Card(summary=heading, parts=(Heading(heading), Words(text=words, alert=True), Words(text=ask), *numbers))


def exists(writer: str, began: str) -> Card:
    """To those who would receive it, that it exists: who is writing, and nothing of what."""
    asks = Due(
        what="A concern has not been sent", when=f"begun at {began}", whose="It is its writer’s until they send it",
        do="Ask the person named below whether they still mean to",
    )  # fmt: skip
    words = f"{writer} began one at {began} and has not sent it. Nobody else can read it until they send it."
    return due.card(asks, (Words(text=words),))


NEVER_SENT = (
    "Somebody said that somebody was in danger, and never sent the rest. Who it was is not shown, because it may be "
    "about somebody who works here. Ask now whether everybody is safe."
)


def danger_unsent(writer: str, telephone: str) -> Card:
    """To whoever was told of danger, when what was being written has been thrown away or has ended.

    Without its writer's name where it may have been about one of them.
    """
    heading = "Somebody said there was danger"
    if not writer:
        return Card(summary=heading, parts=(Heading(heading), Words(text=NEVER_SENT, alert=True)))
    words = f"{writer} said that somebody was in danger, and never sent the rest. Speak to them now, if nobody has."
    numbers = (Facts(((writer, telephone),)),) if telephone else ()
    return Card(summary=heading, parts=(Heading(heading), Words(text=words, alert=True), *numbers))


def complete(concern: UUID, reference: str, *, sent: str) -> Card:
    """To the writer of a quick concern, which was `sent` then: the rest is still to be told."""
    asks = Due(
        what=f"The rest of {reference} is still to be told", when=f"sent {sent}", whose="It is yours to tell",
        do=due.press("Complete it"),
    )  # fmt: skip
    words = Words(
        text="Your quick concern has been received and passed on. Tell the rest while you remember it: "
        "what you sent stays as it is, and the rest is kept beside it."
    )
    return due.card(asks, (words, Buttons((complete_button(concern),))))


def complete_button(concern: UUID) -> Button:
    return Button(press=Press.COMPLETE, label="Complete it", subject=concern, version=0, look=Look.PRIMARY)


def unsent(drafts: Sequence[Begun]) -> tuple[Part, ...]:
    """A person's own drafts in the list of their concerns."""
    if not drafts:
        return ()
    rows = [(_carry_on(d, f"Carry on ({d.when})"), _throw_away(d, f"Throw away ({d.when})")) for d in drafts]
    return (Heading("Begun and not sent"), *(Buttons(row) for row in rows))


def ways_on(drafts: Sequence[Begun]) -> tuple[tuple[Words, ...], tuple[Button, ...]]:
    """What the card with the way in says and offers where something was begun already."""
    if not drafts:
        return (), ()
    if len(drafts) == 1:
        said = f"You began one at {drafts[0].when} and did not send it."
        return (Words(text=said),), (_carry_on(drafts[0], "Carry on with it"),)
    buttons = tuple(_carry_on(draft, f"Carry on ({draft.when})") for draft in drafts)
    return (Words(text="You began these and did not send them."),), buttons


def way_on(draft: Begun) -> tuple[Press, UUID]:
    """The press that carries on with it, and what it is about."""
    return (Press.COMPLETE, draft.completes) if draft.completes else (Press.START, draft.key)


def _carry_on(draft: Begun, label: str) -> Button:
    press, subject = way_on(draft)
    return Button(press=press, label=label, subject=subject, version=0, look=Look.PRIMARY)


def carry_on(key: UUID) -> Button:
    return Button(press=Press.START, label="Carry on", subject=key, version=0)


def _throw_away(draft: Begun, label: str) -> Button:
    return Button(press=Press.THROW_AWAY, label=label, subject=draft.key, version=0)
