"""What somebody began and has not sent: keeping it, finding it again, throwing it away, and who may know of it.

Nothing here reads a word of it out to anybody but its writer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import notices, staff
from handlers.errors import Refused
from handlers.need_to_know import meant, placing
from handlers.notice import Notice
from handlers.ports import Draft, UnitOfWork
from handlers.reporter import draft_card, told_apart, unsent_form
from handlers.reporter.draft_card import Begun
from handlers.rules import drafts, routing, verdict
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Route, Status
from handlers.rules.drafts import Stage
from handlers.rules.people import LEADS, Person, PersonId, Role
from handlers.rules.routing import HIGHEST, Post
from handlers.ui import say
from handlers.ui.card import Card
from handlers.ui.form import Form, is_id

UNNAMED = "unnamed"
"""The fact of the entry with which such a draft ends."""
GONE = "This one is not there any more: it was sent, thrown away, or deleted after two weeks. Type /concern to begin."


async def keep(uow: UnitOfWork, key: UUID, answers: Answers, *, by: Person, at: datetime) -> None:
    """Keep what has been typed so far, with what is known of the draft beside it."""
    before = await uow.drafts.get(key)
    fresh = before or Draft(key=key, owner=by.id, answers={}, at=at, begun=at)
    await uow.drafts.put(replace(fresh, answers=answers, at=at, page=max(fresh.page, 1), begun=fresh.begun or at))


async def put_by(uow: UnitOfWork, key: UUID, words: str, *, by: Person, at: datetime) -> None:
    """Keep words of which it is asked whether they are a concern: they are no draft before somebody says so."""
    await uow.drafts.put(Draft(key=key, owner=by.id, answers={"facts": words}, at=at, page=drafts.PUT_BY))


async def take_up(uow: UnitOfWork, draft: Draft, *, at: datetime) -> Draft:
    """It is a concern: begun now, with those words in it."""
    begun = replace(draft, page=1, at=at, begun=at)
    await uow.drafts.put(begun)
    return begun


async def keep_place(uow: UnitOfWork, key: UUID, page: int) -> None:
    """Keep the page that its writer is shown: there they carry on."""
    draft = await uow.drafts.get(key)
    if draft is not None and draft.page != page:
        await uow.drafts.put(replace(draft, page=page))


async def begun_by(uow: UnitOfWork, by: Person, *, at: datetime, less: UUID | None = None) -> list[Begun]:
    """That person's drafts with something in them, the one touched last first; `less` is the one just opened."""
    return [_begun(uow, draft, at=at) for draft in await _theirs(uow, by, less=less)]


async def _theirs(uow: UnitOfWork, by: Person, *, less: UUID | None) -> list[Draft]:
    begun = [draft for draft in await uow.drafts.of(by.id) if draft.answers and draft.page not in drafts.NO_CONCERN]
    return [draft for draft in begun if draft.completes is None and draft.key != less]


async def offer(
    uow: UnitOfWork, form: Form, *, chosen: str = "", in_chat: bool = False, by: Person, at: datetime
) -> Form:
    """The first page, with the way back into what was begun before where there is any.

    What tells several apart is said in a window alone: a form inside a message (`in_chat`) stays in the chat.
    """
    before = await _theirs(uow, by, less=UUID(form.key))
    begun = [_begun(uow, draft, at=at) for draft in before]
    if not in_chat and len(begun) > 1:
        near = zip(begun, before[: unsent_form.MOST], strict=False)
        told = [replace(one, says=await told_apart.said(uow, draft.answers)) for one, draft in near]
        begun = [*told, *begun[len(told) :]]
    return unsent_form.offer(form, begun, chosen=chosen)


async def of_theirs(uow: UnitOfWork, key: UUID, *, by: Person) -> Draft:
    """Their own draft. Refused when it is somebody else's, sent, or gone: in the same words."""
    draft = await uow.drafts.get(key)
    if draft is None or draft.owner != by.id or await is_sent(uow, draft):
        raise Refused(GONE)
    return draft


async def must_not_be_gone(uow: UnitOfWork, key: UUID) -> None:
    """A button may outlive its draft: what was thrown away does not begin again as an empty form."""
    if await uow.drafts.get(key) is None:
        ends = {Deed.THROWN_AWAY, Deed.EXPIRED}
        if any(line.entry.deed in ends for line in await uow.trail.of(key)):
            raise Refused(GONE)


async def ask_again(uow: UnitOfWork, key: UUID, nonced: str, *, by: Person, at: datetime) -> Form:
    """The form that asks once more before it is thrown away; `nonced` is that form's own key."""
    draft = await of_theirs(uow, key, by=by)
    return unsent_form.throw_away(nonced, _begun(uow, draft, at=at).when)


async def throw_away(uow: UnitOfWork, key: UUID, *, by: Person, at: datetime) -> None:
    """Delete what was typed, for good; that it was there is kept, without a word of it."""
    await of_theirs(uow, key, by=by)
    await _end(uow, key, Entry(deed=Deed.THROWN_AWAY, at=at, by=by.id, thing=key))


async def expire(uow: UnitOfWork, key: UUID, *, at: datetime) -> None:
    """The same, by the clock."""
    await _end(uow, key, Entry(deed=Deed.EXPIRED, at=at, by=None, thing=key))


async def _end(uow: UnitOfWork, key: UUID, because: Entry) -> None:
    """What may be about somebody who works here leaves that its writer is not named to whoever was told of danger."""
    draft = await uow.drafts.get(key)
    facts = {UNNAMED: "yes"} if draft is not None and unnamed(draft.answers) else {}
    await uow.drafts.delete(key)
    await uow.trail.append(replace(because, facts=facts))
    await notices.redraw(uow, key)


_MAY_BE_MEANT = LEADS | {Role.HEAD, Role.CHAIR}
"""Of whom page 1 asks whether one is involved or close."""


async def would_receive(uow: UnitOfWork, draft: Draft) -> Sequence[Person]:
    """Who would have it if it were sent as it is now, less its writer and everyone it names.

    What does not say yet what it is about may be about an adult, and goes the narrower way: never to the leads. Where
    a lead, the head or the chair is said to be involved and it is not said who, it goes past everybody who holds such a
    post, to the next in line who holds none: nobody is told of what may be about themselves, and it may be nobody.
    """
    would_be = await _would_be(uow, draft.answers, by=draft.owner)
    if not somebody_is_meant(draft.answers):
        return await notices.first_told(uow, would_be)
    pools = [await notices.pool(uow, would_be, rung) for rung in range(HIGHEST + 1)]
    return next((left for pool in pools if (left := [one for one in pool if not one.among(_MAY_BE_MEANT)])), ())


async def _would_be(uow: UnitOfWork, answers: Answers, *, by: PersonId) -> Concern:
    """As much as is known of the concern that it would become."""
    found = await meant.among(uow, answers, by=by)
    adult, close = (str(answers.get(field) or "") for field in ("adult", "close"))
    who = await placing.whom(uow, found, answers, adult=adult, close=close, post=_post(answers), by=by)
    said = verdict.about(_about(answers), found)
    would_be = _as_if_sent(said, routing.route(said, who.posts, policy=uow.school.policy), who.named, by=by)
    return replace(would_be, named=would_be.named | {by})


def warns(answers: Answers) -> bool:
    """Whether somebody is told before it is sent that somebody may be in danger, whatever it is about.

    Not while a lead, the head or the chair is said to be involved and it is not said who: it may be the one who would
    be told. Page 2 asks first which, and with that answer the others are told, whatever else is missing.
    """
    return answers.get("danger") == "yes" and not somebody_is_meant(answers)


def somebody_is_meant(answers: Answers) -> bool:
    """Whether a lead, the head or the chair is said to be involved or close, and it is not said who."""
    return answers.get("involved") in {"close", "both"} and not answers.get("close")


def unnamed(answers: Answers) -> bool:
    """Whether nobody is named to those who are told of danger: it may be about one of them."""
    return answers.get("about") in {About.ADULT, About.BOTH, About.PRACTICE}


async def told_of_danger(
    uow: UnitOfWork, answers: Answers, *, by: PersonId, rung: int = 0
) -> Sequence[Person]:
    """Who has it that somebody may be in danger, as far up as that has come: by the routes that it has as it is now."""
    parts = [replace(one, rung=rung) for one in await _routes(uow, answers, by=by)]
    found = [person for part in parts for person in await notices.first_told(uow, part)]
    return list({person.id: person for person in found}.values())


async def climbed(uow: UnitOfWork, answers: Answers, rung: int, *, by: PersonId) -> Sequence[Person]:
    """Who is told when nobody has said that they are on it, and it comes to that rung."""
    found = [await notices.chased(uow, part, rung) for part in await _routes(uow, answers, by=by)]
    return list({person.id: person for _, told in found for person in told}.values())


async def _routes(uow: UnitOfWork, answers: Answers, *, by: PersonId) -> list[Concern]:
    """Danger to a child is the leads'; with an adult in it, it is that of whoever would receive the whole.

    Of one about both the leads have the child's part: once it is known who the adult is: it may be one of them.
    """
    if not unnamed(answers):
        return [await _childs(uow, answers, by=by)]
    whole = await _would_be(uow, answers, by=by)
    known = is_id(str(answers.get("adult") or "")) or _post(answers) not in {None, Post.LEAD}
    both = answers.get("about") == About.BOTH and known
    return [whole, *([replace(whole, about=About.CHILD, route=Route.LEADS)] if both else [])]


async def _childs(uow: UnitOfWork, answers: Answers, *, by: PersonId) -> Concern:
    """The leads, less whoever is named or too close. A name that was typed and not asked about yet counts as named."""
    found = await meant.among(uow, answers, by=by)
    close = str(answers.get("close") or "")
    who = await placing.whom(uow, found, answers, adult="", close=close, post=None, by=by)
    return _as_if_sent(About.CHILD, Route.LEADS, who.named, by=by)


def _as_if_sent(about: About, route: Route, named: Iterable[Person], *, by: PersonId) -> Concern:
    return placing.as_if_sent(about, route, [person.id for person in named], by=by)


def _about(answers: Answers) -> About:
    said = answers.get("about")
    return next((about for about in About if about.value == said), About.ADULT)


def _post(answers: Answers) -> Post | None:
    return next((post for post in Post if post.value == answers.get("adult_post")), None)


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """The card of a draft as things stand: to its writer a way on, to others that it exists; or that it is over."""
    stage = Stage(notice.step.partition(":")[0])
    if stage is Stage.COMPLETE:
        return await _to_complete(uow, notice)
    draft = await uow.drafts.get(notice.subject)
    if draft is None or await is_sent(uow, draft):
        return await _over(uow, notice)
    if notice.to == draft.owner:
        return await _reminder(uow, draft, stage, at=at)
    if notice.to not in {person.id for person in await would_receive(uow, draft)}:
        return None
    writer, name = await uow.people.get(draft.owner), await staff.name_of(uow, draft.owner)
    when = _begun(uow, draft, at=at).when
    if writer is not None and not writer.active:
        return draft_card.left_behind(name, when, writer.telephone)
    return draft_card.exists(name, when)


async def _reminder(uow: UnitOfWork, draft: Draft, stage: Stage, *, at: datetime) -> Card:
    ends = say.day(drafts.expires(draft.at, uow.school.calendar), uow.school.calendar)
    begun, outside = _begun(uow, draft, at=at), uow.school.outside
    if stage is Stage.LEADS and not await would_receive(uow, draft):
        return draft_card.known_to_nobody(begun, f"{outside.name}, {outside.telephone}")
    return draft_card.reminder(begun, stage, ends=ends)


async def is_sent(uow: UnitOfWork, draft: Draft) -> bool:
    """Whether it is a concern by now, or part of one; the rest of one that is closed is not waited for either."""
    if draft.completes is None:
        return await uow.concerns.get(ConcernId(draft.key)) is not None
    concern = await uow.concerns.get(draft.completes)
    return concern is None or not await is_incomplete(uow, concern)


async def _to_complete(uow: UnitOfWork, notice: Notice) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    if concern is None:
        return None
    if not await is_incomplete(uow, concern):
        return await _settled(uow, notice, f"Concern {concern.reference} needs nothing more from you.")
    sent = say.moment(concern.submitted_at, uow.school.calendar)
    return draft_card.complete(concern.id, concern.reference, sent=sent)


async def is_incomplete(uow: UnitOfWork, concern: Concern) -> bool:
    """Whether it was a quick one, not closed yet, whose rest has not been told."""
    if concern.status is Status.CLOSED:
        return False
    return drafts.incomplete([line.entry for line in await uow.trail.of(concern.id)])


async def _over(uow: UnitOfWork, notice: Notice) -> Card | None:
    """Its writer is told what became of it. Others are told no more than that it waits no longer: it may name them."""
    concern = await what_became(uow, notice.subject)
    if concern is not None and notice.to == concern.reporter:
        return await _settled(uow, notice, f"You have sent it: {concern.reference}.")
    return await waits_no_more(uow, notice)


async def what_became(uow: UnitOfWork, key: UUID) -> Concern | None:
    """The concern that came of a draft, or to which it was added; None while it is one, and when nothing came of it."""
    draft = await uow.drafts.get(key)
    if draft is None or draft.completes is None:
        return await uow.concerns.get(ConcernId(key))
    return await uow.concerns.get(draft.completes) if await is_sent(uow, draft) else None


async def waits_no_more(uow: UnitOfWork, notice: Notice) -> Card | None:
    """For whom nothing more may be told: it may name them by now."""
    return await _settled(uow, notice, "What was begun is not waiting any more.")


async def _settled(uow: UnitOfWork, notice: Notice, words: str) -> Card | None:
    """In the place of a card that stands; nothing new is posted only to say so."""
    return draft_card.settled(words) if await uow.posts.find(notice) else None


def _begun(uow: UnitOfWork, draft: Draft, *, at: datetime) -> Begun:
    when = draft_card.when(draft.begun or draft.at, uow.school.calendar, at=at)
    return Begun(key=draft.key, when=when, completes=draft.completes)
