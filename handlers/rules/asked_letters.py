"""A letter that somebody asked for, to be fetched outside chat: until when the ask stands, and what ends it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.people import PersonId
from handlers.rules.referral import ReferralId

LASTS: Final = timedelta(days=7)
ENDS = frozenset({Deed.SEALED, Deed.HANDED_OVER, Deed.TAKEN_OVER, Deed.OWNER_GONE, Deed.MERGED})
"""After these it is another's, or for other eyes: whoever still wants the letter asks again."""
ASKED, UNTIL, SALT, KEY = "asked", "until", "salt", "letter_key"
"""Facts of the two entries, and the one sealed word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    proof: str
    """The first digits of its entry's leaf: the entry of the letter names it."""
    referral: ReferralId
    by: PersonId
    until: datetime
    salt: bytes
    key: bytes = field(repr=False)
    """What the letter is sealed with: it follows from the passphrase, which is kept nowhere."""


def standing(lines: Iterable[Sealed], *, at: datetime) -> list[Ask]:
    """What still waits of one concern, the newest ask of each referral. The words of its asks must be open."""
    return [ask for ask in _unmade(lines, ENDS) if at < ask.until]


def ended(lines: Sequence[Sealed], by: Sealed) -> list[Ask]:
    """What that entry has ended, in its time; not where the same person asks again. No words need be open."""
    before = standing([line for line in lines if line.sequence < by.sequence], at=by.entry.at)
    anew = by.entry.by if by.entry.deed is Deed.LETTER_ASKED else None
    return [ask for ask in before if is_end(by.entry, ask.referral) and ask.by != anew]


def is_end(entry: Entry, referral: ReferralId) -> bool:
    """Whether it ends an ask for the letter of that referral: it is another's, or was asked for anew."""
    return entry.deed in ENDS or (entry.deed is Deed.LETTER_ASKED and entry.facts["referral"] == str(referral))


def lapsed(lines: Iterable[Sealed], *, at: datetime) -> list[Ask]:
    """What was not fetched in its time, whatever kept it from being fetched."""
    return [ask for ask in _unmade(lines, frozenset()) if ask.until <= at]


def _unmade(lines: Iterable[Sealed], ends: frozenset[Deed]) -> Iterable[Ask]:
    asks: dict[ReferralId, Ask] = {}
    for line in lines:
        if line.entry.deed is Deed.LETTER_ASKED and line.entry.by is not None:
            ask = _read(line.proof, line.entry, line.entry.by)
            asks[ask.referral] = ask
        elif line.entry.deed is Deed.EXPORTED:
            asks = {id: ask for id, ask in asks.items() if ask.proof != line.entry.facts.get(ASKED)}
        elif line.entry.deed in ends:
            asks = {}
    return asks.values()


def _read(proof: str, entry: Entry, by: PersonId) -> Ask:
    facts = entry.facts
    return Ask(
        proof=proof, referral=ReferralId(UUID(facts["referral"])), by=by, until=datetime.fromisoformat(facts[UNTIL]),
        salt=bytes.fromhex(facts[SALT]), key=bytes.fromhex(str(entry.words.get(KEY, ""))),
    )  # fmt: skip
