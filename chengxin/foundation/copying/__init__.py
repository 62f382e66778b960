"""Bulk rows into PostgreSQL by COPY, and bulk keys into its statements."""

from chengxin.foundation.copying.arrays import ByteaArray, UuidArray, bulk_cursor
from chengxin.foundation.copying.binary import BinaryRows
from chengxin.foundation.copying.columns import Column, Fixed, Kind, Nullable, Same
from chengxin.foundation.copying.statements import copy_rows

__all__ = [
    "BinaryRows",
    "ByteaArray",
    "Column",
    "Fixed",
    "Kind",
    "Nullable",
    "Same",
    "UuidArray",
    "bulk_cursor",
    "copy_rows",
]
