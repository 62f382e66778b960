"""The officers' list of objections: no person, no content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chengxin.records.models import Objection
from chengxin.records.rules.numbering import objection_number
from chengxin.records.terms import ObjectionView

if TYPE_CHECKING:
    from uuid import UUID


def objections_open(*, organisation_id: UUID | None = None, limit: int = 500) -> list[ObjectionView]:
    """The open objections, the oldest first, of one supplier's entries or of all. No person, no content.

    For officers' lists: the caller asks for their permission first.
    """
    rows = Objection.objects.filter(state="open")
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return [
        ObjectionView(
            uid=row.uid,
            number=objection_number(row.uid, row.at),
            organisation_id=row.organisation_id,
            item=row.item,
            not_mine=row.not_mine,
            at=row.at,
            ended_at=row.ended_at,
        )
        for row in rows.order_by("at", "uid")[:limit]
    ]
