"""What the decision on a question needs to know of who asks, and what makes an official fit to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.offices.terms.figures import Figure

MARK_BYTES = 16

TRAINING_DAYS: tuple[Figure, ...] = (
    Figure(
        days=365,
        in_force_from=date(2000, 1, 1),
        source="个人信息保护法 51(四) asks for regular training and names no figure; a year is this product's own",
    ),
)
"""A training counts for at most this many days after it was passed."""


@dataclass(frozen=True, slots=True)
class AskerStanding:
    """Who asks, at one moment, as read by one statement.

    ``is_suspended``: the organisation's access is. ``in_office``: for an official, a mandate in force with `LOOK_UP` and
    no suspension of their own; for a machine (``official`` False), approved, in its days, registered for asking and not
    suspended. ``trained_until``: the moment from which no training counts any more; None for none, and for machines.
    ``own_document``: mark of the official's own document (`own_document_mark`); None where nobody recorded one.
    """

    organisation_id: UUID
    org_code: str
    org_kind: str
    is_active: bool
    is_suspended: bool
    official: bool
    in_office: bool
    trained_until: datetime | None
    own_document: bytes | None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """That a training counts no more: since when, by whom, and why."""

    at: datetime
    by: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class TrainingView:
    """A course that an official passed; both days are included. ``counts``: on the day asked about."""

    course: str
    passed_on: date
    valid_until: date
    recorded_at: datetime
    recorded_by: UUID
    counts: bool
