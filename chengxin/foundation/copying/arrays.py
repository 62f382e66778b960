"""Thousands of keys as one parameter of a statement: arrays in PostgreSQL's binary format, made without a loop.

psycopg dumps a list element by element, which for 20,000 keys costs as much as looking them up. Format: `array_recv` of
PostgreSQL: dimensions, NULL flag, element type, length, first subscript, then each element behind its own length.
"""

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Self

from django.db import connections
from psycopg import Cursor
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEADER: Final = struct.Struct(">iiIii")
_LENGTH: Final = struct.Struct(">i")
_EMPTY: Final = (0, 0)


class _Packed(bytes):
    element_oid: int

    @classmethod
    def of(cls, values: Sequence[bytes]) -> Self:
        """The array of these values, all of one length; otherwise ValueError."""
        if not values:
            return cls(struct.pack(">iiI", *_EMPTY, cls.element_oid))
        width = len(values[0])
        if set(map(len, values)) != {width}:
            raise ValueError("a packed array needs values of one length")
        length = _LENGTH.pack(width)
        return cls(b"".join((_HEADER.pack(1, 0, cls.element_oid, len(values), 1), length, length.join(values))))


class UuidArray(_Packed):
    """A parameter `uuid[]`, from the 16 bytes of each."""

    element_oid = 2950


class ByteaArray(_Packed):
    """A parameter `bytea[]` of values of one length, for example blind indexes or wrapped keys."""

    element_oid = 17


class _PackedDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: _Packed) -> bytes:
        return obj


class _UuidArrayDumper(_PackedDumper):
    oid = 2951


class _ByteaArrayDumper(_PackedDumper):
    oid = 1001


@contextmanager
def bulk_cursor(alias: str) -> Iterator[Cursor[Any]]:
    """A cursor of psycopg itself on Django's connection and in its transaction; it takes the packed arrays.

    Django's own puts values into the statement as text, several times slower for thousands. An error that leaves the
    block is Django's, within it psycopg's.
    """
    connection = connections[alias]
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.adapters.register_dumper(UuidArray, _UuidArrayDumper)
        cursor.adapters.register_dumper(ByteaArray, _ByteaArrayDumper)
        yield cursor
