"""Fifty short concerns as twelve people of a school write them, each with the hint that its teacher reads.

`python -m tests.wording.fifty` writes `fifty_hints.txt`, to be read line by line as that teacher would: silly, wrong,
unkind, scolding? `fifty.txt` has who writes, the year group, the field and the text. Not allowed here: a real concern.
"""

from pathlib import Path

from handlers.account import review

FOLDER = Path(__file__).parent
CONCERNS, HINTS = FOLDER / "fifty.txt", FOLDER / "fifty_hints.txt"
FIELDS = {"facts": "facts", "own": "own_words"}


def read(line: str) -> tuple[str, str, str, str]:
    """Who writes, the year group, the field and the text."""
    who, year, field, text = line.split("\t")
    return who, year, FIELDS[field], text


def told(line: str) -> str:
    """A concern and the hints of its last look, as they stand on the page."""
    who, year, field, text = read(line)
    hints = review.hints({field: text}, year=year)
    said = [f"  {hint.shown}\n    {hint.advice}" for hint in hints] or ["  (nothing)"]
    return "\n".join([f"{who}, {year}, {field}: {text}", *said])


def all_told() -> str:
    """Every concern of the list."""
    return "\n".join(told(line) for line in CONCERNS.read_text(encoding="utf-8").splitlines()) + "\n"


def main() -> None:
    """Write the hints anew."""
    HINTS.write_text(all_told(), encoding="utf-8")


if __name__ == "__main__":
    main()
