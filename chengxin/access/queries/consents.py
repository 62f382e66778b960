"""Every read of consents. The person must be set on the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from chengxin.access.models import Consent, ConsentStep
from chengxin.access.terms.consent import ConsentAct, ConsentUnknown, ConsentView, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def consents_of(person_id: UUID) -> list[ConsentView]:
    """Every request to this person, newest first, answered or not."""
    return _views(Consent.objects.filter(person_id=person_id).order_by("-asked_at", "-consent_id"))


def consent_of(person_id: UUID, uid: UUID) -> ConsentView:
    """One request. Raises ConsentUnknown."""
    for view in _views(Consent.objects.filter(person_id=person_id, uid=uid)):
        return view
    raise ConsentUnknown()


def newest_request(person_id: UUID, *, organisation_id: UUID, purpose: str) -> ConsentView | None:
    """The newest request of one organisation for one purpose, answered or not, or None."""
    rows = Consent.objects.filter(person_id=person_id, organisation_id=organisation_id, purpose=purpose)
    return max(_views(rows), key=lambda view: view.asked_at, default=None)


def scope_of(stored: Mapping[str, Iterable[str]]) -> Scope:
    """A stored scope."""
    return {item: frozenset(fields) for item, fields in stored.items()}


def _views(rows: Iterable[Consent]) -> list[ConsentView]:
    requests = list(rows)
    if not requests:
        return []
    steps: dict[UUID, dict[int, ConsentStep]] = {}
    for step in ConsentStep.objects.filter(
        person_id=requests[0].person_id, consent_id__in=[row.consent_id for row in requests]
    ):
        steps.setdefault(step.consent_id, {})[step.act] = step
    return [_view(row, steps.get(row.consent_id, {})) for row in requests]


def _view(row: Consent, steps: Mapping[int, ConsentStep]) -> ConsentView:
    given, refused = steps.get(ConsentAct.GIVEN), steps.get(ConsentAct.REFUSED)
    withdrawn, used = steps.get(ConsentAct.WITHDRAWN), steps.get(ConsentAct.USED)
    answered = given or refused
    chosen: Mapping[str, Any] = given.scope if given is not None and given.scope else {}
    return ConsentView(
        uid=row.uid,
        consent_id=row.consent_id,
        person_id=row.person_id,
        organisation_id=row.organisation_id,
        purpose=row.purpose,
        asked=scope_of(row.asked),
        asked_at=row.asked_at,
        lapses_at=row.lapses_at,
        answered_at=answered.at if answered else None,
        refused=refused is not None,
        given=scope_of(chosen),
        once=bool(given and given.once),
        ends_at=given.ends_at if given else None,
        withdrawn_at=withdrawn.at if withdrawn else None,
        used_at=used.at if used else None,
        receipt=given.receipt if given else "",
        answered_by=answered.mandate_id if answered else None,
        withdrawn_by=withdrawn.mandate_id if withdrawn else None,
    )
