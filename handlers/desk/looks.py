"""What is begun as a look: it reads, keeps at most that somebody looked, and holds nobody up.

A guess that may be wrong: what must write after all is done again in a unit of work that may. So it costs time to name
here what usually writes, and nothing else.
"""

from handlers.conversation import ButtonPressed, FormSubmitted, Inbound
from handlers.record import find_form
from handlers.ui.card import Press

_AT_ONCE = frozenset(
    {
        Press.ACCEPT, Press.ACKNOWLEDGE, Press.BEGIN, Press.VERIFY, Press.TAKE_ALL, Press.ON_IT, Press.UNSEAL,
        Press.UNSHARE, Press.DECLINE, Press.COVER, Press.START_HERE, Press.QUICK_HERE,
    }
)  # fmt: skip
"""Presses that do something and open nothing."""
_READ = frozenset({find_form.ID})
"""Forms that ask for something and change nothing."""


def only(inbound: Inbound) -> bool:
    """Whether it is begun as a look."""
    if isinstance(inbound, FormSubmitted):
        return inbound.form in _READ
    return not isinstance(inbound, ButtonPressed) or inbound.press not in _AT_ONCE
