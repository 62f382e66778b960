"""Who asks, read in one statement at each question; and what an official has passed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from chengxin.foundation import keyring
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import Reading, Row, read
from chengxin.foundation.sqlfiles import load
from chengxin.kernel.days import shanghai_day
from chengxin.kernel.decisions import Refused
from chengxin.kernel.documents import normalise_number
from chengxin.kernel.errors import Refusal
from chengxin.offices import rules
from chengxin.offices.models import Official, Training
from chengxin.offices.queries.authority import require_permission
from chengxin.offices.terms import (
    MARK_BYTES,
    PERMISSIONS,
    AskerStanding,
    OfficialUnknown,
    Permission,
    Reason,
    TrainingView,
)

_OFFICIAL = load("offices", "asker_official")
_CLIENT = load("offices", "asker_client")
_ROLES = sorted(role.value for role in PERMISSIONS[Permission.LOOK_UP])


def asker_standing(actor: Actor, at: datetime) -> AskerStanding:
    """What an official or a machine client is worth as an asker at a moment, in one statement; nothing is remembered.

    Raises `Refusal` for an actor of another kind, and for one that the tables do not know.
    """
    return read(standing_of(actor, at))


def standing_of(actor: Actor, at: datetime) -> Reading[AskerStanding]:
    """The same, to be read along with what other rooms read."""
    values: dict[str, Any] = {"organisation_id": actor.organisation_id, "at": at, "today": shanghai_day(at)}
    if actor.kind == "official":
        values |= {"official_id": actor.official_id, "role": actor.role or "", "roles": _ROLES}
        return Reading(_OFFICIAL, values, lambda rows: _standing(rows, official=True))
    if actor.kind == "client":
        return Reading(_CLIENT, {**values, "client_id": actor.client_id}, lambda rows: _standing(rows, official=False))
    raise _not_an_asker()


def _standing(rows: list[Row], *, official: bool) -> AskerStanding:
    if not rows:
        raise _not_an_asker()
    organisation_id, org_code, org_kind, is_active, is_suspended, in_office, *own = rows[0]
    valid_until, document = own or (None, None)
    return AskerStanding(
        organisation_id=organisation_id,
        org_code=org_code,
        org_kind=org_kind,
        is_active=is_active,
        is_suspended=is_suspended,
        official=official,
        in_office=in_office,
        trained_until=None if valid_until is None else rules.training_ends_at(valid_until),
        own_document=None if document is None else bytes(document),
    )


def _not_an_asker() -> Refusal:
    return Refusal(Refused(Reason.NOT_AN_ASKER, rules.LEAST_POWER))


def own_document_mark(kind: str, number: str) -> bytes:
    """Keyed mark of a document, 16 bytes: the same document gives the same mark, and nobody can guess it from the mark."""
    content = f"own document|{kind}|{normalise_number(number)}".encode()
    return keyring.current().commit(content)[:MARK_BYTES]


def trainings_of(actor: Actor, official_id: UUID, at: datetime) -> list[TrainingView]:
    """What an official passed, the newest first: of oneself always, else with SEE_OFFICIALS in reach."""
    official = Official.objects.filter(id=official_id).first()
    if official is None:
        raise OfficialUnknown()
    if actor.official_id != official.id:
        require_permission(actor, Permission.SEE_OFFICIALS, at, organisation_id=official.organisation_id)
    rows = Training.objects.filter(official=official).order_by("-passed_on", "-recorded_at", "-id")
    return [training_view(row, at) for row in rows]


def training_view(row: Training, at: datetime) -> TrainingView:
    """A row as the value others are shown."""
    return TrainingView(
        course=row.course,
        passed_on=row.passed_on,
        valid_until=row.valid_until,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        counts=rules.counts(row.passed_on, row.valid_until, shanghai_day(at)),
    )
