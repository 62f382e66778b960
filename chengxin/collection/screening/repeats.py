"""Repeated decisions in a screened frame, found by the column (`rules.repeats`)."""

from __future__ import annotations

from typing import Final

import polars as pl

from chengxin.collection.rules.repeats import Repeat
from chengxin.collection.terms import Verdict

MEANING: Final = ("doc_kind", "doc_number", "name_norm", "birth_date", "act_class", "served_on", "content")
"""Columns in which two rows of one decision must agree; everything else follows from these."""


def repeated(screened: pl.DataFrame) -> pl.Series:
    """What each row of a `Screened` frame is to the rows above it; refused rows take no part and count as first."""
    keyed = pl.when(pl.col("verdict") < int(Verdict.REFUSED)).then(pl.col("natural_key"))
    again = keyed.is_not_null() & ~pl.struct("key").is_first_distinct()
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(name).first().over("key")) for name in MEANING)
    kinds = pl.when(~again).then(int(Repeat.FIRST)).when(same).then(int(Repeat.SAME)).otherwise(int(Repeat.CONFLICT))
    frame = screened.with_columns(key=keyed)
    if not frame.select((pl.col("key").is_duplicated() & pl.col("key").is_not_null()).any()).item():
        return pl.Series("repeat", [int(Repeat.FIRST)] * screened.height, dtype=pl.Int8)
    return frame.select(repeat=kinds.cast(pl.Int8)).to_series()
