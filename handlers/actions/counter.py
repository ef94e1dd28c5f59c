"""Actions: giving them, doing them, looking after them. What a press opens is tried first and dropped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from handlers import staff
from handlers.access import action_for, concern_for
from handlers.actions import form as forms
from handlers.actions import giving
from handlers.actions import moves as action_moves
from handlers.actions import window as action_reading
from handlers.actions.card import STATE, assigned_card, reference
from handlers.conversation import FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Pressed, Sent, subject_of
from handlers.errors import NoSuchConcern, Refused
from handlers.ports import UnitOfWork
from handlers.record import of_several
from handlers.rules import order
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, ConcernId, Urgency
from handlers.rules.people import Person
from handlers.ui import keys, plain, say
from handlers.ui.card import Press
from handlers.ui.form import Form, Option

_SOON = timedelta(days=1)
"""For a move that is tried with any later time at all."""


async def _assign(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ASSIGN, by=by)
    giving.must_be_open(concern)
    others = await giving.who_may_owe(uow, concern)
    children = await of_several.listed(uow, concern)
    return OpenForm(forms.assign(keys.key(subject), concern.reference, others, children))


async def _assigned(uow: UnitOfWork, sent: Sent) -> Reply:
    kind, urgency = forms.kind_of(sent.inbound.values)
    due = forms.due_of(
        sent.inbound.values, calendar=uow.school.calendar, at=sent.at, now=urgency is Urgency.NOW
    )
    asked = giving.Asked(
        what=sent.reader.text("what"), owner=sent.person("owner"), kind=kind, urgency=urgency, due_at=due,
        children=of_several.chosen(sent.inbound.values.get(of_several.NAME, ())),
    )  # fmt: skip
    action = await giving.assign_action(uow, ConcernId(sent.id), asked, by=sent.by, at=sent.at)
    concern = await concern_for(uow, action.concern, Doing.ASSIGN, by=sent.by)
    to = "" if action.owner == sent.by.id else await staff.name_of(uow, action.owner)
    return Tell(assigned_card(action, concern, say.moment(action.due_at, uow.school.calendar), to=to))


async def _staff_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """Everybody who may owe it, listed again."""
    id = subject_of(inbound.key)
    action = await uow.actions.get(ActionId(id))
    concern = await uow.concerns.get(action.concern if action else ConcernId(id))
    others = await giving.who_may_owe(uow, concern) if concern else ()
    if action and concern:
        return forms.reassign(inbound.key, reference(action, concern), _others(others, action))
    if concern is None:
        return forms.assign(inbound.key, "", others)
    return forms.assign(inbound.key, concern.reference, others, await of_several.listed(uow, concern))


async def _done_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    found = await _of(uow, inbound)
    return forms.done(inbound.key, reference(*found), found[0].kind) if found else forms.done(inbound.key, "")


async def _more_time_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """With why its owner asks for it, for one who may give it."""
    found, by = await _of(uow, inbound), await uow.people.identify(inbound.who)
    if found is None or by is None:
        return forms.more_time(inbound.key, "")
    gives = may(by, Doing.RUN_ACTION, found[1], found[0])
    _, why = await action_moves.asked_for(uow, found[0], words=True) if gives else (None, "")
    return forms.more_time(inbound.key, reference(*found), why)


async def _of(uow: UnitOfWork, inbound: FormSubmitted) -> tuple[Action, Concern] | None:
    action = await uow.actions.get(ActionId(subject_of(inbound.key)))
    concern = await uow.concerns.get(action.concern) if action else None
    return (action, concern) if action and concern else None


async def _list_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return forms.choose(inbound.key, "", ())
    return await _listed(uow, inbound.key, concern, at=_by_tonight(uow.school.calendar))


def _by_tonight(calendar: Calendar) -> datetime:
    """The end of the day, where nobody says what time it is: the order is that of what will be late today."""
    if calendar.today is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(calendar.today, time.max, calendar.zone)


def _others(people: Sequence[Person], action: Action) -> list[Person]:
    return [person for person in people if person.id != action.owner]


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await action_reading.open_action(uow, ActionId(subject), by=by, at=at))


async def _acknowledge(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    await action_moves.acknowledge_action(uow, ActionId(subject), by=by, at=at)
    return Tell(plain.say("Thank you. Whoever looks after the concern can see that you have it in hand."))


async def _begin(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action = await action_moves.begin_action(uow, ActionId(subject), by=by, at=at)
    due = say.moment(action.due_at, uow.school.calendar)
    return Tell(plain.say(f"Thank you. It is marked as in progress, due {due}."))


async def _verify(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action = await action_moves.verify_action(uow, ActionId(subject), by=by, at=at)
    return Tell(plain.say(f"Action {action.number} has been verified. Its owner can see that."))


async def _done(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.FINISH_ACTION, by=by)
    action.done(at=at)
    return OpenForm(forms.done(keys.key(subject), reference(action, concern), action.kind))


async def _was_done(uow: UnitOfWork, sent: Sent) -> str:
    what = sent.reader.text("what_done")
    await giving.finish_action(uow, ActionId(sent.id), what, by=sent.by, at=sent.at)
    return "Thank you. What you did has been recorded, and whoever looks after the concern can see it."


async def _wait(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.FINISH_ACTION, by=by)
    action.wait(until=at + _SOON, at=at)
    return OpenForm(forms.wait(keys.key(subject), reference(action, concern)))


async def _waits(uow: UnitOfWork, sent: Sent) -> str:
    until = forms.until_of(sent.inbound.values, calendar=uow.school.calendar, at=sent.at)
    typed = {name: sent.reader.text(name) for name in ("agency", "note")}
    words = {name: text for name, text in typed.items() if text}
    await action_moves.wait_for_agency(uow, ActionId(sent.id), words, until=until, by=sent.by, at=sent.at)
    return f"It waits until {say.day(until, uow.school.calendar)}. Nobody will be reminded of it before then."


async def _more_time(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.FINISH_ACTION, by=by)
    action.extend(due_at=max(at, action.due_at) + _SOON, at=at)
    gives = may(by, Doing.RUN_ACTION, concern, action)
    until, why = await action_moves.asked_for(uow, action, words=True) if gives else (None, "")
    form = forms.more_time(keys.key(subject), reference(action, concern), why)
    if until is None:
        return OpenForm(form)
    local = until.astimezone(uow.school.calendar.zone)
    return OpenForm(replace(form, values={"due_date": f"{local:%Y-%m-%d}", "due_time": f"{local:%H:%M}"}))


async def _more_time_sent(uow: UnitOfWork, sent: Sent) -> str:
    due = forms.due_of(sent.inbound.values, calendar=uow.school.calendar, at=sent.at)
    assert due is not None
    reason = sent.reader.text("reason")
    given = await action_moves.more_time(uow, ActionId(sent.id), reason, due_at=due, by=sent.by, at=sent.at)
    when = say.moment(due, uow.school.calendar)
    if given:
        return f"It is due {when} now."
    return (
        f"Whoever looks after the concern is being asked for more time, until {when}. Until they agree, it is still "
        "due when it was."
    )


async def _send_back(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.RUN_ACTION, by=by)
    giving.must_be_open(concern)
    action.send_back()
    return OpenForm(forms.send_back(keys.key(subject), reference(action, concern)))


async def _sent_back(uow: UnitOfWork, sent: Sent) -> str:
    due = forms.due_of(sent.inbound.values, calendar=uow.school.calendar, at=sent.at)
    reason = sent.reader.text("reason")
    action = await action_moves.send_back_action(
        uow, ActionId(sent.id), reason, due_at=due, by=sent.by, at=sent.at
    )
    when = say.moment(action.due_at, uow.school.calendar)
    owner = await staff.name_of(uow, action.owner)
    return f"It has been sent back to {owner}, who is being told now. It is due {when}."


async def _reassign(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.RUN_ACTION, by=by)
    action.cancel()
    others = _others(await giving.who_may_owe(uow, concern), action)
    return OpenForm(forms.reassign(keys.key(subject), reference(action, concern), others))


async def _reassigned(uow: UnitOfWork, sent: Sent) -> str:
    due = forms.due_of(sent.inbound.values, calendar=uow.school.calendar, at=sent.at)
    reason, to = sent.reader.text("reason"), sent.person("to")
    before = await uow.actions.get(ActionId(sent.id))
    action = await action_moves.reassign_action(
        uow, ActionId(sent.id), reason, to=to, due_at=due, by=sent.by, at=sent.at
    )
    when = say.moment(action.due_at, uow.school.calendar)
    known = await staff.names(uow)
    had = staff.name(known, before.owner if before else "")
    return f"{known[to]} is being told now. It is due {when}. {had} had it before, and can no longer see it."


async def _cancel(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.RUN_ACTION, by=by)
    action.cancel()
    return OpenForm(forms.cancel(keys.key(subject), reference(action, concern)))


async def _cancelled(uow: UnitOfWork, sent: Sent) -> str:
    reason = sent.reader.text("reason")
    action = await action_moves.cancel_action(uow, ActionId(sent.id), reason, by=sent.by, at=sent.at)
    return f"Action {action.number} has been cancelled. Its owner can see that."


async def _list(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.RUN_ACTION, by=by)
    return OpenForm(await _listed(uow, keys.key(subject), concern, at=at))


async def _listed(uow: UnitOfWork, key: str, concern: Concern, *, at: datetime) -> Form:
    names = await staff.names(uow)
    every = order.waiting(await uow.actions.of(concern.id), lambda action: order.of_action(action, concern, at=at))
    listed = [_option(action, staff.name(names, action.owner), uow) for action in every]
    return forms.choose(key, concern.reference, listed)


def _option(action: Action, owner: str, uow: UnitOfWork) -> Option:
    due = say.day(action.due_at, uow.school.calendar)
    when = f", due {due}" if action.live else ""
    label = say.fit(f"{action.number} · {owner}", end=f" · {STATE[action.status]}{when}")
    return Option(key=str(action.id), label=label)


async def _chosen(uow: UnitOfWork, sent: Sent) -> Reply:
    """As if that action's button had been pressed; its form takes the list's place."""
    deed = sent.reader.text("deed")
    action, _ = await _one_of(uow, sent)
    if deed not in set(forms.DEEDS):
        raise Refused("Choose what you want to do with it.")
    reply = await _PRESSES[Press(deed)](uow, action.id, sent.by, sent.at)
    return NextPage(reply.form) if isinstance(reply, OpenForm) else reply


async def _one_of(uow: UnitOfWork, sent: Sent) -> tuple[Action, Concern]:
    try:
        id = ActionId(UUID(sent.reader.text("which")))
    except ValueError:
        raise Refused("Choose an action from the list.") from None
    action, concern = await action_for(uow, id, Doing.RUN_ACTION, by=sent.by)
    if concern.id != sent.id:
        raise NoSuchConcern
    return action, concern


_PRESSES: dict[Press, Pressed] = {
    Press.ASSIGN: _assign,
    Press.OPEN_ACTION: _open,
    Press.ACKNOWLEDGE: _acknowledge,
    Press.BEGIN: _begin,
    Press.DONE: _done,
    Press.WAIT: _wait,
    Press.MORE_TIME: _more_time,
    Press.VERIFY: _verify,
    Press.SEND_BACK: _send_back,
    Press.REASSIGN: _reassign,
    Press.CANCEL_ACTION: _cancel,
    Press.ACTIONS: _list,
}
COUNTER = Counter(
    presses=_PRESSES,
    forms={
        forms.ASSIGN: Filed(
            take=_assigned, blank=lambda key, about: forms.assign(key, about, ()), again=_staff_again,
            doing=Doing.ASSIGN,
        ),
        forms.DONE: Filed(take=_was_done, blank=forms.done, again=_done_again, doing=Doing.FINISH_ACTION),
        forms.WAIT: Filed(take=_waits, blank=forms.wait, doing=Doing.FINISH_ACTION),
        forms.MORE_TIME: Filed(
            take=_more_time_sent, blank=forms.more_time, again=_more_time_again, doing=Doing.FINISH_ACTION
        ),
        forms.SEND_BACK: Filed(take=_sent_back, blank=forms.send_back, doing=Doing.RUN_ACTION),
        forms.REASSIGN: Filed(
            take=_reassigned, blank=lambda key, about: forms.reassign(key, about, ()), again=_staff_again,
            doing=Doing.RUN_ACTION,
        ),
        forms.CANCEL: Filed(take=_cancelled, blank=forms.cancel, doing=Doing.RUN_ACTION),
        forms.CHOOSE: Filed(
            take=_chosen, blank=lambda key, about: forms.choose(key, about, ()), again=_list_again,
            doing=Doing.RUN_ACTION, once=False,
        ),
    },
)
