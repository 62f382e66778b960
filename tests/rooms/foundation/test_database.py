"""Row-level security as the application uses it: one person, for one transaction."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connections

from chengxin.foundation import tables
from chengxin.foundation.database import Reading, as_person, in_transaction, no_person, read_as_each, working_off

A, B = uuid4(), uuid4()


@pytest.fixture(scope="module", autouse=True)
def _things(_a_city_of_its_own: None) -> None:
    """A table as a room would make it, with two things of A and one of B."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE thing (person_id uuid, thing_id uuid, PRIMARY KEY (person_id, thing_id))")
        cursor.execute(tables.row_security("thing"))
        cursor.execute(tables.grants("thing", web="SELECT, INSERT", intake="INSERT", disposer="SELECT"))
        with in_transaction("owner"):
            cursor.execute(tables.append_only("thing"))
        cursor.executemany("INSERT INTO thing VALUES (%s, %s)", [(person, uuid4()) for person in (A, A, B)])


def _count() -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thing")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def test_without_a_person_there_is_nothing() -> None:
    assert _count() == 0


def test_each_person_is_seen_alone_and_for_the_block_only() -> None:
    with as_person(A):
        assert _count() == 2
    assert _count() == 0
    with as_person(B):
        assert _count() == 1
    assert _count() == 0


def test_blocks_nest_and_give_back_what_was_seen_before() -> None:
    with as_person(A):
        with as_person(B):
            assert _count() == 1
            with no_person():
                assert _count() == 0
            assert _count() == 1
        assert _count() == 2


def test_many_are_each_read_as_themselves_and_whom_one_saw_is_seen_after() -> None:
    all_of_it = Reading("SELECT person_id FROM thing")
    with as_person(B):
        assert read_as_each((A, all_of_it), (B, all_of_it), (A, all_of_it)) == [[(A,)] * 2, [(B,)], [(A,)] * 2]
        assert read_as_each() == []
        assert _count() == 1
    with in_transaction():
        assert read_as_each((A, all_of_it)) == [[(A,)] * 2]
        assert _count() == 0
    with pytest.raises(RuntimeError):
        read_as_each((A, all_of_it))


def test_an_exception_gives_back_too() -> None:
    with as_person(A):
        with pytest.raises(DatabaseError), as_person(B), connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert _count() == 2
        with pytest.raises(ZeroDivisionError), as_person(B):
            raise ZeroDivisionError
        assert _count() == 2
    assert _count() == 0


def test_the_setting_ends_with_the_transaction_and_the_connection_stays() -> None:
    with in_transaction():
        with as_person(A):
            assert _count() == 2
        assert _count() == 0
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid(), current_setting('chengxin.person', true)")
        assert cursor.fetchone()[1] in {None, ""}


def test_a_row_of_another_person_cannot_be_added() -> None:
    with as_person(A), pytest.raises(DatabaseError, match="row-level security"), in_transaction():
        _add(B)
    with pytest.raises(DatabaseError, match="row-level security"), no_person():
        _add(B)
    with as_person(A):
        _add(A)
        assert _count() == 3


def _add(person: UUID) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (%s, %s)", [person, uuid4()])


def test_two_threads_do_not_see_each_others_person() -> None:
    def ask(person: UUID) -> int:
        try:
            with as_person(person), ThreadPoolExecutor(1) as other:
                assert other.submit(_count_and_close).result() == 0
                return _count()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(ask, [B, B])) == [1, 1]


def _count_and_close() -> int:
    try:
        return _count()
    finally:
        connections.close_all()


def test_intake_may_add_but_not_look() -> None:
    with connections["intake"].cursor() as cursor:
        cursor.execute("INSERT INTO thing VALUES (%s, %s)", [uuid4(), uuid4()])
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("SELECT * FROM thing")


def test_a_role_without_a_policy_of_its_own_sees_nothing() -> None:
    with connections["disposer"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM thing")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("name", ["thing; DROP TABLE x", 'a"b', "", "Über", "x" * 64])
def test_builders_take_names_only(name: str) -> None:
    for build in (tables.append_only, tables.row_security, tables.grants, tables.distribute, tables.reference):
        with pytest.raises(ValueError, match="no name of ours"):
            build(name)


KEY_RIGHTS = {
    ("keys", "SELECT"): True,
    ("keys", "INSERT"): True,
    ("keys", "UPDATE"): False,
    ("keys", "DELETE"): False,
    ("keys_intake", "SELECT"): True,
    ("keys_intake", "INSERT"): True,
    ("keys_intake", "UPDATE"): False,
    ("keys_intake", "DELETE"): False,
    ("keys_disposer", "SELECT"): True,
    ("keys_disposer", "INSERT"): False,
    ("keys_disposer", "UPDATE"): False,
    ("keys_disposer", "DELETE"): True,
}


@pytest.mark.parametrize(("alias", "right"), KEY_RIGHTS)
def test_who_may_do_what_to_keys(alias: str, right: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('held_key', %s), has_table_privilege('held_key', 'TRUNCATE')", [right]
        )
        assert cursor.fetchone() == (KEY_RIGHTS[alias, right], False)


def test_contents_and_keys_are_two_databases() -> None:
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    assert len({names[alias] for alias in ("default", "owner", "intake", "disposer")}) == 1
    assert len({names[alias] for alias in ("keys", "keys_owner", "keys_intake", "keys_disposer")}) == 1
    assert names["default"] != names["keys"]


def test_a_list_stays_open_after_a_block_within_its_block() -> None:
    def open_list() -> str:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting('chengxin.queue', true), '')")
            return str(cursor.fetchone()[0])

    with working_off("foundation_letter"):
        with working_off("foundation_dispatch"):
            assert open_list() == "foundation_dispatch"
        assert open_list() == "foundation_letter"
    assert open_list() == ""


@pytest.mark.parametrize("name", ["x'; DROP TABLE y; --", "", "a b"])
def test_a_list_has_a_name_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match="no table"), working_off(name):
        pass
