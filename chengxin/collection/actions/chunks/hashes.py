"""The keyed hashes of a chunk's rows. Numbers and names leave the frame here for the last time before they are sealed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import polars as pl

from chengxin.catalogue.terms import Item
from chengxin.collection.actions.chunks.facts import BatchFacts
from chengxin.collection.rules.content import has_free_key
from chengxin.collection.rules.planning import PassedRows
from chengxin.collection.terms.rows import Reason, Verdict
from chengxin.foundation import keyring
from chengxin.persons import facade as persons
from chengxin.records import facade as records

INDEX_BYTES = 16
_REASONS = {reason.value: reason for reason in Reason}


@dataclass(slots=True)
class Hashes:
    """Blind indexes, keyed names and keyed decisions of the passed rows under one index key."""

    blind: list[bytes]
    name_key: list[bytes]
    decision: list[bytes]


@dataclass(slots=True)
class HashedChunk:
    """A screened chunk, ready to be looked up.

    ``screened`` has every row, ``passed`` those that screening did not refuse, both in the order of the file.
    ``older`` holds the hashes under the index key that is being retired, while one is (F3).
    """

    number: int
    first_row: int
    screened: pl.DataFrame
    passed: pl.DataFrame
    rows: PassedRows
    kinds: list[int]
    version: int
    older: dict[int, Hashes] = field(default_factory=dict)


def hash_chunk(
    facts: BatchFacts, number: int, first_row: int, cells: pl.DataFrame, screened: pl.DataFrame
) -> HashedChunk:
    """Hash what passed screening. ``cells`` and ``screened`` hold the same rows in the same order."""
    if facts.decider_field is not None and facts.decider_field in cells.columns:
        screened = screened.with_columns(cells[facts.decider_field].alias("decider_code"))
    else:
        screened = screened.with_columns(pl.lit(None, pl.String).alias("decider_code"))
    passed = screened.filter(pl.col("verdict") != int(Verdict.REFUSED))
    texts = passed.select(
        identity=_IDENTITY.cast(pl.Binary),
        name=_NAME.cast(pl.Binary),
        decision=pl.concat_str(pl.lit(f"{facts.item.code}|"), "natural_key").cast(pl.Binary),
        commitment=pl.concat_str(pl.lit(f"{facts.item.code}|"), "natural_key", pl.lit("|"), _said(facts.item)).cast(
            pl.Binary
        ),
        decider=(pl.col("decider_code") == facts.supplier_code).fill_null(False),
    )
    columns = {name: texts[name].to_list() for name in ("identity", "name", "decision")}
    ring = keyring.current()
    alive = ring.index_all(b"", "identity")
    now, *older = [
        (version, _hashes(version, columns)) for version in sorted(alive, key=lambda one: one != ring.index_version)
    ]
    commit = ring.committer()
    rows = PassedRows(
        blind=now[1].blind,
        name_key=now[1].name_key,
        decision=now[1].decision,
        commitment=[commit(text) for text in texts["commitment"].to_list()],
        held=_held(passed),
        decider=texts["decider"].to_list(),
        removal=passed["removal"].to_list(),
    )
    kinds = passed["doc_kind"].to_list()
    return HashedChunk(number, first_row, screened, passed, rows, kinds, now[0], dict(older))


_KIND = pl.col("doc_kind").cast(pl.String).str.zfill(2)
# as persons.identity_text and persons.name_text, for whole columns; a test holds them equal
_IDENTITY = pl.concat_str(_KIND, pl.lit("|"), "doc_number")
_NAME = pl.concat_str(_KIND, pl.lit("|"), "doc_number", pl.lit("|"), "name_norm")


def _said(item: Item) -> pl.Expr:
    """What a row says beside its natural key: a number that is typed otherwise is no other content, and no way round a recall
    (F9). The key's texts are left out, because the key stands beside them in its forgiving form."""
    content = pl.col("content")
    for code in item.natural_key:
        if has_free_key(item.by_code[code]):
            # quotes within a value are escaped, so that this is a key and nothing else
            content = content.str.replace(rf'"{re.escape(code)}":"(?:[^"\\]|\\.)*"', "")
    return content


def _hashes(version: int, texts: dict[str, list[bytes]]) -> Hashes:
    of_number, of_name = persons.indexers(version)
    of_decision = records.decision_indexer(version)
    size = INDEX_BYTES
    return Hashes(
        blind=[of_number(text)[:size] for text in texts["identity"]],
        name_key=[of_name(text)[:size] for text in texts["name"]],
        decision=[of_decision(text)[:size] for text in texts["decision"]],
    )


def _held(passed: pl.DataFrame) -> list[Reason | None]:
    reasons = passed["reason"]
    if reasons.null_count() == len(reasons):
        return [None] * len(reasons)
    return [None if reason is None else _REASONS[reason] for reason in reasons.to_list()]
