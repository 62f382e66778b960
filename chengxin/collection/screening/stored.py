"""The stored content of rows as canonical JSON, and their natural keys, by the column."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from chengxin.catalogue.terms import FieldSpec
from chengxin.collection.rules.cells import KEY_PLAIN, key_text
from chengxin.collection.rules.content import KEY_SEPARATOR, has_free_key, person_key_fields
from chengxin.collection.screening.lanes import LaneView
from chengxin.collection.screening.oddities import Oddities
from chengxin.collection.screening.plan import Plan
from chengxin.collection.screening.texts import escaped, matches, patched


def content_column(
    plan: Plan, lanes: Mapping[str, LaneView], texts: Mapping[str, pl.Series], odd: Mapping[str, Oddities]
) -> pl.Series:
    """RFC 8785 text of every row: keys sorted when the plan was compiled, values escaped, empty cells left out.

    A required cell that is empty or wrong is written as an empty text, which is cheaper: its row is refused.
    """
    columns: dict[str, pl.Series] = {}
    parts: list[pl.Expr] = [pl.lit("{")]
    for spec in plan.stored:
        code, (opening, closing) = spec.code, plan.openings[spec.code]
        if code in lanes:
            view = lanes[code]
            if view.numbers.any():
                columns[code] = view.fragments
                parts.append(pl.col(code))
            continue
        text = texts[code]
        if text.null_count() == text.len() and not spec.is_required:
            continue
        columns[code] = escaped(text, odd[code])
        around = [pl.lit(f'{opening}"'), pl.col(code).fill_null(""), pl.lit(f'"{closing}')]
        if text.null_count() and not spec.is_required:
            parts.append(pl.when(pl.col(code).is_null()).then(pl.lit("")).otherwise(pl.concat_str(around)))
        else:
            parts += around
    return pl.DataFrame(columns).select(content=pl.concat_str([*parts, pl.lit("}")])).to_series()


def key_column(plan: Plan, lanes: Mapping[str, LaneView], texts: Mapping[str, pl.Series]) -> pl.Series:
    """Natural keys (`rules.content.natural_key_of`)."""
    specs = [plan.item.by_code[code] for code in plan.item.natural_key]
    if not plan.item.decision_of_one:
        specs += person_key_fields(plan.item)
    parts = [lanes[spec.code].values if spec.code in lanes else _key_part(spec, texts[spec.code]) for spec in specs]
    frame = pl.DataFrame({str(n): part for n, part in enumerate(parts)})
    return frame.select(natural_key=pl.concat_str(pl.all().fill_null(""), separator=KEY_SEPARATOR)).to_series()


def _key_part(spec: FieldSpec, text: pl.Series) -> pl.Series:
    if not has_free_key(spec):
        return text
    odd = np.flatnonzero(text.is_not_null().to_numpy() & ~matches(text, KEY_PLAIN))
    return patched(text, odd, [key_text(cell) for cell in text.gather(odd).to_list()])
