"""A letter that is asked for from chat and fetched outside it, sealed: nobody who carries the file can read it.

The passphrase is shown once, to whoever asked. The key that follows from it is kept with the ask, sealed as everything
that was typed; the letter is drawn when it is fetched, from the record as it is then.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from handlers import letters_ended, notices, ticking
from handlers.access import concern_for
from handlers.errors import Damaged, NoSuchConcern
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.referrals import passphrase
from handlers.referrals.card import reference
from handlers.referrals.letters.model import Letter
from handlers.referrals.letters.record import make_letter
from handlers.referrals.moves import referral_for
from handlers.rules import asked_letters
from handlers.rules.asked_letters import ASKED, KEY, LASTS, SALT, UNTIL, Ask
from handlers.rules.authority import Doing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.referral import Referral, ReferralId
from handlers.ui import say

MADE: Final = "made"
"""What a notice of it tells; behind it stands which ask."""
LOOKED_BACK: Final = timedelta(days=30)
"""For asks whose time has passed while nothing ran."""
_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    reference: str
    words: str
    """The passphrase: never kept, never logged."""
    until: datetime


async def letter_for(uow: UnitOfWork, id: ReferralId, *, by: Person) -> tuple[Referral, Concern]:
    """The referral, for one who may have its letter. `NoSuchConcern` for none and for not theirs."""
    referral, concern = await referral_for(uow, id, by=by)
    return referral, await concern_for(uow, concern.id, Doing.EXPORT, by=by)


async def ask(uow: UnitOfWork, id: ReferralId, *, by: Person, at: datetime) -> Asked:
    """Keep that they ask for it, and what it is to be sealed with. Asked again, the newer words hold."""
    referral, concern = await letter_for(uow, id, by=by)
    words, salt = passphrase.fresh(), passphrase.salt()
    key = passphrase.key(words, salt)
    until = at + LASTS
    facts = {"referral": str(id), "number": str(referral.number), UNTIL: until.isoformat(), SALT: salt.hex()}
    entry = Entry(
        deed=Deed.LETTER_ASKED, at=at, by=by.id, thing=concern.id, facts=facts, words={KEY: key.hex()}
    )
    await letters_ended.by_deed(uow, concern, await uow.trail.append(entry))
    return Asked(reference=reference(referral, concern), words=words, until=until)


async def asked(uow: UnitOfWork, *, at: datetime) -> tuple[ConcernId, ...]:
    """The concerns of which a letter was asked for in the days that an ask stands."""
    return await _asked(uow, at - LASTS, at)


async def _asked(uow: UnitOfWork, since: datetime, until: datetime) -> tuple[ConcernId, ...]:
    found = await uow.trail.done(Deed.LETTER_ASKED, since, until)
    return tuple(dict.fromkeys(ConcernId(entry.thing) for entry in found if entry.thing is not None))


async def waiting(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> list[Ask]:
    """What is to be made of that concern now: by whoever asked, who still may have it."""
    concern = await uow.concerns.get(id)
    if concern is None:
        return []
    asks = asked_letters.standing(await uow.trail.of(id, words=True), at=at)
    return [ask for ask in asks if letters_ended.may_have_it(await uow.people.get(ask.by), concern)]


async def make_asked(uow: UnitOfWork, ask: Ask, *, facts: Mapping[str, str], at: datetime) -> Letter:
    """The letter as the record stands, kept as made for that ask. `NoSuchConcern` where it is no longer theirs, or the
    ask has ended since it was read: it was fetched by another run, asked again, or the concern changed hands."""
    referral = await uow.referrals.get(ask.referral)
    by = await uow.people.get(ask.by)
    if referral is None or by is None or not by.active:
        raise NoSuchConcern
    if ask.proof not in {one.proof for one in await waiting(uow, referral.concern, at=at)}:
        raise NoSuchConcern
    concern = await concern_for(uow, referral.concern, Doing.EXPORT, by=by)
    letter = await make_letter(uow, referral, concern, by=by, at=at, more={ASKED: ask.proof, **facts})
    await notices.tell(uow, NoticeKind.LETTER, (by,), ask.referral, step=f"{MADE}_{ask.proof}")
    return letter


async def end_asks(units: UnitsOfWork, *, at: datetime) -> int:
    """Tell whoever asked that their letter was not fetched in its time; each once. Returns how many were told."""

    async def find(uow: UnitOfWork) -> list[tuple[ConcernId, Ask]]:
        found: list[tuple[ConcernId, Ask]] = []
        for id in await _asked(uow, at - LOOKED_BACK, at - LASTS + _MOMENT):
            with suppress(Damaged):
                lines = await uow.trail.of(id, words=True)
                found += [(id, ask) for ask in asked_letters.lapsed(lines, at=at)]
        taken = await uow.steps.taken_of({ask.referral for _, ask in found})
        return [(id, ask) for id, ask in found if letters_ended.step(ask) not in taken[ask.referral]]

    return await ticking.each(units, find, lambda uow, one: _end(uow, *one, at=at))


async def _end(uow: UnitOfWork, id: ConcernId, ask: Ask, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    return concern is not None and await letters_ended.tell(uow, concern, ask, at=at)


async def name_of(uow: UnitOfWork, ask: Ask, *, at: datetime) -> str:
    """What its file is called: the reference and the day, no child and no agency. Raises `NoSuchConcern`."""
    referral = await uow.referrals.get(ask.referral)
    concern = await uow.concerns.get(referral.concern) if referral else None
    if referral is None or concern is None:
        raise NoSuchConcern
    day = at.astimezone(uow.school.calendar.zone).date()
    return f"{concern.reference}-R{referral.number}-{say.long(day).replace(' ', '-')}"
