"""Sharing: chosen paragraphs of one concern, with one colleague, until a day, for a reason. Logged and revocable.

Who is named in it can be given nothing, and loses what they were given the moment they are named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from handlers import notices, staff
from handlers.access import concern_for
from handlers.account import form as concern_form
from handlers.account import read_as, voices
from handlers.account.names import names_of
from handlers.errors import InvalidForm, NoSuchConcern
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.record import share_form
from handlers.rules import routing
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.share import Share, ShareId
from handlers.rules.verdict import Typed
from handlers.ui import pages, say
from handlers.ui.card import Heading
from handlers.ui.form import Field, Form, Option, Part, TextField


def paragraphs(answers: Answers) -> list[Option]:
    """What of an account can be shared: every field that has an answer."""
    shown = [field for field in concern_form.fields(answers) if answers.get(field.name)]
    listed = [field for field in shown if field.name != "own_account"]
    return [Option(key=field.name, label=say.fit(read_as.label(field))) for field in listed]


def typed(answers: Answers, chosen: Sequence[str]) -> tuple[Typed, ...]:
    """The words of those paragraphs, with how names in each are read."""
    fields = [field for field in concern_form.fields(answers) if isinstance(field, TextField) and field.name in chosen]
    return tuple(Typed(text=str(answers[f.name]), asks=f.asks) for f in fields if answers.get(f.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """What is to be shared, with whom, until when and why."""

    fields: Sequence[str]
    to: PersonId
    until: datetime
    reason: str


async def share_concern(uow: UnitOfWork, id: ConcernId, giving: Giving, *, by: Person, at: datetime) -> Share:
    """Give it to them until then; they are told in person."""
    concern = await concern_for(uow, id, Doing.SHARE, by=by)
    person = await _colleague(uow, concern, giving.to)
    offered = {option.key for option in paragraphs(await uow.trail.answers(id))}
    if not giving.fields or not set(giving.fields) <= offered:
        raise InvalidForm({"fields": "Choose from the answers offered."})
    if giving.until <= at:
        raise InvalidForm({"until": "This day has passed already. Choose a later one."})
    given = Share(id=ShareId(uuid4()), concern=id, to=giving.to, by=by.id, at=at, until=giving.until)
    facts = {"share": str(given.id), "to": str(given.to), "until": given.until.isoformat()}
    words: Answers = {"fields": tuple(giving.fields), "reason": giving.reason}
    await uow.shares.save(given, because=Entry(deed=Deed.SHARED, at=at, by=by.id, thing=id, facts=facts, words=words))
    await notices.tell(uow, NoticeKind.SHARE, (person,), given.id)
    return given


async def _colleague(uow: UnitOfWork, concern: Concern, to: PersonId) -> Person:
    person = await uow.people.get(to)
    if person is None or not person.active or person.has(Role.PUPIL) or to in routing.conflicted(concern):
        raise InvalidForm({"to": "This cannot be shared with that person. Choose somebody else."})
    return person


async def open_share(uow: UnitOfWork, id: ShareId, *, by: Person, at: datetime) -> Form:
    """The chosen paragraphs, for that colleague alone and while it lasts."""
    given = await uow.shares.get(id)
    concern = await uow.concerns.get(given.concern) if given else None
    if given is None or concern is None or not _theirs(given, concern, by, at=at):
        raise NoSuchConcern
    facts = {"share": str(id)}
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=concern.id, facts=facts))
    answers = await uow.trail.answers(concern.id)
    parts = _told(answers, await _fields(uow, given), await names_of(uow, answers))
    until = say.day(given.until, uow.school.calendar)
    return share_form.shared(str(id), concern.reference, until, parts)


def _theirs(given: Share, concern: Concern, by: Person, *, at: datetime) -> bool:
    return given.to == by.id and given.live(at=at) and by.id not in routing.conflicted(concern)


async def _fields(uow: UnitOfWork, given: Share) -> tuple[str, ...]:
    """Which paragraphs were chosen: sealed with the reason."""
    for line in await uow.trail.of(given.concern, words=True):
        if line.entry.deed is Deed.SHARED and line.entry.facts.get("share") == str(given.id):
            chosen = line.entry.words.get("fields", ())
            return (chosen,) if isinstance(chosen, str) else chosen
    return ()


def _told(answers: Answers, chosen: Sequence[str], names: dict[str, str]) -> list[Part]:
    parts: list[Part] = []
    for field in concern_form.fields(answers):
        if field.name in chosen and (value := answers.get(field.name)):
            parts += [Heading(_label(field, answers, names)), *pages.pieces(read_as.shown(field, value, names))]
    return parts


def _label(field: Field, answers: Answers, names: dict[str, str]) -> str:
    return say.fit(voices.label(field, answers, names), say.HEADING)


async def live(uow: UnitOfWork, concern: Concern, *, at: datetime) -> list[tuple[Share, str]]:
    """Every share that lasts, with the name of whom it is with and until when."""
    return [one for one in await not_ended(uow, concern) if one[0].live(at=at)]


async def not_ended(uow: UnitOfWork, concern: Concern) -> list[tuple[Share, str]]:
    """The same with those whose time has run out: every one that nobody has ended."""
    found: list[tuple[Share, str]] = []
    for given in await uow.shares.of(concern.id):
        if given.revoked_at is None:
            until = say.day(given.until, uow.school.calendar)
            found.append((given, f"{await staff.name_of(uow, given.to)}, until {until}"))
    return found


async def revoke_share(
    uow: UnitOfWork, id: ConcernId, share_id: str, reason: str, *, by: Person, at: datetime
) -> Share:
    """End it now; the card that they have says so."""
    concern = await concern_for(uow, id, Doing.SHARE, by=by)
    given = next((one for one, _ in await live(uow, concern, at=at) if str(one.id) == share_id), None)
    if given is None:
        raise InvalidForm({"share": "This has ended already."})
    ended = given.revoke(at=at)
    facts = {"share": str(given.id), "to": str(given.to)}
    entry = Entry(deed=Deed.SHARE_REVOKED, at=at, by=by.id, thing=id, facts=facts, words={"reason": reason})
    await uow.shares.save(ended, because=entry)
    await notices.redraw(uow, UUID(str(given.id)))
    return ended
