"""Words of collection. Pure: no file, no clock, no table."""

from chengxin.collection.terms.context import ScreeningContext, Statutes, SupplierFacts
from chengxin.collection.terms.rows import (
    HOLDING,
    Fault,
    Note,
    NoteOf,
    Reason,
    RowValues,
    RowVerdict,
    Verdict,
)

__all__ = [
    "HOLDING",
    "Fault",
    "Note",
    "NoteOf",
    "Reason",
    "RowValues",
    "RowVerdict",
    "ScreeningContext",
    "Statutes",
    "SupplierFacts",
    "Verdict",
]
