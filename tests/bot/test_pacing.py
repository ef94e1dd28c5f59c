"""Nobody asks so fast that others wait; what is sent in a form always goes on."""

from uuid import uuid4

from bot.pacing import PEOPLE_A_TENANT, Paced
from handlers.conversation import (
    ButtonPressed,
    CommandTyped,
    Complaints,
    FormSubmitted,
    Inbound,
    NextPage,
    Reply,
    SearchTyped,
    Suggestions,
    Tell,
    Who,
)
from handlers.ui import plain
from handlers.ui.card import Press, Words
from handlers.ui.form import Source
from handlers.ui.may_stand import ANSWER, Own, faults

SERVED = Tell(plain.say("served"))


class Counting:
    def __init__(self) -> None:
        self.asked: list[Inbound] = []

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        self.asked.append(inbound)
        return SERVED

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        raise AssertionError("nobody is turned away at the gate for being fast")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def who(user: str = "U1", tenant: str = "T1") -> Who:
    return Who(platform="slack", tenant=tenant, user=user)


def paced(most: int = 10) -> tuple[Paced, Counting, Clock]:
    desk, clock = Counting(), Clock()
    return Paced(desk, most=most, now=clock), desk, clock


async def served(desk: Paced, inbound: Inbound) -> bool:
    return await desk.answer(inbound) is SERVED


async def test_one_who_types_too_fast_waits_and_nobody_else_does():
    desk, _, clock = paced()
    assert [await served(desk, CommandTyped(who=who())) for _ in range(12)] == [True] * 10 + [False] * 2
    assert await served(desk, CommandTyped(who=who("U2")))
    clock.now += 6
    assert [await served(desk, CommandTyped(who=who())) for _ in range(2)] == [True, False]


async def test_it_says_so_kindly_and_gives_back_what_was_typed():
    desk, _, _ = paced(most=1)
    await desk.answer(CommandTyped(who=who()))
    reply = await desk.answer(CommandTyped(who=who(), text="Mia came in without a coat"))
    assert isinstance(reply, Tell)
    (said,) = [part.text for part in reply.card.parts if isinstance(part, Words)]
    assert "try again" in said
    assert "ring 999" in said
    assert "Mia came in without a coat" in said
    assert "Mia" not in reply.card.summary


async def test_what_was_typed_in_a_chat_stands_there_and_is_not_said_a_second_time():
    desk, _, _ = paced(most=1)
    await desk.answer(CommandTyped(who=who(), in_chat=True))
    for shared in (False, True):
        typed = CommandTyped(who=who(), text="Mia came in without a coat", in_chat=True, shared=shared)
        reply = await desk.answer(typed)
        assert isinstance(reply, Tell)
        assert "Mia" not in str(reply)
        assert faults(reply.card, ANSWER, Own(staff=frozenset())) == ()


async def test_a_form_is_never_turned_away_nor_counted():
    desk, counting, _ = paced(most=1)
    sent = FormSubmitted(who=who(), form="concern", key=str(uuid4()), page=1, values={"facts": "He fell."})
    for _ in range(200):
        assert not isinstance(await desk.answer(sent), Complaints | NextPage)
    assert len(counting.asked) == 200
    assert await served(desk, CommandTyped(who=who()))


async def test_presses_and_letters_typed_into_a_search_count_for_less():
    desk, _, _ = paced()
    press = ButtonPressed(who=who(), press=Press.ACCEPT, subject=uuid4(), version=1)
    assert sum([await served(desk, press) for _ in range(40)]) == 30
    search = SearchTyped(who=who("U2"), source=Source.PUPILS, query="a")
    replies = [await desk.answer(search) for _ in range(31)]
    assert replies[-1] == Suggestions(())
    assert replies[-2] is SERVED


async def test_a_tenant_has_a_pace_too():
    desk, _, _ = paced()
    for number in range(PEOPLE_A_TENANT):
        for _ in range(10):
            assert await served(desk, CommandTyped(who=who(f"U{number}")))
    assert not await served(desk, CommandTyped(who=who("U-new")))
    assert await served(desk, CommandTyped(who=who("U-new", "T2")))


async def test_a_clock_that_goes_back_takes_nothing_from_anybody():
    desk, _, clock = paced()
    clock.now = 1000.0
    await desk.answer(CommandTyped(who=who()))
    clock.now = 10.0
    assert await served(desk, CommandTyped(who=who()))


async def test_no_pace_where_none_is_set():
    desk, counting, _ = paced(most=0)
    for _ in range(500):
        await desk.answer(CommandTyped(who=who()))
    assert len(counting.asked) == 500
