"""The emergency door: asking, and the second person's answer."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from handlers.account import meant_form
from handlers.conversation import CommandTyped, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Sent
from handlers.need_to_know import break_glass, break_glass_form, meant
from handlers.need_to_know.break_glass_card import way_in
from handlers.ports import UnitOfWork
from handlers.rules.meant import Asks
from handlers.rules.people import Person
from handlers.rules.verdict import Typed
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import Form

ASKED = (
    "You have asked. The leads, the head and the chair are being told now, except you and anybody it names. "
    "You will hear here what they say. If you cannot wait, ring them; if a child is in danger, ring 999."
)


def unlock_reply(by: Person, *, in_chat: bool) -> Reply:
    """`/concern unlock`: the form, or in a chat the way to it."""
    break_glass.must_be_able_to_ask(by)
    key = uuid4()
    return Tell(way_in(key)) if in_chat else OpenForm(break_glass_form.ask(keys.key(key)))


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern unlock`: not "emergency" or "help", for that is what somebody types who needs 999 and the form."""
    return unlock_reply(by, in_chat=inbound.in_chat)


async def _unlock(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    break_glass.must_be_able_to_ask(by)
    return OpenForm(break_glass_form.ask(keys.key(uuid4())))


async def _asked(uow: UnitOfWork, sent: Sent) -> Reply | str:
    """Whoever its reason may mean is asked about first: it is read by those who are asked to agree."""
    text, values = sent.reader.text, sent.inbound.values
    break_glass.must_be_able_to_ask(sent.by)
    break_glass.read_reference(text("reference"))
    typed = (Typed(text=text("reason"), asks=Asks.WORDS),)
    found = meant.said(await meant.in_words(uow, typed, of=None, by=sent.by.id), values)
    if await meant.ask(uow, sent.id, found, at=sent.at):
        form = break_glass_form.ask(sent.inbound.key)
        return NextPage(replace(form, parts=(*form.parts, *meant_form.asked(found)), values=values))
    if not await uow.steps.take(sent.id, "sent", at=sent.at):
        return "This has been done already. Nothing was done twice."
    less = [one.person.id for one in found if one.named]
    await break_glass.ask_to_open(uow, sent.id, text("reference"), text("reason"), less=less, by=sent.by, at=sent.at)
    return ASKED


async def _agree(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    who, reference, reason = await break_glass.question_for(uow, subject, by=by, at=at)
    return OpenForm(break_glass_form.agree(keys.key(subject), who, reference, reason))


async def _answered(uow: UnitOfWork, sent: Sent) -> str:
    agreed = sent.reader.text("answer") == "yes"
    await break_glass.answer_question(uow, sent.id, agreed=agreed, by=sent.by, at=sent.at)
    return "Your answer is recorded. They are being told now."


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    return break_glass_form.agree(inbound.key)


COUNTER = Counter(
    presses={Press.UNLOCK: _unlock, Press.AGREE: _agree},
    forms={
        break_glass_form.UNLOCK: Filed(
            take=_asked, blank=lambda key, _: break_glass_form.ask(key), once=False,
            unasked="It asks by itself: it belongs to no concern that whoever asks may know of.",
        ),
        break_glass_form.AGREE: Filed(take=_answered, blank=lambda key, _: break_glass_form.agree(key), again=_again),
    },
)
