"""The spool: what is put in is there, sealed, once; what was changed does not open; a full folder says so."""

import stat
from pathlib import Path

import pytest

from store import spool as spools
from store.sealing import SealBroken
from store.spool import Spool, SpoolFull

ROOT, ANOTHER = bytes(range(1, 33)), bytes(range(2, 34))
WORDS = b"She said: the tall one waits for me."


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    made = Spool(tmp_path / "heard.spool", ROOT)
    made.open_folder()
    return made


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "heard.spool").iterdir())


def test_what_is_kept_is_read_again_and_then_is_gone(spool: Spool, tmp_path: Path):
    spool.keep(WORDS, once="a")
    (item,) = spool.waiting()
    assert spool.read(item.name) == WORDS
    spool.done(item.name)
    spool.done(item.name)  # another process was there first
    assert spool.waiting() == []
    assert files(tmp_path) == []


def test_it_waits_in_the_order_in_which_it_came(spool: Spool):
    for number in range(20):
        spool.keep(b"%d" % number, once="a")
    assert [spool.read(item.name) for item in spool.waiting()] == [b"%d" % number for number in range(20)]


def test_the_same_twice_is_kept_once_and_another_text_of_the_same_form_beside_it(spool: Spool):
    for words in (WORDS, WORDS, WORDS + b" And more."):
        spool.keep(words, once="a")
    spool.keep(WORDS, once="b")
    assert len(spool.waiting()) == 3


def test_a_file_says_nothing_and_is_its_owners_alone(spool: Spool, tmp_path: Path):
    spool.keep(WORDS, once="0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01")
    (file,) = files(tmp_path)
    assert b"tall" not in file.read_bytes()
    assert "0b9c1f7e" not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("change", ["a bit", "cut", "nothing left", "another name", "another root key"])
def test_what_was_changed_does_not_open(spool: Spool, tmp_path: Path, change: str):
    spool.keep(WORDS, once="a")
    (file,) = files(tmp_path)
    whole, name, reader = file.read_bytes(), file.name, spool
    if change == "a bit":
        file.write_bytes(whole[:-1] + bytes((whole[-1] ^ 1,)))
    elif change == "cut":
        file.write_bytes(whole[:40])
    elif change == "nothing left":
        file.write_bytes(b"")
    elif change == "another name":
        name = "0" * 32 + ".sealed"
        file.rename(file.with_name(name))
    else:
        reader = Spool(tmp_path / "heard.spool", ANOTHER)
    with pytest.raises(SealBroken):
        reader.read(name)


def test_what_is_set_aside_stays_and_is_tried_no_more(spool: Spool, tmp_path: Path):
    spool.keep(WORDS, once="a")
    spool.put_aside(spool.waiting()[0].name)
    assert spool.waiting() == []
    assert len(spool.set_aside()) == len(files(tmp_path)) == 1


def test_when_it_is_full_or_too_much_at_once_nothing_is_taken(spool: Spool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spools, "MOST_FILES", 2)
    spool.keep(b"1", once="a")
    spool.keep(b"2", once="a")
    with pytest.raises(SpoolFull):
        spool.keep(b"3", once="a")
    with pytest.raises(SpoolFull):
        spool.keep(b"4" * (spools.MOST_BYTES + 1), once="a")
    assert len(spool.waiting()) == 2


def test_what_was_cut_off_while_it_was_written_is_nothing(spool: Spool, tmp_path: Path):
    (tmp_path / "heard.spool" / ".0011223344556677.part").write_bytes(b"half")
    assert spool.waiting() == []


def test_a_folder_that_is_a_file_is_refused_at_once(tmp_path: Path):
    (tmp_path / "heard.spool").write_bytes(b"")
    with pytest.raises(OSError, match=r"heard\.spool"):
        Spool(tmp_path / "heard.spool", ROOT).open_folder()
