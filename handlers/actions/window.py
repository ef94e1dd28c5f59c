"""What a person reads of an action in a window of their own: what is asked, and its life so far.

Its owner reads that action and nothing else of the concern. Every reading writes an entry.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Final

from handlers import staff
from handlers.access import action_for
from handlers.actions.card import STATE, reference
from handlers.actions.giving import what_is_asked
from handlers.ports import UnitOfWork
from handlers.record.labels import TITLES
from handlers.record.window import line_of
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.ui import pages, say
from handlers.ui.card import Facts, Heading, Quote, Words
from handlers.ui.form import Form, Part

OWNER_READS: Final = frozenset(
    {Deed.ACKNOWLEDGED, Deed.BEGUN, Deed.WAITING, Deed.EXTENDED, Deed.DONE, Deed.SENT_BACK, Deed.VERIFIED}
)
"""Of its life; why it was given to somebody else is for those who run the concern."""


async def open_action(uow: UnitOfWork, id: ActionId, *, by: Person, at: datetime) -> Form:
    """What an action asks and what became of it, for its owner or a lead; nothing else of the concern."""
    action, concern = await action_for(uow, id, Doing.READ_ACTION, by=by, at=at)
    facts = {"action": str(id)}
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=concern.id, facts=facts))
    runs = may(by, Doing.RUN_ACTION, concern, action)
    usual = ENGLAND.actions.kinds[action.kind]
    about = (
        ("What sort", usual.label),
        ("Due", say.moment(action.due_at, uow.school.calendar)),
        ("How soon", say.URGENCY[action.urgency]),
        ("State", STATE[action.status]),
    )
    asked = tuple(pages.pieces(await what_is_asked(uow, action))) or (Quote("-"),)
    return Form(
        id="action",
        key=str(id),
        title=f"Action {reference(action, concern)}",
        parts=(
            Facts(about),
            Heading("What is to be done"),
            *asked,
            Words(text=usual.hint, subtle=True),
            *await _life(uow, action, runs=runs),
        ),
    )


MOST_TOLD: Final = 9_000
"""Bytes of UTF-8 of a life in one window (Teams' 25 KB): the newest entries. How many came before them is said, and the
chronology has all of them."""


async def _life(uow: UnitOfWork, action: Action, *, runs: bool) -> Sequence[Part]:
    people = await staff.names(uow)
    shown = OWNER_READS if not runs else TITLES.keys() - {Deed.ASSIGNED}
    trail = await uow.trail.of(action.concern, words=True)
    mine = [line for line in trail if line.entry.facts.get("action") == str(action.id) and line.entry.deed in shown]
    told = [line_of(line, people, uow, {}) for line in reversed(mine)]
    sizes = accumulate((_size(parts) for parts in told), initial=0)
    shown = [parts for parts, before in zip(told, sizes, strict=False) if before < MOST_TOLD]
    left = len(told) - len(shown)
    rest = (Words(text=f"{left} more before these are in the chronology.", subtle=True),) if left else ()
    parts = [part for entry in reversed(shown) for part in entry]
    return (Heading("What has been done"), *rest, *parts) if parts else ()


def _size(parts: Sequence[Part]) -> int:
    return sum(len(part.text.encode()) for part in parts if isinstance(part, Words | Quote))
