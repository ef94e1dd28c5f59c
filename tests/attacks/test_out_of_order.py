"""What was sent once is sent again, early, late and in any order: nothing is done twice, and nothing is undone by it.

The requests are true ones, of the people whose they are; who hears them again is the desk, past what a gate remembers.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

from handlers.conversation import ButtonPressed, Inbound, Reply
from handlers.rules.chronology import Deed
from handlers.ui.card import Press
from store.opening import open_units
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.handlers.acting import actions, assigned
from tests.handlers.conftest import KEY, small_school, small_url, units
from tests.handlers.posting import Post, works
from tests.handlers.school import ANSWERS, LEE, PRIYA, ROLL, SCHOOL, TESS, TOM, Here, account

__all__ = ["small_school", "small_url", "units"]
LOOKS = frozenset({Deed.READ, Deed.LOOKED_BACK, Deed.REFUSED})
"""What is kept each time that it happens: somebody has looked, or was told that it cannot be."""


OTHERWISE = ("version", "reference", "id")
"""What differs between two lives of one story."""


@dataclass
class Heard(Here):
    """Keeps whatever it is asked."""

    asked: list[Inbound] | None = None

    async def answers(self, inbound: Inbound) -> Reply:
        if self.asked is not None:
            self.asked.append(inbound)
        return await super().answers(inbound)


async def lives(here: Heard, id: UUID) -> Sequence[Inbound]:
    """A concern from its first page to an action that is given; every request of it."""
    here.asked = []
    await here.raises_as_told(TESS, ANSWERS, key=id)
    await works(here, Post())
    await here.press(PRIYA, Press.OPEN, id)
    await here.press(LEE, Press.ACCEPT, id)
    form = await here.opens(TESS, Press.ADD, id)
    await here.send(TESS, form, {"more": "She said it again."})
    await here.decides(LEE, await here.concern(id))
    await assigned(here, await here.concern(id))
    asked, here.asked = here.asked, None
    assert here.mishaps == []
    return asked


async def stands(here: Here, id: UUID) -> tuple[object, Mapping[Deed, int]]:
    """The concern with its actions, less how often they were written, and how often each deed was done."""
    async with here.units(SCHOOL.id) as uow:
        deeds = Counter(line.entry.deed for line in await uow.trail.of(id))
        actions = [asdict(one) for one in await uow.actions.of(id)]  # type: ignore[arg-type]
        concerns = [one.id for one in await uow.concerns.open()]
    assert concerns == [id]
    assert await verify_chain(here.units, SCHOOL.id) is None
    shown = [{name: value for name, value in one.items() if name not in OTHERWISE}
             for one in (asdict(await here.concern(id)), *actions)]  # fmt: skip
    return shown, {deed: many for deed, many in deeds.items() if deed not in LOOKS}


ORDERS: Sequence[Callable[[list[Inbound]], object]] = (
    lambda _: None,
    lambda asked: asked.reverse(),
    lambda asked: random.Random(7).shuffle(asked),  # noqa: S311 (so that it comes again)
)
"""As they were, from the last to the first, and by lot."""


async def test_requests_that_come_again_in_any_order_change_nothing(units: Units):
    here, id = Heard(units), uuid4()
    asked = list(await lives(here, id))
    action = (await actions(here, await here.concern(id)))[0].id
    for press in (Press.ACKNOWLEDGE, Press.BEGIN):
        asked.append(ButtonPressed(who=account(TOM), press=press, subject=action, version=1))
        await here.answers(asked[-1])
    before = await stands(here, id)
    for put in ORDERS:
        put(asked)
        here.later(minutes=3)
        for inbound in asked:
            await here.answers(inbound)
        assert await stands(here, id) == before
    assert here.mishaps == []


async def test_requests_that_come_too_early_are_no_hindrance_to_those_that_come_in_their_turn(
    units: Units, small_school: Path, tmp_path: Path
):
    lived, id = Heard(units), uuid4()
    asked = list(await lives(lived, id))
    for number, put in enumerate(ORDERS[1:]):
        file = shutil.copy(small_school, tmp_path / f"{number}.db")
        fresh = await open_units(f"sqlite+aiosqlite:///{file}", root_key=KEY, schools=(ROLL,))
        here, early = Here(fresh), [*asked]
        put(early)
        for inbound in [*early, *asked]:
            await here.answers(inbound)
        assert here.mishaps == []
        assert await stands(here, id) == await stands(lived, id)
        await fresh.close()
