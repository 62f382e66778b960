"""All that is held about a person as one JSON document to carry away (个人信息保护法 45)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chengxin.access.terms import LookView
from chengxin.access.terms.consent import ConsentView
from chengxin.foundation.outbox import NoticeView
from chengxin.kernel.canonical import canonical_json
from chengxin.offices.terms import OrganisationView
from chengxin.persons.terms import Contact, Identity
from chengxin.remedies.terms.cases import Case

SCHEMA = "chengxin.export.v1"


def export_of(
    *,
    file: bytes,
    identity: Identity,
    contacts: Sequence[Contact],
    looks: Sequence[LookView],
    offices: Mapping[UUID, OrganisationView],
    notices: Sequence[NoticeView],
    consents: Sequence[ConsentView],
    cases: Sequence[Case],
    made_at: datetime,
) -> bytes:
    """Canonical JSON (RFC 8785). ``file`` is the file as records gives it (schema chengxin.file.v1); moments are in UTC."""
    return canonical_json(
        {
            "schema": SCHEMA,
            "made_at": made_at.isoformat(),
            "identity": {
                "names": list(identity.names),
                "documents": [{"kind": document.kind, "number": document.number} for document in identity.documents],
            },
            "contacts": [{"kind": contact.kind.value, "address": contact.address} for contact in contacts],
            "file": json.loads(file),
            "looks": [_look(look, offices) for look in looks],
            "letters": [_letter(notice) for notice in notices],
            "consents": [_consent(consent, offices) for consent in consents],
            "cases": [_case(case) for case in cases],
        }
    )


def _look(look: LookView, offices: Mapping[UUID, OrganisationView]) -> dict[str, Any]:
    office = offices.get(look.organisation_id) if look.organisation_id else None
    return {
        "uid": str(look.uid),
        "at": look.at.isoformat(),
        "by": look.actor_kind,
        "organisation": office.name_zh if office else None,
        "role": look.role,
        "purpose": str(look.purpose),
        "operation": look.operation,
        "consent": str(look.consent) if look.consent else None,
        "reason": look.reason,
        "law": look.ground.law,
        "article": look.ground.article,
        "case": look.case_ref,
        "outcome": look.outcome,
        "entries": look.entries,
        "fields": list(look.fields),
        "emergency": look.emergency,
        "delayed_until": _moment(look.opens_at),
    }


def _consent(consent: ConsentView, offices: Mapping[UUID, OrganisationView]) -> dict[str, Any]:
    office = offices.get(consent.organisation_id)
    return {
        "uid": str(consent.uid),
        "organisation": office.name_zh if office else None,
        "purpose": consent.purpose,
        "asked": {item: sorted(fields) for item, fields in consent.asked.items()},
        "asked_at": consent.asked_at.isoformat(),
        "refused": consent.refused,
        "answered_at": _moment(consent.answered_at),
        "given": {item: sorted(fields) for item, fields in consent.given.items()},
        "once": consent.once,
        "ends_at": _moment(consent.ends_at),
        "withdrawn_at": _moment(consent.withdrawn_at),
        "used_at": _moment(consent.used_at),
        "receipt": json.loads(consent.receipt) if consent.receipt else None,
    }


def _case(case: Case) -> dict[str, Any]:
    """A case as its person carries it away: every act with its words, every letter whole, the papers by name and SHA-256."""
    return {
        "number": case.number,
        "workflow": case.workflow,
        "about": {"kind": case.about.kind.value, "uid": str(case.about.uid) if case.about.uid else None},
        "state": case.state,
        "outcome": case.outcome.value if case.outcome else None,
        "opened_at": case.opened_at.isoformat(),
        "closed_at": _moment(case.closed_at),
        "acts": [
            {"at": one.at.isoformat(), "act": one.act.value, "by": one.who.value, "words": one.reason,
             "filing": one.filing, "asked": list(one.asked)}
            for one in case.events
        ],
        "papers": [
            {"at": one.at.isoformat(), "kind": one.kind.value, "name": one.name, "sha256": one.digest.hex()}
            for one in case.papers
        ],
        "letters": [
            {
                "number": one.number,
                "dated_on": one.dated_on.isoformat(),
                "result": one.draft.result,
                "reason": one.draft.reason,
                "evidence": list(one.draft.evidence),
                "laws": list(one.draft.laws),
                "changed": one.draft.changed,
                "remedies": [
                    {"kind": way.kind.value, "where": way.where, "last_on": way.last_on.isoformat() if way.last_on else None}
                    for way in one.draft.remedies
                ],
            }
            for one in case.letters
        ],
    }  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _letter(notice: NoticeView) -> dict[str, Any]:
    return {
        "uid": str(notice.uid),
        "kind": notice.kind,
        "made_at": notice.made_at.isoformat(),
        "deliveries": [
            {"channel": step.channel.value, "state": step.state.value, "at": step.at.isoformat()}
            for step in notice.deliveries
        ],
    }
