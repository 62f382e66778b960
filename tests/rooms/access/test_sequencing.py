"""From a committed look to a signed checkpoint: none missed, none twice, whoever is killed or late (F13)."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction
from django.test import override_settings

from chengxin.access import facade as access
from chengxin.access.actions import sequencing
from chengxin.access.models import LogTile, LogWaiting, Look
from chengxin.access.queries import log
from chengxin.access.rules import notes, tiles, tree
from chengxin.access.terms import LogBroken, NotYetInTheLog
from chengxin.foundation import prepare
from chengxin.foundation.database import as_person, in_transaction
from chengxin.kernel.errors import NotFound
from tests.people import NOW, Someone, make_person


def queue(count: int) -> list[bytes]:
    """Commitments of looks that are committed, without the looks."""
    made = [secrets.token_bytes(32) for _ in range(count)]
    with in_transaction():
        sequencing.queue_leaves(made)
    return made


def sequence() -> int:
    added = 0
    while more := access.sequence_log(at=NOW):
        added += more
    return added


def entries() -> list[bytes]:
    rows = LogTile.objects.filter(height=0).order_by("n")
    return [entry for row in rows for entry in tiles.split(bytes(row.hashes))]


@pytest.fixture(autouse=True)
def _nothing_waits() -> Iterator[None]:
    sequence()
    yield
    sequence()
    head = notes.head_of(notes.note_of(access.signed_checkpoint()).text)
    growing = tree.Frontier()
    growing.add(tree.leaf_hash(entry) for entry in entries())
    assert (head.size, head.root) == (growing.size, growing.root()), "the checkpoint is of the entries"


def look(someone: Someone) -> Look:
    access.own_file(actor=someone.actor, person_id=someone.person_id, at=NOW)
    with as_person(someone.person_id):
        return Look.objects.order_by("-look_id")[0]


def test_a_look_reaches_a_signed_checkpoint() -> None:
    someone = make_person()
    row = look(someone)
    with as_person(someone.person_id), pytest.raises(NotYetInTheLog):
        access.look_proof(someone.person_id, row.uid, at=NOW)
    assert access.log_state().waiting == 1
    assert sequence() == 1
    assert bytes(row.commitment) in entries()
    with as_person(someone.person_id):
        proof = access.look_proof(someone.person_id, row.uid, at=NOW)
    assert access.proof_fault(proof, proof.keys) is None
    state = access.log_state()
    assert (state.waiting, state.late, state.at) == (0, False, NOW)
    assert state.size == len(entries()) > proof.index


def test_a_proof_is_of_ones_own_look() -> None:
    someone, other = make_person(), make_person()
    row = look(someone)
    sequence()
    with as_person(other.person_id), pytest.raises(NotFound):
        access.look_proof(other.person_id, row.uid, at=NOW)


def test_a_look_that_is_rolled_back_leaves_no_leaf() -> None:
    someone = make_person()
    with transaction.atomic():
        look(someone)
        transaction.set_rollback(True)
    assert not LogWaiting.objects.exists()


@pytest.mark.parametrize("count", [1, 254, 2, 600, 65_000])
def test_the_tree_grows_over_the_edges_of_tiles(count: int) -> None:
    before = log.log_size()
    made = queue(count)
    assert sequence() == count
    assert set(entries()[before:]) == set(made)
    if before:
        was = notes.head_of(notes.note_of(access.signed_checkpoint(before)).text)
        now = notes.head_of(notes.note_of(access.signed_checkpoint()).text)
        path = access.consistency_proof(before, now.size)
        assert tree.verify_consistency(before, now.size, was.root, now.root, path)


def test_batches_are_bounded() -> None:
    queue(5)
    assert [access.sequence_log(at=NOW, most=2) for _ in range(4)] == [2, 2, 1, 0]


def test_writers_beside_the_sequencer_lose_nothing() -> None:
    before, done, made = log.log_size(), threading.Event(), []

    def write() -> list[bytes]:
        try:
            return [one for _ in range(20) for one in queue(5)]
        finally:
            connections.close_all()

    def work() -> int:
        added = 0
        try:
            while not done.is_set():
                added += access.sequence_log(at=NOW)
            return added
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        workers = [pool.submit(work) for _ in range(2)]
        for writer in [pool.submit(write) for _ in range(3)]:
            made += writer.result()
        done.set()
        added = sum(one.result() for one in workers)
    assert added + sequence() == len(made) == 300
    assert sorted(entries()[before:]) == sorted(made)


def test_a_transaction_that_commits_late_is_not_missed_and_holds_nobody_up() -> None:
    before = log.log_size()
    late = secrets.token_bytes(32)
    with beside() as other:
        other.execute("INSERT INTO access_log_waiting (commitment) VALUES (%s)", [late])
        made = queue(3)
        assert sequence() == 3, "others do not wait for the long one"
        assert late not in entries()
        other.commit()
    assert sequence() == 1
    assert sorted(entries()[before:]) == sorted([*made, late])


@pytest.mark.parametrize("step", ["_require_sound", "Growth.append", "Growth.keep", "_sign"])
def test_a_sequencer_that_dies_between_steps_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    before, made = entries(), queue(300)

    def die(*_: object, **__: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr(f"chengxin.access.actions.sequencing.{step}", die)
        with pytest.raises(SystemExit):
            access.sequence_log(at=NOW)
    assert entries() == before
    assert access.log_state().waiting == 300
    assert sequence() == 300
    assert sorted(entries()[len(before) :]) == sorted(made)


def test_one_sequencer_at_a_time() -> None:
    queue(1)
    with beside() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sequencing._ONE_SEQUENCER])
        assert access.sequence_log(at=NOW) == 0
        other.rollback()
    assert access.sequence_log(at=NOW) == 1


def test_nothing_is_signed_over_a_tree_that_was_changed() -> None:
    queue(300)
    sequence()
    with changed("UPDATE access_log_tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) WHERE height = 0 AND n ="
                 " (SELECT max(n) FROM access_log_tile WHERE height = 0)"):  # fmt: skip
        queue(1)
        with pytest.raises(LogBroken):
            access.sequence_log(at=NOW)
        assert access.log_state().waiting == 1


def test_nothing_is_signed_under_another_name() -> None:
    queue(1)
    with override_settings(CHENGXIN_LOG_ORIGIN="elsewhere.invalid/log"), pytest.raises(LogBroken):
        access.sequence_log(at=NOW)


def test_what_waits_too_long_is_an_alarm() -> None:
    with beside() as other:
        other.execute(
            "INSERT INTO access_log_waiting (commitment, queued_at) VALUES (%s, now() - interval '31 s')",
            [secrets.token_bytes(32)],
        )
        other.commit()
    assert access.log_state().late
    sequence()
    assert not access.log_state().late


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log_tile SET hashes = substring(hashes FROM 1 FOR 32) WHERE octet_length(hashes) > 32",
        "UPDATE access_log_tile SET hashes = overlay(hashes PLACING '\\x00' FROM 1)",
        "UPDATE access_log_tile SET n = n + 1000000",
        "UPDATE access_log_tile SET height = 7",
        "DELETE FROM access_log_tile",
        "TRUNCATE access_log_tile",
        "UPDATE access_log_checkpoint SET at = now()",
        "DELETE FROM access_log_checkpoint",
        "DELETE FROM access_log_cosignature",
    ],
)
@pytest.mark.parametrize("alias", ["default", "owner"])
def test_the_log_only_grows(statement: str, alias: str) -> None:
    queue(2)
    sequence()
    if alias == "owner" and "cosignature" in statement:
        statement = "TRUNCATE access_log_cosignature"
    with (
        pytest.raises(DatabaseError, match=r"only grows|append-only|permission denied"),
        connections[alias].cursor() as one,
    ):
        one.execute(statement)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("INSERT INTO access_log_waiting (commitment) VALUES ('\\x00')", "access_log_waiting_is_a_digest"),
        ("INSERT INTO access_log_tile VALUES (0, 9999, '\\x00')", "access_log_tile_is_whole_digests"),
        ("INSERT INTO access_log_tile VALUES (8, 0, decode(repeat('00', 32), 'hex'))", "access_log_tile_has_a_place"),
        ("INSERT INTO access_log_checkpoint VALUES (99999999, '\\x00', now(), 'x')", "access_log_checkpoint_root_is_a_digest"),
        ("INSERT INTO access_log_checkpoint VALUES (-1, decode(repeat('00', 32), 'hex'), now(), 'x')",
         "access_log_checkpoint_is_signed"),
        ("INSERT INTO access_log_cosignature VALUES (1, '', 'x', now(), true)", "access_log_cosignature_names_its_key"),
    ],
)  # fmt: skip
def test_each_constraint_holds(statement: str, constraint: str) -> None:
    with pytest.raises(DatabaseError, match=constraint), connections["default"].cursor() as cursor:
        cursor.execute(statement)


def test_where_a_leaf_stands_is_found_by_whole_entries_alone() -> None:
    made = queue(40)
    sequence()
    kept = entries()
    for one in made[:5]:
        assert log.index_of(one, at=NOW) == kept.index(one)
    astride = kept[-2][16:] + kept[-1][:16]
    assert log.index_of(astride, at=NOW) is None


@contextmanager
def beside() -> Iterator[psycopg.Connection[Any]]:
    """Another connection to the module's city, as administrator, in a transaction of its own."""
    with prepare.admin(connections["owner"].settings_dict["NAME"]) as connection:
        connection.autocommit = False
        yield connection


@contextmanager
def changed(statement: str) -> Iterator[None]:
    """Within the block, one byte is another; triggers are no hindrance to who holds the server."""
    _change(statement)
    yield
    _change(statement)


def _change(statement: str) -> None:
    with beside() as other:
        other.execute("SET LOCAL session_replication_role = replica")
        assert other.execute(statement.encode()).rowcount == 1
        other.commit()
