"""Why the program does not start, in sentences for whoever starts it. Nothing that was typed or stored is in them."""

from uuid import uuid4

from bot import logs
from bot.settings import Incomplete
from store import unopened

_BUG = (
    "Heard could not start, by a fault of its own. Nothing was lost by it. Report it with what the log says of the "
    "reference {reference}."
)


def reason(error: Exception) -> str:
    """A sentence a line; a bug is kept in the log under the reference that the sentence gives."""
    if isinstance(error, Incomplete):
        return str(error)
    if words := unopened.why(error):
        return words
    reference = uuid4().hex[:8]
    logs.mishap(reference, error)
    return _BUG.format(reference=reference)
