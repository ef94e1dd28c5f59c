"""Where a new concern goes: whom it names, what the reporter is to it, its route and the rung it begins on.

A concern about a child and an adult is two: the whole goes where concerns about adults go, and the child's part,
without a word of the adult, to the leads (DOMAIN, "Who gets it").
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from handlers import notices
from handlers.account.goes import Goes, into
from handlers.account.reported import Reported
from handlers.need_to_know import meant
from handlers.ports import UnitOfWork
from handlers.rules import children_in, routing, verdict
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, ReporterAs, Route, Urgency
from handlers.rules.held import Held
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PersonId
from handlers.rules.routing import Post, Rung, Weight

_WHERE_NOW = "child_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What a new concern is about, whom it names, and where it goes."""

    about: About
    route: Route
    named: frozenset[PersonId]
    """Everyone who is named in it, picked or typed, its writer too."""
    about_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whom an account names: those it is about, what they do here, and everybody who is to have nothing of it."""

    subjects: tuple[Person, ...]
    posts: tuple[Post, ...]
    named: tuple[Person, ...]


async def whom(
    uow: UnitOfWork, found: meant.Found, answers: Answers, *, adult: str, close: str, post: Post | None, by: PersonId
) -> Whom:
    """From who was picked, who was typed, a post that was chosen for somebody without a name, and whose child it is."""
    people = await uow.people.all()
    post = post if answers.get("about") in {About.ADULT, About.BOTH} else None
    picked, near = await _person(uow, adult), await _person(uow, close)
    subjects = [person for person in (picked, *(one.person for one in found if one.subject)) if person is not None]
    if post is not None and not subjects and (alone := routing.alone_in(post, people)) is not None:
        denied = {one.person.id for one in found if not one.named} | {by}
        subjects += [alone] if alone.id not in denied else []
    posts = [*([] if post is None else routing.held_with(post, people)), *routing.posts_of(subjects)]
    family = routing.relatives(children_in.children(answers), people)
    named = [*subjects, *(one.person for one in found if one.named), *([near] if near else []), *family]
    return Whom(subjects=tuple(subjects), posts=tuple(posts), named=tuple(named))


async def way_of(uow: UnitOfWork, reported: Reported, *, by: Person, found: meant.Found | None = None) -> Way:
    """`found`: whoever may be meant, where that was looked for already in the same words."""
    found = await meant.among(uow, reported.kept, by=by.id) if found is None else found
    who = await whom(
        uow, found, reported.kept, adult=reported.adult, close=reported.close, post=reported.adult_post, by=by.id
    )  # fmt: skip
    said = weight(reported.kept)
    about = verdict.about(reported.about, found)
    posts = [*who.posts, *(routing.posts_of([by]) if said is Weight.SELF else ())]
    about_self = said is Weight.SELF or by.id in {person.id for person in who.subjects}
    return Way(
        about=about,
        route=routing.route(about, posts, weight=said, policy=uow.school.policy),
        named=frozenset(person.id for person in who.named),
        about_self=about_self,
    )


async def would_have_it(uow: UnitOfWork, way: Way, *, by: PersonId) -> tuple[Held, Held | None]:
    """By whose posts it would be had if it were sent now; and its child's part, where there is one."""
    whole = as_if_sent(way.about, way.route, way.named - {by}, by=by)
    part = as_if_sent(About.CHILD, Route.LEADS, way.named - {by}, by=by)
    return await notices.held_by(uow, whole), await notices.held_by(uow, part) if way.about is About.BOTH else None


def as_if_sent(about: About, route: Route, named: Collection[PersonId], *, by: PersonId) -> Concern:
    """As much of the concern that it may become as decides who has it."""
    return Concern(
        id=ConcernId(UUID(int=0)), reference="", reporter=by, about=about, route=route, urgency=Urgency.TODAY,
        submitted_at=datetime.min.replace(tzinfo=UTC), named=frozenset(named),
    )  # fmt: skip


async def new_concern(
    uow: UnitOfWork, reported: Reported, *, id: ConcernId, by: Person, found: meant.Found, at: datetime
) -> Concern:
    """The concern as it is when it comes in, with the next reference. `found`: whoever may be meant in it."""
    way = await way_of(uow, reported, by=by, found=found)
    concern = Concern(
        id=id,
        reference=await uow.concerns.free_reference(at=at),
        reporter=by.id,
        about=way.about,
        route=way.route,
        urgency=reported.urgency,
        submitted_at=at,
        named=way.named - {by.id},
        children=frozenset(await uow.pupils.get(children_in.children(reported.kept))),
        reporter_as=_reporter_as(reported.kept, by, about_self=way.about_self),
    )
    return await on_its_rung(uow, concern, at=at)


def _reporter_as(answers: Answers, by: Person, *, about_self: bool) -> ReporterAs:
    """A relative is who says so, and whose child it is by the school file."""
    if about_self:
        return ReporterAs.SUBJECT
    said = answers.get("relative") == "yes" or answers.get("involved") in {"relative", "both"}
    known = not by.children.isdisjoint(children_in.children(answers))
    return ReporterAs.RELATIVE if said or known else ReporterAs.STAFF


def weight(answers: Answers) -> Weight:
    """What the writer said it weighs; unsure is an allegation (KCSIE part four)."""
    said = str(answers.get("adult_weight") or "")
    return Weight(said) if said in set(Weight) else Weight.ALLEGATION


async def on_its_rung(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Concern:
    """Begin where somebody is: an empty pool goes to the next rung, and the alarm is kept. Nothing is dropped."""
    people = await uow.people.all()
    rung = routing.lowest_rung(concern, people)
    if rung is None or (rung <= Rung.DEPUTIES and concern.route is Route.LEADS):
        return concern
    return concern if rung <= concern.rung else replace(concern, rung=rung, escalated_at=at)


def shown_to_the_reporter(concern: Concern) -> dict[str, str]:
    """What of their own to do the reporter is shown, as a fact of its entry: that it was shown is kept."""
    shown = concern.route in routing.LADO_IS_SHOWN and concern.reporter_as is not ReporterAs.SUBJECT
    return {"shown": "lado"} if shown else {}


def alarms(concern: Concern, people: Sequence[Person]) -> tuple[str, ...]:
    """Codes of what is wrong with who receives it: nobody at all, or nobody on the first rung."""
    if concern.sealed:
        held = any(routing.receives(concern, person) for person in people)
        return () if held else ("nobody_has_a_sealed_concern",)
    rung = routing.lowest_rung(concern, people)
    if rung is None:
        return ("nobody_receives_it",)
    return ("first_rung_is_empty",) if rung > Rung.FIRST else ()


async def raise_alarms(uow: UnitOfWork, concern: Concern, *, at: datetime) -> None:
    for why in alarms(concern, await uow.people.all()):
        entry = Entry(deed=Deed.ALARMED, at=at, by=None, thing=concern.id, facts={"why": why})
        await uow.trail.append(entry)


async def childs_part(
    uow: UnitOfWork, concern: Concern, words: Answers, *, at: datetime
) -> tuple[Concern, Answers] | None:
    """The linked concern for the leads; None where it is not about both.

    Its id is made from the other's, so that a form sent twice makes it once. Nothing in it points back.
    """
    if concern.about is not About.BOTH:
        return None
    kept = {name: words[name] for name in into(Goes.CHILDS_PART) if words.get(name)}
    if await meant.names_one_of(uow, str(kept.get(_WHERE_NOW, "")), concern.named, of=concern):
        del kept[_WHERE_NOW]
    told = {**kept, "about": About.CHILD.value, "urgency": concern.urgency.value, "facts": ENGLAND.words["childs_part"]}
    part = Concern(
        id=routing.childs_part_of(concern.id),
        reference=await uow.concerns.free_reference(at=at),
        reporter=concern.reporter,
        about=About.CHILD,
        route=Route.LEADS,
        urgency=concern.urgency,
        submitted_at=at,
        named=concern.named,
        children=concern.children,
        reporter_as=concern.reporter_as,
    )
    return await on_its_rung(uow, part, at=at), told


async def _person(uow: UnitOfWork, id: str) -> Person | None:
    try:
        return await uow.people.get(PersonId(UUID(id))) if id else None
    except ValueError:
        return None

