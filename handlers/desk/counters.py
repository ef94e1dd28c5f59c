"""Every counter, for `presses` and `submissions`. To add one, write its module and name it here."""

from collections.abc import Mapping

from handlers.actions import counter as action
from handlers.closing import counter as closing
from handlers.closing import merging_counter as merging
from handlers.conversation import NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Pressed, Sent
from handlers.desk import more, more_form
from handlers.errors import Refused
from handlers.need_to_know import break_glass_counter as glass
from handlers.need_to_know import counter as keeping
from handlers.oversight import patterns_counter as patterns
from handlers.oversight import quality_counter as quality
from handlers.overview import counter as board
from handlers.ports import UnitOfWork
from handlers.record import counter as record
from handlers.record import share_counter as share
from handlers.referrals import counter as referral
from handlers.reporter import counter as reporter
from handlers.rules.authority import Doing
from handlers.triage import away_counter as away
from handlers.triage import counter as triage
from handlers.triage import owning_counter as concern
from handlers.ui.card import Press


async def _chosen(uow: UnitOfWork, sent: Sent) -> Reply:
    """What was chosen in the list is as if its button had been pressed; its form takes the list's place."""
    deed = sent.reader.text("deed")
    if deed not in {offer.press for offer in more.OFFERS}:
        raise Refused("This cannot be done with the concern as it is now. Close this and look at the card again.")
    reply = await PRESSES[Press(deed)](uow, sent.id, sent.by, sent.at)
    return NextPage(reply.form) if isinstance(reply, OpenForm) else reply


_EVERY = tuple((offer.press, offer.label) for offer in more.OFFERS)
_MORE = Counter(
    presses={Press.MORE: more.open_more},
    forms={
        more_form.ID: Filed(
            take=_chosen, blank=lambda key, reference: more_form.form(key, reference, _EVERY), doing=Doing.READ,
            once=False,
        )
    },
)
_ALL: tuple[Counter, ...] = (
    _MORE,
    action.COUNTER,
    away.COUNTER,
    board.COUNTER,
    closing.COUNTER,
    concern.COUNTER,
    glass.COUNTER,
    keeping.COUNTER,
    merging.COUNTER,
    patterns.COUNTER,
    quality.COUNTER,
    record.COUNTER,
    referral.COUNTER,
    reporter.COUNTER,
    share.COUNTER,
    triage.COUNTER,
)

PRESSES: Mapping[Press, Pressed] = {press: do for counter in _ALL for press, do in counter.presses.items()}
FORMS: Mapping[str, Filed] = {form: filed for counter in _ALL for form, filed in counter.forms.items()}
