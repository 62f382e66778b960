"""The proof log at its public addresses: what an outsider needs to follow it, and nothing of anybody."""

from __future__ import annotations

import base64
from http import HTTPStatus

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.rules import notes, tiles, tree
from chengxin.doors.portal.views.public.log import MOST_BYTES, policy, verifier_page
from tests.people import NOW
from tests.rooms.access.test_sequencing import queue
from tests.rooms.access.test_witnessing import Witness

COUNT = 600


@pytest.fixture(scope="module", autouse=True)
def _a_log(city: None) -> None:
    access.sequence_log(at=NOW)
    for count in (1, 299, 300):
        queue(count)
        access.sequence_log(at=NOW)


def got(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == HTTPStatus.OK, address
    return response.content


def test_an_outsider_makes_the_whole_tree_again_from_the_addresses() -> None:
    """Entries, tiles, checkpoint and key alone lead to the root that was signed."""
    note = notes.note_of(got("/log/checkpoint").decode())
    head = notes.head_of(note.text)
    keys = [notes.key_of(line) for line in got("/log/key").decode().splitlines()]
    assert any(notes.verified(note, key) for key in keys)
    assert head.size == COUNT
    growing = tree.Frontier()
    for n, place in enumerate(("000", "001", "002.p/88")):
        bundle = got(f"/log/tile/entries/{place}")
        entries = [bundle[at + 2 : at + 34] for at in range(0, len(bundle), 34)]
        assert all(bundle[at : at + 2] == b"\x00\x20" for at in range(0, len(bundle), 34))
        hashes = [tree.leaf_hash(entry) for entry in entries]
        assert got(f"/log/tile/0/{place}") == b"".join(hashes)
        growing.add(hashes)
        if n < 2:
            assert got("/log/tile/1/000.p/2")[n * 32 : n * 32 + 32] == tree.fold(hashes)
    assert growing.root() == head.root


def test_every_checkpoint_continues_the_one_before() -> None:
    heads = [notes.head_of(notes.note_of(got(f"/log/checkpoint/{size}").decode()).text) for size in (1, 300, 600)]
    for old, new in ((heads[0], heads[1]), (heads[1], heads[2]), (heads[0], heads[2])):
        lines = got(f"/log/consistency/{old.size}/{new.size}").decode().splitlines()
        path = [base64.b64decode(line) for line in lines]
        assert tree.verify_consistency(old.size, new.size, old.root, new.root, path)


def test_types_and_how_long_they_may_be_kept() -> None:
    for address, kind, kept in (
        ("/log/checkpoint", "text/plain; charset=utf-8", "public, max-age=1"),
        ("/log/key", "text/plain; charset=utf-8", "public, max-age=1"),
        ("/log/tile/0/000", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/log/tile/entries/000", "application/octet-stream", "public, max-age=31536000, immutable"),
    ):
        response = Client().get(address)
        assert (response["Content-Type"], response["Cache-Control"]) == (kind, kept)


@pytest.mark.parametrize(
    "address",
    [
        "tile/0/003", "tile/0/002", "tile/0/002.p/89", "tile/0/002.p/0", "tile/0/000.p/256", "tile/0/0", "tile/0/x000/000",
        "tile/1/000", "tile/7/000.p/1", "tile/99/000", "tile/0/000.p/", "tile/entries/003", "tile/entries/zzz",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "checkpoint/2", "checkpoint/99999999999999999999999", "consistency/0/5", "consistency/5/4", "consistency/1/601",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(f"/log/{address}").status_code == HTTPStatus.NOT_FOUND


def test_a_witness_cosigns_without_a_session() -> None:
    witness = Witness()
    content = f"{witness.key.text()}\n\n{witness.cosign(got('/log/checkpoint/300').decode())}"
    response = Client(enforce_csrf_checks=True).post("/log/add-cosignature", content, content_type="text/plain")
    assert (response.status_code, response.content) == (HTTPStatus.OK, b"300\n")
    assert notes.verified(notes.note_of(got("/log/checkpoint/300").decode()), witness.key)


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400), (b"nonsense", 400), (b"a\n\nb", 400), (b"\xff\n\n\xff", 400), (b"x" * (MOST_BYTES + 1), 400),
    ],
)  # fmt: skip
def test_what_is_no_cosignature_is_refused(content: bytes, status: int) -> None:
    answer = Client().post(
        "/log/add-cosignature", content, content_type="text/plain", headers={"Accept": "application/json"}
    )
    assert answer.status_code == status
    assert answer.json()["code"] == "cosignature_unreadable"


def test_the_verifier_is_one_file_that_connects_nowhere() -> None:
    response = Client().get("/log/verify/")
    page = response.content.decode()
    assert response["Content-Security-Policy"] == f"{policy()}; frame-ancestors 'none'"
    assert "connect-src" not in policy()
    assert policy().startswith("default-src 'none'")
    assert "://" not in page
    assert " src=" not in page
    assert verifier_page("zh") == page != verifier_page("en")


def test_the_log_says_nothing_of_anybody() -> None:
    """Entries are digests: nothing in any answer is text but names, numbers and signatures."""
    body = got("/log/checkpoint").decode()
    assert body.splitlines()[0] == access.log_origin()
    assert len(tiles.split(got("/log/tile/0/000"))) == 256
