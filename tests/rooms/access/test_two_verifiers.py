"""Two verifiers agree: ours and that of another project, which shares no line with ours, on proofs of either's making.

The other project writes a proof of inclusion as ours with the leaf before it. Its proof of consistency is longer than the RFC's:
where the RFC gives the root of the first subtree that the old tree lacks, it gives what that subtree is made of, down to the
first new leaf. Folding those steps makes its proof ours (``folded``); opening the one step makes ours its proof (``opened``).
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pymerkle
import pytest

from chengxin.access.rules import tree
from tests.rules.access.trees import whole

SIZE = 5_000
PROOFS = 10_000
SEED = 9162


@dataclass(frozen=True)
class Trees:
    """One tree, built by both."""

    leaves: list[bytes]
    node: tree.Node
    other: pymerkle.InmemoryTree
    roots: list[bytes]


@pytest.fixture(scope="module")
def trees() -> Trees:
    rng = random.Random(SEED)
    entries = [rng.randbytes(32) for _ in range(SIZE)]
    leaves = [tree.leaf_hash(entry) for entry in entries]
    other = pymerkle.InmemoryTree("sha256")
    growing, roots = tree.Frontier(), [tree.EMPTY_ROOT]
    for entry, leaf in zip(entries, leaves, strict=True):
        other.append_entry(entry)
        growing.add([leaf])
        roots.append(growing.root())
    return Trees(leaves, whole(leaves), other, roots)


def included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """What the other project says of a proof of inclusion as we write it."""
    proof = pymerkle.MerkleProof.deserialize({
        "type": "inclusion",
        "metadata": {"algorithm": "sha256", "security": True, "size": size, "index": index + 1},
        "rule": sides(index, size),
        "path": [step.hex() for step in (leaf, *path)],
    })  # fmt: skip
    try:
        pymerkle.verify_inclusion(leaf, root, proof, index=index + 1, size=size, algorithm="sha256")
    except pymerkle.InvalidProof:
        return False
    return True


def consistent(old: int, new: int, was: bytes, became: bytes, path: list[bytes]) -> bool:
    """What the other project says of a proof of consistency in its own, longer form."""
    rule = sides(old, new)
    proof = pymerkle.MerkleProof.deserialize({
        "type": "consistency",
        "metadata": {"algorithm": "sha256", "security": True, "size": new, "prior_size": old},
        "rule": rule,
        "subset": [0, *rule[:-1]],
        "path": [step.hex() for step in path],
    })  # fmt: skip
    try:
        pymerkle.verify_consistency(was, became, proof, prior_size=old, later_size=new, algorithm="sha256")
    except pymerkle.InvalidProof:
        return False
    return True


def sides(index: int, size: int) -> list[int]:
    """On which side each step of a leaf's way to the root stands, 1 for the left; then a 0, which the other project wants."""
    found: list[int] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + (1 << ((high - low - 1).bit_length() - 1))
        found.append(int(index >= middle))
        low, high = (middle, high) if index >= middle else (low, middle)
    return [*found[::-1], 0]


def folded(old: int, new: int, steps: list[bytes]) -> list[bytes]:
    """The other project's proof of consistency as the RFC writes it."""
    below = steps[: lacking_steps(old, new)]
    lacking = below[0]
    for step in below[1:]:
        lacking = tree.node_hash(lacking, step)
    kept, *rest = steps[len(below) :]
    return [lacking, *rest] if whole_tree(old) else [kept, lacking, *rest]


def opened(old: int, new: int, path: list[bytes], was: bytes, to_first_new: list[bytes]) -> list[bytes]:
    """Our proof of consistency as the other project writes it; ``to_first_new`` is the way from the first new leaf upwards."""
    kept, rest = (was, path[1:]) if whole_tree(old) else (path[0], path[2:])
    return [*to_first_new[: lacking_steps(old, new)], kept, *rest]


def lacking_steps(old: int, new: int) -> int:
    """How many hashes make up the first subtree that the old tree lacks: the first new leaf and all that stands right of it."""
    return sides(old, new).index(1) + 1


def whole_tree(old: int) -> bool:
    """Whether the old tree is one whole subtree: the RFC then leaves its root out, for the verifier has it."""
    return not old & (old - 1)


def one_bit_off(steps: list[bytes], rng: random.Random, but: int | None = None) -> list[bytes]:
    at, bit = rng.choice([at for at in range(len(steps)) if at != but]), rng.randrange(256)
    bent = bytearray(steps[at])
    bent[bit >> 3] ^= 1 << (bit & 7)
    return [*steps[:at], bytes(bent), *steps[at + 1 :]]


def test_they_build_the_same_tree(trees: Trees) -> None:
    for size in range(1, SIZE + 1, 7):
        assert trees.other.get_root(size) == trees.roots[size] == tree.root(size, trees.node)


def test_they_agree_on_proofs_of_inclusion(trees: Trees) -> None:
    rng = random.Random(SEED + 1)
    for _ in range(PROOFS):
        size = rng.randint(1, SIZE)
        index = rng.randrange(size)
        leaf, root = trees.leaves[index], trees.roots[size]
        path = tree.inclusion(index, size, trees.node)
        theirs = trees.other.prove_inclusion(index + 1, size).path
        assert theirs == [leaf, *path]
        assert tree.verify_inclusion(leaf, index, size, theirs[1:], root)
        assert included(leaf, index, size, path, root)
        if path:
            bent = one_bit_off(path, rng)
            assert not tree.verify_inclusion(leaf, index, size, bent, root)
            assert not included(leaf, index, size, bent, root)


def test_they_agree_on_proofs_of_consistency(trees: Trees) -> None:
    rng = random.Random(SEED + 2)
    for _ in range(PROOFS):
        new = rng.randint(2, SIZE)
        old = rng.randint(1, new - 1)
        was, became = trees.roots[old], trees.roots[new]
        path = tree.consistency(old, new, trees.node)
        theirs = trees.other.prove_consistency(old, new).path
        assert tree.verify_consistency(old, new, was, became, folded(old, new, theirs))
        ours = opened(old, new, path, was, [trees.leaves[old], *tree.inclusion(old, new, trees.node)])
        assert consistent(old, new, was, became, ours)
        assert (folded(old, new, theirs), ours) == (path, theirs)
        # the root of a whole old tree is a step of theirs alone
        bent = one_bit_off(theirs, rng, but=lacking_steps(old, new) if whole_tree(old) else None)
        assert not tree.verify_consistency(old, new, was, became, folded(old, new, bent))
        assert not consistent(old, new, was, became, bent)


@pytest.mark.parametrize("index", [0, 1, 4095, 4096, SIZE - 1])
def test_neither_takes_a_leaf_in_another_place_or_under_another_root(trees: Trees, index: int) -> None:
    path, root = tree.inclusion(index, SIZE, trees.node), trees.roots[SIZE]
    other = (index + 1) % SIZE
    for leaf, place, claimed in (
        (trees.leaves[other], index, root),
        (trees.leaves[index], other, root),
        (trees.leaves[index], index, trees.roots[SIZE - 1]),
    ):
        assert not tree.verify_inclusion(leaf, place, SIZE, path, claimed)
        assert not included(leaf, place, SIZE, path, claimed)


@pytest.mark.parametrize("old", [1, 2, 4095, 4096, SIZE - 1])
def test_neither_takes_another_past_or_another_present(trees: Trees, old: int) -> None:
    was, became = trees.roots[old], trees.roots[SIZE]
    path = tree.consistency(old, SIZE, trees.node)
    longer = opened(old, SIZE, path, was, [trees.leaves[old], *tree.inclusion(old, SIZE, trees.node)])
    for past, present in ((trees.roots[old + 1], became), (was, trees.roots[SIZE - 2]), (became, was)):
        assert not tree.verify_consistency(old, SIZE, past, present, path)
        assert not consistent(old, SIZE, past, present, longer)
