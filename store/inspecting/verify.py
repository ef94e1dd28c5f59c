"""Verifies a bundle of a school's audit trail, made by Heard: `python3 verify.py bundle.zip`.

It needs Python 3.11 and nothing else, reads the bundle, writes nothing and asks nobody. It ends with 0 where the trail
holds, with 1 where an entry was changed or is missing, with 2 where nothing could be verified.
"""

import argparse
import re
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.inspecting.notes import Line, Note, Peaks, fingerprint, from_base64, led_to, read_line, read_note, spoken
from store.inspecting.reading import Bundle, Fault, Unverifiable, Walk, opened, walk

HOLDS, BROKEN, UNVERIFIED = 0, 1, 2


@dataclass
class Verdict:
    entries: int
    signed: int = 0
    """Up to which entry a checkpoint agrees."""
    notes: int = 0
    faults: list[Fault] = field(default_factory=list[Fault])
    agreed: list[int] = field(default_factory=list[int])
    """The sizes of the checkpoints that agree."""

    @property
    def fault(self) -> Fault | None:
        return min(self.faults, key=lambda one: one.sequence, default=None)


def judge(bundle: Bundle, found: Walk, notes: Sequence[Note | None], public: bytes) -> Verdict:
    """Hold the log against each checkpoint."""
    verdict = Verdict(len(found.leaves), notes=len(notes), faults=[found.fault] if found.fault else [])
    told = sorted((note for note in notes if note), key=lambda note: note.size)
    stored = bundle.stored()
    peaks = Peaks()
    for note in told:
        peaks.extend(found.leaves[peaks.size : note.size])
        if note.origin != f"heard/{bundle.about['school']}" or (public and not note.is_by(public)):
            verdict.faults.append(Fault(verdict.signed + 1, NOT_SIGNED))
        elif (peaks.size, peaks.root()) == (note.size, note.root):
            verdict.signed = note.size
            verdict.agreed.append(note.size)
        else:
            verdict.faults.append(differs(note, stored, verdict))
    if None in notes:
        verdict.faults.append(Fault(verdict.signed + 1, NOT_SIGNED))
    return verdict


NOT_SIGNED = "is the first that no checkpoint vouches for: the one that should was not signed by the school's key"
ANEW = "is the first that is not what it was when a checkpoint was signed over {} entries"


def differs(note: Note, stored: Sequence[bytes], verdict: Verdict) -> Fault:
    after, leaves = note.leaves()
    for sequence, (was, now) in enumerate(zip(leaves, stored[after:], strict=False), after + 1):
        if was != now:
            return Fault(sequence, ANEW.format(note.size))
    if note.size > verdict.entries:
        return Fault(verdict.entries + 1, f"is missing: a checkpoint was signed when there were {note.size}")
    return Fault(verdict.signed + 1, ANEW.format(note.size))


def proved(bundle: Bundle, found: Walk) -> tuple[int, Fault | None]:
    """How many proofs there are of single entries, and the first that does not lead to what was signed."""
    lines = [*bundle.lines("proofs.jsonl")] if "proofs.jsonl" in bundle.names else []
    roots = {note.size: note.root for note in bundle.notes() if note}
    for line in lines:
        sequence, size = line["sequence"], line["size"]
        root = led_to(bytes.fromhex(line["leaf"]), sequence - 1, size, [bytes.fromhex(one) for one in line["nodes"]])
        its = [leaf.hex() for leaf in found.leaves[sequence - 1 : sequence]]
        if root != roots.get(size) or its not in ([], [line["leaf"]]):
            return len(lines), Fault(sequence, "is not the one that its proof is of")
    return len(lines), None


def receipt_of(found: Walk, typed: str) -> int | None:
    """The entry whose leaf begins with the digits of a receipt; None where there is none."""
    digits = re.findall(r"\b[0-9a-f]{16,64}\b", typed.lower())
    if typed and len(digits) != 1:
        raise Unverifiable("A receipt has at least 16 digits of 0 to 9 and a to f.")
    return next((at for at, leaf in enumerate(found.leaves, 1) if digits and leaf.hex().startswith(digits[0])), None)


def brought(since: str, bundle: Bundle) -> Note | Line:
    """The checkpoint that somebody kept."""
    school = bundle.about["school"]
    if line := read_line(since):
        if line.mark != school[:8]:
            raise Unverifiable("That line is of another school's trail.")
        return line
    file = Path(since)
    try:
        beside = file.with_suffix(".evidence")
        note = read_note(file.read_bytes(), beside.read_bytes() if beside.is_file() else b"")
    except (OSError, ValueError):
        note = None
    if note is None:
        raise Unverifiable(f"{since} is no checkpoint, or cannot be read.")
    if note.origin != f"heard/{school}":
        raise Unverifiable(f"{since} is a checkpoint of another school's trail.")
    return note


def spoken_of(line: Line, found: Walk, verdict: Verdict) -> Fault | None:
    """Where the log is not what the line of a card says."""
    if line.size > len(found.leaves):
        return Fault(len(found.leaves) + 1, f"is missing: the card was made when there were {line.size}")
    if spoken(Peaks().extend(found.leaves[: line.size]).root()) == line.words:
        return None
    below = max((size for size in verdict.agreed if size <= line.size), default=0)
    return Fault(below + 1, f"is the first that may not be what it was when the card was made of {line.size} entries")


@dataclass(frozen=True)
class Asked:
    """What somebody brings from elsewhere."""

    since: str = ""
    """A checkpoint: its file, or the line of a card."""
    receipt: str = ""
    key: bytes = b""
    """The public key, in place of the bundle's own."""


def verify(path: Path, asked: Asked = Asked()) -> tuple[int, str]:
    """How it ends, and what is to be said."""
    try:
        return verified(opened(path), asked)
    except Unverifiable as why:
        return UNVERIFIED, f"{why} Nothing was verified."
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, RuntimeError):
        return UNVERIFIED, "The bundle is damaged: it cannot be read to its end. Nothing was verified."


def verified(bundle: Bundle, asked: Asked) -> tuple[int, str]:
    found, kept = walk(bundle), brought(asked.since, bundle) if asked.since else None
    notes, public = [*bundle.notes(), *([kept] if isinstance(kept, Note) else [])], asked.key or bundle.public
    if not found.leaves and not bundle.stored() and not notes and not kept:
        raise Unverifiable("The audit trail in it is empty.")
    verdict, entry = judge(bundle, found, notes, public), receipt_of(found, asked.receipt)
    many, unproved = proved(bundle, found)
    told = spoken_of(kept, found, verdict) if isinstance(kept, Line) else None
    verdict.faults += [told] if told else []
    verdict.faults += [unproved] if unproved and not verdict.faults else []
    if fault := verdict.fault:
        return BROKEN, f"The audit trail does not hold: entry {fault.sequence} {fault.what}."
    if asked.receipt and entry is None:
        return BROKEN, NO_SUCH.format(verdict.signed, verdict.signed + 1)
    return HOLDS, "\n".join([*checked(verdict, many, entry, kept), "", *unknown(found, verdict, public)])


NO_SUCH = (
    "The audit trail does not hold: no entry is the one of that receipt. It was changed or taken away after the "
    "receipt was given. Checkpoints vouch for {} entries, so entry {} is the first that it may have been."
)


def checked(verdict: Verdict, many: int, entry: int | None, kept: Note | Line | None) -> Sequence[str]:
    lines = [f"The audit trail holds: each of its {verdict.entries} entries follows from the one before."]
    if verdict.notes:
        lines.append(f"{verdict.notes} checkpoints agree with it, the newest over {verdict.signed} entries.")
    lines += [f"{many} proofs of single entries lead to what was signed."] if many else []
    lines += [f"The checkpoint that you brought, over {kept.size} entries, agrees with it."] if kept else []
    return [*lines, f"The receipt is of entry {entry}."] if entry else lines


def unknown(found: Walk, verdict: Verdict, public: bytes) -> Sequence[str]:
    """What no bundle can tell."""
    young = verdict.entries - verdict.signed
    who = f"Whose the public key is. Its fingerprint is {fingerprint(public)}: compare it with the school's own."
    return [
        "What this cannot tell:",
        f"- {who}" if public else "- Who signed the checkpoints: there is no public key in the bundle.",
        f"- Whether more came later: the newest entry is of {found.newest_at}. A newer checkpoint tells (--since).",
        *([f"- Whether the last {young} entries are as they were written: no checkpoint vouches for them. A receipt of "
           "one tells (--receipt)."] if young else []),
        "- Whether somebody who holds both the database and the signing key has written anew what is younger than the",
        "  newest checkpoint that was kept elsewhere. Bring that one (--since).",
        "- What the words are, and whether they can be opened: the bundle holds their fingerprints alone.",
        "- Whether the tables of the school still say what the entries wrote there: that is verified where they are.",
        "- Whether what was written is true, and what was never written.",
    ]  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies a bundle of a school's audit trail.")
    parser.add_argument("bundle", nargs="?", type=Path, default=Path(sys.argv[0]).parent, help="the zip, or its folder")
    parser.add_argument("--since", default="", help="a checkpoint kept elsewhere: its file, or the line of a card")
    parser.add_argument("--receipt", default="", help="the digits behind Proof on a receipt")
    parser.add_argument("--key", type=Path, help="the file of the school's public key, kept elsewhere")
    given = parser.parse_args(arguments)
    try:
        key = from_base64(given.key.read_text().strip()) if given.key else b""
    except (OSError, ValueError):
        key = b""
    if given.key and len(key) != 32:
        status, words = UNVERIFIED, f"{given.key} holds no public key. Nothing was verified."
    else:
        status, words = verify(given.bundle, Asked(since=given.since, receipt=given.receipt, key=key))
    (sys.stderr if status == UNVERIFIED else sys.stdout).write(words + "\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
