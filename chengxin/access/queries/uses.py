"""Uses of one person's entries, for that person; who asks must have set the person on the connection."""

from __future__ import annotations

from uuid import UUID

from chengxin.access.models import Look, Use
from chengxin.access.queries.looks import view_of
from chengxin.access.terms.uses import UseView


def uses_of(person_id: UUID) -> dict[UUID, UseView]:
    """Every reported use, by the uid of its look."""
    rows = {row.look_uid: row for row in Use.objects.filter(person_id=person_id)}
    looks = Look.objects.filter(person_id=person_id, uid__in=list(rows))
    return {look.uid: _view(rows[look.uid], look) for look in looks}


def use_told(person_id: UUID, use_id: UUID) -> UseView | None:
    """The use that a notice tells of; None where its look has ended."""
    row = Use.objects.filter(person_id=person_id, use_id=use_id).first()
    look = None if row is None else Look.objects.filter(person_id=person_id, uid=row.look_uid).first()
    return None if row is None or look is None else _view(row, look)


def _view(row: Use, look: Look) -> UseView:
    return UseView(
        uid=row.uid,
        look=view_of(look),
        entries=frozenset((UUID(one["uid"]), int(one["version"])) for one in look.entries),
        organisation_id=row.organisation_id,
        decision=row.decision,
        decided_on=row.decided_on,
        at=row.at,
    )
