"""What is on somebody's board: only what they may see, read afresh each time; drills left out. Changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import board_standing, notices, staff
from handlers.actions.card import STATE
from handlers.actions.card import reference as action_reference
from handlers.notice import Notice
from handlers.overview.board_card import Board, Listed, board_card, own_page
from handlers.ports import UnitOfWork
from handlers.referrals.card import reference as referral_reference
from handlers.reporter import completing, unsent
from handlers.reporter.mine_card import mine_card
from handlers.rules import case_clocks, clocks
from handlers.rules.action import Action
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, ConcernId, Route, Second, Status
from handlers.rules.people import FINDERS, Person, PersonId, Role
from handlers.rules.referral import Referral
from handlers.rules.school import Place
from handlers.ui import plain, say
from handlers.ui.card import Card, Press
from handlers.ui.lines import Line

NEWEST = 40
"""Of their own concerns: one who has written for years waits no longer than one who has just begun."""
REVIEWS_WITHIN = timedelta(days=7)


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
    dead = await uow.outbox.dead() if by.among(FINDERS | {Role.TECHNICIAN}) else 0
    owed = await _owed(uow, by=by, at=at)
    if not by.among(FINDERS):
        return await _page(uow, owed, dead=dead, by=by, at=at)
    sight = await _sight(uow, by=by, at=at)
    lists = {adults: _lists(sight.apart(adults=adults)) for adults in (False, True)}
    return board_card(Board(children=lists[False], adults=lists[True], owed=owed, dead=dead))


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """For the courier. Nothing for somebody who has left."""
    person = await uow.people.get(notice.to) if notice.to else None
    return await board(uow, by=person, at=at) if person is not None and person.active else None


async def keep(uow: UnitOfWork, place: Place, *, by: Person) -> None:
    """Their page stands there from now on: it is drawn again when it may differ."""
    await uow.posts.put(board_standing.board_of(uow, by, place), board_standing.HOME)


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
    help = plain.help_card(uow.school, await notices.leads(uow))
    return own_page(help, await mine(uow, by=by, at=at), owed, dead=dead)


async def mine(uow: UnitOfWork, *, by: Person, at: datetime) -> Card:
    """Their own concerns with the status words, less any that has come to name them, and what they have not sent."""
    held = await uow.concerns.reported_by(by.id, newest=NEWEST)
    shown = [concern for concern in held if may(by, Doing.SEE_RECEIPT, concern) and not concern.drill]
    begun, incomplete = await unsent.begun_by(uow, by, at=at), await completing.waiting(uow, by)
    return mine_card(shown, uow.school.calendar, begun=begun, incomplete=incomplete, cut=len(held) == NEWEST)


async def _sight(uow: UnitOfWork, *, by: Person, at: datetime) -> _Sight:
    seen = [one for one in await uow.concerns.waiting_for(by.id) if not one.drill and may(by, Doing.READ, one)]
    return _Sight(
        by=by,
        at=at,
        calendar=uow.school.calendar,
        names=await staff.names(uow),
        concerns=seen,
        actions=await uow.actions.in_concerns_of(by.id),
        referrals=await uow.referrals.in_concerns_of(by.id),
        since={one.id: since for one in seen if (since := await notices.waits_since(uow, one))},
    )


async def _owed(uow: UnitOfWork, *, by: Person, at: datetime) -> list[Line]:
    """Actions that they owe, the first due first."""
    held = sorted(await uow.actions.owed_by(by.id), key=lambda action: action.due_at)
    found: list[Line] = []
    for action in held:
        concern = await uow.concerns.get(action.concern)
        if concern is not None and not concern.drill and may(by, Doing.READ_ACTION, concern, action):
            found.append(_action(action, concern, uow.school.calendar, at=at))
    return found


def _lists(sight: _Sight) -> list[Listed]:
    return [
        Listed(title="Waiting to be accepted", lines=list(_waiting(sight))),
        Listed(title="Offered to you", lines=list(_offered(sight))),
        Listed(title="A decision for you to read", lines=list(_seconds(sight))),
        Listed(title="Closing, for you to sign off", lines=list(_sign_offs(sight))),
        Listed(title="Overdue actions in your concerns", lines=list(_overdue(sight))),
        Listed(title="Waiting on agencies", lines=list(_agencies(sight))),
        Listed(title="Reviews within a week", lines=list(_reviews(sight))),
        Listed(title="Yours", lines=list(_yours(sight))),
    ]


def _line(concern: Concern, state: str, *, late: bool = False) -> Line:
    return Line(
        name=concern.reference, state=state, press=Press.OPEN, subject=concern.id, version=concern.version, late=late
    )


def _waiting(sight: _Sight) -> Iterable[Line]:
    """The longest first."""
    for concern in sight.concerns:
        due = clocks.accept_by(concern, sight.calendar, since=sight.since.get(concern.id))
        if due is not None and may(sight.by, Doing.ACCEPT, concern):
            urgency = say.URGENCY[concern.urgency]
            words = f"{urgency}. Accept by {say.moment(due, sight.calendar)}"
            yield _line(concern, words, late=due <= sight.at)


def _offered(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        if concern.offered_to == sight.by.id:
            ends = case_clocks.offer_ends(concern, sight.calendar)
            until = f", until {say.moment(ends, sight.calendar)}" if ends else ""
            owner = sight.names.get(concern.owner, "a lead") if concern.owner else "a lead"
            yield _line(concern, f"by {owner}{until}")


def _seconds(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        asked = concern.second is Second.WANTED and concern.decided_by != sight.by.id
        if asked and may(sight.by, Doing.SECOND_READ, concern):
            who = sight.names.get(concern.decided_by, "a lead") if concern.decided_by else "a lead"
            yield _line(concern, f"decided by {who}, needs a second reader")


def _sign_offs(sight: _Sight) -> Iterable[Line]:
    for concern in sight.concerns:
        proposed = concern.close_proposed_by
        if proposed and sight.by.id not in {proposed, concern.owner} and may(sight.by, Doing.SIGN_OFF, concern):
            yield _line(concern, f"proposed by {sight.names.get(proposed, 'a lead')}")


def _overdue(sight: _Sight) -> Iterable[Line]:
    known = sight.known()
    for action in sight.actions:
        concern = known.get(action.concern)
        if concern is not None and action.owner != sight.by.id and action.overdue(at=sight.at):
            line = _action(action, concern, sight.calendar, at=sight.at)
            yield Line(
                name=line.name, state=f"{line.state}. Owed by {sight.names.get(action.owner, 'a colleague')}",
                press=Press.OPEN_ACTION, subject=action.id, version=action.version, late=True,
            )  # fmt: skip


def _agencies(sight: _Sight) -> Iterable[Line]:
    """The one whose answer is owed first, first."""
    known = sight.known()
    for referral in sorted(sight.referrals, key=lambda one: one.answer_by):
        concern = known.get(referral.concern)
        if concern is not None and may(sight.by, Doing.REFER, concern):
            yield Line(
                name=referral_reference(referral, concern), state=_answer(referral, sight),
                press=Press.OPEN_REFERRAL, subject=referral.id, version=referral.version,
                late=referral.late(at=sight.at) or referral.unconfirmed(at=sight.at) or not referral.waiting,
            )  # fmt: skip


def _answer(referral: Referral, sight: _Sight) -> str:
    stage = f"Challenge, stage {referral.stage}. " if referral.stage else ""
    if not referral.waiting:
        return f"{stage}The agency said no: challenge it, or settle it"
    late = "was owed by" if referral.late(at=sight.at) else "by"
    confirm = ". Not yet confirmed in writing" if referral.unconfirmed(at=sight.at) else ""
    return f"{stage}Answer {late} {say.moment(referral.answer_by, sight.calendar)}{confirm}"


def _reviews(sight: _Sight) -> Iterable[Line]:
    due = [c for c in sight.concerns if c.owner == sight.by.id and c.review_at and c.status is Status.TRIAGED]
    for concern in sorted(due, key=lambda one: one.review_at or sight.at):
        assert concern.review_at is not None
        if concern.review_at <= sight.at + REVIEWS_WITHIN:
            late = concern.review_at <= sight.at
            yield _line(concern, f"Review {say.day(concern.review_at, sight.calendar)}", late=late)


def _yours(sight: _Sight) -> Iterable[Line]:
    """What they own: its state and what is due next."""
    owed: dict[ConcernId, int] = {}
    for action in sight.actions:
        owed[action.concern] = owed.get(action.concern, 0) + 1
    for concern in sight.concerns:
        if concern.owner == sight.by.id:
            due = case_clocks.decide_by(concern, sight.calendar)
            state = _state(concern, due, owed.get(concern.id, 0), sight.calendar)
            yield _line(concern, state, late=due is not None and due <= sight.at)


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


def _action(action: Action, concern: Concern, calendar: Calendar, *, at: datetime) -> Line:
    late = action.overdue(at=at)
    due = f"{'was due' if late else 'due'} {say.moment(action.due_at, calendar)}"
    return Line(
        name=action_reference(action, concern), state=f"{STATE[action.status]}, {due}", press=Press.OPEN_ACTION,
        subject=action.id, version=action.version, late=late,
    )  # fmt: skip
