"""The roll: the pupils' CSV as an export wrote it. Says every line that is wrong, and never whose name or key is on it.

Each line is read by itself: a quote mark that is left open can swallow nothing but its own line.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from uuid import uuid5

from bot import roll_particulars
from bot.clock import Clock
from bot.files import Unfit, read_bytes
from handlers.rules import upn
from handlers.rules.people import Pupil, PupilId
from handlers.rules.school import SchoolId

LARGEST = 50_000_000
"""Bytes of a file that is looked at: a roll of 2,000 children has about 100,000."""
LONGEST_LINE = 20_000
NEEDED = ("key", "name", "form", "year")
LONGEST: Mapping[str, int] = {
    "key": 60, "name": 200, "form": 60, "year": 20, "flags": 2000, "siblings": 2000, **roll_particulars.COLUMNS,
}  # fmt: skip
"""Characters of a cell, for each column that is read."""
MOST_SAID = 20
"""Lines that are said one by one; the rest are counted."""

_BREAK = re.compile("\r\n|\n|\r")
_BREAK_IN_BYTES = re.compile(b"\r\n|\n|\r")
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How a workbook begins, new and old, whatever its name ends in."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright lines"}
_FORMULA = re.compile(r'[=@]|[+-][\w("=]|#(REF|N/A|NAME|VALUE|DIV|NULL|NUM|#)')
_SHORTENED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
"""A long number as a spreadsheet shows it: most of its figures are gone."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Marks and letters by their class, and nothing to see."""
_LOST = "\ufffd"
_AGAIN = 'Save it again as "CSV UTF-8 (comma delimited)".'


class RollFaulty(Exception):
    """What is wrong with the file of pupils, a sentence a line."""


def read_roll(path: Path, school: SchoolId) -> tuple[Pupil, ...]:
    """The columns key, name, form, year; `key` is the UPN or the MIS id and never shown. Raises `RollFaulty`.

    More may be there, with `;` between several: `flags` as the school's own system has them, `siblings` by key, and
    what `roll_particulars` reads.
    """
    numbered = [(n, line) for n, line in enumerate(_lines(path), 1) if line.strip(", \t\xa0\"")]
    if not numbered:
        raise RollFaulty(f"pupils: {path.name} is empty: an export that came out empty is not taken for a roll.")
    columns = _columns(*numbered[0], path.name)
    rows, faults = _rows(numbered[1:], columns)
    faults += _twice(rows, lambda row: folded(row["key"]), "key")
    faults += _twice(rows, roll_particulars.number, "UPN")
    if faults:
        raise RollFaulty("\n".join(_said(faults, path.name)))
    if not rows:
        raise RollFaulty(f"pupils: {path.name} has a heading and no pupils: that is not taken for a roll.")
    return tuple(_pupil(row, school) for row in rows.values())


Row = Mapping[str, str]
Fault = tuple[int, str]
"""The number of a line, and what is wrong with it."""


def _lines(path: Path) -> list[str]:
    raw = _bytes(path)
    if raw.startswith(_WORKBOOK):
        raise RollFaulty(f"pupils: {path.name} is a workbook and no CSV, from line 1 on. {_AGAIN}")
    if raw.startswith(_UTF_16):
        raise RollFaulty(f"pupils: {path.name} is in UTF-16 and not in UTF-8, from line 1 on. {_AGAIN}")
    try:
        return _BREAK.split(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = len(_BREAK_IN_BYTES.split(raw[: error.start]))
        raise RollFaulty(f"pupils: line {line} of {path.name} holds a letter that is not in UTF-8. {_AGAIN}") from None


def _bytes(path: Path) -> bytes:
    try:
        return read_bytes(path, most=LARGEST)
    except Unfit as why:
        raise RollFaulty(f"pupils: {path.name} cannot be read as CSV: it {why}.") from None


def _columns(number: int, line: str, name: str) -> list[str]:
    """What the heading calls them, however it is capitalised or spaced."""
    cells = [] if len(line) > LONGEST_LINE else _cells(line) or []
    columns = [folded(cell).lower() for cell in cells]
    if missing := [column for column in NEEDED if column not in columns]:
        raise RollFaulty(f"pupils: line {number} of {name} {_no_heading(line, missing)}")
    if twice := [column for column in LONGEST if columns.count(column) > 1]:
        raise RollFaulty(f"pupils: line {number} of {name} has the column {twice[0]} twice.")
    return columns


def _no_heading(line: str, missing: Sequence[str]) -> str:
    for mark, called in _SEPARATORS.items():
        if mark in line and "," not in line:
            return f"has {called} between its columns, not commas. {_AGAIN}"
    return f"must be a heading with the columns key, name, form and year; it lacks {', '.join(missing)}."


def _cells(line: str) -> list[str] | None:
    """The cells of one line; None where a quote mark is left open, or closed too soon."""
    try:
        rows = list(csv.reader([line], strict=True))
    except csv.Error:
        return None
    return rows[0] if rows else []


def _rows(lines: Sequence[tuple[int, str]], columns: Sequence[str]) -> tuple[dict[int, Row], list[Fault]]:
    """Every row that can be read, by the number of its line, and what is wrong with each of the others."""
    rows: dict[int, Row] = {}
    faults: list[Fault] = []
    for number, line in lines:
        cells = None if len(line) > LONGEST_LINE else _cells(line)
        if said := _wrong_line(line, cells, columns):
            faults.append((number, said))
            continue
        held = zip(columns, cells or (), strict=True)
        row = {column: " ".join(cell.split()) for column, cell in held if column in LONGEST}
        wrong = [(number, said) for said in _wrong_cells(row)]
        faults += wrong
        if not wrong:
            rows[number] = row
    return rows, faults


def _wrong_line(line: str, cells: Sequence[str] | None, columns: Sequence[str]) -> str:
    if len(line) > LONGEST_LINE:
        return f"is longer than {LONGEST_LINE} characters"
    if cells is None:
        return "has a quote mark that is not closed on that line (no cell may hold a line break)"
    if len(cells) != len(columns):
        return f"has {len(cells)} cells, where the heading has {len(columns)}"
    if [folded(cell).lower() for cell in cells] == list(columns):
        return "is the heading again"
    return ""


def _wrong_cells(row: Row) -> Iterator[str]:
    if not any(letter.isalnum() for letter in row["key"]) or not any(letter.isalpha() for letter in row["name"]):
        yield "has no key or no name"
    if _SHORTENED.fullmatch(row["key"]):
        yield "has a number for its key that a spreadsheet has shortened"
    yield from roll_particulars.wrong(row, today=Clock()().date())
    for column, cell in row.items():
        if said := _wrong_cell(cell, LONGEST[column]):
            yield f"{said}, in the column {column}"


def _wrong_cell(cell: str, longest: int) -> str:
    if len(cell) > longest:
        return f"has a cell of more than {longest} characters"
    if cell.count('"') % 2:
        return "has a quote mark that stands alone"
    if _FORMULA.match(cell):
        return "has a formula, or the mistake of one"
    if any(unicodedata.category(letter) in _UNSEEN or letter in _BLANK for letter in cell):
        return "has a character that cannot be seen"
    return "has letters that were lost when it was saved" if _LOST in cell or _is_garbled(cell) else ""


def _is_garbled(cell: str) -> bool:
    """Whether it is UTF-8 that was once read as Windows-1252: two letters or more in place of one."""
    try:
        return not cell.isascii() and bool(cell.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return False


def _twice(rows: Mapping[int, Row], read: Callable[[Row], str], what: str) -> list[Fault]:
    """Two pupils under one key would be one child; a key is the same in capitals, in full width, with spaces about."""
    lines: dict[str, list[int]] = {}
    for number, row in rows.items():
        lines.setdefault(read(row), []).append(number)
    several = [numbers for key, numbers in lines.items() if key and len(numbers) > 1]
    return [(numbers[0], f"has a {what} that stands twice, in the lines {_listed(numbers)}") for numbers in several]


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:MOST_SAID])) + (" and more" if len(numbers) > MOST_SAID else "")


def _said(faults: Sequence[Fault], name: str) -> list[str]:
    said = [f"pupils: line {number} of {name} {what}." for number, what in sorted(faults)[:MOST_SAID]]
    more = len(faults) - MOST_SAID
    return [*said, f"pupils: {more} more faults in {name}."] if more > 0 else said


def folded(key: str) -> str:
    """A key as it is compared: no space about it, in capitals, in half width."""
    return " ".join(unicodedata.normalize("NFKC", key).upper().split())


def _pupil(row: Row, school: SchoolId) -> Pupil:
    return Pupil(
        id=pupil_id(row["key"], school),
        name=row["name"],
        form=row["form"],
        year=row["year"],
        flags=_several(row.get("flags", "")),
        siblings=tuple(pupil_id(key, school) for key in _several(row.get("siblings", ""))),
        preferred=row.get("preferred", ""),
        born=roll_particulars.born(row.get("date_of_birth", "")),
        upn=roll_particulars.number(row),
        address=row.get("address", ""),
        parents=_several(row.get("parents", "")),
    )


def pupil_id(key: str, school: SchoolId) -> PupilId:
    """The id of the child whom the school's own system knows by that key, however it is written."""
    return PupilId(uuid5(school, f"pupil/{folded(key)}"))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def strange(pupils: Sequence[Pupil]) -> list[str]:
    """What may be right and may be a slip: said, and no reason to hold the list."""
    count = sum(bool(one.upn) and not upn.has_known_authority(one.upn) for one in pupils)
    told = "UPN has an authority number" if count == 1 else "UPNs have authority numbers"
    return [f"pupils: {count} {told} not known here. That may be right: new ones appear."] if count else []
