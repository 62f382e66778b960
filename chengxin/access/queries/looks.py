"""Every read of looks, and the wishes to be erased that wait. A person reads their own looks and nobody else's.

They know of each at once, or where a law delays that, from its day on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from chengxin.access.models import ErasureRequest, Look
from chengxin.access.terms import ErasureView, Ground, LookView, Purpose, Received
from chengxin.foundation.database import Reading, in_transaction, see_persons, working_off
from chengxin.offices import facade as offices
from chengxin.offices.terms import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from chengxin.foundation.actors import Actor


_BY_THEMSELF = Q(actor_kind="person", role="")
"""Who acts for another has a role."""
_OURS = frozenset(purpose.value for purpose in Purpose)
_RECEIVED = """
    SELECT DISTINCT w.person_id, w.uid
      FROM unnest(%(persons)b::uuid[], %(uids)b::uuid[], %(versions)b::int[]) AS w (person_id, uid, version)
      JOIN access_look l ON l.person_id = w.person_id
     CROSS JOIN LATERAL jsonb_to_recordset(l.entries) AS e (uid uuid, version int)
     WHERE l.organisation_id IS NOT NULL AND l.purpose <> ALL (%(ours)b::text[]) AND e.uid = w.uid AND e.version < w.version
"""


def looks_of(
    person_id: UUID,
    *,
    at: datetime,
    since: datetime | None = None,
    own: bool | None = None,
    limit: int | None = None,
) -> list[LookView]:
    """Who looked at this person's file, newest first; ``own``: the person's own looks alone, or all but those. Every one,
    unless the caller asks for the newest ``limit``: a log that leaves some out is none (charter 5).

    The person must be set on the connection.
    """
    rows = _known(person_id, at)
    if own is not None:
        rows = rows.filter(_BY_THEMSELF) if own else rows.exclude(_BY_THEMSELF)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return [view_of(row) for row in rows.order_by("-at", "-look_id")[:limit]]


def look_of(person_id: UUID, uid: UUID) -> LookView | None:
    """One look at this person's file, also one that they may not know of yet. The person must be set on the connection."""
    row = Look.objects.filter(person_id=person_id, uid=uid).first()
    return None if row is None else view_of(row)


def looker_of(person_id: UUID, uid: UUID, *, at: datetime) -> tuple[UUID | None, UUID | None] | None:
    """For whom, and by which official, one look was that its person may know of; None where there is none."""
    return _known(person_id, at).filter(uid=uid).values_list("organisation_id", "official_id").first()


def looks_at(person_id: UUID, entry_uid: UUID, *, at: datetime, since: datetime) -> list[LookView]:
    """Who saw one entry since a moment, newest first, the person's own looks left out."""
    return [
        view
        for row in _known(person_id, at).filter(at__gte=since).order_by("-at", "-look_id")
        if any(entry["uid"] == str(entry_uid) for entry in row.entries) and not (view := view_of(row)).own
    ]


def looks_by_entry(person_id: UUID, *, at: datetime, since: datetime | None = None) -> dict[UUID, list[LookView]]:
    """Who else saw which entry since a moment, or ever: entry uid -> looks, newest first, the person's own left out."""
    found: dict[UUID, list[LookView]] = {}
    rows = _known(person_id, at).exclude(_BY_THEMSELF)
    if since is not None:
        rows = rows.filter(at__gte=since)
    for row in rows.order_by("-at", "-look_id"):
        view = view_of(row)
        for uid in {UUID(entry["uid"]) for entry in row.entries}:
            found.setdefault(uid, []).append(view)
    return found


def received_by(person_id: UUID, uid: UUID) -> dict[UUID, Received]:
    """Every organisation outside that was ever answered on an entry, shown it or told yes or no: whom a correction must reach.

    Sealed looks count: who asked is told, and their person learns of it when the look opens. The person must be set.
    """
    rows = Look.objects.filter(
        person_id=person_id,
        organisation_id__isnull=False,
        entries__contains=[{"uid": str(uid)}],
    ).exclude(purpose__in=_OURS)
    found: dict[UUID, Received] = {}
    for row in rows.order_by("at", "look_id"):
        assert row.organisation_id is not None
        versions = frozenset(int(one["version"]) for one in row.entries if one["uid"] == str(uid))
        before = found.get(row.organisation_id)
        if before is not None:
            versions |= before.versions
        found[row.organisation_id] = Received(row.uid, row.at, versions)
    return found


def received_before(entries: Sequence[tuple[UUID, UUID, int]]) -> set[tuple[UUID, UUID]]:
    """Of many entries (person, uid, version) those of which anybody outside received a version before that one.

    One statement, in a transaction of its own, whoever they are about: give a few thousand at most.
    """
    if not entries:
        return set()
    people, uids, versions = zip(*entries, strict=True)
    values = {"persons": list(people), "uids": list(uids), "versions": list(versions), "ours": sorted(_OURS)}
    with in_transaction():
        (found,) = see_persons(set(people), Reading(_RECEIVED, values))
    return {(person_id, uid) for person_id, uid in found}


def bound_through(person_id: UUID, *, at: datetime) -> UUID | None:
    """The office whose counter last gave a code for this person, by the looks up to a moment. The person must be set."""
    rows = Look.objects.filter(person_id=person_id, purpose=Purpose.COUNTER_BINDING.value, at__lte=at)
    return rows.order_by("-at", "-look_id").values_list("organisation_id", flat=True).first()


def all_looks(person_id: UUID, *, at: datetime) -> Iterator[LookView]:
    """Every look at the person's file, newest first, for the person's export."""
    return (view_of(row) for row in _known(person_id, at).order_by("-at", "-look_id").iterator())


def erasures_waiting(actor: Actor, at: datetime) -> list[ErasureView]:
    """Requests that wait for a second official, the oldest first. Needs APPROVE_ERASURE."""
    offices.require_permission(actor, Permission.APPROVE_ERASURE, at)
    with working_off("access_erasure_request"):
        return [
            ErasureView(row.uid, row.asked_by, row.asked_at, row.reason)
            for row in ErasureRequest.objects.filter(done_at__isnull=True).order_by("asked_at", "uid")
        ]


def _known(person_id: UUID, at: datetime) -> QuerySet[Look]:
    """The looks that their person may know of at a moment: one that a law keeps sealed opens by itself, no job has to run."""
    return Look.objects.filter(person_id=person_id).filter(Q(opens_at__isnull=True) | Q(opens_at__lte=at))


def view_of(row: Look) -> LookView:
    """A look as its person reads it."""
    return LookView(
        uid=row.uid,
        at=row.at,
        actor_kind=row.actor_kind,
        organisation_id=row.organisation_id,
        role=row.role,
        purpose=Purpose(row.purpose) if row.purpose in _OURS else row.purpose,
        ground=Ground(row.ground_law, row.ground_article),
        case_ref=row.case_ref,
        outcome=row.outcome,
        # versions of one entry are one entry
        entries=len({entry["uid"] for entry in row.entries}),
        fields=tuple(row.fields),
        own=row.actor_kind == "person" and not row.role,
        operation=row.operation,
        consent=row.consent,
        emergency=row.emergency,
        reason=row.reason,
        opens_at=row.opens_at,
    )
