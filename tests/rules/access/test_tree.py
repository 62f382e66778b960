"""The tree of RFC 9162: known roots, proofs that lead to them, and no proof that leads elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.access.rules import tree
from tests.rules.access.trees import defined_root, leaves, whole

ENTRIES = [bytes.fromhex(one) for one in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The entries and roots that implementations of Certificate Transparency compare themselves by."""


@pytest.mark.parametrize("size", range(1, 9))
def test_known_roots(size: int) -> None:
    hashes = [tree.leaf_hash(entry) for entry in ENTRIES[:size]]
    assert tree.root(size, whole(hashes)).hex() == ROOTS[size - 1]
    growing = tree.Frontier()
    growing.add(hashes)
    assert growing.root().hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert tree.root(0, whole([])) == tree.Frontier().root() == tree.EMPTY_ROOT
    assert tree.EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_every_proof_of_every_small_tree() -> None:
    hashes = leaves(40)
    node = whole(hashes)
    roots = [defined_root(hashes[:size]) for size in range(41)]
    for size in range(1, 41):
        assert tree.root(size, node) == roots[size]
        for index in range(size):
            path = tree.inclusion(index, size, node)
            assert tree.verify_inclusion(hashes[index], index, size, path, roots[size])
        for old in range(1, size + 1):
            path = tree.consistency(old, size, node)
            assert tree.verify_consistency(old, size, roots[old], roots[size], path)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_nothing_else_is_proved(data: st.DataObject) -> None:
    """Another leaf, place, size, root or step, a step too few or too many: each proof then fails."""
    size = data.draw(st.integers(2, 600))
    hashes = leaves(size, data.draw(st.integers(0, 3)))
    node = whole(hashes)
    index = data.draw(st.integers(0, size - 1))
    path, root = tree.inclusion(index, size, node), tree.root(size, node)
    assert tree.verify_inclusion(hashes[index], index, size, path, root)
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    at, bit = data.draw(st.integers(0, len(path) - 1)), 1 << data.draw(st.integers(0, 7))
    bent = [*path[:at], bytes((path[at][0] ^ bit,)) + path[at][1:], *path[at + 1 :]]
    assert not tree.verify_inclusion(hashes[other], index, size, path, root)
    assert not tree.verify_inclusion(hashes[index], other, size, path, root)
    assert not tree.verify_inclusion(hashes[index], index, size, bent, root)
    assert not tree.verify_inclusion(hashes[index], index, size, path[:-1], root)
    assert not tree.verify_inclusion(hashes[index], index, size, [*path, root], root)
    assert not tree.verify_inclusion(hashes[index], index, size, path, hashes[index])
    assert not tree.verify_inclusion(hashes[index], size, size, path, root)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_no_other_past_is_consistent(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 600))
    old = data.draw(st.integers(1, new - 1))
    hashes = leaves(new, data.draw(st.integers(0, 3)))
    node = whole(hashes)
    path, was, became = tree.consistency(old, new, node), tree.root(old, node), tree.root(new, node)
    assert tree.verify_consistency(old, new, was, became, path)
    at = data.draw(st.integers(0, len(path) - 1))
    bent = [*path[:at], bytes((path[at][0] ^ 1,)) + path[at][1:], *path[at + 1 :]]
    assert not tree.verify_consistency(old, new, was, became, bent)
    assert not tree.verify_consistency(old, new, became, was, path)
    assert not tree.verify_consistency(old, new, was, became, path[:-1])
    assert not tree.verify_consistency(old, new, was, became, [*path, was])
    rewritten = leaves(new, 9)
    assert not tree.verify_consistency(old, new, tree.root(old, whole(rewritten)), became, path)


def test_from_nothing_anything_follows_and_from_itself_nothing_more() -> None:
    root = leaves(1)[0]
    assert tree.verify_consistency(0, 1, tree.EMPTY_ROOT, root, [])
    assert not tree.verify_consistency(0, 1, root, root, [])
    assert tree.verify_consistency(7, 7, root, root, [])
    assert not tree.verify_consistency(7, 7, root, tree.EMPTY_ROOT, [])
    assert not tree.verify_consistency(7, 7, root, root, [root])
    assert not tree.verify_consistency(8, 7, root, root, [root])
    assert not tree.verify_consistency(3, 7, root, root, [])


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_what_cannot_be_proved_is_not_tried(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no proof"):
        tree.consistency(old, new, whole(leaves(3)))
    with pytest.raises(ValueError, match="not among"):
        tree.inclusion(3, 3, whole(leaves(3)))


def test_only_a_power_of_two_folds() -> None:
    with pytest.raises(ValueError, match="no power"):
        tree.fold(leaves(3))
