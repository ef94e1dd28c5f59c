"""Tells whoever asked for a letter where it lies, or that it was not fetched: by reference and day alone."""

from collections.abc import Sequence
from datetime import datetime

from handlers.letters_ended import ENDED
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.referrals.asking import MADE
from handlers.referrals.card import DEEDS, reference
from handlers.referrals.drawing import told
from handlers.rules.asked_letters import ASKED, UNTIL, is_end
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Sealed
from handlers.rules.referral import Referral
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Heading, Press, Words


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    found = await told(uow, notice)
    if found is None:
        return None
    referral, concern, reader = found
    if not reader.active or not may(reader, Doing.EXPORT, concern):
        return None
    what, _, proof = notice.step.partition("_")
    name, calendar = reference(referral, concern), uow.school.calendar
    lines = await uow.trail.of(concern.id)
    for line in lines:
        if what == MADE and line.entry.deed is Deed.EXPORTED and line.entry.facts.get(ASKED) == proof:
            return made_card(referral, name, line.entry.facts["file"], when=say.moment(line.entry.at, calendar))
        if what == ENDED and _is_ask(line, proof):
            why = _why(referral, lines, line)
            return ended_card(referral, name, when=say.moment(line.entry.at, calendar), why=why)
    return None


def _why(referral: Referral, lines: Sequence[Sealed], asked: Sealed) -> Deed | None:
    """The deed that ended the ask; None where its time did."""
    until = datetime.fromisoformat(asked.entry.facts[UNTIL])
    after = (one.entry for one in lines if one.sequence > asked.sequence and one.entry.at < until)
    return next((entry.deed for entry in after if is_end(entry, referral.id)), None)


def _is_ask(line: Sealed, proof: str) -> bool:
    return line.entry.deed is Deed.LETTER_ASKED and line.proof == proof


def made_card(referral: Referral, name: str, file: str, *, when: str) -> Card:
    return _card(
        referral, f"The letter of referral {name} is fetched",
        f"It is in the file {file}, as the record stood {when}. Ask your technician for it, open it in a browser, and "
        "type your five words.",
    )  # fmt: skip


def ended_card(referral: Referral, name: str, *, when: str, why: Deed | None = None) -> Card:
    """`why` is the deed that ended the ask; None where nobody fetched it in its time."""
    ended = "an ask stands for 7 days" if why is None else f"{_SINCE[why]}, so that ask has ended"
    return _card(
        referral, f"The letter of referral {name} was not fetched",
        f"You asked for it {when}, and {ended}. If you still want it, ask again: press More on the "
        "concern’s card, then choose Referrals. Then speak to your technician.",
    )  # fmt: skip


_SINCE = {
    Deed.HANDED_OVER: "the concern has been offered to somebody else since",
    Deed.TAKEN_OVER: "somebody else has taken the concern over since",
    Deed.OWNER_GONE: "the concern has lost its owner since",
    Deed.SEALED: "the concern has been sealed since",
    Deed.MERGED: "the concern has been merged with another since",
    Deed.LETTER_ASKED: "a colleague has asked for it since",
}
"""By the deed that ended it (`rules.asked_letters.is_end`)."""


def _card(referral: Referral, heading: str, words: str) -> Card:
    press = Press.OPEN_REFERRAL
    button = Button(press=press, label=DEEDS[press], subject=referral.id, version=referral.version)
    return Card(summary=heading, parts=(Heading(heading), Words(text=words), Buttons((button,))))
