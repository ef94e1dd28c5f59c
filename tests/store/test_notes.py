"""Signed notes: the C2SP specification's own example verifies, ours read back, and nothing else does."""

import stat

import pytest

from store.keys import KeyFaulty
from store.notes import Checkpoint, NoNote, Signer, is_signed, origin_of, read_note, verifier_key
from store.signing import public_file, read_or_make, read_public
from tests.store.sample import sample

SIGNER = Signer.of(bytes(range(32)))
POINT = Checkpoint(origin=origin_of(sample().id), size=12, root=bytes(range(32)))
NOTE = SIGNER.sign(POINT)


def test_a_note_says_origin_size_and_root_and_reads_back():
    lines = NOTE.split("\n")
    assert lines[:4] == [POINT.origin, "12", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", ""]
    assert lines[4].startswith(f"\N{EM DASH} {POINT.origin} ")
    assert (read_note(NOTE), is_signed(NOTE, SIGNER.public)) == (POINT, True)


def test_the_key_s_id_is_made_as_the_specification_says():
    """From the example of golang.org/x/mod/sumdb/note, whose format C2SP took over."""
    name, key = "PeterNeumann", "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    import base64

    public = base64.b64decode(key.rsplit("+", 1)[1])[1:]
    assert verifier_key(name, public) == key


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n12\n", "\n13\n"),
        lambda note: note.replace("AAEC", "AAED"),
        lambda note: note.replace("heard/", "other/"),
        lambda note: note[: note.index("\N{EM DASH}")],
        lambda note: note.replace(note[-12:], "AAAAAAAAAA=\n"),
        lambda note: note.replace("\n12\n", "\n012\n"),
        lambda _: "",
    ],
)
def test_a_note_that_was_changed_is_not_signed(change):
    assert not is_signed(change(NOTE), SIGNER.public)


def test_another_key_did_not_sign_it_and_others_signatures_beside_it_do_no_harm():
    other = Signer.of(bytes(range(1, 33)))
    assert not is_signed(NOTE, other.public)
    both = other.sign(POINT) + NOTE.rpartition("\n\n")[2]
    assert is_signed(both, SIGNER.public)
    assert is_signed(both, other.public)


@pytest.mark.parametrize(
    "text", ["", "a\n1\nAA==\n\n", "a\nmany\nAA==\n", "a\n١\nAA==\n", "\n1\n" + "A" * 43 + "=\n\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoNote):
        read_note(text)


def test_the_key_is_made_once_is_its_owners_alone_and_its_public_half_lies_beside_it(tmp_path):
    path = tmp_path / "heard.signing"
    made = read_or_make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_public(path) == made.public == read_or_make(path).public
    public_file(path).unlink()
    assert read_or_make(path).public == read_public(path)
    path.chmod(0o644)
    with pytest.raises(KeyFaulty, match="Others can read"):
        read_or_make(path)


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(tmp_path):
    with pytest.raises(KeyFaulty, match="SIGNING_KEY_FILE"):
        read_or_make(tmp_path / "no" / "such" / "folder" / "heard.signing")
