"""What every chunk of a batch has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengxin.catalogue.terms import FieldRole, Item, Nature

NATURES = {Nature.NEUTRAL: 0, Nature.GOOD: 1, Nature.ADVERSE: 2}
"""Nature of an item -> ``nature`` of its entries in the ledger."""


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch as its chunks need it. ``sent_by_kind``: official or client.

    ``late_before``: rows decided before this day are late by the item's duty, if any.
    """

    id: UUID
    organisation_id: UUID
    sent_by: UUID
    sent_by_kind: str
    supplier_code: str
    item: Item
    edition: UUID
    late_before: date | None
    quarantine_days: int

    @property
    def decider_field(self) -> str | None:
        """The field that names the deciding body by its code, where the item has one."""
        spec = self.item.field_of(FieldRole.DECIDER_CODE)
        return None if spec is None else spec.code

    @property
    def is_told(self) -> bool:
        """Whether the persons are told of each entry: of every adverse one (domain.md 2.10)."""
        return self.item.is_adverse
