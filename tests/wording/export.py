"""Write the held-out blocks as the scorer reads them: `python -m tests.wording.export FOLDER`. Nothing trains."""

import json
import sys
from pathlib import Path

from tests.wording import corpus


def main(folder: Path) -> None:
    """One file for each field."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in ("facts", "own_words", "completeness"):
        with (folder / f"{field}.jsonl").open("w", encoding="utf-8") as file:
            for note in corpus.notes(field):
                if note.held_out:
                    file.write(json.dumps(_drawn(note), ensure_ascii=False) + "\n")


def _drawn(note: corpus.Note) -> dict[str, object]:
    spans = [{"start": span.start, "end": span.end, "kind": span.kind} for span in note.spans]
    item: dict[str, object] = {"id": note.id, "field": note.field, "text": note.text, "spans": spans, "ok": note.ok}
    if note.field == "own_words":
        item["year"] = note.year
    if note.field == "completeness":
        item["missing"] = list(note.missing)
    return item


if __name__ == "__main__":
    main(Path(sys.argv[1]))
