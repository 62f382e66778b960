"""Transactions, and the person that row-level security lets through in them (F8)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import connections, transaction
from psycopg.pq import TransactionStatus

from chengxin.foundation import wire

WEB = "default"
OWNER = "owner"
INTAKE = "intake"
DISPOSER = "disposer"

T = TypeVar("T")
Row = tuple[Any, ...]

_NO_TRANSACTION: Final = "what a batch may see is set in its transaction, and ends with it"
_parts: Final = count()
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


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A statement that a room wants run, and what it makes of the rows: who asks several rooms sends theirs together."""

    statement: str
    values: Mapping[str, object] = field(default_factory=dict)
    made: Callable[[list[Row]], T] = lambda rows: rows  # type: ignore[assignment,return-value]
    planned: bool = True
    """Once a session: its text never changes."""


@dataclass(slots=True)
class Part:
    """A transaction of its own, or a part of another, which alone is undone by an exception."""

    within: str
    """The name of its savepoint; empty for a transaction of its own."""
    ends: bool
    begun: bool = False

    def opening(self) -> tuple[Reading[Any], ...]:
        """What goes along before its first statement, whatever that is."""
        self.begun = True
        return (Reading(f"SAVEPOINT {self.within}", planned=False),) if self.within else ()

    def closing(self) -> tuple[Reading[Any], ...]:
        """What may go along after its last: nobody is seen any more, or all is committed where nothing follows."""
        if not self.within:
            return ()
        return (_COMMIT,) if self.ends else (_NOBODY,)


@contextmanager
def in_part(*, ends: bool = False) -> Iterator[Part]:
    """A transaction on alias `default`, or a part of another. Unlike a savepoint of `in_transaction` it is sent along with the
    first statement (`Part.opening`), and not closed: the transaction's end does that.

    ``ends``: nothing follows in the transaction that it is a part of, so that the last statement may take the commit along.
    """
    connection = connections[WEB]
    if not connection.in_atomic_block:
        with transaction.atomic(using=WEB):
            yield Part("", ends)
        return
    part = Part(f"part_{next(_parts)}", ends and not connection.savepoint_ids)
    connection.savepoint_ids.append(part.within)
    try:
        yield part
    except BaseException:
        connection.needs_rollback = False
        if part.begun and connection.connection.info.transaction_status != TransactionStatus.IDLE:
            transaction.savepoint_rollback(part.within, using=WEB)
        raise
    finally:
        connection.savepoint_ids.pop()


def read(reading: Reading[T]) -> T:
    """What one room reads, now."""
    return reading.made(rows_of(reading.statement, reading.values))


def read_all(*readings: Reading[Any]) -> list[Any]:
    """What several rooms read on alias `default`, sent together: the server runs one after the other, and is waited for once.

    An error is Django's, and that of the first statement that failed.
    """
    connection = connections[WEB]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        found = wire.send(connection.connection, [(one.statement, one.values, one.planned) for one in readings])
    return [one.made(rows) for one, rows in zip(readings, found, strict=True)]


@cache
def _about_one(statement: str) -> str:
    return statement.replace("= ANY (%(persons)b::uuid[])", "= (%(persons)b::uuid[])[1]").replace(
        "unnest(%(persons)b::uuid[], %(keys)b::bytea[])", "(VALUES ((%(persons)b::uuid[])[1], (%(keys)b::bytea[])[1]))"
    )


def about(statement: str, persons: int) -> str:
    """A statement about a list of persons, as it is best asked about so many.

    The server plans a statement anew for each list, because a plan for any list takes it for ten persons long; for one person
    the planning takes as long as the rest. The first of the list alone is one person for every plan, so that one is kept.
    """
    return _about_one(statement) if persons == 1 else statement


def rows_of(statement: str, values: Mapping[str, object], *, alias: str = WEB) -> list[Row]:
    """The rows of one statement of the busiest paths: bound and planned by the server, once a session, binary both ways.

    For statements whose text never changes. An error is Django's.
    """
    connection = connections[alias]
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return wire.send(connection.connection, [(statement, values, True)])[0]


def see_keys(indexes: Iterable[bytes], *readings: Reading[Any], part: Part) -> list[Any]:
    """Begin a part: for the rest of the transaction, alias `default` finds the rows of these keyed numbers (`with_keys` says
    why); ``readings`` go along, and what they read comes back."""
    if not connections[WEB].in_atomic_block:
        raise RuntimeError(_NO_TRANSACTION)
    keys = _set_local("chengxin.keys", ",".join(index.hex() for index in indexes))
    opening = part.opening()
    return read_all(*opening, keys, *readings)[len(opening) + 1 :]


def see_persons(person_ids: Iterable[UUID], *readings: Reading[Any]) -> list[Any]:
    """For the rest of the transaction, alias `default` reads and adds rows of these persons, and no keyed number is found.

    A batch of questions: each person has a ground and a look of their own. Only tables that take part in a decision know it.
    Who asks within another's transaction ends it with `Part.closing`. ``readings`` go along, and what they read comes back.
    """
    if not connections[WEB].in_atomic_block:
        raise RuntimeError(_NO_TRANSACTION)
    seen = ",".join(map(UUID.__str__, person_ids))
    return read_all(_NO_KEYS, _set_local("chengxin.persons", seen), *readings)[2:]


def read_as_each(*asked: tuple[UUID, Reading[T]]) -> list[T]:
    """What each of these reads as the person it is about, one after the other in the current transaction, sent together: none
    sees another person's rows. After it alias `default` sees whom it saw before."""
    if not connections[WEB].in_atomic_block:
        raise RuntimeError(_NO_TRANSACTION)
    sent = [part for person_id, one in asked for part in (_set_local("chengxin.person", str(person_id)), one)]
    before = _person.get()
    return read_all(*sent, _set_local("chengxin.person", "" if before is None else str(before)))[1:-1:2]


def _set_local(name: str, literal: str) -> Reading[Any]:
    # a literal, not set_config() (scale rule 9)
    return Reading(f"SET LOCAL {name} = '{literal}'", planned=False)


_NO_KEYS: Final = _set_local("chengxin.keys", "")
_NOBODY: Final = _set_local("chengxin.persons", "")
_COMMIT: Final[Reading[Any]] = Reading("COMMIT", planned=False)


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
