"""What other rooms and the doors are shown of offices: frozen values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.offices.terms.mandates import MandateAct, MandateState, Standing
from chengxin.offices.terms.permissions import Permission
from chengxin.offices.terms.roles import Role, Tier, Words


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation as everybody may know it. ``kind`` is the word by which a catalogue names its suppliers."""

    id: UUID
    uid: UUID
    name_zh: str
    name_en: str
    org_code: str
    parent_id: UUID | None
    tier: Tier
    kind: str
    contact: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class OfficialView:
    """An official as shown to office heads and auditors. ``document_known``: a mark of their own document is kept."""

    id: UUID
    uid: UUID
    account_id: UUID
    organisation_id: UUID
    name: str
    is_active: bool
    document_known: bool


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate with its standing on the day asked about. A founding one was granted and approved by nobody ("")."""

    uid: UUID
    official_id: UUID
    holder_name: str
    organisation_id: UUID
    role: Role
    state: MandateState
    standing: Standing
    starts_on: date
    ends_on: date
    reapproval_due_on: date | None
    granted_at: datetime
    granted_by: UUID | None
    granted_by_name: str
    approved_by_name: str
    suspended_at: datetime | None
    suspended_by: UUID | None
    suspended_by_name: str
    suspended_reason: str
    open_acts: tuple[MandateAct, ...]


@dataclass(frozen=True, slots=True)
class FirstHead:
    """One of the two office heads a city is founded with."""

    account_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Founded:
    """What founding a city made: its lead office and its two heads."""

    organisation: OrganisationView
    heads: tuple[OfficialView, OfficialView]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A permission, its sentence, and for each role in the order of the matrix whether it has it."""

    permission: Permission
    words: Words
    granted: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The permission table as it is: roles as columns, permissions as rows."""

    roles: tuple[Role, ...]
    role_words: tuple[Words, ...]
    rows: tuple[MatrixRow, ...]
