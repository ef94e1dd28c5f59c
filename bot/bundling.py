"""What `bundle` says: an inspector's bundle of one school's trail was made, or why not. It needs no key."""

import os
from pathlib import Path

from bot.clock import Clock
from bot.school_file import SchoolFileFaulty, read_school_file
from bot.settings import Incomplete, Settings
from store import kept_outside
from store.inspecting.bundle import Made, make
from store.notes import origin_of
from store.reading_only import Unverifiable, open_to_read
from store.signing import read_public
from store.verifying import entries_of

_NOW = Clock()


async def make_bundle(settings: Settings, path: Path, out: Path) -> str:
    """Read the database alone, and write the bundle to a new file of its owner's. Raises `Incomplete`."""
    try:
        os.close(os.open(out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Incomplete(f"{out} is there already. No bundle was made.") from None
    except OSError:
        raise Incomplete(f"{out} cannot be written. No bundle was made.") from None
    try:
        made = await _made(settings, path, out)
    except (SchoolFileFaulty, Unverifiable) as why:
        os.unlink(out)  # noqa: PTH108 (as it was made)
        raise Incomplete(f"{why} No bundle was made.") from None
    key = "" if read_public(settings.signing_key) else " No public key is in it: none lies beside the signing key."
    return (
        f"Made {out}: {made.entries} entries, {made.checkpoints} checkpoints, {made.proofs} proofs.{key} It holds no "
        "names and no text. Whether the trail in it holds says: python -m bot verify --bundle, or the verify.py in it."
    )


async def _made(settings: Settings, path: Path, out: Path) -> Made:
    school = read_school_file(path, roll_may_fail=True).school.id
    folder = settings.checkpoint_folder
    outside = kept_outside.every(folder, origin_of(school)) if folder else ()
    async with open_to_read(settings.database_url) as opened, opened.reading() as connection:
        if await entries_of(connection, school) is None and not outside:
            raise Unverifiable("This database holds nothing of the school in that file.")
        public = read_public(settings.signing_key)
        return await make(connection, school, out, outside=outside, public=public, at=_NOW())
