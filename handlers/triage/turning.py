"""The pages of a decision, turned on and back. Nothing that was typed on one of them is lost by it.

On from the look-back and the categories nothing needs to be kept: what was chosen comes along. Back from a page its
fields have nowhere to go but here: they are kept sealed, for their writer and this window alone, until the decision is
recorded, or for a day.
"""

from dataclasses import replace
from uuid import UUID, uuid5

from handlers import allegation as cases
from handlers.access import concern_for
from handlers.counter import Sent, subject_of
from handlers.errors import NoSuchConcern
from handlers.ports import Draft, UnitOfWork
from handlers.record import lookback
from handlers.rules import allegation, verdict
from handlers.rules.allegation import ChildIs
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.drafts import TURNED_BACK
from handlers.rules.people import Person
from handlers.triage import adult_form, deciding
from handlers.triage import form as forms
from handlers.ui import keys
from handlers.ui.form import Form


async def turned(uow: UnitOfWork, sent: Sent) -> Form:
    """The page before or after the one that was sent."""
    inbound, concern = sent.inbound, await concern_for(uow, ConcernId(sent.id), Doing.DECIDE, by=sent.by)
    if inbound.page < forms.KINDS:
        return await _looking_back(uow, sent, concern)
    if inbound.back:
        return await _back(uow, sent, concern)
    keys.check(forms.kinds(inbound.key, ""), inbound.values)
    kept = {**_less_kinds(await _kept(uow, inbound.key, by=sent.by)), **_ours(inbound.values)}
    return await last(uow, forms.carrying(inbound.key, inbound.values), concern, kept)


async def first(uow: UnitOfWork, key: str, concern: Concern, kept: Answers) -> Form:
    """The categories of each child, where there is one; what is about an adult has a form of its own."""
    if allegation.is_about(concern):
        return replace(await adult(uow, key, concern), values=kept)
    children = await deciding.children_of(uow, concern)
    if not children:
        return await last(uow, key, concern, kept)
    told = deciding.kinds_told(await uow.trail.answers(concern.id))
    return forms.kinds(key, concern.reference, children, kinds_told=told, chosen=kept)


async def last(uow: UnitOfWork, key: str, concern: Concern, kept: Answers) -> Form:
    """The page that is judged and decided on, with what is chosen and typed already."""
    children = await deciding.children_of(uow, concern)
    told = () if children else deciding.kinds_told(await uow.trail.answers(concern.id))
    return forms.form(key, concern.reference, children, chosen=kept, kinds_told=told)


async def adult(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    """What is decided of an adult, as their case stands."""
    case, officer = await cases.case_of(uow, concern), cases.officer(uow)
    told = await cases.told_at(uow, concern) is not None
    ring = ("", "") if told else (officer.name, officer.telephone)
    begins = case.triaged_at is None or case.raised_at is not None
    return adult_form.form(
        key, concern.reference, officer=ring, child_named=case.child is ChildIs.NAMED, first=begins, must=begins,
        told=told,
    )  # fmt: skip


async def let_go(uow: UnitOfWork, key: str) -> None:
    """It is recorded: what was kept of it on the way is in its entry."""
    if await uow.drafts.get(_place(key)) is not None:
        await uow.drafts.delete(_place(key))


async def _looking_back(uow: UnitOfWork, sent: Sent, concern: Concern) -> Form:
    """Another page of the look-back; after its last one the form."""
    inbound = sent.inbound
    parts = await lookback.look_back(uow, concern.id, by=sent.by, at=sent.at)
    if forms.read_last(parts, inbound.page) and not inbound.back:
        return await first(uow, inbound.key, concern, await _kept(uow, inbound.key, by=sent.by))
    number = inbound.page + (-1 if inbound.back else 1)
    return forms.look_back(inbound.key, concern.reference, parts, number=number)


async def _back(uow: UnitOfWork, sent: Sent, concern: Concern) -> Form:
    """The categories as they are ticked now; of an adult, and of no child on the roll, the end of the look-back."""
    inbound, to_kinds = sent.inbound, sent.inbound.page == forms.READ and not allegation.is_about(concern)
    kept = _ours(inbound.values)
    if inbound.page == forms.KINDS:
        kept = {**_less_kinds(await _kept(uow, inbound.key, by=sent.by)), **kept}
    await _keep(uow, sent, kept)
    if to_kinds and await deciding.children_of(uow, concern):
        return await first(uow, inbound.key, concern, kept)
    parts = await lookback.look_back(uow, concern.id, by=sent.by, at=sent.at)
    return forms.look_back(inbound.key, concern.reference, parts, number=forms.LAST_OF_LOOK_BACK)


async def _keep(uow: UnitOfWork, sent: Sent, kept: Answers) -> None:
    place, before = _place(sent.inbound.key), await _kept(uow, sent.inbound.key, by=sent.by)
    if kept or before:
        await uow.drafts.put(Draft(key=place, owner=sent.by.id, answers=kept, at=sent.at, page=TURNED_BACK))


async def _kept(uow: UnitOfWork, key: str, *, by: Person) -> Answers:
    """What its writer has gone back from; somebody else's key finds nothing of theirs, and may not write over it."""
    draft = await uow.drafts.get(_place(key))
    if draft is None:
        return {}
    if draft.owner != by.id or draft.page != TURNED_BACK:
        raise NoSuchConcern
    return draft.answers


def _place(key: str) -> UUID:
    """Where what was typed in that window is kept: by its nonce, which no other window has."""
    return uuid5(subject_of(key), f"{forms.ID}:{key.rpartition(':')[2]}")


_FIELDS = frozenset(field.name for form in (forms.form("", ""), adult_form.form("", "")) for field in form.fields())


def _ours(values: Answers) -> Answers:
    """What was answered in its fields, and of the names in them: nothing else that a client may send."""
    known = {name: value for name, value in values.items() if name in _FIELDS or name.startswith(verdict.ANSWER)}
    return {name: value for name, value in known.items() if value}


def _less_kinds(kept: Answers) -> Answers:
    """Without the categories, of which a page that was sent holds all: one that is unticked does not come."""
    return {name: value for name, value in kept.items() if not name.startswith("kinds_")}
