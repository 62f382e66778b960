"""What a batch put in the place of what stood, or took away."""

from __future__ import annotations

from uuid import UUID

from chengxin.collection.terms.events import ENTRY_WITHDRAWN
from chengxin.foundation.copying import bulk_cursor
from chengxin.foundation.database import INTAKE
from chengxin.records import facade as records


def superseded_by_batch(
    batch_id: UUID, *, after: tuple[UUID, UUID] | None, limit: int
) -> tuple[list[records.Superseded], tuple[UUID, UUID] | None]:
    """Entries of which a batch supplied another version, or that a row of it took back; a page, and where the next begins."""
    with bulk_cursor(INTAKE) as cursor:
        return records.superseded_by_batch(cursor, batch_id, after=after, ended_as=ENTRY_WITHDRAWN, limit=limit)
