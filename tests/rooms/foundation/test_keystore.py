import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from chengxin.foundation import clock, keystore
from chengxin.foundation.ciphers import SealBroken
from chengxin.foundation.keyring import Keyring, forget
from chengxin.foundation.keystore import INTAKE, WEB
from chengxin.kernel.ids import new_id, new_ids

_AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture(params=["intl", "sm"])
def ring(request: pytest.FixtureRequest, use: Callable[[Keyring], None]) -> Keyring:
    made = Keyring.create(request.param)
    use(made)
    return made


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Keyring], None]]:
    def change_to(ring: Keyring) -> None:
        monkeypatch.setenv("CHENGXIN_KEYS", ring.content())
        forget()

    # Keys of another test's keyring open for nobody.
    _as_owner("DELETE FROM held_key")
    yield change_to
    forget()


def _as_owner(statement: str, *values: UUID) -> list[tuple[Any, ...]]:
    with connections["keys_owner"].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_each_owner_gets_a_key_of_its_own_and_keeps_it(ring: Keyring) -> None:
    ids = new_ids(300)
    made = keystore.make_many("person", ids, alias=INTAKE)
    assert list(map(len, made.values())) == [ring.suite.key_bytes] * 300
    assert made.keys() == set(ids)
    assert len(set(made.values())) == 300
    assert keystore.load_many("person", ids, alias=WEB) == made
    assert keystore.make_many("person", ids, alias=WEB) == made


def test_some_there_and_some_not(ring: Keyring) -> None:
    there = keystore.make_many("person", new_ids(3), alias=INTAKE)
    both = keystore.make_many("person", [*there, *new_ids(2)], alias=INTAKE)
    assert len(both) == 5
    assert there.items() <= both.items()
    nobody = new_id()
    assert nobody not in keystore.load_many("person", [*both, nobody], alias=WEB)
    assert keystore.load_many("person", [nobody], alias=WEB) == {}
    assert keystore.load_many("person", [], alias=WEB) == keystore.make_many("person", [], alias=WEB) == {}
    assert keystore.make_many("person", [nobody, nobody], alias=INTAKE).keys() == {nobody}


def test_kinds_of_one_id_are_different_owners(ring: Keyring) -> None:
    owner = new_id()
    keys = [keystore.make_many(kind, [owner], alias=INTAKE)[owner] for kind in ("person", "file", "quarantine")]
    assert len(set(keys)) == 3
    assert keystore.destroy("file", owner)
    assert keystore.load_many("person", [owner], alias=WEB) == {owner: keys[0]}
    with pytest.raises(IntegrityError, match="held_key_kind_is_known"):
        keystore.make_many("household", [owner], alias=INTAKE)  # type: ignore[arg-type]


def test_makers_that_meet_get_the_same_keys(ring: Keyring) -> None:
    ids = new_ids(5_000)  # enough that the inserts overlap: in different orders they would wait for each other
    together = threading.Barrier(4)
    got: list[dict[UUID, bytes]] = []

    def make(order: int) -> None:
        try:
            together.wait()
            got.append(keystore.make_many("person", ids[::order], alias=INTAKE))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=(order,)) for order in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert all(keys == keystore.load_many("person", ids, alias=WEB) for keys in got)


def test_a_row_put_under_another_owner_does_not_open(ring: Keyring) -> None:
    one, other = new_ids(2)
    keystore.make_many("person", [one, other], alias=INTAKE)
    _as_owner(
        "UPDATE held_key SET wrapped = (SELECT wrapped FROM held_key WHERE owner_id = %s) WHERE owner_id = %s",
        other,
        one,
    )
    with pytest.raises(SealBroken):
        keystore.load_many("person", [one], alias=WEB)
    _as_owner("UPDATE held_key SET owner_kind = 'file' WHERE owner_id = %s", other)
    with pytest.raises(SealBroken):
        keystore.load_many("file", [other], alias=WEB)


def test_what_is_stored_is_not_the_key(ring: Keyring) -> None:
    (key,) = keystore.make_many("person", [new_id()], alias=INTAKE).values()
    ((wrapped, made_at),) = _as_owner("SELECT wrapped, made_at FROM held_key")
    assert key not in bytes(wrapped)
    assert abs(made_at - clock.now()) < timedelta(minutes=1)


def test_a_destroyed_key_is_gone_for_good(ring: Keyring) -> None:
    person, other = new_ids(2)
    before = keystore.make_person_keys([person, other], alias=INTAKE)
    assert keystore.destroy_person_key(person)
    assert not keystore.destroy_person_key(person)
    assert keystore.person_keys([person, other], alias=WEB) == {other: before[other]}
    # A new key of the same owner opens nothing of the old.
    assert keystore.make_person_keys([person], alias=INTAKE)[person] != before[person]


@pytest.mark.parametrize(
    "write", [keystore.make_person_keys, lambda ids, alias: keystore.destroy("person", ids[0], alias=alias)]
)
def test_writing_within_a_transaction_that_may_roll_back_is_refused(
    ring: Keyring, write: Callable[..., object]
) -> None:
    alias = INTAKE if write is keystore.make_person_keys else keystore.DISPOSER
    with transaction.atomic(using=alias), pytest.raises(RuntimeError, match="durable"):
        write([new_id()], alias=alias)


def test_keys_survive_a_ledger_that_rolls_back(ring: Keyring) -> None:
    person = new_id()
    with transaction.atomic(using="intake"):
        made = keystore.make_person_keys([person], alias=INTAKE)
        transaction.set_rollback(True, using="intake")
    assert keystore.person_keys([person], alias=WEB) == made


def test_a_commit_waits_for_the_disk_whatever_the_server_is_set_to(ring: Keyring) -> None:
    with connections[INTAKE].cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            with keystore._durably(INTAKE) as inside:
                assert inside.execute("SHOW synchronous_commit").fetchone() == ("on",)
            cursor.execute("SET synchronous_commit = remote_apply")
            with keystore._durably(INTAKE) as inside:
                assert inside.execute("SHOW synchronous_commit").fetchone() == ("remote_apply",)
        finally:
            cursor.execute("RESET synchronous_commit")


@pytest.mark.parametrize(
    ("alias", "statement"),
    [
        *((alias, "UPDATE held_key SET made_at = now()") for alias in ("keys", "keys_intake", "keys_disposer")),
        *((alias, "TRUNCATE held_key") for alias in ("keys", "keys_intake", "keys_disposer")),
        *((alias, "DELETE FROM held_key") for alias in ("keys", "keys_intake")),
        ("keys_disposer", f"INSERT INTO held_key VALUES ('person', '{UUID(int=1)}', '', now())"),
    ],
)
def test_no_role_does_more_than_its_task(ring: Keyring, alias: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connections[alias].cursor() as cursor:
        cursor.execute(statement)


# ---- rotation of the master key -----------------------------------------------------------------------------------------


def test_rewrapping_moves_every_key_and_changes_none(ring: Keyring, use: Callable[[Keyring], None]) -> None:
    persons = keystore.make_many("person", new_ids(25), alias=INTAKE)
    batches = keystore.make_many("file", new_ids(4), alias=INTAKE)
    rotated = ring.rotate_master()
    use(rotated)
    late = keystore.make_many("person", new_ids(3), alias=INTAKE)
    assert keystore.stale() == 29
    told: list[int] = []
    assert keystore.rewrap_all(batch=10, progress=told.append) == 29
    assert told == [10, 20, 30, 32]
    assert keystore.stale() == keystore.rewrap_all() == 0
    use(rotated.retire_master())
    assert keystore.load_many("person", [*persons, *late], alias=WEB) == persons | late
    assert keystore.load_many("file", batches, alias=WEB) == batches


def test_without_rewrapping_a_retired_version_takes_its_keys_along(
    ring: Keyring, use: Callable[[Keyring], None]
) -> None:
    persons = keystore.make_many("person", new_ids(2), alias=INTAKE)
    use(ring.rotate_master().retire_master())
    with pytest.raises(SealBroken):
        keystore.load_many("person", persons, alias=WEB)


def test_rewrapping_can_be_broken_off_and_begun_again(ring: Keyring, use: Callable[[Keyring], None]) -> None:
    persons = keystore.make_many("person", new_ids(25), alias=INTAKE)
    use(ring.rotate_master())

    def stop(seen: int) -> None:
        if seen == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keystore.rewrap_all(batch=10, progress=stop)
    assert keystore.stale() == 5
    assert keystore.load_many("person", persons, alias=WEB) == persons
    assert keystore.rewrap_all(batch=10) == 5


# ---- backups ------------------------------------------------------------------------------------------------------------


def test_erasure_is_complete_when_the_last_backup_has_gone() -> None:
    assert keystore.gone_from_backups_at(_AT) == datetime(2026, 12, 21, 8, 0, tzinfo=UTC)


def test_a_backup_older_than_told_is_seen(tmp_path: Path) -> None:
    assert keystore.backup_facts(tmp_path, at=_AT) == keystore.BackupFacts(0, None, 0)
    for days in (1, 29, 31, 90):
        file = tmp_path / f"{days}.dump"
        file.touch()
        moment = (_AT - timedelta(days=days)).timestamp()
        os.utime(file, (moment, moment))
    (tmp_path / "folder").mkdir()
    assert keystore.backup_facts(tmp_path, at=_AT) == keystore.BackupFacts(4, _AT - timedelta(days=90), 2)
