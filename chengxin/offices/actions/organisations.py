"""Writes on the tree of organisations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings

from chengxin.foundation import journal
from chengxin.foundation.actors import Actor
from chengxin.foundation.database import in_transaction
from chengxin.kernel.decisions import Refused, require
from chengxin.kernel.errors import Refusal
from chengxin.kernel.ids import new_id
from chengxin.kernel.orgcodes import check_org_code
from chengxin.offices import rules
from chengxin.offices.actions.guards import promises_kept, require_reason
from chengxin.offices.models import Organisation
from chengxin.offices.queries import organisation_view, require_permission
from chengxin.offices.terms import OrganisationUnknown, OrganisationView, Permission, Reason, Tier


def register_organisation(
    *,
    actor: Actor,
    parent_id: UUID,
    name_zh: str,
    name_en: str,
    org_code: str,
    tier: Tier,
    kind: str,
    contact: str,
    at: datetime,
    reason: str,
) -> OrganisationView:
    """Put an organisation under another one. Needs KEEP_ORGANISATIONS in reach of the parent.

    ``kind`` is the word by which a catalogue names its suppliers; ``contact`` where people reach the office. Raises
    `Refusal` for a code that fails GB 32100 or is taken, for a closed parent, for a second lead office, and for a place that
    its tier may not have (`PARENTS`).
    """
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.KEEP_ORGANISATIONS, at, organisation_id=parent_id)
        parent = _locked(parent_id)
        require(rules.may_register(tier, Tier(parent.tier), parent_active=parent.is_active))
        row = Organisation(
            id=new_id(at),
            name_zh=name_zh.strip(),
            name_en=name_en.strip(),
            org_code=checked_code(org_code),
            parent_id=parent_id,
            tier=tier.value,
            kind=kind,
            contact=contact.strip(),
            made_at=at,
        )
        with promises_kept():
            row.save(force_insert=True)
        _record(actor, "register_organisation", row, at, reason)
        return organisation_view(row)


def correct_organisation(
    *, actor: Actor, organisation_id: UUID, name_zh: str, name_en: str, contact: str, at: datetime, reason: str
) -> OrganisationView:
    """Change how an organisation is called and reached. Needs KEEP_ORGANISATIONS there."""
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.KEEP_ORGANISATIONS, at, organisation_id=organisation_id)
        row = _locked(organisation_id)
        row.name_zh, row.name_en, row.contact = name_zh.strip(), name_en.strip(), contact.strip()
        row.save(update_fields=["name_zh", "name_en", "contact"])
        _record(actor, "correct_organisation", row, at, reason)
        return organisation_view(row)


def close_organisation(*, actor: Actor, organisation_id: UUID, at: datetime, reason: str) -> OrganisationView:
    """Close an organisation for good, once nobody is in office there and nothing below it is open."""
    require_reason(reason)
    with in_transaction():
        require_permission(actor, Permission.KEEP_ORGANISATIONS, at, organisation_id=organisation_id)
        row = _locked(organisation_id)
        if not row.is_active:
            raise Refusal(Refused(Reason.ORGANISATION_CLOSED, rules.LEAST_POWER))
        require(
            rules.may_close(
                is_root=row.parent_id is None,
                officials=row.officials.filter(is_active=True).count(),
                open_children=row.children.filter(is_active=True).count(),
            )
        )
        row.is_active, row.closed_at, row.closed_by = False, at, actor.official_id
        row.save(update_fields=["is_active", "closed_at", "closed_by"])
        _record(actor, "close_organisation", row, at, reason)
        return organisation_view(row)


def checked_code(org_code: str) -> str:
    """The code as it is stored. Raises `Refusal`; codes of region 00 live in practice instances alone (F12)."""
    checked = check_org_code(org_code)
    practice_here = bool(getattr(settings, "CHENGXIN_PRACTICE", False))
    if not checked.ok or (checked.practice and not practice_here):
        fault = checked.reason.value if checked.reason else "org_code_practice"
        raise Refusal(Refused(Reason.ORG_CODE_INVALID, "GB 32100-2015", {"fault": fault}))
    return checked.code


def _locked(organisation_id: UUID) -> Organisation:
    row = Organisation.objects.select_for_update(no_key=True).filter(id=organisation_id).first()
    if row is None:
        raise OrganisationUnknown()
    return row


def _record(actor: Actor, act: str, row: Organisation, at: datetime, reason: str) -> None:
    journal.record(actor, act, "organisation", row.uid, at=at, reason=reason, organisation_id=row.id)
