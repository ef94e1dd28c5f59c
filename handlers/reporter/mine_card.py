"""A person's own concerns, with the status words that a reporter may have. No child, no words.

First what they still owe, then what is open, then what is over; of two alike the newer first.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TypeAlias

from handlers.reporter import draft_card
from handlers.reporter.draft_card import Begun
from handlers.reporter.receipt_card import status
from handlers.rules import order
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, ConcernId, Status, Urgency
from handlers.rules.held import NOBODY, Held
from handlers.rules.order import Weight
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Part, Press, Words
from handlers.ui.lines import Line, Listed
from handlers.ui.listing import show_all
from handlers.ui.whole import MINE

MOST = 10
"""Concerns on the card; the rest are counted, and a press away."""
MOST_BEGUN = 5
"""Of what was begun and not sent: the ones touched last; the rest are counted, and a press away."""
MOST_BUTTONS = 5
"""Teams takes six on a card, and one shows all."""
_UNSENT = Weight(urgency=Urgency.RECORD, since=datetime.min.replace(tzinfo=UTC))
"""They stand in a list of their own, the one touched last first."""

HeldBy: TypeAlias = Mapping[ConcernId, Held]
_UNKNOWN: HeldBy = MappingProxyType({})


def mine_card(
    concerns: Sequence[Concern],
    calendar: Calendar,
    *,
    held: HeldBy = _UNKNOWN,
    begun: Sequence[Begun] = (),
    incomplete: Collection[ConcernId] = (),
    older: int = 0,
) -> Card:
    """What they sent, by whose post each is `held`; then what was `begun` and not sent. `older`: so many more that were
    closed long ago."""
    waiting = draft_card.unsent(begun[:MOST_BEGUN])
    found = in_order(concerns, incomplete)
    heading = Heading("Your concerns")
    many, begun_more = len(found) + older, _more(len(begun), MOST_BEGUN)
    listed = lists(concerns, calendar, held=held, begun=begun, incomplete=incomplete)
    every = _all(listed, many, begun, older=older)
    if not found:
        none = Words(text="You have not sent any. Type /concern to begin.")
        return Card(summary="Your concerns", parts=(heading, *(waiting or (none,)), *begun_more, *every))
    pairs = tuple((concern.reference, _stands(concern, calendar, held)) for concern in found[:MOST])
    ways = ((_add, _complete) if concern.id in incomplete else (_add,) for concern in found[:MOST])
    buttons = [way(concern) for of_one, concern in zip(ways, found, strict=False) for way in of_one]
    row = Buttons(tuple(buttons[:MOST_BUTTONS]))
    parts: tuple[Part, ...] = (heading, Facts(pairs), *_more(many, MOST), row, *waiting, *begun_more)
    return Card(summary="Your concerns", parts=(*parts, *every))


def in_order(concerns: Sequence[Concern], incomplete: Collection[ConcernId]) -> list[Concern]:
    """What is left to be told counts as late."""

    def weigh(concern: Concern) -> Weight:
        over = concern.status is Status.CLOSED
        late = concern.id in incomplete
        return Weight(urgency=concern.urgency, since=concern.submitted_at, late=late, over=over)

    return order.known(concerns, weigh)


def lists(
    concerns: Sequence[Concern], calendar: Calendar, *, held: HeldBy = _UNKNOWN, begun: Sequence[Begun],
    incomplete: Collection[ConcernId],
) -> list[Listed]:
    """All of it, as the window lists it: each opens what its writer may still do with it."""
    sent = [_line(concern, calendar, incomplete, held) for concern in in_order(concerns, incomplete)]
    unsent = [
        Line(
            name=f"Begun at {draft.when}", state="Not sent", press=draft_card.way_on(draft)[0],
            subject=draft_card.way_on(draft)[1], version=0, weight=_UNSENT,
        )
        for draft in begun
    ]  # fmt: skip
    return [Listed(title="Begun and not sent", lines=unsent), Listed(title="Your concerns", lines=sent)]


def _line(concern: Concern, calendar: Calendar, incomplete: Collection[ConcernId], held: HeldBy) -> Line:
    rest = concern.id in incomplete
    stands = _stands(concern, calendar, held)
    state = f"{stands}. The rest is still to be told" if rest else stands
    return Line(
        name=concern.reference, state=state, press=Press.COMPLETE if rest else Press.ADD, subject=concern.id,
        version=concern.version, weight=Weight(urgency=concern.urgency, since=concern.submitted_at),
    )  # fmt: skip


def _stands(concern: Concern, calendar: Calendar, held: HeldBy) -> str:
    return f"{status(concern, held.get(concern.id, NOBODY))}. Sent {say.moment(concern.submitted_at, calendar)}"


def _more(many: int, most: int) -> tuple[Words, ...]:
    return (Words(text=f"And {many - most} more.", subtle=True),) if many > most else ()


def _all(listed: Sequence[Listed], many: int, begun: Sequence[Begun], *, older: int) -> tuple[Buttons, ...]:
    cut = many > MOST_BUTTONS or len(begun) > MOST_BEGUN
    return (Buttons((show_all(listed, MINE, besides=older),)),) if cut else ()


def _add(concern: Concern) -> Button:
    return Button(
        press=Press.ADD, label=f"Add to {concern.reference}", subject=concern.id, version=concern.version
    )


def _complete(concern: Concern) -> Button:
    return Button(press=Press.COMPLETE, label=f"Complete {concern.reference}", subject=concern.id, version=0)
