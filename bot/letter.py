"""Draws a draft letter as a page or as plain text, and fetches one for the command line. Never for chat.

The page is whole in itself: no script, nothing fetched, everything escaped. What a letter says is
`handlers.referrals.letters`'.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import assert_never

from bot.clock import Clock
from bot.school_file import SchoolFileFaulty, person_id, read_school_file
from bot.settings import Incomplete, Settings
from bot.wiring import assemble
from handlers.account.bodymap import in_words
from handlers.account.bodymap_svg import svg
from handlers.errors import NoSuchConcern
from handlers.ports import UnitsOfWork
from handlers.referrals.letters.model import Block, Body, Heading, Letter, Paragraph, Table, Verbatim
from handlers.referrals.letters.record import export_letter
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import CannotMove
from handlers.rules.school import SchoolId

WIDE = 96
"""Columns of the plain text."""
DRAFT = "DRAFT · not sent · read, change and sign it before it leaves the school"
KEPT_CLOSE = "It holds personal data. Send it by the agency's secure way, and delete this file then."
_STYLE = """
@page { size: A4; margin: 18mm 17mm 20mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.45 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; color: #111; max-width: 178mm;
  margin: 12mm auto; padding: 0 6mm; overflow-wrap: break-word; }
@media print { body { margin: 0; padding: 0; max-width: none; } .draft { background: none; } }
.draft { border: 1.5pt solid #8a1c1c; color: #8a1c1c; background: #fbf1f0; padding: 2.5mm 4mm; font-weight: 600; }
.draft small { display: block; font-weight: 400; }
header { margin: 7mm 0 6mm; }
header p { margin: 0 0 1mm; }
h1 { font-size: 16pt; line-height: 1.25; margin: 6mm 0 4mm; }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2.5mm; }
.quoted { white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; border-left: 2.5pt solid #9aa5b1;
  margin: 0 0 3mm; padding: 1mm 0 1mm 4mm; }
table { border-collapse: collapse; width: 100%; margin: 0 0 3mm; font-size: 10pt; }
th, td { text-align: left; vertical-align: top; padding: 1.4mm 2mm; border: .5pt solid #b9c0c8;
  white-space: pre-line; }
thead th { background: #eef1f4; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.pairs th { width: 34%; font-weight: 600; background: #f6f7f9; }
.pairs td, .list td, .log td:nth-child(3) { overflow-wrap: anywhere; }
@media print, (min-width: 640px) {
  .log td:nth-child(1), .log td:nth-child(2) { width: 25mm; }
  .log td:nth-child(3) { min-width: 60mm; }
}
@media screen and (max-width: 639px) {
  table { font-size: 8pt; } th, td { padding: .8mm 1mm; } body { padding: 0 3mm; }
}
.log td:last-child, .log th:last-child { width: 22mm; }
.log td:last-child { font-size: 8pt; overflow-wrap: anywhere; }
figure { margin: 2mm 0 3mm; break-inside: avoid; }
figure svg { max-width: min(120mm, 100%); height: auto; }
.sign { margin-top: 9mm; white-space: pre-line; break-inside: avoid; }
footer { margin-top: 8mm; border-top: .5pt solid #b9c0c8; padding-top: 2mm; font-size: 9pt; color: #444; }
"""


def page(letter: Letter) -> str:
    """The letter as one HTML document."""
    body = "\n".join(_drawn(block) for block in letter.blocks)
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{escape(f"Draft letter {letter.reference}")}</title>
<style>{_STYLE}</style>
</head>
<body>
<p class="draft">{escape(DRAFT)}<small>{escape(KEPT_CLOSE)}</small></p>
<header>
<p><strong>{escape(letter.school)}</strong></p>
<p>To: {escape(letter.to)}</p>
<p>{escape(letter.day)}</p>
<p>Our reference: {escape(letter.reference)}</p>
</header>
<main>
<h1>{escape(letter.title)}</h1>
{body}
<p class="sign">{escape(letter.signer)}</p>
</main>
<footer>{escape(letter.foot)}</footer>
</body>
</html>
"""


def _drawn(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Verbatim(text):
            return f'<div class="quoted" dir="auto">{escape(text)}</div>'
        case Table():
            return _table(block)
        case Body(marks):
            return f"<figure>{svg(marks)}</figure>"
        case _:
            assert_never(block)


def _table(table: Table) -> str:
    if not table.head:
        rows = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th><td>{escape(row[1])}</td></tr>' for row in table.rows
        )
        return f'<table class="pairs"><tbody>{rows}</tbody></table>'
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    look = "log" if len(table.head) > 2 else "list"
    return f'<table class="{look}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def plain(letter: Letter) -> str:
    """The letter as plain text; what somebody said or wrote is indented, and no line of it is broken or changed."""
    top = [DRAFT, KEPT_CLOSE, "", letter.school, f"To: {letter.to}", letter.day, f"Our reference: {letter.reference}"]
    lines = [*top, "", letter.title.upper(), ""]
    for block in letter.blocks:
        lines += _typed(block)
    return "\n".join([*lines, "", letter.signer, "", *wrap(letter.foot, WIDE)]) + "\n"


def _typed(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield from ("", text, "-" * len(text))
        case Paragraph(text):
            yield from (*wrap(text, WIDE), "")
        case Verbatim(text):
            yield from (*(f"    {line}" for line in text.split("\n")), "")
        case Table():
            yield from _rows(block)
        case Body(marks):
            yield from (*wrap(in_words(marks), WIDE), "")
        case _:
            assert_never(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        if not table.head:
            yield f"{row[0]}: {_under(row[1])}"
            continue
        yield "  * " + " | ".join(
            f"{name}: {_under(cell)}" for name, cell in zip(table.head, row, strict=True) if cell
        )
    yield ""


def _under(text: str) -> str:
    """Further lines of a cell, set in under the first."""
    return text.replace("\n", "\n      ")


DRAWN = {".html": page, ".txt": plain}


async def write_letter(settings: Settings, path: Path, *, referral: str, by: str, out: Path) -> str:
    """Write the draft letter of that referral for that person, and say where it is.

    The file is for its owner alone, and one that is there already is not overwritten. Raises `Incomplete`.
    """
    _must_be_new(out)
    letter = await _fetch(settings, path, referral=referral, by=by)
    keep(out, DRAWN[out.suffix.lower()](letter))
    return f"Wrote {out.name}: a draft. It holds personal data; that it was made is kept in the record."


def _must_be_new(out: Path) -> None:
    """Said before the record is opened: what is not written leaves no entry that it was."""
    if out.suffix.lower() not in DRAWN:
        raise Incomplete(f"The file must end in {' or '.join(DRAWN)}.")
    if out.exists():
        raise Incomplete(f"{out.name} is there already. Choose another name, or delete it first.")
    if not out.parent.is_dir():
        raise Incomplete(f"There is no folder for {out.name}.")


async def _fetch(settings: Settings, path: Path, *, referral: str, by: str) -> Letter:
    try:
        file = read_school_file(path, roll_may_fail=True)
    except SchoolFileFaulty as fault:
        raise Incomplete(str(fault)) from None
    clock = Clock()
    program = await assemble(settings, file, clock=clock)
    try:
        return await _made(program.units, file.school.id, referral=referral, by=by, at=clock())
    finally:
        await program.close()


async def _made(units: UnitsOfWork, school: SchoolId, *, referral: str, by: str, at: datetime) -> Letter:
    """The letter; that somebody reached for what is not theirs is kept."""
    id = person_id(school, by)
    try:
        async with units(school) as uow:
            person = await uow.people.get(id)
            if person is None or not person.active:
                raise Incomplete("Nobody on the staff list of the school file has that key.")
            return await export_letter(uow, referral, by=person, at=at)
    except CannotMove as why:
        raise Incomplete(str(why)) from None
    except NoSuchConcern:
        async with units(school) as uow:
            facts = {"why": "no_such_concern", "platform": "command_line"}
            await uow.trail.append(Entry(deed=Deed.REFUSED, at=at, by=id, thing=None, facts=facts))
    raise Incomplete("There is no such referral, or it is not that person's to see.")


def keep(out: Path, text: str) -> None:
    """Write it for its owner alone (mode 0600)."""
    try:
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise Incomplete(f"{out.name} cannot be written: {fault.strerror}.") from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
