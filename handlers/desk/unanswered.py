"""What somebody is told who could not be answered: what they sent is in front of them still, and how it stands."""

from handlers.conversation import Complaints, FormSubmitted, Inbound, Reply, SearchTyped, Suggestions, Tell
from handlers.desk import submissions
from handlers.errors import Unsure
from handlers.ui import plain

NOT_SAVED = (
    "NOT SAVED. Something went wrong on our side and this has not reached the leads. Copy what you wrote, "
    "and tell a lead in person now, never anybody it is about. If a child is in danger, ring 999. Reference for your "
    "technician: {reference}."
)
NOT_DONE = (
    "That did not work, and nothing has been changed. Try again in a minute; if it is urgent, act without Heard. "
    "Reference for your technician: {reference}."
)
MAYBE_SAVED = (
    "MAYBE NOT SAVED. Something went wrong on our side, and this may not have reached the leads. What you wrote is "
    "still here: send it again in a minute, it is never kept twice. If it cannot wait, tell a lead in person now, "
    "never anybody it is about. If a child is in danger, ring 999. Reference for your technician: {reference}."
)
MAYBE_DONE = (
    "We cannot tell whether that was done. Look again in a minute, before you do it once more; if it is urgent, act "
    "without Heard. Reference for your technician: {reference}."
)
TOO_MANY = (
    "NOT SAVED. Very many people are using Heard at this moment, and this has not reached the leads. What you wrote is "
    "still here: send it again in a minute. If it cannot wait, tell a lead in person now, never anybody it is about. "
    "If a child is in danger, ring 999."
)
NOT_NOW = (
    "Very many people are using Heard at this moment, and nothing has been changed. Try again in a minute; if it is "
    "urgent, act without Heard."
)


def too_many(inbound: Inbound) -> Reply:
    """So many come at once that nothing was done."""
    return _told(inbound, TOO_MANY, NOT_NOW)


def broken(inbound: Inbound, error: Exception, *, reference: str) -> Reply:
    """A bug, or a store that is away, under the reference by which the operator finds it."""
    saved, done = (MAYBE_SAVED, MAYBE_DONE) if isinstance(error, Unsure) else (NOT_SAVED, NOT_DONE)
    return _told(inbound, saved.format(reference=reference), done.format(reference=reference))


def _told(inbound: Inbound, not_saved: str, not_done: str) -> Reply:
    """A form stays as it was, with the one sentence above it; whoever sent none is told the other."""
    if isinstance(inbound, SearchTyped):
        return Suggestions(())
    if isinstance(inbound, FormSubmitted):
        return Complaints(form=submissions.as_typed(inbound), by_field={"": not_saved}, unseen=True)
    return Tell(plain.say(not_done, alert=True))
