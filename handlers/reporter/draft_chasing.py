"""Asks after what was begun and not sent: its writer, then that it exists those who would receive it, then it ends.

Each step is taken once, whoever ticks and however often; after days down its writer is reminded once, at the step
that has been reached, and nothing ends that had no last reminder.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from handlers import notices, ticking
from handlers.account.form import is_urgent
from handlers.notice import NoticeKind
from handlers.ports import Draft, UnitOfWork, UnitsOfWork
from handlers.reporter import unsent
from handlers.rules import drafts
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.drafts import Stage

_NOBODY = f"{Stage.LEADS}:nobody"
_FIRST = timedelta(minutes=5)
"""Nothing is asked about a draft before it has been left for so long."""


async def chase_drafts(units: UnitsOfWork, *, at: datetime) -> int:
    """Carry every unsent draft to the step that is due; returns about how many somebody was told."""

    async def find(uow: UnitOfWork) -> Sequence[UUID]:
        await uow.drafts.clear_sent(before=at - drafts.KEPT_FOR)
        return await uow.drafts.untouched(since=at - _FIRST)

    return await ticking.each(units, find, lambda uow, key: _chase(uow, key, at=at))


async def _chase(uow: UnitOfWork, key: UUID, *, at: datetime) -> bool:
    draft = await uow.drafts.get(key)
    if draft is None:
        return False
    if draft.page in drafts.NO_CONCERN:
        await _let_go(uow, draft, at=at)
        return False
    if not draft.answers or await unsent.is_sent(uow, draft):
        await _clear(uow, draft, at=at)
        return False
    if draft.completes is not None and not _is_begun(draft):
        return await _ask_for_the_rest(uow, draft, at=at)
    taken = await uow.steps.taken(key)
    fresh = [stage for stage in await _due(uow, draft, at=at) if await _take(uow, draft, stage, taken, at=at)]
    if fresh:
        await _tell(uow, draft, fresh, at=at)
    elif await _is_over(uow, draft, taken, at=at):
        await unsent.expire(uow, key, at=at)
    return bool(fresh)


async def _clear(uow: UnitOfWork, draft: Draft, *, at: datetime) -> None:
    """What is in its concern, or holds nothing, goes without an entry after the same time; the rest leaves one."""
    if draft.at >= at - drafts.KEPT_FOR:
        return
    entries = [line.entry for line in await uow.trail.of(draft.completes)] if draft.completes else []
    if _is_begun(draft) and drafts.incomplete(entries):
        await unsent.expire(uow, draft.key, at=at)
    else:
        await uow.drafts.delete(draft.key)


async def _let_go(uow: UnitOfWork, draft: Draft, *, at: datetime) -> None:
    """Of words that nobody said are a concern nobody is reminded; they end after the same time. What was typed in a
    form that was never sent goes as if its window had been closed."""
    if draft.page == drafts.TURNED_BACK:
        if draft.at < at - drafts.TURNED_BACK_FOR:
            await uow.drafts.delete(draft.key)
    elif draft.at < at - drafts.KEPT_FOR:
        await unsent.expire(uow, draft.key, at=at)


def _is_begun(draft: Draft) -> bool:
    """Whether its writer has typed anything into the rest of a quick concern."""
    return draft.begun is not None and draft.at > draft.begun


async def _due(uow: UnitOfWork, draft: Draft, *, at: datetime) -> Sequence[Stage]:
    """Those who would receive the rest of a quick concern have the concern, and are not told of its draft.

    Where its writer has left nobody else can send it: that it exists is told at once.
    """
    writer = await uow.people.get(draft.owner)
    left = writer is not None and not writer.active
    due = drafts.due(draft.at, uow.school.calendar, urgent=is_urgent(draft.answers), at=at)
    due = (Stage.LEADS, *(stage for stage in due if stage is not Stage.LEADS)) if left else due
    return [stage for stage in due if stage is not Stage.LEADS or draft.completes is None]


async def _take(
    uow: UnitOfWork, draft: Draft, stage: Stage, taken: Mapping[str, datetime], *, at: datetime
) -> bool:
    if stage.value in taken:
        return False
    name = await _name(uow, draft, stage)
    return name not in taken and await uow.steps.take(draft.key, name, at=at)


async def _name(uow: UnitOfWork, draft: Draft, stage: Stage) -> str:
    """That it exists has another name while nobody may be told: once somebody may, they are."""
    if stage is Stage.LEADS and not await unsent.would_receive(uow, draft):
        return _NOBODY
    return drafts.last_step(draft.at, uow.school.calendar) if stage is Stage.LAST else stage.value


async def _tell(uow: UnitOfWork, draft: Draft, fresh: Sequence[Stage], *, at: datetime) -> None:
    reached = await _name(uow, draft, fresh[-1])
    writer = await uow.people.get(draft.owner)
    if writer is not None and writer.active:
        await notices.tell(uow, NoticeKind.DRAFT, (writer,), draft.key, step=reached)
    told = await unsent.would_receive(uow, draft) if Stage.LEADS in fresh else ()
    await notices.tell(uow, NoticeKind.DRAFT, told, draft.key, step=Stage.LEADS)
    left = {"why": "left"} if writer is not None and not writer.active else {}
    facts = {"step": reached, "told": str(len(told)), **left}
    await uow.trail.append(Entry(deed=Deed.DRAFT_CHASED, at=at, by=None, thing=draft.key, facts=facts))
    if Stage.LEADS in fresh and not told:
        why = {"why": "nobody_receives_it"}
        await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=draft.key, facts=why))


async def _is_over(uow: UnitOfWork, draft: Draft, taken: Mapping[str, datetime], *, at: datetime) -> bool:
    """One that says somebody must act now stays until a card of it has reached somebody beside its writer."""
    calendar = uow.school.calendar
    reminded = taken.get(drafts.last_step(draft.at, calendar))
    if not drafts.expired(draft.at, calendar, reminded=reminded, at=at):
        return False
    if not is_urgent(draft.answers) or draft.completes is not None:
        return True
    return any(notice.to != draft.owner for notice in await uow.posts.standing(draft.key))


async def _ask_for_the_rest(uow: UnitOfWork, draft: Draft, *, at: datetime) -> bool:
    """Its writer is asked once, on the day itself where that can be; then the draft goes, and can be had again."""
    writer = await uow.people.get(draft.owner)
    concern = await uow.concerns.get(draft.completes) if draft.completes else None
    if writer is None or concern is None or not may(writer, Doing.ADD, concern):
        return False
    if at < drafts.complete_by(concern.submitted_at, uow.school.calendar):
        return False
    asked = Stage.COMPLETE in await uow.steps.taken(concern.id)
    if asked or not await uow.steps.take(concern.id, Stage.COMPLETE, at=at):
        await _clear(uow, draft, at=at)
        return False
    await notices.tell(uow, NoticeKind.DRAFT, (writer,), concern.id, step=Stage.COMPLETE)
    facts = {"step": Stage.COMPLETE.value}
    await uow.trail.append(Entry(deed=Deed.DRAFT_CHASED, at=at, by=None, thing=concern.id, facts=facts))
    return True
