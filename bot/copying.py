"""What `backup` and `restore` say: counts and times, never anything of the record."""

import os
from datetime import timedelta
from pathlib import Path

from bot.clock import Clock
from bot.root_key import root_key
from bot.settings import Incomplete, Settings
from store.copies import Backup, BackupFaulty, Verified, make_backup, read, report, restore, verify_backup

REPORT = "verified.json"
_NOW = Clock()


async def back_up(settings: Settings, folder: Path) -> str:
    """Make a backup in a new folder inside that one. Raises `Incomplete` with the reason."""
    key = root_key(settings)
    try:
        made = await make_backup(settings.database_url, key, folder, at=_NOW())
        says = read(made, key)
    except BackupFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    return (
        f"Made {made}: {says.rows['concerns']} concerns, {says.rows['entries']} entries.\n"
        "It counts as a backup once it has been verified: python -m bot restore --from ... --verify\n"
        "The key is not in it. Keep a copy of the key file elsewhere: without it nothing in the backup can be read."
    )


async def verify(settings: Settings, backup: Path, *, at_most_days: float) -> str:
    """Try whether it can be brought back; the report is left in its folder. Raises `Incomplete`."""
    key = root_key(settings)
    try:
        _must_be_young(read(backup, key), at_most_days)
        verified = await verify_backup(backup, key)
    except BackupFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    _keep(backup / REPORT, report(verified, key, at=_NOW()))
    return f"{_held(verified)}\nThe report is in {backup / REPORT}."


async def bring_back(settings: Settings, backup: Path, to: str, *, at_most_days: float) -> str:
    """Verify it, then bring it back into that empty database. Raises `Incomplete`."""
    key = root_key(settings)
    try:
        _must_be_young(read(backup, key), at_most_days)
        verified = await restore(backup, key, to)
    except BackupFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    return f"{_held(verified)}\nIt is in the database that you named. Set DATABASE_URL to it and start Heard."


def _held(verified: Verified) -> str:
    made = verified.backup.made_at
    return (
        f"The backup of {made:%d %B %Y, %H:%M} UTC holds: {verified.entries} entries follow from one another, the keys "
        f"of {verified.cases} cases open, and every row is there."
    )


def _must_be_young(backup: Backup, at_most_days: float) -> None:
    age = _NOW() - backup.made_at
    if age > timedelta(days=at_most_days):
        raise BackupFaulty(
            f"The backup is {age.days} days old: what was recorded since is not in it. If there is none newer, say "
            f"--at-most-days {age.days + 1}."
        )


def _keep(path: Path, data: bytes) -> None:
    """Its owner's alone, like all of the backup; one of before is replaced."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
