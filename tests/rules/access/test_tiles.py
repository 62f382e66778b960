"""Tiles: the same tree in rows of 256, addresses as C2SP tlog-tiles writes them, entry bundles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.access.rules import tiles, tree
from tests.rules.access.trees import leaves, whole


def _tiled(hashes: list[bytes]) -> tiles.FetchTile:
    rows = [hashes]
    while len(rows[-1]) >= tiles.WIDTH:
        below = rows[-1]
        rows.append(
            [tree.fold(below[at : at + tiles.WIDTH]) for at in range(0, len(below) - tiles.WIDTH + 1, tiles.WIDTH)]
        )
    return lambda level, n: b"".join(rows[level][n * tiles.WIDTH : (n + 1) * tiles.WIDTH])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, 70_000])
def test_a_tiled_tree_is_the_same_tree(size: int) -> None:
    hashes = leaves(size)
    node, tiled = whole(hashes), tiles.node_reader(_tiled(hashes))
    assert tree.root(size, tiled) == tree.root(size, node)
    for index in {0, size // 3, size // 2, size - 1}:
        assert tree.inclusion(index, size, tiled) == tree.inclusion(index, size, node)
        assert tree.consistency(index + 1, size, tiled) == tree.consistency(index + 1, size, node)


def test_a_proof_reads_two_or_three_tiles_a_level_at_most() -> None:
    hashes, read = leaves(70_000), []
    fetch = _tiled(hashes)

    def counted(level: int, n: int) -> bytes:
        read.append((level, n))
        return fetch(level, n)

    tree.inclusion(123, 70_000, tiles.node_reader(counted))
    assert len(read) == len(set(read)) <= 6


def test_a_tile_that_is_too_short_is_named() -> None:
    with pytest.raises(LookupError, match="tile 0/1"):
        tree.root(300, tiles.node_reader(lambda level, n: b"\0" * 32))


@pytest.mark.parametrize(
    ("n", "path"), [(0, "000"), (67, "067"), (1000, "x001/000"), (1234067, "x001/x234/067"), (999, "999")]
)
def test_addresses_of_tiles(n: int, path: str) -> None:
    assert tiles.path_of(n) == path
    assert tiles.number_of(path) == n


@pytest.mark.parametrize("path", ["", "1", "0000", "x000/001", "001/002", "x001", "x01/002", "x001/x234/067/", "-01"])
def test_no_other_address_names_a_tile(path: str) -> None:
    assert tiles.number_of(path) is None


@given(st.integers(0, 10**15))
def test_every_number_has_one_address(n: int) -> None:
    assert tiles.number_of(tiles.path_of(n)) == n


def test_an_entry_stands_after_its_length() -> None:
    assert tiles.bundle(b"a" * 32 + b"b" * 32) == b"\x00\x20" + b"a" * 32 + b"\x00\x20" + b"b" * 32


@pytest.mark.parametrize(
    ("level", "n", "size", "width"),
    [(0, 0, 0, 0), (0, 0, 5, 5), (0, 1, 256, 0), (0, 0, 256, 256), (1, 0, 255, 0), (1, 0, 513, 2), (2, 0, 65_536, 1)],
)
def test_width_of_a_tile_in_a_tree(level: int, n: int, size: int, width: int) -> None:
    assert tiles.width_at(level, n, size) == width
