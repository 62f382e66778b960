"""Words of the room access: a look, its purpose and its ground."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from chengxin.kernel.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class PersonUnknown(NotFound):
    """Nobody of this number is held here."""

    code = "person_unknown"


@dataclass(frozen=True, slots=True)
class PersonErased:
    """Event: two officials erased somebody; rooms to the right let go of what they hold."""

    name = "access.person_erased"

    person_id: UUID


class Purpose(StrEnum):
    """Why the platform itself reads a file. Purposes of askers are catalogue data; none of these is a code of theirs."""

    OWN_FILE = "own_file"
    OWN_EXPORT = "own_export"
    IDENTITY_CHECK = "identity_check"
    SERVICE_OF_NOTICE = "service_of_notice"
    OWN_WITHDRAWAL = "own_withdrawal"
    COUNTER_BINDING = "counter_binding"
    COUNTER_MANDATE = "counter_mandate"
    """Two people showed at a counter that one acts for the other, or that it is over."""
    REMEDY_CASE = "remedy_case"
    """An official who works on what the person asked for reads what it is about."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The legal basis of a look: a law and its article."""

    law: str
    article: str


@dataclass(frozen=True, slots=True)
class Received:
    """What one organisation outside was told of an entry: the newest look and its moment, all versions it was answered on."""

    look: UUID
    at: datetime
    versions: frozenset[int]


GROUNDS: dict[Purpose, Ground] = {
    Purpose.OWN_FILE: Ground("个人信息保护法", "45"),
    Purpose.OWN_EXPORT: Ground("个人信息保护法", "45"),
    Purpose.IDENTITY_CHECK: Ground("个人信息保护法", "8"),
    Purpose.SERVICE_OF_NOTICE: Ground("个人信息保护法", "17"),
    Purpose.OWN_WITHDRAWAL: Ground("个人信息保护法", "46"),
    Purpose.COUNTER_BINDING: Ground("个人信息保护法", "50"),
    Purpose.COUNTER_MANDATE: Ground("个人信息保护法", "50"),
    Purpose.REMEDY_CASE: Ground("个人信息保护法", "46"),
}
"""Each purpose of this room rests on one article; none rests on consent yet."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks, as a rule may know them. ``role`` is empty for a person on their own file; one who acts for another has it."""

    kind: str
    person_id: UUID | None
    official_id: UUID | None
    organisation_id: UUID | None
    role: str
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LookView:
    """A look as its person reads it: when, who, for whom, for what, on which law or consent, what was returned.

    ``purpose``: one of `Purpose`, or the code of a purpose of the catalogue. ``opens_at``: since when the person may know of
    it, where a law delayed that.
    """

    uid: UUID
    at: datetime
    actor_kind: str
    organisation_id: UUID | None
    role: str
    purpose: str
    ground: Ground
    case_ref: str
    outcome: str
    entries: int
    fields: tuple[str, ...]
    own: bool
    operation: str = ""
    consent: UUID | None = None
    emergency: bool = False
    reason: str = ""
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ErasureView:
    """A wish to be erased that waits for a second official: when, taken by whom and why. Nothing of the person."""

    uid: UUID
    asked_by: UUID
    asked_at: datetime
    reason: str
