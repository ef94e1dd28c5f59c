"""The tree of RFC 9162: pymerkle, which is not ours, is the oracle for every root and proof."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from store.tree import Peaks, inclusion, is_included, leaf_of, root_of

BODIES = [f"body {number}".encode() for number in range(70)]
LEAVES = [leaf_of(body) for body in BODIES]


def oracle(bodies: list[bytes]) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for body in bodies:
        tree.append_entry(body)
    return tree


@pytest.mark.parametrize("size", range(1, len(BODIES) + 1))
def test_each_root_is_the_oracles(size):
    tree = oracle(BODIES[:size])
    assert root_of(LEAVES[:size]) == tree.get_root()
    assert [tree.get_leaf(number + 1) for number in range(size)] == LEAVES[:size]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert Peaks().root() == hashlib.sha256(b"").digest()  # RFC 9162, 2.1.1


@given(st.lists(st.binary(max_size=40), max_size=40), st.integers(0, 40))
def test_peaks_that_were_put_away_and_taken_up_again_go_on_to_the_same_root(bodies, cut):
    before, after = bodies[:cut], bodies[cut:]
    peaks = Peaks()
    peaks.extend([leaf_of(body) for body in before])
    again = Peaks.unpacked(peaks.size, peaks.packed())
    for body in after:
        again.add(leaf_of(body))
    assert (again.size, again.root()) == (len(bodies), root_of([leaf_of(body) for body in bodies]))
    if bodies:
        assert again.root() == oracle(bodies).get_root()


def test_peaks_of_another_size_are_refused():
    with pytest.raises(ValueError, match="not the peaks"):
        Peaks.unpacked(3, bytes(32))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 33, 64, 70])
def test_each_leaf_is_proved_to_be_in_it_and_no_other_is(size):
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    for index, leaf in enumerate(leaves):
        proof = inclusion(leaves, index)
        assert is_included(leaf, index, size, proof, root)
        assert not is_included(leaf_of(b"another"), index, size, proof, root)
        assert not is_included(leaf, index, size, [*proof, bytes(32)], root)
        assert not is_included(leaf, size, size, proof, root)
        if size > 1:
            assert not is_included(leaf, (index + 1) % size, size, proof, root)
            assert not is_included(leaf, index, size, proof[:-1], root)


@pytest.mark.parametrize("size", [2, 3, 8, 21, 70])
def test_a_proof_has_the_oracles_nodes(size):
    tree = oracle(BODIES[:size])
    for index in range(size):
        theirs = tree.prove_inclusion(index + 1, size).path
        assert inclusion(LEAVES[:size], index) == theirs[1:]  # theirs begins with the leaf itself
