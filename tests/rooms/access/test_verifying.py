"""The whole log is checked against itself and against the looks: one byte that differs anywhere is found and named."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from chengxin.access import facade as access
from chengxin.access.actions import sequencing
from chengxin.access.models import Look
from chengxin.access.rules import commitment, leaf, notes
from chengxin.access.terms import Looker, Purpose
from chengxin.foundation import prepare
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import WEB, as_person, in_transaction
from tests.people import NOW, make_person


@pytest.fixture(scope="module", autouse=True)
def _a_log(city: None) -> None:
    """700 looks, sequenced in four runs; a cosignature under the last checkpoint but one."""
    access.sequence_log(at=NOW)
    people = [make_person() for _ in range(4)]
    for someone in people:
        for _ in range(175):
            with as_person(someone.person_id):
                write_look(someone.person_id)
        access.sequence_log(at=NOW)
        if someone is people[2]:
            cosign()


def write_look(person_id: UUID) -> None:
    actor = Actor(kind="person", person_id=person_id)
    access.log_look(actor=actor, person_id=person_id, purpose=Purpose.OWN_FILE, fields=("looks",), at=NOW)


def cosign() -> None:
    private = Ed25519PrivateKey.generate()
    key = notes.NoteKey("witness.invalid", notes.WITNESS_KEY, private.public_key().public_bytes_raw())
    note = notes.note_of(access.signed_checkpoint())
    signature = (1).to_bytes(8, "big") + private.sign(notes.cosigned_text(note.text, 1))
    line = notes.NoteSignature(key.name, key.id, signature)
    cosigned = notes.Note(note.text, (*note.signatures, line))
    access.add_cosignature(key=key.text(), content=cosigned.content(), at=NOW)


@contextmanager
def beside() -> Iterator[psycopg.Connection[Any]]:
    """As administrator, past every trigger; what was done is undone at the end by the caller's transaction."""
    with prepare.admin(connections["owner"].settings_dict["NAME"]) as connection:
        connection.autocommit = False
        connection.execute("SET LOCAL session_replication_role = replica")
        yield connection


@contextmanager
def tampered(statement: str) -> Iterator[None]:
    """Within the block the statement has happened; after it the tables are as before."""
    name = statement.split()[1 if statement.startswith("UPDATE") else 2]
    with beside() as other:
        other.execute(f"CREATE TABLE kept AS TABLE {name}".encode())
        assert other.execute(statement.encode()).rowcount == 1
        other.commit()
    try:
        yield
    finally:
        with beside() as other:
            other.execute(f"DELETE FROM {name}".encode())
            other.execute(f"INSERT INTO {name} TABLE kept".encode())
            other.execute(b"DROP TABLE kept")
            other.commit()


def faults() -> set[tuple[str, str]]:
    return {(fault.kind, fault.where) for fault in access.verify_log()}


def kinds() -> set[str]:
    return {kind for kind, _ in faults()}


def test_a_log_that_nobody_touched_has_no_fault() -> None:
    assert faults() == set()
    assert access.log_state().size == 700


FLIP = "set_byte({0}, {1}, get_byte({0}, {1}) # 1)"


@pytest.mark.parametrize(("n", "byte"), [(0, 0), (0, 8191), (1, 4000), (2, 0), (2, 6015)])
def test_a_byte_of_an_entry(n: int, byte: int) -> None:
    with tampered(f"UPDATE access_log_tile SET hashes = {FLIP.format('hashes', byte)} WHERE height = 0 AND n = {n}"):
        found = faults()
    index = n * 256 + byte // 32
    assert ("leaf_without_look", str(index)) in found
    assert {"checkpoint_of_another_tree", "look_not_in_the_log"} <= {kind for kind, _ in found}
    assert (("tile_differs", "tile/1/000") in found) == (n < 2), (
        "the last tile is not whole: its checkpoint tells of it"
    )


@pytest.mark.parametrize("byte", [0, 31, 32, 63])
def test_a_byte_of_a_tile_above(byte: int) -> None:
    with tampered(f"UPDATE access_log_tile SET hashes = {FLIP.format('hashes', byte)} WHERE height = 1"):
        assert faults() == {("tile_differs", "tile/1/000")}


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_tile_taken_away(n: int) -> None:
    with tampered(f"DELETE FROM access_log_tile WHERE height = 0 AND n = {n}"):
        assert {"checkpoint_beyond_the_log", "look_not_in_the_log"} <= kinds()
    with tampered("DELETE FROM access_log_tile WHERE height = 1"):
        assert faults() == {("tile_missing", "tile/1/000")}


def test_a_tile_too_many() -> None:
    with tampered("INSERT INTO access_log_tile VALUES (2, 0, decode(repeat('00', 32), 'hex'))"):
        assert faults() == {("tile_differs", "tile/2/000")}


def test_an_entry_too_many() -> None:
    with tampered(
        "UPDATE access_log_tile SET hashes = hashes || decode(repeat('00', 32), 'hex') WHERE height = 0 AND n = 2"
    ):
        assert faults() == {("entries_never_signed", "700"), ("leaf_without_look", "700")}


def test_the_last_entry_taken_away() -> None:
    cut = "substring(hashes FROM 1 FOR octet_length(hashes) - 32)"
    with tampered(f"UPDATE access_log_tile SET hashes = {cut} WHERE height = 0 AND n = 2"):
        assert {"checkpoint_beyond_the_log", "look_not_in_the_log"} == kinds()


CHECKPOINTS = {
    "its root": (f"root = {FLIP.format('root', 5)}", "checkpoint_of_another_tree"),
    "its size in the text": ("note = replace(note, E'\\n350\\n', E'\\n351\\n')", "checkpoint_unsigned"),
    "its name": ("note = 'x' || note", "checkpoint_unsigned"),
    "its signature": ("note = replace(note, right(note, 9), 'AAAAAAA=' || chr(10))", "checkpoint_unsigned"),
    "its form": ("note = rtrim(note, chr(10))", "checkpoint_unreadable"),
}


@pytest.mark.parametrize(("change", "kind"), CHECKPOINTS.values(), ids=CHECKPOINTS)
def test_a_byte_of_a_checkpoint(change: str, kind: str) -> None:
    with tampered(f"UPDATE access_log_checkpoint SET {change} WHERE size = 350"):
        found = faults()
    assert {where for _, where in found} == {"350"}
    assert kind in {one for one, _ in found}


def test_a_checkpoint_moved_to_another_size() -> None:
    with tampered("UPDATE access_log_checkpoint SET size = 349 WHERE size = 350"):
        assert faults() == {("checkpoint_of_another_tree", "349")}


def test_a_byte_of_a_cosignature() -> None:
    with tampered("UPDATE access_log_cosignature SET line = replace(line, right(line, 9), 'AAAAAAA=' || chr(10))"):
        assert kinds() == {"cosignature_wrong"}
    with tampered("UPDATE access_log_cosignature SET size = 350"):
        assert kinds() == {"cosignature_wrong"}


COLUMNS = {
    "uid": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "actor_kind": "'system'",
    "official_id": "gen_random_uuid()",
    "organisation_id": "gen_random_uuid()",
    "role": "'x'",
    "purpose": "'own_export'",
    "ground_law": "ground_law || 'x'",
    "ground_article": "'46'",
    "case_ref": "'x'",
    "entries": """'[{"uid": "x", "version": 1}]'""",
    "fields": """'["x"]'""",
    "outcome": "'refused'",
    "operation": "'check'",
    "client_id": "gen_random_uuid()",
    "consent": "gen_random_uuid()",
    "emergency": "NOT emergency, reason = 'x', actor_kind = 'official', official_id = uid, organisation_id = uid",
    "reason": "'x'",
    "opens_at": "at + interval '1 day'",
    "request_key": "'x'",
    "salt": FLIP.format("salt", 3),
    "commitment": FLIP.format("commitment", 3),
}
ONE = "(SELECT uid FROM access_look ORDER BY uid LIMIT 1)"


def test_every_column_of_a_look_is_tried() -> None:
    assert set(COLUMNS) == {field.name for field in Look._meta.concrete_fields} - {"person_id", "look_id"}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_byte_of_a_look(column: str) -> None:
    with tampered(f"UPDATE access_look SET {column} = {COLUMNS[column]} WHERE uid = {ONE}"):
        found = faults()
    assert "look_changed" in {kind for kind, _ in found}
    assert len({where for kind, where in found if kind == "look_changed"}) == 1


def test_a_look_written_anew_with_a_commitment_that_fits() -> None:
    """Who holds the database can make a row that agrees with itself. It has no leaf, and the old leaf has no row."""
    with beside() as other:
        row = other.execute(b"SELECT uid, at, person_id FROM access_look ORDER BY uid LIMIT 1").fetchone()
        assert row is not None
    salt = secrets.token_bytes(16)
    looker = Looker("person", None, None, None, "")
    text = leaf(uid=row[0], at=row[1], looker=looker, purpose="own_export", ground=("个人信息保护法", "45"), case_ref="",
                entries=[], fields=["looks"], outcome="shown")  # fmt: skip
    fits = commitment(salt, text)
    with tampered(f"UPDATE access_look SET purpose = 'own_export', salt = '\\x{salt.hex()}', commitment = '\\x{fits.hex()}'"
                  f" WHERE uid = '{row[0]}'"):  # fmt: skip
        found = faults()
    assert ("look_not_in_the_log", str(row[0])) in found
    assert {kind for kind, _ in found} == {"look_not_in_the_log", "leaf_without_look"}


def test_a_look_taken_away() -> None:
    with tampered(f"DELETE FROM access_look WHERE uid = {ONE}"):
        assert kinds() == {"leaf_without_look"}


def test_a_look_that_was_never_queued() -> None:
    with tampered("INSERT INTO access_log_waiting (commitment) VALUES (decode(repeat('ab', 32), 'hex'))"):
        assert faults() == set(), "what waits is no fault yet"
    someone = make_person()
    with as_person(someone.person_id):
        write_look(someone.person_id)
    assert faults() == set()
    with beside() as other:
        other.execute(b"DELETE FROM access_log_waiting")
        other.commit()
    assert kinds() == {"look_not_in_the_log"}
    with as_person(someone.person_id):
        (row,) = Look.objects.all()
    with in_transaction(WEB):
        sequencing.queue_leaves([bytes(row.commitment)])
    access.sequence_log(at=NOW)
    assert faults() == set()
