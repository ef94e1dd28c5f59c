"""Who may be meant by the names in an account, and what its writer said of each: asked before a route is chosen.

Whoever is meant counts as named until somebody answers that they are not. Not allowed here: telling anybody anything.
"""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers.account import meant_form
from handlers.account.reported import Reported
from handlers.ports import UnitOfWork
from handlers.rules import children_in, verdict
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Concern
from handlers.rules.meant import Asks, read
from handlers.rules.people import PersonId, PupilId
from handlers.rules.verdict import Account, Meant, Typed

Found = tuple[Meant, ...]


async def among(uow: UnitOfWork, answers: Answers, *, by: PersonId, of: Concern | None = None) -> Found:
    """Everyone who may be meant, with what was answered of them before. `of`: the concern to which more is said."""
    children = (*children_in.children(answers), *(of.children if of else ()))
    typed = meant_form.typed(answers, added=of is not None)
    read = Account(
        about=of.about if of and not answers.get("about") else _about(answers),
        typed=typed,
        reporter=by,
        picked=_picked(answers, "adult"),
        close=_picked(answers, "close"),
        pupils=await _names(uow, children),
    )
    found = verdict.in_account(read, await uow.people.ever()) if typed else ()
    return verdict.with_kept(found, answers)


async def in_words(
    uow: UnitOfWork, typed: tuple[Typed, ...], *, of: Concern | None, by: PersonId,
    given_to: frozenset[PersonId] = frozenset(), besides: tuple[Typed, ...] = (),
) -> Found:  # fmt: skip
    """Everyone who may be meant by what somebody types of a concern, and could have it or is given it by this.

    `besides`: what they are given to read that was typed before; it may mean whoever it is given to.
    """
    read = Account(
        about=of.about if of else About.ADULT, typed=typed, reporter=by, given_to=given_to,
        pupils=await _names(uow, of.children if of else ()),
    )  # fmt: skip
    staff = await uow.people.ever()
    found = verdict.in_account(read, staff) if typed else ()
    shown = verdict.in_account(replace(read, typed=besides), staff) if besides else ()
    known = {one.person.id for one in found}
    return (*found, *(one for one in shown if one.person.id in given_to - known))


def _about(answers: Answers) -> About:
    """What is not said yet may be about an adult."""
    said = answers.get("about")
    return next((about for about in About if about.value == said), About.ADULT)


def _picked(answers: Answers, field: str) -> PersonId | None:
    try:
        return PersonId(UUID(str(answers.get(field, ""))))
    except ValueError:
        return None


async def _names(uow: UnitOfWork, pupils: Collection[PupilId]) -> tuple[str, ...]:
    return tuple(sorted(pupil.name for pupil in (await uow.pupils.get(pupils)).values()))


def said(found: Found, values: Answers) -> Found:
    """With what the form says of each."""
    return verdict.with_answers(found, meant_form.said(found, values))


async def ask(uow: UnitOfWork, key: UUID, found: Found, *, at: datetime) -> bool:
    """Whether somebody must be asked about them, now and once: sent again without an answer, they count as named."""
    left = verdict.unanswered(found)
    if not left:
        return False
    asked = hashlib.sha256(" ".join(f"{one.person.id} {one.stamp}" for one in left).encode()).hexdigest()
    return await uow.steps.take(key, f"asked_{asked[:8]}", at=at)


async def settled(uow: UnitOfWork, reported: Reported, *, by: PersonId) -> tuple[Reported, Found]:
    """The account with everyone who may be meant written down in it: what nobody answered is kept as that. With them.
    """
    found = await among(uow, reported.kept, by=by)
    return replace(reported, kept=verdict.kept(reported.kept, found)), found


async def names_one_of(uow: UnitOfWork, text: str, people: Collection[PersonId], *, of: Concern) -> bool:
    """Whether that text may mean one of those people."""
    found = read(text, await uow.people.ever(), Asks.NAME, pupils=await _names(uow, of.children))
    return not set(people).isdisjoint(found)
