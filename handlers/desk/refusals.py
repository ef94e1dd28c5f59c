"""Who is let in, and how a refusal becomes words: here and nowhere else."""

from datetime import datetime

from handlers.conversation import (
    ButtonPressed,
    Complaints,
    FormSubmitted,
    Inbound,
    Reply,
    SearchTyped,
    Suggestions,
    Tell,
)
from handlers.desk import submissions
from handlers.errors import (
    AccountNotChecked,
    AccountSwitchedOff,
    GuestAccount,
    InvalidForm,
    NoSuchConcern,
    NotForPupils,
    NotOnTheStaffList,
    NotYourCommand,
    Refused,
    UnknownSchool,
)
from handlers.platform_ports import Standing
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import CannotMove
from handlers.rules.people import Person, Role
from handlers.rules.routing import MAY_HAVE_ONE
from handlers.ui import plain

KEPT: dict[type[Refused], str] = {
    UnknownSchool: "unknown_school",
    NotOnTheStaffList: "not_on_the_staff_list",
    NotForPupils: "pupil_account",
    NoSuchConcern: "no_such_concern",
    NotYourCommand: "not_your_command",
    AccountSwitchedOff: "account_switched_off",
    GuestAccount: "guest_account",
    AccountNotChecked: "account_not_checked",
}
"""Refusals that leave an entry: somebody reached for what is not theirs."""


_NOT_GOOD: dict[Standing, type[Refused]] = {
    Standing.INACTIVE: AccountSwitchedOff,
    Standing.GUEST: GuestAccount,
    Standing.UNKNOWN: AccountNotChecked,
}


def welcome(person: Person | None, standing: Standing) -> Person:
    """Whoever may go on. Raises `NotOnTheStaffList`, `NotForPupils`, or what their account's standing is refused with.
    """
    if person is None or not person.active:
        raise NotOnTheStaffList
    if person.has(Role.PUPIL):
        raise NotForPupils
    refusal = _NOT_GOOD.get(standing)
    if refusal and not (standing is Standing.UNKNOWN and not person.among(MAY_HAVE_ONE)):
        raise refusal
    return person  # who only raises concerns is not kept from it because a platform is silent


async def in_words(uow: UnitOfWork, inbound: Inbound, refusal: Refused) -> Reply:
    """A refusal as an answer; a form that was refused stays, with what was typed in it."""
    if isinstance(inbound, SearchTyped):
        return Suggestions(())
    if isinstance(inbound, FormSubmitted) and not isinstance(refusal, _TAKES_THE_FORM_AWAY):
        by_field = refusal.by_field if isinstance(refusal, InvalidForm) else {"": str(refusal)}
        try:
            unknown = isinstance(refusal, AccountNotChecked)
            form = submissions.as_typed(inbound) if unknown else await submissions.redraw(uow, inbound)
            return Complaints(form=form, by_field=by_field, unseen=unknown)
        except (Refused, CannotMove):  # what it asks is settled: there is no such form any more, and this says why
            return Tell(plain.say(str(refusal), alert=True))
    return Tell(plain.say(str(refusal), alert=True))


def turned_away(inbound: Inbound, refusal: Refused, by: Person | None, at: datetime) -> Entry:
    """What is kept of a refusal in `KEPT`."""
    thing = inbound.subject if isinstance(inbound, ButtonPressed) else None
    facts = {"why": KEPT[type(refusal)], "platform": inbound.who.platform}
    return Entry(deed=Deed.REFUSED, at=at, by=by.id if by else None, thing=thing, facts=facts)


_TAKES_THE_FORM_AWAY = (
    UnknownSchool, NotOnTheStaffList, NotForPupils, NoSuchConcern, AccountSwitchedOff, GuestAccount,
)  # fmt: skip
