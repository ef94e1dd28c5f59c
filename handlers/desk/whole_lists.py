"""The window behind "Show all": its pages, and the way back to one from what was opened there.

A line of it is opened by its own button, as anywhere else: whether it may be is asked then.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers.conversation import (
    ButtonPressed,
    FormSubmitted,
    Inbound,
    NextPage,
    OpenForm,
    Reply,
    Suggestions,
    Tell,
)
from handlers.counter import Counter, Filed, Sent
from handlers.overview import lists
from handlers.ports import UnitOfWork
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import Form, ListPage

TOLD = "told"
"""A window that only says something, opened from a list."""


def leading_back(inbound: Inbound, reply: Reply) -> Reply:
    """The same answer, with the list from which its window was opened: also where it is a refusal, or says that
    something was done, so that nobody has to open the list again from the board."""
    page = inbound.from_list if isinstance(inbound, ButtonPressed | FormSubmitted) else None
    if page is None or isinstance(reply, Suggestions):
        return reply
    if isinstance(reply, Tell):
        told = Form(id=TOLD, key=page.key, title="Heard", parts=reply.card.parts)
        return NextPage(_opened_from(told, page))
    return replace(reply, form=_opened_from(reply.form, page))


def _opened_from(form: Form, page: ListPage) -> Form:
    """A list leads nowhere but through its own pages."""
    return form if form.from_list else replace(form, from_list=page)


async def _turned(uow: UnitOfWork, sent: Sent) -> Reply:
    inbound = sent.inbound
    number = inbound.page + (-1 if inbound.back else 1)
    return NextPage(await lists.page(uow, inbound.key, number=number, by=sent.by, at=sent.at))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await lists.page(uow, keys.key(subject), number=1, by=by, at=at))


COUNTER = Counter(
    presses={Press.LIST: _open},
    forms={lists.ID: Filed(take=_turned, blank=lambda key, _: lists.blank(key), once=False)},
)
