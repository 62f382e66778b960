"""Transactions, and the person that row-level security lets through in them (F8)."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from psycopg import Cursor

WEB = "default"
OWNER = "owner"
INTAKE = "intake"
DISPOSER = "disposer"

_NO_TRANSACTION = "what a batch may see is set in its transaction, and ends with it"
_person: ContextVar[UUID | None] = ContextVar("chengxin_person", default=None)


def in_transaction(alias: str = WEB) -> AbstractContextManager[None]:
    """A transaction on this alias, a savepoint within another; an exception rolls it back."""
    return transaction.atomic(using=alias)


@contextmanager
def as_person(person_id: UUID) -> Iterator[None]:
    """Within the block, alias `default` sees and adds rows of this person alone; after it, what it saw before.

    Opens a transaction, or a savepoint in the current one: the setting ends with it, so a pooled connection carries
    nobody over to the next request.
    """
    with _seeing(person_id):
        yield


def rows_of(statement: str, values: Mapping[str, object], *, alias: str = WEB) -> list[tuple[Any, ...]]:
    """The rows of one statement of the busiest paths: bound and planned by the server, once a session, binary both ways.

    For statements whose text never changes. An error is Django's.
    """
    connection = connections[alias]
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement, values, prepare=True, binary=True)
        return cursor.fetchall() if cursor.description else []


def rows_of_all(*statements: tuple[str, Mapping[str, object]]) -> list[list[tuple[Any, ...]]]:
    """The rows of several statements on alias `default`, sent together: the server runs one after the other, and is waited for
    once. An error is Django's, and that of the first statement that failed."""
    connection = connections[WEB]
    connection.ensure_connection()
    psycopg = connection.connection
    with connection.wrap_database_errors, ExitStack() as cursors:
        ran = [cursors.enter_context(Cursor(psycopg)) for _ in statements]
        with psycopg.pipeline():
            for cursor, (statement, values) in zip(ran, statements, strict=True):
                cursor.execute(statement, values or None, prepare=bool(values), binary=True)
        return [cursor.fetchall() if cursor.description else [] for cursor in ran]


def rows_by_keys(indexes: Iterable[bytes], statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """The rows of one statement on alias `default` that finds the rows of these keyed numbers (`with_keys` says why), as does
    the rest of the transaction."""
    if not connections[WEB].in_atomic_block:
        raise RuntimeError(_NO_TRANSACTION)
    # literals, not set_config() (scale rule 9)
    literal = ",".join(index.hex() for index in indexes)
    return rows_of_all((f"SET LOCAL chengxin.keys = '{literal}'", {}), (statement, values))[1]


def see_persons(
    person_ids: Iterable[UUID], *statements: tuple[str, Mapping[str, object]]
) -> list[list[tuple[Any, ...]]]:
    """For the rest of the transaction, alias `default` reads and adds rows of these persons, and no keyed number is found.

    A batch of questions: each person has a ground and a look of their own. Only tables that take part in a decision know it.
    Who opened a savepoint for the batch within another's transaction ends it with `see_persons(())`. ``statements`` go along
    (`rows_of_all`), and their rows come back.
    """
    if not connections[WEB].in_atomic_block:
        raise RuntimeError(_NO_TRANSACTION)
    seen = ",".join(str(UUID(str(one))) for one in person_ids)
    return rows_of_all(
        ("SET LOCAL chengxin.keys = ''", {}), (f"SET LOCAL chengxin.persons = '{seen}'", {}), *statements
    )[2:]


def in_anothers_transaction() -> bool:
    """Whether what happens now on alias `default` is a part of a transaction that goes on after it."""
    return bool(connections[WEB].savepoint_ids)


@contextmanager
def no_person() -> Iterator[None]:
    """Within the block, tables about persons answer 0 rows to alias `default`."""
    with _seeing(None):
        yield


@contextmanager
def _seeing(person_id: UUID | None) -> Iterator[None]:
    # The setting lasts as long as its transaction, and a roll-back to a savepoint takes it back: neither needs undoing.
    outermost = not connections[WEB].in_atomic_block
    before = _person.get()
    changes = outermost or person_id != before
    with transaction.atomic(using=WEB):
        if changes:
            _set(person_id)
        token = _person.set(person_id)
        try:
            yield
        finally:
            _person.reset(token)
        if changes and not outermost:
            _set(before)


def _set(person_id: UUID | None) -> None:
    literal = "" if person_id is None else str(UUID(str(person_id)))
    with connections[WEB].cursor() as cursor:
        # a literal, not set_config(): only this form reaches the workers of a cluster (scale rule 9)
        cursor.execute(f"SET LOCAL chengxin.person = '{literal}'")


@contextmanager
def with_account(account_id: UUID) -> Iterator[None]:
    """Within the block, alias `default` finds whom this account signs in as: signing in comes before the person is known."""
    with _setting("chengxin.account", str(UUID(str(account_id)))):
        yield


@contextmanager
def working_off(table: str) -> Iterator[None]:
    """Within the block, alias `default` sees the whole of one local list: for its worker, its figures, its officers."""
    if not table.replace("_", "").isalpha():
        raise ValueError(f"{table!r} is no table of ours")
    with _setting("chengxin.queue", table):
        yield


@contextmanager
def _setting(name: str, literal: str) -> Iterator[None]:
    within = connections[WEB].in_atomic_block
    before = ""
    with transaction.atomic(using=WEB), connections[WEB].cursor() as cursor:
        if within:
            cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
            (before,) = cursor.fetchone()
        cursor.execute(f"SET LOCAL {name} = '{literal}'")
        yield
        if within:
            # else the transaction ends here, and the setting with it
            cursor.execute(f"SET LOCAL {name} = '{before}'")


@contextmanager
def with_keys(indexes: Iterable[bytes]) -> Iterator[None]:
    """Within the block, alias `default` finds the rows of these keyed numbers in the tables of look-up keys.

    A caller who can compute a keyed number knows the number; nobody can list what they do not know (F3, F8).
    """
    literal = ",".join(index.hex() for index in indexes)
    with transaction.atomic(using=WEB):
        with connections[WEB].cursor() as cursor:
            cursor.execute(f"SET LOCAL chengxin.keys = '{literal}'")
        yield
        with connections[WEB].cursor() as cursor:
            cursor.execute("SET LOCAL chengxin.keys = ''")
