"""Triage: the look-back, then the form; and the second reader of a decision."""

from datetime import datetime
from uuid import UUID

from handlers import allegation as cases
from handlers import notices, staff
from handlers.access import concern_for
from handlers.account import names as account_names
from handlers.conversation import FormSubmitted, NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.errors import NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.record import labels, lookback
from handlers.reporter import receipt_card
from handlers.rules import own_words
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import CannotMove, Concern, ConcernId, Outcome, ReporterAs, Second
from handlers.rules.people import Person
from handlers.triage import adult_form, adults, deciding, turning
from handlers.triage import form as forms
from handlers.ui import keys, pages, say
from handlers.ui.card import Facts, Heading, Press, Words
from handlers.ui.form import Form, Part


async def _triage(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """The look-back comes before the form (DOMAIN, life of a concern)."""
    id = ConcernId(subject)
    concern = await concern_for(uow, id, Doing.DECIDE, by=by)
    concern.decide(Outcome.MONITORING, by=by.id, at=at)
    parts = await lookback.look_back(uow, id, by=by, at=at)
    return OpenForm(forms.look_back(keys.key(subject), concern.reference, parts))


async def _decided(uow: UnitOfWork, sent: Sent) -> Reply | str:
    if sent.inbound.back or sent.inbound.page < forms.READ:
        return NextPage(await turning.turned(uow, sent))
    concern = await deciding.triage_concern(uow, ConcernId(sent.id), sent.inbound.values, by=sent.by, at=sent.at)
    await turning.let_go(uow, sent.inbound.key)
    recorded = f"The decision on concern {concern.reference} has been recorded with its rationale."
    if concern.second is not Second.WANTED:
        return recorded
    if await deciding.second_readers(uow, concern):
        return f"{recorded} It waits for a second reader, who is being told now."
    outside = uow.school.outside
    return f"{recorded} Nobody else here can read it a second time. Ring {outside.name}, {outside.telephone}."


async def _adult_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    return await turning.adult(uow, inbound.key, concern) if concern else adult_form.form(inbound.key, "")


async def _adult_decided(uow: UnitOfWork, sent: Sent) -> Reply | str:
    if sent.inbound.back:
        return NextPage(await turning.turned(uow, sent))
    concern = await adults.triage_adult(uow, ConcernId(sent.id), sent.inbound.values, by=sent.by, at=sent.at)
    await turning.let_go(uow, sent.inbound.key)
    recorded = f"The decision on concern {concern.reference} has been recorded with its rationale."
    if await cases.must_be_rung(uow, concern):
        officer = cases.officer(uow)
        return f"{recorded} Ring now: {officer.name}, {officer.telephone}. Then press “Next steps” to record it."
    return f"{recorded} What comes next is under “Next steps”."


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return _as_typed(inbound)
    if inbound.page <= forms.KINDS:
        return await turning.first(uow, inbound.key, concern, inbound.values)
    return await turning.last(uow, inbound.key, concern, inbound.values)


def _as_typed(inbound: FormSubmitted) -> Form:
    """That page of it, without a look at whose categories they are."""
    if inbound.page <= forms.KINDS:
        return forms.kinds(inbound.key, "")
    return forms.form(inbound.key, "", chosen=inbound.values)


def _blank(key: str, reference: str) -> Form:
    return forms.form(key, reference)


async def _second(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    id = ConcernId(subject)
    concern = await concern_for(uow, id, Doing.SECOND_READ, by=by)
    concern.read_second(by=by.id, agreed=True)
    read = pages.paged(await _decision(uow, concern))
    return OpenForm(forms.second(keys.key(subject), concern.reference, read, number=forms.READ + 1 - len(read)))


async def _decision(uow: UnitOfWork, concern: Concern) -> tuple[Part, ...]:
    """All that was judged and decided last, with its reasons, word for word."""
    made = [line for line in await uow.trail.of(concern.id, words=True) if line.entry.deed is Deed.DECIDED]
    if not made or concern.outcome is None:
        raise CannotMove("There is no decision to read.")
    words = own_words.typed(made[-1].entry.words)
    judged = await _judged(uow, concern, words)
    parts: list[Part] = [Words(text=f"Decision: {say.OUTCOME[concern.outcome]}"), Facts(judged)]
    for name in _REASONS:
        if text := str(words.get(name) or ""):
            parts += [Heading(labels.label(name)), *pages.pieces(text)]
    return tuple(parts)


_REASONS = ("rationale", "threshold", "parents_why", "consulted", "rejected", "tell_reporter")
"""What was written, in the order in which it is read; with what is chosen it is all that the form asks."""


async def _judged(uow: UnitOfWork, concern: Concern, words: Answers) -> tuple[tuple[str, str], ...]:
    """What was chosen: level, the categories of each child, whether the child was seen, parents, the review."""
    names = await account_names.names_of(uow, _children(words))
    pairs = [("Level", concern.level.value.capitalize())] if concern.level else []
    for number in range(1, labels.MOST_CHILDREN + 1):
        if kinds := words.get(f"kinds_{number}"):
            child = names.get(str(words.get(f"of_{number}")), "a child no longer on the roll")
            pairs.append((f"Categories for {child}", labels.shown(f"kinds_{number}", kinds)))
    chosen = [(name, words.get(name)) for name in ("seen", "parents")]
    pairs += [(labels.label(name), labels.shown(name, value)) for name, value in chosen if value]
    if concern.review_at:
        pairs.append(("Review", say.day(concern.review_at, uow.school.calendar)))
    return tuple(pairs)


def _children(words: Answers) -> Answers:
    """Whom the categories are of, as an account names children."""
    numbers = range(1, labels.MOST_CHILDREN + 1)
    return {f"child_{number}": words[f"of_{number}"] for number in numbers if words.get(f"of_{number}")}


async def _read(uow: UnitOfWork, sent: Sent) -> Reply | str:
    if sent.inbound.back or sent.inbound.page < forms.READ:
        return await _turned(uow, sent)
    agreed = sent.reader.text("agreed") == "yes"
    words = {"reading": sent.reader.text("reading")}
    concern = await deciding.read_second(uow, ConcernId(sent.id), words, agreed=agreed, by=sent.by, at=sent.at)
    owner = await staff.name_of(uow, concern.owner or "")
    stands = "stands" if agreed else f"does not stand: {owner} is being told now"
    return f"Your reading has been recorded. The decision on concern {concern.reference} {stands}."


async def _turned(uow: UnitOfWork, sent: Sent) -> Reply:
    """Another page of the decision; the last one asks whether it stands."""
    inbound = sent.inbound
    concern = await concern_for(uow, ConcernId(sent.id), Doing.SECOND_READ, by=sent.by)
    concern.read_second(by=sent.by.id, agreed=True)
    read = pages.paged(await _decision(uow, concern))
    number = inbound.page + (-1 if inbound.back else 1)
    return NextPage(forms.second(inbound.key, concern.reference, read, number=number))


async def _second_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return forms.second(inbound.key, "")
    return forms.second(inbound.key, concern.reference, pages.paged(await _decision(uow, concern)))


async def _told(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern, words = await deciding.told_to_reporter(uow, ConcernId(subject), by=by, at=at)
    ring = receipt_card.outside(concern, await notices.situation(uow, concern, at=at))
    if not ring and concern.reporter_as is not ReporterAs.STAFF:
        raise NoSuchConcern
    return OpenForm(forms.told(concern.reference, words, ring))


COUNTER = Counter(
    presses={Press.DECIDE: _triage, Press.SECOND_READ: _second, Press.TOLD: _told},
    forms={
        forms.ID: Filed(take=_decided, blank=_blank, again=_again, as_typed=_as_typed, doing=Doing.DECIDE),
        adult_form.ID: Filed(
            take=_adult_decided, blank=adult_form.form, again=_adult_again, doing=Doing.DECIDE
        ),
        forms.SECOND: Filed(take=_read, blank=forms.second, again=_second_again, doing=Doing.SECOND_READ),
    },
)
