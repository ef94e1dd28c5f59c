"""Another root key: each school's key is wrapped anew, in one transaction, while the program runs.

Nothing that is sealed is touched, for the root key wraps the keys of schools alone. Who runs meanwhile has these open
and goes on; who starts after needs the new key file. The file of before is kept beside it: what waits in the spool and
what was backed up before can be opened with it alone.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from store import engine as engines
from store import walls
from store.durable import flush_folder
from store.keys import BEFORE, KeyFaulty, KeyFile, opened_by, wrap_school_key
from store.sealing import Key
from store.tables import schools

_PATIENT = 60.0


def fresh_file(path: Path) -> Path:
    """Where the new key lies until the database is under it."""
    return path.with_name(f"{path.name}.new")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    many: int
    """Schools that are under the new key."""
    kept: Path
    """Where the file of before is now."""
    shut: Sequence[UUID]
    """Schools that no key which is at hand opens: they were passed over, and stay as they were."""


async def rotate(url: str, keys: KeyFile, *, at: datetime) -> Rotated:
    """Put the database under a new root key, and the new key file in the place of the old. Ended at any point, the same
    again finishes it. Raises `KeyFaulty`, also where the key opens no school at all."""
    old, fresh = keys.read(keys.path), fresh_file(keys.path)
    try:
        if not fresh.exists():
            keys.make(fresh)
        known = [Key(one) for one in (keys.read(fresh), old, *keys.before())]
        many, shut = await _under(url, known)
        return Rotated(many=many, kept=_in_its_place(keys.path, fresh, at), shut=shut)
    except (SQLAlchemyError, OSError) as wrong:
        raise KeyFaulty(f"The key was not changed: {type(wrong).__name__}. The same command again goes on.") from None


def _in_its_place(path: Path, fresh: Path, at: datetime) -> Path:
    """First the old one has its second name, then the new one its first: there is always a key file."""
    kept = path.with_name(f"{path.name}{BEFORE}{at:%Y%m%dT%H%M%SZ}")
    if not kept.exists():
        os.link(path, kept)
    fresh.replace(path)
    flush_folder(path.parent)
    return kept


async def _under(url: str, known: Sequence[Key]) -> tuple[int, Sequence[UUID]]:
    """Every school under the first of those keys, whichever of them it was under, in one transaction; how many, and
    those that none of them opens."""
    engine = engines.make_engine(url, deadline=_PATIENT)
    try:
        async with engine.begin() as connection:
            await walls.say_all(connection)
            rows = (await connection.execute(select(schools).order_by(schools.c.school).with_for_update())).all()
            opened = {school: _opened(known, school, wrapped) for school, wrapped in rows}
            shut = [school for school, secrets in opened.items() if secrets is None]
            if len(shut) == len(rows) and shut:
                opened_by(known, shut[0], b"")
            for school, secrets in opened.items():
                if secrets is not None:
                    again = wrap_school_key(known[0], school, secrets)
                    await connection.execute(update(schools).where(schools.c.school == school).values(key=again))
            return len(rows) - len(shut), shut
    finally:
        await engine.dispose()


def _opened(known: Sequence[Key], school: UUID, wrapped: bytes) -> bytes | None:
    with suppress(KeyFaulty):
        return opened_by(known, school, wrapped)
    return None
