"""Writes down what came of deliveries: those that came about together in one transaction.

What a platform has done must be written down, or the card comes twice: a database that is away is waited for. Where
several cannot be written together each is written alone, so that one that cannot be holds up no other. No platform is
called here.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from handlers import notices
from handlers.notice import Notice
from handlers.platform_ports import Undelivered
from handlers.ports import Claimed, UnitOfWork, UnitsOfWork
from handlers.post import cards as drawing
from handlers.post import otherwise
from handlers.post.otherwise import Failed
from handlers.rules.school import SchoolId
from handlers.rules.trouble import Lasting
from handlers.ui.card import Card

KEPT_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0, 0.0)
"""Seconds after each try to write down what came of a delivery; each try waits for the database's own deadline too."""

Mishap = Callable[[str, BaseException], None]
"""Keeps a bug for the operator under a reference; the exception's text may not be logged."""


class Ages(Protocol):
    """Measures how old a notice is when it is delivered."""

    def taken(self, school: SchoolId, notice: int, waited: float | None = None) -> None:
        """`waited`: seconds since it was put out, where that is known."""
        ...

    def delivered(self, school: SchoolId, notice: int) -> None: ...


class Unmeasured:
    def taken(self, school: SchoolId, notice: int, waited: float | None = None) -> None:
        """Nobody measures."""

    def delivered(self, school: SchoolId, notice: int) -> None:
        """Nobody measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    heard: bool = False
    """The platform has answered: it was called, and did what it was asked."""
    shown: bool = False
    """The place has taken a card."""
    posted: str = ""
    """The platform's id of a new message; empty when those that stand were updated."""
    shows: Card | None = None
    """What a new message was drawn from."""
    gone: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    """Codes of why a message could not be taken away; nothing is left in it all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of one delivery."""

    item: Claimed
    of: Carried | Undelivered
    stands: bool
    """A message that shows it stood already."""
    mark: object
    """What the store's mark was when it was drawn; None where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Of one batch: what was wrong when it was claimed, and when that was."""

    units: UnitsOfWork
    school: SchoolId
    lasting: Sequence[Lasting]
    at: datetime
    mishap: Mishap
    ages: Ages = field(default_factory=Unmeasured)

    async def keep(self, came: Sequence[Came]) -> None:
        """Together, in the order in which they were put into the outbox; alone where that does not go."""
        try:
            await self._write(sorted(came, key=lambda one: one.item.id))
        except Exception as error:  # noqa: BLE001 (whatever the store says: what is known is not let go)
            self.mishap(f"notice-{uuid4().hex[:8]}", error)
            await asyncio.gather(*(self._keep_alone(one) for one in came))

    async def _keep_alone(self, one: Came) -> None:
        """As often as there is hope; after that its lease runs out, and it is tried again."""
        for wait in KEPT_AFTER:
            try:
                await self._write((one,))
            except Exception as error:  # noqa: BLE001 (as above)
                self.mishap(f"notice-{uuid4().hex[:8]}", error)
                await asyncio.sleep(wait)
            else:
                return

    async def _write(self, came: Sequence[Came]) -> None:
        async with self.units(self.school) as uow:
            mark = uow.mark()
            quiet = not self.lasting and all(isinstance(one.of, Carried) for one in came)
            for one in came:
                if isinstance(one.of, Carried):
                    await self._settle(uow, one.item, one.of, unmoved=quiet and one.mark == mark)
                else:
                    failed = Failed(item=one.item, failure=one.of, stands=one.stands, at=self.at)
                    await otherwise.put_by(uow, failed)
        for one in came:
            if isinstance(one.of, Carried):
                self.ages.delivered(self.school, one.item.id)

    async def _settle(self, uow: UnitOfWork, item: Claimed, carried: Carried, *, unmoved: bool) -> None:
        """`unmoved`: nothing was written since it was drawn, so it shows what is so."""
        stuck = () if carried.stuck and await notices.is_replaced(uow, item.notice) else carried.stuck
        for message in carried.gone:
            await uow.posts.forget(item.notice, message)
        if carried.posted:
            await uow.posts.put(item.notice, carried.posted)
            await _takes_its_place(uow, item.notice)
            if not unmoved and await _is_old(uow, item.notice, carried.shows, at=self.at):
                await uow.outbox.put(item.notice)
        for reason in stuck:  # where a newer message speaks for it, that an emptied one stays is no alarm
            await otherwise.alarm(uow, "not_withdrawn", item.notice, reason, at=self.at)
        await uow.outbox.settle(item)
        if carried.heard:
            await otherwise.it_arrived(uow, item, self.lasting, shown=carried.shown, at=self.at)
        else:
            await otherwise.another_asks(uow, item, self.lasting)
        await otherwise.none_is_stuck(uow, item, self.lasting, at=self.at)


async def _takes_its_place(uow: UnitOfWork, notice: Notice) -> None:
    """What it takes the place of is taken away."""
    for older in await notices.replaced(uow, notice):
        await uow.outbox.put(older)


async def _is_old(uow: UnitOfWork, notice: Notice, shows: Card | None, *, at: datetime) -> bool:
    """Who changed something while it was on its way did not find it standing: then it is drawn again, and so it is
    where its reader has lost it meanwhile."""
    try:
        return await drawing.draw(uow, notice, at=at) != shows
    except Exception:  # noqa: BLE001 (it was drawn a moment ago: what fails now is drawn again, and kept where that fails)
        return True
