"""A deed that ends what somebody else owes: the message that asks them says so at once, not when a clock ticks.

Where it is another's from then on, that one is asked in the same moment.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from handlers import notices
from handlers.conversation import FormSubmitted, Tell
from handlers.notice import NoticeKind
from handlers.rules.action import ActionId
from handlers.rules.people import Person
from handlers.triage import chasing
from handlers.ui import due
from handlers.ui.card import Press
from tests.handlers.acting import assigned, does, owned
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.referring import refers
from tests.handlers.school import ANSWERS, DANA, LEE, OTHER_MIA, PRIYA, SCHOOL, TESS, TOM, Here, account

Ends = Callable[[Here, Any], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    asks: Callable[[Here], Awaitable[Any]]
    """Brings it about that somebody is asked; what the deed needs of it."""
    whom: Person
    what: str
    """What their message asks them to press, or to do."""
    ends: Ends
    by: Person | None = None
    """Who owes it from then on."""


async def fills(here: Here, by: Person, press: Press, id: UUID, **values: str) -> None:
    reply = await here.send(by, await here.opens(by, press, id), values)
    assert isinstance(reply, Tell), reply


async def offered(here: Here) -> UUID:
    concern = await owned(here)
    await fills(here, LEE, Press.HAND_OVER, concern.id, to=str(PRIYA.id))
    return concern.id


async def to_be_read(here: Here) -> UUID:
    concern = await owned(here)
    assert isinstance(await here.decides(LEE, concern, level="medium", outcome="no_further_action"), Tell)
    return concern.id


async def closing(here: Here) -> UUID:
    concern = await owned(here)
    await here.decides(LEE, concern, level="medium")
    await fills(here, LEE, Press.CLOSE, concern.id, outcome="Seen.")
    return concern.id


async def merging(here: Here) -> UUID:
    concern = await owned(here)
    other = await here.raises(TOM, {**ANSWERS, "child_1": str(OTHER_MIA.id)})
    await fills(here, LEE, Press.MERGE, concern.id, into=other.reference, reason="One event.")
    return concern.id


async def owing(here: Here) -> UUID:
    return (await assigned(here)).id


async def done(here: Here) -> UUID:
    action = await assigned(here)
    await does(here, TOM, Press.DONE, action, what_done="Rang them at four.")
    return action.id


async def wants_time(here: Here) -> UUID:
    action = await assigned(here)
    await does(here, TOM, Press.MORE_TIME, action, due_date="2026-11-30", reason="She is away.")
    return action.id


async def referred(here: Here) -> UUID:
    concern = await owned(here)
    assert isinstance(await refers(here, concern), Tell)
    async with here.units(SCHOOL.id) as uow:
        (referral,) = await uow.referrals.of(concern.id)
        await notices.tell(uow, NoticeKind.REFERRAL, (LEE,), referral.id)
    return concern.id


async def more_asked(here: Here) -> UUID:
    concern = await owned(here)
    await fills(here, LEE, Press.ASK_MORE, concern.id, asked="Which door was it?")
    return concern.id


async def nobody_came(here: Here) -> UUID:
    concern = await here.raises(answers={**ANSWERS, "urgency": "now"})
    here.later(minutes=11)
    await chasing.chase_unaccepted(here.units, {}, at=here.at)
    return concern.id


async def covered(here: Here) -> UUID:
    concern = await owned(here)
    going = {"from": "2026-11-24", "until": "2026-11-27", "cover": str(PRIYA.id)}
    await fills(here, LEE, Press.AWAY, LEE.id, **going)
    return concern.id


async def in_danger(here: Here) -> UUID:
    key = uuid4()
    values = {**ANSWERS, "danger": "yes"}
    await here.answers(FormSubmitted(who=account(TESS), form="concern", key=str(key), page=1, values=values))
    return key


def form(by: Person, press: Press, **values: str) -> Ends:
    return lambda here, subject: fills(here, by, press, subject, **values)


def button(by: Person, press: Press) -> Ends:
    return lambda here, subject: here.press(by, press, subject)


async def closes(here: Here, id: UUID) -> None:
    await here.decides(LEE, await here.concern(id), level="low")
    await fills(here, LEE, Press.CLOSE, id, outcome="Seen.")
    if (await here.concern(id)).close_proposed_by:
        await fills(here, PRIYA, Press.SIGN_OFF, id, agreed="yes", sign_off="Read.")


async def decides_again(here: Here, id: UUID) -> None:
    await here.decides(LEE, await here.concern(id), level="medium", outcome="early_help")


async def takes_over(here: Here, id: UUID) -> None:
    """The concern, or the one that the action is of."""
    async with here.units(SCHOOL.id) as uow:
        action = await uow.actions.get(ActionId(id))
    await fills(here, DANA, Press.COVER, action.concern if action else id, reason="Lee is away.")


async def accepts_the_offer(here: Here, id: UUID) -> None:
    async with here.units(SCHOOL.id) as uow:
        action = await uow.actions.get(ActionId(id))
    assert action is not None
    await fills(here, LEE, Press.HAND_OVER, action.concern, to=str(DANA.id))
    await here.press(DANA, Press.ACCEPT, action.concern)


AGREED = {"agreed": "yes"}
CASES: Mapping[str, Case] = {
    "an offer is taken back": Case(
        asks=offered, whom=PRIYA, what="“Accept”", ends=button(LEE, Press.ACCEPT)
    ),
    "what was offered is taken over": Case(
        asks=offered, whom=PRIYA, what="“Accept”", ends=takes_over
    ),
    "what was offered is closed": Case(asks=offered, whom=PRIYA, what="“Accept”", ends=closes),
    "what was offered is sealed": Case(
        asks=offered, whom=PRIYA, what="“Accept”", ends=form(LEE, Press.SEAL, to_1=str(LEE.id), reason="Two."),
    ),
    "another reads the decision": Case(
        asks=to_be_read, whom=DANA, what="“Read the decision”",
        ends=form(PRIYA, Press.SECOND_READ, reading="Yes.", **AGREED),
    ),
    "it is decided anew": Case(asks=to_be_read, whom=DANA, what="“Read the decision”", ends=decides_again),
    "another signs it off": Case(
        asks=closing, whom=DANA, what="“Sign off”", ends=form(PRIYA, Press.SIGN_OFF, sign_off="Read.", **AGREED)
    ),
    "another keeps it open": Case(
        asks=closing, whom=DANA, what="“Sign off”", ends=form(PRIYA, Press.SIGN_OFF, sign_off="No.", agreed="no")
    ),
    "another agrees to merge": Case(
        asks=merging, whom=DANA, what="“Read and answer”", ends=form(PRIYA, Press.AGREE_MERGE, why="Both.", **AGREED)
    ),
    "what was to be merged is closed": Case(asks=merging, whom=DANA, what="“Read and answer”", ends=closes),
    "an action is given to another": Case(
        asks=owing, whom=TOM, what="“Acknowledge”", by=TESS,
        ends=form(LEE, Press.REASSIGN, to=str(TESS.id), reason="He is away."),
    ),
    "an action is cancelled": Case(
        asks=owing, whom=TOM, what="“Acknowledge”", ends=form(LEE, Press.CANCEL_ACTION, reason="Settled.")
    ),
    "another verifies it": Case(asks=done, whom=LEE, what="“Verify”", ends=button(PRIYA, Press.VERIFY)),
    "what is to be verified is taken over": Case(asks=done, whom=LEE, what="“Verify”", ends=takes_over, by=DANA),
    "what is to be verified is handed over": Case(
        asks=done, whom=LEE, what="“Verify”", ends=accepts_the_offer, by=DANA
    ),
    "another gives more time": Case(
        asks=wants_time, whom=LEE, what="“Give more time”",
        ends=form(PRIYA, Press.MORE_TIME, due_date="2026-11-30", reason="Yes."),
    ),
    "no more time is needed": Case(
        asks=wants_time, whom=LEE, what="“Give more time”", ends=form(TOM, Press.DONE, what_done="Rang them.")
    ),
    "whoever could give time has it no longer": Case(
        asks=wants_time, whom=LEE, what="“Give more time”", ends=takes_over, by=DANA
    ),
    "a referral is another's to follow up": Case(
        asks=referred, whom=LEE, what="“Record the answer”", ends=takes_over, by=DANA
    ),
    "more was asked of what is closed": Case(asks=more_asked, whom=TESS, what="“Read and answer”", ends=closes),
    "another accepts what was chased": Case(
        asks=nobody_came, whom=PRIYA, what="“Accept”", ends=button(LEE, Press.ACCEPT)
    ),
    "somebody comes, and nobody need be rung": Case(
        asks=nobody_came, whom=TESS, what="ring now", ends=button(LEE, Press.ACCEPT)
    ),
    "a third takes over what a cover had": Case(asks=covered, whom=PRIYA, what="“Take it over”", ends=takes_over),
    "what a cover had is closed": Case(asks=covered, whom=PRIYA, what="“Take it over”", ends=closes),
    "another is on it": Case(
        asks=in_danger, whom=DANA, what="“I am on it”", ends=button(LEE, Press.ON_IT)
    ),
}


def asking(post: Post, who: Person, what: str) -> list[str]:
    """The first lines in their own chat that ask them for that."""
    return [card.summary for card in post.at(chat_with(who)) if due.asks(card) and what in card.summary]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_whoever_was_asked_is_told_at_once(here: Here, post: Post, case: Case):
    id = await case.asks(here)
    await works(here, post)
    assert len(asking(post, case.whom, case.what)) == 1
    await case.ends(here, id)
    await works(here, post)
    assert asking(post, case.whom, case.what) == []
    if case.by is not None:
        assert len(asking(post, case.by, case.what)) == 1, [card.summary for card in post.at(chat_with(case.by))]
