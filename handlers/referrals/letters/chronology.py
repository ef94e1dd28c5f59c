"""Entries of the record as a letter cites them: event and record time, what, who, its proof. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from handlers import staff
from handlers.record import labels
from handlers.record.labels import shown
from handlers.referrals import form
from handlers.referrals.letters.model import Record, Table, moment
from handlers.rules import own_words
from handlers.rules.chronology import Deed, Sealed
from handlers.rules.drafts import WHOLE
from handlers.ui import say

CITED = frozenset(
    {
        Deed.RAISED, Deed.ADDED, Deed.CORRECTED, Deed.REPORTED, Deed.DECIDED, Deed.DONE, Deed.REVIEWED, Deed.REFERRED,
        Deed.REFERRAL_CONFIRMED, Deed.REFERRAL_ANSWERED, Deed.REFERRAL_CHALLENGED, Deed.REFERRAL_RESOLVED,
        Deed.REFERRAL_WITHDRAWN, Deed.CLOSED, Deed.REOPENED,
    }
)  # fmt: skip
"""What an agency is told of the school's own work; who read, chased and handed over what stays in the school."""
_TOLD = frozenset(
    {"rationale", "threshold", "what_done", "more", "outcome", "reason", form.SAID, form.ANSWERED, form.STAGE,
     form.AGENCY}
)  # fmt: skip
"""Words of an entry that stand in the chronology; an addition and a correction stand there whole."""


def table(record: Record, lines: Iterable[Sealed]) -> Table:
    """Those entries, in their order."""
    rows = tuple(_row(record, line) for line in lines)
    return Table(head=("When", "Recorded", "What", "By", "Proof"), rows=rows)


def _row(record: Record, line: Sealed) -> tuple[str, ...]:
    """An entry in event time and record time, cited by its proof: its place would tell how much else is written."""
    entry, calendar = line.entry, record.calendar
    event = datetime.fromisoformat(entry.facts["event"]) if "event" in entry.facts else entry.at
    who = staff.name(record.people, entry.by) if entry.by else "Heard"
    moments = (moment(event, calendar), moment(entry.at, calendar))
    return (*moments, "\n".join(_what(record, line)), who, line.proof)


def _what(record: Record, line: Sealed) -> Iterator[str]:
    entry = line.entry
    which = f" (R{entry.facts['number']})" if "referral" in entry.facts else ""
    yield f"{_TITLES.get(entry.deed, '') or labels.TITLES.get(entry.deed, entry.deed.value)}{which}"
    if entry.deed is Deed.RAISED:
        return
    if entry.facts.get("form") == WHOLE:
        yield "The rest of the account: it stands above."
        return
    if "outcome" in entry.facts:
        yield next((text.capitalize() for key, text in say.OUTCOME.items() if key == entry.facts["outcome"]), "")
    if level := entry.facts.get("level"):
        yield f"Level: {level.capitalize()}"
    whole = entry.deed in {Deed.ADDED, Deed.CORRECTED}
    for name, value in own_words.typed(entry.words).items():
        text = shown(name, value)
        if text and (whole or name in _TOLD):
            head = labels.headed(name, {**record.answers, **entry.words}, record.names)
            yield f"{head}: {record.names.get(text, text)}"


_TITLES = {Deed.RAISED: "The concern was recorded: the account stands above"}
