"""What `backup` and `restore` say: counts and times, never anything of the record."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot import damages
from bot.clock import Clock
from bot.root_key import root_key
from bot.settings import Incomplete, Settings
from store.copies import Backup, BackupFaulty, RowsDiffer, Verified, make_backup, read, report, restore, verify_backup
from store.row_verdicts import RowVerdict

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
    except RowsDiffer as rows:
        raise Incomplete(_changed(rows.verdicts, accepted=0)) from None
    except BackupFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    _keep(backup / REPORT, report(verified, key, at=_NOW()))
    return f"{_held(verified)}\nThe report is in {backup / REPORT}."


async def bring_back(
    settings: Settings, backup: Path, to: str, *, at_most_days: float, accept_rows: int = 0
) -> str:  # fmt: skip
    """Verify it, then bring it back into that empty database, with as many changed rows as are said to be known. Raises
    `Incomplete`."""
    key = root_key(settings)
    try:
        _must_be_young(read(backup, key), at_most_days)
        verified = await restore(backup, key, to, changed=accept_rows)
    except RowsDiffer as rows:
        raise Incomplete(_changed(rows.verdicts, accepted=accept_rows)) from None
    except BackupFaulty as wrong:
        raise Incomplete(str(wrong)) from None
    return f"{_held(verified)}\nIt is in the database that you named. Set DATABASE_URL to it and start Heard."


def _held(verified: Verified) -> str:
    made = verified.backup.made_at
    return (
        f"The backup of {made:%d %B %Y, %H:%M} UTC holds: {verified.entries} entries follow from one another, the keys "
        f"of {verified.cases} cases open, and every row is there. {_as_told(verified)}"
    )


def _as_told(verified: Verified) -> str:
    told = f"Rows of cases that are as the trail says: {verified.rows}."
    if not verified.changed:
        return told
    return f"{told} Not as it says, and brought back all the same: {verified.changed}. `verify` goes on naming them."


def _changed(verdicts: Sequence[RowVerdict], *, accepted: int) -> str:
    """Each that is not as the trail says, and what somebody may do who has no better one."""
    found = sum(len(one.faults) for one in verdicts)
    if not found:
        return f"--accept-rows {accepted}: every row in the backup is as its trail says. Leave it out."
    named = [line for one in verdicts for line in damages.against_the_trail(one)]
    return "\n".join([*named, _INSTEAD.format(found=found)])


_INSTEAD = (
    "So they stood when the backup was made. Take an older one that holds. If there is none, bring it back with: "
    "restore --from ... --to ... --accept-rows {found}"
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
