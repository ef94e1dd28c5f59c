"""No picture and no file is taken: whoever brings one is told why, kindly, and goes on in words.

Nothing of it is kept, not even its name. That somebody brought one is an entry without content.
"""

from dataclasses import replace
from datetime import datetime

from handlers.conversation import CommandTyped, OpenForm, Reply, Tell
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.ui.card import Words

WHY = "a_file"
"""The code in the entry."""


async def turn_away(
    uow: UnitOfWork, inbound: CommandTyped, reply: Reply, *, by: Person, at: datetime
) -> Reply:
    """What was going to be answered, with the reason why the file is not taken before it."""
    facts = {"why": WHY, "platform": inbound.who.platform}
    await uow.trail.append(Entry(deed=Deed.REFUSED, at=at, by=by.id, thing=None, facts=facts))
    reason = Words(text=ENGLAND.words["no_files"], alert=True)
    match reply:
        case OpenForm(form):
            return OpenForm(replace(form, parts=(reason, *form.parts)))
        case Tell(card):
            return Tell(replace(card, parts=(reason, *card.parts)))
        case _:
            return reply
