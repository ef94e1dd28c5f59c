"""An inspector's bundle: what is in it, and that its one file names every tampering that a bundle can show.

`verify.py` is run as an inspector would: alone, without site packages, in an empty folder and an empty environment.
"""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bundling import make_bundle
from bot.demo import SAMPLE
from bot.settings import Incomplete
from bot.verifying import Asked, verify_bundle
from handlers.rules.chronology import Deed, Entry
from store.inspecting.bundle import alone
from store.notes import line_of, origin_of, read_note
from store.opening import open_units
from store.tree import leaf_of
from tests.bot import test_tamperings
from tests.bot.test_tamperings import FILE, MINE, OTHER, ROLL, Served, back_dated, edited, shortened
from tests.commands import Command
from tests.store.forging import of_school, past_the_triggers, read, rewritten, without_checkpoints
from tests.store.sample import AT, ROOT, WORDS

served = test_tamperings.served
Ran = tuple[int, str]


async def bundled(served: Served, *, outside: bool = False) -> Path:
    out = served.folder / f"{len(list(served.folder.iterdir()))}.zip"
    await make_bundle(served.settings(outside=outside), SAMPLE, out)
    return out


def ran(bundle: Path, *more: str, program: bytes | None = None) -> Ran:
    """How the bundle's own program ends, and what it says."""
    (by_itself := bundle.parent / f"{bundle.stem}-alone").mkdir(exist_ok=True)
    if program is None:
        with zipfile.ZipFile(bundle) as packed:
            program = packed.read("verify.py")
    (file := by_itself / "verify.py").write_bytes(program)
    return python(file, str(bundle), *more)


def python(file: Path, *arguments: str) -> Ran:
    done = subprocess.run(
        [sys.executable, "-I", "-S", file.name, *arguments],
        cwd=file.parent, env={}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


def named(ran: Ran) -> int:
    assert ran[0] == 1, ran[1]
    return int(re.findall(r"entry (\d+) ", ran[1])[0])


async def test_a_bundle_of_a_trail_that_nobody_touched_holds_and_says_what_it_cannot_know(served):
    bundle = await bundled(served, outside=True)
    status, said = ran(bundle, "--receipt", f"Proof {served.receipts[8][:20]}")
    assert status == 0, said
    assert said.startswith(
        "The audit trail holds: each of its 10 entries follows from the one before.\n"
        "4 checkpoints agree with it, the newest over 8 entries.\nThe receipt is of entry 9.\n\nWhat this cannot tell:"
    )
    assert "the last 2 entries are as they were written" in said
    assert ran(bundle)[0] == 0
    assert ran(bundle.parent / f"{bundle.stem}.zip", "--key", str(served.folder / "heard.signing.pub"))[0] == 0


async def test_unpacked_it_verifies_itself(served):
    folder = served.folder / "unpacked"
    with zipfile.ZipFile(await bundled(served)) as packed:
        packed.extractall(folder)
    status, said = python(folder / "verify.py")
    assert (status, said.startswith("The audit trail holds")) == (0, True)


def nothing(lines):
    return []


REWRITTEN: dict[str, tuple[Callable, int, int | None]] = {
    "4 delete, renumber, hash anew": (shortened, 3, None),
    "4 edit and hash anew": (lambda lines: edited(lines, 6), 6, None),
    "6 cut the tail": (lambda lines: lines[:7], 8, None),
    "9 put in back-dated": (back_dated, 3, None),
    "10 a school's log dropped": (nothing, 1, None),
    "5 the same, with later checkpoints dropped": (shortened, 3, -1),
    "7 cut the tail with the newest checkpoints": (lambda lines: lines[:7], 8, 7),
    "8 an old backup": (lambda lines: lines[:4], 5, 4),
    "10 a school's log dropped with its checkpoints": (nothing, 1, -1),
}
"""What was done, the first entry that is wrong, and over how many entries checkpoints were left (None: all were)."""


@pytest.mark.parametrize("attack", REWRITTEN)
async def test_a_trail_that_was_written_anew_is_named_by_its_first_entry(served, attack):
    change, first, over = REWRITTEN[attack]
    await rewritten(served.url, MINE, change)
    if over is not None:
        await without_checkpoints(served.url, MINE, over=over)
        assert ran(await bundled(served))[0] != 1  # nothing in the database can tell
    bundle = await bundled(served, outside=over is not None)
    assert named(ran(bundle)) == first
    assert (await served.verify(outside=over is not None)).words in ran(bundle)[1]


async def test_1_2_3_11_what_was_done_to_single_entries_is_named(served):
    """One after another, from the last: each is the first that is wrong."""
    there = "SELECT {} FROM entries AS e WHERE e.sequence = entries.sequence AND e.school <> entries.school"
    swap = ", ".join(f"{column} = ({there.format(column)})" for column in ("body", "leaf", "words", "thing"))
    row = of_school("SELECT body FROM entries WHERE sequence = 6 AND school = :school", MINE)
    forged = (await read(served.url, row)).replace(b"concern.added", b"concern.noted")
    edit = "UPDATE entries SET body = :body, leaf = :leaf WHERE sequence = 6 AND school = :school"
    with_its_leaf = of_school(edit, MINE)
    for attack, first in (
        (of_school("UPDATE entries SET words = leaf WHERE sequence = 8 AND school = :school", MINE), 8),
        (of_school("UPDATE entries SET thing = NULL WHERE sequence = 7 AND school = :school", MINE), 7),
        (with_its_leaf.bindparams(body=forged, leaf=leaf_of(forged)), 6),
        (of_school("UPDATE entries SET body = leaf WHERE sequence = 5 AND school = :school", MINE), 5),
        (f"UPDATE entries SET {swap} WHERE sequence = 4", 4),  # noqa: S608 (names of ours)
        (of_school("DELETE FROM entries WHERE sequence = 3 AND school = :school", MINE), 3),
    ):
        await past_the_triggers(served.url, attack)
        assert named(ran(await bundled(served))) == first


async def test_12_an_edit_after_the_last_checkpoint_is_told_by_a_receipt(served):
    await rewritten(served.url, MINE, lambda lines: edited(lines, 9))
    bundle = await bundled(served, outside=True)
    assert ran(bundle)[0] == 0
    assert named(ran(bundle, "--receipt", served.receipts[8][:20])) == 9
    assert ran(bundle, "--receipt", served.receipts[7][:20])[0] == 0


async def test_what_somebody_kept_is_held_against_it_as_a_file_or_as_the_line_of_a_card(served):
    await rewritten(served.url, MINE, lambda lines: edited(lines, 6))
    await without_checkpoints(served.url, MINE, over=4)
    bundle = await bundled(served)
    note = served.folder / "copies" / origin_of(MINE).replace("/", "-") / "000000000008.note"
    line = line_of(read_note(note.read_text()))
    assert ran(bundle)[0] == 0
    assert named(ran(bundle, "--since", str(note))) == 6  # its leaves lie beside it
    assert named(ran(bundle, "--since", str(shutil.copy(note, served.folder / "alone.note")))) == 5
    assert named(ran(bundle, "--since", f"Keep this line: {line}")) == 5
    assert ran(bundle, "--since", "ffffffff" + line[8:])[0] == 2


async def test_a_key_that_did_not_sign_vouches_for_nothing(served):
    bundle = await bundled(served)
    (key := served.folder / "other.pub").write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
    assert named(ran(bundle, "--key", str(key))) == 1
    key.write_text("no key")
    assert ran(bundle, "--key", str(key))[0] == 2
    (served.folder / "heard.signing.pub").unlink()
    status, said = ran(await bundled(served))
    assert (status, "Who signed the checkpoints" in said) == (0, True)


async def with_a_concern(served: Served) -> None:
    units = await open_units(served.url, root_key=ROOT, schools=(ROLL, OTHER.roll))
    async with units(MINE) as uow:
        by = FILE.people[0][0].id
        await uow.trail.append(Entry(deed=Deed.RAISED, at=AT, by=by, thing=by, facts={"urgency": "now"}, words=WORDS))
    notary = test_tamperings.Notary(units, test_tamperings.read_or_make(served.folder / "heard.signing"), None)
    await notary.sign()
    await units.close()


async def test_each_concern_has_a_proof_that_needs_no_other_entry(served):
    await with_a_concern(served)
    bundle = await bundled(served)
    with zipfile.ZipFile(bundle) as packed:
        (proof,) = [json.loads(line) for line in packed.read("proofs.jsonl").splitlines()]
    assert (proof["sequence"], proof["size"], len(proof["nodes"])) == (11, 11, 2)
    assert "1 proofs of single entries lead to what was signed." in ran(bundle)[1]
    forged = replaced(bundle, "proofs.jsonl", json.dumps({**proof, "nodes": ["00" * 32, *proof["nodes"][1:]]}).encode())
    assert named(ran(forged)) == 11


def replaced(bundle: Path, name: str, content: bytes) -> Path:
    other = bundle.with_name(f"other-{bundle.name}")
    with zipfile.ZipFile(bundle) as packed, zipfile.ZipFile(other, "w") as out:
        for one in packed.namelist():
            out.writestr(one, content if one == name else packed.read(one))
    return other


async def test_nothing_that_anybody_wrote_and_nobody_s_name_is_in_a_bundle(served):
    await with_a_concern(served)
    with zipfile.ZipFile(await bundled(served, outside=True)) as packed:
        ours = {"verify.py", "README.txt"}
        everything = b"".join(packed.read(name) for name in packed.namelist() if name not in ours)
    names = [*(person.name for person, _ in FILE.people), *(pupil.name for pupil in FILE.pupils), FILE.school.name]
    assert len(names) > 20
    for text in (*names, "CANARY", "word 1"):
        assert text.encode() not in everything


async def test_what_is_no_bundle_or_is_damaged_is_refused(served):
    bundle = await bundled(served)
    (empty := served.folder / "empty.zip").write_bytes(b"")
    (other := served.folder / "other.zip").write_bytes(b"no zip at all" * 99)
    damaged = [replaced(bundle, "entries.jsonl", content) for content in (b"{}\n", b"\xff\xfe\n", b"[1]\n")]
    newer = replaced(bundle, "about.json", b'{"format": 99}')
    program = alone().encode()
    for file in (empty, other, *damaged, newer, served.folder / "none.zip"):
        assert ran(file, program=program)[0] == 2, file


async def test_verify_takes_a_bundle_and_the_command_makes_one(served, command: Command):
    out, key = served.folder / "trail.zip", str(served.folder / "heard.key")
    environment = {"DATABASE_URL": served.url, "KEY_FILE": key}
    done = await command("bundle", "--school", str(SAMPLE), "--out", str(out), environment=environment)
    assert (done.returncode, "10 entries, 2 checkpoints, 0 proofs" in done.stdout) == (0, True)
    assert out.stat().st_mode & 0o077 == 0
    again = await command("bundle", "--school", str(SAMPLE), "--out", str(out), environment=environment)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    held = await command("verify", "--bundle", str(out), environment=environment)
    assert (held.returncode, held.stdout) == ran(out)
    both = await command("verify", "--bundle", str(out), "--school", str(SAMPLE), environment=environment)
    assert both.returncode == 2
    assert verify_bundle(served.settings(outside=False), out, Asked(receipt="0" * 20)).status == 1


async def test_where_there_is_nothing_no_bundle_is_made(served, tmp_path):
    no_such = {"database_url": f"sqlite+aiosqlite:///{tmp_path}/no.db"}
    nowhere = served.settings(outside=False).model_copy(update=no_such)
    with pytest.raises(Incomplete, match="There is no database"):
        await make_bundle(nowhere, SAMPLE, tmp_path / "trail.zip")
    assert not (tmp_path / "trail.zip").exists()
