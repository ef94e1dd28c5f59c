"""Fetches every letter that was asked for from chat, each as a sealed file that only its asker can open.

What is said of it here names references alone. The letter is kept as made, with the name of its file, in the very
transaction in which the file is written; a file whose entry could not be kept is taken away again.
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.letter import keep, page
from bot.school_file import SchoolFileFaulty, read_school_file
from bot.sealed_page import sealed_page
from bot.settings import Incomplete, Settings
from bot.wiring import assemble
from handlers.errors import Damaged, NoSuchConcern
from handlers.ports import UnitsOfWork
from handlers.referrals import asking
from handlers.rules.asked_letters import Ask
from handlers.rules.concern import CannotMove
from handlers.rules.school import SchoolId

NONE = "Nobody has asked for a letter that is not fetched yet."
SEALED = "Sealed: each opens with the words of whoever asked for it. Give them the files, then delete yours."


async def write_asked(settings: Settings, path: Path, *, to: Path, clock: Clock | None = None) -> str:
    """Write every letter that waits into that folder, and say which. Raises `Incomplete`."""
    _must_be_there(to)
    try:
        file = read_school_file(path, roll_may_fail=True)
    except SchoolFileFaulty as fault:
        raise Incomplete(str(fault)) from None
    clock = clock or Clock()
    program = await assemble(settings, file, clock=clock)
    try:
        said = [line async for line in _each(program.units, file.school.id, to, at=clock())]
    finally:
        await program.close()
    return "\n".join([*said, SEALED] if said else [NONE])


def _must_be_there(to: Path) -> None:
    if not to.is_dir():
        raise Incomplete(f"There is no folder {to.name}.")


async def _each(units: UnitsOfWork, school: SchoolId, to: Path, *, at: datetime) -> AsyncIterator[str]:
    async with units.looking(school, at=at) as uow:
        concerns = await asking.asked(uow, at=at)
    for id in concerns:
        try:
            async with units.looking(school, at=at) as uow:
                waiting = await asking.waiting(uow, id, at=at)
        except Damaged:
            yield "One letter was not made: its concern cannot be read. python -m bot check says which row is damaged."
            continue
        for ask in waiting:
            yield await _made(units, school, ask, to, at=at)


async def _made(units: UnitsOfWork, school: SchoolId, ask: Ask, to: Path, *, at: datetime) -> str:
    """In a unit of work of its own: what keeps one from being made keeps no other."""
    out: Path | None = None
    try:
        async with units(school, at=at) as uow:
            name = await asking.name_of(uow, ask, at=at)
            free = _free(to, name)
            letter = await asking.make_asked(uow, ask, facts={"file": free.name}, at=at)
            keep(free, sealed_page(page(letter), key=ask.key, salt=ask.salt, name=letter.reference))
            out = free
    except CannotMove as why:
        return f"One letter was not made. {why}"
    except NoSuchConcern:
        return "One letter was not made: whoever asked for it may not have it any more."
    except BaseException:
        if out is not None:
            with suppress(OSError):
                out.unlink()
        raise
    return f"Wrote {out.name}"


def _free(to: Path, name: str) -> Path:
    """A name that nothing has yet: asked for twice on a day, there are two."""
    number, found = 1, to / f"{name}.html"
    while found.exists():
        number += 1
        found = to / f"{name}-{number}.html"
    return found
