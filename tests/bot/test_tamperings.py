"""The attacks on the audit trail (ASSURANCE, F), each on both engines: `verify` names the first entry that is wrong."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo import SAMPLE
from bot.notary import Notary
from bot.school_file import read_school_file
from bot.settings import Settings, read_settings
from bot.verifying import BROKEN, HOLDS, UNVERIFIED, Asked, Said, verify_trail
from handlers.rules.chronology import Deed, Entry
from store.notes import Checkpoint, line_of, origin_of, read_note
from store.opening import open_units
from store.rolls import Roll
from store.signing import read_or_make
from store.tree import leaf_of
from store.unit_of_work import Units
from tests.store.forging import Line, of_school, past_the_triggers, read, rewritten, without_checkpoints
from tests.store.sample import AT, ROOT, sample

FILE = read_school_file(SAMPLE)
ROLL = Roll(school=FILE.school, people=FILE.people, pupils=FILE.pupils)
OTHER = sample("other")
MINE = FILE.school.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Two schools that were served: each has ten entries, with checkpoints over four and over eight of them."""

    url: str
    folder: Path
    receipts: list[str]
    """What was shown of each entry of ours."""

    def settings(self, *, outside: bool) -> Settings:
        folder = self.folder / "copies" if outside else None
        return read_settings(database_url=self.url, key_file=self.folder / "heard.key", checkpoint_folder=folder)

    async def verify(self, *, outside: bool = False, **asked: object) -> Said:
        return await verify_trail(self.settings(outside=outside), SAMPLE, Asked(**asked))  # type: ignore[arg-type]

    async def named(self, *, outside: bool = False, **asked: object) -> int:
        """The entry that `verify` says is the first that is wrong."""
        said = await self.verify(outside=outside, **asked)
        assert said.status == BROKEN, said.words
        return int(re.findall(r"entry (\d+) ", said.words)[0])

    async def passes(self) -> bool:
        """Without any copy from outside."""
        return (await self.verify()).status == HOLDS


@pytest.fixture
async def served(database_url: str, tmp_path: Path) -> Served:
    units = await open_units(database_url, root_key=ROOT, schools=(ROLL, OTHER.roll))
    notary = Notary(units, read_or_make(tmp_path / "heard.signing"), tmp_path / "copies")
    receipts: list[str] = []
    for many in (4, 4, 2):
        receipts += await written(units, many)
        if many == 4:
            await notary.sign()
    await units.close()
    return Served(url=database_url, folder=tmp_path, receipts=receipts)


async def written(units: Units, many: int) -> list[str]:
    lead, other = FILE.people[0][0].id, OTHER.person("lead").id
    leaves: list[str] = []
    for school, by in ((MINE, lead), (OTHER.id, other)):
        async with units(school) as uow:
            for number in range(many):
                entry = Entry(deed=Deed.ADDED, at=AT, by=by, thing=by, words={"more": f"word {number}"})
                leaves.append((await uow.trail.append(entry)).leaf)
    return leaves[:many]


def edited(lines: list[Line], at: int = 3) -> list[Line]:
    line = lines[at - 1]
    lines[at - 1] = {**line, "body": {**line["body"], "deed": "concern.read"}}  # type: ignore[dict-item]
    return lines


def shortened(lines: list[Line]) -> list[Line]:
    return lines[:2] + lines[3:]


def back_dated(lines: list[Line]) -> list[Line]:
    put = {**lines[1]["body"], "at": "2026-11-09T10:15:30.000000+00:00"}  # type: ignore[dict-item]
    return [*lines[:2], {**lines[1], "body": put}, *lines[2:]]


async def test_what_nobody_touched_holds_and_says_what_vouches_for_it(served):
    said = await served.verify(outside=True)
    assert (said.status, "each of its 10 entries" in said.words, "over 8 entries" in said.words) == (HOLDS, True, True)
    assert "The receipt is of entry 9." in (await served.verify(receipt=f"Proof {served.receipts[8][:20]}")).words


async def test_1_an_entry_that_was_edited(served):
    edit = of_school("UPDATE entries SET body = leaf WHERE sequence = 3 AND school = :school", MINE)
    await past_the_triggers(served.url, edit)
    assert await served.named() == 3


async def test_2_an_entry_that_was_deleted(served):
    await past_the_triggers(served.url, of_school("DELETE FROM entries WHERE sequence = 3 AND school = :school", MINE))
    assert await served.named() == 3


@pytest.mark.parametrize("number", [3, 6, 9, 10])
async def test_3_an_entry_that_was_edited_with_its_leaf(served, number):
    """Below a checkpoint and above it, and the last: what comes after it tells."""
    row = of_school("SELECT body FROM entries WHERE sequence = :number AND school = :school", MINE)
    body = await read(served.url, row.bindparams(number=number))
    forged = body.replace(b"concern.added", b"concern.noted")
    edit = of_school("UPDATE entries SET body = :body, leaf = :leaf WHERE sequence = :n AND school = :school", MINE)
    await past_the_triggers(served.url, edit.bindparams(body=forged, leaf=leaf_of(forged), n=number))
    assert await served.named() == number


async def test_4_an_entry_that_was_deleted_and_all_numbered_and_hashed_anew(served):
    await rewritten(served.url, MINE, shortened)
    assert await served.named() == 3


async def test_4_one_that_was_edited_and_all_hashed_anew(served):
    await rewritten(served.url, MINE, lambda lines: edited(lines, 6))
    assert await served.named() == 6


async def test_5_the_same_with_the_later_checkpoints_dropped_is_told_by_a_copy_outside(served):
    await rewritten(served.url, MINE, shortened)
    await without_checkpoints(served.url, MINE)
    assert await served.passes()  # nothing in the database can tell
    assert await served.named(outside=True) == 3
    copy = served.folder / "copies" / origin_of(MINE).replace("/", "-") / "000000000004.note"
    assert await served.named(since=str(copy)) == 3
    alone = shutil.copy(copy, served.folder / "alone.note")  # without its evidence
    assert await served.named(since=str(alone)) == 1


async def test_6_the_tail_cut_off(served):
    await rewritten(served.url, MINE, lambda lines: lines[:7])
    assert await served.named() == 8


async def test_7_the_tail_cut_off_with_the_newest_checkpoints(served):
    await rewritten(served.url, MINE, lambda lines: lines[:7])
    await without_checkpoints(served.url, MINE, over=7)
    assert await served.passes()
    assert await served.named(outside=True) == 8


async def test_8_an_old_backup_brought_back(served):
    """Everything is as it was then, so that only a copy outside can tell."""
    await rewritten(served.url, MINE, lambda lines: lines[:4])
    await rewritten(served.url, OTHER.id, lambda lines: lines[:4])
    await without_checkpoints(served.url, MINE, over=4)
    await without_checkpoints(served.url, OTHER.id, over=4)
    assert await served.passes()
    assert await served.named(outside=True) == 5


async def test_after_that_the_program_goes_on_and_it_is_told_once_it_has_come_past_the_copy(served, caplog):
    """Put back to four entries, it grows to six, and then past the eight over which a copy lies outside."""
    await rewritten(served.url, MINE, lambda lines: lines[:4])
    await without_checkpoints(served.url, MINE, over=4)
    units = await open_units(served.url, root_key=ROOT, schools=(ROLL, OTHER.roll))
    notary = Notary(units, read_or_make(served.folder / "heard.signing"), served.folder / "copies")
    told: list[list[str]] = []
    for _ in range(3):
        await written(units, 2)
        await notary.sign()
        told.append([record.message for record in caplog.records if record.levelname == "ERROR"])
    await units.close()
    assert told == [[], ["trail_forked"], ["trail_forked"]]
    assert await served.named(outside=True) == 5


async def test_of_two_checkpoints_over_as_many_entries_of_which_each_is_signed_one_is_of_another_log(served):
    place = served.folder / "copies" / origin_of(MINE).replace("/", "-")
    await rewritten(served.url, MINE, lambda lines: edited(lines)[:8])
    await without_checkpoints(served.url, MINE)
    units = await open_units(served.url, root_key=ROOT, schools=(ROLL, OTHER.roll))
    signer = read_or_make(served.folder / "heard.signing")
    await Notary(units, signer, served.folder / "others").sign()
    await units.close()
    assert await served.passes()
    one, other = (folder / "000000000008.note" for folder in (place, served.folder / "others" / place.name))
    notes = [read_note(file.read_text()) for file in (one, other)]
    assert [note.size for note in notes] == [8, 8]
    assert notes[0].root != notes[1].root
    assert await served.named(outside=True) == 3
    assert await served.named(since=str(one)) == 5  # where its own evidence begins
    assert (await served.verify(since=str(other))).status == HOLDS


async def test_9_an_entry_put_in_back_dated(served):
    await rewritten(served.url, MINE, back_dated)
    assert await served.named() == 3


async def test_10_a_school_s_log_dropped(served):
    await rewritten(served.url, MINE, lambda _: [])
    assert await served.named() == 1
    await without_checkpoints(served.url, MINE)
    assert (await served.verify()).status == UNVERIFIED  # as empty as a school that was never served
    assert (await served.verify(outside=True)).status == BROKEN


async def test_11_entries_swapped_between_schools(served):
    there = "SELECT {} FROM entries AS e WHERE e.sequence = entries.sequence AND e.school <> entries.school"
    swap = ", ".join(f"{column} = ({there.format(column)})" for column in ("body", "leaf", "words", "thing"))
    await past_the_triggers(served.url, f"UPDATE entries SET {swap} WHERE sequence = 4")  # noqa: S608 (names of ours)
    assert await served.named() == 4


async def test_12_an_edit_after_the_last_checkpoint_is_caught_by_a_receipt(served):
    await rewritten(served.url, MINE, lambda lines: edited(lines, 9))
    assert await served.passes()
    assert await served.named(receipt=served.receipts[8][:20]) == 9
    assert await served.named(receipt=served.receipts[9][:20]) == 9  # one of a later entry holds all before it
    assert (await served.verify(receipt=served.receipts[7][:20])).status == HOLDS


async def test_a_checkpoint_that_another_key_signed_vouches_for_nothing(served):
    shutil.move(served.folder / "heard.signing", served.folder / "old")
    (served.folder / "heard.signing.pub").unlink()
    read_or_make(served.folder / "heard.signing")
    assert await served.named() == 1


async def test_without_the_public_key_the_roots_are_compared_and_it_is_said(served):
    (served.folder / "heard.signing.pub").unlink()
    said = await served.verify()
    assert (said.status, "Who signed them was not checked" in said.words) == (HOLDS, True)


async def test_the_log_of_those_turned_away_is_verified_too(served):
    units = await open_units(served.url, root_key=ROOT, schools=(ROLL,))
    for _ in range(3):
        await units.turned_away(Entry(deed=Deed.REFUSED, at=AT, by=None, thing=None, facts={"why": "unknown_school"}))
    await units.close()
    assert await served.passes()
    await past_the_triggers(served.url, "DELETE FROM turned_away WHERE id = 2")
    said = await served.verify()
    assert (said.status, "turned away does not hold: entry 2 " in said.words) == (BROKEN, True)


async def test_what_is_brought_and_is_of_no_use_is_refused(served, tmp_path):
    (tmp_path / "no.note").write_text("heard/x\nmany\n\n")
    theirs = served.folder / "copies" / origin_of(OTHER.id).replace("/", "-") / "000000000004.note"
    line = line_of(Checkpoint(origin="heard/ffffffff-school", size=4, root=ROOT))
    for since in (tmp_path / "no.note", tmp_path / "none", theirs, line):
        assert (await served.verify(since=str(since))).status == UNVERIFIED
    assert (await served.verify(receipt="12")).status == UNVERIFIED


async def test_the_line_of_a_card_tells_what_no_checkpoint_in_the_database_can(served):
    note = served.folder / "copies" / origin_of(MINE).replace("/", "-") / "000000000008.note"
    line = line_of(read_note(note.read_text()))
    assert "that line" not in (await served.verify(since=f"Keep: {line}")).words
    assert (await served.verify(since=line)).status == HOLDS
    await rewritten(served.url, MINE, lambda lines: edited(lines, 6))
    await without_checkpoints(served.url, MINE, over=4)
    assert await served.passes()
    assert await served.named(since=line) == 5  # nothing tells of 5 to 8 one by one
    await rewritten(served.url, MINE, lambda lines: lines[:7])
    assert await served.named(since=line) == 8


async def test_a_log_that_was_changed_is_not_signed(served, caplog):
    await rewritten(served.url, MINE, shortened)
    units = await open_units(served.url, root_key=ROOT, schools=(ROLL, OTHER.roll))
    await Notary(units, read_or_make(served.folder / "heard.signing"), None).sign()
    async with units.reading() as connection:
        notes = (await connection.exec_driver_sql("SELECT school, size FROM checkpoints ORDER BY size")).all()
    await units.close()
    sizes = sorted((str(school).replace("-", "") == MINE.hex, size) for school, size in notes if size)
    assert [size for mine, size in sizes if mine] == [4, 8]
    assert 10 in [size for mine, size in sizes if not mine]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == ["trail_broken"]
