"""Giving actions, doing them and seeing who is told, for the tests of actions."""

from datetime import datetime

from handlers.actions import chasing as action_chasing
from handlers.conversation import OpenForm, Reply, Tell
from handlers.notice import Notice, NoticeKind
from handlers.post import cards as drawing
from handlers.rules.action import Action
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.rules.school import Place, PlaceKind
from handlers.ui.card import Buttons, Card, Press
from tests.handlers.school import (
    ANSWERS,
    LEE,
    SCHOOL,
    TOM,
    Here,
)

WHAT = "Ring home about the bus."


async def owned(here: Here, **answers: str) -> Concern:
    concern = await here.raises(answers={**ANSWERS, **answers})
    await here.press(LEE, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def assigned(here: Here, concern: Concern | None = None, *, owner: Person = TOM, **more: str) -> Action:
    concern = concern or await owned(here)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    reply = await here.send(LEE, form, {"kind": "call_home", "owner": str(owner.id), "what": WHAT, **more})
    assert isinstance(reply, Tell), reply
    return (await actions(here, concern))[-1]


async def actions(here: Here, concern: Concern):
    async with here.units(SCHOOL.id) as uow:
        return await uow.actions.of(concern.id)


async def again(here: Here, action: Action) -> Action:
    async with here.units(SCHOOL.id) as uow:
        found = await uow.actions.get(action.id)
    assert found is not None
    return found


async def does(here: Here, by: Person, press: Press, action: Action, **values: str) -> Reply:
    """Press, and where a form opens fill it and send it."""
    reply = await here.press(by, press, action.id)
    return await here.send(by, reply.form, values) if isinstance(reply, OpenForm) else reply


async def told(here: Here) -> list[tuple[NoticeKind, object, str]]:
    """Everything that is on its way, taken out; the step without the moment it counts from."""
    found = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                await uow.outbox.settle(item)
                found.append((item.notice.kind, item.notice.to, item.notice.step))
    return found


async def card(here: Here, kind: NoticeKind, action: Action, to: Person, step: str = "") -> Card:
    place = Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.PERSON, id="U1")
    async with here.units(SCHOOL.id) as uow:
        notice = Notice(kind=kind, place=place, subject=action.id, to=to.id, step=step)
        drawn = await drawing.draw(uow, notice, at=here.at)
    assert drawn is not None
    return drawn


def labels(card: Card) -> list[str]:
    return [button.label for part in card.parts if isinstance(part, Buttons) for button in part.buttons]


async def deeds(here: Here, concern_id) -> list[Deed]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(concern_id)]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SCHOOL.calendar.zone)


async def nudged(here: Here) -> list[str]:
    """What is told to whom owes it by one tick now."""
    await told(here)
    await action_chasing.chase_actions(here.units, at=here.at)
    return [step.partition(":")[0] for kind, _, step in await told(here) if kind is NoticeKind.ACTION and step]
