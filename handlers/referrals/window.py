"""A referral as a person reads it in a window of their own: which agency, whom, by when, and what has happened with it.

Every reading writes an entry. No card says any of this.
"""

from datetime import datetime

from handlers import allegation, staff
from handlers.ports import UnitOfWork
from handlers.record import labels
from handlers.referrals import form
from handlers.referrals import moves as referrals
from handlers.referrals.card import reference, state
from handlers.rules.agency import ALLEGATION, Agency
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.concern import Concern
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.referral import Referral, ReferralId
from handlers.ui import pages, say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import Form, Part

LABELS = {**labels.REFERRAL, "reason": "Reason", form.NOTE: "Note"}
FIRST = f"An allegation against an adult. {ENGLAND.words['lado']} If a child is in danger now, ring 999 first."

THEIR_OWN = "Whoever knows of it may have to report it themselves: a referral by the school does not do it for them."


async def open_referral(uow: UnitOfWork, id: ReferralId, *, by: Person, at: datetime) -> Form:
    """The window behind "Open" on a referral's card."""
    referral, concern = await referrals.referral_for(uow, id, by=by)
    facts = {"referral": str(id), "number": str(referral.number)}
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=concern.id, facts=facts))
    agency = ENGLAND.agency(referral.agency)
    names = await staff.names(uow)
    parts: list[Part] = [Facts(_now(uow, referral, agency, at=at)), *_sources(agency), *_stages(agency, referral)]
    for line in await history(uow, referral):
        who = staff.name(names, line.entry.by) if line.entry.by else "Heard"
        when = say.moment(line.entry.at, uow.school.calendar)
        parts.append(Words(text=f"{labels.REFERRAL_TITLES[line.entry.deed]} · {who} · {when}"))
        for name, text in line.entry.words.items():
            parts += [Words(text=LABELS.get(name, "Words"), subtle=True), *pages.pieces(str(text))]
    return Form(id="referral", key=str(id), title=f"Referral {reference(referral, concern)}", parts=tuple(parts))


async def history(uow: UnitOfWork, referral: Referral) -> list[Sealed]:
    """Every entry of that referral, in order, its words opened."""
    trail = await uow.trail.of(referral.concern, words=True)
    mine = [line for line in trail if line.entry.facts.get("referral") == str(referral.id)]
    return [line for line in mine if line.entry.deed in labels.REFERRAL_TITLES]


def _now(uow: UnitOfWork, referral: Referral, agency: Agency, *, at: datetime) -> tuple[tuple[str, str], ...]:
    calendar = uow.school.calendar
    moments = (
        ("Sent", referral.sent_at),
        ("Confirm in writing by", None if referral.confirmed_at else referral.confirm_by),
        ("Confirmed in writing", referral.confirmed_at),
        ("Answer due", referral.answer_by if referral.waiting else None),
        ("Answered", referral.answered_at),
    )
    known = tuple((name, say.moment(when, calendar)) for name, when in moments if when is not None)
    return (("To", agency.name), ("How", form.METHODS[referral.method]), ("State", state(referral, at=at)), *known)


def _sources(agency: Agency) -> tuple[Part, ...]:
    """Where it comes from that this agency is told, and the time it has: the second is often ours alone."""
    return (
        *([Words(text=agency.sending)] if agency.sending else []),
        Words(text=f"Source: {agency.source.cited()}.", subtle=True),
        Words(text=f"The time for an answer: {agency.answer.source.cited()}.", subtle=True),
    )


def _stages(agency: Agency, referral: Referral) -> tuple[Part, ...]:
    """How far a challenge can go, for whoever needs to know before they begin one."""
    pairs = tuple(
        (f"Stage {number}{' (now)' if number == referral.stage else ''}", f"{stage.whom}, {_days(stage.days)}")
        for number, stage in enumerate(agency.stages, 1)
    )
    source = Words(text=f"Source: {agency.stages_from.cited()}.", subtle=True)
    return (Heading("If the school disagrees"), Facts(pairs), source, Heading("What has happened"))


def _days(days: int) -> str:
    return "1 working day" if days == 1 else f"{days} working days"


async def deadlines(uow: UnitOfWork, concern: Concern) -> tuple[Part, ...]:
    """Whom the law says must be told of this concern, with the number and the deadline: above the form."""
    parts: list[Part] = []
    for told in await referrals.must_tell(uow, concern):
        if told.recorded or told.agency.make is None:
            continue
        due = (told.agency.name, f"by {say.moment(told.due, uow.school.calendar)}")
        if told.agency.make.when == ALLEGATION:
            officer = allegation.officer(uow)
            parts += [Words(text=FIRST, alert=True), Facts(((officer.name, officer.telephone), due))]
        else:
            parts += [Words(text=THEIR_OWN, alert=True), Facts((due,))]
    return tuple(parts)
