"""Which suspensions of access run at a moment: asked at each question, so that one works at once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from chengxin.offices.models import Suspension


def running(at: datetime) -> QuerySet[Suspension]:
    """Suspensions that work at a moment."""
    return Suspension.objects.annotate(until=Coalesce("lifted_at", "ends_at")).filter(from_at__lte=at, until__gt=at)


def access_suspended(official_id: UUID, organisation_id: UUID, at: datetime) -> bool:
    """Whether this official's asking for this organisation is stopped: their own, or the organisation's."""
    return running(at).filter(Q(official_id=official_id) | Q(organisation_id=organisation_id)).exists()


def client_suspended(at: datetime) -> Exists:
    """The same as a column of a query on clients: the machine's own, or its organisation's."""
    return Exists(running(at).filter(Q(client_id=OuterRef("id")) | Q(organisation_id=OuterRef("organisation_id"))))


def suspended_organisation(row: Suspension) -> UUID:
    """Whose organisation it concerns; ``official`` and ``client`` come joined."""
    if row.official is not None:
        return row.official.organisation_id
    if row.client is not None:
        return row.client.organisation_id
    assert row.organisation_id is not None
    return row.organisation_id


def concerning(organisation_ids: tuple[UUID, ...]) -> QuerySet[Suspension]:
    """Suspensions of these organisations, of their officials and of their machines, the newest first."""
    return (
        Suspension.objects.select_related("official", "client")
        .filter(
            Q(organisation_id__in=organisation_ids)
            | Q(official__organisation_id__in=organisation_ids)
            | Q(client__organisation_id__in=organisation_ids)
        )
        .order_by(F("from_at").desc(), "id")
    )
