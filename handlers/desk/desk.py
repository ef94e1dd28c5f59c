"""The front desk: takes whatever a platform heard and answers it. The one routing table; it never raises.

Refusals become words in `refusals`. A bug becomes a reference for the operator and, for the person,
the plain sentence that nothing was saved, with everything that was typed still in front of them.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never
from uuid import uuid4

from handlers import search
from handlers.conversation import (
    ButtonPressed,
    CardSeen,
    CommandTyped,
    Complaints,
    FormSubmitted,
    HomeOpened,
    Inbound,
    Reply,
    SearchTyped,
    Suggestions,
    Tell,
    Who,
)
from handlers.desk import (
    answers,
    commands,
    kept,
    looks,
    next_steps,
    offered,
    presses,
    refusals,
    seen,
    settled,
    submissions,
    unanswered,
    whole_lists,
)
from handlers.errors import (
    AccountNotChecked,
    Away,
    Busy,
    MovedOn,
    MustWrite,
    Refused,
    Settled,
    UnknownSchool,
)
from handlers.overview import counter as board
from handlers.platform_ports import Accounts, Standing, Unasked
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.reporter import photographs
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import CannotMove, SettledAlready
from handlers.rules.people import Person
from handlers.rules.school import SchoolId
from handlers.ui import plain

_TRIES = 3
_PATIENCE = 2.0
"""Seconds that somebody waits for a turn. Slack waits three for an answer, and would say that Heard is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    units: UnitsOfWork
    now: Callable[[], datetime]
    wake: Callable[[], None]
    """Called after a commit that put something in the outbox, so that it leaves at once."""
    mishap: Callable[[str, BaseException], None]
    """Keeps a bug for the operator under that reference: no text of the exception may be logged."""
    accounts: Accounts = field(default_factory=Unasked)
    keeper: kept.Keeper | None = None
    """Where what is sent waits while the store cannot be reached; None where it can wait nowhere."""

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        """Answer it, whatever happens. `guest`: the request itself says that it comes from a guest's account."""
        return whole_lists.leading_back(inbound, await self._whatever_happens(inbound, guest=guest))

    async def _whatever_happens(self, inbound: Inbound, *, guest: bool) -> Reply:
        try:
            return await self._answer(inbound, guest=guest)
        except (Away, Busy) as error:
            if saved := await self._kept(inbound):
                return saved
            return unanswered.too_many(inbound) if isinstance(error, Busy) else self._broken(inbound, error)
        except Exception as error:  # noqa: BLE001 (the last door: the person must be told the truth)
            return self._broken(inbound, error)

    async def bring_in(self, item: kept.Kept) -> bool | None:
        """Answer what was kept, as if it were sent now; whether it is in the record, or in its writer's draft. None
        while their platform does not say whether the account still stands: it goes on waiting, and holds up nobody.

        Raises `Away` or `Busy` while that must wait.
        """
        item = await kept.as_it_was_sent(self.units, item)
        inbound: FormSubmitted | None = item.inbound
        for _ in range(kept.ROUNDS):
            reply = await self._answer(inbound, guest=False)
            if isinstance(reply, Complaints) and reply.by_field.get("") == str(AccountNotChecked()):
                return None
            inbound = kept.next_step(reply, inbound)
            if inbound is None:
                break
        school = await self.units.school_of(item.inbound.who)
        if school is None:
            return False
        async with self.units(school, at=self.now()) as uow:
            done = await kept.bring_in(uow, item, at=self.now())
        self._wake(uow)
        return done

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        """Keep that a request was refused at the gate. `why` is a code."""
        school = None if who is None else await self.units.school_of(who)
        await self._keep(Entry(deed=Deed.REFUSED, at=self.now(), by=None, thing=None, facts={"why": why}), school)

    async def _answer(self, inbound: Inbound, *, guest: bool) -> Reply:
        school = await self.units.school_of(inbound.who)
        if school is None:
            await self._keep(refusals.turned_away(inbound, UnknownSchool(), None, self.now()), None)
            return Tell(plain.say(str(UnknownSchool()), alert=True))
        standing = Standing.GUEST if guest else await self._standing(inbound)
        for attempt in range(_TRIES):
            try:
                return await self._in_one_transaction(school, inbound, standing)
            except MovedOn as refusal:
                if attempt == _TRIES - 1:
                    return await self._refuse(inbound, refusal, school)
            except CannotMove as refusal:
                kind = Settled if isinstance(refusal, SettledAlready) else Refused
                return await self._refuse(inbound, kind(str(refusal)), school)
            except Refused as refusal:
                return await self._refuse(inbound, refusal, school)
        raise AssertionError("every try returns")

    async def _standing(self, inbound: Inbound) -> Standing:
        """Asked before the transaction, for a platform may be slow. A typeahead asks with every letter, and a client of
        each card that it shows."""
        return await self.accounts.standing(inbound.who, lately=isinstance(inbound, SearchTyped | CardSeen))

    async def _in_one_transaction(self, school: SchoolId, inbound: Inbound, standing: Standing) -> Reply:
        """Who looks holds nobody up; where it turns out that something must be written, all of it is done again."""
        at = self.now()
        if looks.only(inbound):
            with suppress(MustWrite):
                async with self.units.looking(school, at=at, patience=_PATIENCE) as uow:
                    return await self._answered(uow, inbound, standing, at)
        async with self.units(school, at=at, patience=_PATIENCE) as uow:
            reply = await self._answered(uow, inbound, standing, at)
        self._wake(uow)
        return reply

    async def _answered(self, uow: UnitOfWork, inbound: Inbound, standing: Standing, at: datetime) -> Reply:
        person = await uow.people.identify(inbound.who)
        by = refusals.welcome(person, standing)
        reply = await next_steps.beside(uow, inbound, await _route(uow, inbound, by, at), by=by, at=at)
        reply = await offered.offered(uow, inbound, reply, by=person)
        return await self._may_stand(uow, inbound, reply, by)

    async def _may_stand(
        self, uow: UnitOfWork, inbound: Inbound, reply: Reply, by: Person | None, *, refused: bool = False
    ) -> Reply:
        """As much of it as may stand where it is drawn; what is kept back is told to the operator as a code."""
        subject = by.id if by else uow.school.id
        reply, kept_back = await answers.held(uow, inbound, reply, subject, refused=refused, at=self.now())
        for kind, beyond in kept_back:
            self.mishap(f"beyond-chat-{kind}-{uuid4().hex[:8]}", beyond)
        return reply

    async def _refuse(self, inbound: Inbound, refusal: Refused, school: SchoolId) -> Reply:
        """Say it in words, keep it where it must be kept, and refresh the card that was pressed."""
        async with self.units(school, at=self.now(), patience=_PATIENCE) as uow:
            person = await uow.people.identify(inbound.who)
            if isinstance(refusal, Settled):
                refusal = await settled.by_whom(uow, inbound, refusal, person)
            if type(refusal) in refusals.KEPT:
                await uow.trail.append(refusals.turned_away(inbound, refusal, person, self.now()))
                await presses.take_in(uow, inbound)
            elif isinstance(inbound, ButtonPressed):
                await presses.refresh(uow, inbound)
            reply = await refusals.in_words(uow, inbound, refusal)
            if person is not None and type(refusal) not in refusals.KEPT:
                reply = await next_steps.beside(uow, inbound, reply, by=person, at=self.now())
            reply = await offered.offered(uow, inbound, reply, by=person)
            reply = await self._may_stand(uow, inbound, reply, person, refused=True)
        self._wake(uow)
        return reply

    def _wake(self, uow: UnitOfWork) -> None:
        if uow.outbox.moved:
            self.wake()

    async def _keep(self, entry: Entry, school: SchoolId | None) -> None:
        if school is None:
            await self.units.turned_away(entry)
            return
        async with self.units(school) as uow:
            await uow.trail.append(entry)

    async def _kept(self, inbound: Inbound) -> Reply | None:
        """The store cannot be reached: what was sent is kept where it does not matter. None where it cannot be."""
        school = await self.units.school_of(inbound.who)
        if self.keeper is None or school is None or not isinstance(inbound, FormSubmitted):
            return None
        if not kept.is_sending(inbound):
            return None
        if lacking := kept.lacking(inbound):
            return lacking
        try:
            words = kept.packed(inbound, self.now())
            return Tell(kept.saved(inbound, await self.keeper.keep(school, words, once=inbound.key)))
        except OSError as error:
            self.mishap(f"not-kept-{uuid4().hex[:8]}", error)
            return None

    def _broken(self, inbound: Inbound, error: Exception) -> Reply:
        reference = uuid4().hex[:8]
        self.mishap(reference, error)
        return unanswered.broken(inbound, error, reference=reference)


async def _route(uow: UnitOfWork, inbound: Inbound, by: Person, at: datetime) -> Reply:
    match inbound:
        case CommandTyped():
            reply = await commands.take(uow, inbound, by=by, at=at)
            return await photographs.turn_away(uow, inbound, reply, by=by, at=at) if inbound.file else reply
        case FormSubmitted():
            return await submissions.take(uow, inbound, by=by, at=at)
        case ButtonPressed():
            return await presses.take(uow, inbound, by=by, at=at)
        case SearchTyped(source=source, query=query):
            found = await search.suggest(uow, source, query, by=by)
            return Suggestions(found[: search.MOST], total=len(found))
        case HomeOpened():
            return await board.home(uow, inbound, by, at)
        case CardSeen():
            return await seen.take(uow, inbound, by=by, at=at)
        case _:
            assert_never(inbound)
