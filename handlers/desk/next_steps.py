"""What somebody is told inside a window about a concern comes with what they may press next: nobody has to close it
and open it again.

After Accept the account is drawn again, for it was being read; after a form the sentence has the buttons under it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import access
from handlers.conversation import ButtonPressed, FormSubmitted, Inbound, NextPage, Reply, Tell
from handlers.counter import subject_of
from handlers.desk import counters
from handlers.ports import UnitOfWork
from handlers.record import window
from handlers.rules.people import Person
from handlers.ui.card import Buttons, Press, Rows

_PRESSED = (Buttons, Rows)
_READING_ON = frozenset({Press.ACCEPT, Press.ON_IT})
"""Pressed where the account is read."""


async def beside(uow: UnitOfWork, inbound: Inbound, reply: Reply, *, by: Person, at: datetime) -> Reply:
    """The same answer with the next presses; as it is where it is no window, or they may not read the concern."""
    subject = _in_a_window(inbound)
    if not isinstance(reply, Tell) or subject is None or any(isinstance(part, _PRESSED) for part in reply.card.parts):
        return reply
    concern = await access.concern_of(uow, subject)
    if concern is None or concern.drill or not await access.may_read(uow, concern, by=by, at=at):
        return reply
    if isinstance(inbound, ButtonPressed) and inbound.press in _READING_ON:
        form = await window.open_concern(uow, concern.id, page=1, by=by, at=at)
        said = tuple(part for part in reply.card.parts if not isinstance(part, _PRESSED))
        return NextPage(replace(form, parts=(*said, *form.parts)))
    ways = Buttons((window.to_read(concern), *window.presses(concern, by)))
    return Tell(replace(reply.card, parts=(*reply.card.parts, ways)))


def _in_a_window(inbound: Inbound) -> UUID | None:
    """What it is about, where what is shown stays in no chat; of forms, those about something that there is."""
    if isinstance(inbound, ButtonPressed):
        return inbound.subject if inbound.in_window else None
    if not isinstance(inbound, FormSubmitted) or inbound.in_chat:
        return None
    filed = counters.FORMS.get(inbound.form)
    return subject_of(inbound.key) if filed is not None and filed.doing is not None else None
