"""Organisations: open to all, because everybody may know which offices there are."""

from __future__ import annotations

from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from chengxin.foundation.database import WEB
from chengxin.foundation.sqlfiles import load
from chengxin.offices.models import Organisation
from chengxin.offices.terms import OrganisationUnknown, OrganisationView, Tier

_PATH = load("offices", "path")
_BELOW = load("offices", "below")


def organisation(organisation_id: UUID) -> OrganisationView:
    """One organisation by its internal id. Raises `OrganisationUnknown`."""
    return _organisation(Organisation.objects.filter(id=organisation_id))


def organisation_by_uid(uid: UUID) -> OrganisationView:
    """One organisation by its public uid. Raises `OrganisationUnknown`."""
    return _organisation(Organisation.objects.filter(uid=uid))


def organisation_by_code(code: str) -> OrganisationView:
    """One organisation by its unified social credit code, 18 signs as stored. Raises `OrganisationUnknown`."""
    return _organisation(Organisation.objects.filter(org_code=code))


def organisations(*, closed: bool = False) -> list[OrganisationView]:
    """All organisations in the order of their codes; those closed only when asked for."""
    rows = Organisation.objects.order_by("org_code")
    return [organisation_view(row) for row in (rows if closed else rows.filter(is_active=True))]


def organisation_path(organisation_id: UUID) -> tuple[UUID, ...]:
    """Ids from an organisation up to the root; empty for one that does not exist."""
    return _ids(_PATH, organisation_id)


def organisations_below(organisation_id: UUID) -> tuple[UUID, ...]:
    """Ids of an organisation and all below it; empty for one that does not exist."""
    return _ids(_BELOW, organisation_id)


def _ids(statement: str, organisation_id: UUID) -> tuple[UUID, ...]:
    with connections[WEB].cursor() as cursor:
        cursor.execute(statement, {"organisation_id": organisation_id})
        return tuple(row[0] for row in cursor.fetchall())


def _organisation(found: QuerySet[Organisation]) -> OrganisationView:
    row = found.first()
    if row is None:
        raise OrganisationUnknown()
    return organisation_view(row)


def organisation_view(row: Organisation) -> OrganisationView:
    """A row as the value others are shown."""
    return OrganisationView(
        id=row.id,
        uid=row.uid,
        name_zh=row.name_zh,
        name_en=row.name_en,
        org_code=row.org_code,
        parent_id=row.parent_id,
        tier=Tier(row.tier),
        kind=row.kind,
        contact=row.contact,
        is_active=row.is_active,
    )
