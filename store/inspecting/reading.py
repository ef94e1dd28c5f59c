"""A bundle as it is read, and its log as far as it can be followed. For whoever has nothing but Python."""

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.inspecting.notes import Note, Peaks, from_base64, read_note

FORMATS = (1, 2)
"""Those that this reads; it writes the last. Since the second an entry may tell of rows."""
NO_LEAF = bytes(32)


class Unverifiable(Exception):
    """There is nothing here that could be verified; the text says why."""


@dataclass(frozen=True)
class Fault:
    """The first entry that is wrong, and what is, as the end of a sentence that names it."""

    sequence: int
    what: str


@dataclass
class Bundle:
    """What is in the file. `files` gives each by its name."""

    files: Callable[[str], bytes]
    names: Sequence[str]
    about: dict[str, Any]

    @property
    def public(self) -> bytes:
        return from_base64(self.files("key.pub").decode(errors="replace").strip()) if "key.pub" in self.names else b""

    @property
    def head(self) -> dict[str, Any] | None:
        """Where the trail ended, by what the database itself kept of it."""
        return self.about["head"]

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        return (json.loads(line) for line in self.files(name).splitlines())

    def stored(self) -> Sequence[bytes]:
        """The leaves, as they are said to be."""
        return [bytes.fromhex(line["leaf"]) for line in self.lines("entries.jsonl")]

    def notes(self) -> list[Note | None]:
        named = [name for name in self.names if name.endswith(".note")]
        beside = [name.removesuffix(".note") + ".evidence" for name in named]
        each = zip(named, beside, strict=True)
        return [read_note(self.files(one), self.files(it) if it in self.names else b"") for one, it in each]


def opened(path: Path) -> Bundle:
    """A zip, or the folder that one was unpacked into."""
    try:
        if path.is_dir():
            names = [str(one.relative_to(path)) for one in sorted(path.rglob("*")) if one.is_file()]
            bundle = Bundle(lambda name: (path / name).read_bytes(), names, {})
        else:
            packed = zipfile.ZipFile(path)
            bundle = Bundle(packed.read, sorted(packed.namelist()), {})
        bundle.about = json.loads(bundle.files("about.json"))
        known = bundle.about["format"] in FORMATS and "entries.jsonl" in bundle.names
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise Unverifiable(f"{path} is no bundle of an audit trail, or it is damaged.") from None
    if not known:
        raise Unverifiable(f"{path} was made by another version of Heard. Use the verify.py that came with it.")
    return bundle


CLAIMS = re.compile(
    rb'{(?:"after":"([0-9a-f]{64})",)?"at":.*"school":"([0-9a-f-]{36})","sequence":(null|[0-9]+),'
    rb'(?:"source":"[a-z_]{1,20}",)?"thing":(null|"[0-9a-f-]{36}"),"version":([123]),"words":(null|"[0-9a-f]{64}")'
    rb'(?:,"wrote":(null|"[0-9a-f]{64}"))?}',
    re.DOTALL,
)
"""What the body of an entry says of its own place; its keys are sorted, so nothing inside a text can look like it."""


@dataclass
class Walk:
    """The log as far as it could be followed."""

    leaves: list[bytes] = field(default_factory=list[bytes])
    newest_at: str = ""
    fault: Fault | None = None


def walk(bundle: Bundle) -> Walk:
    found, before = Walk(), NO_LEAF
    lines = [*bundle.lines("entries.jsonl")]
    for due, line in enumerate(lines, 1):
        body = line["body"].encode() if "body" in line else base64.b64decode(line["body64"])
        leaf = hashlib.sha256(b"\x00" + body).digest()
        what = wrong(line, body, due=due, before=before, school=bundle.about["school"])
        if what == FOLLOWS_NOT and bundle.head and bundle.head["sequence"] == len(lines):
            found.fault = Fault(due - 1, EDITED)
            return found
        if what:
            found.fault = Fault(due, what)
            return found
        found.leaves.append(leaf)
        before, found.newest_at = leaf, json.loads(body)["at"]
    found.fault = against_head(found.leaves, bundle.head)
    return found


EDITED = "was changed after it was written, with its leaf: the entry after it tells of another"
FOLLOWS_NOT = "does not follow from the entry before: one was taken away, or put between"


def wrong(line: dict[str, Any], body: bytes, *, due: int, before: bytes, school: str) -> str:
    """What is wrong with the entry that should be the one that is due; nothing where it is."""
    if line["sequence"] != due:
        return "is missing" if line["sequence"] > due else "stands twice, or in a place that no entry has"
    if hashlib.sha256(b"\x00" + body).hexdigest() != line["leaf"]:
        return "was changed after it was written"
    claimed = CLAIMS.fullmatch(body)
    if claimed is None or claimed[2].decode() != school:
        return "is not this school's own: it was put there"
    first = claimed[5] == b"1"
    if claimed[3] != b"%d" % due and not (first and claimed[3] == b"null"):
        return "stood in another place when it was written"
    if (claimed[1] or b"").decode() != ("" if first else before.hex()):
        return FOLLOWS_NOT
    said = tuple(json.loads(claimed[number] or b"false") for number in (4, 6, 7))
    beside = (line["thing"], line["words"], line.get("wrote", False))
    return "" if said == beside else "has a subject, words or rows that are not those of its writing"


def against_head(leaves: Sequence[bytes], head: dict[str, Any] | None) -> Fault | None:
    size = len(leaves)
    if head is None or head["sequence"] > size:
        return Fault(size + 1, "is missing")
    if head["sequence"] < size:
        return Fault(head["sequence"] + 1, "was added past the program")
    peaks = b"".join(Peaks().extend(leaves).roots).hex()
    if (head["newest"], head["peaks"]) != ((leaves or [NO_LEAF])[-1].hex(), peaks):
        return Fault(size, "is not the one that was written last, or one before it was written anew")
    return None
