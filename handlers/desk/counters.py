"""Every press and form that has a counter, for `presses` and `submissions`: filled from the wings."""

from collections.abc import Mapping

from handlers import wings
from handlers.conversation import NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Paged, Pressed, Sent
from handlers.desk import commands, more, more_form, whole_lists
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing
from handlers.ui.card import Press


async def _chosen(uow: UnitOfWork, sent: Sent) -> Reply:
    """What was chosen in the list is as if its button had been pressed; its form takes the list's place."""
    deed = sent.reader.text("deed")
    if deed not in {offer.press for offer in more.OFFERS}:
        raise Refused("This cannot be done with the concern as it is now. Close this and look at the card again.")
    reply = await PRESSES[Press(deed)](uow, sent.id, sent.by, sent.at)
    return NextPage(reply.form) if isinstance(reply, OpenForm) else reply


_MORE = Counter(
    presses={Press.MORE: more.open_more},
    forms={
        more_form.ID: Filed(
            take=_chosen, blank=lambda key, reference: more_form.form(key, reference, more.OFFERS), again=more.again,
            doing=Doing.READ, once=False,
        )
    },
)
_ASKED = Counter(presses={Press.WORD: commands.pressed})
_WINGS: tuple[Counter, ...] = tuple(counter for wing in wings.EVERY for counter in wing.counters)
_ALL: tuple[Counter, ...] = (_MORE, _ASKED, whole_lists.COUNTER, *_WINGS)

PRESSES: Mapping[Press, Pressed] = {press: do for counter in _ALL for press, do in counter.presses.items()}
FORMS: Mapping[str, Filed] = {form: filed for counter in _ALL for form, filed in counter.forms.items()}
PAGES: Mapping[str, Paged] = {form: paged for counter in _ALL for form, paged in counter.pages.items()}
