"""Which answers stay in a chat: those are held against what chat may hold, like a card that the post carries.

On Teams what answers a button or a message stands in the chat for years, in a button's answer on Slack for as long as
the client likes. What is drawn in a window is gone when that is closed, is kept nowhere, and may say more.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from handlers import leaving
from handlers.account import form as concern_form
from handlers.account import voices
from handlers.conversation import (
    ButtonPressed,
    CardSeen,
    CommandTyped,
    Complaints,
    FormSubmitted,
    HomeOpened,
    Inbound,
    NextPage,
    OpenForm,
    Reply,
    SearchTyped,
    Tell,
)
from handlers.leaving import BeyondChat, Leaving
from handlers.ports import UnitOfWork
from handlers.rules.school import PlaceKind
from handlers.ui import in_chat, picked, plain
from handlers.ui.card import OPENS_A_WINDOW, Press
from handlers.ui.form import Form
from handlers.ui.may_stand import ANSWER, COMPLAINT, FORM, Instead

_NO_CHAT = "The answer cannot be shown in a chat"
_IN_PERSON = "If it cannot wait, speak to a safeguarding lead in person. If a child may be in danger, ring 999."
DONE = f"It has been done, so do not do it again. {_IN_PERSON}"
NOT_DONE = f"Nothing has been sent or changed. {_IN_PERSON}"
LOOK_AGAIN = "Look at this again. What is wrong with it cannot be said in a chat: open the form to read it there."


_FIXED = {one.name: one for one in concern_form.every_field() if one.name in {*voices.WORDS, *voices.TOLD}}
"""Fields that a window heads with the name of the child whose they are."""
Kept = Sequence[tuple[str, BeyondChat]]
"""What was kept back: the code of the answer, and where on it."""


async def held(
    uow: UnitOfWork, inbound: Inbound, reply: Reply, subject: UUID, *, refused: bool, at: datetime
) -> tuple[Reply, Kept]:
    """What stays where it is drawn holds what chat may, like a card that the post carries. `subject`: whose answer."""
    if not stay(inbound):
        return reply, ()
    if isinstance(reply, Complaints):
        reply, kept = await _held_complaints(uow, inbound, reply, subject, at=at)
        form, of_the_form = await _held_form(uow, inbound, reply.form, subject, at=at)
        return replace(reply, form=form), [*kept, *of_the_form]
    if isinstance(reply, OpenForm | NextPage):
        form, kept = await _held_form(uow, inbound, reply.form, subject, at=at)
        return replace(reply, form=form), kept
    if not isinstance(reply, Tell):
        return reply, ()
    goes = leaves(inbound, subject, refused=refused)
    card, beyond = await leaving.checked(uow, reply.card, goes, at=at)
    return Tell(card), [(goes.kind, beyond)] if beyond else ()


async def _held_form(
    uow: UnitOfWork, inbound: Inbound, form: Form, subject: UUID, *, at: datetime
) -> tuple[Form, Kept]:
    """What a form inside a message says of its own, without a child's name in it."""
    form = in_chat.plain(form, _FIXED)
    if not in_chat.held(form, leaving.NOBODYS)[1]:
        return form, ()
    form, faults = in_chat.held(form, await leaving.owned_by(uow))
    goes = replace(leaves(inbound, subject, refused=True), kind="form", place=FORM)
    beyond = await leaving.kept_back(uow, faults, goes, at=at)
    return form, [(goes.kind, beyond)] if beyond else ()


async def _held_complaints(
    uow: UnitOfWork, inbound: Inbound, reply: Complaints, subject: UUID, *, at: datetime
) -> tuple[Complaints, Kept]:
    """The sentences of ours in a form inside a message: without what was typed, and each from the list."""
    goes = replace(leaves(inbound, subject, refused=True), kind="complaint", place=COMPLAINT)
    said, kept = dict[str, str](), list[tuple[str, BeyondChat]]()
    for name, sentence in reply.by_field.items():
        said[name] = picked.said_in_chat(sentence)
        _, beyond = await leaving.checked(uow, plain.say(said[name]), goes, at=at)
        if beyond is not None:
            said[name] = LOOK_AGAIN
            kept.append((goes.kind, beyond))
    return replace(reply, by_field=said), kept


def stay(inbound: Inbound) -> bool:
    """Whether what is told in answer to it may stand where it was asked for."""
    match inbound:
        case CommandTyped() | FormSubmitted():
            return inbound.in_chat
        case ButtonPressed():
            return not (inbound.in_window or inbound.press in OPENS_A_WINDOW)
        case HomeOpened() | CardSeen():
            return True
        case SearchTyped():
            return False
        case _:
            assert_never(inbound)


def leaves(inbound: Inbound, subject: UUID, *, refused: bool) -> Leaving:
    """Where it goes, and what is said in its place, should it hold what chat may not. `subject`: whose answer it is."""
    platform = inbound.who.platform
    if isinstance(inbound, HomeOpened) and not refused:
        return Leaving(kind="home", subject=subject, place=PlaceKind.HOME, platform=platform)
    if isinstance(inbound, CardSeen) and not refused:
        return Leaving(kind="seen", subject=inbound.which.subject, place=PlaceKind.CHANNEL, platform=platform)
    words = DONE if _does(inbound) and not refused else NOT_DONE
    instead = Instead(heading=_NO_CHAT, words=words, alone=words)
    return Leaving(kind=_kind(inbound), subject=subject, place=ANSWER, platform=platform, instead=instead)


def _does(inbound: Inbound) -> bool:
    """Whether something is done by it, now or when it came before: a command only shows, or leads on."""
    if isinstance(inbound, ButtonPressed):
        return inbound.press is not Press.BOARD
    return isinstance(inbound, FormSubmitted)


def _kind(inbound: Inbound) -> str:
    """As a code: nothing that a client may have written."""
    if isinstance(inbound, ButtonPressed):
        return f"answer_{inbound.press.value}"
    return "answer_form" if isinstance(inbound, FormSubmitted) else "answer"
