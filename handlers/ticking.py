"""What a job of the timetable does over every school: each thing in a transaction of its own, and none for another.

One that cannot be looked at (a bug, words that do not open) keeps none of those after it waiting: it is told at last.
"""

from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TypeVar

from handlers.errors import Damaged, MovedOn, MustWrite
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules.school import SchoolId

T = TypeVar("T")
Done = TypeVar("Done")
Find = Callable[[UnitOfWork], Awaitable[Sequence[T]]]
Do = Callable[[UnitOfWork, T], Awaitable[bool]]
_BROKEN: ContextVar[set[SchoolId] | None] = ContextVar("broken", default=None)


@contextmanager
def broken_in() -> Generator[set[SchoolId]]:
    """The schools in which a job that is done inside could not look at everything: in the others it is done."""
    found: set[SchoolId] = set()
    before = _BROKEN.set(found)
    try:
        yield found
    finally:
        _BROKEN.reset(before)


async def each(units: UnitsOfWork, find: Find[T], do: Do[T]) -> int:
    """`do` for everything that `find` lists in each school; returns how many did something.

    One that moves meanwhile is looked at again at the next tick, and of one that is damaged the store knows. Raises an
    `ExceptionGroup` at the end with what went wrong on the way.
    """

    async def one(school: SchoolId, thing: T) -> bool:
        if thing is None:
            return await _begun_as_a_look(units, school, lambda uow: do(uow, thing))
        async with units(school) as uow:
            return await do(uow, thing)

    return await each_apart(units, find, one)


async def each_apart(
    units: UnitsOfWork, find: Find[T], do: Callable[[SchoolId, T], Awaitable[bool]]
) -> int:
    """The same for what opens its own transactions, because it waits for a platform between them."""
    done = 0
    broken: list[Exception] = []
    for school in units.schools():
        so_far = len(broken)
        for thing in await _found(units, school, find, broken):
            try:
                done += await do(school, thing)
            except MovedOn:
                continue
            except Damaged as error:
                broken += [error] if thing is None else []
            except Exception as error:  # noqa: BLE001 (it is raised when all have had their turn)
                broken.append(error)
        if len(broken) > so_far and (noted := _BROKEN.get()) is not None:
            noted.add(school)
    if broken:
        raise ExceptionGroup("things that could not be looked at", broken)
    return done


async def _found(
    units: UnitsOfWork, school: SchoolId, find: Find[T], broken: list[Exception]
) -> Sequence[T]:
    try:
        return await _begun_as_a_look(units, school, find)
    except Exception as error:  # noqa: BLE001 (one school that cannot be read keeps no other waiting)
        broken.append(error)
        return ()


async def _begun_as_a_look(units: UnitsOfWork, school: SchoolId, do: Callable[[UnitOfWork], Awaitable[Done]]) -> Done:
    """Most ticks find nothing to do, and nobody should wait for that. What must write is done again where it may."""
    with suppress(MustWrite):
        async with units.looking(school) as uow:
            return await do(uow)
    async with units(school) as uow:
        return await do(uow)


async def once(uow: UnitOfWork) -> Sequence[None]:
    """For what is done once a school: `each(units, once, do)`."""
    del uow
    return (None,)
