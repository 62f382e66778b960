"""What rooms to the right hear of a batch and its entries, and what their persons are told: kinds of events and of notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

ENTRY_NEW: Final = "entry_new"
ENTRY_CHANGED: Final = "entry_changed"
ENTRY_WITHDRAWN: Final = "entry_withdrawn"
ENTRY_RECALLED: Final = "entry_recalled"
"""Kinds of notice that intake writes; the doors have a text for each."""


@dataclass(frozen=True, slots=True)
class BatchAnswered:
    """Event: a batch is through and its answer can be fetched."""

    name: ClassVar[str] = "collection.batch_answered"

    batch_uid: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class BatchStopped:
    """Event: a batch cannot go on by itself."""

    name: ClassVar[str] = "collection.batch_stopped"

    batch_uid: UUID
    organisation_id: UUID
    problem: str


@dataclass(frozen=True, slots=True)
class BatchRecalled:
    """Event: a batch was taken back by two people."""

    name: ClassVar[str] = "collection.batch_recalled"

    batch_uid: UUID
    batch_id: UUID
    organisation_id: UUID
    approved_by: UUID


@dataclass(frozen=True, slots=True)
class EntryWithdrawn:
    """Event: an official took one entry back: for the office that supplied it, or as its decision is another person's."""

    name: ClassVar[str] = "collection.entry_withdrawn"

    person_id: UUID
    entry_uid: UUID
    organisation_id: UUID
    withdrawn_by: UUID


@dataclass(frozen=True, slots=True)
class EntryCorrected:
    """Event: an official let another version of an entry in, in the place of the one that stood."""

    name: ClassVar[str] = "collection.entry_corrected"

    person_id: UUID
    entry_uid: UUID
    organisation_id: UUID
    corrected_by: UUID


@dataclass(frozen=True, slots=True)
class EntriesSuperseded:
    """Event: a batch has put other versions of entries into the ledger by now, or taken entries back. One event, however many.

    ``sent_by``: an official or a machine's client, as ``sent_by_kind`` says.
    """

    name: ClassVar[str] = "collection.entries_superseded"

    batch_id: UUID
    organisation_id: UUID
    sent_by: UUID
    sent_by_kind: str
