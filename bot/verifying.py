"""What `verify` says of a school's audit trail. It opens the database to read alone, and needs no key for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import damages
from bot.school_file import SchoolFileFaulty, read_school_file
from bot.settings import Settings
from handlers.rules.school import SchoolId
from store import checkpoints, kept_outside
from store.checkpoints import Kept
from store.examining import look_at_all
from store.inspecting import verify as inspecting
from store.inspecting.notes import Line, read_line
from store.notes import NoNote, is_signed, origin_of
from store.reading_only import Unverifiable, open_to_read
from store.row_verdicts import judge_rows
from store.signing import public_file, read_public
from store.verdicts import Verdict, find_receipt, judge
from store.verifying import entries_of

HOLDS, BROKEN, UNVERIFIED = 0, 1, 2
"""How the command ends: every entry follows; one does not, or a row is damaged; nothing could be verified."""
_FEWEST_DIGITS = 16
"""Of a receipt: fewer could be another entry's."""


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody brings from outside the database."""

    since: str = ""
    """A checkpoint that was kept elsewhere: its file, or the line of a card."""
    receipt: str = ""


async def verify_trail(settings: Settings, path: Path, asked: Asked = Asked()) -> Said:
    """Whether the trail of the school holds. A trail that is not there, or is empty, is never said to hold."""
    try:
        school = read_school_file(path, roll_may_fail=True).school.id
        digits, public = _digits(asked.receipt), read_public(settings.signing_key)
        line = _line(asked.since, school)
        outside = _outside(settings, school, Path(asked.since) if asked.since and not line else None, public)
        async with open_to_read(settings.database_url) as opened, opened.reading() as connection:
            trail = [*await checkpoints.every(connection, school), *outside]
            told = [one.checkpoint.size for one in trail] + ([line.size] if line else [])
            known = await _known(connection, school, told)
            found = await judge(connection, school, trail, public=public, line=line)
            nobodys = [*await checkpoints.every(connection, None), *_copies(settings, None)]
            away = await judge(connection, None, nobodys, public=public)
            receipt = await find_receipt(connection, school, digits) if digits else None
            seen = [await look_at_all(connection, one) for one in (school, None)]
            hurt, newer = seen[0].damaged | seen[1].damaged, seen[0].newer | seen[1].newer
            rows = None if found.fault else await judge_rows(connection, school)
    except (SchoolFileFaulty, Unverifiable) as why:
        return Said(UNVERIFIED, str(why))
    if fault := _fault(found, away, known=known):
        return Said(BROKEN, fault)
    if digits and receipt is None:
        return Said(BROKEN, _NO_SUCH.format(first=found.signed + 1, signed=found.signed))
    shown = f" The receipt is of entry {receipt}." if receipt else ""
    words = _holds(found) + _who_signed(settings, found, public) + shown
    told = [*(damages.against_the_trail(rows) if rows else ()), *damages.lines(hurt)]
    wrong = hurt or (rows and rows.faults)
    return Said(BROKEN if wrong else HOLDS, "\n".join([words, *told, *damages.of_a_newer_version(newer)]))


def _fault(found: Verdict, away: Verdict, *, known: int) -> str:
    if found.fault:
        return f"The audit trail does not hold: entry {found.fault.sequence} {found.fault.what}."
    if not found.entries and known:
        return "The audit trail does not hold: entry 1 is missing, and all after it."
    if away.fault:
        return f"The list of those turned away does not hold: entry {away.fault.sequence} {away.fault.what}."
    return ""


_NO_SUCH = (
    "The audit trail does not hold: no entry is the one of that receipt. It was changed or taken away after the "
    "receipt was given. Checkpoints vouch for {signed} entries, so entry {first} is the first that it may have been."
)


def _holds(found: Verdict) -> str:
    words = f"The audit trail holds: each of its {found.entries} entries follows from the one before."
    if not found.checkpoints:
        return f"{words} No checkpoint of it is known yet: whoever holds the database could have written it all anew."
    return (
        f"{words} {found.checkpoints} checkpoints agree with it, the newest over {found.signed} entries. What is "
        "younger than the newest copy outside, whoever holds the database and the signing key could still rewrite."
    )


def _who_signed(settings: Settings, found: Verdict, public: bytes | None) -> str:
    if public is not None or not found.checkpoints:
        return ""
    name = public_file(settings.signing_key).name
    return f" Who signed them was not checked: there is no {name} beside the signing key."


async def _known(connection: AsyncConnection, school: SchoolId, told: Sequence[int]) -> int:
    """How many entries the school has or should have. Raises `Unverifiable` where it was never served, or has none."""
    if told:
        return max(told)
    counted = await entries_of(connection, school)
    if counted is None:
        raise Unverifiable(
            "This database holds nothing of the school in that file: it is another database, or the key of the school "
            "in the file has changed. Nothing was verified."
        )
    if counted == 0:
        raise Unverifiable("The audit trail of this school is empty: nothing has happened yet. Nothing was verified.")
    return counted


def _outside(settings: Settings, school: SchoolId, since: Path | None, public: bytes | None) -> Sequence[Kept]:
    """The checkpoints that lie outside the database. Raises `Unverifiable` for one that was brought and is none."""
    kept = list(_copies(settings, school))
    if since is None:
        return kept
    try:
        brought = kept_outside.read(since)
    except OSError:
        raise Unverifiable(f"The checkpoint {since} is not there, or cannot be read. Nothing was verified.") from None
    except NoNote:
        raise Unverifiable(f"{since} is no checkpoint. Nothing was verified.") from None
    if brought.checkpoint.origin != origin_of(school):
        raise Unverifiable(f"{since} is a checkpoint of another school's trail. Nothing was verified.")
    if public is not None and not is_signed(brought.note, public):
        raise Unverifiable(f"{since} was not signed by this school's key. Nothing was verified.")
    return [*kept, brought]


def _line(since: str, school: SchoolId) -> Line | None:
    """Raises `Unverifiable` for one of another school."""
    line = read_line(since)
    if line and line.mark != str(school)[:8]:
        raise Unverifiable("That line is of another school's trail. Nothing was verified.")
    return line


def verify_bundle(settings: Settings, file: Path, asked: Asked) -> Said:
    """The same of an inspector's bundle, by its own means; the public key beside the signing key counts before its own.
    """
    brought = inspecting.Asked(
        since=asked.since, receipt=asked.receipt, key=read_public(settings.signing_key) or b""
    )
    return Said(*inspecting.verify(file, brought))


def _copies(settings: Settings, school: SchoolId | None) -> Sequence[Kept]:
    return kept_outside.every(settings.checkpoint_folder, origin_of(school)) if settings.checkpoint_folder else ()


def _digits(receipt: str) -> str:
    """The digits of the leaf, of what a receipt shows. Raises `Unverifiable` for too few."""
    if not receipt.strip():
        return ""
    found = re.findall(rf"\b[0-9a-f]{{{_FEWEST_DIGITS},64}}\b", receipt.lower())
    if len(found) != 1:
        wanted = f"A receipt has at least {_FEWEST_DIGITS} digits of 0 to 9 and a to f."
        raise Unverifiable(f"{wanted} Nothing was verified.")
    return found[0]
