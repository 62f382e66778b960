"""Rows that do not enter: what stays of the refused ones, and the held ones sealed for an officer (F9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias
from uuid import UUID

import polars as pl
from psycopg import Cursor

from chengxin.collection.actions.chunks.facts import BatchFacts
from chengxin.collection.actions.chunks.hashes import HashedChunk
from chengxin.collection.queries.held import held_aad
from chengxin.collection.rules.planning import Plan
from chengxin.collection.terms.batches import HeldState, Outcome
from chengxin.collection.terms.rows import Verdict
from chengxin.foundation import keyring, keystore
from chengxin.foundation.copying import BinaryRows, Column, Fixed, Same
from chengxin.kernel.canonical import canonical_json
from chengxin.kernel.ids import new_uid

Payload: TypeAlias = tuple[BinaryRows, bytes]

REFUSAL_ROWS: Final = BinaryRows(
    "collection_refusal",
    {
        "batch_id": "uuid",
        "row_no": "int8",
        "commitment": Fixed(32),
        "reason": "text",
        "field": "text",
        "faults": "text",
    },
)
HELD_ROWS: Final = BinaryRows(
    "collection_quarantine",
    {
        "batch_id": "uuid",
        "row_no": "int8",
        "uid": "uuid",
        "organisation_id": "uuid",
        "kind": "int2",
        "blind_index": Fixed(16),
        "commitment": Fixed(32),
        "joins": "uuid",
        "made_at": "timestamptz",
        "ends_at": "timestamptz",
        "sealed": "bytea",
        "item": "text",
        "reason": "text",
        "field": "text",
        "state": "text",
        "decision_reason": "text",
    },
)
HELD_VALUES: Final = (
    "doc_kind", "doc_number", "name", "name_norm", "birth_date", "decided_on", "act_on", "final_on", "served_on",
    "valid_from", "valid_to", "display_until", "retain_until", "act_class", "natural_key", "content", "removal",
    "decider_code",
)  # fmt: skip
"""What is sealed of a held row: all that the ledger would have taken."""


def set_aside(
    cursor: Cursor[Any], facts: BatchFacts, chunk: HashedChunk, cells: pl.DataFrame, plan: Plan, *, at: datetime
) -> list[Payload]:
    """The rows of refusals and held rows. ``cells`` are the supplier's own, for the commitment to a refused row."""
    return _refusals(facts, chunk, cells, plan) + _held(cursor, facts, chunk, plan, at)


def _refusals(facts: BatchFacts, chunk: HashedChunk, cells: pl.DataFrame, plan: Plan) -> list[Payload]:
    by_screening = chunk.screened.filter(pl.col("verdict") == int(Verdict.REFUSED))
    numbers = by_screening["row_no"].to_list()
    reasons = by_screening["reason"].to_list()
    fields = [field or "" for field in by_screening["field"].to_list()]
    faults = faults_of(by_screening)
    late = [row for row, outcome in enumerate(plan.outcomes) if outcome == Outcome.REFUSED]
    if late:
        of_file = chunk.passed["row_no"].to_list()
        numbers += [of_file[row] for row in late]
        reasons += [plan.reasons[row].value for row in late]
        fields += [""] * len(late)
        faults += [plan.reasons[row].value for row in late]
    if not numbers:
        return []
    commit = keyring.current().committer()
    columns: dict[str, Column] = {
        "batch_id": Same(facts.id),
        "row_no": numbers,
        "commitment": b"".join(
            [commit(text) for text in _texts(cells, [number - chunk.first_row for number in numbers])]
        ),
        "reason": reasons,
        "field": fields,
        "faults": faults,
    }
    return [(REFUSAL_ROWS, REFUSAL_ROWS.encode(columns))]


def _texts(cells: pl.DataFrame, positions: list[int]) -> list[bytes]:
    given = cells.drop("row_no")
    joined = pl.concat_str([pl.col(name).fill_null("") for name in given.columns], separator="\x1f")
    return given[positions].select(joined.cast(pl.Binary)).to_series().to_list()


def faults_of(frame: pl.DataFrame) -> list[str]:
    """Every fault of each faulty row as it is stored: `reason:field:detail`, parted by line breaks."""
    if "faults" not in frame.columns:
        return frame["reason"].to_list()
    return [
        "\n".join(
            ":".join(part or "" for part in (fault["reason"], fault["field"], fault["detail"])) for fault in faults
        )
        for faults in frame["faults"].to_list()
    ]


def _held(cursor: Cursor[Any], facts: BatchFacts, chunk: HashedChunk, plan: Plan, at: datetime) -> list[Payload]:
    rows = [row for row, outcome in enumerate(plan.outcomes) if outcome == Outcome.QUARANTINED]
    if not rows:
        return []
    values = chunk.passed[rows].select("row_no", "field", *HELD_VALUES).to_dicts()
    commit = keyring.current().committer()
    # of the whole row, the identity too: the same decision under another identity is another matter
    commitments = [
        commit(b"held|" + chunk.rows.blind[row] + chunk.rows.name_key[row] + chunk.rows.commitment[row]) for row in rows
    ]
    waiting = _waiting(cursor, commitments)
    key = keystore.make_many("quarantine", [facts.id], alias=keystore.INTAKE)[facts.id]
    suite = keyring.current().suite
    uids, joins, sealed, blinds = [], [], [], []
    for row, value, commitment in zip(rows, values, commitments, strict=True):
        uid = new_uid()
        other = waiting.get(commitment)
        waiting.setdefault(commitment, uid)
        uids.append(uid)
        joins.append(other)
        blinds.append(chunk.rows.blind[row] if other is None else None)
        sealed.append(suite.seal(key, canonical_json(_plain(value)), held_aad(uid)) if other is None else None)
    columns: dict[str, Column] = {
        "batch_id": Same(facts.id),
        "row_no": [value["row_no"] for value in values],
        "uid": uids,
        "organisation_id": Same(facts.organisation_id),
        "kind": [chunk.kinds[row] for row in rows],
        "blind_index": blinds,
        "commitment": commitments,
        "joins": joins,
        "made_at": Same(at),
        "ends_at": Same(at + timedelta(days=facts.quarantine_days)),
        "sealed": sealed,
        "item": Same(facts.item.code),
        "reason": [plan.reasons[row].value for row in rows],
        "field": [value["field"] or "" for value in values],
        "state": [(HeldState.WAITING if other is None else HeldState.JOINED).value for other in joins],
        "decision_reason": Same(""),
    }
    return [(HELD_ROWS, HELD_ROWS.encode(columns))]


def _waiting(cursor: Cursor[Any], commitments: list[bytes]) -> dict[bytes, UUID]:
    cursor.execute(
        "SELECT commitment, uid FROM collection_quarantine WHERE state = 'waiting' AND commitment = ANY(%s)",
        [commitments],
        binary=True,
    )
    return dict(cursor.fetchall())


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: found.isoformat() if isinstance(found, date) else found
        for name, found in value.items()
        if name in HELD_VALUES and found is not None
    }
