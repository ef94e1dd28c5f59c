"""What somebody sent while the store could not be reached: kept sealed elsewhere, and brought in when it can.

Only what raises a concern or would have sent it is kept so: of everything else nothing is lost by being sent again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from handlers.account import form as concern_form
from handlers.account import meant_form, police_notice, quick, review
from handlers.conversation import Complaints, FormSubmitted, NextPage, Reply, Who
from handlers.counter import subject_of
from handlers.desk import submissions
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.reporter import unsent
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import ConcernId
from handlers.rules.school import SchoolId
from handlers.ui import plain
from handlers.ui.card import Card, Facts, Heading, Words
from handlers.ui.form import ChoiceField, TextField
from handlers.ui.reader import Reader

SAVED = "Saved safely"
SAVED_WORDS = (
    "What you wrote is saved safely. Heard's records cannot be reached at this moment, so it may not have been read "
    "yet. It goes on to whoever receives it by itself, and your receipt will come to you then. You need not send it "
    "again."
)
SAVED_SHORT = (
    "What you wrote is saved safely. Heard's records cannot be reached at this moment, so it may not have been read "
    "yet. It goes on to whoever receives it by itself, and your receipt will come to you then. If an answer is "
    "missing, it waits among what you have not sent instead, and you are reminded of it."
)
"""Of a form of one page: whether it is right who was picked, and when it was, is looked at when it is brought in."""
NOT_YET = "This has not been sent yet. Answer what is missing and press “Send” again."
IN_DANGER = (
    "If it cannot wait, speak to a safeguarding lead in person now, never to anybody it is about. If a child may be in "
    "danger, ring 999."
)
AWAY = "The board cannot be reached"
AWAY_WORDS = (
    "Heard cannot reach its records at this moment. What staff send meanwhile is kept safely and appears here by "
    "itself as soon as it can; some of it may be urgent. Until then be easy to find, in person and by telephone, and "
    "tell your technician."
)
ROUNDS = 4
"""Pages that may still come after the last one was sent: the last look, who is meant, each once more."""
_LATER = frozenset({review.PAGE, meant_form.PAGE})
_SHORT = {quick.ID: quick, police_notice.ID: police_notice}


Numbers = Sequence[tuple[str, str]]
"""Whom somebody may ring, and where."""


class Keeper(Protocol):
    """Keeps what was sent, durably, where the store's own trouble does not reach."""

    async def keep(self, school: SchoolId, words: bytes, *, once: str) -> Numbers:
        """Kept when it returns; the same twice is kept once. Raises OSError where it cannot be kept either."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    inbound: FormSubmitted
    at: datetime
    """When it was sent."""


def is_sending(inbound: FormSubmitted) -> bool:
    """Whether the way on from here is to send it: the last page and what comes after, or a form of one page."""
    if inbound.changed or inbound.back or inbound.goto:
        return False
    return inbound.form in _SHORT or (inbound.form == concern_form.ID and inbound.page >= concern_form.LAST)


def lacking(inbound: FormSubmitted) -> Complaints | None:
    """What of a form of one page is not answered, or is too long: nobody is told that it is saved before it could be
    sent. None where that is all there. Who was picked, and days and times, are looked at when it is brought in.
    """
    short = _SHORT.get(inbound.form)
    if short is None:
        return None
    reader = Reader(inbound.values)
    reader.check(tuple(f for f in short.questions(inbound.values) if isinstance(f, TextField | ChoiceField)))
    if not reader.complaints():
        return None
    form = short.form(inbound.key, inbound.values, {})
    return Complaints(form=form, by_field={"": NOT_YET, **reader.complaints()}, unseen=bool(reader.text("child_1")))


def packed(inbound: FormSubmitted, at: datetime) -> bytes:
    """As bytes, with everything that is needed to answer it later."""
    who = inbound.who
    return json.dumps(
        {
            "version": 1,
            "at": at.isoformat(),
            "who": [who.platform, who.tenant, who.user],
            "form": inbound.form,
            "key": inbound.key,
            "page": inbound.page,
            "values": inbound.values,
            "shown": inbound.shown,
            "in_chat": inbound.in_chat,
        },
        ensure_ascii=False,
    ).encode()


def unpacked(words: bytes) -> Kept:
    """The same again. Raises ValueError or KeyError for what `packed` did not make."""
    raw: dict[str, Any] = json.loads(words)
    values: dict[str, Any] = raw["values"]
    platform, tenant, user = raw["who"]
    inbound = FormSubmitted(
        who=Who(platform=platform, tenant=tenant, user=user),
        form=raw["form"],
        key=raw["key"],
        page=raw["page"],
        values={name: value if isinstance(value, str) else tuple(map(str, value)) for name, value in values.items()},
        shown=None if raw["shown"] is None else tuple(raw["shown"]),
        in_chat=raw["in_chat"],
    )
    return Kept(inbound=inbound, at=datetime.fromisoformat(raw["at"]))


async def as_it_was_sent(units: UnitsOfWork, item: Kept) -> Kept:
    """With days and times as they were meant then: by now "yesterday" is another day."""
    school = await units.school_of(item.inbound.who)
    if school is None:
        return item
    async with units.looking(school, at=item.at) as uow:
        return replace(item, inbound=submissions.as_held(uow, _as_of_then(item, uow.school.calendar)))


def _as_of_then(item: Kept, calendar: Calendar) -> FormSubmitted:
    """With the moment at which it was sent where a blank stands for that."""
    values, local = item.inbound.values, item.at.astimezone(calendar.zone)
    if item.inbound.form != police_notice.ID or values.get("learned_date") or values.get("learned_time"):
        return item.inbound
    then = {"learned_date": f"{local:%Y-%m-%d}", "learned_time": f"{local:%H:%M}"}
    return replace(item.inbound, values={**values, **then})


def saved(inbound: FormSubmitted, outside: Numbers) -> Card:
    """To whoever sent it: the truth, and what to do if it cannot wait.

    An earlier try of it may be in the record, its answer lost: so nobody says that it has not been read.
    """
    told = SAVED_SHORT if inbound.form in _SHORT else SAVED_WORDS
    numbers = (Facts(tuple(outside)),) if outside else ()
    parts = (Heading(SAVED), Words(text=told), Words(text=IN_DANGER, alert=True), *numbers)
    return Card(summary=SAVED, parts=parts)


def away() -> Card:
    """To the leads' place: that there is an outage and nothing of what was sent in it, which may be about anybody."""
    return plain.say(AWAY_WORDS, heading=AWAY, alert=True)


async def bring_in(uow: UnitOfWork, kept: Kept, *, at: datetime) -> bool:
    """What was answered is in the record, or in its writer's own draft: of which they are reminded like of any other.

    Whether it is; what came of nobody's form, or of somebody's who is not on the staff list, is not.
    """
    inbound = kept.inbound
    by, key = await uow.people.identify(inbound.who), subject_of(inbound.key)
    if by is None or not by.active:
        return False
    if (concern := await uow.concerns.get(ConcernId(key))) is not None:
        if concern.reporter != by.id:  # who holds a copy of somebody's form has written nothing to that concern
            return False
        await _note(uow, kept, at=at)
        return True
    draft = await uow.drafts.get(key)
    if draft is not None and draft.owner != by.id:
        return False
    if inbound.form in _SHORT:
        await unsent.keep(uow, key, {**(draft.answers if draft else {}), **inbound.values}, by=by, at=at)
    return True


async def _note(uow: UnitOfWork, kept: Kept, *, at: datetime) -> None:
    """That it was sent earlier than the record has it, once."""
    key = subject_of(kept.inbound.key)
    if await uow.steps.take(key, "kept_meanwhile", at=at):
        facts = {"sent": kept.at.isoformat()}
        await uow.trail.append(Entry(deed=Deed.KEPT_MEANWHILE, at=at, by=None, thing=key, facts=facts))


def next_step(reply: Reply, inbound: FormSubmitted) -> FormSubmitted | None:
    """What is sent next in its writer's place, who has pressed Send: a page that only asks once more is passed by."""
    if not isinstance(reply, NextPage):
        return None
    if inbound.form in _SHORT:
        return inbound  # asked once who is meant; an answer that never comes counts as that they are
    if reply.form.page not in _LATER:
        return None
    return FormSubmitted(who=inbound.who, form=inbound.form, key=inbound.key, page=reply.form.page, values={})
