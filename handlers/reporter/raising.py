"""What people do with concerns. Each function runs inside the caller's unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_hex
from types import MappingProxyType

from handlers import notices, waking
from handlers.access import concern_for
from handlers.account.reported import Reported
from handlers.errors import Refused
from handlers.need_to_know import meant, naming, placing
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.reporter import danger, duties
from handlers.rules import children_in, home_time, own_words, verdict
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status, Urgency
from handlers.rules.home_time import Why
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person

ANOTHERS_FORM = "This form belongs to somebody else. Type /concern to begin your own."
"""The same whether it has been sent or not: who holds a copy of its button learns nothing by pressing it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    concern: Concern
    proof: str
    """Sequence and first 20 hex digits of its entry: what the trail must show for ever."""
    added: bool = False
    """It was there already, and what differed has been added to it."""


async def raise_concern(
    uow: UnitOfWork, reported: Reported, *, id: ConcernId, by: Person, at: datetime,
    codes: Mapping[str, str] = MappingProxyType({}),
) -> Raised:
    """Raise it once: the id was minted when the form opened, so a second submission finds the first.

    `codes` are plain facts about how it was written, for training: counts, never words.
    """
    reported, found = await meant.settled(uow, reported, by=by.id)
    already = await uow.concerns.get(id)
    if already is not None:
        return await _again(uow, already, reported.kept, by=by, at=at)
    concern = await placing.new_concern(uow, reported, id=id, by=by, found=found, at=at)
    part = await placing.childs_part(uow, concern, reported.kept, at=at)
    linked = {} if part is None else {"child_part": str(part[0].id)}
    told = {**codes, **reported.delays, **linked, **duties.marks(reported.kept)}
    raised = await put_forward(uow, concern, reported.kept, codes=told, by=by, at=at)
    if part is not None:
        await put_forward(uow, *part, codes=reported.delays, by=by, at=at)
    for one in (concern, *(part or ())[:1]):
        if (sent := await uow.concerns.get(one.id)) is not None:
            await danger.goes_on(uow, id, sent, at=at)
    return replace(raised, concern=await uow.concerns.get(id) or raised.concern)


async def put_forward(
    uow: UnitOfWork, concern: Concern, words: Answers, *, codes: Mapping[str, str] = MappingProxyType({}),
    by: Person, at: datetime,
) -> Raised:
    """Store a new concern with its account, and tell those who receive it: as "now" where it may not wait."""
    frozen, digests = freeze(concern.id, words)
    why = home_time.on_arrival(concern.urgency, words, uow.school.calendar, at=at)
    chosen, concern = concern, home_time.wake(concern, since=at) if why else concern
    facts = {
        "about": concern.about.value,
        "route": concern.route.value,
        "urgency": chosen.urgency.value,
        "pack": ENGLAND.edition,
        **placing.shown_to_the_reporter(concern),
        **codes,
        **digests,
    }
    entry = Entry(deed=Deed.RAISED, at=at, by=by.id, thing=concern.id, facts=facts, words=frozen)
    sealed = await uow.concerns.save(concern, because=entry)
    if why:
        await uow.trail.append(waking.because(chosen, why, at=at))
    await placing.raise_alarms(uow, concern, at=at)
    await notices.announce(uow, concern)
    return Raised(concern=concern, proof=sealed.proof)


def freeze(id: ConcernId, words: Answers) -> tuple[Answers, dict[str, str]]:
    """The words, with a nonce where a child said something, and the digest of that as a fact (`rules.own_words`)."""
    if not own_words.any_in(words):
        return words, {}
    frozen = {**words, own_words.NONCE: token_hex(16)}
    return frozen, {own_words.FACT: own_words.digest(id, frozen)}


async def raised_proof(uow: UnitOfWork, concern: Concern) -> str:
    """The proof of the entry with which it was raised; empty when there is none."""
    trail = await uow.trail.of(concern.id)
    return next((line.proof for line in trail if line.entry.deed is Deed.RAISED), "")


async def _again(
    uow: UnitOfWork, concern: Concern, kept: Answers, *, by: Person, at: datetime
) -> Raised:
    """The same id again: the same words change nothing, other words are kept as an addition."""
    if not may(by, Doing.ADD, concern):
        raise Refused(ANOTHERS_FORM)
    first = await uow.trail.answers(concern.id)
    differs = {name: value for name, value in verdict.typed(kept).items() if first.get(name) != value}
    known = [verdict.typed(own_words.typed(line.entry.words)) for line in await uow.trail.of(concern.id, words=True)]
    if differs and differs not in known:
        await add_to_concern(uow, concern, differs, by=by, at=at)
    shown = await raised_proof(uow, concern)
    return Raised(concern=concern, proof=shown, added=bool(differs))


async def add_more(
    uow: UnitOfWork, id: ConcernId, words: Answers, *, by: Person, at: datetime
) -> Concern:
    """The reporter adds to their own concern."""
    concern = await concern_for(uow, id, Doing.ADD, by=by)
    await add_to_concern(uow, concern, words, by=by, at=at)
    return concern


async def add_to_concern(
    uow: UnitOfWork, concern: Concern, words: Answers, *, form: str = "", by: Person, at: datetime
) -> None:
    """Keep more from the reporter: what was sent stays as it is (DOMAIN, capture). `form`: how it was written.

    Whoever may be meant in it loses the concern before anybody is told of it.
    """
    found = await meant.among(uow, words, by=by.id, of=concern)
    words = verdict.kept(words, found)
    concern = await naming.name_those_meant(uow, concern, found, by=by, at=at)
    concern = await naming.name_relatives(uow, concern, children_in.children(words), by=by, at=at)
    frozen, digests = freeze(concern.id, words)
    facts = {**({"form": form} if form else {}), **digests, **await duties.marks_of_more(uow, concern, words)}
    entry = Entry(deed=Deed.ADDED, at=at, by=by.id, thing=concern.id, facts=facts, words=frozen)
    sealed = await record(uow, concern, because=entry)
    owner = await uow.people.get(concern.owner) if concern.owner else None
    goes_on = owner is not None and owner.active and concern.status is not Status.CLOSED
    told = [owner] if owner and goes_on else await notices.first_told(uow, concern)
    await notices.tell(uow, NoticeKind.CHASE, told, concern.id, step=f"added_{sealed.sequence}")
    if home_time.not_safe(words):
        await _count_as_now(uow, concern.id, at=at)


async def _count_as_now(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> None:
    """What is added says that it may not wait, and nobody is acting on it as that yet."""
    concern = await uow.concerns.get(id)
    if concern is not None and (concern.urgency is not Urgency.NOW or home_time.settled(concern)):
        await waking.count_as_now(uow, concern, Why.ANSWER, since=at, at=at)
