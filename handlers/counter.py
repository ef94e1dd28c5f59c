"""A counter: one noun's presses and forms, as `presses` and `submissions` take them. No use case lives here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from handlers.conversation import FormSubmitted, Reply, Tell
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person, PersonId
from handlers.rules.referral import ReferralId
from handlers.rules.verdict import Typed
from handlers.ui import keys, plain, possible_days
from handlers.ui.card import Press
from handlers.ui.form import DateField, Form
from handlers.ui.reader import Reader

Pressed = Callable[[UnitOfWork, UUID, Person, datetime], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A short form as it was sent, its key read and its fields checked."""

    id: UUID
    reader: Reader
    inbound: FormSubmitted
    by: Person
    at: datetime

    def person(self, name: str) -> PersonId:
        """Whoever was chosen in that field. Raises `Refused` when that is nobody."""
        try:
            return PersonId(UUID(self.reader.text(name)))
        except ValueError:
            raise Refused("Choose a person from the list.") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What becomes of one form."""

    take: Callable[[UnitOfWork, Sent], Awaitable[Reply | str]]
    """Runs the use case; a sentence is told under "Done"."""
    blank: Callable[[str, str], Form]
    """The form of that key about that reference, as far as its fields go: what a sent form is checked against."""
    again: Callable[[UnitOfWork, FormSubmitted], Awaitable[Form]] | None = None
    """The same with what must be looked up (people to choose from), to be shown again with complaints."""
    as_typed: Callable[[FormSubmitted], Form] | None = None
    """The page that was sent, made without a look at the store, where more than one of its pages asks something."""
    doing: Doing | None = None
    """What whoever sends it must be allowed to do with what its key names, asked before a word of it is looked at;
    None where it is about no concern."""
    once: bool = True
    """A form sent twice does its work once; False where it only leads to another page."""
    unasked: str = ""
    """Why nobody is asked about names that are typed in it. Empty: they are, wherever somebody can write something."""
    shows: Callable[[UnitOfWork, FormSubmitted], Awaitable[tuple[Typed, ...]]] | None = None
    """What whoever is chosen in it comes to read beside its own words: these may mean them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged:
    """What becomes of a form whose pages are more than one step: it keeps what was typed elsewhere, or only turns."""

    take: Callable[[UnitOfWork, FormSubmitted, Person, datetime], Awaitable[Reply]]
    as_typed: Callable[[FormSubmitted], Form]
    """The same page again with everything that was typed in it, made without a look at the store."""
    again: Callable[[UnitOfWork, FormSubmitted], Awaitable[Form]] | None = None
    """The same with what must be looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    presses: Mapping[Press, Pressed] = field(default_factory=dict[Press, Pressed])
    forms: Mapping[str, Filed] = field(default_factory=dict[str, Filed])
    pages: Mapping[str, Paged] = field(default_factory=dict[str, Paged])


def subject_of(key: str) -> UUID:
    try:
        return keys.subject(key)
    except ValueError:
        raise NoSuchConcern from None


def told(words: str) -> Tell:
    return Tell(plain.say(words, heading="Done"))


def _step(inbound: FormSubmitted) -> str:
    return f"{inbound.form}:{inbound.key[-12:]}"


async def already(uow: UnitOfWork, inbound: FormSubmitted) -> bool:
    """Whether that form has done its work."""
    return _step(inbound) in await uow.steps.taken(subject_of(inbound.key))


async def take(uow: UnitOfWork, filed: Filed, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    """Check the form, do its work once, and answer. A page before the last only leads on, and back is no work."""
    id = subject_of(inbound.key)
    blank = filed.blank(inbound.key, "")
    reader = Reader(inbound.values)
    if inbound.page >= blank.page and not inbound.back:
        if filed.once and not await uow.steps.take(id, _step(inbound), at=at):
            return told("This has been done already. Nothing was done twice.")
        reader = keys.check(blank, inbound.values)
        await _must_be_possible(uow, id, blank, inbound, at=at)
    done = await filed.take(uow, Sent(id=id, reader=reader, inbound=inbound, by=by, at=at))
    return told(done) if isinstance(done, str) else done


async def _must_be_possible(uow: UnitOfWork, id: UUID, blank: Form, inbound: FormSubmitted, *, at: datetime) -> None:
    """Refuse a date that cannot be, whichever form it stands in. Raises `InvalidForm`."""
    if not any(isinstance(one, DateField) and inbound.values.get(one.name) for one in blank.fields()):
        return
    zone, concern = uow.school.calendar.zone, await _concern(uow, id)
    raised = concern.submitted_at.astimezone(zone).date() if concern else None
    days = possible_days.Days(today=at.astimezone(zone).date(), raised=raised)
    if told := possible_days.complaints(blank.fields(), inbound.values, days):
        raise InvalidForm(dict(told))


async def _concern(uow: UnitOfWork, id: UUID) -> Concern | None:
    """The concern, or that of the referral, which the form is about."""
    referral = await uow.referrals.get(ReferralId(id))
    return await uow.concerns.get(referral.concern if referral else ConcernId(id))
