"""Keys and sealing: known answers, keys that are refused, and what does not open."""

import base64
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.keys import KeyFaulty, make_key_file, read_key_file
from store.opening import open_units
from store.sealing import Key, SealBroken, bound_to
from tests.store.conftest import Tamper
from tests.store.sample import ROOT, Sample, sample

KEY = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
NONCE = bytes.fromhex("cafebabefacedbaddecaf888")
PLAIN = bytes.fromhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
BOUND = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
SEALED = bytes.fromhex(
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    "76fc6ece0f4e1768cddf8853bb2d551b"
)
"""Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation": AES-256 with associated data."""


def test_sealing_gives_the_published_answer_behind_its_algorithm_byte_and_nonce() -> None:
    assert Key(KEY).seal(PLAIN, BOUND, nonce=NONCE) == b"\x01" + NONCE + SEALED
    assert Key(KEY).open(b"\x01" + NONCE + SEALED, BOUND) == PLAIN


def test_what_it_is_bound_to_is_spelt_so_for_ever() -> None:
    school, case = UUID(int=10), UUID(int=11)
    assert bound_to(school, case, "entries", "words") == f"1|{'0' * 31}a|{'0' * 31}b|entries|words".encode()
    assert bound_to(school, None, "schools", "key") == f"1|{'0' * 31}a|-|schools|key".encode()


def test_the_same_words_are_never_sealed_alike() -> None:
    assert len({Key(KEY).seal(b"same", b"") for _ in range(50)}) == 50


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_one_changed_bit_anywhere_does_not_open(place: int) -> None:
    sealed = bytearray(Key(KEY).seal(b"words", b"here"))
    sealed[place] ^= 1
    with pytest.raises(SealBroken):
        Key(KEY).open(bytes(sealed), b"here")


def test_what_was_sealed_for_another_place_or_cut_short_does_not_open() -> None:
    sealed = Key(KEY).seal(b"words", b"here")
    for moved, bound in ((sealed, b"there"), (sealed[:20], b"here"), (b"", b"here")):
        with pytest.raises(SealBroken):
            Key(KEY).open(moved, bound)


def test_a_mark_is_the_published_digest_under_a_key_of_its_own() -> None:
    """HMAC-SHA-256 twice, as `openssl dgst -sha256 -mac HMAC` computes it: what stands in a chat must stay good."""
    assert Key(KEY).mark(b"what") == "aa50445d5a126338d40182f4d249b796"
    assert Key(KEY).mark(b"what else") != Key(KEY).mark(b"what")
    assert Key(KEY[::-1]).mark(b"what") != Key(KEY).mark(b"what")


def test_a_key_does_not_show_its_secret() -> None:
    assert KEY.hex() not in repr(Key(KEY))
    assert not hasattr(Key(KEY), "__dict__")


def test_a_made_key_file_is_read_back_and_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "heard.key"
    make_key_file(file)
    key = read_key_file(file)
    assert len(key) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyFaulty, match="not replaced"):
        make_key_file(file)
    assert read_key_file(file) == key


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (base64.b64encode(ROOT[:31]), "31 bytes"),
        (base64.b64encode(bytes(32)), "default"),
        (base64.b64encode(b"k" * 32), "default"),
        (base64.b64encode(bytes(range(32))), "default"),
        (b"not base64 at all!", "not one line of base64"),
        (b"", "0 bytes"),
    ],
)
def test_a_key_file_with_no_proper_key_is_refused_in_a_sentence(tmp_path: Path, text: bytes, sentence: str) -> None:
    file = tmp_path / "heard.key"
    file.write_bytes(text)
    file.chmod(0o600)
    with pytest.raises(KeyFaulty, match=sentence):
        read_key_file(file)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "heard.key"
    make_key_file(file)
    file.chmod(mode)
    with pytest.raises(KeyFaulty, match="chmod 600"):
        read_key_file(file)


def test_a_missing_key_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFaulty, match="missing"):
        read_key_file(tmp_path / "none.key")


def test_the_seal_is_plain_aes_gcm_that_any_library_opens() -> None:
    sealed = Key(ROOT).seal(b"words", b"here")
    assert AESGCM(ROOT).decrypt(sealed[1:13], sealed[13:], b"here") == b"words"


async def test_a_wrong_root_key_is_refused_before_anything_is_written(
    database_url: str, school: Sample, tamper: Tamper
) -> None:
    await (await open_units(database_url, root_key=ROOT, schools=(school.roll,))).close()
    before = await tamper("SELECT particulars FROM people ORDER BY id")
    others = (school.roll, sample("two").roll)
    with pytest.raises(KeyFaulty, match="does not belong to this database"):
        await open_units(database_url, root_key=KEY, schools=others)
    assert await tamper("SELECT particulars FROM people ORDER BY id") == before
    assert len(await tamper("SELECT school FROM schools")) == 1
