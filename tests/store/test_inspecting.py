"""Ed25519, the tree and the notes as an inspector has them: held to RFC 8032, `cryptography` and the store."""

import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from store.inspecting import notes as theirs
from store.inspecting.ed25519 import L, is_signature
from store.inspecting.notes import read_line, spoken
from store.notes import Checkpoint, Signer, line_of, origin_of
from store.tree import Peaks, inclusion, inclusions, is_included, leaf_of, root_of
from tests.store.sample import sample

_RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]  # fmt: skip
"""Section 7.1: tests 1, 2, 3 and SHA(abc)."""


@pytest.mark.parametrize(("public", "message", "signature"), _RFC_8032)
def test_the_vectors_of_rfc_8032_are_signatures_and_nothing_else_is(public: str, message: str, signature: str) -> None:
    key, text, signed = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert is_signature(key, signed, text)
    assert not is_signature(key, signed, text + b"\x00")
    for at in (0, 31, 32, 62):
        changed = bytearray(signed)
        changed[at] ^= 1
        assert not is_signature(key, bytes(changed), text)
    again = int.from_bytes(signed[32:], "little") + L  # the same number, written otherwise
    assert not is_signature(key, signed[:32] + again.to_bytes(32, "little"), text)
    assert not any(is_signature(bytes.fromhex(other), signed, text) for other, *_ in _RFC_8032 if other != public)


def test_what_cryptography_signs_is_a_signature_and_what_is_none_of_its_keys_is_none() -> None:
    for length in range(20):
        key, text = Ed25519PrivateKey.generate(), secrets.token_bytes(length * 7)
        public = key.public_key().public_bytes_raw()
        assert is_signature(public, key.sign(text), text)
        assert not is_signature(public, key.sign(text), text + b"x")
        assert not is_signature(public, key.sign(text)[:-1], text)
    for public in (b"", bytes(31), b"\xff" * 32, (2).to_bytes(32, "little")):
        assert not is_signature(public, bytes(64), b"")


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 9, 33])
def test_the_tree_of_both_is_one(size: int) -> None:
    leaves = [leaf_of(b"%d" % number) for number in range(size)]
    mine = theirs.Peaks().extend(leaves)
    assert (mine.root(), mine.size) == (root_of(leaves), size)
    for index, nodes in enumerate(inclusions(leaves, range(size))):
        assert nodes == inclusion(leaves, index)
        assert theirs.led_to(leaves[index], index, size, nodes) == root_of(leaves)
        assert is_included(leaves[index], index, size, nodes, root_of(leaves))
        assert theirs.led_to(leaves[index], index, size, [*nodes, bytes(32)]) == b""
        if nodes:
            assert theirs.led_to(leaves[index], index, size, [bytes(32), *nodes[1:]]) != root_of(leaves)


def test_a_checkpoint_is_read_and_held_to_its_key_as_the_store_does_it() -> None:
    signer, other = Signer.of(bytes(range(32))), Signer.of(bytes(range(1, 33)))
    checkpoint = Checkpoint(origin=origin_of(sample().id), size=3, root=root_of([leaf_of(b"a")] * 3))
    note = theirs.read_note(signer.sign(checkpoint).encode(), b"")
    assert note is not None
    assert (note.origin, note.size, note.root) == (checkpoint.origin, 3, checkpoint.root)
    assert (note.is_by(signer.public), note.is_by(other.public)) == (True, False)
    for damaged in (b"", b"heard/x\n3\n", b"heard/x\nmany\nAAAA\n\n", b"\xff\xfe"):
        assert theirs.read_note(damaged, b"") is None


def test_a_root_in_words_tells_two_apart_in_each_of_its_first_sixteen_bytes() -> None:
    root = bytes(range(100, 132))
    assert spoken(bytes.fromhex("7f000001") + bytes(28)).startswith("lusab-babad-babab")  # the proquints' own example
    others = [bytes([*root[:at], root[at] ^ 1, *root[at + 1 :]]) for at in range(16)]
    assert len({spoken(one) for one in (root, *others)}) == 17


def test_the_line_of_a_card_is_read_as_it_was_written_even_among_other_words() -> None:
    checkpoint = Checkpoint(origin=origin_of(sample().id), size=4821, root=leaf_of(b"a"))
    line = read_line(f"Keep this:  {line_of(checkpoint).upper()} .")
    assert line is not None
    assert (line.mark, line.size, line.words) == (str(sample().id)[:8], 4821, spoken(checkpoint.root))
    assert read_line("3d5c1b96 4821 lusab-babad") is None


def test_what_lies_beside_a_checkpoint_is_believed_only_where_it_leads_to_the_root() -> None:
    leaves = [leaf_of(b"%d" % number) for number in range(5)]
    peaks = Peaks()
    peaks.extend(leaves[:2])
    evidence = (2).to_bytes(8, "big") + peaks.packed() + b"".join(leaves[2:])
    checkpoint = Checkpoint(origin="heard/x", size=5, root=root_of(leaves))
    signed = Signer.of(bytes(32)).sign(checkpoint).encode()
    note, other = theirs.read_note(signed, evidence), theirs.read_note(signed, evidence[:-1] + b"\x00")
    assert note is not None and other is not None
    assert (note.leaves(), other.leaves()) == ((2, leaves[2:]), (0, []))
