"""What is on somebody's board: only what they may see, read afresh each time; drills left out. Changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers import board_standing, notices, staff
from handlers.access import opened_to
from handlers.notice import Notice
from handlers.overview.board_card import Board, board_card, own_page
from handlers.overview.waits import in_order, of_action, of_concern, of_referral
from handlers.ports import UnitOfWork
from handlers.reporter import completing, unsent
from handlers.reporter.mine_card import HeldBy, mine_card
from handlers.reporter.mine_card import lists as lists_of_mine
from handlers.rules import case_clocks, clocks
from handlers.rules.action import Action
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, ConcernId, Route, Second, Status
from handlers.rules.held import held
from handlers.rules.people import FINDERS, Person, PersonId, Role
from handlers.rules.referral import Referral
from handlers.rules.school import Place
from handlers.ui import plain, say
from handlers.ui.card import Card, Press
from handlers.ui.lines import Line, Listed

REVIEWS_WITHIN = timedelta(days=7)
LATELY_CLOSED = 40
"""Concerns that are over and read for a page of one's own: it shows a few, and counts the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sight:
    """What one person may see of what waits for them, and what is needed to say how it stands.

    Actions and referrals are those of the concerns that they own.
    """

    by: Person
    at: datetime
    calendar: Calendar
    names: Mapping[PersonId, str]
    concerns: Sequence[Concern]
    actions: Sequence[Action]
    referrals: Sequence[Referral]
    since: Mapping[ConcernId, datetime]
    """From when each waits to be accepted that nobody owns."""

    def apart(self, *, adults: bool) -> "_Sight":
        """The children's concerns, or the others: nothing of the one stands in a list or a count of the other."""
        kept = {concern.id: concern for concern in self.concerns if (concern.route is not Route.LEADS) == adults}
        return _Sight(
            by=self.by, at=self.at, calendar=self.calendar, names=self.names, concerns=list(kept.values()),
            since=self.since,
            actions=[action for action in self.actions if action.concern in kept],
            referrals=[referral for referral in self.referrals if referral.concern in kept],
        )  # fmt: skip

    def known(self) -> Mapping[ConcernId, Concern]:
        return {concern.id: concern for concern in self.concerns}


async def board(uow: UnitOfWork, *, by: Person, at: datetime) -> Card:
    """The board of whoever receives concerns; the page of everybody else."""
    dead = await uow.outbox.stuck() if by.among(FINDERS | {Role.TECHNICIAN}) else 0
    found = replace(await waits(uow, by=by, at=at), dead=dead)
    if not by.among(FINDERS):
        return await _page(uow, found.owed, dead=dead, by=by, at=at)
    return board_card(found)


async def waits(uow: UnitOfWork, *, by: Person, at: datetime) -> Board:
    """Everything that waits for that person, each list in its order and none of them cut."""
    owed = await _owed(uow, by=by, at=at)
    if not by.among(FINDERS):
        return Board(owed=owed)
    sight = await _sight(uow, by=by, at=at)
    children, adults = [
        [*await _emergencies(uow, adults=side, by=by, at=at), *_lists(sight.apart(adults=side))]
        for side in (False, True)
    ]
    return Board(children=children, adults=adults, owed=owed)


async def _emergencies(uow: UnitOfWork, *, adults: bool, by: Person, at: datetime) -> list[Listed]:
    """What two people have opened to them, until it ends."""
    calendar = uow.school.calendar
    opened = [(c, until) for c, until in await opened_to(uow, by, at=at) if (c.route is not Route.LEADS) == adults]
    lines = [of_concern(one, f"Until {say.moment(until, calendar)}", calendar, at=at) for one, until in opened]
    return [Listed(title="Open to you in an emergency", lines=in_order(lines))]


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """For the courier. Nothing for somebody who has left."""
    person = await uow.people.get(notice.to) if notice.to else None
    return await board(uow, by=person, at=at) if person is not None and person.active else None


async def keep(uow: UnitOfWork, place: Place, *, by: Person) -> None:
    """Their page stands there from now on: it is drawn again when it may differ."""
    page = board_standing.board_of(uow, by, place)
    if board_standing.HOME not in await uow.posts.find(page):
        await uow.posts.put(page, board_standing.HOME)


async def put_at_the_end(uow: UnitOfWork, *, by: Person) -> bool:
    """Their board as the newest message of their chat. One further up is left as it was, and can be refreshed.

    False where there is no chat with them.
    """
    place = await notices.place_of(uow, by)
    if place is None:
        return False
    notice = board_standing.board_of(uow, by, place)
    for message in await uow.posts.find(notice):
        await uow.posts.forget(notice, message)
    await uow.outbox.put(notice)
    return True


async def _page(uow: UnitOfWork, owed: Sequence[Line], *, dead: int, by: Person, at: datetime) -> Card:
    leads = await staff.to_ring(uow, await notices.leads(uow), at=at)
    help = plain.help_card(uow.school, leads)
    return own_page(help, await mine(uow, by=by, at=at), owed, dead=dead)


async def mine(uow: UnitOfWork, *, by: Person, at: datetime) -> Card:
    """Their own concerns with the status words, less any that has come to name them, and what they have not sent."""
    begun, incomplete = await unsent.begun_by(uow, by, at=at), await completing.waiting(uow, by)
    found, many = await uow.concerns.lately_reported_by(by.id, closed=LATELY_CLOSED, also=incomplete)
    shown = _told(found, by)
    return mine_card(
        shown, uow.school.calendar, held=await _held(uow, shown), begun=begun, incomplete=incomplete,
        older=many - len(shown),
    )  # fmt: skip


async def all_of_mine(uow: UnitOfWork, *, by: Person, at: datetime) -> list[Listed]:
    """The same, none of it cut."""
    begun, incomplete = await unsent.begun_by(uow, by, at=at), await completing.waiting(uow, by)
    own = await _own(uow, by)
    return lists_of_mine(own, uow.school.calendar, held=await _held(uow, own), begun=begun, incomplete=incomplete)


async def _held(uow: UnitOfWork, concerns: Sequence[Concern]) -> HeldBy:
    """By whose post each is owned."""
    ever = {person.id: person for person in await uow.people.ever()}
    return {one.id: held(one, (), ever.get(one.owner) if one.owner else None) for one in concerns}


async def _own(uow: UnitOfWork, by: Person) -> list[Concern]:
    return _told(await uow.concerns.reported_by(by.id), by)


def _told(held: Sequence[Concern], by: Person) -> list[Concern]:
    return [concern for concern in held if may(by, Doing.SEE_RECEIPT, concern) and not concern.drill]


async def _sight(uow: UnitOfWork, *, by: Person, at: datetime) -> _Sight:
    seen = [one for one in await uow.concerns.waiting_for(by.id) if not one.drill and may(by, Doing.READ, one)]
    free = [one for one in seen if one.owner is None]
    taken = await uow.steps.taken_of([one.id for one in free])
    return _Sight(
        by=by,
        at=at,
        calendar=uow.school.calendar,
        names=await staff.names(uow),
        concerns=seen,
        actions=await uow.actions.in_concerns_of(by.id),
        referrals=await uow.referrals.in_concerns_of(by.id),
        since={one.id: clocks.waits_since(one, taken[one.id]) for one in free},
    )


async def _owed(uow: UnitOfWork, *, by: Person, at: datetime) -> list[Line]:
    """Actions that they owe."""
    found: list[Line] = []
    owed = await uow.actions.owed_by(by.id)
    concerns = await uow.concerns.among({action.concern for action in owed})
    for action in owed:
        concern = concerns.get(action.concern)
        if concern is not None and not concern.drill and may(by, Doing.READ_ACTION, concern, action):
            found.append(of_action(action, concern, uow.school.calendar, at=at))
    return in_order(found)


def _lists(sight: _Sight) -> list[Listed]:
    found: dict[str, Iterable[Line]] = {
        "Waiting to be accepted": _waiting(sight),
        "Offered to you": _offered(sight),
        "A decision for you to read": _seconds(sight),
        "Closing, for you to sign off": _sign_offs(sight),
        "Overdue actions in your concerns": _overdue(sight),
        "Waiting on agencies": _agencies(sight),
        "Reviews within a week": _reviews(sight),
        "Yours": _yours(sight),
    }
    return [Listed(title=title, lines=in_order(lines)) for title, lines in found.items()]


def _line(sight: _Sight, concern: Concern, state: str, *, since: datetime | None = None) -> Line:
    return of_concern(concern, state, sight.calendar, at=sight.at, since=since)


def _waiting(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        due = clocks.accept_by(concern, sight.calendar, since=sight.since.get(concern.id))
        if due is not None and may(sight.by, Doing.ACCEPT, concern):
            urgency = say.URGENCY[concern.urgency]
            words = f"{urgency}. Accept by {say.moment(due, sight.calendar)}"
            yield _line(sight, concern, words)


def _offered(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        if concern.offered_to == sight.by.id:
            ends = case_clocks.offer_ends(concern, sight.calendar)
            until = f", until {say.moment(ends, sight.calendar)}" if ends else ""
            owner = sight.names.get(concern.owner, "a colleague") if concern.owner else "a colleague"
            yield _line(sight, concern, f"by {owner}{until}")


def _seconds(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        asked = concern.second is Second.WANTED and concern.decided_by != sight.by.id
        if asked and may(sight.by, Doing.SECOND_READ, concern):
            who = sight.names.get(concern.decided_by, "a colleague") if concern.decided_by else "a colleague"
            yield _line(sight, concern, f"decided by {who}, needs a second reader")


def _sign_offs(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        proposed = concern.close_proposed_by
        if proposed and sight.by.id not in {proposed, concern.owner} and may(sight.by, Doing.SIGN_OFF, concern):
            yield _line(sight, concern, f"proposed by {sight.names.get(proposed, 'a colleague')}")


def _overdue(sight: _Sight) -> Iterable[Line]:
    known = sight.known()
    for action in sight.actions:
        concern = known.get(action.concern)
        if concern is not None and action.owner != sight.by.id and action.overdue(at=sight.at):
            line = of_action(action, concern, sight.calendar, at=sight.at)
            yield Line(
                name=line.name, state=f"{line.state}. Owed by {sight.names.get(action.owner, 'a colleague')}",
                press=Press.OPEN_ACTION, subject=action.id, version=action.version, weight=line.weight, of=line.of,
            )  # fmt: skip


def _agencies(sight: _Sight) -> Iterable[Line]:
    known = sight.known()
    for referral in sight.referrals:
        concern = known.get(referral.concern)
        if concern is not None and may(sight.by, Doing.REFER, concern):
            yield of_referral(referral, concern, sight.calendar, at=sight.at)


def _reviews(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        due = concern.review_at if concern.owner == sight.by.id and concern.status is Status.TRIAGED else None
        if due is not None and due <= sight.at + REVIEWS_WITHIN:
            yield _line(sight, concern, f"Review {say.day(due, sight.calendar)}", since=due)


def _yours(sight: _Sight) -> Iterable[Line]:
    """What they own: its state and what is due next."""
    owed: dict[ConcernId, int] = {}
    for action in sight.actions:
        owed[action.concern] = owed.get(action.concern, 0) + 1
    for concern in sight.concerns:
        if concern.owner == sight.by.id:
            due = case_clocks.decide_by(concern, sight.calendar)
            state = _state(concern, due, owed.get(concern.id, 0), sight.calendar)
            yield _line(sight, concern, state)


def _state(concern: Concern, decide_by: datetime | None, owed: int, calendar: Calendar) -> str:
    said = f"Decide by {say.moment(decide_by, calendar)}" if decide_by else "Decided"
    if concern.close_proposed_by:
        said = "Closing waits for its sign-off"
    elif concern.second is Second.WANTED:
        said = "Decision waits for its second reader"
    elif concern.review_at and not decide_by:
        said = f"Decided. Review {say.day(concern.review_at, calendar)}"
    actions = "one action open" if owed == 1 else f"{owed} actions open"
    return f"{said}, {actions}" if owed else said
